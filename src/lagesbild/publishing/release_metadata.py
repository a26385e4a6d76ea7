"""A release's folders from a document's parameters, and the front matter that its documents have in common.

Nothing here reads data or draws, so a command that finds nothing to do has imported little.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from lagesbild.catalogue.areas import StatusReport
from lagesbild.catalogue.resources import project_root
from lagesbild.errors import ParameterError
from lagesbild.publishing.layout import SOURCE_NAMES, Layout


def working_root(start: Path | None = None) -> Path:
    """Return the nearest folder from `start` (the current one) upwards that holds ``_work``, else the project."""
    here = (start or Path()).resolve()
    for folder in (here, *here.parents):
        if (folder / "_work").is_dir():
            return folder
    return project_root()


def layout_of(source: str, year: int | str, root: Path | None = None) -> Layout:
    """Return the folders of a source and year given as a document's parameters.

    Raises
    ------
    ParameterError
        If the source is unknown or the year is no year.
    """
    if source not in SOURCE_NAMES:
        raise ParameterError("source", source, SOURCE_NAMES)
    if not str(year).isdigit() or not 1990 <= int(year) <= 2100:
        raise ParameterError("year", year, ())
    return Layout(root=root or working_root(), source=source, year=int(year))


def status_metadata(layout: Layout, report: StatusReport, *, draft: bool = False) -> dict[str, object]:
    """Return the front matter of a lägesrapport, or of a draft of it."""
    return {
        "title": f"{'Utkast, inte granskat. ' if draft else ''}{report.name}: lägesrapport {layout.year}",
        "subtitle": "Öppna jämförelser i riket, kommungrupperna och kommunerna",
        "ar": layout.year,
        **common_metadata(layout),
    }


def common_metadata(layout: Layout) -> dict[str, object]:
    """Return the front matter that every document of a release gets."""
    note = f"Lägesbild, öppna jämförelser {layout.year}. Källa: {SOURCE_NAMES[layout.source]}."
    return {"fotnot": note, **({"syntetisk": True} if layout.synthetic else {})}


def metadata_block(values: dict[str, object]) -> str:
    """Return front matter as a block that a cell prints.

    A document's own front matter can't depend on its parameters. Rendered by Quarto alone it gets title and
    marking this way; `publishing` sets the same values before it renders.
    """
    return f"---\n{yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=10_000)}---\n"

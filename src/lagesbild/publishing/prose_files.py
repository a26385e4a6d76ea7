"""Where analysts' prose stands: a Markdown file for each part of each lägesrapport, beside ``_work``.

``data/analys/<source>/<year>/<lägesrapport>/<part>.md``, a part being `BRIEF` or an area. Prose is of one source and
year: what is true of one release says nothing of another.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lagesbild.catalogue.areas import STATUS_REPORTS, StatusReport
from lagesbild.errors import Fault, ParameterError
from lagesbild.files import sha256
from lagesbild.publishing.layout import Layout

#: The part before the areas: the year in brief.
BRIEF = "korthet"

#: The folder under the root.
FOLDER = "data/analys"


def prose_folder(layout: Layout) -> Path:
    """Return the folder of a source's and year's prose; it need not be there."""
    return layout.root / FOLDER / layout.source / str(layout.year)


def parts(report: StatusReport) -> tuple[str, ...]:
    """Return the parts of a lägesrapport that may have prose, in the order of the report."""
    return (BRIEF, *(area.id for area in report.areas))


def prose_paths(layout: Layout, report: StatusReport) -> dict[str, Path]:
    """Return the files of prose that a lägesrapport has, by part."""
    folder = prose_folder(layout) / report.id
    return {part: path for part in parts(report) if (path := folder / f"{part}.md").is_file()}


def prose_inputs(layout: Layout, report: StatusReport) -> dict[str, str]:
    """Return the SHA-256 of each file of a lägesrapport's prose, by its path relative to the root."""
    paths = prose_paths(layout, report).values()
    return {path.relative_to(layout.root).as_posix(): sha256(path) for path in paths}


def strange_files(layout: Layout, reports: Sequence[StatusReport]) -> list[Fault]:
    """Return the files and folders beside the prose that no report would ever read."""
    folder, faults = prose_folder(layout), []
    known = [report.id for report in STATUS_REPORTS]
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_dir() and path.name not in known:
            faults.append(_strange(layout, path, ParameterError("lägesrapport", path.name, known)))
    for report in reports:
        inside = folder / report.id
        names = [f"{part}.md" for part in parts(report)]
        for path in sorted(inside.iterdir()) if inside.is_dir() else ():
            if path.name not in names and not path.name.startswith((".", "~$")):
                faults.append(_strange(layout, path, ParameterError("part", path.name, names)))
    return faults


def _strange(layout: Layout, path: Path, error: ParameterError) -> Fault:
    what, _, action = str(error).partition(". ")
    return Fault(what=what, file=path.relative_to(layout.root).as_posix(), action=action or "Rename or move it")

"""The index of an area, made from a release's analysed figures when somebody asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import kommun as kommun_called
from lagesbild.catalogue.regions import size_classes
from lagesbild.catalogue.vocabulary import Level
from lagesbild.errors import NotBuiltError
from lagesbild.files import write_atomic
from lagesbild.frame_bytes import parquet_bytes
from lagesbild.methods.composite_index import Standardised, standardised
from lagesbild.methods.index_robustness import index_with_ranks, summary
from lagesbild.methods.panel import panel
from lagesbild.methods.standard_errors import standard_errors, yearly_spread
from lagesbild.presentation.index_tables import CARE, kommun_index_table, robustness_table
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.release_metadata import layout_of
from lagesbild.publishing.underlag import read_frames


def scaled(layout: Layout, area: str) -> Standardised:
    """Return an area's quality indicators of the report year on one scale, with errors from the release's window.

    Raises
    ------
    NotBuiltError
        If the area has not been analysed.
    """
    indicators = load_catalogue().in_area(area)
    figures = read_frames(layout, "indikatorer", [area])
    rows = panel(figures[figures["level"] == Level.KOMMUN].assign(unit=""), indicators=indicators)
    classes = size_classes()
    spread = yearly_spread(rows, size_class=classes)
    now = rows[rows["year"] == layout.year]
    return standardised(
        standard_errors(now, indicators=indicators, spread=spread, size_class=classes), indicators=indicators
    )


def kommun_index(
    *, kommun: str | int, year: int | str, source: str, areas: Sequence[str] | None = None, level: int = 3
) -> str:
    """Return the Markdown of one kommun's index: a table for each area that has one, with the care it asks for.

    Parameters
    ----------
    kommun
        Code or name.
    year, source
        Report year and name of the source.
    areas
        Areas to show; all ten where not given.
    level
        Level of the areas' headings.

    Raises
    ------
    ParameterError
        For an unknown area, kommun, year or source.
    NotBuiltError
        If an area has not been analysed.
    """
    layout, about = layout_of(source, year), kommun_called(kommun)
    parts = []
    for area in [area_called(name) for name in areas] if areas is not None else AREAS:
        caption = f"{area.name}: index {layout.year}"
        shown = kommun_index_table(
            _index(layout, area.id), kommun=about.kod, label=f"tbl-index-{area.id}", caption=caption
        )
        if shown:
            parts.append(f"{'#' * level} {area.name}\n\n{shown}")
    if not parts:
        return f"Inget index kan räknas för {about.namn} {layout.year}: för få indikatorer har resultat.\n"
    reading = (
        "Index 0 är ett resultat som hos mittkommunen i alla indikatorer, och +1 är ett steg av den vanliga "
        "spridningen bättre. Plats 1 är bäst. *Andra vikter*: platsen i nio av tio fall när vikterna slumpas. Ett "
        "streck för osäkerheten betyder att indexet bara bygger på kommunens egna svar, eller att den inte är känd."
    )
    return "\n\n".join([CARE, reading, *parts]) + "\n"


def area_robustness(*, area: str, year: int | str, source: str) -> str:
    """Return how far kommuner's ranks in an area's index move, as a table; a sentence where there is no index.

    Raises
    ------
    ParameterError, NotBuiltError
        See `kommun_index`.
    """
    layout, about = layout_of(source, year), area_called(area)
    caption = f"{about.name} {layout.year}: hur mycket platserna flyttas av andra vikter och val"
    return robustness_table(summary(_index(layout, about.id)), label="tbl-flyttar", caption=caption) or (
        f"Inget index kan räknas i {about.name.lower()} {layout.year}.\n"
    )


def write_indexes(layout: Layout) -> list[Path]:
    """Write every area's index of the report year, for the reports that show it; what is the same is left untouched.

    Raises
    ------
    NotBuiltError
        If an area has not been analysed.
    """
    written = []
    for area in AREAS:
        path = _path(layout, area.id)
        write_atomic(path, parquet_bytes(index_with_ranks(scaled(layout, area.id))))
        written.append(path)
    return written


def _path(layout: Layout, area: str) -> Path:
    """Return where an area's index is, named by the digest of the analysis that it is of: an older one isn't read."""
    digest = layout.analysis(area).parent / f"{area}.digest"
    if not digest.is_file():
        command = f"lagesbild analyse --source {layout.source} --year {layout.year} --area {area}"
        raise NotBuiltError(f"the analysis of {area} {layout.year}", command)
    return layout.yearly / "index" / f"{area}-{digest.read_text(encoding='utf-8').strip()[:16]}.parquet"


def _index(layout: Layout, area: str) -> pd.DataFrame:
    """Return an area's index: as `write_indexes` left it, else formed here."""
    path = _path(layout, area)
    return pd.read_parquet(path) if path.is_file() else index_with_ranks(scaled(layout, area))

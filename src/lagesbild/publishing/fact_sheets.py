"""The faktablad: two pages per area."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lagesbild.catalogue.areas import AREAS, Area
from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.load import load_catalogue
from lagesbild.presentation.fact_sheet.sheet import FactSheet
from lagesbild.presentation.national.view import NationalView
from lagesbild.publishing.analysis_digests import analysis_digests
from lagesbild.publishing.batch import BatchResult
from lagesbild.publishing.layout import SOURCE_NAMES, Layout
from lagesbild.publishing.release_metadata import common_metadata, layout_of, metadata_block
from lagesbild.publishing.reports import Report, make_reports
from lagesbild.publishing.underlag import read_frames

DOCUMENT = "reports/faktablad/faktablad.qmd"

_COMPARED = (
    *("indicator", "year", "region", "sex", "value", "answer", "status", "colour"),
    *("riket", "riket_weighting", "skillnad_riket"),
)
_TREND = ("indicator", "level", "year", "first_year", "first_value", "last_value", "slope", "label")


def sheet_metadata(layout: Layout, area: Area) -> dict[str, object]:
    """Return the front matter of an area's faktablad."""
    return {
        "title": f"{area.name} {layout.year}",
        "subtitle": "Faktablad: öppna jämförelser i riket",
        **common_metadata(layout),
    }


def sheet_front_matter(*, area: str, year: int | str, source: str) -> str:
    """Return the front matter of an area's faktablad as a block that a cell prints."""
    return metadata_block(sheet_metadata(layout_of(source, year), area_called(area)))


def sheet_document(*, area: str, year: int | str, source: str) -> FactSheet:
    """Return the faktablad of one area for its document.

    Raises
    ------
    ParameterError, NotBuiltError
        For an unknown area, year or source, or an area without analysis.
    """
    layout, about = layout_of(source, year), area_called(area)
    analysis_digests(layout, [about.id])
    folder = layout.analysis(about.id, layout.year)
    view = NationalView(
        year=layout.year,
        years=layout.years,
        figures=pd.read_parquet(folder / "indikatorer.parquet"),
        comparisons=_over_years(layout, about.id, "jamforelser", list(_COMPARED)),
        trends=pd.read_parquet(folder / "trender.parquet", columns=list(_TREND)),
        catalogue=load_catalogue(),
        synthetic=layout.synthetic,
        source=SOURCE_NAMES[source],
        quality=pd.read_parquet(folder / "kvalitet.parquet"),
        nonresponse={about.id: read_frames(layout, "bortfall", [about.id])},
    )
    return FactSheet(area=about, view=view)


def _over_years(layout: Layout, area: str, step: str, columns: list[str]) -> pd.DataFrame:
    """Return some columns of a step's frames of the window, of women and men together."""
    files = [layout.analysis(area, year) / f"{step}.parquet" for year in layout.years]
    total = [("sex", "==", "T")]
    frames = [pd.read_parquet(file, columns=columns, filters=total) for file in files if file.is_file()]
    return pd.concat(frames, ignore_index=True)


def make_fact_sheets(
    layout: Layout, chosen: Sequence[str] | None = None, *, cores: int = 1, engine: str | None = None
) -> BatchResult:
    """Make the faktablad of some areas, or of all ten.

    Raises
    ------
    ParameterError
        For an unknown area; suggests the nearest.
    NotBuiltError
        If an area has not been analysed.
    """
    reports = [
        Report(
            name=area.id,
            kind="faktablad",
            document=DOCUMENT,
            parameters={"area": area.id, "year": layout.year, "source": layout.source},
            metadata=sheet_metadata(layout, area),
            inputs=analysis_digests(layout, [area.id]),
            pdf=layout.release / "omraden" / area.id / "faktablad.pdf",
            twin=layout.variants / "faktablad" / area.id / "index.ipynb",
            record=layout.records / "faktablad" / f"{area.id}.json",
        )
        for area in ([area_called(name) for name in chosen] if chosen else AREAS)
    ]
    return make_reports(layout, reports, title="Faktablad", cores=cores, engine=engine)

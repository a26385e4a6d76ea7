"""The faktablad: two pages per area."""

from __future__ import annotations

import pandas as pd

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.load import load_catalogue
from lagesbild.presentation.fact_sheet.sheet import FactSheet
from lagesbild.presentation.national.view import NationalView
from lagesbild.publishing.analysis_digests import analysis_digests
from lagesbild.publishing.area_reports import AreaDocument
from lagesbild.publishing.layout import SOURCE_NAMES, Layout
from lagesbild.publishing.release_metadata import common_metadata, layout_of
from lagesbild.publishing.underlag import read_frames

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


FACT_SHEETS = AreaDocument(
    kind="faktablad",
    title="Faktablad",
    document="reports/faktablad/faktablad.qmd",
    metadata=sheet_metadata,
    folder="faktablad",
    pdf="omraden/{area}/faktablad.pdf",
)


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

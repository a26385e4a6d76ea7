"""The metodbeskrivningar: a document per area, and the same text as a page of the website."""

from __future__ import annotations

import pandas as pd

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.load import load_catalogue
from lagesbild.presentation.method_description import MethodDescription
from lagesbild.presentation.national.view import NationalView
from lagesbild.publishing.analysis_digests import analysis_digests
from lagesbild.publishing.area_reports import AreaDocument
from lagesbild.publishing.layout import SOURCE_NAMES, Layout
from lagesbild.publishing.method_pages import method_list
from lagesbild.publishing.release_metadata import common_metadata, layout_of
from lagesbild.publishing.underlag import read_frames

#: Of the comparisons: who has reported.
_REPORTED = ["indicator", "year", "region", "sex", "value", "answer", "status"]


def description_metadata(layout: Layout, area: Area) -> dict[str, object]:
    """Return the front matter of an area's metodbeskrivning."""
    return {
        "title": f"{area.name}: metodbeskrivning {layout.year}",
        "subtitle": "Vad indikatorerna mäter, hur uppgifterna samlas in och hur säkra de är",
        **common_metadata(layout),
    }


METHOD_DESCRIPTIONS = AreaDocument(
    kind="metodbeskrivning",
    title="Metodbeskrivningar",
    document="reports/metod/metodbeskrivning.qmd",
    metadata=description_metadata,
    folder="metodbeskrivning",
    pdf="omraden/{area}/metodbeskrivning.pdf",
)


def description_of(layout: Layout, area: Area, *, up: str | None = None) -> MethodDescription:
    """Return one area's metodbeskrivning.

    Parameters
    ----------
    layout
        Where the analysis is.
    area
        The area.
    up
        Path from a page of the website to its folder ``metod``; null in a document, which names the metodbok.

    Raises
    ------
    NotBuiltError
        If the area has not been analysed.
    """
    pages = None if up is None else f"{up}../indikatorer/"
    return MethodDescription(area=area, view=_view(layout, area), methods=_methods(up), pages=pages)


def _view(layout: Layout, area: Area) -> NationalView:
    """Return of the national figures what a metodbeskrivning reads: the report year's, without series."""
    analysis_digests(layout, [area.id])
    folder = layout.analysis(area.id, layout.year)
    none = pd.DataFrame()
    return NationalView(
        year=layout.year,
        years=layout.years,
        figures=none,
        comparisons=pd.read_parquet(folder / "jamforelser.parquet", columns=_REPORTED),
        trends=none,
        catalogue=load_catalogue(),
        synthetic=layout.synthetic,
        source=SOURCE_NAMES[layout.source],
        quality=pd.read_parquet(folder / "kvalitet.parquet"),
        nonresponse={area.id: read_frames(layout, "bortfall", [area.id])},
    )


def _methods(up: str | None) -> str:
    if up is None:
        return (
            "Hur riket, län och kommungrupper räknas, och hur färger, intervall, trender och betyg sätts, är samma i "
            "alla områden. Det står i metodboken (metodbok.pdf)."
        )
    return (
        f"Hur riket, län och kommungrupper räknas, och hur färger och betyg sätts, är samma i alla områden. Det står "
        f"på sidan [Metod]({up}index.html) och på sidorna om varje metod:\n\n{method_list(up=up)}"
    )


def description_document(*, area: str, year: int | str, source: str) -> MethodDescription:
    """Return the metodbeskrivning of one area for its document.

    Raises
    ------
    ParameterError, NotBuiltError
        For an unknown area, year or source, or an area without analysis.
    """
    return description_of(layout_of(source, year), area_called(area))

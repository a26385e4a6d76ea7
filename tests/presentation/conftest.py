"""Indicators to print with: one of each scale, made here so that the tests don't hang on the catalogue."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import typst

from lagesbild.catalogue.indicators import (
    Counted,
    Dimension,
    Direction,
    Indicator,
    IndicatorType,
    Kind,
    Part,
    Scale,
    Survey,
    Tier,
)
from lagesbild.presentation.font_files import font_folder

UNITS = {
    Scale.PROCENT: "procent",
    Scale.DAGAR: "dagar",
    Scale.KRONOR: "kr per invånare",
    Scale.ANTAL: "antal",
    Scale.MEDELVARDE: "medelvärde",
    Scale.INDEX: "index",
}


def make_indicator(
    scale: Scale = Scale.PROCENT,
    direction: Direction = Direction.HOG,
    title: str = "Nöjdhet med hemtjänsten",
    unit: str | None = None,
) -> Indicator:
    """Return an indicator of `scale`; everything that print doesn't look at is filled in."""
    return Indicator(
        id="ao-prov",
        area="aldreomsorg",
        title=title,
        short_title=title,
        part=Part.KVALITET,
        kind=Kind.INDIKATOR,
        dimension=Dimension.INDIVIDANPASSAD,
        type=IndicatorType.RESULTAT,
        tier=Tier.BAS,
        direction=direction,
        scale=scale,
        unit_text=UNITS.get(scale, "") if unit is None else unit,
        survey=Survey.BRUKARUNDERSOKNING,
        counted=Counted.PERSONER,
        frequency=1,
        phase=2016,
        first_year=None,
        last_year=None,
        numerator=None,
        denominator=None,
        levels=("kommun",),
        by_sex=True,
        threshold=5,
        lifecycle=(),
        kolada=None,
        kolada_codes={},
        source_note="",
    )


@pytest.fixture(scope="session")
def indicator() -> Callable[..., Indicator]:
    """Return the maker of indicators."""
    return make_indicator


@pytest.fixture(scope="session")
def compile_typst() -> Callable[[str], bytes]:
    """Return a function that compiles Typst as PDF/UA-1 with no font but the package's."""

    def compiled(source: str) -> bytes:
        head = '#set document(title: "Prov")\n#set text(font: "Source Sans Pro", lang: "sv")\n'
        pdf: bytes = typst.compile(
            (head + source).encode(),
            format="pdf",
            font_paths=[str(font_folder())],
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
        )
        return pdf

    return compiled

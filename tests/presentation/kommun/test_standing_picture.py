"""The picture shows each key indicator's place in marks and words, the same in every form, and nothing withheld."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.indicators import Counted, Direction, Indicator, Scale
from lagesbild.catalogue.key_indicators import KeyIndicators
from lagesbild.presentation.fonts import text_width
from lagesbild.presentation.kommun.first_spread import first_spread
from lagesbild.presentation.kommun.standing_picture import NARROW, WIDE, standing_picture
from lagesbild.presentation.kommun.standing_rows import AreaRows, standing_rows
from lagesbild.presentation.kommun.view import KommunView

from .conftest import row

Views = Callable[..., KommunView]
Measured = list[tuple[Indicator, list[dict[str, Any]]]]
OLD = [area for area in AREAS if area.id == "aldreomsorg"]


def key(*names: str) -> KeyIndicators:
    """Return key indicators of äldreomsorg alone."""
    return KeyIndicators(fewest=75, few_areas=1, most={"aldreomsorg": 9}, listed={"aldreomsorg": names})


def placed(place: float, **known: Any) -> dict[str, Any]:
    """Return a row of the report year with its place."""
    colour = "gron" if place > 75 else "rod" if place < 25 else "gul"
    rank = round(250 - 2.5 * place) + 1
    places = {"place": place, "place_low": place - 9, "place_high": place + 6, "place_riket": 47.0}
    return row(**{"value": 87.0, "colour": colour, "rank": rank, "riket": 84.0, **places, **known})


@pytest.fixture
def rows_of(kommun_view: Views, indicator: Any) -> Callable[..., tuple[KommunView, tuple[AreaRows, ...]]]:
    """Return a maker of a view and its picture's rows."""

    def made(rows: list[dict[str, Any]], name: str = "Ale", **fields: Any) -> tuple[KommunView, tuple[AreaRows, ...]]:
        named = [
            (replace(indicator(title=f"Nöjda med verksamhet {n}"), id=f"ao-{n}", **fields), [one])
            for n, one in enumerate(rows)
        ]
        view = kommun_view(named, name=name)
        return view, standing_rows(view, OLD, chosen=key(*(one.id for one, _ in named)))

    return made


Rows = Callable[..., tuple[KommunView, tuple[AreaRows, ...]]]


def texts(svg: str) -> list[str]:
    return [one.text or "" for one in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_a_picture_with_everything(rows_of: Rows, snapshot: SnapshotAssertion) -> None:
    view, areas = rows_of(
        [
            placed(90.0, place_liknande=60.0, n_same_rank=4),
            placed(50.0, value=1234.5),
            placed(10.0, denominator=12.0, n_liknande=7),
            row(status="sekretess", place_riket=40.0, place_liknande=52.0),
            row(status="bortfall"),
        ]
    )
    figure = standing_picture(view, areas)
    assert figure.alt == snapshot
    assert figure.svg.replace("><", ">\n<") == snapshot


def test_the_words_say_what_the_marks_show(rows_of: Rows) -> None:
    view, areas = rows_of([placed(90.0, n_same_rank=4), placed(50.0), placed(10.0, denominator=12.0)])
    said = texts(standing_picture(view, areas).svg)
    at = said.index("▲ bland de bästa")
    assert said[at + 1] == "26–29 av 250"
    assert said[said.index("■ i mitten") + 1] == "126 av 250"
    assert said[said.index("▼ bland de sämsta") + 1] == "226 av 250 (få)"
    assert "87\u00a0%" in said
    assert said.count("riket") == 1


@pytest.mark.parametrize("name", ["Upplands Väsby", "Malung-Sälen", "Örnsköldsvik"])
def test_every_text_has_room_and_is_large_enough(rows_of: Rows, name: str) -> None:
    view, areas = rows_of(
        [
            placed(99.5, place_liknande=1.0),
            placed(50, n_same_rank=95, denominator=12.0),
            placed(0.5),
            row(status="saknas"),
        ],
        name,
    )
    html = standing_picture(view, areas).html or ""
    drawings = re.findall(r"<svg.*?</svg>", html)
    assert len(drawings) == 2
    # A telephone may show another font, which is wider.
    for drawing, layout, wider in zip(drawings, (WIDE, NARROW), (1.0, 1.12), strict=True):
        for one in ET.fromstring(drawing).iter("{http://www.w3.org/2000/svg}text"):
            size = float(one.get("font-size", "0"))
            width = wider * text_width(one.text or "", size, 700 if one.get("font-weight") else 400)
            shift = {"end": width, "middle": width / 2}.get(one.get("text-anchor", ""), 0.0)
            left = float(one.get("x", "0")) - shift
            assert size >= 7.5
            assert left >= -0.5
            assert left + width <= layout.width + 0.5, one.text


@given(places=st.lists(st.one_of(st.none(), st.floats(0, 100)), min_size=1, max_size=5))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_withheld_value_is_nowhere_and_rows_stand_in_the_files_order(
    rows_of: Rows, places: list[float | None]
) -> None:
    # Even if a place has been left on a withheld row by mistake.
    rows = [
        placed(50.0, value=None, status="sekretess", answer=None) if place is None else placed(place)
        for place in places
    ]
    view, areas = rows_of(rows)
    figure = standing_picture(view, areas)
    marks = len(re.findall("<polygon", figure.svg))
    assert marks == sum(place is not None for place in places)
    assert texts(figure.svg).count("visas inte,") == sum(place is None for place in places)
    titles = [said for said in texts(figure.svg) if said.startswith("Nöjda")]
    assert titles == [f"Nöjda med verksamhet {n}" for n in range(len(places))]


def test_the_own_place_is_that_of_the_rank_and_of_the_method(rows_of: Rows) -> None:
    # Ranks 26 to 29 of 250: 221 are worse, four are equal.
    _, (area,) = rows_of([placed(90.0, rank=26, n_same_rank=4), placed(50.0, rank=None)])
    assert [row.place for row in area.rows] == [100 * (221 + 2) / 250, None]


def test_the_order_of_the_underlag_is_nothing(kommun_view: Views, indicator: Any) -> None:
    named = [(replace(indicator(), id=f"ao-{n}"), [placed(10.0 * n + 5)]) for n in range(4)]
    chosen = key("ao-2", "ao-0", "ao-3")
    drawn = {
        standing_picture(view, standing_rows(view, OLD, chosen=chosen)).svg
        for view in (kommun_view(named), kommun_view(named[::-1]))
    }
    assert len(drawn) == 1


def test_days_units_and_counts_carry_their_unit(rows_of: Rows) -> None:
    view, areas = rows_of([placed(50.0, value=1.0, riket=2.0)], scale=Scale.DAGAR, direction=Direction.LAG)
    assert "1\u00a0dag" in texts(standing_picture(view, areas).svg)
    view, areas = rows_of([placed(50.0, value=2503.0)], scale=Scale.ANTAL, unit_text="antal per 100 000 invånare")
    said = texts(standing_picture(view, areas).svg)
    assert "2\u202f503" in said
    assert "antal per 100\u202f000 invånare" in " ".join(said)


def test_the_checklist_is_told_in_its_areas_heading(kommun_view: Views, measured: Measured) -> None:
    view = kommun_view(measured)
    (area,) = standing_rows(view, OLD, chosen=key())
    assert "Checklista: ja på 1 av 2 frågor" in texts(standing_picture(view, [area]).svg)
    silent = kommun_view([(one, [row(status="bortfall")]) for one, _ in measured[-2:]])
    assert "Checklista: inga svar" in texts(standing_picture(silent, standing_rows(silent, OLD, chosen=key())).svg)


def test_few_units_and_synthetic_data_are_told_in_the_caption_and_the_figure(rows_of: Rows) -> None:
    view, areas = rows_of([placed(50.0, denominator=3.0)], counted=Counted.ENHETER)
    assert "Syntetiska data" in texts(standing_picture(view, areas).svg)
    assert "126 av 250 (få)" in texts(standing_picture(view, areas).svg)
    assert standing_picture(replace(view, synthetic=False), areas).svg.count("Syntetiska") == 0


def test_nothing_measured_is_no_picture(kommun_view: Views) -> None:
    view = kommun_view([])
    assert standing_rows(view, AREAS) == ()
    assert "fig-laget" not in first_spread(view, AREAS, [])
    with pytest.raises(ValueError, match="at least one area"):
        standing_picture(view, ())


def test_a_questioned_figure_and_an_uncertain_indicator_carry_their_signs(rows_of: Rows) -> None:
    view, areas = rows_of([placed(50.0, finding="Värdet sticker ut", quality="C"), placed(60.0, quality="A")])
    assert texts(standing_picture(view, areas).svg).count("87\u00a0%\u00a0†\u00a0C") == 1
    assert texts(standing_picture(view, areas).svg).count("87\u00a0%") == 1

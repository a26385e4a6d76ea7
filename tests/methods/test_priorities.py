"""The gross list: what speaks against a result raises it, nothing is silent, and only the weights decide."""

from __future__ import annotations

import dataclasses
import math
import warnings
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lagesbild.catalogue.indicators import Counted, Direction, Indicator, Part, Scale
from lagesbild.catalogue.priority_weights import Concern, load_weights
from lagesbild.methods.priorities import Priority, priorities
from lagesbild.methods.priority_points import score, similar_ahead
from lagesbild.methods.priority_stability import stability

Maker = Callable[..., Indicator]
WEIGHTS = load_weights()
YEAR = 2024

RED: dict[str, Any] = {
    "year": YEAR,
    "sex": "T",
    "status": "ok",
    "value": 60.0,
    "answer": None,
    "colour": "rod",
    "riket": 80.0,
    "skillnad_riket": "samre",
    "niva_riket": 99.8,
    "liknande": 72.0,
    "diff_liknande": -12.0,
    "label": "sakerstalld_forsamring",
    "denominator": 230.0,
    "quality": "A",
}


def listed(rows: dict[str, dict[str, Any]], maker: Maker, **kinds: Any) -> list[Priority]:
    """Return the list of indicators that differ only in their rows."""
    ones = [maker(name, **kinds) for name in rows]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return priorities({name: [row] for name, row in rows.items()}, indicators=ones, weights=WEIGHTS, year=YEAR)


def test_every_ground_of_a_bad_result_counts_in_full(indicator: Maker) -> None:
    (found,) = listed({"ao-tal": RED}, indicator)
    points = {one.concern: one.points for one in found.grounds}
    # 12 of the 20 percentage points that count in full; 230 persons are neither few nor many.
    assert points == pytest.approx(
        {
            Concern.FARG: 25.0,
            Concern.SKILLNAD: 20.0,
            Concern.TREND: 20.0,
            Concern.LIKNANDE: 9.0,
            Concern.INVANARE: 6.0,
            Concern.DATA: 5.0,
            Concern.AKTUALITET: 5.0,
        }
    )
    assert found.points == pytest.approx(90.0)
    assert found.unknown_points == 0.0


def test_what_is_not_known_counts_half_and_is_told(indicator: Maker) -> None:
    bare = {"year": YEAR, "status": "ok", "value": 60.0, "colour": "rod"}
    (found,) = listed({"ao-tal": bare}, indicator)
    unknown = {one.concern for one in found.grounds if not one.known}
    assert unknown == set(Concern) - {Concern.FARG, Concern.AKTUALITET}
    assert found.points == pytest.approx(25 + 5 + 0.5 * 70)
    assert found.unknown_points == pytest.approx(35.0)


@pytest.mark.parametrize("null", [None, math.nan, "", "okand"])
def test_a_null_column_is_the_same_as_an_absent_one(indicator: Maker, null: object) -> None:
    absent = {name: value for name, value in RED.items() if name not in ("skillnad_riket", "label", "quality")}
    nulled = RED | dict.fromkeys(("skillnad_riket", "label", "quality"), null)
    one = indicator()
    assert score(absent, one, WEIGHTS, YEAR) == score(nulled, one, WEIGHTS, YEAR)


def test_an_answer_is_read_like_a_number(indicator: Maker) -> None:
    row = RED | {"value": None, "answer": "nej", "colour": "rod", "liknande": 80.0, "diff_liknande": None}
    row |= {"label": "upphord", "skillnad_riket": ""}
    (found,) = listed({"ao-rutin": row}, indicator, scale=Scale.JA_NEJ, counted=Counted.KOMMUNER)
    outcomes = {one.concern: one.outcome for one in found.grounds}
    assert outcomes[Concern.FARG] == "nej"
    assert outcomes[Concern.TREND] == "upphord"
    assert outcomes[Concern.SKILLNAD] == outcomes[Concern.INVANARE] == ""
    assert next(one.share for one in found.grounds if one.concern is Concern.LIKNANDE) == 1.0


def test_good_and_middling_results_are_not_listed(indicator: Maker) -> None:
    good = RED | {"colour": "gron", "skillnad_riket": "battre", "label": "slump", "diff_liknande": 5.0}
    middling = good | {"colour": "gul", "skillnad_riket": "ingen"}
    assert listed({"ao-bra": good, "ao-mitten": middling}, indicator) == []
    behind = middling | {"diff_liknande": -11.0}
    assert [one.indicator.id for one in listed({"ao-efter": behind}, indicator)] == ["ao-efter"]


@pytest.mark.parametrize(("way", "diff", "ahead"), [("hog", -5.0, 5.0), ("lag", -5.0, -5.0), ("lag", 5.0, 5.0)])
def test_ahead_is_by_what_is_good(indicator: Maker, way: str, diff: float, ahead: float) -> None:
    assert similar_ahead(RED | {"diff_liknande": diff}, indicator(direction=Direction(way))) == ahead


def test_the_mirrored_direction_gives_the_mirrored_list(indicator: Maker) -> None:
    low = RED | {"diff_liknande": 12.0}
    (found,) = listed({"ao-tal": RED}, indicator)
    (mirrored,) = listed({"ao-tal": low}, indicator, direction=Direction.LAG)
    assert found.grounds == mirrored.grounds


def test_other_scales_are_measured_by_the_similar_kommuner(indicator: Maker) -> None:
    row = RED | {"value": 60.0, "liknande": 50.0, "diff_liknande": 10.0}
    (found,) = listed({"ao-dagar": row}, indicator, scale=Scale.DAGAR, direction=Direction.LAG)
    share = {one.concern: one.share for one in found.grounds}[Concern.LIKNANDE]
    assert share == pytest.approx(10 / (0.4 * 50))
    (zero,) = listed({"ao-dagar": row | {"liknande": 0.0}}, indicator, scale=Scale.DAGAR, direction=Direction.LAG)
    assert {one.concern: one.share for one in zero.grounds}[Concern.LIKNANDE] == 1.0


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "sekretess"},
        {"status": "saknas"},
        {"status": "ej_matt"},
        {"year": YEAR - 4},
        {"year": YEAR + 1},
        {"sex": "K"},
    ],
)
def test_what_is_withheld_absent_or_old_is_never_listed(indicator: Maker, changes: dict[str, Any]) -> None:
    assert listed({"ao-tal": RED | changes}, indicator) == []


def test_only_quality_with_a_direction_is_listed(indicator: Maker) -> None:
    assert listed({"ao-tal": RED}, indicator, part=Part.VALFARD) == []
    assert listed({"ao-tal": RED}, indicator, direction=Direction.INGEN) == []


def test_the_latest_measurement_is_used_and_its_age_told(indicator: Maker) -> None:
    older, withheld = RED | {"year": 2022}, RED | {"year": 2023, "status": "sekretess"}
    (found,) = priorities(
        {"ao-tal": [withheld, older, RED | {"year": 2021}]}, indicators=[indicator()], weights=WEIGHTS, year=YEAR
    )
    grounds = {one.concern: one for one in found.grounds}
    assert grounds[Concern.AKTUALITET].outcome == "alder_2"
    assert not grounds[Concern.TREND].known  # a label is of the report year


def test_equal_points_share_the_rank(indicator: Maker) -> None:
    found = listed({"ao-c": RED, "ao-a": RED, "ao-b": RED | {"quality": "D"}}, indicator)
    assert [(one.rank, one.indicator.id) for one in found] == [(1, "ao-a"), (1, "ao-c"), (3, "ao-b")]


def test_no_rows_give_an_empty_list(indicator: Maker) -> None:
    assert priorities({}, indicators=[indicator()], weights=WEIGHTS, year=YEAR) == []
    assert stability([]).top == 0


# From good to bad, by ground: a later one never ranks lower.
_LADDERS: dict[str, tuple[dict[str, Any], ...]] = {
    "colour": tuple({"colour": one} for one in ("gron", "gul", "rod")),
    "skillnad": (
        {"skillnad_riket": "battre", "niva_riket": 95.0},
        {"skillnad_riket": "ingen", "niva_riket": 0.0},
        {"skillnad_riket": "samre", "niva_riket": 95.0},
        {"skillnad_riket": "samre", "niva_riket": 99.8},
    ),
    "label": tuple(
        {"label": one}
        for one in (
            *("sakerstalld_forbattring", "mojlig_forbattring", "slump", "mojlig_forsamring"),
            "sakerstalld_forsamring",
        )
    ),
    "liknande": tuple({"diff_liknande": one} for one in (30.0, 0.0, -1.0, -12.0, -40.0)),
    "invanare": tuple({"denominator": one} for one in (3.0, 99.0, 100.0, 1000.0, 1e6)),
    "quality": tuple({"quality": one} for one in "DCBA"),
}
_rows = st.fixed_dictionaries({name: st.sampled_from(ladder) for name, ladder in _LADDERS.items()}).map(
    lambda parts: RED | {key: value for part in parts.values() for key, value in part.items()}
)


def places(found: list[Priority]) -> dict[str, int]:
    return {one.indicator.id: one.rank for one in found}


@settings(max_examples=80, deadline=None)
@given(rows=st.lists(_rows, min_size=2, max_size=6), name=st.sampled_from(sorted(_LADDERS)), data=st.data())
def test_worse_in_any_ground_never_lowers_the_rank(
    indicator_of: Maker, rows: list[dict[str, Any]], name: str, data: st.DataObject
) -> None:
    better = data.draw(st.integers(0, len(_LADDERS[name]) - 2))
    worse = data.draw(st.integers(better + 1, len(_LADDERS[name]) - 1))
    named = {f"ao-{place}": row for place, row in enumerate(rows)}
    before = places(listed(named | {"ao-0": rows[0] | _LADDERS[name][better]}, indicator_of))
    after = places(listed(named | {"ao-0": rows[0] | _LADDERS[name][worse]}, indicator_of))
    assert after.get("ao-0", 1_000) <= before.get("ao-0", 1_000)


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(_rows, min_size=1, max_size=6), factor=st.floats(1e-3, 1e3), data=st.data())
def test_neither_order_nor_the_weights_scale_matter(
    indicator_of: Maker, rows: list[dict[str, Any]], factor: float, data: st.DataObject
) -> None:
    named = {f"ao-{place}": [row, row | {"year": 2022, "value": 1.0}] for place, row in enumerate(rows)}
    ones = [indicator_of(name) for name in named]
    mixed = data.draw(st.permutations(ones))
    scaled = dataclasses.replace(WEIGHTS, weights={key: factor * value for key, value in WEIGHTS.weights.items()})
    backwards = {name: list(reversed(own)) for name, own in reversed(named.items())}
    first = priorities(named, indicators=ones, weights=WEIGHTS, year=YEAR)
    then = priorities(backwards, indicators=mixed, weights=scaled, year=YEAR)
    assert places(first) == places(then)
    assert [one.points for one in first] == pytest.approx([one.points for one in then])
    assert all(0.0 <= one.points <= 100.0 + 1e-9 for one in first)


def test_what_leads_in_everything_stays_first_whatever_the_weights(indicator: Maker) -> None:
    rows = {f"ao-{n}": RED | {"diff_liknande": -float(n)} for n in range(15)}
    found = listed(rows, indicator)
    steady = stability(found, top=5)
    assert steady.kept == (5.0, 5.0)
    assert steady.always == tuple(one.indicator.id for one in found[:5])

"""Numbers in print: half-up, Swedish, each with its unit."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.catalogue.vocabulary import Status
from lagesbild.presentation import numbers

Make = Callable[..., Indicator]


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-0.5, 0, "−1"),
        (2.675, 2, "2,68"),
        (57 / 200 * 100, 0, "29"),  # 28.499999999999996 in binary; 28,5 in truth
        (28.4999, 0, "28"),
        (-0.2, 0, "0"),
        (1234.0, 0, "1\u202f234"),
        (-12345.65, 1, "−12\u202f345,7"),
        (1e6, 0, "1\u202f000\u202f000"),
        (0.1 + 0.2, 1, "0,3"),
    ],
)
def test_numbers_are_rounded_half_up_and_printed_in_swedish(value: float, decimals: int, printed: str) -> None:
    assert numbers.number(value, decimals) == printed


@given(st.integers(min_value=-(10**9), max_value=10**9), st.integers(min_value=0, max_value=2))
def test_a_tie_always_goes_away_from_zero(whole: int, decimals: int) -> None:
    value = (abs(whole) + 0.5) / 10**decimals
    expected = (abs(whole) + 1) / 10**decimals
    assert float(numbers.round_half_up(value, decimals)) == pytest.approx(expected, abs=10**-6)
    assert numbers.round_half_up(-value, decimals) == -numbers.round_half_up(value, decimals)


@pytest.mark.parametrize("missing", [float("nan"), float("inf"), None])
def test_a_missing_value_is_never_printed_as_a_number(missing: float) -> None:
    with pytest.raises(ValueError, match="status"):
        numbers.number(missing)


@pytest.mark.parametrize(
    ("scale", "unit", "value", "printed"),
    [
        (Scale.PROCENT, None, 86.5, "87\u00a0procent"),
        (Scale.DAGAR, None, 14.2, "14\u00a0dagar"),
        (Scale.DAGAR, None, 1.0, "1\u00a0dag"),
        (Scale.KRONOR, None, 12345, "12\u202f345\u00a0kronor per invånare"),
        (Scale.KRONOR, "kronor per person", 1, "1\u00a0krona per person"),
        (Scale.ANTAL, None, 12.0, "12"),
        (Scale.ANTAL, "antal per 1 000 invånare", 2.25, "2,3\u00a0per 1\u202f000 invånare"),
        (Scale.MEDELVARDE, "procent, medelvärde av flera frågor", 73.0, "73,0\u00a0procent"),
        (Scale.INDEX, "index 0–100", 71.25, "71,3"),
        (Scale.JA_NEJ, None, 61.4, "61\u00a0procent"),
    ],
)
def test_running_text_has_the_unit(indicator: Make, scale: Scale, unit: str | None, value: float, printed: str) -> None:
    assert numbers.with_unit(value, indicator(scale, unit=unit)) == printed


@pytest.mark.parametrize(
    ("scale", "value", "printed"),
    [
        (Scale.PROCENT, 3.2, "+3,2\u00a0procentenheter"),
        (Scale.PROCENT, -0.04, "ingen skillnad"),
        (Scale.PROCENT, 1.0, "+1,0\u00a0procentenheter"),
        (Scale.DAGAR, -5, "−5\u00a0dagar"),
        (Scale.DAGAR, -1, "−1\u00a0dag"),
        (Scale.JA_NEJ, 4.0, "+4,0\u00a0procentenheter"),
    ],
)
def test_a_difference_between_percentages_is_in_procentenheter(
    indicator: Make, scale: Scale, value: float, printed: str
) -> None:
    assert numbers.difference(value, indicator(scale)) == printed


def test_a_difference_between_means_of_percentages_is_in_procentenheter_too(indicator: Make) -> None:
    mean = dataclasses.replace(indicator(Scale.MEDELVARDE), unit_text="procent, medelvärde av flera frågor")
    assert numbers.difference(-1.7, mean) == "−1,7\u00a0procentenheter"


def test_a_cell_shows_number_answer_or_the_mark_of_its_status() -> None:
    assert numbers.result_cell(87.4, None, "ok", Scale.PROCENT) == "87"
    assert numbers.result_cell(87.4, None, "ok", Scale.PROCENT, unit=True) == "87\u00a0%"
    assert numbers.result_cell(float("nan"), "ja", "ok", Scale.JA_NEJ) == "ja"
    assert numbers.result_cell(None, None, "sekretess", Scale.PROCENT) == ".."
    assert numbers.result_cell(None, None, "bortfall", Scale.PROCENT) == "-"
    assert numbers.result_cell(None, float("nan"), "ej_tillamplig", Scale.PROCENT) == "."  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("scale", "values", "printed"),
    [
        (Scale.PROCENT, (0.3, 12.4, None), ["0,3", "12,4"]),
        (Scale.PROCENT, (0.0, 0.2, 2.0), ["0,0", "0,2", "2,0"]),
        (Scale.PROCENT, (87.4, 81.6, 100.0), ["87", "82", "100"]),
        (Scale.PROCENT, (2.0, 7.0, 45.0), ["2", "7", "45"]),  # the source has given whole numbers
        (Scale.PROCENT, (8.0, 12.4), ["8,0", "12,4"]),
        (Scale.JA_NEJ, (9.6, 45.1), ["9,6", "45,1"]),
        (Scale.DAGAR, (1.4, 14.6), ["1,4", "14,6"]),
        (Scale.KRONOR, (12345.0, 980.4), ["12\u202f345", "980"]),
        (Scale.ANTAL, (0.04, 1.2), ["0,04", "1,20"]),
    ],
)
def test_numbers_side_by_side_have_the_same_decimals(
    scale: Scale, values: tuple[float | None, ...], printed: list[str]
) -> None:
    decimals = numbers.row_decimals(scale, values)
    assert [numbers.cell(value, scale, decimals=decimals) for value in values if value is not None] == printed


def test_a_row_without_numbers_has_the_scales_own_decimals() -> None:
    assert numbers.row_decimals(Scale.PROCENT, [None]) == 0
    assert numbers.row_decimals(Scale.INDEX, []) == 1


def test_a_change_has_the_decimals_of_its_row() -> None:
    assert numbers.difference_cell(-0.4, Scale.DAGAR, 1) == "−0,4"
    assert numbers.difference_cell(0.24, Scale.PROCENT, 0) == "+0,2"


def test_every_status_has_a_mark_of_its_own_and_an_explanation() -> None:
    marks = [numbers.status_text(status) for status in Status]
    assert len(set(marks)) == len(Status)
    assert all(numbers.status_text(status, long=True) for status in Status)
    assert numbers.status_notes(["ok", "sekretess", "sekretess"]) == [
        ("..", numbers.status_text("sekretess", long=True))
    ]


def test_nulls_of_frames_are_missing() -> None:
    frame = pd.Series([None, 1.0])
    assert numbers.is_missing(frame.iloc[0])
    assert numbers.is_missing(pd.NA)
    assert not numbers.is_missing(frame.iloc[1])
    assert not numbers.is_missing("ja")


def test_an_interval_has_a_dash_and_words_where_a_minus_would_be_read_with_it() -> None:
    assert numbers.interval(82.14, 87.36, 1) == "82,1–87,4"
    assert numbers.interval(-3.0, 2.0, 1) == "−3,0 till 2,0"
    assert numbers.interval(1234.5, 12345.6, 0) == "1\u202f235–12\u202f346"
    assert numbers.interval(None, 2.0, 1) == numbers.interval(float("nan"), 2.0, 1) == "–"

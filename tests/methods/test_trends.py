from __future__ import annotations

import time
import warnings

import numpy as np
import pandas as pd
import pytest

from lagesbild.catalogue.indicators import Direction, Scale
from lagesbild.methods.trends import TREND_COLUMNS, answer_labels, trend_frame

nan = np.nan


@pytest.fixture(autouse=True)
def _no_warnings():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def rows(values, *, last=2024, answers=False, **fields) -> pd.DataFrame:
    """Return rows of indikatorer for one series, one value a year up to `last`; None is not measured."""
    years = range(last - len(values) + 1, last + 1)
    base = {"indicator": "ao-tal", "level": "kommun", "region": "0114", "sex": "T", "weighting": "redovisad"}
    frame = pd.DataFrame({"year": list(years)}).assign(**(base | fields))
    frame["value"] = [nan if value is None or answers else value for value in values]
    frame["answer"] = [value if answers else None for value in values]
    frame["status"] = ["ej_matt" if value is None else "ok" for value in values]
    return frame.astype({"value": "float64", "answer": "str", "status": "str", "year": "int16"})


def one(indicator, values, **fields) -> pd.Series:
    frame = trend_frame(rows(values, **fields), indicators=[indicator], year=2024)
    assert tuple(frame.columns) == TREND_COLUMNS
    assert len(frame) == 1
    return frame.iloc[0]


@pytest.mark.parametrize(
    ("direction", "rising", "falling"),
    [
        (Direction.HOG, "forbattring", "forsamring"),
        (Direction.LAG, "forsamring", "forbattring"),
        (Direction.INGEN, "okning", "minskning"),
    ],
)
def test_a_trend_is_named_by_its_direction(indicator, direction, rising, falling):
    record = indicator(direction=direction)
    assert one(record, [1, 2, 3, 4, 5])["label"] == rising
    assert one(record, [5, 4, 3, 2, 1])["label"] == falling
    assert one(record, [1, 3, 2, 5, 4])["label"] == "ingen_sakerstalld"


def test_the_figures_of_a_series_with_gaps(indicator):
    trend = one(indicator(), [10, None, 12, None, 14, None, 16, 18, None])
    assert (trend["n_points"], trend["first_year"], trend["last_year"]) == (5, 2016, 2023)
    assert (trend["first_value"], trend["last_value"]) == (10, 18)
    assert (trend["change_previous"], trend["previous_year"]) == (2, 2022)
    assert trend["slope"] == 1.0
    assert trend["p_value"] == pytest.approx(2 / 120)
    assert trend["label"] == "forbattring"


@pytest.mark.parametrize("every", [2, 4])
def test_years_that_the_plan_leaves_out_are_skipped_and_the_slope_is_still_per_year(indicator, every):
    values = [10.0 + year if (2024 - year) % every == 0 else None for year in range(2016, 2025)]
    trend = one(indicator(frequency=every, phase=2024), values)
    measured = [value for value in values if value is not None]
    assert trend["n_points"] == len(measured)
    assert trend["change_previous"] == every
    assert trend["previous_year"] == 2024 - every
    # Five measurings are a tested trend however far apart, three are none.
    assert (trend["slope"], trend["label"]) == (
        (1.0, "forbattring") if every == 2 else (pytest.approx(nan, nan_ok=True), "for_fa")
    )


def test_a_paused_indicator_keeps_the_trend_of_the_years_it_was_measured(indicator):
    trend = one(indicator(), [1, 2, 3, 4, 5, 6, None, None, None])
    assert (trend["n_points"], trend["last_year"], trend["label"]) == (6, 2021, "forbattring")


def test_four_points_are_too_few_but_the_change_is_told(indicator):
    trend = one(indicator(), [1, 2, 3, 4])
    assert trend["label"] == "for_fa"
    assert np.isnan(trend["slope"])
    assert np.isnan(trend["p_value"])
    assert trend["change_previous"] == 1


def test_two_years_one_year_and_none(indicator):
    assert one(indicator(), [7, 5])["change_previous"] == -2
    single = one(indicator(), [None, 5])
    assert (single["n_points"], single["first_value"], single["last_value"]) == (1, 5, 5)
    assert np.isnan(single["change_previous"])
    assert np.isnan(single["previous_year"])
    empty = one(indicator(), [None, None])
    assert (empty["n_points"], empty["label"]) == (0, "for_fa")
    assert empty[["first_year", "last_year", "first_value", "slope", "p_value"]].isna().all()


def test_a_constant_series_is_unchanged(indicator):
    trend = one(indicator(), [50.0] * 9)
    assert (trend["label"], trend["slope"], trend["p_value"]) == ("oforandrad", 0, 1)


def test_a_rise_that_most_pairs_do_not_show_is_no_trend(indicator):
    trend = one(indicator(), [0, 0, 0, 0, 0, 0, 0, 0.1, 0.2])
    assert trend["slope"] == 0
    assert trend["label"] == "ingen_sakerstalld"


def test_years_outside_the_window_and_women_and_men_are_left_out(indicator):
    frame = pd.concat(
        [
            rows(range(12), last=2024),
            rows([99, 99], last=2024, sex="K"),
            rows([99], last=2025),
        ]
    )
    trend = trend_frame(frame, indicators=[indicator()], year=2024)
    assert trend["first_year"].tolist() == [2016]
    assert trend["last_value"].tolist() == [11]


def test_a_series_that_has_ended_is_left_out(indicator):
    frame = pd.concat([rows([1, 2, 3], last=2023), rows([1, 2, 3], indicator="ao-b")])
    trend = trend_frame(frame, indicators=[indicator(), indicator("ao-b")], year=2024)
    assert trend["indicator"].tolist() == ["ao-b"]


@pytest.mark.parametrize(
    ("own", "first", "n_points"),
    [
        ([None] * 6 + [90] * 3, 10, 9),  # too short to be tested: the weighted one is
        ([None] * 4 + [90] * 5, 90, 5),  # long enough: the source's own
        ([90] * 8 + [None], 10, 9),  # doesn't reach the latest year
    ],
)
def test_a_series_never_mixes_weightings(indicator, own, first, n_points):
    riket = {"level": "rike", "region": "0000"}
    frame = pd.concat(
        [
            rows(range(9), weighting="ovagd", **riket),
            rows(range(10, 19), weighting="vagd", **riket),
            rows(own, weighting="redovisad", **riket),
        ]
    )
    trend = trend_frame(frame, indicators=[indicator()], year=2024).iloc[0]
    assert (trend["first_value"], trend["n_points"]) == (first, n_points)


def test_where_no_weighting_is_long_enough_the_longest_is_taken(indicator):
    riket = {"level": "rike", "region": "0000"}
    frame = pd.concat(
        [
            rows([7, 8, 9], weighting="ovagd", **riket),
            rows([1, 2], weighting="redovisad", **riket),
        ]
    )
    trend = trend_frame(frame, indicators=[indicator()], year=2024).iloc[0]
    assert (trend["first_value"], trend["n_points"], trend["label"]) == (7, 3, "for_fa")


@pytest.mark.parametrize(
    ("answers", "label"),
    [
        (["ja", "ja"], "bibehallen"),
        (["nej", "nej", "delvis"], "aldrig"),
        (["nej", None, "ja"], "tillkommen"),
        (["delvis", "ja", "ja"], "bibehallen"),
        (["nej", "nej", "ja", None], "tillkommen"),
        (["ja", "delvis"], "upphord"),
        (["ja", "nej", "nej"], "upphord"),
        (["ja", "nej", "ja"], "vaxlande"),
        (["nej", "ja", "nej"], "vaxlande"),
        ([None, "ja", None], "for_fa"),
        ([None, None], "for_fa"),
    ],
)
def test_how_an_answer_has_gone(indicator, answers, label):
    trend = one(indicator(scale=Scale.JA_DELVIS_NEJ), answers, answers=True)
    assert trend["label"] == label
    assert trend[["first_value", "last_value", "change_previous", "slope", "p_value"]].isna().all()
    assert trend["n_points"] == sum(answer is not None for answer in answers)


def test_answers_of_larger_areas_are_numbers(indicator):
    asked = indicator(scale=Scale.JA_NEJ)
    trend = one(asked, [10, 20, 30, 40, 50], level="rike", region="0000", weighting="ovagd")
    assert (trend["label"], trend["slope"]) == ("forbattring", 10)


def test_answer_labels_of_nothing():
    assert answer_labels(np.empty((0, 9))).shape == (0,)


def test_no_rows_give_an_empty_frame_with_the_columns(indicator):
    frame = trend_frame(rows([]), indicators=[indicator()], year=2024)
    assert frame.empty
    assert tuple(frame.columns) == TREND_COLUMNS


def test_a_hundred_indicators_of_all_kommuner_take_seconds(indicator):
    n_indicators, n_regions, years = 100, 290, np.arange(2016, 2025)
    rng = np.random.default_rng(1)
    index = pd.MultiIndex.from_product(
        [[f"ao-{n:03}" for n in range(n_indicators)], [f"{n:04}" for n in range(n_regions)], years],
        names=["indicator", "region", "year"],
    )
    frame = index.to_frame(index=False).assign(level="kommun", sex="T", weighting="redovisad", status="ok")
    frame["value"] = rng.normal(50, 9, size=len(frame)).round(1)
    frame["answer"] = pd.Series(None, index=frame.index, dtype="str")
    start = time.perf_counter()
    trend = trend_frame(frame, indicators=[indicator(f"ao-{n:03}") for n in range(n_indicators)], year=2024)
    assert time.perf_counter() - start < 8
    assert len(trend) == n_indicators * n_regions
    assert trend["label"].isin(["forbattring", "forsamring"]).mean() <= 0.05


def test_a_series_begins_anew_where_the_question_changed(indicator):
    series = rows([90, 90, 90, 10, 11, 12, 13, 14, 15])
    broken = {"ao-tal": (2013, 2019)}
    trend = trend_frame(series, indicators=[indicator()], year=2024, breaks=broken).iloc[0]
    assert (trend["n_points"], trend["first_year"], trend["first_value"]) == (6, 2019, 10)
    assert trend["label"] == "forbattring"
    assert trend_frame(series, indicators=[indicator()], year=2024).iloc[0]["label"] == "ingen_sakerstalld"


def test_a_break_after_the_report_year_changes_nothing(indicator):
    series = rows([1, 2, 3, 4, 5])
    trend = trend_frame(series, indicators=[indicator()], year=2024, breaks={"ao-tal": (2025,)}).iloc[0]
    assert trend["n_points"] == 5

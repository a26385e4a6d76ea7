from __future__ import annotations

import time
import warnings

import numpy as np
import pandas as pd
import pytest

from lagesbild.catalogue.indicators import Direction, Scale
from lagesbild.methods.trend_labels import answer_labels
from lagesbild.methods.trends import TREND_COLUMNS, binomial_weights, fitted, small_change, trend_frame

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
    frame["denominator"] = fields.get("denominator", nan)
    frame["value"] = [nan if value is None or answers else value for value in values]
    frame["answer"] = [value if answers else None for value in values]
    frame["status"] = ["ej_matt" if value is None else "ok" for value in values]
    return frame.astype(
        {"value": "float64", "denominator": "float64", "answer": "str", "status": "str", "year": "int16"}
    )


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
    assert one(record, [1, 2, 3, 4, 5])["label"] == f"sakerstalld_{rising}"
    assert one(record, [5, 4, 3, 2, 1])["label"] == f"sakerstalld_{falling}"
    assert one(record, [10, 30, 20, 40, 38])["label"] == f"mojlig_{rising}"
    assert one(record, [40, 20, 30, 10, 12])["label"] == f"mojlig_{falling}"
    assert one(record, [1, 3, 2, 3, 1])["label"] == "slump"


def test_the_handbooks_two_kommuner(indicator):
    # Days 2009-2011; few days are good. The handbook: x is "ett tydligt förbättringsområde", for y it isn't as clear.
    waiting = indicator(direction=Direction.LAG, scale=Scale.DAGAR)
    x, y = (one(waiting, days) for days in ([62, 90, 116], [52, 120, 40]))
    assert (x["label"], x["slope"], round(x["p_value"], 3)) == ("sakerstalld_forsamring", 27.0, 0.014)
    assert (y["label"], y["slope"], round(y["p_value"], 3)) == ("slump", -6.0, 0.911)


@pytest.mark.parametrize("spread", [8.0, 40.0])
def test_the_handbooks_two_kommuner_among_others(indicator, spread):
    """Beside kommuner whose days move little x is as sure; where days move by 40 from year to year it is chance."""
    rng = np.random.default_rng(7)
    days = [[62, 90, 116], [52, 120, 40], *(80 + spread * rng.standard_normal((60, 3))).round()]
    table = pd.concat([rows(list(row), region=f"{n:04}") for n, row in enumerate(days)])
    waiting = indicator(direction=Direction.LAG, scale=Scale.DAGAR)
    frame = trend_frame(table, indicators=[waiting], year=2024).set_index("region")
    assert frame.loc["0000", "label"] == ("sakerstalld_forsamring" if spread == 8.0 else "slump")
    assert frame.loc["0001", "label"] == "slump"


def test_the_figures_of_a_series_with_gaps(indicator):
    trend = one(indicator(), [10, None, 12, None, 14, None, 16, 18, None])
    assert (trend["n_points"], trend["first_year"], trend["last_year"]) == (5, 2016, 2023)
    assert (trend["first_value"], trend["last_value"]) == (10, 18)
    assert (trend["change_previous"], trend["previous_year"]) == (2, 2022)
    assert trend["slope"] == pytest.approx(1.1, abs=0.1)
    assert trend["slope_lower"] < 1.1 < trend["slope_upper"]
    assert trend["label"] == "sakerstalld_forbattring"


@pytest.mark.parametrize("every", [2, 4])
def test_years_that_the_plan_leaves_out_are_skipped_and_the_slope_is_still_per_year(indicator, every):
    values = [10.0 + year if (2024 - year) % every == 0 else None for year in range(2016, 2025)]
    trend = one(indicator(frequency=every, phase=2024), values)
    measured = [value for value in values if value is not None]
    assert trend["n_points"] == len(measured)
    assert trend["change_previous"] == every
    assert trend["previous_year"] == 2024 - every
    # Three measurings are enough however far apart.
    assert trend["slope"] == pytest.approx(1.0)
    assert trend["label"] == "sakerstalld_forbattring"


def test_a_paused_indicator_keeps_the_trend_of_the_years_it_was_measured(indicator):
    trend = one(indicator(), [1, 2, 3, 4, 5, 6, None, None, None])
    assert (trend["n_points"], trend["last_year"], trend["label"]) == (6, 2021, "sakerstalld_forbattring")


def test_two_points_are_too_few_but_the_change_is_told(indicator):
    trend = one(indicator(), [1, 2, None, None])
    assert trend["label"] == "for_fa"
    assert trend[["slope", "slope_lower", "slope_upper", "p_value"]].isna().all()
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
    assert (trend["label"], trend["slope"], trend["p_value"]) == ("stabil", 0, 1)


def test_a_series_is_stable_where_its_change_is_small_beside_the_differences_between_kommuner(indicator):
    rng = np.random.default_rng(3)
    levels = np.linspace(20, 80, 40)[:, None]

    def label(spread: float) -> str:
        table = levels + spread * rng.standard_normal((40, 6))
        table[0] = levels[0] + spread * np.array([0.3, -0.5, 0.2, 0.4, -0.6, 0.1])
        frame = pd.concat([rows(list(row.round(2)), region=f"{n:04}") for n, row in enumerate(table)])
        return str(trend_frame(frame, indicators=[indicator()], year=2024)["label"].iloc[0])

    assert label(1.0) == "stabil"
    assert label(15.0) == "slump"


def test_a_small_change_is_half_a_standard_deviation_between_kommuner():
    values = np.random.default_rng(1).normal(50, 8, size=(4000, 1))
    series = pd.DataFrame({"indicator": "ao-tal", "level": ["kommun"] * 3999 + ["rike"]})
    assert small_change(series, values) == pytest.approx(np.full(4000, 4.0), rel=0.05)
    assert np.isnan(small_change(series.iloc[3999:].reset_index(drop=True), values[3999:])).all()


def test_years_with_more_people_behind_them_weigh_more(indicator):
    table = rows([50, 50, 90, 50, 50], denominator=[1000, 1000, 3, 1000, 1000])
    light = fitted(table, indicators=[indicator()], year=2024)
    heavy = fitted(table.assign(denominator=1000.0), indicators=[indicator()], year=2024)
    assert light.line.mean[0] < 51 < heavy.line.mean[0]
    days = indicator(scale=Scale.DAGAR)
    assert fitted(table, indicators=[days], year=2024).line.mean[0] == pytest.approx(58.0)


def test_a_missing_or_zero_denominator_leaves_the_whole_series_unweighted():
    points = np.array([[50.0, nan, 60], [50, 50, 60], [0, 0, 0], [nan, nan, nan]])
    denominators = np.array([[10, nan, 20], [10, 0, 20], [10, 10, 10.0], [1, 2, 3]])
    weights, counted = binomial_weights(points, denominators)
    assert counted.tolist() == [True, False, True, False]
    assert weights[0, 2] == 2 * weights[0, 0]
    assert (weights[1] == 1).all()
    assert np.isfinite(weights).all()


def test_of_three_year_means_every_third_year_counts(indicator):
    mean = indicator(title="Fallskador, genomsnitt för tre år")
    values = [10, 11, 12, 13, 14, 15, 16, 17, 18]
    assert fitted(rows(values), indicators=[mean], year=2024).line.n.tolist() == [3]
    assert one(mean, values)["n_points"] == 9
    assert one(mean, values)["slope"] == pytest.approx(1.0)
    assert one(mean, values[:5])["label"] == "for_fa"


def test_the_order_of_rows_does_not_matter_and_a_mirrored_direction_mirrors_the_labels(indicator):
    rng = np.random.default_rng(5)
    table = pd.concat(
        [rows(list(row.round(1)), region=f"{n:04}") for n, row in enumerate(rng.normal(50, 4, size=(40, 5)))],
        ignore_index=True,
    )
    good, bad = indicator(direction=Direction.HOG), indicator(direction=Direction.LAG)
    frame = trend_frame(table, indicators=[good], year=2024)
    shuffled = trend_frame(table.sample(frac=1, random_state=1), indicators=[good], year=2024)
    pd.testing.assert_frame_equal(frame, shuffled)
    mirrored = trend_frame(table, indicators=[bad], year=2024)["label"]
    swapped = frame["label"].str.replace("forbattring", "x").str.replace("forsamring", "forbattring")
    assert mirrored.tolist() == swapped.str.replace("x", "forsamring").tolist()


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
        ([None] * 7 + [90] * 2, 10, 9),  # too short to be tested: the weighted one is
        ([None] * 6 + [90] * 3, 90, 3),  # long enough: the source's own
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


def test_rikets_whole_numbers_are_rounded_though_the_means_of_its_kommuner_are_not(indicator):
    riket = rows([80, 81, 82], level="rike", region="0000")
    means = rows([80.4321, 81.1234, 82.6543], level="lan", region="01", weighting="ovagd")
    trend = trend_frame(pd.concat([riket, means]), indicators=[indicator()], year=2024)
    assert trend.set_index("level").loc["rike", "label"] == "slump"


def test_where_no_weighting_is_long_enough_the_longest_is_taken(indicator):
    riket = {"level": "rike", "region": "0000"}
    frame = pd.concat(
        [
            rows([7, 8], weighting="ovagd", **riket),
            rows([1], weighting="redovisad", **riket),
        ]
    )
    trend = trend_frame(frame, indicators=[indicator()], year=2024).iloc[0]
    assert (trend["first_value"], trend["n_points"], trend["label"]) == (7, 2, "for_fa")


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
    assert (trend["label"], trend["slope"]) == ("sakerstalld_forbattring", 10)


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
    start = time.process_time()
    trend = trend_frame(frame, indicators=[indicator(f"ao-{n:03}") for n in range(n_indicators)], year=2024)
    assert time.process_time() - start < 5
    assert len(trend) == n_indicators * n_regions
    assert trend["label"].str.startswith("sakerstalld").mean() == pytest.approx(0.05, abs=0.01)


def test_a_series_begins_anew_where_the_question_changed(indicator):
    series = rows([90, 90, 90, 10, 11, 12, 13, 14, 15])
    broken = {"ao-tal": (2013, 2019)}
    trend = trend_frame(series, indicators=[indicator()], year=2024, breaks=broken).iloc[0]
    assert (trend["n_points"], trend["first_year"], trend["first_value"]) == (6, 2019, 10)
    assert trend["label"] == "sakerstalld_forbattring"
    assert trend_frame(series, indicators=[indicator()], year=2024).iloc[0]["label"] == "sakerstalld_forsamring"


def test_a_break_after_the_report_year_changes_nothing(indicator):
    series = rows([1, 2, 3, 4, 5])
    trend = trend_frame(series, indicators=[indicator()], year=2024, breaks={"ao-tal": (2025,)}).iloc[0]
    assert trend["n_points"] == 5

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagesbild.catalogue.indicators import Direction, Scale
from lagesbild.methods.targets import TARGET_COLUMNS, VERDICTS, probability_of_reaching, target_frame
from lagesbild.methods.trends import fitted

nan = np.nan


@pytest.fixture(autouse=True)
def _no_warnings():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def series(values, *, last=2024, answers=False) -> pd.DataFrame:
    years = list(range(last - len(values) + 1, last + 1))
    frame = pd.DataFrame({"year": years}).assign(
        indicator="ao-tal", level="kommun", region="0114", sex="T", weighting="redovisad", denominator=nan
    )
    frame["value"] = [nan if value is None or answers else value for value in values]
    frame["answer"] = [value if answers else None for value in values]
    frame["status"] = ["ej_matt" if value is None else "ok" for value in values]
    return frame.astype({"value": "float64", "answer": "str"})


def judged(record, values, target, target_year, **how) -> pd.Series:
    found = fitted(series(values, **how), indicators=[record], year=2024)
    targets = pd.DataFrame({"indicator": ["ao-tal"], "region": ["0114"], "target": [target], "year": [target_year]})
    frame = target_frame(found, targets, indicators=[record], year=2024)
    assert tuple(frame.columns) == TARGET_COLUMNS
    assert len(frame) == 1
    assert set(frame["verdict"]) <= set(VERDICTS)
    return frame.iloc[0]


RISING = [60.0, 62.3, 63.8, 66.1, 68.2, 69.7]


def test_who_decided_a_target_follows_where_it_is_known(indicator):
    found = fitted(series(RISING), indicators=[indicator()], year=2024)
    targets = pd.DataFrame({"indicator": ["ao-tal"], "region": ["0114"], "target": [75.0], "year": [2026]})
    known = targets.assign(decided_by="socialnämnden", decided="2024-03-12")
    told = [target_frame(found, one, indicators=[indicator()], year=2024).iloc[0] for one in (targets, known)]
    assert [(row["decided_by"], row["decided"]) for row in told] == [("", ""), ("socialnämnden", "2024-03-12")]


def test_distance_and_pace_of_a_target(indicator):
    row = judged(indicator(), RISING, 75.0, 2026)
    assert (row["last_value"], row["last_year"], row["distance"]) == (69.7, 2024, pytest.approx(5.3))
    assert row["pace_needed"] == pytest.approx(2.65)
    assert row["slope"] == pytest.approx(1.96, abs=0.05)
    assert row["forecast"] == pytest.approx(73.8, abs=0.2)
    assert row["forecast_lower"] < row["forecast"] < row["forecast_upper"]
    assert row["verdict"] == "nar_troligen_inte"


@pytest.mark.parametrize(
    ("target", "target_year", "verdict"),
    [
        (72.0, 2026, "nar"),
        (73.8, 2026, "gar_inte_att_saga"),
        (90.0, 2026, "nar_troligen_inte"),
        (69.0, 2026, "natt"),
        (69.7, 2024, "natt"),
        (71.0, 2024, "ej_natt"),
        (71.0, 2035, "gar_inte_att_saga"),  # further ahead than the series is long
    ],
)
def test_whether_the_trend_reaches_the_target(indicator, target, target_year, verdict):
    assert judged(indicator(), RISING, target, target_year)["verdict"] == verdict


def test_a_target_of_the_past_is_judged_by_what_was_measured_then(indicator):
    row = judged(indicator(), RISING, 66.0, 2022)
    assert (row["last_year"], row["last_value"], row["verdict"]) == (2022, 66.1, "natt")
    assert judged(indicator(), [*RISING[:5], 50.0], 66.0, 2023)["verdict"] == "natt"
    gone = judged(indicator(), RISING, 66.0, 2010)
    assert gone["verdict"] == "gar_inte_att_saga"
    assert gone[["last_value", "distance", "pace_needed"]].isna().all()


def test_low_is_good_and_no_direction(indicator):
    waiting = indicator(direction=Direction.LAG, scale=Scale.DAGAR)
    falling = [-value for value in RISING]
    assert judged(waiting, falling, -72.0, 2026)["verdict"] == "nar"
    assert judged(waiting, falling, -60.0, 2026)["verdict"] == "natt"
    neutral = indicator(direction=Direction.INGEN)
    assert judged(neutral, RISING, 72.0, 2026)["verdict"] == "nar"
    assert judged(neutral, RISING, 60.0, 2026)["verdict"] == "nar_troligen_inte"
    assert judged(neutral, RISING, 69.7, 2026)["verdict"] == "natt"


def test_answers_are_there_or_not_and_nothing_is_foretold(indicator):
    asked = indicator(scale=Scale.JA_DELVIS_NEJ)
    assert judged(asked, ["nej", "delvis", "ja"], 100.0, 2026, answers=True)["verdict"] == "natt"
    row = judged(asked, ["ja", "ja", "delvis"], 100.0, 2026, answers=True)
    assert (row["distance"], row["verdict"]) == (100.0, "gar_inte_att_saga")
    assert row[["pace_needed", "slope", "forecast", "probability"]].isna().all()
    assert judged(asked, ["ja", "nej"], 100.0, 2024, answers=True)["verdict"] == "ej_natt"


@pytest.mark.parametrize("values", [[None] * 4, [None, 50.0], [50.0, 51.0]])
def test_too_few_measurings_can_not_be_judged(indicator, values):
    row = judged(indicator(), values, 90.0, 2026)
    assert row["verdict"] == "gar_inte_att_saga"
    assert row[["slope", "forecast", "probability"]].isna().all()


def test_a_constant_series_stays_where_it_is(indicator):
    row = judged(indicator(), [50.0] * 5, 90.0, 2026)
    assert (row["forecast"], row["pace_needed"], row["verdict"]) == (50.0, 20.0, "nar_troligen_inte")


def test_targets_of_what_has_no_series_are_left_out_and_several_years_stay(indicator):
    found = fitted(series(RISING), indicators=[indicator()], year=2024)
    targets = pd.DataFrame(
        {
            "indicator": ["ao-tal", "ao-tal", "ao-annan", "ao-tal"],
            "region": ["0114", "0114", "0114", "0115"],
            "target": [90.0, 72.0, 1.0, 1.0],
            "year": [2028, 2026, 2026, 2026],
        }
    )
    frame = target_frame(found, targets, indicators=[indicator()], year=2024)
    assert frame["target_year"].tolist() == [2026, 2028]
    empty = target_frame(found, targets.iloc[:0], indicators=[indicator()], year=2024)
    assert empty.empty
    assert tuple(empty.columns) == TARGET_COLUMNS


@given(st.floats(-100, 100), st.floats(0.1, 50), st.floats(1, 50), st.floats(-100, 100))
def test_reaching_upwards_and_downwards_are_one_certainty(forecast, se, df, target):
    both = np.array([True, False])
    chance = probability_of_reaching(np.full(2, forecast), np.full(2, se), np.full(2, df), np.full(2, target), both)
    assert chance.sum() == pytest.approx(1.0)
    assert (chance[0] - 0.5) * (forecast - target) >= 0

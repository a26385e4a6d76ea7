"""Groups of kommuner by their denominators and as plain means, with intervals; and what an interval may tell."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
import pytest

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.methods.cells import kommun_cells
from lagesbild.methods.estimates import ESTIMATE_COLUMNS, estimates, own_bounds
from lagesbild.methods.intervals import count_interval, mean_interval, proportion_interval

Made = Callable[..., Indicator]
Rows = Callable[..., pd.DataFrame]


@pytest.fixture(autouse=True)
def _no_warnings() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


@pytest.fixture
def groups() -> pd.DataFrame:
    """Return two overlapping groups and one that no kommun with a result is in."""
    placed = [("0114", "a"), ("0115", "a"), ("0305", "a"), ("0305", "b"), ("0319", "b"), ("0980", "c")]
    return pd.DataFrame(placed, columns=["region", "area"]).assign(level="egen").astype("str")


def _share(region: str, part: float, whole: float) -> dict[str, object]:
    return {"region": region, "numerator": part, "denominator": whole, "value": 100 * part / whole}


def _estimates(rows: pd.DataFrame, one: Indicator, members: pd.DataFrame, groups: pd.DataFrame, **more: float):
    cells = kommun_cells(rows, indicators=[one], members=members, year=2024)
    return estimates(cells, indicators=[one], groups=groups, **more)


def _row(found: pd.DataFrame, region: str, weighting: str) -> pd.Series:
    return found[(found["region"] == region) & (found["weighting"] == weighting)].iloc[0]


def test_any_group_has_both_figures_with_their_intervals(
    indicator: Made, released: Rows, members: pd.DataFrame, groups: pd.DataFrame
) -> None:
    rows = released(_share("0114", 90, 100), _share("0115", 1, 10), _share("0305", 5, 10))
    found = _estimates(rows, indicator(), members, groups)
    assert tuple(found.columns) == ESTIMATE_COLUMNS
    weighted, plain = _row(found, "a", "vagd"), _row(found, "a", "ovagd")
    np.testing.assert_allclose([weighted["lower"], weighted["upper"]], 100 * np.array(proportion_interval(96, 120)))
    wanted = mean_interval(50.0, np.std([90, 10, 50], ddof=1), 3)
    np.testing.assert_allclose([plain["lower"], plain["upper"]], wanted)
    assert _row(found, "b", "ovagd")["n_kommuner"] == 1
    assert np.isnan(_row(found, "b", "ovagd")["lower"])  # a mean of one has no spread
    assert _row(found, "b", "vagd")["upper"] > 70
    assert _row(found, "c", "ovagd")["status"] == "saknas"
    assert weighted["value"] == 80.0
    assert (_row(found, "a", "ovagd")["value"], _row(found, "a", "ovagd")["n_kommuner"]) == (50.0, 3)
    wider = _estimates(rows, indicator(), members, groups, confidence=0.998)
    assert _row(wider, "a", "vagd")["upper"] > weighted["upper"]


def test_answers_have_wilsons_interval_and_weighted_means_that_of_a_ratio(
    indicator: Made, released: Rows, members: pd.DataFrame, groups: pd.DataFrame
) -> None:
    said = [{"region": code, "answer": word} for code, word in (("0114", "ja"), ("0115", "nej"), ("0305", "ja"))]
    found = _row(_estimates(released(*said), indicator(scale=Scale.JA_NEJ), members, groups), "a", "ovagd")
    np.testing.assert_allclose([found["lower"], found["upper"]], 100 * np.array(proportion_interval(2, 3)))
    days = [{"region": code, "value": v, "denominator": 7.0} for code, v in (("0114", 3), ("0115", 5), ("0305", 10))]
    both = _estimates(released(*days), indicator(scale=Scale.DAGAR), members, groups)
    bounds = [[_row(both, "a", way)[end] for end in ("lower", "upper")] for way in ("vagd", "ovagd")]
    np.testing.assert_allclose(*bounds)  # with equal weights the two means are one


def test_ties_constants_and_nothing_have_defined_answers(
    indicator: Made, released: Rows, members: pd.DataFrame, groups: pd.DataFrame
) -> None:
    same = released(*({"region": code, "value": 0.1} for code in members["region"]))
    found = _row(_estimates(same, indicator(), members, groups), "a", "ovagd")
    assert (found["lower"], found["value"], found["upper"]) == (0.1, 0.1, 0.1)
    hidden = released(*({"region": code, "status": "sekretess"} for code in members["region"]))
    found = _estimates(hidden, indicator(), members, groups)
    assert found[["value", "lower", "upper"]].isna().all(axis=None)
    assert set(found["status"]) == {"sekretess"}
    assert _estimates(released(), indicator(), members, groups.iloc[:0]).empty


def test_the_mean_of_kommuner_is_held_as_often_as_it_says(
    indicator: Made, released: Rows, members: pd.DataFrame, groups: pd.DataFrame
) -> None:
    rng = np.random.default_rng(7)
    many = pd.DataFrame({"region": [f"{n:04d}" for n in range(6000)]})
    by_ten = many.assign(area=many["region"].str[:3], level="egen")
    kommuner = many.assign(lan="01", kommungrupp="A1")
    template = released({"region": "0000"})
    rows = pd.concat([template] * 6000, ignore_index=True).assign(region=many["region"], value=rng.normal(60, 8, 6000))
    found = _estimates(rows, indicator(scale=Scale.MEDELVARDE), kommuner, by_ten)
    assert len(found) == 600
    assert ((found["lower"] <= 60) & (found["upper"] >= 60)).mean() == pytest.approx(0.95, abs=0.025)


def test_own_intervals_follow_from_the_counts_of_the_row_alone(indicator: Made, released: Rows) -> None:
    percent, rate = indicator("p"), indicator("r", scale=Scale.ANTAL, unit_text="antal per 1 000 invånare")
    count, days = indicator("c", scale=Scale.ANTAL, unit_text="antal"), indicator("d", scale=Scale.DAGAR)
    rows = released(
        {"indicator": "p", "region": "1", "value": 30.0, "denominator": 50.0},
        {"indicator": "p", "region": "2", "value": 30.0},
        {"indicator": "p", "region": "3", "value": 90.0, "numerator": 15.0, "denominator": 50.0},
        {"indicator": "r", "region": "1", "value": 13.0, "numerator": 65.0, "denominator": 5000.0},
        {"indicator": "c", "region": "1", "value": 65.0},
        {"indicator": "d", "region": "1", "value": 12.0, "numerator": 5.0, "denominator": 50.0},
        {"indicator": "p", "region": "4", "status": "sekretess"},
        {"indicator": "p", "region": "5", "value": 0.0, "numerator": 0.0, "denominator": 0.0},
    )
    found = own_bounds(rows, indicators=[percent, rate, count, days])
    np.testing.assert_allclose(found.iloc[0], 100 * np.array(proportion_interval(15, 50)).ravel())
    # No denominator; counts of something else than the value; days; withheld; nobody.
    assert found.iloc[[1, 2, 5, 6, 7]].isna().all(axis=None)
    np.testing.assert_allclose(found.iloc[3], np.array(count_interval(65)) / 5)
    np.testing.assert_allclose(found.iloc[4], np.array(count_interval(65)))


def test_the_number_asked_narrows_rikets_interval_and_no_other(indicator: Made, released: Rows) -> None:
    """A kommun's interval must not tell how many were asked: that isn't published there."""
    row = {"value": 60.0, "numerator": 60.0, "denominator": 100.0}
    rows = released(
        *(
            {"region": code, "level": level, **row}
            for code, level in (("0000", "rike"), ("01", "lan"), ("0114", "kommun"))
        )
    )
    wide = own_bounds(rows, indicators=[indicator()])
    narrow = own_bounds(rows.assign(n_answers=110.0, n_asked=150.0), indicators=[indicator()])
    assert (narrow["upper"] - narrow["lower"]).iloc[0] < (wide["upper"] - wide["lower"]).iloc[0]
    pd.testing.assert_frame_equal(narrow.iloc[1:], wide.iloc[1:])
    odd = own_bounds(rows.assign(n_answers=90.0, n_asked=80.0), indicators=[indicator()])
    pd.testing.assert_frame_equal(odd, wide)


def test_two_kommuner_that_publish_the_same_have_the_same_interval(indicator: Made, released: Rows) -> None:
    """What isn't in the published columns moves no bound: neither who was asked nor anybody else's row."""
    rows = released(_share("0114", 9, 12), {**_share("0115", 9, 12)}, {"region": "0305", "status": "sekretess"})
    rows = rows.assign(n_answers=[12.0, 12.0, np.nan], n_asked=[12.0, 400.0, np.nan])
    together = own_bounds(rows, indicators=[indicator()])
    assert together.iloc[0].tolist() == together.iloc[1].tolist()
    assert together.iloc[2].isna().all()
    pd.testing.assert_frame_equal(own_bounds(rows.iloc[:1], indicators=[indicator()]), together.iloc[:1])

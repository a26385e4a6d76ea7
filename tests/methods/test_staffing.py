"""Staffing against last year's difference between units: the summaries, the regressions, and what chance does."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from lagesbild.methods.peer_simulation import staffing_marks
from lagesbild.methods.staffing import STAFFING_COLUMNS, staffing_effects, unit_summaries

REGIONS = [f"{number:04d}" for number in range(40)]


def units_of(seed: int = 1, per_kommun: int = 4, years: range = range(2016, 2020)) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    rows = [
        ("Sjuksköterskor, vardag", region, f"{region}-{unit}", year)
        for region in REGIONS
        for unit in range(per_kommun)
        for year in years
    ]
    frame = pd.DataFrame(rows, columns=["measure", "region", "unit", "year"])
    return frame.assign(value=rng.gamma(8.0, 2.0, len(frame)))


def test_a_kommun_has_the_mean_the_lowest_and_the_standardised_difference_of_its_units() -> None:
    units = pd.DataFrame(
        {"measure": "m", "region": ["1", "1", "1", "2", "3", "3"], "unit": list("abcdef"), "year": 2019}
    ).assign(value=[10.0, 20.0, 30.0, 7.0, 0.0, 0.0])
    found = unit_summaries(units).set_index("region")
    assert found.loc["1", ["n_units", "medel", "lagst", "skillnad"]].tolist() == [3, 20.0, 10.0, 1.0]
    assert np.isnan(found.loc["2", "skillnad"])  # a single unit
    assert np.isnan(found.loc["3", "skillnad"])  # a mean of zero


def test_the_columns_are_the_appendix_s_regressions_done_plainly() -> None:
    units = units_of()
    rows = unit_summaries(units)
    tables = {
        part: rows.pivot_table(index="region", columns="year", values=part) for part in ("medel", "lagst", "skillnad")
    }
    found = staffing_effects(units).set_index(["outcome", "lag"])
    for outcome in ("medel", "lagst"):
        for lag in (1, 2):
            y, d = [], []
            for year in range(2016 + lag, 2020):
                before = tables["skillnad"][year - lag]
                y += list(tables[outcome][year] - tables[outcome][year - lag])
                d += list((before > np.percentile(before, 75)).astype(float))
            reference = sm.OLS(np.array(y), sm.add_constant(np.array(d))).fit()
            row = found.loc[(outcome, lag)]
            assert (row["estimate"], row["p"]) == pytest.approx((reference.params[1], reference.pvalues[1]), abs=1e-8)


def test_chance_alone_gives_the_pattern_of_the_printed_tables() -> None:
    """Minus for the mean and plus for the lowest, though nothing but chance moves any unit."""
    found = staffing_marks(measures=60).set_index(["outcome", "lag"])
    assert found.loc[("medel", 1), "minus"] > 0.6
    assert found.loc[("lagst", 1), "plus"] > 0.9


@pytest.mark.parametrize(
    "units",
    [units_of().iloc[:0], units_of(per_kommun=1), units_of().assign(value=3.0), units_of(years=range(2016, 2017))],
)
def test_hostile_units_give_no_mark_and_no_warning(units: pd.DataFrame) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = staffing_effects(units, users=pd.Series(True, index=REGIONS))
    assert list(found.columns) == list(STAFFING_COLUMNS)
    assert (found["mark"] == "").all()


def test_a_unit_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        staffing_effects(pd.concat([units_of(), units_of()]))

"""Users against non-users: pooled, by year and change; and where there is nobody to compare."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from lagesbild.methods.user_differences import USER_COLUMNS, user_differences

N = 50
REGIONS = [f"{number:04d}" for number in range(N)]
USERS = pd.Series([number < 30 for number in range(N)], index=REGIONS)


def panel_of(seed: int = 1, gain: float = 0.0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    rows = [(i, year, region) for i in ("a", "b") for year in (2016, 2018, 2020) for region in REGIONS]
    frame = pd.DataFrame(rows, columns=["indicator", "year", "region"])
    last_of_users = (frame["year"] == 2020) & frame["region"].map(USERS)
    return frame.assign(value=rng.normal(50, 10, len(frame)) + gain * last_of_users)


def test_each_column_is_its_regression() -> None:
    panel = panel_of()
    found = user_differences(panel, USERS).set_index(["indicator", "column"])
    assert found.loc["a"].index.tolist() == ["totalt", "2016", "2017", "2018", "2019", "2020", "forandring"]
    one = panel[panel["indicator"] == "b"]
    table = one.pivot_table(index="region", columns="year", values="value")
    cases = {
        "totalt": (one["value"], one["region"].map(USERS)),
        "2018": (table[2018], USERS),
        "forandring": (table[2020] - table[2016], USERS),
    }
    for column, (y, d) in cases.items():
        reference = sm.OLS(np.asarray(y), sm.add_constant(np.asarray(d, dtype=float))).fit()
        row = found.loc[("b", column)]
        assert (row["estimate"], row["p"]) == pytest.approx((reference.params[1], reference.pvalues[1]), abs=1e-9)
    assert found.loc[("b", "2017"), "n"] == 0
    assert np.isnan(found.loc[("b", "2017"), "p"])


def test_a_planted_gain_is_seen_in_the_change_and_a_kommun_that_has_not_said_is_left_out() -> None:
    found = user_differences(panel_of(gain=15.0), USERS).set_index(["indicator", "column"])
    assert found.loc[("a", "forandring"), "mark"] == "++"
    assert found.loc[("a", "2016"), "mark"] == ""
    fewer = user_differences(panel_of(), USERS.iloc[5:]).set_index(["indicator", "column"])
    assert fewer.loc[("a", "2016"), ["n", "n_users"]].tolist() == [45, 25]


def test_chance_marks_at_about_five_percent() -> None:
    rng = np.random.default_rng(4)
    frame = pd.DataFrame(
        [(f"{i:03d}", 2020, region) for i in range(300) for region in REGIONS], columns=["indicator", "year", "region"]
    )
    found = user_differences(frame.assign(value=rng.normal(size=len(frame))), USERS)
    year = found[found["column"] == "2020"]
    assert 0.02 < (year["p"] < 0.05).mean() < 0.08


@pytest.mark.parametrize(
    "users",
    [pd.Series(dtype=bool), pd.Series(True, index=REGIONS), pd.Series(False, index=REGIONS), USERS.iloc[27:33]],
)
def test_without_both_sides_there_is_no_mark_and_no_warning(users: pd.Series) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = user_differences(panel_of(), users)
        nothing = user_differences(panel_of().iloc[:0], users)
        constant = user_differences(panel_of().assign(value=1.0), USERS)
    assert (found["mark"] == "").all()
    assert (constant["mark"] == "").all()
    assert list(nothing.columns) == list(USER_COLUMNS)
    assert len(nothing) == 0

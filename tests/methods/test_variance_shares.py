"""Variance shares and rankability: against statsmodels, planted variances, and hostile input."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from statsmodels.stats.meta_analysis import combine_effects

from lagesbild.methods.rankability import RANK_COLUMNS, rankability
from lagesbild.methods.variance_shares import SHARE_COLUMNS, variance_shares

SHARES = ["share_groups", "share_kommuner", "share_time"]


def nested(
    *, indicators: int, groups: int, kommuner: int, years: int, sd: tuple[float, float, float], seed: int = 3
) -> tuple[pd.DataFrame, pd.Series]:
    """Results drawn from the nested model with the standard deviations of groups, kommuner and years."""
    rng = np.random.default_rng(seed)
    shape = (indicators, groups, kommuner, years)
    values = (
        rng.normal(0, sd[0], (indicators, groups, 1, 1))
        + rng.normal(0, sd[1], (indicators, groups, kommuner, 1))
        + rng.normal(0, sd[2], shape)
    )
    which, group, kommun, year = (part.ravel() for part in np.indices(shape))
    names = np.array([f"{at:04d}" for at in range(groups * kommuner)])
    region = names[group * kommuner + kommun]
    panel = pd.DataFrame(
        {"indicator": which.astype(str), "year": 2016 + year, "region": region, "value": values.ravel()}
    )
    return panel, pd.Series({name: f"g{at // kommuner}" for at, name in enumerate(names)})


def test_with_equal_numbers_the_variances_are_those_of_a_mixed_model() -> None:
    panel, groups = nested(indicators=1, groups=8, kommuner=6, years=3, sd=(2.0, 1.5, 1.0))
    named = panel.assign(group=panel["region"].map(groups))
    model = sm.MixedLM.from_formula(
        "value ~ 1", named, groups="group", re_formula="1", vc_formula={"kommun": "0 + C(region)"}
    ).fit()
    found = variance_shares(panel, groups=groups).iloc[0]
    assert found["var_groups"] == pytest.approx(model.cov_re.iloc[0, 0], rel=1e-3)
    assert found["var_kommuner"] == pytest.approx(model.vcomp[0], rel=1e-3)
    assert found["var_time"] == pytest.approx(model.scale, rel=1e-3)
    assert found[SHARES].sum() == pytest.approx(1.0)


def test_planted_variances_come_back_on_the_average_however_unequal_the_groups() -> None:
    panel, groups = nested(indicators=400, groups=15, kommuner=10, years=4, sd=(1.0, 2.0, 1.0))
    regions = np.sort(panel["region"].unique())
    uneven = dict(zip(regions, np.random.default_rng(1).random(len(regions)), strict=True))
    kept = panel["region"].map(uneven) > panel["region"].map(groups).astype("category").cat.codes / 20
    rows = panel[kept & (np.random.default_rng(2).random(len(panel)) > 0.2)]
    found = variance_shares(rows, groups=groups)[["var_groups", "var_kommuner", "var_time"]].mean()
    np.testing.assert_allclose(found, [1.0, 4.0, 1.0], rtol=0.08)


def test_neither_order_nor_unit_nor_level_changes_the_shares() -> None:
    panel, groups = nested(indicators=3, groups=5, kommuner=4, years=3, sd=(1.0, 2.0, 1.0))
    found = variance_shares(panel, groups=groups)[SHARES]
    other = panel.sample(frac=1, random_state=1).assign(value=lambda rows: 1e5 - 7 * rows["value"])
    np.testing.assert_allclose(variance_shares(other, groups=groups)[SHARES], found, rtol=1e-6)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"a1": [1.0, 2.0], "a2": [2.0, 3.0]}, "en_grupp"),
        ({"a1": [1.0, 2.0]}, "en_grupp"),
        ({"a1": [1.0, 2.0], "b1": [2.0, 3.0]}, "en_per_grupp"),
        ({"a1": [1.0], "a2": [2.0], "b1": [5.0]}, "ett_ar"),
        ({"a1": [5.1, 5.1], "a2": [5.1, 5.1], "b1": [5.1, 5.1]}, "lika"),
        ({"a1": [np.nan], "b1": [np.nan]}, "en_grupp"),
    ],
    ids=["one group", "one reporting kommun", "groups of one", "one year", "constant", "all missing"],
)
def test_hostile_input_gives_null_and_says_why_without_warning(values: dict[str, list[float]], reason: str) -> None:
    rows = [("i", 2016 + at, region, value) for region, own in values.items() for at, value in enumerate(own)]
    panel = pd.DataFrame(rows, columns=["indicator", "year", "region", "value"])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = variance_shares(panel, groups=pd.Series({region: region[0] for region in values})).iloc[0]
        empty = variance_shares(panel.iloc[:0], groups=pd.Series(dtype="str"))
    assert found["reason"] == reason and found[SHARES].isna().all()
    assert list(empty.columns) == list(SHARE_COLUMNS) and len(empty) == 0


def test_a_variance_of_nothing_but_kommuner_is_theirs_alone() -> None:
    rows = [("i", year, f"{g}{k}", float(k)) for g in "ab" for k in (1, 2, 3) for year in (2016, 2017)]
    panel = pd.DataFrame(rows, columns=["indicator", "year", "region", "value"])
    found = variance_shares(panel, groups=pd.Series({f"{g}{k}": g for g in "ab" for k in (1, 2, 3)}))
    assert found[SHARES].iloc[0].tolist() == [0.0, 1.0, 0.0]


def estimates(values: list[float], errors: list[float], kind: str = "rakning") -> pd.DataFrame:
    """Estimates of one indicator and year."""
    return pd.DataFrame({"indicator": "i", "year": 2019, "value": values, "se": errors, "se_kind": kind})


def test_the_variance_between_kommuner_is_that_of_a_random_effects_meta_analysis() -> None:
    rng = np.random.default_rng(1)
    errors = rng.uniform(1, 5, 60)
    values = 50 + rng.normal(0, 3, 60) + rng.normal(0, errors)
    found = rankability(estimates(list(values), list(errors))).iloc[0]
    outside = combine_effects(values, errors**2, method_re="dl")
    assert found["tau2"] == pytest.approx(outside.tau2, rel=1e-9)
    assert found["rankability"] == pytest.approx(outside.tau2 / (outside.tau2 + np.median(errors**2)))


def test_rankability_is_the_share_of_the_truth_and_near_nothing_where_all_is_chance() -> None:
    rng = np.random.default_rng(2)
    planted = [
        estimates(list(rng.normal(0, sd, 290) + rng.normal(0, 2.0, 290)), [2.0] * 290).assign(indicator=f"{sd}-{at}")
        for sd in (0.0, 2.0)
        for at in range(30)
    ]
    found = rankability(pd.concat(planted))
    means = found.groupby(found["indicator"].str[0])["rankability"].mean()
    assert means["0"] < 0.08 and means["2"] == pytest.approx(0.5, abs=0.03)


def test_rankability_of_hostile_input_is_null_or_zero_without_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        constant = rankability(estimates([5.0] * 4, [1.0] * 4)).iloc[0]
        single = rankability(estimates([5.0], [1.0])).iloc[0]
        unknown = rankability(estimates([5.0, 6.0], [np.nan, np.nan], kind="")).iloc[0]
        certain = rankability(estimates([5.0, 6.0], [0.0, 0.0])).iloc[0]
        mixed = rankability(pd.concat([estimates([1.0], [1.0]), estimates([9.0], [1.0], kind="spridning")])).iloc[0]
        empty = rankability(estimates([], []))
    assert constant["rankability"] == 0.0
    assert single[["rankability", "tau2"]].isna().all() and single["n_kommuner"] == 1
    assert pd.isna(unknown["rankability"]) and unknown["se_kind"] == "" and pd.isna(certain["rankability"])
    assert mixed["se_kind"] == "blandad" and 0 < mixed["rankability"] < 1
    assert list(empty.columns) == list(RANK_COLUMNS)

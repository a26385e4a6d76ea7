"""Analysis of variance: against scipy and statsmodels, its error rates by simulation, and hostile input."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.anova import anova_lm

from lagesbild.catalogue.regions import kommuner
from lagesbild.methods.anova import ANOVA_COLUMNS, anova, marks
from lagesbild.methods.anova_clustered import pooled_anova

LAN = pd.Series({one.kod: one.lan for one in kommuner()})
KOMMUNGRUPP = pd.Series({one.kod: one.kommungrupp_2017 for one in kommuner()})


def made_up(
    *, indicators: int, years: int, between: float, within: float = 1.0, gone: float = 0.0, seed: int = 1
) -> pd.DataFrame:
    """Results without any group effect: a kommun's own level, and chance each year."""
    rng = np.random.default_rng(seed)
    shape = (indicators, len(LAN), years)
    values = 50.0 + rng.normal(0, between, (*shape[:2], 1)) + rng.normal(0, within, shape)
    which, where, when = (part.ravel() for part in np.indices(shape))
    rows = pd.DataFrame(
        {
            "indicator": pd.Series(which).map("i{:04d}".format),
            "year": 2016 + when,
            "region": LAN.index.to_numpy()[where],
            "value": values.ravel(),
        }
    )
    return rows[rng.random(len(rows)) >= gone].reset_index(drop=True)


def small(values: dict[str, list[float]]) -> tuple[pd.DataFrame, pd.Series]:
    """A panel of one indicator: a list of yearly values by region, whose first letter is its group."""
    rows = [("i", 2016 + at, region, value) for region, own in values.items() for at, value in enumerate(own)]
    panel = pd.DataFrame(rows, columns=["indicator", "year", "region", "value"])
    return panel, pd.Series({region: region[0] for region in values})


def shuffled_p(panel: pd.DataFrame, groups: pd.Series, *, shuffles: int) -> pd.Series:
    """Return p by indicator of the kommuner's means, by moving whole kommuner between the groups (no distribution)."""
    means = panel.pivot_table(index="region", columns="indicator", values="value")
    _, labels = np.unique(groups[means.index], return_inverse=True)
    values = means.to_numpy() - means.to_numpy().mean(axis=0)

    def between(order: np.ndarray) -> np.ndarray:
        members = order[None, :] == np.arange(labels.max() + 1)[:, None]
        return ((members @ values) ** 2 / members.sum(axis=1, keepdims=True)).sum(axis=0)

    rng, seen = np.random.default_rng(1), between(labels)
    reached = sum((between(rng.permutation(labels)) >= seen - 1e-9).astype(int) for _ in range(shuffles))
    return pd.Series((1 + reached) / (1 + shuffles), index=means.columns)


def test_marks_are_those_of_the_audit() -> None:
    assert marks([0.0, 0.0499, 0.05, 0.0999, 0.10, np.nan]).tolist() == ["**", "**", "*", "*", "", ""]


@pytest.mark.parametrize("groups", [LAN, KOMMUNGRUPP], ids=["län", "kommungrupp"])
def test_single_years_and_pooled_years_are_those_of_scipy_and_statsmodels(groups: pd.Series) -> None:
    panel = made_up(indicators=3, years=3, between=1.0, gone=0.2)
    panel["value"] += panel["region"].map(groups).astype("category").cat.codes * 0.1
    for found, keys in ((anova(panel, groups=groups), ["indicator", "year"]),
                        (anova(panel, groups=groups, pooled=True), ["indicator"])):  # fmt: skip
        cells = [rows for _, rows in panel.groupby(keys)]
        assert len(found) == len(cells)
        for row, rows in zip(found.itertuples(), cells, strict=True):
            named = rows.assign(group=rows["region"].map(groups))
            outside = stats.f_oneway(*[part["value"] for _, part in named.groupby("group")])
            table = anova_lm(smf.ols("value ~ C(group)", named).fit())
            assert row.f == pytest.approx(outside.statistic, rel=1e-9)
            assert row.p == pytest.approx(outside.pvalue, rel=1e-9)
            assert [row.df_between, row.df_within] == table["df"].tolist()
            assert row.eta2 == pytest.approx(table["sum_sq"].iloc[0] / table["sum_sq"].sum())
            assert row.n_kommuner == rows["region"].nunique() and row.n == len(rows)
            mean = table["mean_sq"].iloc[1]
            omega = (table["sum_sq"].iloc[0] - row.df_between * mean) / (table["sum_sq"].sum() + mean)
            assert row.omega2 == pytest.approx(max(omega, 0.0))


def test_the_clustered_wald_test_is_that_of_statsmodels() -> None:
    panel = made_up(indicators=2, years=4, between=1.0, gone=0.2)
    panel["value"] += panel["region"].map(KOMMUNGRUPP).astype("category").cat.codes * 0.2
    for found in pooled_anova(panel, groups=KOMMUNGRUPP).itertuples():
        rows = panel[panel["indicator"] == found.indicator].assign(group=lambda x: x["region"].map(KOMMUNGRUPP))
        clusters = rows["region"].astype("category").cat.codes
        fit = smf.ols("value ~ C(group)", rows).fit(cov_type="cluster", cov_kwds={"groups": clusters}, use_t=True)
        outside = fit.f_test(np.eye(len(fit.params))[1:])
        assert found.f_wald == pytest.approx(float(outside.fvalue), rel=1e-8)
        assert found.p_wald == pytest.approx(float(outside.pvalue), rel=1e-6)
        means = rows.groupby("region").agg(value=("value", "mean"), group=("group", "first"))
        ordinary = stats.f_oneway(*[part["value"] for _, part in means.groupby("group")])
        assert found.p_kommun == pytest.approx(ordinary.pvalue, rel=1e-9)


def test_with_as_many_years_in_each_kommun_the_test_is_that_of_the_nested_model() -> None:
    panel = made_up(indicators=1, years=3, between=1.0)
    named = panel.assign(group=panel["region"].map(KOMMUNGRUPP))
    named["group_mean"] = named.groupby("group")["value"].transform("mean")
    own = named.groupby("region")["value"].transform("mean")
    groups = ((named["group_mean"] - named["value"].mean()) ** 2).sum() / (named["group"].nunique() - 1)
    kommuner_in_groups = ((own - named["group_mean"]) ** 2).sum() / (named["region"].nunique() - 9)
    assert pooled_anova(panel, groups=KOMMUNGRUPP)["f_kommun"].item() == pytest.approx(groups / kommuner_in_groups)


@pytest.mark.parametrize(("groups", "pooled", "wald"), [(LAN, 0.90, 0.15), (KOMMUNGRUPP, 0.60, 0.10)])
def test_without_any_difference_only_tests_that_count_kommuner_mark_five_percent(
    groups: pd.Series, pooled: float, wald: float
) -> None:
    """Kommun effects twice as large as the yearly chance: what the pooled years of the user survey look like."""
    panel = made_up(indicators=400, years=4, between=2.0)
    found = pooled_anova(panel, groups=groups)
    single = anova(panel[panel["year"] == 2019], groups=groups)
    chance = 3 * np.sqrt(0.05 * 0.95 / 400)
    assert abs((single["p"] < 0.05).mean() - 0.05) < chance
    assert abs((found["p_kommun"] < 0.05).mean() - 0.05) < chance
    shuffled = shuffled_p(panel, groups, shuffles=499)
    assert abs((shuffled < 0.05).mean() - 0.05) < chance
    # The method page says that the two almost always agree.
    assert ((found.set_index("indicator")["p_kommun"] < 0.05) == (shuffled < 0.05)).mean() > 0.98
    assert (found["p"] < 0.05).mean() > pooled
    assert (found["p_wald"] < 0.05).mean() > wald


def test_a_difference_that_is_there_is_found() -> None:
    panel = made_up(indicators=50, years=4, between=2.0, gone=0.1)
    panel["value"] += panel["region"].map(KOMMUNGRUPP).astype("category").cat.codes * 0.5
    found = pooled_anova(panel, groups=KOMMUNGRUPP)
    assert (found["p_kommun"] < 0.05).mean() > 0.95


@pytest.mark.parametrize(
    ("values", "f", "p", "reason"),
    [
        ({"a1": [1.0], "a2": [2.0], "a3": [4.0]}, np.nan, np.nan, "en_grupp"),
        ({"a1": [1.0]}, np.nan, np.nan, "en_grupp"),
        ({"a1": [1.0], "b1": [2.0], "c1": [4.0]}, np.nan, np.nan, "en_per_grupp"),
        ({"a1": [5.1], "a2": [5.1], "b1": [5.1]}, np.nan, np.nan, "lika"),
        ({"a1": [5.1], "a2": [5.1], "b1": [7.3], "b2": [7.3]}, np.inf, 0.0, ""),
        ({"a1": [np.nan], "b1": [np.nan]}, np.nan, np.nan, "en_grupp"),
    ],
    ids=["one group", "one reporting kommun", "groups of one", "constant", "constant groups", "all missing"],
)
def test_hostile_input_has_a_defined_answer_and_no_warning(
    values: dict[str, list[float]], f: float, p: float, reason: str
) -> None:
    panel, groups = small({region: own * 2 for region, own in values.items()})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        single = anova(panel, groups=groups).iloc[0]
        pooled = pooled_anova(panel, groups=groups).iloc[0]
    assert single["reason"] == reason
    assert np.array_equal([single["f"], single["p"]], [f, p], equal_nan=True)
    assert np.array_equal([pooled["f_kommun"], pooled["p_kommun"]], [f, p], equal_nan=True)
    assert np.isnan(pooled["f_wald"]) and pooled["mark_wald"] == ""


def test_no_rows_and_unknown_groups_give_no_tests() -> None:
    panel, groups = small({"a1": [1.0], "b1": [2.0]})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        empty = anova(panel.iloc[:0], groups=groups)
        nowhere = pooled_anova(panel, groups=pd.Series(dtype="str"))
    assert list(empty.columns) == list(ANOVA_COLUMNS) and len(empty) == 0
    assert nowhere[["n", "n_groups", "reason"]].iloc[0].tolist() == [0, 0, "en_grupp"]


def test_a_group_of_one_counts_in_the_ordinary_test_and_not_in_the_wald_test() -> None:
    values = {"a1": [1.0, 2.0], "a2": [2.0, 2.5], "b1": [3.0, 4.0], "b2": [5.0, 4.0], "c1": [9.0, 9.5]}
    with_one, groups = small(values)
    without = with_one[with_one["region"] != "c1"]
    found, fewer = (pooled_anova(panel, groups=groups).iloc[0] for panel in (with_one, without))
    assert found["n_groups"] == 3 and found["f_wald"] == pytest.approx(fewer["f_wald"])
    assert found["f_kommun"] > fewer["f_kommun"]


@settings(deadline=None, max_examples=15)
@given(st.lists(st.floats(-100, 100).map(lambda x: round(x, 3)), min_size=6, max_size=30), st.integers(0, 99))
def test_neither_the_order_of_rows_nor_the_direction_nor_the_unit_matters(values: list[float], seed: int) -> None:
    panel, groups = small({f"{'abc'[at % 3]}{at}": [value] for at, value in enumerate(values)})
    found = anova(panel, groups=groups)[["f", "p"]].to_numpy()
    shuffled = panel.sample(frac=1, random_state=seed)
    mirrored = panel.assign(value=-panel["value"])
    scaled = panel.assign(value=1000 * panel["value"])
    for other in (shuffled, mirrored, scaled):
        np.testing.assert_allclose(anova(other, groups=groups)[["f", "p"]].to_numpy(), found, rtol=1e-5, atol=1e-9)
    p = anova(panel, groups=groups)["p"]
    assert (p.isna() | p.between(0, 1)).all()

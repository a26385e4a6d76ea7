"""Others' results and the own kommun's: the columns as the appendix tells them, and what makes marks by itself."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from lagesbild.methods.peer_effects import PEER_COLUMNS, above_percentile, others_mean, peer_effects
from lagesbild.methods.peer_simulation import World, peer_marks

N = 60
REGIONS = [f"{number:04d}" for number in range(N)]
LAN = pd.Series([f"{number % 6:02d}" for number in range(N)], index=REGIONS)


def panel_of(seed: int = 1, years: int = 5, indicator: str = "a") -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    rows = pd.MultiIndex.from_product([[indicator], range(2016, 2016 + years), REGIONS])
    frame = pd.DataFrame(index=rows.set_names(["indicator", "year", "region"])).reset_index()
    frame["value"] = rng.normal(50, 10, len(frame)).round(1)
    return frame[rng.random(len(frame)) > 0.1].reset_index(drop=True)


def effects(panel: pd.DataFrame, sign: int = 1, **options: object) -> pd.DataFrame:
    better = {"a": sign} if sign else {}
    return peer_effects(panel, groupings={"lan": LAN}, better=better, **options)  # type: ignore[arg-type]


def test_the_others_mean_leaves_the_own_kommun_and_those_without_result_out() -> None:
    values = np.array([[10.0], [20.0], [60.0], [np.nan], [5.0]])
    found = others_mean(values, ["x", "x", "x", "x", None])
    assert found[:, 0].tolist()[:4] == [40.0, 35.0, 15.0, 30.0]
    assert np.isnan(found[4, 0])
    assert np.isnan(others_mean(np.array([[1.0], [2.0]]), ["x", "y"])).all()  # groups of one


def test_above_the_percentile_is_strictly_above_and_ties_are_not_high() -> None:
    values = np.array([1.0, 2.0, 3.0, 4.0, 5.0, np.nan])[:, None]
    assert above_percentile(values)[:5, 0].tolist() == [0.0, 0.0, 0.0, 0.0, 1.0]
    assert above_percentile(np.full((8, 1), 3.0)).sum() == 0
    drawn = np.random.default_rng(2).normal(size=(41, 3))
    limit = np.percentile(drawn, 75, axis=0)
    assert (above_percentile(drawn) == (drawn > limit)).all()


@pytest.mark.parametrize(("sign", "lag"), [(1, 1), (1, 2), (-1, 1), (-1, 2)])
def test_the_columns_are_the_appendix_s_regressions_done_plainly(sign: int, lag: int) -> None:
    panel = panel_of()
    value = panel.set_index(["region", "year"])["value"].to_dict()
    rows = {"niva": [], "forbattring": []}
    means = {}
    for year in range(2016, 2021):
        for region in REGIONS:
            others = [value[o, year] for o in REGIONS if o != region and LAN[o] == LAN[region] and (o, year) in value]
            means[region, year] = np.mean(others)
    limits = {year: np.percentile([means[region, year] for region in REGIONS], 75) for year in range(2016, 2021)}
    for year in range(2016 + lag, 2021):
        for region in REGIONS:
            if (region, year) not in value:
                continue
            high = float(means[region, year - lag] > limits[year - lag])
            rows["niva"].append((value[region, year], high))
            if (region, year - lag) in value:
                change = sign * (value[region, year] - value[region, year - lag])
                rows["forbattring"].append((float(change > 0), high))
    found = effects(panel, sign).set_index(["outcome", "lag"])
    for outcome, pairs in rows.items():
        y, d = np.array(pairs).T
        reference = sm.OLS(y, sm.add_constant(d)).fit()
        row = found.loc[(outcome, lag)]
        assert row["n"] == len(pairs)
        assert (row["estimate"], row["p"]) == pytest.approx((reference.params[1], reference.pvalues[1]), abs=1e-8)


def test_the_columns_for_users_are_of_users_alone_but_the_others_are_all() -> None:
    panel = panel_of()
    users = pd.Series([number % 3 == 0 for number in range(N)], index=REGIONS)
    found = effects(panel, users=users)
    assert list(found.columns) == list(PEER_COLUMNS)
    assert found["sample"].tolist() == ["alla"] * 4 + ["anvandare"] * 4
    assert (found.loc[found["sample"] == "anvandare", "n_kommuner"] == 20).all()
    # A non-user's result moves the averages of the users beside it.
    moved = panel.assign(value=panel["value"].where(panel["region"] != "0001", 1000.0))
    assert not effects(moved, users=users).tail(4)["estimate"].equals(found.tail(4)["estimate"])


def test_without_direction_there_is_no_improvement_and_the_period_can_be_chosen() -> None:
    found = effects(panel_of(), sign=0)
    assert found.loc[found["outcome"] == "forbattring", "p"].isna().all()
    assert found.loc[found["outcome"] == "niva", "p"].notna().all()
    within = effects(panel_of(years=8), first_year=2016, last_year=2020)
    assert within["n"].max() <= 4 * N


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000))
def test_neither_order_nor_unit_nor_names_of_groups_matter(seed: int) -> None:
    panel = panel_of(seed)
    found = effects(panel)
    mixed = panel.sample(frac=1, random_state=seed)
    pd.testing.assert_frame_equal(effects(mixed), found)
    # Groups in words or in numbers, all results twice as large: the same p.
    pd.testing.assert_series_equal(effects(panel.assign(value=panel["value"] * 2))["p"], found["p"])
    renamed = peer_effects(panel, groupings={"lan": "län " + LAN}, better={"a": 1})
    pd.testing.assert_series_equal(renamed["p"], found["p"])


@pytest.mark.parametrize(
    "panel",
    [
        panel_of().iloc[:0],
        panel_of().assign(value=100.0),  # ties everywhere
        panel_of().assign(value=np.nan),
        panel_of()[lambda rows: rows["region"] == "0003"],  # one reporting kommun
        panel_of()[lambda rows: rows["year"] == 2018],  # one year
        panel_of()[lambda rows: rows["year"].isin([2016, 2019])],  # never two years in a row
    ],
)
def test_hostile_panels_give_rows_without_marks_and_no_warning(panel: pd.DataFrame) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = effects(panel)
        single = peer_effects(panel, groupings={"eget": pd.Series(REGIONS, index=REGIONS)}, better={"a": 1})
    assert (found["mark"] == "").all()
    assert (single["mark"] == "").all()


def test_a_row_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        effects(pd.concat([panel_of(), panel_of()]))


def test_planted_influence_is_found_and_chance_alone_marks_levels_at_about_five_percent() -> None:
    planted = peer_marks(World(kommuner_differ=0.5, influence=0.3), indicators=80).set_index(["outcome", "lag"])
    assert planted.loc[("niva", 1), "plus"] > 0.85
    assert planted.loc[("forbattring", 1), "held"] > 0.8
    chance = peer_marks(World(), indicators=400, seed=7)
    level = chance[chance["outcome"] == "niva"]
    assert (level["plus"] + level["minus"]).between(0.02, 0.08).all()
    # With the own earlier result held constant the improvement columns are right too.
    assert chance["held"].between(0.02, 0.08).all()


def test_mean_reversion_and_the_left_out_kommun_mark_without_any_influence() -> None:
    chance = peer_marks(World(), indicators=400, seed=7).set_index(["outcome", "lag"])
    assert chance.loc[("forbattring", 1), "plus"] > 0.10  # 0.025 would be right
    lasting = peer_marks(World(kommuner_differ=0.6, groups=8), indicators=100, seed=7).set_index(["outcome", "lag"])
    assert lasting.loc[("niva", 1), "minus"] > 0.30
    shaken = peer_marks(World(kommuner_differ=0.5, groups_shaken=0.1), indicators=100).set_index(["outcome", "lag"])
    assert shaken.loc[("forbattring", 1), "minus"] > 0.80

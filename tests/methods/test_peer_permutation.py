"""Random groups: as many marks as the method makes by itself."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd

from lagesbild.methods.peer_effects import peer_effects
from lagesbild.methods.peer_permutation import shuffled_marks
from lagesbild.methods.peer_simulation import KOMMUNER, World, draw


def drawn(world: World, indicators: int = 12) -> tuple[pd.DataFrame, pd.Series]:
    results, groups = draw(world, indicators=indicators, seed=3)
    regions = [f"{number:04d}" for number in range(KOMMUNER)]
    index = pd.MultiIndex.from_product([[f"i{n:02d}" for n in range(indicators)], regions, range(2016, 2021)])
    frame = pd.DataFrame({"value": results.ravel()}, index=index.set_names(["indicator", "region", "year"]))
    return frame.reset_index(), pd.Series(groups, index=regions)


def test_lasting_groups_vanish_when_kommuner_change_places_but_mean_reversion_does_not() -> None:
    panel, groups = drawn(World(kommuner_differ=0.3, groups_differ=0.2))
    better = dict.fromkeys(panel["indicator"], 1)
    found = peer_effects(panel, groupings={"g": groups}, better=better)
    chance = shuffled_marks(panel, groupings={"g": groups}, better=better, seed=1, shuffles=4)
    level = chance.set_index(["outcome", "lag"])["share"]
    own = found[(found["outcome"] == "niva") & (found["lag"] == 1)]
    assert (own["mark"] == "++").mean() > 0.9
    assert level[("niva", 1)] < 0.6
    assert level[("forbattring", 1)] > 0.1
    same = shuffled_marks(panel, groupings={"g": groups}, better=better, seed=1, shuffles=4)
    pd.testing.assert_frame_equal(same, chance)


def test_nothing_to_test_gives_null_and_no_warning() -> None:
    panel, groups = drawn(World(), indicators=1)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        constant = shuffled_marks(panel.assign(value=1.0), groupings={"g": groups}, better={}, seed=1, shuffles=2)
        nothing = shuffled_marks(panel.iloc[:0], groupings={"g": groups}, better={}, seed=1, shuffles=2)
        none = shuffled_marks(panel, groupings={}, better={}, seed=1)
    assert np.isnan(constant["share"]).all()
    assert nothing["share"].isna().all()
    assert len(none) == 0

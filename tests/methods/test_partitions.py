"""Size classes and socio-economic groups: five of equally many, told by a stated index."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lagesbild.catalogue.groups import size_class
from lagesbild.methods.partitions import equal_groups, partitions, socioeconomic_index

pytestmark = pytest.mark.filterwarnings("error")

WEIGHTS = {"income": 1.0, "jobless": -1.0}


def _background(n: int) -> pd.DataFrame:
    steps = np.arange(n, dtype=float)
    codes = [f"{place:04d}" for place in range(1, n + 1)]
    return pd.DataFrame({"folkmangd": 1000 * (steps + 1), "income": steps, "jobless": -steps}, index=codes)


def test_the_index_is_the_weighted_mean_in_standard_deviations() -> None:
    frame = _background(3)
    spread = np.std([0, 1, 2])
    np.testing.assert_allclose(socioeconomic_index(frame, WEIGHTS), np.array([-1, 0, 1]) / spread)
    mirrored = socioeconomic_index(frame, {name: -weight for name, weight in WEIGHTS.items()})
    np.testing.assert_allclose(mirrored, np.array([1, 0, -1]) / spread)
    frame.loc["0002", "jobless"] = np.nan
    assert socioeconomic_index(frame, WEIGHTS).isna().tolist() == [False, True, False]


def test_five_groups_of_equally_many_from_the_lowest_index_up() -> None:
    groups = equal_groups(pd.Series(range(290), index=[f"{place:04d}" for place in range(290)], dtype="float64"))
    assert groups.value_counts().to_dict() == dict.fromkeys("12345", 58)
    assert groups.is_monotonic_increasing
    uneven = equal_groups(pd.Series(range(13), index=[f"{place:02d}" for place in range(13)], dtype="float64"))
    assert uneven.value_counts().sort_index().tolist() == [3, 3, 2, 3, 2]


def test_ties_go_by_code_gaps_have_no_group_and_few_kommuner_none_at_all() -> None:
    tied = pd.Series(1.0, index=[f"{place:02d}" for place in range(10)])
    assert equal_groups(tied).tolist() == list("1122334455")
    assert equal_groups(tied.iloc[::-1]).sort_index().tolist() == list("1122334455")
    gap = tied.copy()
    gap["03"] = np.nan
    assert equal_groups(gap).isna().all()  # nine are too few for five groups of two
    assert equal_groups(pd.Series(dtype="float64")).empty


def test_a_kommun_without_background_has_the_registers_size_and_no_socio_economic_group() -> None:
    inhabitants = dict.fromkeys(_background(12).index, 5000) | {"9999": 60_000}
    got = partitions(_background(12), inhabitants, weights=WEIGHTS, size_class=size_class)
    assert got.loc["0012", "storlek"] == size_class(12_000)
    assert got.loc["9999", "storlek"] == size_class(60_000)
    assert got["socioekonomi"].isna().tolist() == [False] * 12 + [True]
    nothing = partitions(_background(0), inhabitants, weights=WEIGHTS, size_class=size_class)
    assert set(nothing["storlek"]) == {size_class(5_000), size_class(60_000)}
    assert nothing["socioekonomi"].isna().all()

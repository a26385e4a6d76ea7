"""Means of the others: against plain loops, in every order of rows, and where there are no others."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lagesbild.methods.comparison_groups import (
    REFERENCES,
    Groups,
    membership_table,
    no_members,
    own_choice,
    reference_means,
)
from lagesbild.methods.means_of_others import mean_of_members

pytestmark = pytest.mark.filterwarnings("error")

KODER = [f"{number:04d}" for number in range(1, 13)]


def _rows(values: list[float], *, indicator: str = "a", direction: str = "hog") -> tuple[pd.DataFrame, pd.Series]:
    own = pd.DataFrame({"indicator": indicator, "year": 2024, "sex": "T", "region": KODER[: len(values)]})
    return own.assign(direction=direction), pd.Series(values, dtype="float64")


def _groups(*, storlek: list[str | None] | None = None, similar: pd.DataFrame | None = None) -> Groups:
    table = pd.DataFrame({"storlek": storlek or ["x"] * 12, "socioekonomi": [None] * 12}, index=KODER, dtype="str")
    return Groups(partitions=table, similar=no_members() if similar is None else similar)


def _means(values: list[float], groups: Groups, direction: str = "hog") -> pd.DataFrame:
    own, scores = _rows(values, direction=direction)
    return reference_means(own, scores, groups, direction=own["direction"])


results = st.lists(st.one_of(st.just(float("nan")), st.integers(0, 5).map(float)), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(results, st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=40), st.randoms())
def test_every_mean_is_what_a_plain_loop_gives_in_any_order_of_rows(values, pairs, random) -> None:
    similar = membership_table(
        pd.DataFrame([(KODER[a], KODER[b]) for a, b in pairs], columns=["region", "member"]).astype("str")
    )
    sizes = ["small" if place % 3 else "large" for place in range(12)]
    own, scores = _rows(values)
    order = list(range(len(values)))
    random.shuffle(order)
    got = reference_means(
        own.iloc[order],
        scores.iloc[order],
        _groups(storlek=sizes, similar=similar),
        direction=own["direction"].iloc[order],
    )
    assert got.index.tolist() == order
    for place in range(len(values)):
        known = {other: value for other, value in enumerate(values) if other != place and not np.isnan(value)}
        among = {
            "storlek": [value for other, value in known.items() if sizes[other] == sizes[place]],
            "liknande": [
                value
                for other, value in known.items()
                if ((similar["region"] == KODER[place]) & (similar["member"] == KODER[other])).any()
            ],
            "socioekonomi": [],
        }
        enough = sum(not np.isnan(value) for value in values) >= 8
        among["basta"] = sorted(known.values(), reverse=True)[: -(-len(known) // 4)] if enough else []
        for name, others in among.items():
            assert got.loc[place, f"n_{name}"] == len(others), name
            expected = np.mean(others) if others else np.nan
            np.testing.assert_allclose(got.loc[place, name], expected, atol=1e-9)


def test_the_best_quarter_turns_with_the_direction_and_needs_one() -> None:
    values = [float(value) for value in range(1, 13)]
    high, low = _means(values, _groups()), _means([13 - value for value in values], _groups(), "lag")
    assert high["basta"].tolist()[:9] == [11.0] * 9  # 10, 11, 12
    assert high["basta"].tolist()[9:] == [pytest.approx(32 / 3), pytest.approx(31 / 3), 10.0]
    np.testing.assert_allclose(13 - low["basta"], high["basta"])
    neither = _means(values, _groups(), "ingen")
    assert neither["basta"].isna().all()
    assert set(neither["n_basta"]) == {0}


def test_ties_everywhere_and_few_results_have_an_answer() -> None:
    assert _means([100.0] * 12, _groups())["basta"].tolist() == [100.0] * 12
    few = _means([1.0] * 7, _groups())
    assert few["basta"].isna().all()
    assert _means([float("nan")] * 12, _groups()).isna().sum().sum() == 4 * 12
    alone = _means([5.0], _groups())
    assert alone[list(REFERENCES)].isna().all().all()
    assert alone[[f"n_{name}" for name in REFERENCES]].to_numpy().tolist() == [[0, 0, 0, 0]]


def test_a_group_of_one_or_none_has_no_mean() -> None:
    got = _means([1.0, 2.0, 3.0], _groups(storlek=["a", "b", *[None] * 10]))
    assert got["storlek"].isna().all()
    assert got["n_storlek"].tolist() == [0, 0, 0]


def test_a_kommun_is_never_compared_with_itself() -> None:
    table = membership_table(
        pd.DataFrame([("1440", "1440"), ("1440", "1482"), ("1440", "1482")], columns=["region", "member"])
    )
    assert table.to_numpy().tolist() == [["1440", "1482"]]
    chosen = own_choice(["1440", "1482"], ["1440", "0180"])
    assert chosen.to_numpy().tolist() == [["0180", "1440"], ["0180", "1482"], ["1440", "1482"]]


def test_series_are_kept_apart_and_no_rows_give_no_rows() -> None:
    first, scores = _rows([1.0, 2.0, 3.0])
    both = pd.concat([first, first.assign(indicator="b")], ignore_index=True)
    similar = own_choice(KODER, KODER)
    got = reference_means(
        both, pd.concat([scores, scores * 10], ignore_index=True), _groups(similar=similar), direction=both["direction"]
    )
    assert got["liknande"].tolist() == [2.5, 2.0, 1.5, 25.0, 20.0, 15.0]
    none = reference_means(both.iloc[:0], scores.iloc[:0], _groups(), direction=both["direction"].iloc[:0])
    assert none.empty
    assert list(none) == [name for one in REFERENCES for name in (one, f"n_{one}")]
    empty = mean_of_members(scores.iloc[:0], scores.iloc[:0], first["region"].iloc[:0], similar)
    assert empty.empty

"""Nearest neighbours: by hand, at ties and gaps, and against Kolada's groups on the real data."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lagesbild.catalogue.background import background_of, background_variables, topic_weights
from lagesbild.catalogue.peers import similar_table
from lagesbild.methods.neighbours import (
    OWN,
    PUBLISHED,
    agreement,
    expected_by_chance,
    explained,
    nearest,
    similar,
    squared_differences,
    standardised,
)
from lagesbild.sources.kolada_background import background_values

pytestmark = pytest.mark.filterwarnings("error")


def _frame(**columns: list[float]) -> pd.DataFrame:
    n = len(next(iter(columns.values())))
    return pd.DataFrame(columns, index=[f"{place:04d}" for place in range(1, n + 1)], dtype="float64")


def test_the_nearest_come_first_and_nobody_is_ones_own_neighbour() -> None:
    got = nearest(_frame(a=[0, 1, 3, 7]), {"a": 1.0}, n=2)
    assert got["member"].tolist() == ["0002", "0003", "0001", "0003", "0002", "0001", "0003", "0002"]
    assert got["distance"].tolist() == [1, 3, 1, 2, 2, 3, 4, 6]
    assert not (got["region"] == got["member"]).any()


def test_ties_are_broken_by_code_whatever_the_order_of_rows() -> None:
    frame = _frame(a=[0, 1, -1, 1, -1])
    first = nearest(frame, {"a": 1.0}, n=3)
    assert first.loc[first["region"] == "0001", "member"].tolist() == ["0002", "0003", "0004"]
    pd.testing.assert_frame_equal(nearest(frame.iloc[::-1], {"a": 1.0}, n=3), first)
    everyone = nearest(_frame(a=[5, 5, 5]), {"a": 1.0})
    assert everyone["distance"].tolist() == [0] * 6
    assert everyone["member"].tolist() == ["0002", "0003", "0001", "0003", "0001", "0002"]


def test_a_kommun_that_lacks_a_variable_has_no_neighbours_and_is_nobodys() -> None:
    got = nearest(_frame(a=[0, 1, np.nan, 2], b=[1, 1, 1, 1]), {"a": 1.0, "b": 1.0})
    assert set(got["region"]) == {"0001", "0002", "0004"} == set(got["member"])
    assert set(nearest(_frame(a=[0, 1, np.nan, 2], b=[1, 1, 1, 1]), {"b": 1.0})["region"]) == {
        "0001",
        "0002",
        "0003",
        "0004",
    }


@pytest.mark.parametrize("values", [[], [1.0], [np.nan, np.nan], [np.nan, 1.0]])
def test_with_nobody_to_be_near_there_are_no_neighbours(values: list[float]) -> None:
    frame = pd.DataFrame({"a": values}, index=[str(place) for place in range(len(values))], dtype="float64")
    got = nearest(standardised(frame), {"a": 1.0})
    assert got.empty
    assert list(got) == ["region", "member", "distance"]


def test_variables_are_taken_in_standard_deviations_and_some_by_their_logarithm() -> None:
    frame = _frame(a=[1, 10, 100], b=[3, 3, 3], c=[0, 1, -1])
    got = standardised(frame, logs=["a", "c"])
    np.testing.assert_allclose(got["a"], [-np.sqrt(1.5), 0, np.sqrt(1.5)], atol=1e-12)
    assert got["b"].tolist() == [0, 0, 0]
    assert got["c"].tolist()[1] == 0
    assert got["c"].isna().tolist() == [True, False, True]  # nothing and less has no logarithm


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=2, max_size=9),
    st.floats(0.1, 5),
    st.floats(0.1, 1000),
)
def test_units_do_not_matter_and_distances_are_those_of_a_plain_loop(values, weight, unit) -> None:
    frame = _frame(a=[round(a, 2) for a, _ in values], b=[round(b, 2) for _, b in values])
    weights = {"a": weight, "b": 1.0}
    standard = standardised(frame)
    got = nearest(standard, weights, n=3)
    for row in got.itertuples(index=False):
        own, other = standard.loc[row.region], standard.loc[row.member]
        plain = np.sqrt(weight * (own["a"] - other["a"]) ** 2 + (own["b"] - other["b"]) ** 2)
        assert row.distance == pytest.approx(plain, abs=1e-8)
    scaled = nearest(standardised(frame.assign(a=frame["a"] * unit)), weights, n=3)
    np.testing.assert_allclose(scaled["distance"], got["distance"], atol=1e-6)


def test_why_a_neighbour_is_one() -> None:
    frame = _frame(a=[0, 1, 2, 3], b=[0, 2, 0, np.nan])
    members = pd.DataFrame({"region": ["0001", "0001", "0003", "9999"], "member": ["0002", "0004", "0003", "0001"]})
    got = explained(frame, members, {"a": 2.0, "b": 1.0})
    assert got[["region", "member", "variable"]].to_numpy().tolist() == [
        ["0001", "0002", "a"],
        ["0001", "0002", "b"],
        ["0001", "0004", "a"],
        ["0001", "0004", "b"],
        ["0003", "0003", "a"],
        ["0003", "0003", "b"],
    ]
    parts = squared_differences(standardised(frame), {"a": 2.0, "b": 1.0})[:, 0, 1]
    np.testing.assert_allclose(got["share"][:2], parts / parts.sum())
    assert got["own"].tolist()[:2] == [0, 0]
    assert got["other"].tolist()[:3] == [1, 2, 3]
    assert got["steps"][0] == pytest.approx(1 / np.std([0, 1, 2, 3]))
    assert got["nearer"].tolist()[:3] == pytest.approx([0, 0.5, 2 / 3])
    assert got.loc[3, ["steps", "share", "nearer"]].isna().all()
    assert got["share"][2:].isna().all()  # 0004 lacks b, and a kommun is no distance from itself


def test_agreement_counts_what_two_memberships_share() -> None:
    ours = pd.DataFrame({"region": ["a", "a", "b"], "member": ["b", "c", "a"]})
    theirs = pd.DataFrame({"region": ["a", "a", "b", "d"], "member": ["c", "d", "c", "a"]})
    assert agreement(ours, theirs).to_dict() == {"a": 1, "b": 0}
    assert agreement(ours.iloc[:0], theirs).empty
    assert expected_by_chance(7, 7, 289) == pytest.approx(49 / 289)
    assert np.isnan(expected_by_chance(7, 7, 0))


def test_published_groups_go_first_and_ours_fill_the_gaps() -> None:
    ours = pd.DataFrame({"region": ["a", "b"], "member": ["b", "a"], "distance": [1.0, 1.0]})
    published = pd.DataFrame({"region": ["a"], "member": ["c"]})
    got = similar(published, ours)
    assert got.to_numpy().tolist() == [["a", "c", PUBLISHED], ["b", "a", OWN]]
    assert similar(published.iloc[:0], ours.iloc[:0]).empty


#: Mean number in common with Kolada's seven, to one decimal, on the figures of 2021; chance gives 0.17.
AGREEMENT = {
    "äldreomsorg": 3.3,
    "IFO": 3.1,
    "LSS": 2.6,
    "ekonomiskt bistånd": 1.0,
    "socioekonomi": 3.1,
    "övergripande": 1.3,
}


def test_how_well_our_own_neighbours_agree_with_koladas(shared_data: Path) -> None:
    dump = pd.read_parquet(shared_data / "kolada" / "observations.parquet")
    figures = dump[dump["year"] == 2021].rename(columns={"geo": "region", "gender": "sex"}).assign(unit="")
    background = background_of(background_values(figures), 2021)
    logs = [one.id for one in background_variables() if one.log]
    groups = pd.read_csv(shared_data / "kolada" / "municipality_groups.csv", dtype="str")
    got = {}
    for topic, weights in topic_weights().items():
        ours = nearest(standardised(background, logs=logs), {one.variable: one.weight for one in weights})
        got[topic] = round(float(agreement(ours, similar_table(groups, topic, 2024)[1]).mean()), 1)
    assert got == AGREEMENT
    assert min(got.values()) > 5 * expected_by_chance(7, 7, 289)

"""Tests of the second reading in jamforelser: errors, references, words; nothing derived from what is withheld."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from lagesbild.catalogue.indicators import Direction, Scale
from lagesbild.methods.aggregates import indicator_frame
from lagesbild.methods.comparison_groups import Groups, membership_table
from lagesbild.methods.comparisons import COMPARISON_COLUMNS, comparison_frame
from lagesbild.methods.readings import READING_COLUMNS, REFERENCES

pytestmark = pytest.mark.filterwarnings("error")

REGIONS = [f"{code:04d}" for code in range(100, 140)]
MEMBERS = pd.DataFrame({"region": REGIONS, "lan": ["01"] * 20 + ["03"] * 20, "kommungrupp": ["A1", "B3"] * 20})
MEMBERS = MEMBERS.astype("str")
GROUPS = Groups(
    partitions=pd.DataFrame(
        {"storlek": ["liten"] * 20 + ["stor"] * 20, "socioekonomi": ["1"] * 39 + [None]}, index=REGIONS, dtype="str"
    ),
    similar=membership_table(pd.DataFrame({"region": ["0100"] * 3, "member": ["0101", "0102", "0103"]})),
)
SPREAD = pd.DataFrame(
    {"indicator": ["ao-tal"] * 2, "storleksklass": ["liten", "stor"], "spread": [4.0, 1.0], "n_changes": [90, 90]}
).astype({"indicator": "str", "storleksklass": "str"})


@pytest.fixture
def compare(indicator: Callable, released: Callable) -> Callable[..., pd.DataFrame]:
    """Return a function from rows to the comparison frame, by region, of the total unless told."""

    def compared(rows: list[dict[str, object]], *, spread=SPREAD, groups=GROUPS, **fields: object) -> pd.DataFrame:
        indicators = [indicator(**fields)]
        figures = indicator_frame(released(*rows), indicators=indicators, members=MEMBERS, year=2024)
        frame = comparison_frame(figures, indicators=indicators, members=MEMBERS, groups=groups, spread=spread)
        return frame.set_index("region")

    return compared


def _values(**others: float) -> list[dict[str, object]]:
    """Return a row per kommun: 50, with one apart for each that is named by its code."""
    return [{"region": region, "value": others.get(f"k{region}", 50.0)} for region in REGIONS]


def test_the_spread_of_its_size_class_decides_whether_a_difference_is_secured(compare):
    frame = compare(_values(k0100=56.0, k0139=56.0))
    assert frame.loc["0100", ["se", "se_kind", "skillnad_riket", "niva_riket"]].tolist() == [
        4.0,
        "spridning",
        "ingen",
        0,
    ]
    assert frame.loc["0139", ["se", "skillnad_riket", "niva_riket"]].tolist() == [1.0, "battre", 99.8]
    assert frame.loc["0139", ["lower", "upper"]].tolist() == pytest.approx([56 - 1.96, 56 + 1.96], abs=0.001)
    assert frame.loc["0139", "skillnad_storlek"] == "battre"


def test_a_denominator_comes_before_the_spread(compare):
    rows = [row | {"numerator": 500.0, "denominator": 1000.0} for row in _values()]
    rows[0] |= {"value": 60.0, "numerator": 600.0}
    frame = compare(rows)
    assert frame.loc["0100", ["se_kind", "riket_weighting"]].tolist() == ["rakning", "vagd"]
    assert frame.loc["0100", ["skillnad_riket", "niva_riket"]].tolist() == ["battre", 99.8]
    assert frame.loc["0100", ["lower", "upper"]].tolist() == pytest.approx([56.93, 62.99], abs=0.01)
    assert (frame.loc["0101":, "skillnad_riket"] == "ingen").all()


def test_every_reference_has_mean_count_difference_word_and_level(compare):
    frame = compare(_values(k0100=90.0))
    own = frame.loc["0100"]
    for name in REFERENCES:
        assert (own[name], own[f"diff_{name}"]) == (
            pytest.approx(50 if name != "riket" else 51),
            own["value"] - own[name],
        )
        assert (own[f"skillnad_{name}"], own[f"niva_{name}"]) == ("battre", 99.8)
    assert own[["n_lan", "n_kommungrupp", "n_storlek", "n_socioekonomi", "n_liknande", "n_basta"]].tolist() == [
        19,
        19,
        19,
        38,
        3,
        10,
    ]
    assert frame.loc["0105", ["n_liknande", "skillnad_liknande"]].tolist() == [0, ""]
    assert frame.loc["0139", ["n_socioekonomi", "skillnad_socioekonomi"]].tolist() == [0, ""]


def test_direction_turns_the_words_and_none_gives_none(compare):
    rows = _values(k0139=60.0)
    assert compare(rows, direction=Direction.LAG).loc["0139", "skillnad_riket"] == "samre"
    plain = compare(rows, direction=Direction.INGEN).loc["0139"]
    assert (plain["skillnad_riket"], plain["skillnad_basta"]) == ("hogre", "")


def test_answers_women_and_men_without_counts_and_indicators_without_spread_are_untested(compare):
    answers = [{"region": region, "answer": "ja"} for region in REGIONS]
    frame = compare(answers, scale=Scale.JA_NEJ)
    assert (frame["skillnad_riket"] == "").all()
    assert frame[["se", "lower", "niva_riket"]].isna().all(axis=None)
    women = [row | {"sex": "K"} for row in _values(k0139=99.0)]
    assert (compare(women).query("sex == 'K'")["skillnad_riket"] == "").all()
    assert (compare(_values(k0139=99.0), spread=None)["skillnad_riket"] == "").all()
    carried = SPREAD.assign(spread=0.0)
    assert (compare(_values(k0139=99.0), spread=carried)["se_kind"] == "").all()


def test_a_withheld_row_has_nothing_and_gives_nothing_to_the_others(compare):
    rows = _values()
    seen = compare([row for row in rows if row["region"] != "0139"])
    rows[-1] = {"region": "0139", "status": "sekretess"}
    hidden = compare(rows)
    derived = [name for name in COMPARISON_COLUMNS if name in READING_COLUMNS or name.startswith(("diff_", "n_"))]
    left = hidden.loc["0139", list(READING_COLUMNS)]
    assert (left.isna() | (left == "")).all()
    kept = [name for name in derived if name != "n_reporting"]
    pd.testing.assert_frame_equal(seen.loc[:"0138", kept], hidden.loc[:"0138", kept])


def test_a_value_whose_denominator_is_withheld_has_the_spread_and_no_interval_from_it(compare):
    rows = [row | {"numerator": 500.0, "denominator": 1000.0} for row in _values()]
    rows[0] |= {"numerator": np.nan, "denominator": np.nan}
    frame = compare(rows)
    assert frame.loc["0100", ["se", "se_kind"]].tolist() == [4.0, "spridning"]


def test_one_reporting_kommun_and_none_are_untested(compare):
    alone = compare([{"region": "0100", "value": 50.0}])
    assert (alone["skillnad_riket"] == "").all()
    assert (compare([])[["skillnad_riket", "skillnad_basta", "se_kind"]] == "").all(axis=None)


def test_the_sources_own_riket_is_held_to_be_exact(compare):
    rows = [*_values(), {"region": "0000", "level": "rike", "value": 47.0}]
    frame = compare(rows)
    assert frame.loc["0139", ["skillnad_riket", "niva_riket"]].tolist() == ["battre", 95.0]
    assert frame.loc["0100", "skillnad_riket"] == "ingen"


def test_the_order_of_rows_does_not_matter(compare):
    rows = _values(k0100=56.3, k0120=47.1, k0139=52.9)
    pd.testing.assert_frame_equal(compare(rows), compare(rows[::-1]))

"""Changes are put in their places, and the log says what each was before and after."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lagesbild.observations.revisions import LOG_TYPES, counts, empty_log, merged, revisions
from lagesbild.sources.kolada_archive import archive_values
from lagesbild.sources.kolada_rows import normalise

COLUMNS = ("kpi", "geo", "year", "gender", "value", "status", "isdeleted")


def _figures(*rows: tuple[Any, ...]) -> pd.DataFrame:
    full = [(*row, *("", False)[len(row) - len(COLUMNS) :]) if len(row) < len(COLUMNS) else row for row in rows]
    frame = pd.DataFrame(full, columns=list(COLUMNS))
    return archive_values(normalise(frame.assign(value=frame["value"].astype("float64"))))


@pytest.fixture
def old() -> pd.DataFrame:
    return _figures(
        ("U20001", "1440", 2020, "T", 40.0),
        ("U20001", "0180", 2020, "T", 50.0),
        ("U20001", "0187", 2020, "T", None, "Privacy"),
        ("U20002", "1440", 2019, "K", 7.0),
    )


@pytest.fixture
def changes() -> pd.DataFrame:
    return _figures(
        ("U20001", "1440", 2020, "T", 41.0),
        ("U20001", "0180", 2020, "T", None, "Missing"),
        ("U20001", "0187", 2020, "T", 30.0),
        ("U20002", "1440", 2019, "K", 7.0, "", True),
        ("U20001", "1440", 2021, "T", 44.0),
        ("U20001", "0180", 2021, "T", None, "", True),
    )


def test_each_change_is_one_row_from_what_to_what(old: pd.DataFrame, changes: pd.DataFrame) -> None:
    log = revisions(old, merged(old, changes), release="2026-03-01")
    assert tuple(log.columns) == tuple(LOG_TYPES)
    shown = log.drop(columns=["release", "unit", "sex"]).fillna(-1).to_numpy().tolist()
    assert shown == [
        ["withdrawn", 2019, "U20002", "1440", 7.0, "", -1, "Deleted"],
        ["changed", 2020, "U20001", "0180", 50.0, "", -1, "Missing"],
        ["changed", 2020, "U20001", "0187", -1, "Privacy", 30.0, ""],
        ["changed", 2020, "U20001", "1440", 40.0, "", 41.0, ""],
        ["new", 2021, "U20001", "1440", -1, "Absent", 44.0, ""],
    ]
    assert set(log["release"]) == {"2026-03-01"}


def test_merging_again_changes_nothing(old: pd.DataFrame, changes: pd.DataFrame) -> None:
    once = merged(old, changes)
    pd.testing.assert_frame_equal(merged(once, changes), once)
    assert revisions(once, merged(once, changes), release="2026-03-01").empty


def test_a_value_that_is_only_left_out_of_a_whole_dump_is_withdrawn(old: pd.DataFrame) -> None:
    log = revisions(old, old[old["kpi"] != "U20002"], release="2026-03-01")
    assert log[["change", "kpi", "new_status"]].to_numpy().tolist() == [["withdrawn", "U20002", "Absent"]]


def test_a_value_that_came_back_is_new(old: pd.DataFrame, changes: pd.DataFrame) -> None:
    gone = merged(old, changes)
    log = revisions(gone, merged(gone, _figures(("U20002", "1440", 2019, "K", 8.0))), release="2026-04-01")
    assert log[["change", "old_status", "new_value"]].to_numpy().tolist() == [["new", "Deleted", 8.0]]


def test_counts_tell_no_value(old: pd.DataFrame, changes: pd.DataFrame) -> None:
    found = counts(revisions(old, merged(old, changes), release="2026-03-01"))
    assert found.to_dict("records") == [
        {"release": "2026-03-01", "kpi": "U20001", "new": 1, "changed": 3, "withdrawn": 0},
        {"release": "2026-03-01", "kpi": "U20002", "new": 0, "changed": 0, "withdrawn": 1},
    ]
    assert counts(empty_log()).empty


_cells = st.dictionaries(
    st.tuples(st.sampled_from(["U20001", "U20002", "N20003"]), st.sampled_from(["1440", "0180", "0"]), st.just(2020)),
    st.one_of(st.floats(0, 100).map(lambda value: (value, "")), st.just((None, "Privacy"))),
    min_size=1,
)


@given(before=_cells, after=_cells)
@settings(max_examples=60, deadline=None)
def test_the_log_leads_from_one_state_to_the_other(before: dict[Any, Any], after: dict[Any, Any]) -> None:
    one, other = (
        _figures(*((kpi, geo, year, "T", *cell) for (kpi, geo, year), cell in cells.items()))
        for cells in (before, after)
    )
    log = revisions(one, other, release="2026-03-01")
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    told = {(row["kpi"], row["region"].replace("0000", "0"), row["year"]) for row in log.to_dict("records")}
    assert told == changed
    union = {**before, **after}
    assert len(merged(one, other)) == len(union)

"""What changed between two releases is told, and nothing of what either withholds."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lagesbild.methods.released_changes import CHANGE_COLUMNS, released_changes

Cell = tuple[float | None, str | None, str]


def _released(cells: dict[str, Cell]) -> pd.DataFrame:
    rows = [
        {
            "indicator": "ao-x",
            "year": 2024,
            "level": "kommun",
            "region": region,
            "unit": "",
            "sex": "T",
            "value": value,
            "answer": answer,
            "status": status,
        }
        for region, (value, answer, status) in cells.items()
    ]
    frame = pd.DataFrame(rows, columns=["indicator", "year", "level", "region", "unit", "sex", *_RESULT])
    return frame.astype({"value": "float64", "answer": "str"})


_RESULT = ("value", "answer", "status")
OK: Cell = (40.0, None, "ok")
HIDDEN: Cell = (None, None, "sekretess")
MISSING: Cell = (None, None, "bortfall")


def _changes(before: dict[str, Cell], after: dict[str, Cell]) -> list[dict[str, Any]]:
    return released_changes(_released(before), _released(after)).to_dict("records")


def test_new_changed_and_withdrawn_results_are_told() -> None:
    before = {"0114": OK, "0115": OK, "0117": OK, "0120": MISSING, "0123": (None, "ja", "ok"), "0125": MISSING}
    after = {
        "0114": OK,
        "0115": (41.0, None, "ok"),
        "0120": OK,
        "0123": (None, "nej", "ok"),
        "0125": (None, None, "ej_tillamplig"),
        "0126": OK,
    }
    found = released_changes(_released(before), _released(after))
    assert tuple(found.columns) == CHANGE_COLUMNS
    assert found[["region", "change"]].to_numpy().tolist() == [
        ["0115", "ändrad"],
        ["0117", "borttagen"],
        ["0120", "ny"],
        ["0123", "ändrad"],
        ["0126", "ny"],
    ]
    rows = found.set_index("region")
    assert (rows.loc["0115", "old_value"], rows.loc["0115", "new_value"]) == (40, 41)
    assert (rows.loc["0123", "old_answer"], rows.loc["0123", "new_answer"]) == ("ja", "nej")
    assert pd.isna(rows.loc["0117", "new_status"])
    assert rows.loc["0120", "old_status"] == "bortfall"


def test_a_cell_that_either_release_withholds_is_not_mentioned() -> None:
    assert _changes({"0114": OK}, {"0114": HIDDEN}) == []
    assert _changes({"0114": HIDDEN}, {"0114": OK}) == []
    assert _changes({}, {"0114": HIDDEN}) == []
    assert _changes({"0114": HIDDEN}, {}) == []


def test_rows_from_before_the_gate_are_refused() -> None:
    raw = {"0114": (40.0, None, "sekretess")}
    with pytest.raises(ValueError, match="the later release has figures in withheld rows"):
        released_changes(_released({"0114": OK}), _released(raw))
    twice = pd.concat([_released({"0114": OK})] * 2)
    with pytest.raises(ValueError, match="the earlier release has two rows of one cell"):
        released_changes(twice, _released({}))


_states = st.dictionaries(
    st.sampled_from(["0114", "0115", "0117", "0120"]),
    st.sampled_from([OK, (55.5, None, "ok"), HIDDEN, MISSING]),
)


@given(before=_states, after=_states)
@settings(max_examples=150, deadline=None)
def test_no_row_tells_of_a_withheld_cell_and_every_other_change_is_told(
    before: dict[str, Cell], after: dict[str, Cell]
) -> None:
    told = {row["region"]: row for row in _changes(before, after)}
    for region in before.keys() | after.keys():
        one, other = before.get(region), after.get(region)
        hidden = HIDDEN in (one, other)
        differs = one != other and any(cell is not None and cell[2] == "ok" for cell in (one, other))
        assert (region in told) == (differs and not hidden)
    statuses = [row[name] for row in told.values() for name in ("old_status", "new_status")]
    assert "sekretess" not in statuses

"""What differs between two releases is told whole and both ways, and nothing withheld or withdrawn is told again."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lagesbild.methods.figure_changes import (
    BESIDE,
    CELL,
    CHANGED,
    DETAILS,
    KEY,
    LOG_COLUMNS,
    NEW,
    NO_LONGER_WITHHELD,
    NOW_WITHHELD,
    OTHER_REASON,
    WITHDRAWN,
    figure_changes,
    joined_changes,
)

#: A figure: value, answer, status, numerator. None: the release has no row of it.
Figure = tuple[float | None, str | None, str, float | None]
_PLACES = list(product(("ao-x", "ao-y"), (2023, 2024), ("0114", "0115", "0117")))

_FIGURES = st.one_of(
    st.none(),
    st.tuples(st.sampled_from([40.0, 40.0 + 1e-12, 41.5, 0.0]), st.none(), st.just("ok"), st.sampled_from([None, 4.0])),
    st.tuples(st.none(), st.sampled_from(["ja", "nej"]), st.just("ok"), st.none()),
    st.tuples(st.none(), st.none(), st.sampled_from(["sekretess", "bortfall", "saknas"]), st.none()),
)
_RELEASES = st.lists(_FIGURES, min_size=len(_PLACES), max_size=len(_PLACES))


def _release(figures: list[Figure | None]) -> pd.DataFrame:
    rows = [
        (indicator, year, "kommun", region, "T", "redovisad", *figure, None, 1.0, None, None)
        for (indicator, year, region), figure in zip(_PLACES, figures, strict=True)
        if figure is not None
    ]
    columns = [*KEY, "value", "answer", "status", "numerator", *(name for name in BESIDE if name != "numerator")]
    frame = pd.DataFrame(rows, columns=columns)
    numbers = ("value", *BESIDE)
    texts = ("indicator", "level", "region", "sex", "weighting", "answer", "status")
    return frame.astype(dict.fromkeys(numbers, "float64") | dict.fromkeys(texts, "str") | {"year": "int16"})


def _state(figure: Figure | None) -> str:
    return "" if figure is None else figure[2]


def _expected(was: Figure | None, now: Figure | None) -> str | None:
    """Say in plain words what `figure_changes` shall say of one figure."""
    if _state(was) != "ok" and _state(now) == "ok":
        return NEW
    if _state(was) == "ok" and _state(now) == "sekretess":
        return NOW_WITHHELD
    if _state(was) == "ok" and _state(now) != "ok":
        return WITHDRAWN
    if was is None or now is None or _state(was) != "ok":
        return OTHER_REASON if was and now and _state(was) != _state(now) else None
    # Numbers nearer than a billionth are one.
    values = [np.nan if one[0] is None else one[0] for one in (was, now)]
    if not np.isclose(values[0], values[1], rtol=1e-9, equal_nan=True) or was[1] != now[1]:
        return CHANGED
    return DETAILS if was[3] != now[3] else None


@settings(max_examples=20)
@given(_RELEASES, _RELEASES)
def test_every_difference_is_told_once_and_nothing_else(
    before: list[Figure | None], after: list[Figure | None]
) -> None:
    log, counts = figure_changes(_release(before), _release(after))
    assert tuple(log.columns) == LOG_COLUMNS
    told = {(row["indicator"], row["year"], row["region"]): row["change"] for row in log.to_dict("records")}
    assert len(told) == len(log)
    sums = counts.drop(columns=["indicator", "year"]).sum()
    expected = {place: _expected(*pair) for place, pair in zip(_PLACES, zip(before, after, strict=True), strict=True)}
    for kind in (NEW, CHANGED, WITHDRAWN, DETAILS):
        assert {place for place, one in told.items() if one == kind} == {
            place for place, one in expected.items() if one == kind
        }
    for kind in (NEW, CHANGED, WITHDRAWN, DETAILS, NOW_WITHHELD, OTHER_REASON):
        assert sums.get(kind, 0) == sum(one == kind for one in expected.values())


@settings(max_examples=10)
@given(_RELEASES, _RELEASES)
def test_the_other_way_round_new_is_withdrawn_and_the_rest_is_the_same(
    before: list[Figure | None], after: list[Figure | None]
) -> None:
    there, back = (figure_changes(*map(_release, pair)) for pair in ((before, after), (after, before)))
    sums = [counts.drop(columns=["indicator", "year"]).sum() for _, counts in (there, back)]
    for one, other in (sums, sums[::-1]):
        assert one.get(NEW, 0) == other.get(WITHDRAWN, 0) + other.get(NOW_WITHHELD, 0)
        assert one.get(NO_LONGER_WITHHELD, 0) == other.get(NOW_WITHHELD, 0)
        for kind in (CHANGED, DETAILS, OTHER_REASON):
            assert one.get(kind, 0) == other.get(kind, 0)
    log, counts = figure_changes(_release(before), _release(before))
    assert log.empty
    assert counts.empty


@settings(max_examples=15)
@given(_RELEASES, _RELEASES)
def test_nothing_withdrawn_is_told_and_no_neighbour_of_what_is_now_withheld(
    before: list[Figure | None], after: list[Figure | None]
) -> None:
    log, _ = figure_changes(_release(before), _release(after))
    secret = {place for place, figure in zip(_PLACES, after, strict=True) if _state(figure) == "sekretess"}
    guarded = {
        place[:2]
        for place, (was, now) in zip(_PLACES, zip(before, after, strict=True), strict=True)
        if _state(was) == "ok" and _state(now) == "sekretess"
    }
    for row in log.to_dict("records"):
        place = (row["indicator"], row["year"], row["region"])
        assert place not in secret
        old = [one for one in (row["old_value"], row["old_answer"]) if not pd.isna(one)]
        if row["change"] != CHANGED or place[:2] in guarded:
            assert old == []
        else:
            assert len(old) == 1


def _larger(rows: list[tuple[str, float | None, str]]) -> pd.DataFrame:
    frame = _release([None] * len(_PLACES))
    own = [("ao-x", 2024, "lan", "01", "T", weighting, value, None, status) for weighting, value, status in rows]
    return pd.concat([frame, pd.DataFrame(own, columns=[*KEY, "value", "answer", "status"])]).astype(frame.dtypes)


def test_a_sum_that_is_gone_because_its_area_is_withheld_counts_as_withheld() -> None:
    before = _larger([("ovagd", 50.0, "ok"), ("vagd", 51.0, "ok")])
    log, counts = figure_changes(before, _larger([("ovagd", None, "sekretess")]))
    assert log.empty
    assert counts[NOW_WITHHELD].tolist() == [2]


def test_a_withheld_row_with_a_figure_and_two_rows_of_one_figure_are_refused() -> None:
    fine = _release([(40.0, None, "ok", None), *[None] * 11])
    with pytest.raises(ValueError, match="later release has figures in withheld rows"):
        figure_changes(fine, fine.assign(status="sekretess"))
    with pytest.raises(ValueError, match="earlier release has two rows"):
        figure_changes(pd.concat([fine, fine]), fine)


def test_parts_come_together_in_one_order() -> None:
    parts = [
        figure_changes(
            _release([None] * 12), _release([*[None] * place, (1.0, None, "ok", None), *[None] * (11 - place)])
        )
        for place in (7, 2)
    ]
    log, counts = joined_changes(parts)
    assert log["indicator"].tolist() == counts["indicator"].tolist() == ["ao-x", "ao-y"]
    assert joined_changes([])[0].empty
    assert set(CELL) < set(log.columns)

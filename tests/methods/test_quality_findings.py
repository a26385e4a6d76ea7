"""Findings point to cells, in one form and one order, in Swedish."""

from __future__ import annotations

import pandas as pd
import pytest

from lagesbild.methods.quality_findings import (
    FINDING_COLUMNS,
    Check,
    Severity,
    as_findings,
    gathered,
    no_findings,
    printed,
)


def cells(*regions: str) -> pd.DataFrame:
    return pd.DataFrame({"region": list(regions)}).assign(indicator="ao-tal", year=2024, level="kommun", sex="T")


def test_a_finding_names_its_cell_and_the_more_severe_of_two_stays():
    mild = as_findings(cells("0114", "0115"), check=Check.HOPP, severity=Severity.LINDRIG, text=["a", "b"])
    clear = as_findings(cells("0114"), check=Check.HOPP, severity=[2], text="c")
    both = gathered([mild, no_findings(), clear])
    assert tuple(both.columns) == FINDING_COLUMNS
    assert both[["region", "severity", "text"]].to_numpy().tolist() == [["0114", 2, "c"], ["0115", 1, "b"]]


def test_frames_with_and_without_rows_have_the_same_types():
    some = as_findings(cells("0114"), check=Check.HOPP, severity=Severity.TYDLIG, text="a")
    assert some.dtypes.tolist() == no_findings().dtypes.tolist() == gathered([]).dtypes.tolist()


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.25, "0,3"), (62.0, "62"), (62.5, "62,5"), (1234.5, "1\u202f235"), (-3.25, "−3,3"), (-0.01, "0,0"), (0.0, "0")],
)
def test_numbers_are_printed_as_swedish_readers_expect(value, text):
    assert printed(value) == text

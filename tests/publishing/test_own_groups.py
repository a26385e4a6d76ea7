"""A kommun against a group of the analyst's own choice: the others' mean, own kommun left out."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from lagesbild.catalogue.analyst import OWN_GROUPS_FILE
from lagesbild.errors import NotBuiltError, ParameterError
from lagesbild.files import write_atomic
from lagesbild.frame_bytes import parquet_bytes
from lagesbild.presentation.similar_kommuner import group_lines
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.own_groups import against_own_group


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    """Return a source with one analysed indicator of four kommuner, and a group of three of them."""
    layout = Layout(root=tmp_path, source="demo", year=2024)
    rows = [("1440", 80.0, "ok"), ("1482", 90.0, "ok"), ("0180", 70.0, "ok"), ("1480", None, "sekretess")]
    frame = pd.DataFrame(rows, columns=["region", "value", "status"]).assign(
        indicator="ao-a", year=2024, sex="T", answer=None
    )
    write_atomic(layout.analysis("aldreomsorg", 2024) / "jamforelser.parquet", parquet_bytes(frame))
    groups = pd.DataFrame({"group": "Nätverket", "region": ["1440", "1480", "1482"]})
    write_atomic(layout.work / OWN_GROUPS_FILE, parquet_bytes(groups))
    return layout


@pytest.mark.parametrize(("kommun", "told"), [("Ale", (80.0, 90.0, 1)), ("0180", (70.0, 85.0, 2))])
def test_a_kommun_in_the_group_or_not_is_compared_with_the_others(layout: Layout, kommun: str, told: tuple) -> None:
    got = against_own_group(layout, kommun, "aldreomsorg", "Nätverket")
    assert got.itertuples(index=False, name=None).__next__() == ("ao-a", *told)
    assert len(got) == 1


def test_a_withheld_result_is_not_told(layout: Layout) -> None:
    got = against_own_group(layout, "Göteborg", "aldreomsorg", "Nätverket")
    assert got["own"].isna().all()
    assert got["mean"].tolist() == [85.0]
    assert group_lines(got, "1480", "Nätverket", synthetic=True) == [
        "Syntetiska data",
        "Göteborg och de andra i Nätverket",
        "  ao-a: –; de andra 85,0 (2 kommuner)",
    ]


def test_an_unknown_group_and_none_at_all_are_told(layout: Layout) -> None:
    with pytest.raises(ParameterError, match="Did you mean Nätverket"):
        against_own_group(layout, "Ale", "aldreomsorg", "Natverket")
    (layout.work / OWN_GROUPS_FILE).unlink()
    with pytest.raises(NotBuiltError, match=r"egna_grupper\.csv"):
        against_own_group(layout, "Ale", "aldreomsorg", "Nätverket")

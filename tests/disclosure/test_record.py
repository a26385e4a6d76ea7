"""Each step leaves its reason in the private record, and nothing of it is released."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from lagesbild.catalogue.load import Catalogue
from lagesbild.disclosure.gate import pass_gate
from lagesbild.disclosure.record import REASONS, write_record
from lagesbild.publishing.layout import Layout


def test_each_withheld_row_has_one_reason_and_released_rows_have_none(catalogue: Catalogue, new_table: Any) -> None:
    table = new_table().shares("lan", "14", (123, 244)).add("kommun", "1419", status="sekretess")
    table.shares("kommun", "1440", (2, 4)).shares("kommun", "1480", (70, 140)).shares("kommun", "1415", (20, 40))
    table.add("stadsdel", "144001", value=50.0)
    gated = pass_gate(table.frame(), catalogue)
    assert list(gated.released.columns) == list(table.frame().columns)
    found = dict(zip(gated.record["region"], gated.record[list(REASONS)].idxmax(axis=1), strict=True))
    assert found["1419"] == "reason_source"
    assert found["1440"] == "reason_primary"
    assert found["144001"] == "reason_propagated"
    assert gated.record[list(REASONS)].any(axis=1).tolist() == gated.released["status"].eq("sekretess").tolist()


def test_the_record_is_written_for_the_owner_alone(catalogue: Catalogue, new_table: Any, tmp_path: Path) -> None:
    table = new_table().shares("kommun", "1440", (2, 4)).shares("kommun", "1480", (70, 140))
    record = pass_gate(table.frame(), catalogue).record
    (path,) = write_record(record, tmp_path / "gate", catalogue)
    assert path.relative_to(tmp_path).as_posix() == "gate/aldreomsorg/2023.parquet"
    assert (tmp_path / "gate").stat().st_mode & 0o077 == 0
    rows = pd.read_parquet(path)
    assert rows["region"].tolist() == ["1440"]
    assert rows[list(REASONS)].to_numpy().tolist() == [[False, True, False, False, False]]
    assert write_record(record[record["region"].eq("1480")], tmp_path / "gate", catalogue) == []
    assert not path.exists()


def test_the_import_keeps_the_record_beside_what_is_released(world: Layout) -> None:
    paths = sorted((world.work / "gate").glob("*/*.parquet"))
    assert paths
    assert all((world.work / name).stat().st_mode & 0o077 == 0 for name in ("gate", "store"))
    for path in paths:
        released = pd.read_parquet(world.released / path.parent.name / path.name)
        assert not any("reason" in name for name in released.columns)
        assert len(pd.read_parquet(path)) == released["status"].eq("sekretess").sum()

"""From the first download to an update, by the commands: what changed is fetched, put in its place and counted."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from lagesbild.catalogue.load import load_catalogue
from lagesbild.cli import app
from lagesbild.disclosure import intake
from lagesbild.observations.archive import read_archive
from lagesbild.observations.store import read_store


@pytest.fixture
def run(kolada: Any, tmp_path: Path) -> Callable[..., str]:
    """Return a function that runs a command with the local server and a root of its own, and gives its output."""
    real = next(one for one in load_catalogue().indicators if one.kolada and one.scale == "procent")
    for one in kolada.objects:
        one["kpi"] = {"U10001": str(real.kolada)}.get(one["kpi"], one["kpi"])

    def command(*words: str) -> str:
        more = ["--url", kolada.url] if words[0] == "download" else []
        found = CliRunner().invoke(app, [*words, "--source", "kolada", "--root", str(tmp_path), *more])
        assert found.exit_code == 0, found.output + str(found.exception)
        return found.output

    return command


def test_an_update_from_end_to_end(
    run: Callable[..., str], kolada: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    years = ("--from-year", "2019", "--to-year", "2020")
    whole, changes, work = tmp_path / "whole", tmp_path / "changes", tmp_path / "_work" / "kolada"
    run("download", "--output", str(whole), *years, "--release-date", "2026-03-01")
    run("import", "--data", str(whole))
    first = read_store(work / "store")
    shutil.copytree(work / "released", tmp_path / "earlier")
    assert run("revisions").splitlines() == ["0 revisions"]

    changed = next(
        one for one in kolada.objects if one["municipality"] == "1440" and one["values"][0]["value"] == 87.25
    )
    changed["values"][0]["value"] = 90.0
    kolada.changed = {changed["kpi"]: "2026-04-02"}
    run("download", "--output", str(changes), *years, "--changes", "--release-date", "2026-05-01")
    assert len(pd.read_parquet(changes / "observations.parquet")) == 4

    # The process dies after the archive is written and before the observations are.
    write = intake.write_store
    with monkeypatch.context() as patch:
        patch.setattr(intake, "write_store", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        CliRunner().invoke(
            app,
            ["import", "--data", str(changes), "--source", "kolada", "--root", str(tmp_path)],
            catch_exceptions=True,
        )
    assert intake.write_store is write
    pd.testing.assert_frame_equal(read_store(work / "store"), first)

    run("import", "--data", str(changes))
    second = read_store(work / "store")
    keys = ["indicator", "year", "region", "sex"]
    both = first.merge(second, on=keys, suffixes=("_old", "_new"))
    assert len(both) == len(first) == len(second)
    differ = both[both["value_old"] != both["value_new"]]
    assert differ[["region", "value_old", "value_new"]].to_numpy().tolist() == [["1440", 87.25, 90.0]]
    told = run("revisions").splitlines()
    assert told == [f"2026-05-01\t{changed['kpi']}\t0 new, 1 changed, 0 withdrawn", "1 revisions"]
    assert "87" not in "".join(told)
    listed = tmp_path / "changed.csv"
    assert run("revisions", "--before", str(tmp_path / "earlier"), "--output", str(listed)).startswith(
        "1 changed result"
    )
    (row,) = pd.read_csv(listed, dtype={"region": "str"}).to_dict("records")
    assert (row["region"], row["change"], row["old_value"], row["new_value"]) == ("1440", "ändrad", 87.25, 90.0)
    archive = read_archive(work / "store" / "kolada")
    assert archive is not None
    assert archive.release == "2026-05-01"

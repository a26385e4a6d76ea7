"""The store's files are always whole, the same for the same rows, and untouched where nothing changed."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from lagesbild.catalogue.load import Catalogue
from lagesbild.errors import NotBuiltError, ParameterError
from lagesbild.observations.store import read_store, write_store
from lagesbild.observations.store_years import years_in
from lagesbild.observations.validate import validate

Maker = Callable[..., pd.DataFrame]


@pytest.fixture
def observations(table: Maker, catalogue: Catalogue) -> pd.DataFrame:
    """Two areas, two years, a null answer and a null value."""
    rows = [
        {"indicator": name, "year": year, "region": code}
        for name in ("ao-nojd", "eb-andel")
        for year in (2022, 2023)
        for code in ("0180", "1440")
    ]
    rows.append({"indicator": "ao-rutin", "value": None, "answer": "ja"})
    rows.append({"indicator": "ao-kostnad", "value": None, "status": "sekretess"})
    return validate(table(*rows), catalogue=catalogue, origin="x")


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file under a folder with its bytes."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_what_is_written_is_read_back(observations: pd.DataFrame, catalogue: Catalogue, tmp_path: Path) -> None:
    paths = write_store(observations, tmp_path, catalogue)
    assert [str(path.relative_to(tmp_path)) for path in paths] == [
        "aldreomsorg/2022.parquet",
        "aldreomsorg/2023.parquet",
        "ekonomiskt-bistand/2022.parquet",
        "ekonomiskt-bistand/2023.parquet",
    ]
    back = read_store(tmp_path).sort_values(["indicator", "year"], kind="stable", ignore_index=True)
    pd.testing.assert_frame_equal(back, observations)
    one = read_store(tmp_path, areas=["ekonomiskt-bistand"], years=[2023])
    assert set(one["indicator"]) == {"eb-andel"}
    assert set(one["year"]) == {2023}
    assert len(read_store(tmp_path, years=[2022])) == 4
    assert years_in(tmp_path, "aldreomsorg") == [2022, 2023]
    assert years_in(tmp_path, "hemloshet") == []


def test_the_same_rows_give_the_same_bytes(observations: pd.DataFrame, catalogue: Catalogue, tmp_path: Path) -> None:
    write_store(observations, tmp_path / "a", catalogue)
    write_store(observations.sample(frac=1, random_state=1), tmp_path / "b", catalogue)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    assert b"pandas" not in (tmp_path / "a/aldreomsorg/2022.parquet").read_bytes()


def test_an_unchanged_partition_keeps_its_time(
    observations: pd.DataFrame, catalogue: Catalogue, tmp_path: Path
) -> None:
    paths = write_store(observations, tmp_path, catalogue)
    for path in paths:
        os.utime(path, (1, 1))
    changed = observations.copy()
    changed.loc[(changed["indicator"] == "eb-andel") & (changed["year"] == 2022), "value"] = 12.0
    write_store(changed, tmp_path, catalogue)
    assert [path.stat().st_mtime == 1 for path in paths] == [True, True, False, True]


def test_a_partition_that_has_no_rows_any_more_is_removed(
    observations: pd.DataFrame, catalogue: Catalogue, tmp_path: Path
) -> None:
    write_store(observations, tmp_path, catalogue)
    note = tmp_path / "aldreomsorg" / "läsmig.txt"
    note.write_text("not ours", encoding="utf-8")
    (tmp_path / "aldreomsorg" / ".2019.parquet.tmp").write_bytes(b"left by a killed write")
    write_store(observations[observations["year"] == 2023], tmp_path, catalogue)
    assert sorted(contents(tmp_path)) == [
        "aldreomsorg/2023.parquet",
        "aldreomsorg/läsmig.txt",
        "ekonomiskt-bistand/2023.parquet",
    ]


def test_what_is_not_there_is_said(observations: pd.DataFrame, catalogue: Catalogue, tmp_path: Path) -> None:
    with pytest.raises(NotBuiltError):
        read_store(tmp_path)
    write_store(observations, tmp_path, catalogue)
    with pytest.raises(NotBuiltError, match="hemloshet"):
        read_store(tmp_path, areas=["hemloshet"])
    with pytest.raises(NotBuiltError, match="aldreomsorg 1999"):
        read_store(tmp_path, areas=["aldreomsorg"], years=[1999])
    with pytest.raises(ParameterError, match="Did you mean aldreomsorg"):
        read_store(tmp_path, areas=["aldreomsorgen"])


@pytest.mark.parametrize("broken", ["fsync", "write", "replace"])
@pytest.mark.parametrize("at", [0, 1, 3])
def test_a_full_disk_leaves_every_file_whole(
    *,
    observations: pd.DataFrame,
    catalogue: Catalogue,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    broken: str,
    at: int,
) -> None:
    write_store(observations, tmp_path, catalogue)
    before = contents(tmp_path)
    changed = observations.assign(revision="2")
    calls = 0
    real_fsync, real_open, real_replace = os.fsync, Path.open, Path.replace

    def fails() -> bool:
        nonlocal calls
        calls += 1
        return calls > at

    def fsync(handle: int) -> None:
        if fails():
            raise OSError(errno.ENOSPC, "no space left on device")
        real_fsync(handle)

    def opened(self: Path, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        file = real_open(self, mode, *args, **kwargs)
        if "w" not in mode or not fails():
            return file
        file.write(b"PAR1")  # a few bytes still fit
        file.close()
        raise OSError(errno.ENOSPC, "no space left on device")

    def replace(self: Path, target: Path) -> Path:
        if fails():
            raise OSError(errno.ENOSPC, "no space left on device")
        return real_replace(self, target)

    with monkeypatch.context() as patch:
        if broken == "fsync":
            patch.setattr(os, "fsync", fsync)
        elif broken == "write":
            patch.setattr(Path, "open", opened)
        else:
            patch.setattr(Path, "replace", replace)
        with pytest.raises(OSError, match="no space left"):
            write_store(changed, tmp_path, catalogue)
    write_store(changed, tmp_path / "whole", catalogue)
    after, new = contents(tmp_path), contents(tmp_path / "whole")
    for name, content in before.items():
        assert after[name] in (content, new[name])
    assert not [name for name in after if name.endswith(".tmp")]


_WRITER = """
    import sys
    from pathlib import Path
    import numpy as np
    import pandas as pd
    from types import SimpleNamespace
    from lagesbild.observations.store import write_store

    class Catalogue:
        def by_id(self, name):
            return SimpleNamespace(area="aldreomsorg")

    frame = pd.read_parquet(sys.argv[1])
    print("ready", flush=True)
    revision = int(sys.argv[3])
    while True:
        revision += 1
        write_store(frame.assign(revision=str(revision)), Path(sys.argv[2]), Catalogue())
"""


def test_a_killed_writer_leaves_every_file_whole(table: Maker, catalogue: Catalogue, tmp_path: Path) -> None:
    rows = [
        {"year": year, "region": "1440", "level": "enhet", "unit": f"Enhet {number}"}
        for year in range(2018, 2024)
        for number in range(400)
    ]
    frame = validate(table(*rows), catalogue=catalogue, origin="x")
    source, folder = tmp_path / "in.parquet", tmp_path / "store"
    frame.to_parquet(source)
    write_store(frame, folder, catalogue)
    chance = random.Random(20240101)
    seen = set()
    for attempt in range(6):
        writer = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(_WRITER), str(source), str(folder), str(100 * attempt)],
            stdout=subprocess.PIPE,
        )
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(chance.uniform(0.01, 0.3))
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        back = read_store(folder)
        assert len(back) == len(frame)
        per_file = back.groupby("year")["revision"].nunique()
        assert per_file.eq(1).all(), "a file mixes two writes"
        seen |= set(back["revision"])
    assert len(seen) > 2, "the writer was never caught at work"
    write_store(frame, folder, catalogue)
    assert not list(folder.rglob("*.tmp"))

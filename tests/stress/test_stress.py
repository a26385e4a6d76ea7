"""A small form of `make stress`, and that its judges find what is wrong."""

from __future__ import annotations

import os
import random
import shutil
import signal
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from damage import DAMAGES, damage
from fork_try import tried
from importers import KINDS, damaged_imports
from kills import judged
from load import _read
from tally import Tally, complaints, table, together

from lagesbild.catalogue.load import load_catalogue
from lagesbild.errors import DamagedError, ParameterError
from lagesbild.files import exchange, write_atomic
from lagesbild.sums import check_digest, check_sums, write_sums

Row = tuple[str, str, int, str, float]


def test_what_is_wrong_lost_or_mixed_is_found() -> None:
    site = "_release/demo-2024/site/{}.html"
    before = {"a": "1", "b": "1", site.format(1): "1", site.format(2): "1"}
    after = {"a": "2", "b": "1", "c": "2", site.format(1): "2", site.format(2): "2"}
    assert judged(before, before, after) == ([], [])
    assert judged(after, before, after) == ([], [])
    assert judged(before | {"a": "2"}, before, after) == ([], [])
    assert judged(before | {"a": "3"}, before, after) == (["a"], [])
    assert judged({name: content for name, content in before.items() if name != "b"}, before, after) == ([], ["b"])
    assert judged(before | {site.format(1): "2"}, before, after) == (["a website of two builds"], [])


def test_a_try_that_crashes_hangs_or_is_refused_is_told_as_such() -> None:
    def refuse() -> None:
        raise ParameterError("kommun", "Gotenborg", ["Göteborg"])

    def wait() -> None:
        signal.pause()

    assert tried(lambda: 7) == ("gave", 7)
    assert tried(refuse) == ("refused", "unknown kommun: 'Gotenborg'. Did you mean Göteborg?")
    assert tried(lambda: 1 // 0)[0] == "crashed"
    assert tried(lambda: os.kill(os.getpid(), signal.SIGKILL)) == ("crashed", "ended by SIGKILL")
    assert tried(wait, limit=0.2) == ("hung", "")


def test_every_count_is_in_the_table_and_every_fault_is_told() -> None:
    bad = Tally(part="P", what="w", how="h", tries=1234, refused=3, right=2, named=1, wrong=["x"], lost=["y"])
    good = Tally(part="Q", what="v", how="g", tries=1)
    assert "| w | h | 1,234 | 3 | 2 | 1 | 1 | 1 | 0 |" in table([bad, good])
    assert together([bad, good]).tries == 1235
    assert complaints([bad, good]) == "wrong: w, h: x\nlost: w, h: y\n"
    assert good.sound
    assert not bad.sound


def test_damaged_outside_files_are_refused_or_known_by_their_hash(
    tmp_path: Path, kolada_dump: Callable[[Path, Sequence[Row]], Path]
) -> None:
    source = tmp_path / "source"
    rows = [("U21468", kod, year, "T", 80.0 + year % 7) for kod in ("1440", "0180") for year in (2022, 2023)]
    kolada_dump(source / "kolada", rows)
    (source / "kolada" / "dump.json").write_text('{"release": "2024-06-20", "from_date": null}\n')
    for name, text in {
        "egna/egna.csv": "indikator;år;kod;kön;värde\nao-hemtjanst-nojdhet;2021;1440;T;91,5\n",
        "analytiker/mal.csv": "indikator;kommun;malvarde;malar\nao-hemtjanst-nojdhet;1440;95;2026\n",
        "analytiker/kommentarer/1440.md": "Kommentaren är påhittad.\n",
    }.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, encoding="utf-8")
    tallies = damaged_imports(source, tmp_path, catalogue=load_catalogue(), tries=1, chance=random.Random(7))
    assert complaints(tallies) == ""
    assert {one.what for one in tallies} <= set(KINDS)
    whole = together(tallies)
    assert whole.tries >= 20
    assert whole.tries == whole.refused + whole.right + whole.named
    assert whole.refused
    assert whole.named


@pytest.mark.parametrize("how", DAMAGES)
def test_no_damage_of_what_a_step_hands_over_is_missed(tmp_path: Path, how: str) -> None:
    chance = random.Random(how)
    path, sums, digest = tmp_path / "a" / "1.parquet", tmp_path / "a.sha256", tmp_path / "a.digest"
    for _ in range(15):
        write_atomic(path, chance.randbytes(2000))
        write_sums(sums, [path], tmp_path)
        check_sums(sums, tmp_path, "")
        shutil.copyfile(sums, digest)  # never the digest of a folder
        assert damage(path, how, chance)
        with pytest.raises(DamagedError, match=r"a/1\.parquet.*lagesbild underlag"):
            check_sums(sums, tmp_path, "lagesbild underlag")
        with pytest.raises(DamagedError, match="Make it anew: make"):
            check_digest(digest, [path], tmp_path, "make")
    path.unlink()
    with pytest.raises(DamagedError):
        check_sums(sums, tmp_path, "")


def test_a_reader_never_sees_half_a_file_or_no_website(tmp_path: Path) -> None:
    both = [bytes([turn]) * 100_000 for turn in (1, 2)]
    for name, content in zip(("site", "next"), both, strict=True):
        write_atomic(tmp_path / name / "index.html", content)
    write_atomic(tmp_path / "data.csv", both[0])
    writer = os.fork()
    if writer == 0:
        while True:
            for content in both:
                exchange(tmp_path / "site", tmp_path / "next")
                write_atomic(tmp_path / "data.csv", content)
    tally = Tally(part="", what="", how="")
    try:
        while tally.tries < 3000:
            _read(tally, tmp_path / "site" / "index.html", both)
            _read(tally, tmp_path / "data.csv", both)
    finally:
        os.kill(writer, signal.SIGKILL)
        os.waitpid(writer, 0)
    assert tally.sound

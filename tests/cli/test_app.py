"""The command line: exit codes, messages on stderr, and no traceback for the project's own errors."""

from __future__ import annotations

import errno
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from lagesbild.cli import app
from lagesbild.publishing.layout import Layout

COMMANDS = (
    *("demo", "import", "analyse", "underlag", "kommun", "lagesrapport", "data", "site", "manifest", "verify"),
    *("download", "indicators", "areas", "colours", "granskning", "leaks", "oversyn", "peers", "plan", "prioritering"),
    *("accessibility", "arbetsbok", "diff", "grupp", "lan", "presentation", "quality", "revideringar", "revisions"),
    *("faktablad", "granskningsguide", "kalender", "kvalitetsdeklaration", "metodbeskrivning", "metodbok"),
    *("new-year", "prosa", "freeze", "reproduce", "sparkoder", "trace"),
)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_every_command_is_listed_and_has_help() -> None:
    listed = run("--help").stdout
    for command in COMMANDS:
        assert f" {command} " in listed
        assert run(command, "--help").exit_code == 0
    assert len(app.registered_commands) == len(COMMANDS)


def test_help_is_quick_because_it_imports_nothing_heavy() -> None:
    code = "import sys, lagesbild.cli; print([m for m in ('pandas', 'pyarrow', 'matplotlib') if m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert loaded.strip() == "[]"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["kommun", "Gotenborg"], "unknown kommun: 'Gotenborg'. Did you mean Göteborg"),
        (["kommun", "1440", "--year", "2042"], "unknown year: 2042. Did you mean 2024"),
        (["kommun", "1440", "--source", "kolda"], "unknown source: 'kolda'. Did you mean kolada"),
        (["kommun", "1440", "--engine", "quatro"], "unknown engine: 'quatro'. Did you mean quarto"),
        (["analyse", "--area", "aldreomsorgen"], "unknown area: 'aldreomsorgen'. Did you mean aldreomsorg"),
        (["analyse", "--year", "2025"], "unknown year: 2025. Did you mean"),
        (["lagesrapport", "alder"], "unknown lägesrapport: 'alder'. Did you mean aldre"),
        (["data", "--source", "demmo"], "unknown source: 'demmo'. Did you mean demo"),
        (["import", "--data", "x", "--source", "demmo"], "unknown source: 'demmo'. Did you mean demo"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_does_not_exist_ends_with_1_and_the_nearest(world: Layout, arguments: list[str], said: str) -> None:
    result = run(*arguments, "--root", str(world.root))
    assert result.exit_code == 1
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_an_unknown_area_of_the_catalogue_is_refused_too() -> None:
    result = run("indicators", "--area", "hemlöshet")
    assert result.exit_code == 1
    assert "Did you mean hemloshet" in result.stderr


@pytest.mark.parametrize("command", ["analyse", "underlag", "kommun", "lagesrapport", "data", "site", "manifest"])
def test_what_is_not_built_yet_is_said_with_the_command_that_builds_it(tmp_path: Path, command: str) -> None:
    result = run(command, "--root", str(tmp_path))
    assert result.exit_code == 1
    assert "is not built yet. Run: " in result.stderr
    assert "Traceback" not in result.stderr


def test_a_folder_that_cannot_be_written_keeps_its_traceback_and_ends_with_1(
    tmp_path: Path, kolada_dump: Callable[[Path, Sequence[tuple[str, str, int, str, float]]], Path]
) -> None:
    (tmp_path / "_work").write_text("a file where a folder should be")
    data = kolada_dump(tmp_path / "kolada", [("U21468", "1440", 2019, "T", 90.0)])
    result = run("import", "--data", str(data), "--root", str(tmp_path))
    assert result.exit_code == 1
    assert "Error: " in result.stderr


def test_one_failing_kommun_is_told_the_others_made_and_the_exit_code_is_1(tmp_path: Path, world: Layout) -> None:
    layout = Layout(root=tmp_path, source="demo", year=2024)
    layout.underlag.mkdir(parents=True)
    for kod in ("1440", "0180"):
        shutil.copy(world.underlag / f"{kod}.parquet", layout.underlag)
    (layout.underlag / "1480.parquet").write_bytes(b"PAR1 broken")
    options = ["--root", str(tmp_path), "--jobs", "1", "--engine", "embedded"]
    result = run("kommun", "Ale", "1480", "0180", *options)
    assert result.exit_code == 1
    assert "kommunrapporter: 2 made" in result.stdout
    assert "1 of 3 failed, the others are made:\n  - 1480-goteborg: " in result.stderr
    made = sorted(path.parent.name for path in layout.release.rglob("*.pdf"))
    assert made == ["0180-stockholm", "1440-ale"]
    again = run("kommun", "Ale", "0180", *options)
    assert again.exit_code == 0
    assert "kommunrapporter: 0 made, 2 up to date" in again.stdout


def test_a_full_disk_is_a_message_that_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "_work/demo/raw/observations.parquet")

    monkeypatch.setattr("lagesbild.sources.demo.generate", full)
    result = run("demo", "--output", str(tmp_path / "raw"))
    assert result.exit_code == 1
    assert "the disk is full: No space left on device (_work/demo/raw/observations.parquet). " in result.stderr
    assert "Traceback" not in result.stderr

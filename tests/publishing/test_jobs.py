"""Batches killed, run twice at once or on a cluster, failing, without room or font: tried by doing it."""

from __future__ import annotations

import importlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import ModuleType

import font_source_sans_pro
import pytest

from lagesbild.publishing.embedded import typst_pdf
from lagesbild.publishing.scratch import PREFIX, scratch_folder
from lagesbild.publishing.worker_pool import run_in_workers

# The stress tests have use for it too; importlib mode does not put it on the path.
TINY = Path(__file__).with_name("tiny")
sys.path.insert(0, str(TINY))

from tiny_batch import Batch  # noqa: E402

COUNT = 8

Contents = Callable[[Path], dict[str, bytes]]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Batch:
    """Return a batch that was run in one process, by nothing disturbed."""
    batch = Batch(tmp_path_factory.mktemp("undisturbed")).prepared()
    run = batch.start("--cores", "1")
    out, err = run.communicate()
    assert (run.returncode, out) == (0, f"{COUNT} made, 0 up to date\n"), err
    return batch


@pytest.fixture
def batch(tmp_path: Path) -> Batch:
    """Return a batch that has not been run."""
    return Batch(tmp_path).prepared()


def test_a_run_killed_at_every_step_goes_on_where_it_stopped(
    undisturbed: Batch, batch: Batch, contents: Contents
) -> None:
    for number, what in enumerate(["child", "worker", "half a file", "between files"], 1):
        batch.fault(number, what)
    batch.fault(6, "run")
    killed = batch.start()
    _, err = killed.communicate()
    assert killed.returncode == -signal.SIGKILL, err
    whole = contents(undisturbed.root)
    torn = [n for n, content in contents(batch.root).items() if whole.get(n, content) != content]
    assert torn == []
    resumed = batch.start()
    out, err = resumed.communicate()
    assert resumed.returncode == 0, err
    assert "8 made" not in out
    assert contents(batch.root) == whole
    # A killed try at a document is made up for by another; nothing else is done twice, and nothing lies about.
    assert batch.executed() == {0: 1, 1: 2, 2: 2, 3: 2, 4: 2, 5: 1, 6: 1, 7: 1}
    assert [path.name for path in (batch.folder / "tmp").iterdir()] == []


def test_two_runs_at_once_share_the_documents(undisturbed: Batch, batch: Batch, contents: Contents) -> None:
    runs = [batch.start("--cores", "1") for _ in range(2)]
    outs = [run.communicate() for run in runs]
    assert [run.returncode for run in runs] == [0, 0], outs
    assert sum(int(out.split()[0]) for out, _ in outs) == COUNT
    assert batch.executed() == dict.fromkeys(range(COUNT), 1)
    assert contents(batch.root) == contents(undisturbed.root)


def test_a_full_disk_loses_nothing_and_the_run_goes_on_when_there_is_room(
    undisturbed: Batch, batch: Batch, contents: Contents
) -> None:
    inside = ["unshare", "--user", "--map-root-user", "--mount"]
    if not shutil.which("unshare") or subprocess.run([*inside, "true"], check=False, capture_output=True).returncode:
        pytest.skip("no disk to fill: this machine lets no user mount one")
    room = sum(len(content) for content in contents(undisturbed.root).values())
    run = f"{sys.executable} {TINY / 'tiny_documents.py'} {batch.root} {COUNT} --cores 1"
    script = f"""
    mount -t tmpfs -o size={room * 2} none {batch.root}
    mkdir {batch.root}/_work
    cp {undisturbed.root}/_work/*.txt {batch.root}/_work
    head -c {room * 3 // 2} /dev/zero > {batch.root}/ballast
    {run} > {batch.folder}/first.out 2> {batch.folder}/first.err; echo $? > {batch.folder}/first.rc
    cp -r {batch.root} {batch.folder}/after-first
    rm {batch.root}/ballast {batch.folder}/after-first/ballast
    {run} && cp -r {batch.root} {batch.folder}/after-second
    """
    again = subprocess.run(
        [*inside, "sh", "-c", script], check=False, capture_output=True, text=True, env=batch.environment
    )
    first, second = (contents(batch.folder / name) for name in ("after-first", "after-second"))
    told = (batch.folder / "first.err").read_text()
    assert (batch.folder / "first.rc").read_text() == "1\n"
    assert "the disk is full: No space left on device" in told
    assert "not tried, since it would fail as nr-" in told
    assert first.items() <= second.items()
    assert {"_work/records/0.json", "_release/0/tiny.pdf"} <= set(first)
    assert "_work/records/7.json" not in first
    assert again.returncode == 0, again.stderr
    assert second == contents(undisturbed.root)
    assert set(batch.executed().values()) <= {1, 2}


@contextmanager
def dask(folder: Path, command: str, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run Dask's command in a folder of its own, until the block ends."""
    folder.mkdir()
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen(
            [sys.executable, "-m", "dask", *command.split()],
            cwd=folder,
            env={**environment, "TMPDIR": str(folder)},
            stdout=log,
            stderr=log,
        )
        try:
            yield running
        finally:
            running.kill()
            running.wait()


def address(scheduler_file: Path) -> str:
    """Return the address that a scheduler has written to its file."""
    for _ in range(1200):
        if scheduler_file.is_file() and scheduler_file.read_text().strip().endswith("}"):
            return str(json.loads(scheduler_file.read_text())["address"])
        time.sleep(0.05)
    raise TimeoutError("no scheduler")


def test_a_cluster_makes_the_same_bytes_also_when_one_of_its_workers_is_killed(
    undisturbed: Batch, batch: Batch, contents: Contents
) -> None:
    pytest.importorskip("distributed", reason="the extra `cluster` (package distributed) is not installed")
    told = batch.environment
    batch.fault(2, "run")
    with ExitStack() as stack:
        options = "--host 127.0.0.1 --port 0 --no-dashboard --scheduler-file address"
        stack.enter_context(dask(batch.folder / "scheduler", f"scheduler {options}", told))
        where = address(batch.folder / "scheduler" / "address")
        options = "--nworkers 1 --nthreads 1 --no-nanny --no-dashboard --local-directory ."
        workers = [
            stack.enter_context(dask(batch.folder / name, f"worker {where} {options}", told)) for name in ("a", "b")
        ]
        run = batch.start("--scheduler", where)
        out, err = run.communicate()
        assert (run.returncode, out) == (0, f"{COUNT} made, 0 up to date\n"), err
        assert [worker.returncode for worker in workers if worker.poll() is not None] == [-signal.SIGKILL]
    assert contents(batch.root) == contents(undisturbed.root)


@pytest.fixture
def here(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the module of the tiny documents, to run the batch in this process."""
    monkeypatch.syspath_prepend(TINY)
    for name in ("TINY_LOG", "TINY_FAULTS"):
        monkeypatch.setenv(name, batch.environment[name])
    monkeypatch.setattr(sys, "argv", ["tiny", str(batch.root), "3", "--cores", "1"])
    return importlib.import_module("tiny_documents")


def test_a_failing_document_is_named_with_its_cell_and_line_and_the_others_are_made(
    batch: Batch, here: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    (batch.folder / "faults" / "1.error").touch()
    assert here.main() == 1
    told = capsys.readouterr()
    assert told.out == "2 made, 0 up to date\n"
    assert "Prov: 3/3, 1 failed, " in told.err
    assert told.err.endswith(
        "Error: 1 of 3 failed, the others are made:\n"
        "  - nr-1: tests/publishing/tiny/tiny.qmd:17: cell 4 failed: ValueError: inget underlag för 1\n"
    )
    assert sorted(path.name for path in (batch.root / "_work" / "records").iterdir()) == ["0.json", "2.json"]


def test_a_missing_font_is_one_clear_error(
    batch: Batch,
    here: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    monkeypatch.setattr(font_source_sans_pro, "font_directory", str(batch.folder))
    typst_pdf._warm_compiler.cache_clear()
    request.addfinalizer(typst_pdf._warm_compiler.cache_clear)
    assert here.main() == 1
    lines = capsys.readouterr().err.splitlines()[-3:]
    assert lines == [
        "Error: 3 of 3 failed:",
        f"  - nr-0: the font Source Sans Pro is missing (no file {batch.folder / 'SourceSansPro-Regular.ttf'}). "
        "Run: pip install --force-reinstall font-source-sans-pro",
        "  - nr-1, nr-2: not tried, since it would fail as nr-0 did",
    ]


def test_a_job_that_kills_its_process_twice_is_reported_and_the_others_are_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(TINY)
    from tiny_work import elsewhere, odd_ones_die  # noqa: PLC0415 - as above

    done = dict(run_in_workers(odd_ones_die, [(f"k{n}", n) for n in range(4)], cores=2))
    assert [done[n].made for n in range(4)] == [True, False, True, False]
    assert done[1].error == ("the process that made it was killed by SIGKILL, twice; there may be too little memory")
    with scratch_folder() as folder:
        done = dict(run_in_workers(elsewhere, [("a", os.getpid())] * 3, cores=2))
        assert all(outcome.made for outcome in done.values())
        assert folder.is_dir()
    assert not folder.exists()


def test_only_an_abandoned_scratch_folder_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    abandoned, foreign = tmp_path / f"{PREFIX}a", tmp_path / f"{PREFIX}b"
    for folder in (abandoned, foreign):
        folder.mkdir()
    (abandoned / "lock").touch()
    with scratch_folder() as mine:
        assert not abandoned.exists()
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        with scratch_folder():
            assert mine.is_dir()
    assert [path.name for path in tmp_path.iterdir()] == [foreign.name]

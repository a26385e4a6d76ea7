"""The same bytes from a cluster as from this machine, though its workers share no folder and one of them is killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from lagesbild.publishing import cluster
from lagesbild.publishing.cluster import ClusterError, run_on_cluster
from lagesbild.publishing.cluster_worker import carry_out
from lagesbild.publishing.jobs import Job
from lagesbild.publishing.records import Record

TINY = Path(__file__).with_name("tiny")
COUNT = 6


@contextmanager
def process(folder: Path, command: str, **variables: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run Dask's command in a folder of its own, until the block ends."""
    folder.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(TINY), "TMPDIR": str(folder), **variables}
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen(
            [sys.executable, "-m", "dask", *command.split()], cwd=folder, env=environment, stdout=log, stderr=log
        )
        try:
            yield running
        finally:
            running.terminate()
            running.wait()


def address(scheduler_file: Path) -> str:
    """Return the address that a scheduler has written to its file."""
    for _ in range(1200):
        if scheduler_file.is_file() and scheduler_file.read_text().strip().endswith("}"):
            return str(json.loads(scheduler_file.read_text())["address"])
        time.sleep(0.05)
    raise TimeoutError("no scheduler")


def a_job(**inputs: str) -> Job:
    wanted = Record(document="tiny.qmd", kind="prov", parameters={}, engine="", inputs=inputs, outputs={})
    return Job(name="nr-0", task=0, wanted=wanted, record="r.json", writes=())


def test_the_cluster_makes_the_same_bytes_also_when_a_worker_is_killed(
    tmp_path: Path, contents: Callable[[Path], dict[str, bytes]]
) -> None:
    pytest.importorskip("distributed", reason="the extra `cluster` (package distributed) is not installed")
    for name in ("here", "there"):
        (tmp_path / name / "_work").mkdir(parents=True)
        for number in range(COUNT):
            (tmp_path / name / "_work" / f"{number}.txt").write_text(f"Indata {number}\n", encoding="utf-8")
    (tmp_path / "faults").mkdir()
    told = {"TINY_LOG": str(tmp_path / "log"), "TINY_FAULTS": str(tmp_path / "faults")}
    tiny = [sys.executable, str(TINY / "tiny_documents.py")]
    environment = {**os.environ, "PYTHONPATH": str(TINY), **told}
    with ExitStack() as stack:
        stack.enter_context(
            process(tmp_path / "s", "scheduler --host 127.0.0.1 --port 0 --no-dashboard --scheduler-file address")
        )
        where = address(tmp_path / "s" / "address")
        alone = "--nworkers 1 --nthreads 1 --no-nanny --no-dashboard --local-directory ."
        workers = [
            stack.enter_context(process(tmp_path / name, f"worker {where} {alone}", **told)) for name in ("w1", "w2")
        ]
        here = subprocess.Popen([*tiny, str(tmp_path / "here"), str(COUNT), "--cores", "1"], env=environment)
        assert here.wait() == 0
        (tmp_path / "faults" / "2").write_text("run")
        there = subprocess.run(
            [*tiny, str(tmp_path / "there"), str(COUNT), "--scheduler", where],
            check=False,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert there.returncode == 0, there.stderr
        assert there.stdout == f"{COUNT} made, 0 up to date\n"
        assert sorted(worker.poll() for worker in workers if worker.poll() is not None) == [-9]
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


def test_without_dask_the_error_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(
        ClusterError, match=r"needs Dask's package distributed\. Install it: pip install 'lagesbild\[cl"
    ):
        list(run_on_cluster(print, [a_job()], root=tmp_path, scheduler="tcp://127.0.0.1:1"))


def test_without_a_scheduler_the_error_says_how_to_start_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="the extra `cluster` (package distributed) is not installed")
    monkeypatch.setattr(cluster, "ANSWER", 0.2)
    with pytest.raises(ClusterError, match=r"no scheduler answers at tcp://127\.0\.0\.1:1\. Start one: dask scheduler"):
        list(run_on_cluster(print, [a_job()], root=tmp_path, scheduler="tcp://127.0.0.1:1"))


def test_a_worker_with_another_version_refuses() -> None:
    outcome, products = carry_out(print, a_job(**{"src/lagesbild": "another", "data.parquet": "aa"}), {})
    assert outcome.error == "a worker has another version of lagesbild (src/lagesbild): install the same as here"
    assert outcome.hopeless
    assert products == {}

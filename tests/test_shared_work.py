"""Work shared among processes: in order, and with nothing left at work where the one that shares it is killed."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lagesbild.shared_work import in_processes

_SHARING = """
import os, sys, time
from pathlib import Path
from lagesbild.shared_work import in_processes

def wait(folder, number):
    (Path(folder) / str(os.getpid())).touch()
    time.sleep(number)

in_processes(wait, [(sys.argv[1], 120), (sys.argv[1], 120)], jobs=2)
"""


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_tasks(jobs: int) -> None:
    assert in_processes(divmod, [(number, 3) for number in range(10)], jobs=jobs) == [
        divmod(number, 3) for number in range(10)
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent is gone")
def test_no_process_outlives_a_killed_run(tmp_path: Path) -> None:
    running = subprocess.Popen([sys.executable, "-c", _SHARING, str(tmp_path)], stderr=subprocess.DEVNULL)
    try:
        _until(lambda: len(list(tmp_path.iterdir())) == 2)
    finally:
        running.kill()
        running.wait()
    _until(lambda: not any(_at_work(path.name) for path in tmp_path.iterdir()))


def _at_work(process: str) -> bool:
    """Return whether a process is there; one that has ended and nobody has asked of isn't."""
    try:
        return Path("/proc", process, "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _until(there: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end
        time.sleep(0.05)

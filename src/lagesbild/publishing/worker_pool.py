"""Jobs over the cores: a process for each, that may die without taking the batch with it.

The pools of the standard library and of joblib break as a whole when one of their processes is killed, and don't
say which job it had. Here each worker has one job at a time, so a dead one is replaced and only its job tried again.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Pipe, wait
from pathlib import Path
from typing import Any

from lagesbild.publishing.batch import Outcome, Queue, Try
from lagesbild.publishing.progress import Settled


class Worker:
    """One process that does jobs one after another.

    Parameters
    ----------
    work
        Does one job; must pickle.
    scratch
        Folder for its temporary files; as in this process where not given.
    """

    def __init__(self, work: Callable[..., bool | tuple[Outcome, ...]], scratch: Path | None = None) -> None:
        self.connection, theirs = Pipe()
        # A fresh interpreter rather than a fork: this process may have threads (Arrow's, Typst's) that no
        # fork survives.
        command = [sys.executable, "-P", "-m", "lagesbild.publishing.worker", str(theirs.fileno())]
        with theirs:
            self._process = subprocess.Popen(
                command,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                # One worker a core: threads of Typst's in each would only wait for one another.
                env={"RAYON_NUM_THREADS": "1", **os.environ, **({"TMPDIR": str(scratch)} if scratch else {})},
            )
        with contextlib.suppress(BrokenPipeError):  # one that died at once is told by `result`
            self.connection.send(sys.path)
            self.connection.send_bytes(pickle.dumps(work))

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    def give(self, name: str, *arguments: Any) -> None:
        """Hand over a job; `result` waits for what becomes of it."""
        with contextlib.suppress(BrokenPipeError):
            self.connection.send_bytes(pickle.dumps((name, *arguments)))

    def result(self, name: str) -> Outcome:
        """Return what became of the job, also where the process died under it."""
        try:
            return pickle.loads(self.connection.recv_bytes())  # type: ignore[no-any-return]
        except (EOFError, ConnectionResetError):
            return Outcome(name=name, error=self._death(), again="killed")

    @property
    def alive(self) -> bool:
        """Whether the process is there to take a job."""
        return self._process.poll() is None

    def stop(self) -> None:
        """End the process, also in the middle of a job."""
        self.connection.close()
        self._process.terminate()
        self._process.wait()

    def _death(self) -> str:
        code = self._process.wait()
        if code < 0:
            how = f"was killed by {signal.Signals(-code).name}, twice; there may be too little memory"
        else:
            how = f"ended with exit code {code}, twice"
        return f"the process that made it {how}"


def run_in_workers(
    work: Callable[..., bool | tuple[Outcome, ...]], jobs: Sequence[tuple[str, Any]], *, cores: int
) -> Iterator[Settled]:
    """Do jobs over `cores` processes.

    Parameters
    ----------
    work
        Does one job: given its argument and whether to wait for another run, it returns whether anything was made.
    jobs
        Name and argument of each job.
    cores
        Number of processes at most.

    Yields
    ------
    tuple of int and Outcome
        The number of a job and what became of it, as they are settled.
    """
    queue = Queue([name for name, _ in jobs])
    at_work: dict[Any, tuple[Worker, Try]] = {}  # by connection
    idle: list[Worker] = []
    try:
        while queue or at_work:
            while queue and len(at_work) < cores:
                one = queue.take()
                worker = idle.pop() if idle else Worker(work)
                worker.give(*jobs[one.number], one.wait)
                at_work[worker.connection] = worker, one
            for connection in wait(list(at_work)):
                worker, one = at_work.pop(connection)
                outcome = worker.result(jobs[one.number][0])
                if worker.alive:
                    idle.append(worker)
                else:
                    worker.stop()
                yield from queue.settle(one, outcome)
    finally:
        for worker in (*idle, *(worker for worker, _ in at_work.values())):
            worker.stop()

"""The same jobs on other machines: a Dask cluster whose workers share no folder with this one.

A job's files travel with it, and what it became travels back; this machine puts it in place as it does with what it
makes itself. A cluster worker (`cluster_worker`) keeps nothing.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from lagesbild.errors import LagesbildError
from lagesbild.files import write_atomic
from lagesbild.publishing.batch import Outcome, Queue, Try, attempt
from lagesbild.publishing.cluster_worker import carry_out
from lagesbild.publishing.jobs import Job, Make, do_job
from lagesbild.publishing.progress import Settled

#: Jobs that a cluster's process has or is about to get: one at work, one on its way.
AHEAD = 2

#: Seconds to wait for a scheduler's answer.
ANSWER = 10

#: Seconds to wait for workers where there are none (any more); a queueing system may take a while to start them.
PATIENCE = 60

_INSTALL = "pip install 'lagesbild[cluster]', here and on every worker"


class ClusterError(LagesbildError):
    """A cluster can't be used.

    Parameters
    ----------
    what
        What is wrong.
    action
        What to do about it.
    """

    def __init__(self, what: str, action: str) -> None:
        super().__init__(what, action)
        self.what = what
        self.action = action

    def __str__(self) -> str:
        """Return what is wrong and what to do."""
        return f"{self.what}. {self.action}"


def run_on_cluster(make: Make, jobs: Sequence[Job], *, root: Path, scheduler: str) -> Iterator[Settled]:
    """Do jobs on the workers of a Dask scheduler; see `worker_pool.run_in_workers`.

    A worker that dies loses nothing: Dask gives its jobs to another.

    Raises
    ------
    ClusterError
        If Dask is not installed, no scheduler answers, or it has no workers; what came back before is in place.
    """
    distributed = _dask()
    queue = Queue([job.name for job in jobs])
    at_work: dict[Any, Try] = {}
    with _client(distributed, scheduler) as client:
        heard = time.monotonic()
        while queue or at_work:
            with _connected(scheduler):
                room = AHEAD * sum(client.nthreads().values())
            while queue and len(at_work) < room:
                one = queue.take()
                job = jobs[one.number]
                files = {name: (root / name).read_bytes() for name in job.reads}
                at_work[client.submit(carry_out, make, job, files, pure=False)] = one
            with _connected(scheduler):
                done = _finished(distributed, list(at_work))
            if done or room:
                heard = time.monotonic()
            elif time.monotonic() - heard > PATIENCE:
                raise ClusterError(f"the scheduler {scheduler} has no workers", f"Start one: dask worker {scheduler}")
            for future in done:
                one = at_work.pop(future)
                yield from queue.settle(one, _taken_home(future, jobs[one.number], root))


def _dask() -> Any:
    try:
        import distributed  # noqa: PLC0415 - half a second that only a cluster needs
    except ImportError as error:
        raise ClusterError("a scheduler needs Dask's package distributed", f"Install it: {_INSTALL}") from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # our own errors say the same, and what to do
    return distributed


def _client(distributed: Any, scheduler: str) -> Any:
    try:
        return distributed.Client(scheduler, timeout=ANSWER)
    except (OSError, ValueError) as error:
        raise ClusterError(f"no scheduler answers at {scheduler}", "Start one: dask scheduler") from error


@contextmanager
def _connected(scheduler: str) -> Iterator[None]:
    """Tell of a scheduler that is lost on the way."""
    try:
        yield
    except (OSError, CancelledError) as error:
        what = f"the scheduler {scheduler} no longer answers"
        raise ClusterError(what, "What came back is in place; start it and run the same command again") from error


def _finished(distributed: Any, futures: list[Any]) -> list[Any]:
    """Return the futures that have ended, after a second at most."""
    if not futures:
        time.sleep(0.2)
        return []
    try:
        done = list(distributed.wait(futures, timeout=1, return_when="FIRST_COMPLETED").done)
    except TimeoutError:
        return []
    if any(future.status in ("cancelled", "lost") for future in done):
        raise CancelledError
    return done


def _taken_home(future: Any, job: Job, root: Path) -> Outcome:
    """Put in place what a job became on the cluster, and return what became of it."""
    error = future.exception()
    if isinstance(error, ImportError):
        return Outcome(name=job.name, error=f"a worker lacks a package ({error}): {_INSTALL}", hopeless=True)
    if error is not None:
        return Outcome(name=job.name, error=f"{type(error).__name__}: {error}")
    outcome, products = future.result()
    if outcome.error is not None:
        return outcome  # type: ignore[no-any-return]
    return attempt(partial(do_job, partial(_unpack, products), root), job.name, job)


def _unpack(products: Mapping[str, bytes], _: object, root: Path) -> None:
    for name, content in products.items():
        write_atomic(root / name, content)

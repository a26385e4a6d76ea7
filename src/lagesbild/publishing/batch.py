"""Many documents over the cores: progress, failures gathered, what is up to date skipped."""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import joblib
from joblib.externals.loky import process_executor
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from lagesbild.errors import LagesbildError

Job = TypeVar("Job")

#: How much a worker's memory may grow, in bytes, before it is replaced.
WORKER_GROWTH = 1_500_000_000

#: Without a terminal, a line of progress is printed this many times a batch.
PLAIN_LINES = 10


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one job.

    Parameters
    ----------
    name
        What the job was about ("1440-ale").
    made
        Whether something was made; False where it was up to date.
    error
        What went wrong, or None.
    seconds
        How long it took.
    """

    name: str
    made: bool = False
    error: str | None = None
    seconds: float = 0.0


@dataclass(frozen=True, kw_only=True)
class BatchResult:
    """All outcomes of a batch, in the order of the jobs."""

    outcomes: tuple[Outcome, ...] = field(default=())

    @property
    def made(self) -> int:
        """How many documents were made."""
        return sum(outcome.made for outcome in self.outcomes)

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The jobs that failed."""
        return tuple(outcome for outcome in self.outcomes if outcome.error is not None)

    def raise_failures(self) -> None:
        """Raise `BatchError` if any job failed.

        Raises
        ------
        BatchError
            Naming every failed job with its error.
        """
        if self.failed:
            raise BatchError(tuple((outcome.name, outcome.error or "") for outcome in self.failed), len(self.outcomes))


class BatchError(LagesbildError):
    """Some documents of a batch failed; the others are made.

    Parameters
    ----------
    failures
        Name and error of each failed job.
    total
        Number of jobs in the batch.
    """

    def __init__(self, failures: tuple[tuple[str, str], ...], total: int) -> None:
        super().__init__(failures, total)
        self.failures = failures
        self.total = total

    def __str__(self) -> str:
        """Return one line for each failure."""
        lines = [f"{len(self.failures)} of {self.total} failed, the others are made:"]
        return "\n".join(lines + [f"  - {name}: {error}" for name, error in self.failures])


def _keep_worker() -> None:
    """Let a worker keep the memory it has grown into.

    Typst's cache levels out after about ten documents, at 0.8 GB. loky would take the growth for a leak and replace
    the worker, which then imports everything again; a real leak is still stopped.
    """
    process_executor._MAX_MEMORY_LEAK_SIZE = WORKER_GROWTH


def _run(work: Callable[[Job], bool], name: str, job: Job) -> Outcome:
    """Do one job, turning an error into an outcome so that the others go on."""
    _keep_worker()
    start = time.perf_counter()
    try:
        made = work(job)
    except Exception as error:  # one bad document must not stop the other 289
        text = str(error) if isinstance(error, LagesbildError) else f"{type(error).__name__}: {error}"
        return Outcome(name=name, error=text, seconds=time.perf_counter() - start)
    return Outcome(name=name, made=made, seconds=time.perf_counter() - start)


def _shown(outcomes: Iterator[Outcome], total: int, title: str) -> list[Outcome]:
    """Gather outcomes while showing progress: a bar on a terminal, a few plain lines elsewhere."""
    console = Console(stderr=True)
    done: list[Outcome] = []
    if console.is_terminal:
        columns = (TextColumn(title), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console) as progress:
            task = progress.add_task(title, total=total)
            for outcome in outcomes:
                done.append(outcome)
                progress.advance(task)
        return done
    every = max(1, total // PLAIN_LINES)
    for outcome in outcomes:
        done.append(outcome)
        if len(done) % every == 0 or len(done) == total:
            sys.stderr.write(f"{title}: {len(done)}/{total}\n")
    return done


def run_batch(work: Callable[[Job], bool], jobs: Sequence[tuple[str, Job]], *, title: str, cores: int) -> BatchResult:
    """Do all jobs over `cores` processes and gather what became of each.

    Parameters
    ----------
    work
        Does one job, returns whether anything was made; must pickle.
    jobs
        Name and argument of each job.
    title
        Shown with the progress.
    cores
        Number of processes; with 1 the work is done in this one.

    Returns
    -------
    BatchResult
        Outcomes in the order of `jobs`.
    """
    parallel = joblib.Parallel(n_jobs=cores, return_as="generator", batch_size=1)
    calls = (joblib.delayed(_run)(work, name, job) for name, job in jobs)
    with warnings.catch_warnings():
        # loky replaces a worker whose memory has grown, and gives its jobs to the next: none is lost.
        warnings.filterwarnings("ignore", message="A worker stopped", category=UserWarning)
        return BatchResult(outcomes=tuple(_shown(iter(parallel(calls)), len(jobs), title)))

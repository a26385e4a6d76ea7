"""The jobs of a batch: one document each, that knows which files it reads and which it becomes.

That is all a batch needs to know. On this machine a job is done in the folder itself; on another machine its
files are carried there, put into a folder of their own, and what it became is carried back (`cluster`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from lagesbild.files import holding, remove_abandoned_lock, remove_unfinished_of
from lagesbild.publishing.batch import BatchResult, Outcome, Queue, attempt
from lagesbild.publishing.gathered_jobs import MakeTogether, run_gathered
from lagesbild.publishing.progress import Settled, shown
from lagesbild.publishing.records import Record, is_current, outputs_of
from lagesbild.publishing.scratch import scratch_folder
from lagesbild.publishing.worker_pool import run_in_workers


@dataclass(frozen=True, kw_only=True)
class Job:
    """One document to make. Every path is relative to the root, so that the job can be done under another one.

    Parameters
    ----------
    name
        Name in progress and messages ("1440-ale").
    task
        What the function that makes the document is given; must pickle and hold no path of this machine.
    wanted
        The record of what the document is made from; its outputs are not known yet.
    record
        Where the record lands.
    reads
        The files the document is made from, beside the project's own.
    writes
        The files it becomes.
    """

    name: str
    task: Any
    wanted: Record
    record: str
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...]


#: Makes a document: given the job's task and the root, it writes the files that the job names.
Make = Callable[[Any, Path], None]


def run_jobs(
    make: Make,
    jobs: Sequence[Job],
    *,
    root: Path,
    title: str,
    cores: int,
    scheduler: str | None = None,
    together: MakeTogether | None = None,
) -> BatchResult:
    """Do the jobs whose documents are not up to date, and gather what became of each.

    Parameters
    ----------
    make
        Makes one document; must pickle.
    jobs
        What to make.
    root
        The folder that holds ``_work`` and ``_release``.
    title
        Shown with the progress.
    cores
        Number of processes; with 1 the work is done in this one.
    scheduler
        Address of a Dask scheduler whose workers shall do the jobs instead.
    together
        Makes several at once, where that is faster; see `gathered_jobs`. Other machines make them one by one.

    Returns
    -------
    BatchResult
        Outcomes in the order of `jobs`; a document that failed leaves its earlier files as they were.
    """
    for job in jobs:
        remove_abandoned_lock(root / job.record)
    with ThreadPoolExecutor(cores) as threads:
        current = list(threads.map(lambda job: is_current(job.wanted, root / job.record, root), jobs))
    stale = [job for job, stands in zip(jobs, current, strict=True) if not stands]
    made: dict[str, Outcome] = {}
    for number, outcome in shown(
        _settled(make, stale, root, cores, scheduler=scheduler, together=together), len(stale), title
    ):
        made[stale[number].record] = outcome
    return BatchResult(outcomes=tuple(made.get(job.record, Outcome(name=job.name)) for job in jobs))


def _settled(
    make: Make,
    jobs: Sequence[Job],
    root: Path,
    cores: int,
    *,
    scheduler: str | None,
    together: MakeTogether | None,
) -> Iterator[Settled]:
    if scheduler is not None and jobs:
        from lagesbild.publishing.cluster import run_on_cluster  # noqa: PLC0415 - it does jobs as this module says

        yield from run_on_cluster(make, jobs, root=root, scheduler=scheduler)
        return
    work = partial(do_job, make, root)
    named = [(job.name, job) for job in jobs]
    one_by_one = partial(run_in_workers, work, cores=cores) if min(cores, len(jobs)) > 1 else partial(run_here, work)
    with scratch_folder():
        if together is not None and len(jobs) > 1:
            yield from run_gathered(together, one_by_one, jobs, root=root, cores=cores)
        else:
            yield from one_by_one(named)


def run_here(work: Callable[..., bool], jobs: Sequence[tuple[str, Any]]) -> Iterator[Settled]:
    """Do jobs one by one in this process; see `worker_pool.run_in_workers`."""
    queue = Queue([name for name, _ in jobs])
    while queue:
        one = queue.take()
        name, job = jobs[one.number]
        yield from queue.settle(one, attempt(work, name, job, one.wait))


def do_job(make: Make, root: Path, job: Job, wait: bool = True) -> bool:
    """Make one document under `root` and its record; return False where another run has made it meanwhile.

    The record comes last: a run that is killed before it leaves a document that counts as not made.

    Parameters
    ----------
    wait
        Whether to wait for another run that is making the same document.

    Raises
    ------
    BusyError
        If another run is making it and `wait` is false.
    """
    with holding(root / job.record, wait=wait):
        if is_current(job.wanted, root / job.record, root):
            return False
        for name in (*job.writes, job.record):
            remove_unfinished_of(root / name)
        make(job.task, root)
        outputs = outputs_of([root / name for name in job.writes], root)
        replace(job.wanted, outputs=outputs).write(root / job.record)
    return True

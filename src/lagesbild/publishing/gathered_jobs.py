"""Jobs done some at a time, for a renderer that starts slowly and renders many documents in one go.

Each worker takes as many documents as are rendered together, each with its own lock and record. Where that fails as a
whole, its documents are done one by one, so that the error names the one at fault and the others are made.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lagesbild.files import BusyError, holding, remove_unfinished_of
from lagesbild.publishing.batch import Outcome, failure
from lagesbild.publishing.progress import Settled
from lagesbild.publishing.records import is_current, outputs_of
from lagesbild.publishing.worker_pool import run_in_workers

if TYPE_CHECKING:
    from lagesbild.publishing.jobs import Job

#: So many documents are made together: more gain little, and a killed run loses those it had not finished.
TOGETHER = 10

#: Makes several documents: given their tasks and the root, it returns for each the error it ended with, or None.
MakeTogether = Callable[[Sequence[Any], Path], Sequence[Exception | None]]


def run_gathered(
    make: MakeTogether,
    one_by_one: Callable[[Sequence[tuple[str, Job]]], Iterator[Settled]],
    jobs: Sequence[Job],
    *,
    root: Path,
    cores: int,
) -> Iterator[Settled]:
    """Do jobs some at a time over `cores` processes, and what is left of them by `one_by_one`.

    Yields
    ------
    tuple of int and Outcome
        The number of a job and what became of it, as they are settled.
    """
    size = max(1, min(TOGETHER, math.ceil(len(jobs) / max(cores, 1))))
    groups = [range(start, min(start + size, len(jobs))) for start in range(0, len(jobs), size)]
    named = [(jobs[group[0]].name, [jobs[number] for number in group]) for group in groups]
    left: list[int] = []
    for number, outcome in run_in_workers(partial(do_together, make, root), named, cores=cores):
        if not outcome.parts:
            left += groups[number]
        for place, part in zip(groups[number], outcome.parts, strict=False):
            if part.again:
                left.append(place)
            else:
                yield place, part
    if left:
        for number, outcome in one_by_one([(jobs[place].name, jobs[place]) for place in left]):
            yield left[number], outcome


def do_together(make: MakeTogether, root: Path, jobs: Sequence[Job], wait: bool = False) -> tuple[Outcome, ...]:
    """Make several documents under `root`, each with its record; return what became of each.

    A document that another run is making is left to be done by itself, whatever `wait` says: who holds the locks of
    some must not wait for those of others.
    """
    outcomes: dict[int, Outcome] = {}
    with contextlib.ExitStack() as held:
        for number, job in enumerate(jobs):
            try:
                held.enter_context(holding(root / job.record, wait=False))
            except BusyError:
                outcomes[number] = Outcome(name=job.name, again="busy")
                continue
            if is_current(job.wanted, root / job.record, root):
                outcomes[number] = Outcome(name=job.name)
                continue
            for name in (*job.writes, job.record):
                remove_unfinished_of(root / name)
        mine = [number for number in range(len(jobs)) if number not in outcomes]
        errors = make([jobs[number].task for number in mine], root) if mine else []
        for number, error in zip(mine, errors, strict=True):
            job = jobs[number]
            if error is not None:
                outcomes[number] = failure(job.name, error)
                continue
            outputs = outputs_of([root / name for name in job.writes], root)
            replace(job.wanted, outputs=outputs).write(root / job.record)
            outcomes[number] = Outcome(name=job.name, made=True)
    return tuple(outcomes[number] for number in range(len(jobs)))

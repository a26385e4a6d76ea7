"""What a worker of the cluster does with a job: it makes the document in a folder of its own and hands it back."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from lagesbild.files import write_atomic
from lagesbild.publishing.batch import Outcome
from lagesbild.publishing.code_digests import code_digests, source_digest
from lagesbild.publishing.jobs import Job, Make
from lagesbild.publishing.worker_pool import Worker

_processes = threading.local()
_code = lru_cache(maxsize=1)(code_digests)
_source = lru_cache(maxsize=8)(source_digest)


def carry_out(make: Make, job: Job, files: Mapping[str, bytes]) -> tuple[Outcome, dict[str, bytes]]:
    """Make one document from the files that came with its job.

    Parameters
    ----------
    make
        Makes the document.
    job
        What to make.
    files
        Content of each file that it reads, by its path relative to the root.

    Returns
    -------
    tuple of Outcome and dict
        What became of the job, and each file's content by its path relative to the root.
    """
    differing = _other_than_here(job.wanted.inputs, job.wanted.document)
    if differing:
        error = f"a worker has another version of lagesbild ({', '.join(differing)}): install the same as here"
        return Outcome(name=job.name, error=error, hopeless=True), {}
    with tempfile.TemporaryDirectory(prefix="lagesbild-", dir=_own_folder()) as name:
        root = Path(name)
        for path, content in files.items():
            write_atomic(root / path, content)
        worker = _process()
        worker.give(job.name, make, job.task, root)
        outcome = worker.result(job.name)
        if outcome.error is not None:
            return outcome, {}
        return outcome, {path: (root / path).read_bytes() for path in job.writes}


def call(make: Make, task: Any, root: Path) -> bool:
    """Make a document; for the process that does it."""
    make(task, root)
    return True


def _process() -> Worker:
    """Return this thread's process for documents; a dead one is replaced.

    Not the cluster's worker itself: its threads share one current folder and survive no fork, and it must outlive a
    document that takes all memory.
    """
    worker: Worker | None = getattr(_processes, "worker", None)
    if worker is None or not worker.alive:
        worker = _processes.worker = Worker(call, scratch=_own_folder())
    return worker


def _own_folder() -> Path | None:
    """Return the worker's own folder, which Dask removes when the worker ends; None outside a cluster."""
    from distributed import get_worker  # noqa: PLC0415 - this module is read where Dask is not installed

    try:
        return Path(get_worker().local_directory)
    except ValueError:
        return None


def _other_than_here(inputs: Mapping[str, str], document: str) -> list[str]:
    """Return what of the code and the templates is not the same here as where the job comes from."""
    folder = Path(document).parent.as_posix()
    here = {**_code(), **(_source(document) if folder in inputs else {})}
    return sorted(name for name, digest in here.items() if name in inputs and inputs[name] != digest)

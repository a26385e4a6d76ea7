"""Work shared among processes that end with the one that shares it, also where that is killed."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
from collections.abc import Callable, Iterable
from typing import TypeVar

Made = TypeVar("Made")

#: Linux's number for "send me a signal when my parent dies".
_PR_SET_PDEATHSIG = 1


def end_with(parent: int) -> None:
    """Let this process be killed when its parent is, so that a killed run leaves nothing at work behind it.

    Only Linux can; elsewhere a process ends when it next has something to tell.
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def in_processes(work: Callable[..., Made], tasks: Iterable[tuple[object, ...]], *, jobs: int) -> list[Made]:
    """Return what a function makes of each task, in the order of the tasks.

    Parameters
    ----------
    work
        A function that other processes can import.
    tasks
        Arguments of each call.
    jobs
        Number of processes.
    """
    import joblib  # noqa: PLC0415 - most commands share nothing

    shared = joblib.delayed(_ending)
    found: list[Made] = joblib.Parallel(n_jobs=jobs)(shared(os.getpid(), work, *task) for task in tasks)
    return found


def _ending(parent: int, work: Callable[..., Made], *task: object) -> Made:
    """Do one task in a process that ends with its parent; joblib does it in the parent itself where it sees fit."""
    if os.getpid() != parent:
        end_with(parent)
    return work(*task)

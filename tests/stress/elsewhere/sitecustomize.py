"""Lets every folder be listed in another order, as another file system would; and lets a process with faketime sleep.

Python loads this by itself where its folder is on the path.
"""

from __future__ import annotations

import os
import random
import select
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

_chance = random.Random(os.environ.get("SHUFFLED", "0"))
_listdir, _scandir = os.listdir, os.scandir


def listdir(*where: Any) -> list[Any]:
    """Return a folder's names in any order."""
    names = _listdir(*where)
    _chance.shuffle(names)
    return names


class Shuffled(AbstractContextManager["Shuffled"]):
    """A folder's entries in any order."""

    def __init__(self, *where: Any) -> None:
        with _scandir(*where) as found:
            self._entries = list(found)
        _chance.shuffle(self._entries)
        self._left = iter(self._entries)

    def __iter__(self) -> Iterator[Any]:
        """Return the entries."""
        return self

    def __next__(self) -> Any:
        """Return the next entry."""
        return next(self._left)

    def __exit__(self, *_: object) -> None:
        """End the listing."""

    def close(self) -> None:
        """End the listing."""


def sleep(seconds: float) -> None:
    """Sleep without the system call that libfaketime 0.9.10 spoils where it leaves the clock of spans alone."""
    select.select([], [], [], seconds)


if "SHUFFLED" in os.environ:
    os.listdir = listdir
    os.scandir = Shuffled  # type: ignore[assignment, misc]
if "faketime" in os.environ.get("LD_PRELOAD", ""):
    time.sleep = sleep

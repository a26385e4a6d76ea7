"""What becomes of many documents: outcomes, failures gathered, and which are tried again."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lagesbild.errors import LagesbildError, disk_full
from lagesbild.files import BusyError

#: So many documents that failed in the same way are named; the rest are counted.
NAMED_FAILURES = 5


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
    again
        "busy" where another run was making the same document, "killed" where a process died under it.
    hopeless
        Whether every other document would fail in the same way (a full disk, a missing font).
    parts
        What became of each document, where one job was about several.
    """

    name: str
    made: bool = False
    error: str | None = None
    seconds: float = 0.0
    again: str = ""
    hopeless: bool = False
    parts: tuple[Outcome, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BatchResult:
    """All outcomes of a batch, in the order of the jobs."""

    outcomes: tuple[Outcome, ...] = field(default=())

    @property
    def made(self) -> int:
        """How many documents were made."""
        return sum(outcome.made for outcome in self.outcomes)

    @property
    def current(self) -> int:
        """How many documents were up to date already."""
        return len(self.outcomes) - self.made - len(self.failed)

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
        """Return a line for each failure, or for each run of documents that failed in the same way."""
        names: dict[str, list[str]] = {}
        for name, error in self.failures:
            names.setdefault(error, []).append(name)
        others = ", the others are made" if len(self.failures) < self.total else ""
        lines = [f"{len(self.failures)} of {self.total} failed{others}:"]
        for error, same in names.items():
            more = f" and {len(same) - NAMED_FAILURES} more" if len(same) > NAMED_FAILURES else ""
            lines.append(f"  - {', '.join(same[:NAMED_FAILURES])}{more}: {error}")
        return "\n".join(lines)


def attempt(work: Callable[..., bool | tuple[Outcome, ...]], name: str, *arguments: Any) -> Outcome:
    """Do one job, turning an error into an outcome so that the others go on."""
    start = time.perf_counter()
    try:
        made = work(*arguments)
    except BusyError:
        return Outcome(name=name, again="busy")
    except Exception as error:  # one bad document must not stop the other 289
        return replace(failure(name, error), seconds=time.perf_counter() - start)
    parts, made = (made, True) if isinstance(made, tuple) else ((), made)
    return Outcome(name=name, made=made, seconds=time.perf_counter() - start, parts=parts)


def failure(name: str, error: Exception) -> Outcome:
    """Return the outcome of a job that ended with an error."""
    told = disk_full(error) or error
    if not isinstance(told, LagesbildError):
        return Outcome(name=name, error=f"{type(told).__name__}: {told}")
    return Outcome(name=name, error=str(told), again="killed" if told.killed else "", hopeless=told.hopeless)


@dataclass(frozen=True)
class Try:
    """One try at a job.

    Parameters
    ----------
    number
        Its place among the jobs.
    wait
        Whether to wait for another run that is making the same document.
    killed
        Whether a process has died under it before.
    """

    number: int
    wait: bool = False
    killed: bool = False


class Queue:
    """Jobs in order; what must be tried again comes last, when memory is freer and another run has gone on.

    Parameters
    ----------
    names
        Name of each job.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._tries = deque(Try(number) for number in range(len(names)))

    def __bool__(self) -> bool:
        """Return whether there is anything left to try."""
        return bool(self._tries)

    def take(self) -> Try:
        """Return the next try."""
        return self._tries.popleft()

    def settle(self, one: Try, outcome: Outcome) -> list[tuple[int, Outcome]]:
        """Return what is settled by what became of a try: nothing where the job is to be tried again.

        A failure that all the others would share settles every job that is left.
        """
        if outcome.again == "busy" and not one.wait:
            self._tries.append(replace(one, wait=True))
            return []
        if outcome.again == "killed" and not one.killed:
            self._tries.append(replace(one, killed=True))
            return []
        settled = [(one.number, outcome)]
        if outcome.hopeless:
            reason = f"not tried, since it would fail as {outcome.name} did"
            settled += [(left.number, Outcome(name=self._names[left.number], error=reason)) for left in self._tries]
            self._tries.clear()
        return settled

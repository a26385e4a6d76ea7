"""How far a batch has come: a bar on a terminal, a few plain lines elsewhere, with rate and time left."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from lagesbild.publishing.batch import Outcome

#: Without a terminal, a line of progress is printed this many times a batch.
PLAIN_LINES = 10

Settled = tuple[int, Outcome]


def pace(done: int, total: int, failed: int, seconds: float) -> str:
    """Return the rate and the time left in words ("4.6 documents/s, about 50 s left").

    Parameters
    ----------
    done, total
        Documents that are settled, and all of them.
    failed
        How many of the settled ones failed.
    seconds
        How long it has taken.
    """
    told = [f"{failed} failed"] if failed else []
    if done and seconds > 0:
        rate = done / seconds
        told.append(f"{rate:.1f} documents/s" if rate >= 1 else f"{60 * rate:.0f} documents/min")
        left = round((total - done) / rate)
        if left:
            told.append(f"about {left} s left" if left < 120 else f"about {round(left / 60)} min left")
    return ", ".join(told)


def shown(settled: Iterable[Settled], total: int, title: str) -> Iterator[Settled]:
    """Pass on what is settled while showing how far the batch has come."""
    console = Console(stderr=True)
    start = time.monotonic()
    done = failed = 0
    if console.is_terminal:
        columns = (TextColumn(title), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[pace]}"))
        with Progress(*columns, console=console) as progress:
            task = progress.add_task(title, total=total, pace="")
            for one in settled:
                done, failed = done + 1, failed + (one[1].error is not None)
                progress.update(task, advance=1, pace=pace(done, total, failed, time.monotonic() - start))
                yield one
        return
    every = max(1, total // PLAIN_LINES)
    for one in settled:
        done, failed = done + 1, failed + (one[1].error is not None)
        if done % every == 0 or done == total:
            told = pace(done, total, failed, time.monotonic() - start)
            sys.stderr.write(f"{title}: {done}/{total}{', ' if told else ''}{told}\n")
            sys.stderr.flush()
        yield one

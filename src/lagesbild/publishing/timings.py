"""How long each step took, for the table that a build ends with; kept in the work folder alone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lagesbild.files import write_atomic
from lagesbild.publishing.layout import Layout


@contextmanager
def timed(work: Path, step: str, part: str = "") -> Iterator[None]:
    """Note under the work folder how long the block took, as the time of `step` or of one `part` of it (an area)."""
    start = time.perf_counter()
    yield
    name = f"{step}-{part}" if part else step
    write_atomic(work / "timings" / name, f"{time.perf_counter() - start:.3f}\n")


def seconds_of(layout: Layout, step: str) -> float:
    """Return the seconds of a step, all its parts together; zero where it has not been run."""
    folder = layout.work / "timings"
    files = [folder / step, *folder.glob(f"{step}-*")]
    return sum(float(path.read_text()) for path in files if path.is_file())

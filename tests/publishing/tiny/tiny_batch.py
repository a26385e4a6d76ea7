"""A folder for a batch of tiny documents, what its processes are told, and the faults that shall strike it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

TINY = Path(__file__).parent


@dataclass(frozen=True)
class Batch:
    """A folder for a batch of tiny documents, and what its processes are told."""

    folder: Path
    count: int = 8

    @property
    def root(self) -> Path:
        """The folder that holds ``_work`` and ``_release``."""
        return self.folder / "root"

    @property
    def environment(self) -> dict[str, str]:
        """Variables of the batch's processes."""
        paths = {"TINY_LOG": "log", "TINY_FAULTS": "faults", "TMPDIR": "tmp"}
        # What is on the path already stays there: it may lead to another copy of the project.
        path = os.pathsep.join([str(TINY), *filter(None, [os.environ.get("PYTHONPATH")])])
        return {**os.environ, "PYTHONPATH": path, **{key: str(self.folder / at) for key, at in paths.items()}}

    def prepared(self) -> Batch:
        """Return the batch with its data written."""
        for name in ("faults", "tmp", "root/_work"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        for number in range(self.count):
            (self.root / "_work" / f"{number}.txt").write_text(f"Indata {number}\n", encoding="utf-8")
        return self

    def fault(self, number: int, what: str) -> None:
        """Let a fault strike when a document is executed."""
        (self.folder / "faults" / str(number)).write_text(what, encoding="utf-8")

    def start(self, *options: str) -> subprocess.Popen[str]:
        """Start a run of the batch."""
        command = [sys.executable, str(TINY / "tiny_documents.py"), str(self.root), str(self.count), *options]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, env=self.environment, stdout=pipe, stderr=pipe, text=True)

    def executed(self) -> dict[int, int]:
        """Return how many times each document was executed."""
        return dict(sorted(Counter(map(int, (self.folder / "log").read_text().split())).items()))

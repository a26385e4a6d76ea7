"""What ``lagesbild new-year`` writes, and what it leaves because it stands there already."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from lagesbild.files import write_atomic


@dataclass(kw_only=True)
class NewYear:
    """What was prepared.

    Parameters
    ----------
    checklist
        The file that tells it.
    text
        The checklist as it is now.
    written
        Files that were written now.
    kept
        Files that stood there already and were left as they were.
    """

    checklist: Path
    text: str = ""
    written: list[Path] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)

    def put(self, path: Path, text: str) -> None:
        """Write a file unless there is one."""
        if path.exists():
            self.kept.append(path)
        else:
            write_atomic(path, text)
            self.written.append(path)

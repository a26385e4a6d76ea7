"""Which files stand beside the observations in a source's work folder, and the hash that the import leaves of them."""

from __future__ import annotations

from pathlib import Path

from lagesbild.catalogue.analyst import TYPES as ANALYST_FRAMES
from lagesbild.catalogue.background import FILE as BACKGROUND
from lagesbild.catalogue.peers import FILE as PEERS

#: Holds a hash of all that stands beside the observations.
DIGEST = "sammanhang.digest"


def context_files(work: Path) -> list[Path]:
    """Return the files that are there."""
    return [path for name in (PEERS, BACKGROUND, *ANALYST_FRAMES) if (path := work / name).is_file()]

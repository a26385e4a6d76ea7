"""Work for the processes of a pool, which know this module by its name."""

from __future__ import annotations

import os
import signal
import tempfile


def elsewhere(parent: int, wait: bool) -> bool:
    """Return whether this is another process than the one that asks, whose temporary files land where its do."""
    return os.getpid() != parent and tempfile.gettempdir() == os.environ["TMPDIR"]


def odd_ones_die(number: int, wait: bool) -> bool:
    """Kill this process for an odd number."""
    if number % 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return True

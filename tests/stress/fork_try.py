"""One try in a process of its own, so that one that crashes or hangs is told as such and harms no other."""

from __future__ import annotations

import os
import pickle
import select
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lagesbild.errors import LagesbildError, disk_full

#: No single try takes near so long; one that does hangs.
LIMIT = 120.0


def tried(work: Callable[[], Any], *, limit: float = LIMIT) -> tuple[str, Any]:
    """Do something in a forked child.

    Returns
    -------
    tuple of str and Any
        ``("gave", what it returned)``, ``("refused", the message)`` where it raised one of the project's own errors,
        ``("crashed", the last of the traceback or the signal)``, or ``("hung", "")``.
    """
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reads)
        with tempfile.TemporaryFile() as quiet:
            for stream in (1, 2):
                os.dup2(quiet.fileno(), stream)
            told = _outcome(work)
            content = pickle.dumps(told)
            with os.fdopen(writes, "wb") as pipe:
                pipe.write(content)
        os._exit(0)
    os.close(writes)
    content = b""
    while True:
        ready, _, _ = select.select([reads], [], [], limit)
        if not ready:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            os.close(reads)
            return "hung", ""
        part = os.read(reads, 1 << 20)
        if not part:
            break
        content += part
    os.close(reads)
    _, status = os.waitpid(child, 0)
    if not content:
        code = os.waitstatus_to_exitcode(status)
        return "crashed", f"ended by {signal.Signals(-code).name}" if code < 0 else f"ended with {code}"
    outcome: tuple[str, Any] = pickle.loads(content)
    return outcome


def _outcome(work: Callable[[], Any]) -> tuple[str, Any]:
    try:
        return "gave", work()
    except LagesbildError as error:
        return "refused", str(error)
    except BaseException as error:
        full = disk_full(error)
        if full is not None:
            return "refused", str(full)
        place = ""
        trace = error.__traceback__
        while trace is not None:
            file = Path(trace.tb_frame.f_code.co_filename)
            if "lagesbild" in file.parts:
                place = f"{file.name}:{trace.tb_lineno}"
            trace = trace.tb_next
        return "crashed", f"{type(error).__name__} at {place}: {str(error)[:200]}"


def imported(*names: str) -> None:
    """Import modules now, so that each child does not."""
    for name in names:
        __import__(name)
    sys.stdout.flush()

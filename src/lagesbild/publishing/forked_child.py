"""The forked process that one notebook runs in, as the warm process holds it: begin, hear of each cell, end."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
import time
import warnings
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any

from lagesbild.shared_work import end_with

_POLL_SECONDS = 0.05


class Child:
    """A forked process that runs cells; its process group ends with it."""

    def __init__(self, sources: list[str], folder: Path) -> None:
        self._redirected = (folder / "stdout", folder / "stderr")
        for path in self._redirected:
            path.touch()
        receiver, sender = Pipe(duplex=False)
        gc.freeze()
        parent = os.getpid()
        with warnings.catch_warnings():
            # Python warns of forking while threads run. The child only uses what survives a fork.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._pid = os.fork()
        if self._pid == 0:
            end_with(parent)
            _child_main(sources, folder, self._redirected, receiver, sender)
        sender.close()
        self._receiver = receiver
        self._ended: int | None = None

    def next_cell(self, timeout: float | None) -> tuple[list[dict[str, Any]], int, bool, int | None]:
        """Return outputs, count, whether the cell failed and the line in it.

        Raises
        ------
        TimeoutError
            If the cell takes longer than `timeout` seconds.
        ChildProcessError
            If the process ends instead.
        """
        limit = None if timeout is None else time.monotonic() + timeout
        while True:
            if self._receiver.poll(_POLL_SECONDS):
                try:
                    kind, *message = self._receiver.recv()
                except EOFError:
                    raise ChildProcessError(self._end()) from None
                if kind == "broken":
                    raise ChildProcessError(f"could not be run: {message[0]}")
                if kind == "done":
                    return tuple(message)
            elif self._reaped() and not self._receiver.poll(0):
                raise ChildProcessError(self._end())
            if limit is not None and time.monotonic() > limit:
                raise TimeoutError(f"did not finish within {timeout:g} seconds")

    @property
    def killed(self) -> bool:
        """Whether a signal ended the process."""
        return self._ended is not None and os.WIFSIGNALED(self._ended)

    def stop(self) -> None:
        """End the process and every process it started."""
        # The group outlives its leader while a process the notebook started is still there.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._pid, signal.SIGKILL)
        if not self._reaped():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
        self._reaped(wait=True)
        self._receiver.close()

    def _reaped(self, wait: bool = False) -> bool:
        if self._ended is None:
            pid, status = os.waitpid(self._pid, 0 if wait else os.WNOHANG)
            if pid:
                self._ended = status
        return self._ended is not None

    def _end(self) -> str:
        """Say how the process ended, with the last line it wrote itself."""
        self._reaped(wait=True)
        code = os.waitstatus_to_exitcode(self._ended or 0)
        how = f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended its process with exit code {code}"
        written = self._redirected[1].read_text("utf-8", "replace").strip().split("\n")[-1]
        return f"{how}: {written}" if written else how


def _child_main(
    sources: list[str], folder: Path, redirected: tuple[Path, Path], receiver: Connection, sender: Connection
) -> None:
    """Run the cells and leave without the parent's exit handlers."""
    code = 1
    try:
        os.setsid()
        receiver.close()
        for interrupt in (signal.SIGINT, signal.SIGTERM):
            signal.signal(interrupt, signal.SIG_DFL)
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - stands for the process's life
        for number, path in zip((1, 2), redirected, strict=True):
            os.dup2(os.open(path, os.O_WRONLY | os.O_APPEND), number)
        from lagesbild.publishing.forked_shell import run_cells  # noqa: PLC0415 - as in `warm_up`

        run_cells(sources, scratch=folder, redirected=redirected, send=sender.send)
        code = 0
    except BaseException as error:
        # Whatever it is, the parent must hear of it.
        sender.send(("broken", f"{type(error).__name__}: {error}"))
    finally:
        sender.close()
        os._exit(code)

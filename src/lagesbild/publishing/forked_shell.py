"""The child's side of the fork engine: it runs cells in a shell that records what they show.

It answers as a Jupyter kernel would (streams, display data, execute results, errors, inline figures), with two
differences that make its output the same every time: figures are SVG, with fixed ids and no date.
"""

from __future__ import annotations

import io
import os
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.rcsetup import validate_backend

from lagesbild.publishing.cell_recorder import Recorder
from lagesbild.publishing.recording_shell import RecordingShell, spare_shell

#: Seeds the ids in an SVG figure, which matplotlib otherwise draws from a random number.
SVG_SALT = "lagesbild"

#: The backend of matplotlib that shows figures below their cell.
BACKEND = "module://matplotlib_inline.backend_inline"


def warm_shell() -> None:
    """Make in the warm process what each child would else make for itself."""
    spare_shell()
    # The first look for a backend reads what every installed package has to offer.
    validate_backend(BACKEND)


class _Stream(io.TextIOBase):
    """Standard output or error of a cell; keeps a real file descriptor for processes a cell starts."""

    encoding = "utf-8"

    def __init__(self, name: str, number: int, recorder: Recorder) -> None:
        self.name = name
        self._number = number
        self._recorder = recorder

    def write(self, text: str) -> int:
        self._recorder.stream(self.name, text)
        return len(text)

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._number


def run_cells(
    sources: list[str],
    *,
    scratch: Path,
    redirected: tuple[Path, Path],
    send: Callable[[tuple[Any, ...]], None],
) -> None:
    """Run cells in order until one fails, sending ``("done", outputs, count, error_line or None)`` for each.

    Parameters
    ----------
    sources
        Source of each code cell.
    scratch
        Folder for what IPython wants to write.
    redirected
        Files that descriptors 1 and 2 write to, for text that does not pass through Python.
    send
        Called with each message; ``("start", n)`` comes before a cell is run.
    """
    shell = _shell(scratch)
    sys.stdout = _Stream("stdout", 1, shell.recorder)
    sys.stderr = _Stream("stderr", 2, shell.recorder)
    read = [0, 0]
    for n, source in enumerate(sources):
        send(("start", n))
        result = shell.run_cell(source, store_history=True)
        for stream, (name, path) in enumerate(zip(("stdout", "stderr"), redirected, strict=True)):
            text = path.read_bytes()[read[stream] :]
            read[stream] += len(text)
            shell.recorder.stream(name, text.decode("utf-8", "replace"))
        error = result.error_before_exec or result.error_in_exec
        line = None if error is None else _error_line(error)
        send(("done", shell.recorder.take(), result.execution_count, error is not None, line))
        if error is not None:
            return


def _shell(scratch: Path) -> RecordingShell:
    _restore_warnings()
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    sys.path.insert(0, "")
    shell = spare_shell()
    shell.enter(scratch)
    _inline_figures(shell)
    return shell


def _inline_figures(shell: RecordingShell) -> None:
    """Show figures as a notebook does, even where matplotlib was imported before the fork."""
    matplotlib.use(BACKEND, force=True)
    matplotlib.interactive(True)
    matplotlib.rcParams["svg.hashsalt"] = SVG_SALT
    if "matplotlib.pyplot" in sys.modules:
        from matplotlib_inline.backend_inline import configure_inline_support  # noqa: PLC0415 - imports all that draws

        configure_inline_support(shell, BACKEND)
    # Else the backend does so itself when a cell first draws. Most reports draw without matplotlib.


def _restore_warnings() -> None:
    """Give the notebook Python's usual warnings, whatever filters and catchers the parent has set.

    Python itself forgets which warnings it has shown once when the filters change.
    """
    warnings.showwarning = _show_warning  # type: ignore[assignment]
    warnings.resetwarnings()
    for category in (ResourceWarning, ImportWarning, PendingDeprecationWarning, DeprecationWarning):
        warnings.simplefilter("ignore", category)
    warnings.filterwarnings("default", category=DeprecationWarning, module="__main__")


def _show_warning(message: Warning | str, category: type[Warning], filename: str, lineno: int, *rest: Any) -> None:
    """Write a warning to the cell's standard error; `rest` is the file and the line's text, where given."""
    file, line = (*rest, None, None)[:2]
    (file or sys.stderr).write(warnings.formatwarning(message, category, filename, lineno, line))


def _error_line(error: BaseException) -> int | None:
    """Return the line within the cell that the error came from, counted from one."""
    if isinstance(error, SyntaxError) and error.lineno is not None:
        return error.lineno
    line = None
    frame = error.__traceback__
    while frame is not None:
        if frame.tb_frame.f_globals.get("__name__") == "__main__":
            line = frame.tb_lineno
        frame = frame.tb_next
    return line

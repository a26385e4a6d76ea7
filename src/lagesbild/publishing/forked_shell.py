"""The child's side of the fork engine: an IPython shell that records what cells show.

It answers as a Jupyter kernel would (streams, display data, execute results, errors, inline figures), with two
differences that make its output the same every time: figures are SVG, with fixed ids and no date.
"""

from __future__ import annotations

import base64
import io
import os
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

#: Seeds the ids in an SVG figure, which matplotlib otherwise draws from a random number.
SVG_SALT = "lagesbild"

Output = dict[str, Any]


class Recorder:
    """The outputs of the cell being run, in nbformat's shape."""

    def __init__(self) -> None:
        self.outputs: list[Output] = []
        self._shown: dict[str, list[Output]] = {}
        self._clear_next = False

    def take(self) -> list[Output]:
        """Return the outputs so far and begin anew."""
        outputs, self.outputs = self.outputs, []
        return outputs

    def stream(self, name: str, text: str) -> None:
        """Add text to a stream; as Jupyter does, text that follows on the same stream joins it."""
        self._before_output()
        last = self.outputs[-1] if self.outputs else None
        if last is not None and last["output_type"] == "stream" and last["name"] == name:
            last["text"] += text
        elif text:
            self.outputs.append({"output_type": "stream", "name": name, "text": text})

    def display(self, data: Output, metadata: Output, display_id: str | None = None, update: bool = False) -> None:
        """Add display data, or put it in the place of what was shown under the same id."""
        data = _plain(data)
        if update and display_id is not None:
            for output in self._shown.get(display_id, []):
                output["data"], output["metadata"] = data, metadata
            return
        self._before_output()
        output = {"output_type": "display_data", "data": data, "metadata": metadata}
        self.outputs.append(output)
        if display_id is not None:
            self._shown.setdefault(display_id, []).append(output)

    def result(self, data: Output, metadata: Output, count: int) -> None:
        """Add the value of the cell's last expression."""
        self._before_output()
        self.outputs.append(
            {
                "output_type": "execute_result",
                "data": _plain(data),
                "metadata": metadata,
                "execution_count": count,
            }
        )

    def error(self, name: str, value: str, traceback: list[str]) -> None:
        """Add the error that ended the cell."""
        self._before_output()
        self.outputs.append({"output_type": "error", "ename": name, "evalue": value, "traceback": traceback})

    def clear(self, wait: bool) -> None:
        """Forget the cell's outputs, now or when the next one comes."""
        if wait:
            self._clear_next = True
        else:
            self.outputs.clear()

    def _before_output(self) -> None:
        if self._clear_next:
            self.outputs.clear()
            self._clear_next = False


class _Publisher(DisplayPublisher):  # type: ignore[misc]
    def publish(
        self,
        data: Output,
        metadata: Output | None = None,
        *,
        transient: Output | None = None,
        update: bool = False,
        **_: Any,
    ) -> None:
        display_id = (transient or {}).get("display_id")
        self.shell.recorder.display(data, metadata or {}, display_id, update)

    def clear_output(self, wait: bool = False) -> None:
        self.shell.recorder.clear(wait)


class _Hook(DisplayHook):  # type: ignore[misc]
    def write_output_prompt(self) -> None:
        """A recorded result has its count beside it, not a prompt."""

    def write_format_data(self, format_dict: Output, md_dict: Output | None = None) -> None:
        if format_dict:
            self.shell.recorder.result(format_dict, md_dict or {}, self.prompt_count)

    def finish_displayhook(self) -> None:
        self._is_active = False


class RecordingShell(InteractiveShell):  # type: ignore[misc]
    """A shell without terminal, history or profile that gives its outputs to `recorder`."""

    recorder: Recorder
    error_line: int | None = None

    def init_virtualenv(self) -> None:
        """Run in this process's environment; another one that the caller has open is no business of a notebook's."""

    def init_display_pub(self) -> None:
        """Set the publisher and the recorder it writes to."""
        self.recorder = Recorder()
        super().init_display_pub()

    def enable_gui(self, gui: str | None = None) -> None:
        """There is no event loop to join."""

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        self.recorder.error(etype.__name__, str(evalue), [str(line) for line in stb])


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
    config = Config()
    config.HistoryManager.enabled = False
    config.InlineBackend.figure_formats = {"svg"}
    config.InlineBackend.print_figure_kwargs = {"bbox_inches": "tight", "metadata": {"Date": None}}
    InteractiveShell.clear_instance()
    RecordingShell.clear_instance()
    shell = RecordingShell.instance(
        config=config,
        ipython_dir=str(scratch / "ipython"),
        display_pub_class=_Publisher,
        displayhook_class=_Hook,
    )
    _inline_figures(shell)
    return shell  # type: ignore[no-any-return]


def _inline_figures(shell: RecordingShell) -> None:
    """Show figures as a notebook does, even where matplotlib was imported before the fork."""
    backend = "module://matplotlib_inline.backend_inline"
    matplotlib.use(backend, force=True)
    matplotlib.interactive(True)
    matplotlib.rcParams["svg.hashsalt"] = SVG_SALT
    if "matplotlib.pyplot" in sys.modules:
        from matplotlib_inline.backend_inline import configure_inline_support  # noqa: PLC0415 - imports all that draws

        configure_inline_support(shell, backend)
    # Else the backend does so itself when a cell first draws. Most reports draw without matplotlib.


def _restore_warnings() -> None:
    """Give the notebook Python's usual warnings, whatever filters and catchers the parent has set."""
    warnings.showwarning = _show_warning  # type: ignore[assignment]
    warnings.resetwarnings()
    for category in (ResourceWarning, ImportWarning, PendingDeprecationWarning, DeprecationWarning):
        warnings.simplefilter("ignore", category)
    warnings.filterwarnings("default", category=DeprecationWarning, module="__main__")
    for module in list(sys.modules.values()):
        # Not getattr: some modules import others when they are asked for a name they lack.
        registry = getattr(module, "__dict__", {}).get("__warningregistry__")
        if isinstance(registry, dict):
            registry.clear()


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


def _plain(data: Output) -> Output:
    """Return a bundle as JSON can hold it: bytes in base 64, as kernels send them."""
    return {
        kind: base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value
        for kind, value in data.items()
    }

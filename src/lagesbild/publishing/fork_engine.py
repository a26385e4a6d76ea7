"""The fast papermill engine: each notebook runs in a forked child of one warm process.

A Jupyter kernel takes about a second and a half to start and to import pandas and matplotlib. A forked child
has them from its parent at no cost, and shares nothing it changes with the parent or with the next child.
"""

from __future__ import annotations

import ast
import contextlib
import ctypes
import gc
import importlib
import itertools
import os
import signal
import sys
import tempfile
import time
import warnings
from functools import lru_cache
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any

import nbformat

from lagesbild.errors import DocumentError, KilledError, NotebookError
from lagesbild.publishing.cell_places import cell_place

#: Imported once by the parent, because nearly every document uses them or the shell that runs it does.
WARM_MODULES = (
    "pandas",
    "pyarrow.pandas_compat",
    "IPython.core.completer",
    "IPython.core.crashhandler",
    "IPython.core.interactiveshell",
    "IPython.core.logger",
    "IPython.core.magics",
    "IPython.core.oinspect",
    "lagesbild.publishing.forked_shell",
)

#: What a cell imports of these packages the parent imports too, so that only the first of many notebooks pays for it.
WARM_PACKAGES = frozenset({"lagesbild", "matplotlib", "numpy", "pandas", "scipy", "seaborn", "statsmodels"})

_POLL_SECONDS = 0.05

#: Linux's number for "send me a signal when my parent dies".
_PR_SET_PDEATHSIG = 1


def warm_up(modules: tuple[str, ...] = WARM_MODULES) -> None:
    """Import what notebooks use, so that their children need not.

    papermill imports this module when it is imported itself, so none of it stands at the top.
    """
    for module in modules:
        importlib.import_module(module)


@lru_cache(maxsize=256)
def imported_by(source: str) -> tuple[str, ...]:
    """Return the modules of `WARM_PACKAGES` that a cell imports; none of a cell that is no Python."""
    try:
        statements = ast.parse(source).body
    except SyntaxError:
        return ()
    names = [alias.name for one in statements if isinstance(one, ast.Import) for alias in one.names]
    names += [one.module for one in statements if isinstance(one, ast.ImportFrom) and one.module and not one.level]
    return tuple(name for name in names if name.split(".")[0] in WARM_PACKAGES)


class ForkEngine:
    """A papermill engine, registered as ``lagesbild-fork``."""

    # papermill loads its engines while it is being imported itself, so this module can't import it first and
    # is no subclass of its `Engine`; these three do what that would inherit.

    @classmethod
    def execute_notebook(cls, nb: Any, kernel_name: str | None, **options: Any) -> Any:
        """Run a notebook as papermill's own engines do; see `papermill.engines.Engine.execute_notebook`."""
        return _papermill_engine().execute_notebook.__func__(cls, nb, kernel_name, **options)

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> Any:
        """Return the kernel a notebook names."""
        return _papermill_engine().nb_kernel_name(nb, name)

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> Any:
        """Return the language a notebook is in."""
        return _papermill_engine().nb_language(nb, language)

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str | None,
        *,
        execution_timeout: float | None = None,
        **_: Any,
    ) -> None:
        """Run the notebook that `nb_man` manages, in the current folder.

        Parameters
        ----------
        nb_man
            papermill's manager of the notebook and its progress.
        kernel_name
            Not used: there is no kernel.
        execution_timeout
            Seconds a cell may take; null for no limit.

        Raises
        ------
        NotebookError
            If a cell takes too long or its process dies; names file, line and cell. A cell that raises an
            error is recorded as such, and papermill reports it.
        """
        if not hasattr(os, "fork"):
            raise DocumentError("lagesbild-fork", None, "this system can't fork", "Run with engine='nbclient'")
        warm_up()
        cells = [
            (index, cell)
            for index, cell in enumerate(nb_man.nb.cells)
            if cell.cell_type == "code" and cell.source.strip()
        ]
        for module in itertools.chain.from_iterable(imported_by(cell.source) for number, cell in cells):
            with contextlib.suppress(ImportError):  # the cell itself will say it
                importlib.import_module(module)
        if "matplotlib.pyplot" in sys.modules:
            importlib.import_module("matplotlib_inline.backend_inline")
        with tempfile.TemporaryDirectory(prefix="lagesbild-") as folder:
            child = _Child([cell.source for _, cell in cells], Path(folder))
            try:
                for index, cell in cells:
                    nb_man.cell_start(cell, index)
                    cell.outputs = []
                    cell.execution_count = None
                    if not _run_cell(nb_man, child, index, cell, execution_timeout):
                        return
                    nb_man.cell_complete(cell, index)
            finally:
                child.stop()


def _papermill_engine() -> Any:
    from papermill.engines import Engine  # noqa: PLC0415

    return Engine


def _run_cell(nb_man: Any, child: _Child, index: int, cell: Any, timeout: float | None) -> bool:
    """Wait for one cell and store what it showed; return whether the next may run."""
    try:
        outputs, count, failed, line = child.next_cell(timeout)
    except (TimeoutError, ChildProcessError) as error:
        nb_man.cell_exception(cell, index)
        file, at = cell_place(nb_man.nb, cell)
        kind = KilledError if child.killed else NotebookError
        raise kind(file, at, f"cell {index + 1} {error}", _quote(cell)) from error
    cell.execution_count = count
    cell.outputs = [nbformat.from_dict(output) for output in outputs]
    if failed:
        if line is not None:
            cell.metadata.setdefault("lagesbild", nbformat.NotebookNode())["error_line"] = line
        nb_man.cell_exception(cell, index)
    return not failed


def _quote(cell: Any) -> str:
    code = [line for line in cell.source.split("\n") if line.strip() and not line.startswith("#|")]
    return f"The cell begins: {code[0]}" if code else ""


class _Child:
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
            _end_with(parent)
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


def _end_with(parent: int) -> None:
    """Let this process be killed when its parent is, so that a killed run leaves nothing at work behind it.

    Only Linux can; elsewhere the child ends when it next has something to tell.
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


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

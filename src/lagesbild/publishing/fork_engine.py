"""The fast papermill engine: each notebook runs in a forked child of one warm process.

A Jupyter kernel takes about a second and a half to start and to import pandas and matplotlib. A forked child
has them from its parent at no cost, and shares nothing it changes with the parent or with the next child.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import itertools
import os
import sys
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat

from lagesbild.errors import DocumentError, KilledError, NotebookError
from lagesbild.publishing.cell_places import cell_place
from lagesbild.publishing.forked_child import Child

#: Imported once by the parent, because nearly every document uses them or the shell that runs it does.
WARM_MODULES = (
    "pandas",
    "pyarrow.pandas_compat",
    "IPython.core.completerlib",
    "lagesbild.publishing.forked_shell",
)

#: What a cell imports of these packages the parent imports too, so that only the first of many notebooks pays for it.
WARM_PACKAGES = frozenset({"lagesbild", "matplotlib", "numpy", "pandas", "scipy", "seaborn", "statsmodels"})


def warm_up(modules: tuple[str, ...] = WARM_MODULES) -> None:
    """Import what notebooks use, so that their children need not.

    papermill imports this module when it is imported itself, so none of it stands at the top.
    """
    for module in modules:
        importlib.import_module(module)
    from lagesbild.publishing.forked_shell import warm_shell  # noqa: PLC0415 - as this docstring says

    warm_shell()


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
            child = Child([cell.source for _, cell in cells], Path(folder))
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


def _run_cell(nb_man: Any, child: Child, index: int, cell: Any, timeout: float | None) -> bool:
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

"""Run a document with parameters: from a ``.qmd`` or ``.ipynb`` to an executed notebook."""

from __future__ import annotations

import ast
import contextlib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from papermill.engines import papermill_engines
from papermill.parameterize import parameterize_notebook

from lagesbild.errors import DocumentError, NotebookError, ParameterError
from lagesbild.publishing.cell_places import cell_place
from lagesbild.publishing.qmd import project_folder, read_qmd

#: The engine that runs notebooks in forked children; "nbclient" is the stock Jupyter kernel.
FORK = "lagesbild-fork"

_ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{6,}")


def read_document(path: Path) -> NotebookNode:
    """Return a ``.qmd`` or ``.ipynb`` as a notebook.

    Raises
    ------
    DocumentError
        If there is no such file or it is neither.
    """
    if path.suffix == ".qmd":
        return read_qmd(path)
    if not path.is_file():
        raise DocumentError(path.name, None, "the document does not exist")
    if path.suffix != ".ipynb":
        raise DocumentError(path.name, None, "a document is a .qmd or .ipynb file")
    try:
        notebook: NotebookNode = nbformat.reads(path.read_bytes().decode("utf-8"), as_version=4)
        nbformat.validate(notebook)
    except (ValueError, LookupError, TypeError, AttributeError, nbformat.ValidationError) as error:
        what = f"the notebook can't be read: {str(error).splitlines()[0][:200] if str(error) else type(error).__name__}"
        raise DocumentError(path.name, None, what, "Fetch it again (git checkout)") from error
    root = project_folder(path)
    own = notebook.metadata.setdefault("lagesbild", nbformat.NotebookNode())
    own.setdefault("file", path.resolve().relative_to(root).as_posix())
    return notebook


def run_document(
    path: Path,
    parameters: Mapping[str, Any],
    *,
    workdir: Path,
    engine: str = FORK,
    timeout: float | None = None,
) -> NotebookNode:
    """Run the document at `path` in `workdir` and return the executed notebook.

    The same document, parameters and data give the same notebook: it holds no times and no addresses.

    Parameters
    ----------
    path
        A ``.qmd`` or ``.ipynb`` file.
    parameters
        Values for names that the cell tagged ``parameters`` sets.
    workdir
        Folder the notebook runs in; made if it does not exist.
    engine
        A papermill engine: "lagesbild-fork" or "nbclient".
    timeout
        Seconds one cell may take; null for no limit.

    Raises
    ------
    ParameterError
        For a parameter that the document does not have; suggests the nearest.
    DocumentError
        If parameters are given to a document without a cell tagged ``parameters``, or it can't be read.
    NotebookError
        If a cell fails; names file, line and cell.
    """
    notebook = read_document(path)
    check_parameters(notebook, parameters)
    notebook.metadata.setdefault("papermill", nbformat.NotebookNode())
    for cell in notebook.cells:
        cell.metadata.setdefault("tags", [])
        cell.metadata.setdefault("papermill", nbformat.NotebookNode())
    if parameters:
        notebook = parameterize_notebook(notebook, dict(parameters), engine_name=engine)
        for cell in notebook.cells:
            if "injected-parameters" in cell.metadata.get("tags", []):
                cell.id = "injected-parameters"
    workdir.mkdir(parents=True, exist_ok=True)
    with _inside(workdir):
        executed = papermill_engines.execute_notebook_with_engine(
            engine,
            notebook,
            kernel_name=notebook.metadata.get("kernelspec", {}).get("name", "python3"),
            output_path=None,
            progress_bar=False,
            log_output=False,
            execution_timeout=timeout,
        )
    raise_cell_error(executed)
    return settled(executed)


def parameter_names(notebook: NotebookNode) -> tuple[str, ...] | None:
    """Return the names that the cell tagged ``parameters`` sets, or null where no cell is tagged.

    Raises
    ------
    DocumentError
        If that cell is no Python.
    """
    for cell in notebook.cells:
        if cell.cell_type != "code" or "parameters" not in cell.metadata.get("tags", []):
            continue
        try:
            tree = ast.parse(cell.source)
        except SyntaxError as error:
            file, line = cell_place(notebook, cell, error.lineno)
            raise DocumentError(file, line, f"the parameters are no Python: {error.msg}") from error
        names: list[str] = []
        for statement in tree.body:
            targets = statement.targets if isinstance(statement, ast.Assign) else []
            if isinstance(statement, ast.AnnAssign):
                targets = [statement.target]
            names += [target.id for target in targets if isinstance(target, ast.Name)]
        return tuple(names)
    return None


def check_parameters(notebook: NotebookNode, parameters: Mapping[str, Any]) -> None:
    """Refuse parameters that the document would not see.

    Raises
    ------
    ParameterError, DocumentError
        See `run_document`.
    """
    if not parameters:
        return
    known = parameter_names(notebook)
    if known is None:
        file = notebook.metadata.get("lagesbild", {}).get("file", "notebook")
        raise DocumentError(
            file,
            None,
            f"parameters given ({', '.join(parameters)}) but no cell is tagged `parameters`",
            "Add `#| tags: [parameters]` to the cell that sets them",
        )
    for name in parameters:
        if name not in known:
            raise ParameterError("parameter", name, known)


def raise_cell_error(notebook: NotebookNode) -> None:
    """Raise the error that a cell of an executed notebook ended with, if one did.

    Raises
    ------
    NotebookError
        Names file, line, cell and error.
    """
    for number, cell in enumerate(notebook.cells, 1):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                file, line = cell_place(notebook, cell, cell.metadata.get("lagesbild", {}).get("error_line"))
                what = f"cell {number} failed: {output.ename}: {output.evalue}"
                raise NotebookError(file, line, what)


def settled(notebook: NotebookNode) -> NotebookNode:
    """Return an executed notebook without times, addresses and machine paths; everything else is kept."""
    parameters = notebook.metadata.get("papermill", {}).get("parameters")
    notebook.metadata.pop("papermill", None)
    if parameters:
        notebook.metadata["papermill"] = nbformat.from_dict({"parameters": parameters})
    notebook.metadata["language_info"] = nbformat.from_dict({"name": "python"})
    for cell in notebook.cells:
        for key in ("papermill", "execution", "ExecuteTime"):
            cell.metadata.pop(key, None)
        if not cell.metadata.get("tags"):
            cell.metadata.pop("tags", None)
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "text/plain" in data:
                data["text/plain"] = _ADDRESS.sub("at 0x0", data["text/plain"])
    return notebook


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)

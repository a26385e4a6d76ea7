"""The fork engine: the same outputs as a stock kernel, full isolation, and errors that name their cell."""

from __future__ import annotations

import builtins
import os
import re
import sys
import time
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from IPython import get_ipython
from papermill.exceptions import PapermillExecutionError

from lagesbild.errors import NotebookError
from lagesbild.publishing.fork_engine import imported_by
from lagesbild.publishing.run_document import FORK, read_document, run_document

CELLS = [
    "%config InlineBackend.figure_formats = ['svg']",
    "import sys\nprint('ut')\nprint('fel', file=sys.stderr)\nprint('ut igen')\n1 + 1",
    "from IPython.display import HTML, Markdown, display\ndisplay(Markdown('**a**'), HTML('<b>x</b>'))\nMarkdown('b')",
    "import pandas as pd\npd.DataFrame({'a': [1, 2]})",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3]);",
    "handle = display(Markdown('först'), display_id='d')\nhandle.update(Markdown('sedan'))",
    "from IPython.display import clear_output\nprint('bort')\nclear_output()\nprint('kvar')",
    "x = 5;\nx;",
    "import warnings\nwarnings.warn('se upp')",
    "import asyncio\nawait asyncio.sleep(0)\n'efter await'",
    "_ + '!'",
]


def _notebook(sources: list[str]) -> nbformat.NotebookNode:
    cells = [nbformat.v4.new_code_cell(source, id=f"c{n}") for n, source in enumerate(sources)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return notebook


def _shape(output: nbformat.NotebookNode) -> tuple[Any, ...]:
    """Reduce an output to what a reader sees: a plot's ids and a traceback's colours are not part of it."""
    if output.output_type == "stream":
        return "stream", output.name, re.sub(r"\S*?(?=:\d+: UserWarning)", "", output.text)
    if output.output_type == "error":
        return "error", output.ename, output.evalue
    data = {kind: value for kind, value in output.data.items() if kind != "image/svg+xml"}
    return output.output_type, sorted(output.data), str(data), output.get("execution_count")


def _shapes(cell: nbformat.NotebookNode) -> list[tuple[Any, ...]]:
    """Order streams apart from displays: a kernel does not say in which order its two streams came."""
    shapes = [_shape(output) for output in cell.outputs]
    streams: dict[str, str] = {}
    for shape in shapes:
        if shape[0] == "stream":
            streams[shape[1]] = streams.get(shape[1], "") + shape[2]
    return [shape for shape in shapes if shape[0] != "stream"] + sorted(streams.items())


@pytest.mark.slow
def test_outputs_are_those_of_a_stock_kernel_cell_by_cell(tmp_path: Path) -> None:
    path = tmp_path / "prov.ipynb"
    nbformat.write(_notebook(CELLS), path)
    stock = run_document(path, {}, workdir=tmp_path, engine="nbclient")
    forked = run_document(path, {}, workdir=tmp_path, engine=FORK)
    for ours, theirs in zip(forked.cells, stock.cells, strict=True):
        assert _shapes(ours) == _shapes(theirs), ours.source
        assert ours.execution_count == theirs.execution_count
        assert ours.metadata == theirs.metadata


@pytest.mark.slow
def test_an_error_is_recorded_as_a_stock_kernel_does(tmp_path: Path) -> None:
    path = tmp_path / "prov.ipynb"
    nbformat.write(_notebook(["1", "print('före')\n1 / 0", "3"]), path)
    found = {}
    for engine in (FORK, "nbclient"):
        with pytest.raises(PapermillExecutionError) as caught:
            papermill.execute_notebook(path, tmp_path / f"{engine}.ipynb", engine_name=engine, progress_bar=False)
        found[engine] = (caught.value.ename, caught.value.evalue, caught.value.cell_index)
        executed = nbformat.read(tmp_path / f"{engine}.ipynb", as_version=4)
        code = [cell for cell in executed.cells if cell.cell_type == "code"]
        found[engine] += tuple(len(cell.outputs) for cell in code)
    assert found[FORK] == found["nbclient"]


def test_figures_are_svg_and_the_same_every_time(write_document, tmp_path: Path) -> None:
    path = write_document("```{python}\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]);\n```")
    first, second = (run_document(path, {}, workdir=tmp_path / "w") for _ in range(2))
    assert "image/svg+xml" in first.cells[-1].outputs[0].data
    assert nbformat.writes(first) == nbformat.writes(second)


def test_the_executed_notebook_holds_no_time_and_no_address(write_document, tmp_path: Path) -> None:
    text = nbformat.writes(run_document(write_document("```{python}\nobject()\n```"), {}, workdir=tmp_path / "w"))
    assert "at 0x0" in text
    assert not re.search(r"start_time|duration|20\d\d-\d\d-\d\dT", text)
    assert str(tmp_path) not in text


def test_a_document_leaves_nothing_behind_in_the_warm_process(write_document, tmp_path: Path) -> None:
    body = "```{python}\nimport os, sys\nos.environ['LB_PROV'] = '1'\nsys.modules['lb_prov'] = sys\nos.chdir('/')\n```"
    before = Path.cwd()
    run_document(write_document(body), {}, workdir=tmp_path / "w")
    assert "LB_PROV" not in os.environ
    assert Path.cwd() == before
    seen = "```{python}\nimport os, sys\nprint('LB_PROV' in os.environ, 'lb_prov' in sys.modules)\n```"
    notebook = run_document(write_document(seen), {}, workdir=tmp_path / "w")
    assert notebook.cells[-1].outputs[0].text == "False False\n"


def test_the_warm_process_is_not_taken_for_a_notebook(write_document, tmp_path: Path) -> None:
    before = sys.modules["__main__"], hasattr(sys, "ps1"), hasattr(builtins, "display")
    shown = "```{python}\nprint(type(get_ipython()).__name__, __name__)\ndisplay(1)\n```"
    notebook = run_document(write_document(shown), {}, workdir=tmp_path / "w")
    assert [one.get("text", one.get("data")) for one in notebook.cells[-1].outputs] == [
        "RecordingShell __main__\n",
        {"text/plain": "1"},
    ]
    assert get_ipython() is None
    assert (sys.modules["__main__"], hasattr(sys, "ps1"), hasattr(builtins, "display")) == before


def test_what_a_cell_imports_is_imported_once_for_all() -> None:
    cell = "import os, pandas as pd\nfrom lagesbild.methods import panel\nimport notes\ndef f():\n    import scipy"
    assert imported_by(cell) == ("pandas", "lagesbild.methods")
    assert imported_by("%matplotlib inline\nimport pandas") == ()


def test_what_a_started_process_prints_is_kept(write_document, tmp_path: Path) -> None:
    path = write_document("```{python}\nimport subprocess\nsubprocess.run(['echo', 'från process'])\nNone\n```")
    notebook = run_document(path, {}, workdir=tmp_path / "w")
    assert notebook.cells[-1].outputs == [{"output_type": "stream", "name": "stdout", "text": "från process\n"}]


def test_a_notebook_runs_in_its_working_folder(write_document, tmp_path: Path) -> None:
    run_document(write_document("```{python}\nopen('fil.txt', 'w').close()\n```"), {}, workdir=tmp_path / "w")
    assert (tmp_path / "w" / "fil.txt").is_file()


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("import os\nos.kill(os.getpid(), 9)", "SIGKILL"),
        ("import os\nos._exit(3)", "exit code 3"),
        ("import sys\nsys.exit(2)", "SystemExit"),
    ],
)
def test_a_process_that_dies_is_an_error_that_names_the_cell(
    write_document, tmp_path: Path, code: str, what: str
) -> None:
    path = write_document(f"```{{python}}\nx = 1\n```\n\n```{{python}}\n{code}\n```")
    with pytest.raises(NotebookError, match=what) as caught:
        run_document(path, {}, workdir=tmp_path / "w")
    assert caught.value.file == "prov.qmd"
    assert caught.value.line in (12, 13)
    assert "cell 3" in caught.value.what


def test_a_cell_that_takes_too_long_is_ended_with_what_it_started(write_document, tmp_path: Path) -> None:
    path = write_document("```{python}\nimport subprocess\nsubprocess.run(['sleep', '30'])\n```")
    start = time.monotonic()
    with pytest.raises(NotebookError, match=r"cell 2 did not finish within 0\.3 seconds"):
        run_document(path, {}, workdir=tmp_path / "w", timeout=0.3)
    assert time.monotonic() - start < 5


def test_an_error_names_the_line_that_raised_it(write_document, tmp_path: Path) -> None:
    path = write_document("Text\n\n```{python}\n#| echo: false\nx = 1\ny = x / 0\n```")
    with pytest.raises(NotebookError, match="ZeroDivisionError: division by zero") as caught:
        run_document(path, {}, workdir=tmp_path / "w")
    assert (caught.value.file, caught.value.line) == ("prov.qmd", 12)


def test_a_read_document_is_not_executed(project: Path) -> None:
    assert all(not cell.get("outputs") for cell in read_document(project / "reports" / "rapport.qmd").cells)

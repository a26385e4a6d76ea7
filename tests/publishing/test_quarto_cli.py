"""The Quarto engine, with a stand-in for the command that records how it was called."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import nbformat
import pytest
import yaml

from lagesbild.errors import DocumentError, NotBuiltError, ParameterError
from lagesbild.publishing.embedded.engine import EmbeddedEngine
from lagesbild.publishing.engines import Document, choose_engine
from lagesbild.publishing.quarto_cli import QuartoEngine
from lagesbild.publishing.run_document import run_document

STAND_IN = """#!{python}
import json, pathlib, sys
folder = pathlib.Path(sys.argv[2])
log = pathlib.Path({log!r})
config = (folder / "_quarto.yml").read_text()
notebooks = {{p.name: p.read_text() for p in sorted(folder.glob("*.ipynb"))}}
extension = (folder / "_extensions" / "lagesbild" / "_extension.yml").is_file()
log.write_text(json.dumps([sys.argv[1:], config, notebooks, extension]))
if {fail}:
    sys.exit("ERROR: it went wrong")
out = folder / (sys.argv[sys.argv.index("--output-dir") + 1] if "--output-dir" in sys.argv else "_output")
out.mkdir()
for name in notebooks or ["sida.ipynb"]:
    stem = name.removesuffix(".ipynb")
    (out / (stem + ".pdf")).write_bytes(b"%PDF " + stem.encode())
    (out / (stem + ".html")).write_text("<html>" + stem)
"""


@pytest.fixture
def stand_in(tmp_path: Path):
    def make(fail: bool = False) -> tuple[Path, Path]:
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        command, log = folder / "quarto", tmp_path / "log.json"
        command.write_text(STAND_IN.format(python=sys.executable, log=str(log), fail=fail))
        command.chmod(0o755)
        return command, log

    return make


def _documents(project: Path, tmp_path: Path) -> list[Document]:
    documents = []
    for kommun in ("1440", "0180"):
        notebook = run_document(project / "reports" / "rapport.qmd", {"kommun": kommun}, workdir=tmp_path / "w")
        outputs = {"typst": tmp_path / kommun / "rapport.pdf", "html": tmp_path / kommun / "index.html"}
        documents.append(Document(notebook=notebook, outputs=outputs, folder=tmp_path / "w"))
    return documents


def test_many_documents_are_one_render_of_one_project(project: Path, tmp_path: Path, stand_in) -> None:
    command, log = stand_in()
    QuartoEngine(command).render_documents(_documents(project, tmp_path), project=project)
    arguments, config, notebooks, extension = json.loads(log.read_text())
    assert arguments[0] == "render"
    assert len(notebooks) == 2
    assert extension
    settings = yaml.safe_load(config)
    assert settings["lang"] == "sv"
    assert settings["project"] == {"type": "default", "output-dir": "_output"}
    assert settings["execute"]["echo"] is False
    assert "website" not in settings
    front = nbformat.reads(notebooks["document-0000.ipynb"], as_version=4).cells[0].source
    assert set(yaml.safe_load(front.strip("-\n"))["format"]) == {"lagesbild-typst", "html"}


def test_products_are_moved_into_place(project: Path, tmp_path: Path, stand_in) -> None:
    command, _ = stand_in()
    QuartoEngine(command).render_documents(_documents(project, tmp_path), project=project)
    assert (tmp_path / "1440" / "rapport.pdf").read_bytes() == b"%PDF document-0000"
    assert (tmp_path / "0180" / "index.html").read_text() == "<html>document-0001"


def test_a_failing_render_is_an_error_with_quartos_last_words(project: Path, tmp_path: Path, stand_in) -> None:
    command, _ = stand_in(fail=True)
    with pytest.raises(DocumentError, match="ERROR: it went wrong"):
        QuartoEngine(command).render_documents(_documents(project, tmp_path), project=project)
    assert not (tmp_path / "1440").exists()


def test_a_project_is_rendered_to_the_output_folder(project: Path, tmp_path: Path, stand_in) -> None:
    command, _ = stand_in()
    before = sorted(path.name for path in project.rglob("*"))
    QuartoEngine(command).render_project(project, output=tmp_path / "site")
    assert (tmp_path / "site" / "sida.html").is_file()
    assert sorted(path.name for path in project.rglob("*")) == before


def test_quarto_is_chosen_where_it_is_installed(stand_in, monkeypatch: pytest.MonkeyPatch) -> None:
    command, _ = stand_in()
    monkeypatch.setenv("PATH", str(command.parent))
    assert choose_engine().name == "quarto"
    assert choose_engine("embedded").name == "embedded"


def test_without_quarto_the_embedded_engine_is_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert isinstance(choose_engine(), EmbeddedEngine)
    with pytest.raises(NotBuiltError, match="lagesbild\\[quarto\\]"):
        choose_engine("quarto")


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(ParameterError, match="Did you mean quarto"):
        choose_engine("qarto")

"""What Quarto is given: every page of the staged website and every document, read by a stand-in for the command."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import quarto_stand_in as quarto
from built import Built

from lagesbild.catalogue.resources import project_root
from lagesbild.publishing.embedded.subset import check
from lagesbild.publishing.engines import Document
from lagesbild.publishing.qmd import SourceLine
from lagesbild.publishing.quarto_cli import QuartoEngine

#: Kinds of pages that the website must have had for the checks to mean anything.
KINDS = ("index", "indikatorer/*", "omraden/*", "kommuner/*", "lagesrapporter/*", "jamfor", "liknande", "kalender",
         "revideringar", "oversyn", "kvalitet", "tillganglighet", "metod/*", "data", "en", "en/*")  # fmt: skip

#: Documents that are no pages: their executed notebooks, below the work folder of the year, and what they become.
DOCUMENTS = {
    "faktablad": ("varianter/faktablad/*/index.ipynb", ("typst",)),
    "metodbeskrivning": ("varianter/metodbeskrivning/*/index.ipynb", ("typst",)),
    "metodbok": ("varianter/metodbok/index.ipynb", ("typst",)),
    "kvalitetsdeklaration": ("varianter/kvalitetsdeklaration/*/index.ipynb", ("typst",)),
    "lägesrapport": ("twins/lagesrapporter/*/index.ipynb", ("typst", "docx")),
}


def _kind(name: str) -> str:
    """Return the kind of a page: its folder, or `<folder>/*` for one of many in it."""
    folder = Path(name).parent
    return "index" if folder.parts == () else f"{folder.parent}/*" if len(folder.parts) > 1 else folder.as_posix()


@pytest.fixture(scope="module")
def project(built: Built) -> Path:
    """Return the staged project, or skip where a release stands without its work folder."""
    folder = built.layout.site_project
    if not (folder / "_quarto.yml").is_file():
        pytest.skip("the release has no staged project beside it")
    return folder


@pytest.fixture(scope="module")
def pages(project: Path) -> list[quarto.Page]:
    """Return the smallest page of each kind."""
    names = quarto.sources_of(project, quarto.settings_of(project)[0])
    names.sort(key=lambda name: -(project / name).stat().st_size)
    found = {_kind(name): name for name in names}
    assert set(KINDS) <= set(found)
    return [quarto.read_page(project / name, name) for name in found.values()]


def test_the_project_lists_every_page_and_nothing_that_quarto_refuses(project: Path, built: Built) -> None:
    settings, faults = quarto.settings_of(project)
    assert faults == []
    listed = {Path(name).with_suffix(".html").as_posix() for name in quarto.sources_of(project, settings)}
    published = {path.relative_to(built.site).as_posix() for path in built.site.rglob("*.html")}
    assert listed == published


def test_pages_of_every_kind_are_within_what_quarto_knows(pages: list[quarto.Page]) -> None:
    faults = {page.name: [*page.faults, *quarto.reference_faults(page)] for page in pages}
    assert {name: found for name, found in faults.items() if found} == {}
    assert all(page.front.get("title") for page in pages)
    for page in pages:
        check([SourceLine(text, page.name, n) for n, text in enumerate(page.markdown.split("\n"), 1)])


def test_links_of_every_kind_of_page_lead_somewhere(pages: list[quarto.Page], project: Path, built: Built) -> None:
    faults = {page.name: list(quarto.link_faults(page, project, built.site)) for page in pages}
    assert {name: found for name, found in faults.items() if found} == {}


def test_pandoc_with_the_extensions_filter_reads_every_kind_of_page(pages: list[quarto.Page], project: Path) -> None:
    filters = quarto.filters_of(project, quarto.settings_of(project)[0])
    assert [path.name for path in filters] == ["lagesbild.lua"]
    results = quarto.converted([(page, "html") for page in pages], filters)
    assert {page.name: said for page, (_, said) in zip(pages, results, strict=True) if said} == {}
    for page, (text, _) in zip(pages, results, strict=True):
        assert len(text) > 500, page.name


def test_documents_of_every_kind_are_rendered_by_the_command(built: Built, project: Path, tmp_path: Path) -> None:
    command = tmp_path / "quarto"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{quarto.__file__}" "$@"\n')
    command.chmod(0o755)
    documents = []
    for kind, (pattern, formats) in DOCUMENTS.items():
        path = min(built.layout.yearly.glob(pattern), key=lambda one: one.stat().st_size)
        notebook = nbformat.read(path, as_version=4)
        notebook.metadata.setdefault("lagesbild", {})["file"] = f"reports/{kind}/{kind}.qmd"
        outputs = {base: tmp_path / kind / f"dokument.{base}" for base in formats}
        documents.append(Document(notebook=notebook, outputs=outputs))
    QuartoEngine(command).render_documents(documents, project=project_root())
    for kind, (_, formats) in DOCUMENTS.items():
        for base in formats:
            assert (tmp_path / kind / f"dokument.{base}").stat().st_size > 5_000, (kind, base)


def test_the_stand_in_refuses_what_quarto_refuses(tmp_path: Path) -> None:
    (tmp_path / "_quarto.yml").write_text("project: {type: website, renders: [a.qmd]}\nformat: {html: {}}\n")
    text = "---\ntitle: Fel\nToc: true\n---\n\nSe @tbl-borta och [hit](saknas.qmd).\n\n::: {.callout-note}\nutan slut\n"
    (tmp_path / "a.qmd").write_text(text)
    done = subprocess.run(
        [sys.executable, quarto.__file__, "render", tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    for fault in ("project has no renders", "Toc is not toc", "no tbl-borta on the page", "unclosed"):
        assert fault in done.stderr
    page = quarto.read_page(tmp_path / "a.qmd", "a.qmd")
    assert list(quarto.link_faults(page, tmp_path)) == ["the link saknas.qmd leads nowhere"]

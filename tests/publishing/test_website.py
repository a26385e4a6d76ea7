"""Websites and HTML pages."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

from lagesbild.errors import DocumentError
from lagesbild.publishing.embedded.engine import EmbeddedEngine
from lagesbild.publishing.embedded.website import render_project
from lagesbild.publishing.engines import Document
from lagesbild.publishing.run_document import run_document


@pytest.fixture
def site(project: Path, tmp_path: Path) -> Path:
    render_project(project, output=tmp_path / "site")
    return tmp_path / "site"


@pytest.fixture
def report(site: Path) -> str:
    return (site / "reports" / "rapport.html").read_text(encoding="utf-8")


def test_every_listed_document_lands_at_its_mirrored_path(project: Path, tmp_path: Path) -> None:
    rendered = render_project(project, output=tmp_path / "site")
    assert rendered.files == (
        "index.html",
        "reports/rapport.html",
        "reports/rapport.pdf",
        "reports/rapport_files/cell-9-output-1.svg",
        "site/data.csv",
        "site/index.html",
        "site_libs/lagesbild.css",
        "site_libs/page.js",
        "site_libs/tema.css",
    )
    assert rendered.left_out == ()


def test_two_processes_write_what_one_writes(project: Path, site: Path, tmp_path: Path) -> None:
    render_project(project, output=tmp_path / "igen", jobs=2)
    names = sorted(path.relative_to(site) for path in site.rglob("*") if path.is_file())
    assert names == sorted(p.relative_to(tmp_path / "igen") for p in (tmp_path / "igen").rglob("*") if p.is_file())
    assert all((site / name).read_bytes() == (tmp_path / "igen" / name).read_bytes() for name in names)


def test_every_internal_link_leads_somewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for address in re.findall(r'(?:href|src)="([^"]+)"', text):
            if re.match(r"[a-z]+:", address):
                continue
            path, _, anchor = address.partition("#")
            target = (page.parent / path).resolve() if path else page
            assert target.is_file(), f"{page.name}: {address}"
            if anchor:
                assert f'id="{anchor}"' in target.read_text(encoding="utf-8"), address


def test_a_page_has_language_title_and_landmarks(report: str) -> None:
    assert '<html lang="sv">' in report
    assert "<title>Rapport – Provplats</title>" in report
    for landmark in (
        '<main class="content"',
        '<header id="quarto-header">',
        '<nav class="navbar" id="meny" aria-label="Huvudmeny">',
        "<footer",
    ):
        assert report.count(landmark) == 1
    assert '<a class="skip-link" href="#quarto-document-content">Hoppa till innehållet</a>' in report
    assert '<h2 id="toc-title">På denna sida</h2>' in report
    assert report.count("<h1") == 1


def test_references_captions_and_alt_texts(report: str) -> None:
    assert '<a href="#fig-linje" class="quarto-xref">Figur\u00a01</a>' in report
    assert '<a href="#tbl-asis" class="quarto-xref">2</a>' in report
    assert "Figur\u00a01: Andel i <strong>procent</strong></figcaption>" in report
    assert 'alt="Linje med &quot;lång&quot; alt &amp; text"' in report
    assert re.search(r'<th class="hoger">Värde</th>', report)


def test_a_page_needs_nothing_that_its_policy_forbids(report: str) -> None:
    policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', report)
    assert policy
    assert policy[1].startswith("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';")
    assert not re.search(r"\sstyle=|<style|\son\w+=|<script>|unsafe-inline", report)
    assert report.index("Content-Security-Policy") < report.index("stylesheet")


def test_marks_callouts_tabs_and_columns_have_quartos_classes(report: str) -> None:
    assert '<span class="gron">▲ Bättre</span>' in report
    assert 'class="callout callout-style-default callout-warning callout-titled"' in report
    assert '<div class="panel-tabset">' in report
    assert report.count('role="tab"') == report.count('role="tabpanel"') == 2
    assert report.count('class="quarto-layout-cell"') == 2


def test_synthetic_data_are_announced(report: str) -> None:
    assert '<div class="syntetisk-banner" role="note">' in report
    assert report.index("Syntetiska data") < report.index('id="sec-samm"')


def test_conditional_and_raw_content(report: str) -> None:
    assert "Bara på webben" in report
    assert "Bara i PDF" not in report
    assert '<p id="raw">Rå html</p>' in report
    assert "Rå typst" not in report


def test_the_theme_gives_accent_and_rules(site: Path) -> None:
    assert (
        site / "site_libs" / "tema.css"
    ).read_text() == ":root { --lb-accent: #123456; }\n.bra { color: #123456; }\n"


def test_scss_beyond_the_little_is_refused(project: Path, tmp_path: Path) -> None:
    (project / "tema.scss").write_text("$a: 1;\n@use 'x';\n")
    with pytest.raises(DocumentError, match="@use") as caught:
        render_project(project, output=tmp_path / "site")
    assert (caught.value.file, caught.value.line) == ("tema.scss", 2)


def test_a_link_to_a_page_that_is_not_there_is_refused(project: Path, tmp_path: Path) -> None:
    (project / "site" / "index.qmd").write_text("---\ntitle: A\n---\n\n[b](borta.qmd)\n", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"borta\.qmd leads to no page") as caught:
        render_project(project, output=tmp_path / "site")
    assert (caught.value.file, caught.value.line) == ("site/index.qmd", 5)
    assert not (tmp_path / "site").exists()


def test_an_unknown_website_setting_is_refused(project: Path, tmp_path: Path) -> None:
    config = project / "_quarto.yml"
    config.write_text(config.read_text().replace("  navbar:", "  sidebar: x\n  navbar:"))
    with pytest.raises(DocumentError, match="website setting 'sidebar'") as caught:
        render_project(project, output=tmp_path / "site")
    assert caught.value.line == 13


def test_an_executed_notebook_is_a_page_and_is_not_run_again(project: Path, tmp_path: Path) -> None:
    notebook = run_document(project / "reports" / "rapport.qmd", {"kommun": "0180"}, workdir=tmp_path / "w")
    for cell in notebook.cells:
        if cell.cell_type == "code" and "kommun = str" in cell.source:
            cell.source = "raise RuntimeError"
    staged = project / "site" / "kommuner" / "0180-stockholm"
    staged.mkdir(parents=True)
    nbformat.write(notebook, staged / "index.ipynb")
    config = project / "_quarto.yml"
    config.write_text(config.read_text().replace('"site/**/*.qmd"', '"site/**"').replace("**/*.qmd", "**"))
    start = "---\ntitle: A\n---\n\n[b](kommuner/0180-stockholm/index.ipynb)\n"
    (project / "site" / "index.qmd").write_text(start, encoding="utf-8")
    render_project(project, output=tmp_path / "site")
    text = (tmp_path / "site" / "site" / "kommuner" / "0180-stockholm" / "index.html").read_text(encoding="utf-8")
    assert "I Stock*holm*" in text
    assert 'href="../../index.html"' in text
    assert 'href="../../../site_libs/lagesbild.css"' in text
    assert "kommuner/0180-stockholm/index.html" in (tmp_path / "site" / "site" / "index.html").read_text()


@pytest.mark.parametrize("where", ["file", "project"])
def test_a_document_runs_where_quarto_would_run_it(project: Path, tmp_path: Path, where: str) -> None:
    config = project / "_quarto.yml"
    config.write_text(config.read_text().replace("project:\n", f"project:\n  execute-dir: {where}\n"))
    body = "---\ntitle: A\n---\n\n```{python}\nfrom pathlib import Path\nprint(Path().resolve().name)\n```\n"
    (project / "site" / "index.qmd").write_text(body, encoding="utf-8")
    render_project(project, output=tmp_path / "ut")
    shown = (tmp_path / "ut" / "site" / "index.html").read_text(encoding="utf-8")
    assert f"<code>{'site' if where == 'file' else 'project'}<" in shown


def test_a_cell_may_show_its_figures_in_columns(write_document, tmp_path: Path) -> None:
    code = "import matplotlib.pyplot as plt\nfor n in (1, 2):\n    plt.figure()\n    plt.plot([n])\n    plt.show()"
    options = "#| label: fig-tva\n#| fig-cap: Två\n#| fig-alt: [Ett, Två]\n#| layout-ncol: 2"
    path = write_document(f"Se @fig-tva.\n\n```{{python}}\n{options}\n{code}\n```")
    notebook = run_document(path, {}, workdir=tmp_path / "w")
    outputs = {"html": tmp_path / "a.html", "typst": tmp_path / "a.pdf"}
    EmbeddedEngine().render_documents([Document(notebook=notebook, outputs=outputs)], project=path.parent)
    text = outputs["html"].read_text(encoding="utf-8")
    assert text.count('class="quarto-layout-cell"') == 2
    assert re.findall(r'<img[^>]* alt="(\w+)"', text) == ["Ett", "Två"]
    assert text.count("<figcaption") == 1


def test_sections_are_numbered_where_asked(write_document, tmp_path: Path) -> None:
    front = "title: A\nlang: sv\nformat:\n  html:\n    number-sections: true"
    path = write_document("Se @sec-b.\n\n## A\n\n### B {#sec-b}\n\n## C {.unnumbered}", front=front)
    notebook = run_document(path, {}, workdir=tmp_path / "w")
    target = tmp_path / "a.html"
    EmbeddedEngine().render_documents([Document(notebook=notebook, outputs={"html": target})], project=path.parent)
    text = target.read_text(encoding="utf-8")
    assert 'Se <a href="#sec-b" class="quarto-xref">Avsnitt\u00a01.1</a>.' in text
    assert '<span class="header-section-number">1.1</span> B' in text
    assert re.search(r"<h2[^>]*>C</h2>", text)


def test_a_page_by_itself_needs_no_other_file(project: Path, tmp_path: Path) -> None:
    notebook = run_document(project / "reports" / "rapport.qmd", {}, workdir=tmp_path / "w")
    target = tmp_path / "sida.html"
    EmbeddedEngine().render_documents([Document(notebook=notebook, outputs={"html": target})], project=project)
    text = target.read_text(encoding="utf-8")
    assert 'src="data:image/svg+xml;base64,' in text
    assert "<title>Rapport</title>" in text
    assert not re.findall(r'(?:href|src)="(?!#|data:)[^"]+"', text)

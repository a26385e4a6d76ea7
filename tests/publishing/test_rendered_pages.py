"""A page rendered with its report is the one the site build would render, and is taken over only while it is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
import yaml

from lagesbild.catalogue.resources import project_root
from lagesbild.publishing import rendered_pages
from lagesbild.publishing.embedded import website
from lagesbild.publishing.embedded.project import Project
from lagesbild.publishing.embedded.website import render_project
from lagesbild.publishing.layout import Layout, key_file
from lagesbild.publishing.rendered_pages import frame, keep_page, keep_rendered, pages_that_fit
from lagesbild.publishing.reports import Report
from lagesbild.publishing.site_page import notebook_text, page_notebook
from lagesbild.publishing.site_settings import site_settings

_ALE = "kommuner/1440-ale/index.ipynb"
_TEXT = "---\ntitle: Ale\nlang: sv\nsyntetisk: true\n---"
_BODY = "## Läget\n\n| a | b |\n|---|---|\n| [▲ bra]{.gron} | 1 |\n\n: Tabellen {#tbl-a}"
_LINKS = "\n\nSe @tbl-a och [start](/index.ipynb)."
_PICTURE = "![](bild.svg){fig-alt='En bild'}"


@pytest.fixture
def layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Layout:
    """Return the staged website of a start page and one report, which has been rendered already."""
    layout = Layout(root=tmp_path, source="demo", year=2024)
    settings = _settings("demo")
    monkeypatch.setattr(rendered_pages, "site_settings", lambda *_: settings)
    monkeypatch.setattr(rendered_pages, "page_sources", lambda: frozenset({"index.ipynb", _ALE}))
    monkeypatch.setattr(rendered_pages, "_frame_of_batch", frame)
    for name in ("theme.scss", "lagesbild.css"):
        layout.site_project.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(project_root() / "reports" / name, layout.site_project / name)
    (layout.site_project / "_quarto.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    _keep(layout, _BODY + _LINKS)
    shutil.copyfile(layout.site_project / _ALE, layout.site_project / "index.ipynb")
    return layout


def _settings(source: str) -> dict[str, Any]:
    settings: dict[str, Any] = site_settings(source, {"index.ipynb", _ALE})
    settings["website"]["navbar"] = {"left": [{"text": "Start", "href": "index.ipynb"}]}
    return settings


def _fit(layout: Layout) -> dict[str, Path]:
    return pages_that_fit(layout, frame("demo"))


def _keep(layout: Layout, body: str) -> None:
    """Stage the report's page, and render it as its batch does."""
    cells = [nbformat.v4.new_raw_cell(_TEXT), nbformat.v4.new_markdown_cell(body)]
    notebook = page_notebook(nbformat.v4.new_notebook(cells=cells))
    text = notebook_text(notebook)
    staged = layout.site_project / _ALE
    staged.parent.mkdir(parents=True, exist_ok=True)
    staged.write_text(text, encoding="utf-8")
    page = (layout.pages / _ALE).with_suffix(".html").relative_to(layout.root)
    report = Report(
        name="1440-ale", kind="kommunrapport", document="x.qmd", parameters={"source": "demo"}, inputs={},
        pdf=Path("x.pdf"), twin=Path("x.ipynb"), record=Path("x.json"), page=page,
    )  # fmt: skip
    keep_page(report, notebook, text, layout.root)


def test_a_page_taken_over_has_the_bytes_that_the_site_build_gives_it(
    layout: Layout, contents: Callable[[Path], dict[str, bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    render_project(layout.site_project, output=tmp_path / "all")
    rendered: list[str] = []
    document = website._document

    def noted(project: Project, name: str, pages: frozenset[str], output: Path) -> object:
        rendered.append(name)
        return document(project, name, pages, output)

    monkeypatch.setattr(website, "_document", noted)
    fit = _fit(layout)
    render_project(layout.site_project, output=tmp_path / "some", rendered=fit)
    assert rendered == ["index.ipynb"]
    assert contents(tmp_path / "some") == contents(tmp_path / "all")
    page = fit[_ALE].read_text(encoding="utf-8")
    assert 'href="../../index.html"' in page
    assert "Syntetiska data" in page


@pytest.mark.parametrize("what", ["navigation", "pages", "code", "notebook", "page", "no key"])
def test_a_page_is_rendered_anew_where_anything_of_it_has_changed(
    layout: Layout, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    assert list(_fit(layout)) == [_ALE]
    settings = _settings("demo")
    settings["website"]["navbar"]["left"].append({"text": "Ale", "href": _ALE})
    page = (layout.pages / _ALE).with_suffix(".html")
    if what == "navigation":
        monkeypatch.setattr(rendered_pages, "site_settings", lambda *_: settings)
    elif what == "pages":
        monkeypatch.setattr(rendered_pages, "page_sources", lambda: frozenset({"index.ipynb", _ALE, "om.ipynb"}))
    elif what == "code":
        monkeypatch.setattr(rendered_pages, "code_digests", dict)
    elif what == "no key":
        key_file(page).unlink()
    else:
        changed = layout.site_project / _ALE if what == "notebook" else page
        changed.write_text(changed.read_text(encoding="utf-8").replace("bra", "bättre"), encoding="utf-8")
    assert _fit(layout) == {}


def test_a_page_is_taken_over_with_its_pictures_and_not_without(layout: Layout, tmp_path: Path) -> None:
    (layout.site_project / _ALE).with_suffix(".ipynb").unlink()
    staged = layout.site_project / _ALE.replace(".ipynb", ".qmd")
    staged.write_text(f"{_TEXT}\n\n{_PICTURE}\n", encoding="utf-8")
    (staged.parent / "bild.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    site = replace(frame("demo"), pages=frozenset({"index.ipynb", staged.relative_to(layout.site_project).as_posix()}))
    render_project(layout.site_project, output=tmp_path / "all")
    assert pages_that_fit(layout, site) == {}
    keep_rendered(layout, site, tmp_path / "all", site.pages)
    fit = pages_that_fit(layout, site)
    assert set(fit) == site.pages
    render_project(layout.site_project, output=tmp_path / "again", rendered=fit)
    picture = "kommuner/1440-ale/index_files/bild.svg"
    assert (tmp_path / "again" / picture).read_bytes() == (tmp_path / "all" / picture).read_bytes()
    (staged.parent / "bild.svg").write_text("<svg/>", encoding="utf-8")
    assert set(pages_that_fit(layout, site)) == {"index.ipynb"}
    (layout.pages / picture).unlink()
    assert set(pages_that_fit(layout, site)) == {"index.ipynb"}

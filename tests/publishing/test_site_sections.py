"""Sections of the website: registered modules tell of their pages first and write them part by part."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from lagesbild.errors import LagesbildError
from lagesbild.publishing import site_sections
from lagesbild.publishing.embedded.website import render_project
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.site_page import plain_page
from lagesbild.publishing.site_sections import Section, write_sections
from lagesbild.publishing.site_settings import site_settings

_BODY = "Se [start](/prov/b/index.qmd#sist) och $a_1$.\n\n## Sist {#sist}\n\n![](bild.svg){fig-alt='En bild'}"


def _make(layout: Layout, part: str) -> Mapping[str, str | bytes]:
    return {
        f"prov/{part}/index.qmd": plain_page(layout, f"Prov {part}", _BODY),
        f"prov/{part}/bild.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        f"prov/{part}/varden.json": b"{}",
    }


@pytest.fixture
def layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Layout:
    """Return folders for a website of one section of two pages."""
    section = Section(
        name="prov", pages=lambda: ["prov/a/index.qmd", "prov/b/index.qmd"], parts=lambda: "ab", make=_make
    )
    monkeypatch.setattr(site_sections, "sections", lambda: (section,))
    return Layout(root=tmp_path, source="demo", year=2024)


def test_pages_without_code_and_their_files_are_rendered(layout: Layout) -> None:
    write_sections(layout, cores=1)
    settings = site_settings("demo", ())
    settings["website"] = {"title": "Prov"}
    settings["format"] = {"html": {"toc": True}}
    settings["filters"] = []
    (layout.site_project / "_quarto.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    rendered = render_project(layout.site_project, output=layout.site)
    assert {"prov/a/index.html", "prov/a/varden.json", "prov/b/bild.svg"} < set(rendered.files)
    page = (layout.site / "prov/a/index.html").read_text(encoding="utf-8")
    assert '<a href="../../prov/b/index.html#sist">start</a>' in page
    assert 'alt="En bild"' in page


def test_a_part_is_made_again_only_where_what_it_may_read_has_changed(
    layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def noted(layout: Layout, part: str) -> Mapping[str, str | bytes]:
        made.append(part)
        return _make(layout, part)

    section = replace(site_sections.sections()[0], make=noted)
    monkeypatch.setattr(site_sections, "sections", lambda: (section,))
    write_sections(layout, cores=1)
    page = layout.site_project / "prov/a/index.qmd"
    first = page.read_bytes()
    shutil.rmtree(layout.site_project)
    write_sections(layout, cores=1)
    assert made == ["a", "b"]
    assert page.read_bytes() == first
    (layout.released / "aldreomsorg").mkdir(parents=True)
    (layout.released / "aldreomsorg" / "2024.parquet").write_bytes(b"")
    write_sections(layout, cores=1)
    assert made == ["a", "b", "a", "b"]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [({"pages": lambda: ["prov/a/index.qmd"]}, "other pages"), ({"make": lambda *_: {"x.exe": b""}}, "of that kind")],
)
def test_a_section_that_makes_what_it_has_not_told_is_refused(
    layout: Layout, monkeypatch: pytest.MonkeyPatch, wrong: dict[str, object], says: str
) -> None:
    section = Section(**{"name": "prov", "pages": lambda: (), "parts": lambda: "ab", "make": _make, **wrong})  # type: ignore[arg-type]
    monkeypatch.setattr(site_sections, "sections", lambda: (section,))
    with pytest.raises(LagesbildError, match=says):
        write_sections(layout, cores=1)

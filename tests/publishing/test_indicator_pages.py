"""The pages of indicators and areas: every one is made, none tells what is withheld, and text stays text."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from html.parser import HTMLParser

import pytest

from lagesbild.catalogue import areas, regions
from lagesbild.catalogue.load import Catalogue, load_catalogue
from lagesbild.catalogue.vocabulary import Status
from lagesbild.presentation.indicator_page import links
from lagesbild.presentation.indicator_page.page import indicator_page
from lagesbild.presentation.indicator_page.view import IndicatorView
from lagesbild.publishing import indicator_pages
from lagesbild.publishing.indicator_views import area_views, latest_years
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.national_documents import national_view

AREA = "ekonomiskt-bistand"


@pytest.fixture(scope="module")
def made(world: Layout) -> Mapping[str, str | bytes]:
    """Return the files of one area: its page, and those of its indicators."""
    return indicator_pages.SECTION.make(world, AREA)


@pytest.fixture(scope="module")
def views(world: Layout) -> dict[str, IndicatorView]:
    """Return the area's indicators with their figures."""
    return area_views(world, AREA)


def _text(files: Mapping[str, str | bytes], name: str) -> str:
    content = files[name]
    return content if isinstance(content, str) else content.decode("utf-8")


def test_every_indicator_and_area_has_a_page_and_nothing_else_has(made: Mapping[str, str | bytes]) -> None:
    told = set(indicator_pages.SECTION.pages())
    assert {f"indikatorer/{one.id}/index.qmd" for one in load_catalogue().indicators} < told
    assert {f"omraden/{area.id}/index.qmd" for area in areas.AREAS} < told
    pages = {name for name in made if name.endswith(".qmd")}
    ids = {one.id for one in load_catalogue().in_area(AREA)}
    assert pages == {f"omraden/{AREA}/index.qmd", *(f"indikatorer/{name}/index.qmd" for name in ids)} <= told
    assert set(indicator_pages.SECTION.parts()) == {*areas.AREA_IDS, "lista"}


def test_a_page_is_small_says_synthetic_and_has_no_code_and_no_inline_style(made: Mapping[str, str | bytes]) -> None:
    for name in made:
        text = _text(made, name)
        assert len(text) < 300_000, name
        assert "Syntetiska data" in text, name
        if name.endswith(".qmd"):
            assert "```{python}" not in text
            assert not re.search(r"<[^>]+ style=|<style|<script", text), name
        if name.endswith(".svg"):
            assert len(text) < 60_000, name


def test_riket_is_that_of_the_national_reports(
    world: Layout, views: dict[str, IndicatorView], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(world.root)
    national = national_view(areas=[AREA], year=world.year, source="demo")
    compared = 0
    for view in views.values():
        series = {year: value for year, value in national.riket_series(view.indicator) if value is not None}
        if view.latest == world.year and series:
            assert {year: one.value for year, one in view.riket().items()} == pytest.approx(series), view.indicator.id
            compared += 1
    assert compared > 10


def test_the_list_and_the_pages_agree_on_the_latest_year(world: Layout, views: dict[str, IndicatorView]) -> None:
    latest = latest_years(world)
    assert {name: view.latest for name, view in views.items()} == {
        one.id: latest.get(one.id) for one in load_catalogue().in_area(AREA)
    }


def test_a_withheld_kommun_shows_the_mark_and_no_number(
    views: dict[str, IndicatorView], made: Mapping[str, str | bytes]
) -> None:
    found = 0
    for name, view in views.items():
        if view.latest is None:
            continue
        rows = _rows(_text(made, f"indikatorer/{name}/index.qmd"))
        for code, one in view.kommuner.items():
            if one.status == Status.SEKRETESS:
                cells = rows[regions.kommun(code).namn]
                assert cells[0] == ".."
                assert not re.search(r"\d", "".join(cells)), (name, code)
                found += 1
    assert found > 20


def test_a_page_with_results_leads_to_its_data_and_to_comparing(
    views: dict[str, IndicatorView], made: Mapping[str, str | bytes]
) -> None:
    for name, view in views.items():
        text = _text(made, f"indikatorer/{name}/index.qmd")
        has = view.latest is not None
        assert (f"(../../../data/indikator/{name}.csv)" in text) is has
        assert (f"(../../jamfor/index.html?indikator={name})" in text) is has


def test_text_from_data_stays_text(views: dict[str, IndicatorView], monkeypatch: pytest.MonkeyPatch) -> None:
    evil = "<script>alert(1)</script> [x](y) `kod` | ${a} @fig-x"
    kommuner = tuple(dataclasses.replace(one, namn=evil) if one.kod == "1440" else one for one in regions.kommuner())
    view = views["eb-vantetid-beslut"]
    indicator = dataclasses.replace(view.indicator, title=evil, short_title=evil, note=evil, source_note=evil)
    for module in ("kommun_table", "groups", "movers"):
        target = f"lagesbild.presentation.indicator_page.{module}.kommuner"
        monkeypatch.setattr(target, lambda: kommuner, raising=False)
    monkeypatch.setattr(links, "_kommuner", lambda: {one.kod: (one.namn, one.slug) for one in kommuner})
    page = indicator_page(dataclasses.replace(view, indicator=indicator), load_catalogue(), first_year=2016)
    for text in (page.body, page.title, page.subtitle):
        assert not re.search(r"(?<!\\)<script", text)
    assert page.body.count("alert") > 3
    assert all("<script" not in content for name, content in page.files.items() if name.endswith(".svg"))


def test_an_indicator_without_results_has_a_short_honest_page(views: dict[str, IndicatorView]) -> None:
    catalogue = load_catalogue()
    view = views["eb-vantetid-beslut"]
    empty = dataclasses.replace(view, results={}, trends={}, colours={}, grade=("", ""), latest=None)
    page = indicator_page(empty, catalogue, first_year=2016)
    assert "Det finns inga resultat att visa för åren 2016–2024." in page.body
    assert page.files == {}
    assert "## Riket" not in page.body
    assert "## Definition" in page.body


def test_the_list_names_every_indicator_once(world: Layout) -> None:
    text = _text(indicator_pages.SECTION.make(world, "lista"), "indikatorer/index.qmd")
    found = re.findall(r"\]\(([\w-]+)/index\.qmd\)", text)
    catalogue: Catalogue = load_catalogue()
    assert sorted(found) == sorted(one.id for one in catalogue.indicators)
    assert len(text.encode()) < 150_000


class _Rows(HTMLParser):
    """The cells of table rows by the text of their heading cell."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, list[str]] = {}
        self._cells: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._cells = []
        elif tag in ("th", "td") and self._cells is not None:
            self._cells.append("")

    def handle_data(self, data: str) -> None:
        if self._cells:
            self._cells[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr" and self._cells:
            self.rows[self._cells[0]] = self._cells[1:]
            self._cells = None


def _rows(text: str) -> dict[str, list[str]]:
    parser = _Rows()
    parser.feed(text[text.index('<details class="alla-kommuner">') : text.index("</details>")])
    return parser.rows

"""A kommun and an indicator that are named like markup stay text on every page that names them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import html5lib
import pytest
import yaml

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import kommun
from lagesbild.presentation import kommun_form, site_pages
from lagesbild.presentation.indicator_page.listing import indicator_list
from lagesbild.presentation.kommun.page_links import indicator_link, kommun_tools
from lagesbild.presentation.tables import Column, captioned_table
from lagesbild.publishing import site_search
from lagesbild.publishing.embedded.website import render_project
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.site_page import plain_page
from lagesbild.publishing.site_settings import site_settings

_NAME = "<script>alert('Ö \"&amp; $x$ [a](b) `c`')</script>"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, an_indicator: Callable[..., Indicator]) -> Path:
    """Return a rendered website whose only kommun and only indicator are named like a script."""
    odd = replace(kommun("1440"), namn=_NAME)
    monkeypatch.setattr(kommun_form, "kommuner", lambda: (odd,))
    monkeypatch.setattr(site_pages, "kommuner", lambda: (odd,))
    monkeypatch.setattr(site_search, "kommuner", lambda: (odd,))
    indicator = an_indicator("ao-odd", title=_NAME, short_title=_NAME)
    catalogue = replace(load_catalogue(), indicators=(indicator,))
    layout = Layout(root=tmp_path, source="demo", year=2024)
    table = captioned_table(
        [Column(head="Indikator"), Column(head=_NAME)],
        [[indicator_link(indicator, _NAME), _NAME]],
        caption="Tabell",
        label="tbl-a",
    )
    pages = {
        "index": kommun_form.kommun_form(up="kommuner/"),
        "kommuner/index": site_pages.kommun_list(),
        "kommuner/1440-ale/index": f"{kommun_tools(odd)}\n\n{table}",
        "indikatorer/index": indicator_list(catalogue, {"ao-odd": 2024}, 2024),
        "indikatorer/ao-odd/index": "Text.",
    }
    stage = layout.site_project
    for name, body in pages.items():
        title = r"\<script>alert\(1\)\</script>" if name.endswith("odd/index") else "Sida"
        (stage / name).parent.mkdir(parents=True, exist_ok=True)
        (stage / f"{name}.qmd").write_text(plain_page(layout, title, body, description=_NAME), encoding="utf-8")
    settings = site_settings("demo", [f"{name}.qmd" for name in pages])
    settings |= {"filters": [], "format": {"html": {"toc": True}}}
    (stage / "_quarto.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    render_project(stage, output=tmp_path / "site")
    return tmp_path / "site"


def test_names_like_markup_stay_text(site: Path) -> None:
    for page in sorted(site.rglob("index.html")):
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        tree = parser.parse(page.read_text(encoding="utf-8"))
        assert parser.errors == [], page
        scripts = [(one.get("src") or "")[-7:] for one in tree.iter("script")]
        assert scripts == ["page.js"], page
        assert all(not name.startswith("on") for one in tree.iter() for name in one.attrib), page
    shown = html5lib.parse((site / "kommuner/index.html").read_bytes(), namespaceHTMLElements=False)
    assert _NAME in [one.text for one in shown.iter("a")]
    table = html5lib.parse((site / "kommuner/1440-ale/index.html").read_bytes(), namespaceHTMLElements=False)
    assert ["".join(one.itertext()) for one in table.iter("tr")][1].count(_NAME) == 2
    form = html5lib.parse((site / "index.html").read_bytes(), namespaceHTMLElements=False)
    assert [one.get("value") for one in form.iter("option")] == [_NAME]


def test_the_search_index_holds_names_as_text(site: Path) -> None:
    found = {one.address: one for one in site_search.pages_of(site)}
    assert found["kommuner/1440-ale/"].title == _NAME
    assert found["indikatorer/ao-odd/"].title == "<script>alert(1)</script>"
    assert found["indikatorer/ao-odd/"].kind == "Indikator"

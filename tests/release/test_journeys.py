"""One question in at most four steps: how does my kommun do in home care against similar ones, and is it a trend?

By the keyboard alone, and without scripts.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from browser import Tab

#: A step is a link followed or a form sent.
_MOST_STEPS = 4

#: More stops than this on the way to a control is no way for the keyboard.
_MOST_STOPS = 80


def test_by_the_keyboard_alone(browser: Any, address: str) -> None:
    tab = Tab(browser, address, viewport={"width": 1280, "height": 900})
    try:
        tab.open("index.html")
        tab.page.keyboard.press("Tab")
        assert _focused(tab)["text"] == "Hoppa till innehållet"
        tab.page.keyboard.press("Enter")
        _tab_to(tab, lambda one: one["id"] == "kommunnamn")
        tab.page.keyboard.type("Ale")
        _follow(tab, "**/kommuner/1440-ale/**")
        _tab_to(tab, lambda one: one["text"] == "Äldreomsorg")
        tab.page.keyboard.press("Enter")
        steps = 2
        assert tab.page.url.endswith("#sec-aldreomsorg")
        place, alike, trend, indicator = _answer(tab)
        assert place
        assert alike
        assert trend
        # The row's own link leads on, to what the indicator is and how the country does.
        _tab_to(tab, lambda one: one["text"] == indicator)
        _follow(tab, "**/indikatorer/**")
        assert steps + 1 <= _MOST_STEPS
        assert tab.wrong == []
    finally:
        tab.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_without_scripts(browser: Any, address: str, width: int) -> None:
    tab = Tab(browser, address, viewport={"width": width, "height": 844}, java_script_enabled=False)
    page = tab.page
    try:
        tab.open("index.html")
        page.get_by_role("link", name="Västra Götalands län").click()
        page.get_by_role("link", name="Ale", exact=True).click()
        steps = 2
        if width < 1000:  # on a telephone the contents are folded
            page.locator("#TOC summary").click()
            steps += 1
        page.locator("#TOC").get_by_role("link", name="Äldreomsorg", exact=True).click()
        steps += 1
        assert steps <= _MOST_STEPS
        assert all(_answer(tab))
        assert tab.wrong == []
    finally:
        tab.close()


def test_search_finds_pages_by_kind_and_leads_to_them(browser: Any, address: str) -> None:
    tab = Tab(browser, address, viewport={"width": 390, "height": 844})
    page = tab.page
    try:
        tab.open("om/index.html")
        page.get_by_label("Sök på webbplatsen").fill("hemtjänsten")
        page.keyboard.press("Enter")
        page.wait_for_url("**/sok/index.html?q=*")
        page.get_by_role("heading", name=re.compile(r"Indikatorer \(\d+\)")).wait_for()
        page.get_by_label("Kommun, område, indikator eller metod").fill("ale")
        page.keyboard.press("Enter")
        kommuner = page.locator("section", has=page.get_by_role("heading", name=re.compile(r"Kommuner \(\d+\)")))
        kommuner.get_by_role("link", name="Ale", exact=True).click()
        page.wait_for_url("**/kommuner/1440-ale/index.html")
        assert tab.wrong == []
        assert tab.stopped() == []
    finally:
        tab.close()


def test_search_without_scripts_leads_to_lists(browser: Any, address: str) -> None:
    tab = Tab(browser, address, java_script_enabled=False)
    try:
        tab.open("index.html")
        tab.page.get_by_label("Sök på webbplatsen").fill("ale")
        tab.page.keyboard.press("Enter")
        tab.page.wait_for_url("**/sok/index.html?q=ale")
        tab.page.get_by_role("link", name="Kommuner, efter län").click()
        assert tab.page.get_by_role("link", name="Ale", exact=True).count() == 1
    finally:
        tab.close()


def _focused(tab: Tab) -> dict[str, str]:
    told: dict[str, str] = tab.page.evaluate(
        "() => ({id: document.activeElement.id, text: document.activeElement.textContent.trim()})"
    )
    return told


def _tab_to(tab: Tab, wanted: Any) -> None:
    """Press Tab until what has the focus is wanted, and see that it can be seen there."""
    for _ in range(_MOST_STOPS):
        tab.page.keyboard.press("Tab")
        if wanted(_focused(tab)):
            assert tab.page.evaluate("document.activeElement.getClientRects().length") > 0
            assert tab.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    pytest.fail(f"not reached by {_MOST_STOPS} stops on {tab.page.url}")


def _follow(tab: Tab, address: str) -> None:
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url(address)


def _answer(tab: Tab) -> tuple[str, str, str, str]:
    """Return the place, what similar kommuner have, the development and the name, of an indicator of home care."""
    for table in tab.page.locator("#sec-aldreomsorg table").all():
        heads = [head.inner_text() for head in table.locator("thead th").all()]
        columns = [next((n for n, head in enumerate(heads) if head.startswith(one)), -1) for one in _COLUMNS]
        if -1 in columns:
            continue
        for row in table.locator("tbody tr").all():
            cells = [cell.inner_text().strip() for cell in row.locator("th, td").all()]
            if "hemtj" in cells[0].lower() and all(cells[n] for n in columns):
                place, alike, trend = (cells[n] for n in columns)
                return place, alike, trend, cells[0]
    pytest.fail("no row tells of home care")


_COLUMNS = ("Plats", "Liknande", "Utveckling")

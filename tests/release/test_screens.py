"""In a real browser the site fits wide and narrow screens, keeps to its policy and asks no other host for anything."""

from __future__ import annotations

from typing import Any

import pytest
from browser import KINDS, Tab

#: Pages with the widest tables and figures, and the first one; 320 pixels is also a wide screen at 400 per cent.
_WIDTHS = dict.fromkeys((1280, 320), KINDS) | {
    390: ("index.html", "kommuner/1440-ale/index.html", "lagesrapporter/aldre/index.html"),
    2200: ("index.html", "kommuner/1440-ale/index.html"),
}


@pytest.mark.parametrize("width", sorted(_WIDTHS))
def test_pages_fit_the_screen(browser: Any, address: str, width: int) -> None:
    tab = Tab(browser, address, viewport={"width": width, "height": 256 if width == 320 else 900})
    faults = []
    try:
        for name in _WIDTHS[width]:
            tab.open(name)
            content = tab.page.evaluate("document.documentElement.scrollWidth")
            if content > width:
                faults.append(f"{name} is {content} pixels wide on a screen of {width}")
            faults += tab.stopped()
    finally:
        tab.close()
    assert faults == []
    assert tab.wrong == []


def test_a_wide_table_scrolls_in_a_region_that_says_so_and_takes_the_keyboard(browser: Any, address: str) -> None:
    tab = Tab(browser, address, viewport={"width": 320, "height": 600})
    try:
        tab.open("matplan/index.html")
        region = tab.page.locator(".table-responsive.rullar").first
        region.wait_for()
        assert region.get_attribute("role") == "region"
        assert region.get_attribute("aria-label")
        hint = region.evaluate("one => getComputedStyle(one, '::before').content")
        assert "Rulla i sidled" in hint
        region.focus()
        assert region.evaluate("one => document.activeElement === one")
        tab.page.keyboard.press("ArrowRight")
        tab.page.wait_for_timeout(500)
        assert region.evaluate("one => one.scrollLeft") > 0
    finally:
        tab.close()


def test_the_menu_opens_by_the_keyboard_and_needs_no_script(browser: Any, address: str) -> None:
    phone = {"width": 320, "height": 600}
    tab = Tab(browser, address, viewport=phone)
    try:
        tab.open("index.html")
        menu, button = tab.page.locator("#meny"), tab.page.get_by_role("button", name="Meny")
        assert not menu.is_visible()
        button.focus()
        tab.page.keyboard.press("Enter")
        assert menu.is_visible()
        assert button.get_attribute("aria-expanded") == "true"
        tab.page.keyboard.press("Escape")
        assert not menu.is_visible()
    finally:
        tab.close()
    plain = Tab(browser, address, viewport=phone, java_script_enabled=False)
    try:
        plain.open("index.html")
        assert plain.page.locator("#meny").is_visible()
        assert not plain.page.locator(".meny-knapp").is_visible()
    finally:
        plain.close()

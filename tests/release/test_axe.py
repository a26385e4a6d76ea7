"""axe finds nothing against WCAG 2.1 A and AA on any kind of page, in both colour schemes, on desktop and phone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from browser import KINDS, Tab, launched, served
from built import Built

_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}
#: Parts of a page that are out of sight are not laid out until then; here they are looked at too.
_ALL_OF_IT = (
    "document.querySelectorAll('main > section').forEach((one) => { one.style.contentVisibility = 'visible'; })"
)
_DESKTOP, _PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}

#: Pages of thousands of elements. What they are made of stands on other pages too, in every combination.
_LONG = ("kommuner/1440-ale/index.html", "lagesrapporter/aldre/index.html", "indikatorer/index.html")

#: Colour scheme, screen and pages. Colours don't depend on the screen: long pages are looked at in two combinations.
_LOOKS = [
    ("light", _DESKTOP, KINDS),
    ("dark", _PHONE, KINDS),
    ("dark", _DESKTOP, tuple(name for name in KINDS if name not in _LONG)),
    ("light", _PHONE, tuple(name for name in KINDS if name not in _LONG)),
]


def test_axe_finds_nothing(built: Built) -> None:
    pytest.importorskip("axe_playwright_python")
    # A browser for each core: a page takes seconds to look through.
    with ThreadPoolExecutor(2) as threads:
        halves = threads.map(lambda half: _violations(built.folder, half), (_LOOKS[:1] + _LOOKS[3:], _LOOKS[1:3]))
        found = [fault for half in halves for fault in half]
    assert found == []


def _violations(release: Path, looks: list[tuple[str, dict[str, int], tuple[str, ...]]]) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - a release may be checked without it

    found: list[str] = []
    with served(release) as address, launched() as browser:
        for scheme, screen, names in looks:
            tab = Tab(browser, address, viewport=screen, color_scheme=scheme)
            for name in names:
                tab.open(name)
                tab.page.evaluate(_ALL_OF_IT)
                results: Any = Axe().run(tab.page, options=_RULES)
                found += [
                    f"{name} ({scheme}, {screen['width']}): {one['id']}: {one['nodes'][0]['html'][:200]}"
                    for one in results.response["violations"]
                ]
            tab.close()
    return found

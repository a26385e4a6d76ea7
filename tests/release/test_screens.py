"""In a real browser the site fits wide and narrow screens and asks no other host for anything."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from built import Built

PAGES = (
    "site/index.html",
    "site/kommuner/index.html",
    "site/kommuner/1440-ale/index.html",
    "site/omraden/aldreomsorg/index.html",
    "site/lagesrapporter/aldre/index.html",
    "site/matplan/index.html",
)


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(built: Built) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(built.folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("page", PAGES)
def test_page_fits_the_screen(browser: Any, address: str, tmp_path: Path, page: str, width: int) -> None:
    tab = browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    wrong: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("response", lambda response: wrong.append(response.url) if response.status >= 400 else None)
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    try:
        tab.goto(f"{address}/{page}", wait_until="load")
        picture = tab.screenshot(path=tmp_path / "page.png")
        content = tab.evaluate("document.documentElement.scrollWidth")
    finally:
        tab.close()
    assert len(picture) > 5000
    assert content <= width, f"{page} is {content} pixels wide on a screen of {width}"
    # A browser asks for an icon on its own; that it has none is no fault of the page.
    assert [url for url in wrong if not url.endswith("/favicon.ico")] == []
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []

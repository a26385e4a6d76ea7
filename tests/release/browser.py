"""A built release served on this machine, and a real browser to read it with."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

#: One page of each kind. What a page kind needs scripts for is served with the site.
KINDS = (
    "index.html",
    "kommuner/index.html",
    "kommuner/1440-ale/index.html",
    "omraden/index.html",
    "omraden/aldreomsorg/index.html",
    "indikatorer/index.html",
    "indikatorer/ao-hemtjanst-hansyn/index.html",
    "jamfor/index.html",
    "liknande/index.html",
    "lagesrapporter/index.html",
    "lagesrapporter/aldre/index.html",
    "metod/index.html",
    "metod/trender/index.html",
    "data/index.html",
    "matplan/index.html",
    "oversyn/index.html",
    "kvalitet/index.html",
    "kalender/index.html",
    "revideringar/index.html",
    "om/index.html",
    "tillganglighet/index.html",
    "sok/index.html",
    "en/index.html",
    "en/areas/index.html",
    "en/methods/index.html",
    "en/data/index.html",
)

#: Tells of everything that a page's policy has stopped; read as `window.stopped`.
_NOTE_STOPPED = (
    "window.stopped = []; document.addEventListener('securitypolicyviolation', "
    "(event) => window.stopped.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile}`));"
)


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder to this machine alone and give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()


@contextmanager
def launched() -> Iterator[Any]:
    """Start the system's Chromium, or skip where there is none."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        try:
            yield running
        finally:
            running.close()


class Tab:
    """A tab that notes what its pages ask for and what goes wrong.

    Parameters
    ----------
    browser
        The browser.
    address
        Of the served release.
    options
        For the browser's context: viewport, colour scheme, whether scripts run.
    """

    def __init__(self, browser: Any, address: str, **options: Any) -> None:
        self._context = browser.new_context(**options)
        self._context.add_init_script(_NOTE_STOPPED)
        self.page = self._context.new_page()
        self.address = address
        self.wrong: list[str] = []
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)
        self.page.on("pageerror", lambda error: self.wrong.append(f"{self.page.url}: {error}"))
        self.page.on("console", self._said)

    def open(self, name: str) -> None:
        """Go to a page of the website."""
        self.page.goto(f"{self.address}/site/{name}", wait_until="load")

    def stopped(self) -> list[str]:
        """Return what the page's policy has stopped so far."""
        return [f"{self.page.url}: {one}" for one in self.page.evaluate("window.stopped || []")]

    def close(self) -> None:
        self._context.close()

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.wrong.append(f"{self.page.url} asks {request.url}")

    def _answered(self, response: Any) -> None:
        if response.status >= 400:
            self.wrong.append(f"{self.page.url}: {response.status} of {response.url}")

    def _said(self, message: Any) -> None:
        if "Content Security Policy" in message.text:
            self.wrong.append(f"{self.page.url}: {message.text}")

"""What the website costs: to build whole and again, to fetch, and to see on a slow telephone.

    python benchmarks/site.py --source demo --year 2024 [--root FOLDER] [--look-only]

The folder holds a release whose reports are made (`make kommuner lagesrapporter data`). Seconds of processor time are
of all processes together, so that they tell the same on a busy machine. Pages are fetched packed, as web servers send
them.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import resource
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from lagesbild.publishing.layout import Layout

#: One page of each kind, and what it is called in the table.
KINDS = {
    "start": "index.html",
    "kommuner": "kommuner/index.html",
    "kommun": "kommuner/1440-ale/index.html",
    "område": "omraden/aldreomsorg/index.html",
    "indikatorer": "indikatorer/index.html",
    "indikator": "indikatorer/ao-hemtjanst-hansyn/index.html",
    "jämför": "jamfor/index.html",
    "liknande": "liknande/index.html",
    "lägesrapport": "lagesrapporter/aldre/index.html",
    "metod": "metod/trender/index.html",
    "sök": "sok/index.html",
}

#: The telephone: a processor a quarter as fast, 150 ms to and fro, 1.6 Mbit/s.
SLOWER, ROUND_TRIP, BYTES_A_SECOND = 4, 150, 1_600_000 / 8
_TIMES = 5
#: Tells when the first content was painted, which may be after the page has come.
_PAINTED = """() => new Promise((told) => new PerformanceObserver((list) => {
  const [first] = list.getEntriesByName("first-contentful-paint");
  if (first) told(first.startTime);
}).observe({ type: "paint", buffered: true }))"""
_TEXT = (".css", ".csv", ".html", ".js", ".json", ".svg")


def main() -> None:
    """Measure and print the tables of benchmarks/site.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", default="demo")
    parser.add_argument("--year", type=int, default=2024)
    parser.add_argument("--root", type=Path, default=Path())
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--look-only", action="store_true", help="measure the site that is there, build none")
    told = parser.parse_args()
    layout = Layout(root=told.root.resolve(), source=told.source, year=told.year)
    if not told.look_only:
        _print_table(("build", "pages", "seconds", "processor seconds"), _builds(layout, told.jobs))
    _print_table(("page", "HTML, kB", "packed, kB", "pictures, kB", "requests", "first view, s"), _looks(layout))


def _builds(layout: Layout, jobs: int) -> Iterator[Sequence[str]]:
    """Yield what it takes to build the site without anything of an earlier build but the kommun pages, and again."""
    shutil.rmtree(layout.site_project, ignore_errors=True)
    for folder in (layout.twins, layout.records):
        for name in ("sidor", "metod"):
            shutil.rmtree(folder / name, ignore_errors=True)
    for page in layout.pages.iterdir() if layout.pages.is_dir() else ():
        if page.name != "kommuner":
            shutil.rmtree(page) if page.is_dir() else page.unlink()
    command = [
        str(Path(sys.executable).with_name("lagesbild")),
        "site",
        "--source",
        layout.source,
        "--year",
        str(layout.year),
    ]
    for name in ("whole", "again, nothing changed"):
        before, started = _processor(), time.perf_counter()
        subprocess.run([*command, "--jobs", str(jobs), "--root", str(layout.root)], check=True, capture_output=True)
        pages = sum(1 for _ in layout.site.rglob("*.html"))
        yield name, str(pages), f"{time.perf_counter() - started:.0f}", f"{_processor() - before:.0f}"


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _looks(layout: Layout) -> Iterator[Sequence[str]]:
    """Yield what each kind of page weighs, and when a slow telephone shows the first of it."""
    from playwright.sync_api import sync_playwright

    with _served(layout.site) as address, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for kind, name in KINDS.items():
            page = layout.site / name
            if not page.is_file():
                continue
            seen = [_first_view(browser, f"{address}/{name}") for _ in range(_TIMES)]
            content = page.read_bytes()
            beside = page.with_name("index_files")
            pictures = sum(one.stat().st_size for one in beside.iterdir()) if beside.is_dir() else 0
            sizes = (len(content), len(gzip.compress(content, 6)), pictures)
            first = statistics.median(view for view, _ in seen)
            yield kind, *(f"{size / 1000:.0f}" for size in sizes), str(seen[0][1]), f"{first:.2f}"
        browser.close()


def _first_view(browser: Any, address: str) -> tuple[float, int]:
    """Return the seconds until the first content is painted, with nothing kept from before, and the page's requests."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    speed = {"downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND}
    session.send("Network.emulateNetworkConditions", {"offline": False, "latency": ROUND_TRIP, **speed})
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="load")
    first = page.evaluate(_PAINTED)
    context.close()
    return first / 1000, len(asked)


class _Packed(SimpleHTTPRequestHandler):
    """Sends text packed."""

    def do_GET(self) -> None:
        """Answer one request."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        self.send_response(200)
        if path.suffix in _TEXT:
            content = gzip.compress(content, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        with contextlib.suppress(BrokenPipeError):  # the browser has seen enough
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Packed, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def _print_table(heads: Sequence[str], rows: Iterator[Sequence[str]]) -> None:
    sys.stdout.write(f"\n| {' | '.join(heads)} |\n|{'---|' * len(heads)}\n")
    for row in rows:
        sys.stdout.write(f"| {' | '.join(row)} |\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

"""The website's own search: an index in Swedish that the browser reads from the site itself, piece by piece.

Only the part of Pagefind that searches is published; the page ``/sok/`` shows what is found. Kommuner are found by
name and län: their pages are alike in all else. Other pages are found by their words, outside tables and figures.
"""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from lagesbild.catalogue.regions import kommuner, lan
from lagesbild.errors import LagesbildError

#: Folder of the index in the website.
FOLDER = "pagefind"

#: The page that searches.
PAGE = "sok"

# What kind of page stands in a folder, in the words and the order that the search page uses.
_KINDS = {
    "kommuner": "Kommun",
    "omraden": "Område",
    "indikatorer": "Indikator",
    "metod": "Metod",
    "lagesrapporter": "Lägesrapport",
}
_OTHER = "Sida"

_PARTS = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "wasm.sv.pagefind", "wasm.unknown.pagefind")
_MAIN = re.compile(r"<main\b.*?</main>", re.DOTALL)
_APART = re.compile(r"<(table|svg|nav|script|style|figure|math)\b.*?</\1>", re.DOTALL)
_TITLE = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
_DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')
_SKIPPED = re.compile(r'<div class="(?:syntetisk-banner|document-note)".*?</div>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, kw_only=True)
class Found:
    """What the index holds of a page.

    Parameters
    ----------
    address
        Folder of the page, from the website's top, with a slash at its end.
    kind, title, text
        What the search page shows.
    words
        What the page is found by.
    """

    address: str
    kind: str
    title: str
    text: str
    words: str


def write_search(site: Path) -> None:
    """Write the search index of a rendered website into it. The same website gives the same bytes.

    Raises
    ------
    LagesbildError
        If Pagefind fails; says what it said.
    """
    with tempfile.TemporaryDirectory(prefix="lagesbild-") as name:
        records, made = Path(name) / "sidor", Path(name) / "index"
        for page in pages_of(site):
            target = records / page.address / "index.html"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(_record(page), encoding="utf-8")
        # The program, not the package's asynchronous service: that is stopped as soon as it says that it has written
        # its files, which may then lack their ends.
        command = [sys.executable, "-m", "pagefind", "--site", str(records), "--output-path", str(made)]
        done = subprocess.run([*command, "--force-language", "sv"], capture_output=True, text=True, check=False)
        if done.returncode:
            raise LagesbildError(f"the search index was not made: {(done.stderr or done.stdout).strip()[-500:]}")
        wanted = [made / part for part in _PARTS]
        wanted += [*made.glob("*.pf_meta"), *made.glob("index/*"), *made.glob("fragment/*")]
        for path in sorted(path for path in wanted if path.is_file()):
            target = site / FOLDER / path.relative_to(made)
            target.parent.mkdir(parents=True, exist_ok=True)
            content = path.read_bytes()
            target.write_bytes(_ordered(content) if path.suffix == ".json" else content)


def _ordered(content: bytes) -> bytes:
    """Return the index's settings with the sets in them in one order; Pagefind's own differs at times."""
    told = json.loads(content)
    ordered = {key: sorted(value) if isinstance(value, list) else value for key, value in told.items()}
    return json.dumps(ordered, ensure_ascii=False, sort_keys=True).encode("utf-8")


def pages_of(site: Path) -> Iterator[Found]:
    """Yield what the index holds of each page of a rendered website that is in Swedish, in order of address."""
    names = {one.kod: one.namn for one in lan()}
    places = {one.slug: one for one in kommuner()}
    for page in sorted(site.rglob("index.html")):
        folder = PurePosixPath(page.relative_to(site).parent.as_posix())
        first = folder.parts[0] if folder.parts else ""
        if first in (PAGE, "en"):
            continue
        address = "" if not folder.parts else f"{folder}/"
        kommun = places.get(folder.parts[1]) if first == "kommuner" and len(folder.parts) == 2 else None
        if kommun is not None:
            where = names[kommun.lan]
            words = f"{kommun.namn} kommun {kommun.kod} {where}"
            yield Found(address=address, kind="Kommun", title=kommun.namn, text=f"Kommun i {where}", words=words)
        else:
            kind = _KINDS.get(first, _OTHER) if len(folder.parts) > 1 else _OTHER
            yield _written(page.read_text(encoding="utf-8"), address, kind)


def _written(page: str, address: str, kind: str) -> Found:
    """Return what the index holds of a page that is found by its words."""
    main = _MAIN.search(page)
    body = main[0] if main else ""
    title = _TITLE.search(body)
    about = _DESCRIPTION.search(page)
    words = _plain(_APART.sub(" ", _SKIPPED.sub(" ", body)))
    return Found(
        address=address,
        kind=kind,
        title=_plain(title[1]) if title else address,
        text=_plain(about[1]) if about else "",
        words=f"{words} {_plain(about[1])}" if about else words,
    )


def _plain(markup: str) -> str:
    return _SPACE.sub(" ", html.unescape(_TAG.sub(" ", markup))).strip()


def _record(page: Found) -> str:
    """Return a page that holds no more than what Pagefind shall know."""
    # No filters: Pagefind writes them in an order that differs from run to run. The kind stands with each page.
    told = {"title": page.title, "slag": page.kind, "text": page.text}
    spans = "".join(
        f'<span data-pagefind-meta="{key}[data-text]" data-text="{html.escape(value)}"></span>'
        for key, value in told.items()
    )
    return (
        f'<!DOCTYPE html><html lang="sv"><body data-pagefind-body>{spans}<p>{html.escape(page.words)}</p></body></html>'
    )

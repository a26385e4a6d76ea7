"""One figure or table of a document that was built anew: on which page it stands, and what differs there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from lagesbild.provenance.differences.files import file_differences
from lagesbild.provenance.differences.pdfs import page_lines
from lagesbild.provenance.material import Material
from lagesbild.provenance.trace_index import Entry, entry_of

_PAGE = re.compile(r"page (\d+),")


def figure_entry(material: Material, code: str) -> Entry:
    """Return the figure, table or sheet that a spårkod stands for, of its own or of one of its rows.

    Raises
    ------
    NotBuiltError
        If the release has no index of them.
    ParameterError
        If there is none with that code.
    """
    return entry_of(material.layout(material.root), code.strip().partition(".")[0].upper())


def figure_verdict(material: Material, folder: Path, entry: Entry) -> str:
    """Return whether a figure was built anew as it was published, for people.

    Parameters
    ----------
    material
        Holds the published release.
    folder
        Where its document was built anew.
    entry
        The figure or table.
    """
    published, made = (material.layout(root).release / entry.product for root in (material.root, folder))
    name = f"{entry.id} ({entry.label}): {entry.caption}"
    if not published.is_file() or not made.is_file():
        return f"{name}\nits document {entry.product} is not there"
    data = published.read_bytes(), made.read_bytes()
    pages = _pages(published, data[0], entry.id)
    where = f"{', '.join(f'page {page}' for page in pages)} of {entry.product}" if pages else entry.product
    if data[0] == data[1]:
        return f"{name}\nidentical, with all of its document: {where}"
    places = [one.place for one in file_differences(entry.product, *data)]
    own = [place for place in places if _on(place, pages)] if pages else places
    told = "differs" if own else "identical, though other pages of its document differ"
    return f"{name}\n{told}: {where}"


def _pages(path: Path, data: bytes, code: str) -> list[int]:
    if path.suffix != ".pdf":
        return []
    return [number for number, lines in enumerate(page_lines(data), start=1) if any(code in line for line in lines)]


def _on(place: str, pages: Iterable[int]) -> bool:
    found = _PAGE.match(place)
    # What isn't on a page (metadata, bytes) is nowhere near a figure.
    return found is not None and int(found[1]) in pages

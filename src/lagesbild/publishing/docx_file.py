"""A Word document's file, finished: title and mark on every page, language, whole rows, the same bytes each time.

What Pandoc says of the document's making (times, programs) is left out or settled, as in the slides (`pptx_file`).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

from lagesbild.presentation.svg import SYNTHETIC_NOTE
from lagesbild.publishing.docx_template import MARK_PLACE, NOTE_PLACE, TITLE_PLACE
from lagesbild.publishing.pptx_file import LANGUAGE, created_date, packed

_CELL = re.compile(r"<w:tc>.*?</w:tc>", re.DOTALL)
_ROW = re.compile(r"<w:tr>(?P<properties><w:trPr>)?")
_CELL_STYLE = '<w:pStyle w:val="Tabelltext" />'
_NOTE_LENGTH = 110


def finished_document(content: bytes, metadata: Mapping[str, Any]) -> bytes:
    """Return a Word document as it is released.

    Parameters
    ----------
    content
        The file as Pandoc or Quarto wrote it, with our reference document.
    metadata
        The document's front matter: ``title``, ``fotnot``, ``syntetisk``, and what decides its date
        (`pptx_file.created_date`).
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    places = {
        TITLE_PLACE: str(metadata.get("title", "")),
        MARK_PLACE: SYNTHETIC_NOTE if metadata.get("syntetisk") else "",
        NOTE_PLACE: _short(str(metadata.get("fotnot", ""))),
    }
    for name in [one for one in parts if re.fullmatch(r"word/(header|footer)\d*\.xml", one)]:
        xml = parts[name].decode("utf-8")
        for place, words in places.items():
            xml = xml.replace(place, escape(words))
        parts[name] = xml.encode("utf-8")
    for name, change in (
        ("word/document.xml", _whole_rows),
        ("word/styles.xml", _in_language),
        ("word/settings.xml", _in_language),
        ("docProps/core.xml", lambda xml: _properties(xml, created_date(metadata))),
    ):
        parts[name] = change(parts[name].decode("utf-8")).encode("utf-8")
    # Pandoc puts all of the front matter here, as text that nobody reads; Word's own program properties are its own.
    for name in ("docProps/custom.xml", "docProps/app.xml"):
        parts.pop(name, None)
    for name in ("[Content_Types].xml", "_rels/.rels"):
        xml = parts[name].decode("utf-8")
        xml = re.sub(r"<(Override|Relationship) [^>]*docProps/(custom|app)\.xml[^>]*/>", "", xml)
        parts[name] = xml.encode("utf-8")
    return packed(parts)


def _short(note: str) -> str:
    """Return a note that stands on one line of a page's foot."""
    return note if len(note) <= _NOTE_LENGTH else f"{note[: _NOTE_LENGTH - 1].rstrip()}…"


def _whole_rows(xml: str) -> str:
    """Return the document with rows that no page break divides and the tables' own size of text in their cells."""

    def row(found: re.Match[str]) -> str:
        return "<w:tr><w:trPr><w:cantSplit/>" + ("" if found["properties"] else "</w:trPr>")

    whole = _ROW.sub(row, xml)
    return _CELL.sub(lambda cell: cell[0].replace('<w:pStyle w:val="Compact" />', _CELL_STYLE), whole)


def _in_language(xml: str) -> str:
    xml = re.sub(r'(<w:lang\b[^>]*\bw:val=")[^"]*"', rf'\g<1>{LANGUAGE}"', xml)
    return re.sub(r'(<w:themeFontLang\b[^>]*\bw:val=")[^"]*"', rf'\g<1>{LANGUAGE}"', xml)


def _properties(xml: str, created: str) -> str:
    xml = re.sub(r"(<dcterms:(?:created|modified)[^>]*>)[^<]*<", rf"\g<1>{created}<", xml)
    xml = re.sub(r"<dc:language>[^<]*</dc:language>", "", xml)
    return xml.replace("</cp:coreProperties>", f"<dc:language>{LANGUAGE}</dc:language></cp:coreProperties>")

"""A presentation's file, finished: language on every run of text, properties, and the same bytes each time.

Pandoc writes no language on its runs, so a screen reader would read Swedish in the machine's own language. What it
says of the document's making (times, the template's own words) is left out or settled.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

LANGUAGE = "sv-SE"

#: The earliest time that a zip file can tell: parts have no time of their own.
_NO_TIME = (1980, 1, 1, 0, 0, 0)

_RUN = re.compile(r"<a:rPr(?![^>]*\blang=)")
_END = re.compile(r"<a:endParaRPr(?![^>]*\blang=)")
_FOREIGN = re.compile(r'lang="en-US"')


def finished(content: bytes, *, created: str) -> bytes:
    """Return a presentation as it is released.

    Parameters
    ----------
    content
        The file as Pandoc or Quarto wrote it.
    created
        The date that its properties tell (ISO 8601), from the data and not from the clock.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, part in parts.items():
        if name.startswith(("ppt/slides/slide", "ppt/notesSlides/notesSlide", "ppt/notesMasters/notesMaster")):
            parts[name] = _in_language(part.decode("utf-8")).encode("utf-8")
    parts["docProps/core.xml"] = _properties(parts["docProps/core.xml"].decode("utf-8"), created).encode("utf-8")
    if "docProps/app.xml" in parts:
        parts["docProps/app.xml"] = _application().encode("utf-8")
    return packed(parts)


def created_date(metadata: Mapping[str, Any]) -> str:
    """Return the date of a document's properties: the one it is published, or the last day of the year it is about."""
    published = str(metadata.get("publicerad", ""))
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", published):
        return f"{published}T00:00:00Z"
    year = metadata.get("ar", 1980)
    return f"{year}-12-31T00:00:00Z"


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return parts as an Office file: the types first, the rest by name, without times."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(parts, key=lambda one: (one != "[Content_Types].xml", one)):
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, parts[name])
    return stream.getvalue()


def _in_language(xml: str) -> str:
    xml = _FOREIGN.sub(f'lang="{LANGUAGE}"', xml)
    return _END.sub(f'<a:endParaRPr lang="{LANGUAGE}"', _RUN.sub(f'<a:rPr lang="{LANGUAGE}"', xml))


def _properties(xml: str, created: str) -> str:
    xml = re.sub(r"(<dcterms:(?:created|modified)[^>]*>)[^<]*<", rf"\g<1>{created}<", xml)
    return xml.replace("</cp:coreProperties>", f"<dc:language>{LANGUAGE}</dc:language></cp:coreProperties>")


def _application() -> str:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{space}"><Application>Lägesbild</Application></Properties>'
    )

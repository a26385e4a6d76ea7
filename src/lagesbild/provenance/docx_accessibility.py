"""Whether a Word document can be read by everyone: headings in order, language, heads of tables, words of pictures.

Looked for in the parts of the file itself (ECMA-376 part 1, 17 WordprocessingML), whoever wrote it.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from pathlib import Path

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_HEADING = re.compile(r"Heading([1-9])$")
#: A text that says what a picture shows has at least so many words; fewer only name it.
FEWEST_WORDS = 4


def document_faults(path: Path, *, language: str = "sv") -> list[str]:
    """Return what is wrong with one Word document, in its order.

    Parameters
    ----------
    path
        The file.
    language
        What it shall say that it is written in.
    """
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        core = archive.read("docProps/core.xml").decode()
        styles = ET.fromstring(archive.read("word/styles.xml"))
        document = ET.fromstring(archive.read("word/document.xml"))
        heads = [ET.fromstring(archive.read(name)) for name in names if re.fullmatch(r"word/header\d*\.xml", name)]
    return [
        *_file_faults(core, styles, heads, language),
        *_heading_faults(document),
        *_table_faults(document),
        *_picture_faults(document),
    ]


def _text(element: ET.Element) -> str:
    return "".join(run.text or "" for run in element.iter(f"{_W}t")).strip()


def _file_faults(core: str, styles: ET.Element, heads: list[ET.Element], language: str) -> Iterator[str]:
    title = re.search(r"<dc:title>([^<]+)", core)
    if title is None:
        yield "the document has no title"
    if f"<dc:language>{language}" not in core:
        yield f"the document doesn't say that it is in {language}"
    default = styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}lang")
    if default is None or not default.get(f"{_W}val", "").startswith(language):
        yield f"its text isn't marked as {language}"
    if not any(_text(head) for head in heads):
        yield "its pages have no head"


def _heading_faults(document: ET.Element) -> Iterator[str]:
    last = found = 0
    for paragraph in document.iter(f"{_W}p"):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        heading = _HEADING.match("" if style is None else style.get(f"{_W}val", ""))
        if heading is None:
            continue
        found, level = found + 1, int(heading[1])
        if not _text(paragraph):
            yield f"heading {found} is blank"
        if level > last + 1:
            yield f"heading {found} is of level {level} and follows one of level {last}"
        last = level
    if not found:
        yield "it has no heading"


def _table_faults(document: ET.Element) -> Iterator[str]:
    for number, table in enumerate(document.iter(f"{_W}tbl"), 1):
        rows = table.findall(f"{_W}tr")
        if len(rows) < 2:
            yield f"table {number} has no rows below its head"
            continue
        if rows[0].find(f"{_W}trPr/{_W}tblHeader") is None:
            yield f"table {number} has no row of heads"
        elif any(not _text(cell) for cell in rows[0].findall(f"{_W}tc")):
            yield f"table {number} has a blank head"
        if len({len(row.findall(f"{_W}tc")) for row in rows}) > 1:
            yield f"table {number} has rows of different lengths"


def _picture_faults(document: ET.Element) -> Iterator[str]:
    for number, picture in enumerate(document.iter(_DRAWN), 1):
        words = picture.get("descr", "").split()
        if not words:
            yield f"picture {number} has no alternative text"
        elif len(words) < FEWEST_WORDS:
            yield f"picture {number} has no sentence for alternative text: {' '.join(words)}"

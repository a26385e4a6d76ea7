"""Whether slides can be read by everyone: titles, text alternatives, language, sizes, nothing outside the slide.

Looked for in the parts of the file itself (ECMA-376 part 1, 19 PresentationML), whoever wrote it.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from pathlib import Path

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
#: What is drawn, and so needs words beside it.
_DRAWN = (f"{_P}pic", f"{_P}grpSp", f"{_P}graphicFrame")
#: Smallest size of text, in hundredths of a point.
SMALLEST = 1200


def slide_faults(path: Path, *, language: str = "sv") -> list[str]:
    """Return what is wrong with one presentation, slide by slide.

    Parameters
    ----------
    path
        The file.
    language
        What it shall say that it is written in.
    """
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if re.fullmatch(r"ppt/slides/slide\d+\.xml", name)]
        slides = {name: ET.fromstring(archive.read(name)) for name in names}
        core = archive.read("docProps/core.xml").decode()
        frame = ET.fromstring(archive.read("ppt/presentation.xml")).find(f"{_P}sldSz")
    size = (0, 0) if frame is None else (int(frame.attrib["cx"]), int(frame.attrib["cy"]))
    faults = [] if re.search(r"<dc:title>[^<]", core) else ["the document has no title"]
    if f"<dc:language>{language}" not in core:
        faults.append(f"the document doesn't say that it is in {language}")
    titles: dict[str, str] = {}
    for name in sorted(slides, key=lambda one: int("".join(filter(str.isdigit, one)))):
        number = "".join(filter(str.isdigit, name))
        title = _title(slides[name])
        if not title:
            faults.append(f"slide {number} has no title")
        elif title in titles:
            faults.append(f"slide {number} has the title of slide {titles[title]}: {title}")
        titles.setdefault(title, number)
        faults += [f"slide {number}: {what}" for what in _slide_faults(slides[name], language, size)]
    return faults


def _title(slide: ET.Element) -> str:
    for shape in slide.iter(f"{_P}sp"):
        place = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
        if place is not None and place.get("type") in ("title", "ctrTitle"):
            return "".join(run.text or "" for run in shape.iter(f"{_A}t")).strip()
    return ""


def _slide_faults(slide: ET.Element, language: str, size: tuple[int, int]) -> Iterator[str]:
    tree = slide.find(f"{_P}cSld/{_P}spTree")
    for shape in [] if tree is None else tree:
        about = next(shape.iter(f"{_P}cNvPr"), None)
        name = "" if about is None else about.get("name", "")
        if shape.tag in _DRAWN and (about is None or not about.get("descr", "").strip()):
            yield f"{name} has no text alternative"
        if any(one.get("firstRow") != "1" for one in shape.iter(f"{_A}tblPr")):
            yield f"the table {name} has no row of heads"
        for offset in shape.iter(f"{_A}off"):
            if not (0 <= int(offset.get("x", 0)) <= size[0] and 0 <= int(offset.get("y", 0)) <= size[1]):
                yield f"{name} stands outside the slide"
                break
    runs = [run.find(f"{_A}rPr") for run in slide.iter(f"{_A}r")]
    if any(style is None or not style.get("lang", "").startswith(language) for style in runs):
        yield f"some text isn't marked as {language}"
    if any(style is not None and int(style.get("sz", SMALLEST)) < SMALLEST for style in runs):
        yield f"some text is smaller than {SMALLEST / 100:.0f} points"

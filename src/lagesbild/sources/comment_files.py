"""Read comments on kommuner's results: one Markdown file for a kommun, or for a kommun and an area."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from lagesbild.catalogue.analyst import COMMENTS_FILE, TYPES
from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.comment_text import comment_faults
from lagesbild.catalogue.regions import kommuner
from lagesbild.errors import Fault, ParameterError
from lagesbild.sources.analyst_rows import did_you_mean, plain

#: Folder of the comments, in that of the analyst's files.
COMMENTS = "kommentarer"

#: Who a comment may be from, as its first line says ("Från: kommunen"); the analyst where it says nothing.
AUTHORS = ("kommunen", "analytikern")

#: What a line begins with in a copy that `lagesbild new-year` has made.
REVIEW = "att granska:"

_NAME = re.compile(r"(\d{4})(?:-([a-z-]+))?")
_FROM = re.compile(r"fr[åa]n:\s*(.*)", re.IGNORECASE)
_FORM = "<kommunkod>.md or <kommunkod>-<area>.md"


def read_comment_files(folder: Path) -> tuple[pd.DataFrame | None, list[Fault]]:
    """Return the comments of a folder, or what is wrong with them.

    Parameters
    ----------
    folder
        Files named ``1440.md`` (the whole report) or ``1440-aldreomsorg.md`` (an area), UTF-8. May be absent.

    Returns
    -------
    tuple of DataFrame or None, and list of Fault
        `lagesbild.catalogue.analyst.read_comments`; None where there is no file, or where anything is wrong.
    """
    paths = sorted(path for path in folder.glob("*") if not path.name.startswith((".", "~$")))
    rows: list[dict[str, str]] = []
    faults: list[Fault] = []
    for path in paths:
        file = f"{COMMENTS}/{path.name}"
        named, wrong = _named(path, file)
        row, more = _read(path, file) if path.is_file() else ({}, [])
        faults += [*wrong, *more]
        rows.append({**named, **row})
    if faults or not rows:
        return None, faults
    types = TYPES[COMMENTS_FILE]
    frame = pd.DataFrame(rows, columns=list(types)).astype(types)
    return frame.sort_values(["region", "area"], ignore_index=True), []


def _named(path: Path, file: str) -> tuple[dict[str, str], list[Fault]]:
    """Return the kommun and area that a file's name tells."""
    found = _NAME.fullmatch(path.stem)
    if found is None or path.suffix != ".md":
        return {}, [Fault(what="no name of a comment", file=file, expected=_FORM, action="Rename or move the file")]
    code, area = found[1], found[2] or ""
    faults = []
    if code not in {kommun.kod for kommun in kommuner()}:
        faults.append(Fault(what=f"no kommun has the code {code}", file=file, expected=_FORM, action="Rename the file"))
    if area and area not in AREA_IDS:
        error = ParameterError("area", area, AREA_IDS)
        faults.append(
            Fault(what=f"unknown area {area!r}", file=file, expected="one of the ten areas", action=did_you_mean(error))
        )
    return {"region": code, "area": area}, faults


def _read(path: Path, file: str) -> tuple[dict[str, str], list[Fault]]:
    """Return author and text of a file."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return {}, [Fault(what="the file is no UTF-8 text", file=file, action="Save it as UTF-8")]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    author, first = AUTHORS[1], 1
    said = _FROM.fullmatch(lines[0].strip())
    faults = []
    if said is not None:
        lines, first = lines[1:], 2
        author = plain(said[1].strip())
        if author not in AUTHORS:
            expected = " or ".join(AUTHORS)
            what = f"a comment can't be from {said[1].strip()[:40]!r}"
            faults.append(
                Fault(what=what, file=file, row=1, expected=expected, action="Correct the line, or leave it out")
            )
    copied = next((n for n, line in enumerate(lines) if line.lower().startswith(REVIEW)), None)
    if copied is not None:
        what = "the comment is a copy of last year's that nobody has reviewed"
        action = "Read it, correct it, and take the line away"
        faults.append(Fault(what=what, file=file, row=first + copied, action=action))
    body = "\n".join(lines)
    if not body.strip():
        faults.append(Fault(what="the comment is empty", file=file, action="Fill it in or remove the file"))
    faults += comment_faults(body, file=file, first_line=first)
    return {"author": author, "text": body.strip()}, faults

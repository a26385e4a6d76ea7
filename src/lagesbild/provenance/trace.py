"""The way back from a printed number: document and cell, method and its source, observations, raw cells.

Everything is looked up in the release and in the released observations. What stands in raw files is told by whoever is
behind the gate's other side (`Places`): a trace of what is withheld gets no text from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import kommun
from lagesbild.catalogue.vocabulary import Level, Sex
from lagesbild.errors import ParameterError
from lagesbild.presentation.traced import Subject
from lagesbild.provenance.trace_cells import CellTeller, Places
from lagesbild.provenance.trace_evidence import Evidence
from lagesbild.provenance.trace_facts import Fact, cited, fact, name_of
from lagesbild.provenance.trace_index import Entry, entry_of
from lagesbild.provenance.trace_print import agrees
from lagesbild.provenance.trace_sheets import is_sheet, sheet_rows
from lagesbild.provenance.trace_tables import Printed, printed
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.trace_ids import read_id

_BY_KEY = "Trace one of its observations: lagesbild trace <indicator>/<region>/<year>"
_NOT_FOLLOWED = f"The parts of this figure are not followed. {_BY_KEY}"

#: So many observations of a derived number are followed to their raw cells unless more are asked for.
FOLLOWED = 3

_OBSERVATION = re.compile(r"(?P<indicator>[^/]+)/(?P<region>[^/]+)/(?P<year>\d{4})(?:/(?P<sex>[TKM]))?")
_REGION = re.compile(r"\d{2}|\d{4}|\d{6}|[A-Z]\d")
_LEVELS = {2: Level.LAN, 4: Level.KOMMUN, 6: Level.STADSDEL}


def trace(layout: Layout, wanted: str, places: Places | None, *, followed: int = FOLLOWED) -> Iterator[str]:
    """Yield the way back from a spårkod, a row of it, or an observation, as lines of text.

    Parameters
    ----------
    layout
        The release, with the work folder it was made in.
    wanted
        ``K7Q2-F3MX``, ``K7Q2-F3MX.4`` (the fourth row) or ``<indicator>/<region>/<year>[/<sex>]``.
    places
        Finds raw cells; null where there are no raw files, then the way ends at the observations.
    followed
        How many observations of a derived number are followed to their raw cells.

    Raises
    ------
    ParameterError
        For an unknown id, row, indicator, region or year; suggests the nearest.
    NotBuiltError
        If the release has no index, or what made the document isn't there any more.
    """
    code, _, row = wanted.partition(".")
    known = read_id(code)
    if known is None:
        yield from _observation(layout, wanted, places)
        return
    if layout.synthetic:
        yield "Syntetiska data: alla uppgifter är påhittade."
    entry = entry_of(layout, known)
    teller = Teller(layout, places, followed)
    yield from teller.sheet(entry, row) if is_sheet(entry) else teller.float(entry, row)
    yield from teller.cells.files()


def _observation(layout: Layout, wanted: str, places: Places | None) -> Iterator[str]:
    """Yield the way back from an observation named by indicator, region, year and sex."""
    found = _OBSERVATION.fullmatch(wanted)
    if found is None:
        shown = ["K7Q2-F3MX", "K7Q2-F3MX.4", "<indikator>/<region>/<år>", "<indikator>/<region>/<år>/<K eller M>"]
        raise ParameterError("id", wanted, shown)
    indicator = load_catalogue().by_id(found["indicator"])
    evidence = Evidence(layout, indicator)
    region, year, sex = found["region"], int(found["year"]), found["sex"] or Sex.TOTAL.value
    region = region if _REGION.fullmatch(region) else kommun(region).kod
    level = Level.RIKE if region == "0000" else _LEVELS.get(len(region), Level.KOMMUNGRUPP)
    if layout.synthetic:
        yield "Syntetiska data: alla uppgifter är påhittade."
    years = sorted({int(one) for one in evidence.released["year"]})
    if year not in years:
        raise ParameterError("year", year, [str(one) for one in years])
    rows = evidence.rows(year, level, region, sex)
    if rows.empty:
        sexes = [str(one) for one in Sex if not evidence.rows(year, level, region, one).empty]
        if sexes:
            raise ParameterError("sex", sex, sexes)
        regions = sorted(set(evidence.rows(year, level, sex=sex)["region"]))
        raise ParameterError("region", region, regions)
    yield f"{indicator.id} {indicator.title}"
    cells = CellTeller(places, 1)
    for row in rows.to_dict("records"):
        yield from cells.observation(row)
    yield from cells.files()


class Teller:
    """Tells the way back from what is printed, in lines of text.

    Parameters
    ----------
    layout, places, followed
        See `trace`.
    """

    def __init__(self, layout: Layout, places: Places | None, followed: int) -> None:
        self.layout = layout
        self.cells = CellTeller(places, followed)
        self._evidence: dict[str, Evidence] = {}

    def float(self, entry: Entry, row: str) -> Iterator[str]:
        """Yield the way back from a figure or table, or from one row of a table."""
        found = printed(self.layout, entry)
        yield f"{entry.id}{'.' * bool(row)}{row}"
        yield f"  product   {entry.product}"
        yield f"  {'table ' if found.rows else 'figure'}    {entry.label}: {entry.caption}"
        yield from _document(entry, found)
        if found.recorded is not None:
            yield f"  made by   {found.recorded.made_by}; made anew now: the same to the letter"
        if not row:
            yield from self._contents(entry, found)
            return
        if not found.rows:
            yield from self._drawn(found, row)
            return
        number = _row(row, len(found.rows))
        cells = found.rows[number]
        yield f"  row {number + 1}     {cells[0]}"
        told = False
        for place, (head, text) in enumerate(zip(found.heads, cells, strict=True)):
            about = found.recorded.subject(number, place) if found.recorded else None
            facts = found.recorded.facts[place].split() if found.recorded and found.recorded.facts else []
            for name in facts if about is not None else ():
                told = True
                yield from self._cell(head, text, name, about)  # type: ignore[arg-type]
        if not told:
            yield "  No column of this row is a number that is followed: the way ends at what is named above."

    def sheet(self, entry: Entry, row: str) -> Iterator[str]:
        """Yield the way back from a sheet of a workbook, or from one of its rows."""
        heads, rows = sheet_rows(self.layout, entry)
        yield f"{entry.id}{'.' * bool(row)}{row}"
        yield f"  product   {entry.product}"
        yield f"  sheet     {entry.caption} (number {entry.cell}), table {entry.label}, {len(rows)} rows"
        yield f"  made by   {entry.document}"
        if not row:
            yield f"  One row:  lagesbild trace {entry.id}.1"
            return
        cells = rows[_row(row, len(rows))]
        yield f"  row {row}     {cells.get(heads[0])}"
        about = _of_sheet(self.layout, entry, cells)
        if about is None:
            yield f"  The sheet has no column Id, so its rows are not followed. {_BY_KEY}"
            return
        for head in heads:
            name = {"Resultat": "value", "Svar": "answer", "Riket": "riket", "Färg": "colour"}.get(head)
            if name is not None and cells.get(head) is not None:
                yield from self._cell(head, _in_print(cells[head]), name, about)

    def _drawn(self, found: Printed, row: str) -> Iterator[str]:
        """Yield what one part of a figure is drawn from."""
        about = found.recorded.about if found.recorded is not None else ()
        if not about:
            yield f"  {_NOT_FOLLOWED}"
            return
        subject = about[_row(row, len(about))]
        if not isinstance(subject, Subject):
            return
        evidence = self._of(subject.indicator)
        yield f"  part {row}    {evidence.indicator.title} [{_subject(subject)}]"
        for name in ("value", "trend", "riket", "liknande"):
            made = fact(name, evidence, subject)
            if made is not None and len(made.rows):
                yield f"  drawn from {name} ({made.value}): {made.how}; {_counted(made.rows)}"
                yield from self.cells.derived(made.rows, name)

    def _contents(self, entry: Entry, found: Printed) -> Iterator[str]:
        """Yield the rows of a table, or the parts of a figure, each with what it is about."""
        if not found.rows and found.recorded is not None:
            for number, about in enumerate(found.recorded.about, start=1):
                yield f"  {entry.id}.{number}  {_subject(about) if isinstance(about, Subject) else ''}"
        if not found.rows and not (found.recorded and found.recorded.about):
            yield f"  {_NOT_FOLLOWED}"
        for number, cells in enumerate(found.rows):
            about = found.recorded.subject(number, 1) if found.recorded and len(cells) > 1 else None
            key = f" = {_subject(about)}" if about else ""
            yield f"  {entry.id}.{number + 1}  {cells[0]}{key}"

    def _cell(self, head: str, text: str, name: str, about: Subject) -> Iterator[str]:
        """Yield one printed number or word: what it is, whether it is so anew, and what it is made of."""
        evidence = self._of(about.indicator)
        made = fact(name, evidence, about)
        if made is None:
            return
        yield f"  {head}: printed “{text}” [{name} of {_subject(about)}]"
        yield f"    {_verdict(made, text, name)}"
        for method in made.methods:
            yield f"    method {name_of(method)}: {cited(method)}"
        if made.methods or len(made.rows) > 1:
            yield f"    made of {_counted(made.rows)}: {made.how}"
            yield from self.cells.derived(made.rows, head)
            return
        for row in made.rows.to_dict("records"):
            yield from self.cells.observation(row)

    def _of(self, indicator: str) -> Evidence:
        if indicator not in self._evidence:
            self._evidence[indicator] = Evidence(self.layout, load_catalogue().by_id(indicator))
        return self._evidence[indicator]


def _document(entry: Entry, found: Printed) -> Iterator[str]:
    """Yield the document, its parameters and inputs, and the cell."""
    if found.record is None:
        yield f"  document  {entry.document}, which writes the page"
        return
    parameters = ", ".join(f"{key}={value}" for key, value in found.record.parameters.items() if key != "metadata")
    yield f"  document  {entry.document}, cell {entry.cell}, with {parameters}; engine {found.record.engine or 'none'}"
    for line in found.source.strip().splitlines():
        yield f"    | {line}"
    for name, digest in found.record.inputs.items():
        yield f"  input     {name} sha256 {digest[:16]}…"


def _verdict(made: Fact, text: str, name: str) -> str:
    same = "agrees" if agrees(text, made.value, name) else "DOES NOT AGREE"
    if made.value is None:
        return f"computed anew from the released observations: no value; {same}"
    value = made.value if isinstance(made.value, str) else f"{made.value:.10g}"
    return f"computed anew from the released observations: {value}; {same}"


def _row(text: str, n: int) -> int:
    """Return the place of a row from 0.

    Raises
    ------
    ParameterError
        If there is none of that number.
    """
    if not text.isdecimal() or not 1 <= int(text) <= n:
        raise ParameterError("row", text, [str(one) for one in range(1, n + 1)])
    return int(text) - 1


def _subject(about: Subject) -> str:
    sex = "" if about.sex == Sex.TOTAL else f"/{about.sex}"
    return f"{about.indicator}/{about.region}/{about.year}{sex}"


def _counted(rows: pd.DataFrame) -> str:
    return f"{len(rows)} released observation{'s' * (len(rows) != 1)}"


def _in_print(value: object) -> str:
    """Return a cell of a workbook as it is shown: a number with a decimal comma, a mark ("..") as it stands."""
    return str(value).replace(".", ",") if isinstance(value, int | float) else str(value)


def _of_sheet(layout: Layout, entry: Entry, cells: Mapping[str, Any]) -> Subject | None:
    """Return what a row of a kommun's workbook is about, by its columns Id and År."""
    indicator, kommun = cells.get("Id"), re.match(r"kommuner/(\d{4})-", entry.product)
    if indicator is None or kommun is None:
        return None
    return Subject(str(indicator), int(cells.get("År") or layout.year), kommun[1])

"""The way back from a printed number: document and cell, method and its source, observations, raw cells.

Everything is looked up in the release and in the released observations. What stands in raw files is told by whoever is
behind the gate's other side (`Places`): a trace of what is withheld gets no text from there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.raw_hash import is_keyed
from lagesbild.catalogue.raw_place import ObservationKey, RawPlace, shown_fields
from lagesbild.catalogue.regions import region_name
from lagesbild.catalogue.vocabulary import Level, Sex, Status
from lagesbild.errors import ParameterError
from lagesbild.presentation.numbers import is_missing, status_text
from lagesbild.presentation.traced import Subject
from lagesbild.provenance.trace_evidence import Evidence
from lagesbild.provenance.trace_facts import Fact, cited, fact, name_of
from lagesbild.provenance.trace_index import Entry, entry_of
from lagesbild.provenance.trace_print import agrees
from lagesbild.provenance.trace_sheets import is_sheet, sheet_rows
from lagesbild.provenance.trace_tables import Printed, printed
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.trace_ids import read_id

#: Tells where an observation stands in the raw files: its key, the released row's source, what of it may be shown.
Places = Callable[[ObservationKey, str, frozenset[str]], Sequence[RawPlace]]

#: So many observations of a derived number are followed to their raw cells unless more are asked for.
FOLLOWED = 3

_OBSERVATION = re.compile(
    r"(?P<indicator>[^/]+)/(?P<region>\d{2}|\d{4}|\d{6}|[A-Z]\d)/(?P<year>\d{4})(?:/(?P<sex>[TKM]))?"
)
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
    yield from teller.files()


def _observation(layout: Layout, wanted: str, places: Places | None) -> Iterator[str]:
    """Yield the way back from an observation named by indicator, region, year and sex."""
    found = _OBSERVATION.fullmatch(wanted)
    if found is None:
        shown = ["K7Q2-F3MX", "K7Q2-F3MX.4", "<indikator>/<region>/<år>", "<indikator>/<region>/<år>/<K eller M>"]
        raise ParameterError("id", wanted, shown)
    indicator = load_catalogue().by_id(found["indicator"])
    evidence = Evidence(layout, indicator)
    region, year, sex = found["region"], int(found["year"]), found["sex"] or Sex.TOTAL.value
    level = Level.RIKE if region == "0000" else _LEVELS.get(len(region), Level.KOMMUNGRUPP)
    if layout.synthetic:
        yield "Syntetiska data: alla uppgifter är påhittade."
    years = sorted({int(one) for one in evidence.released["year"]})
    if year not in years:
        raise ParameterError("year", year, [str(one) for one in years])
    rows = evidence.rows(year, level, region, sex)
    if rows.empty:
        regions = sorted(set(evidence.rows(year, level, sex=sex)["region"]))
        raise ParameterError("region", region, regions)
    yield f"{indicator.id} {indicator.title}"
    teller = Teller(layout, places, 1)
    for row in rows.to_dict("records"):
        yield from teller.observation(row)
    yield from teller.files()


class Teller:
    """Tells the way back in lines of text; raw files are numbered as they come, and told of last.

    Parameters
    ----------
    layout, places, followed
        See `trace`.
    """

    def __init__(self, layout: Layout, places: Places | None, followed: int) -> None:
        self.layout, self.places, self.followed = layout, places, followed
        self._evidence: dict[str, Evidence] = {}
        self._files: dict[str, RawPlace] = {}
        self._listed: dict[tuple[object, ...], str] = {}

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
            yield "  No column of this row is a number that is followed: see the document's inputs above."

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
            yield "  The sheet has no column Id: its rows are not observations."
            return
        for head in heads:
            name = {"Resultat": "value", "Svar": "answer", "Riket": "riket", "Färg": "colour"}.get(head)
            if name is not None and cells.get(head) is not None:
                yield from self._cell(head, str(cells[head]).replace(".", ","), name, about)

    def observation(self, row: Mapping[Any, Any]) -> Iterator[str]:
        """Yield a released row with every raw cell that it was read from."""
        yield f"    observation {_key(row)}: {_told(row)}; source {row['source']}, revision {row['revision']}"
        fields: dict[tuple[str, str], list[str]] = {}
        for one in self._places(row):
            fields.setdefault((self._cell_of(one), one.rule), []).append(one.field)
        for (place, rule), names in fields.items():
            yield f"      {' and '.join(names)} <- {place}"
            yield f"        {rule}"

    def derived(self, rows: pd.DataFrame, head: str) -> Iterator[str]:
        """Yield the first of the rows that a number is made of, each with the raw cell of its figure."""
        key = tuple(sorted(rows.index))
        if key in self._listed:
            yield f"      the same observations as for {self._listed[key]}"
            return
        self._listed[key] = head
        ordered = rows.sort_values(["year", "level", "region", "unit", "sex"], na_position="first").to_dict("records")
        for row in ordered[: self.followed]:
            figure = next((f" <- {self._cell_of(one)}" for one in self._places(row)), "")
            yield f"      {_key(row)}: {_told(row)}{figure}"
        if len(ordered) > self.followed:
            years = sorted({int(row["year"]) for row in ordered})
            span = str(years[0]) if len(years) == 1 else f"{years[0]}-{years[-1]}"
            yield f"      and {len(ordered) - self.followed} more, {span} (--all follows every one)"

    def files(self) -> Iterator[str]:
        """Yield the raw files that were named."""
        for number, (name, one) in enumerate(self._files.items(), start=1):
            when = f"retrieved {one.retrieved}" if one.retrieved else "day of retrieval not told"
            kind = "hmac-sha256" if is_keyed(name) else "sha256"
            about = [name, f"{kind} {one.sha256}", one.origin, when, one.licence or "licence not told"]
            yield f"  [{number}] {'; '.join(filter(None, about))}"

    def _places(self, row: Mapping[Any, Any]) -> Sequence[RawPlace]:
        if self.places is None:
            return ()
        key = ObservationKey(
            indicator=str(row["indicator"]),
            year=int(row["year"]),
            level=str(row["level"]),
            region=str(row["region"]),
            unit="" if is_missing(row["unit"]) else str(row["unit"]),
            sex=str(row["sex"]),
        )
        shown = shown_fields({str(name): value for name, value in row.items()})
        return self.places(key, str(row["source"]), shown)

    def _cell_of(self, one: RawPlace) -> str:
        """Return a raw cell in words, its file by its number."""
        self._files.setdefault(one.file, one)
        number = list(self._files).index(one.file) + 1
        where = ", ".join(filter(None, [one.sheet and f"sheet {one.sheet}", one.cell or f"row {one.row}"]))
        text = "withheld, not shown" if one.text is None else f"“{one.text}”"
        return f"[{number}] {where}, column “{one.column}”: {text}{f' ({one.address})' if one.address else ''}"

    def _drawn(self, found: Printed, row: str) -> Iterator[str]:
        """Yield what one part of a figure is drawn from."""
        about = found.recorded.about if found.recorded is not None else ()
        subject = about[_row(row, len(about))]
        if not isinstance(subject, Subject):
            return
        evidence = self._of(subject.indicator)
        yield f"  part {row}    {evidence.indicator.title} [{_subject(subject)}]"
        for name in ("value", "trend", "riket", "liknande"):
            made = fact(name, evidence, subject)
            if made is not None and len(made.rows):
                yield f"  drawn from {name} ({made.value}): {made.how}; {len(made.rows)} released observations"
                yield from self.derived(made.rows, name)

    def _contents(self, entry: Entry, found: Printed) -> Iterator[str]:
        """Yield the rows of a table, or the parts of a figure, each with what it is about."""
        if not found.rows and found.recorded is not None:
            for number, about in enumerate(found.recorded.about, start=1):
                yield f"  {entry.id}.{number}  {_subject(about) if isinstance(about, Subject) else ''}"
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
            yield f"    made of {len(made.rows)} released observations: {made.how}"
            yield from self.derived(made.rows, head)
            return
        for row in made.rows.to_dict("records"):
            yield from self.observation(row)

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


def _key(row: Mapping[Any, Any]) -> str:
    unit = "" if is_missing(row["unit"]) or not row["unit"] else f" {row['unit']}"
    place = f"{row['level']} {region_name(str(row['region']))}" if row["level"] != Level.RIKE else "riket"
    return f"{row['indicator']}/{row['region']}/{row['year']}/{row['sex']} ({place}{unit})"


def _told(row: Mapping[Any, Any]) -> str:
    """Return what a released row says."""
    if row["status"] != Status.OK:
        return f"no value, status {row['status']} ({status_text(str(row['status']), long=True)})"
    parts = [f"{name} {_plain(row[name])}" for name in _FIGURES if not is_missing(row[name])]
    return f"{', '.join(parts)}, status ok"


_FIGURES = ("value", "answer", "numerator", "denominator", "n_answers", "n_asked")


def _plain(value: object) -> str:
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _of_sheet(layout: Layout, entry: Entry, cells: Mapping[str, Any]) -> Subject | None:
    """Return what a row of a kommun's workbook is about, by its columns Id and År."""
    indicator, kommun = cells.get("Id"), re.match(r"kommuner/(\d{4})-", entry.product)
    if indicator is None or kommun is None:
        return None
    return Subject(str(indicator), int(cells.get("År") or layout.year), kommun[1])

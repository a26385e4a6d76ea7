"""Where published tables were typed from, and what their columns are: the description of each table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.located import Located, read_located
from lagesbild.catalogue.registers import TEXT, CellCheck
from lagesbild.errors import Fault

#: Kinds of columns and the types they are read as.
DTYPES: dict[str, Any] = {"text": "str", "ord": "str", "omrade": "str", "heltal": "Int64", "tal": "float64"}
_DOCUMENT_FIELDS = {"title", "publisher", "year"}
_TABLE_FIELDS = {"id", "document", "place", "page", "caption", "note", "key", "columns"}
_TABLE_REQUIRED = ("id", "document", "place", "caption", "key", "columns")
_COLUMN_FIELDS = {"kind", "meaning", "words", "low", "high", "optional"}


@dataclass(frozen=True, kw_only=True)
class PublishedColumn:
    """A column of a published table.

    Parameters
    ----------
    name, meaning
        Its head in our file, and what it is, in Swedish.
    kind
        ``text``, ``ord`` (one of `words`), ``omrade`` (an area's id), ``heltal`` or ``tal``.
    words
        The words of an ``ord``.
    low, high
        Bounds of a number, inclusive.
    optional
        Whether a cell may be empty.
    """

    name: str
    meaning: str
    kind: str
    words: tuple[str, ...] = ()
    low: float = float("-inf")
    high: float = float("inf")
    optional: bool = False

    def check(self) -> CellCheck:
        """Return the check of one cell's text, and the words for what will do."""
        if self.kind == "text":
            good, expected = TEXT
        elif self.kind in ("ord", "omrade"):
            known = self.words if self.kind == "ord" else AREA_IDS
            good, expected = (lambda text: text in known), f"one of {', '.join(known)}"
        else:
            good, expected = self._in_bounds, f"{self.kind} from {self.low:g} to {self.high:g}, decimal point"
        return (lambda text: good(text) or (self.optional and text == "")), expected

    def _in_bounds(self, text: str) -> bool:
        whole = text.isdecimal()
        decimal = text.count(".") == 1 and text.replace(".", "").isdecimal()
        fits = whole or (decimal and self.kind == "tal")
        return text.isascii() and fits and self.low <= float(text) <= self.high


@dataclass(frozen=True, kw_only=True)
class PublishedTable:
    """A table of an official report as it was typed.

    Parameters
    ----------
    id
        Its name here, and its file's.
    document, publisher, year
        The report, who published it and when; empty and null where each row names its own document.
    place, page
        Where in the report ("Tabell 2, avsnitt 3.2.1"), and the page where it is known.
    caption, note
        As printed, and what a reader should know.
    key
        Columns that together name a row.
    columns
        The columns.
    """

    id: str
    document: str
    publisher: str
    year: int | None
    place: str
    page: int | None
    caption: str
    note: str
    key: tuple[str, ...]
    columns: tuple[PublishedColumn, ...]

    def citation(self) -> str:
        """Return who printed it and where, in Swedish, for beside the figures."""
        page = "" if self.page is None else f", från s. {self.page}"
        return f"{self.publisher} ({self.year}): {self.document}. {self.place}{page}" if self.document else self.place


def read_sources(path: Path) -> tuple[list[PublishedTable], list[Fault]]:
    """Read ``sources.yml``: where each table was typed from, and what its columns are.

    Returns
    -------
    tuple
        The tables that are rightly described, in the order of the file, and every fault found, with its line.
    """
    if not path.is_file():
        return [], [Fault(what="the list of sources is absent", file=path.name)]
    document, faults = read_located(path)
    if document is None:
        return [], faults
    place = _Place(path.name, faults)
    top = place.mapping(document, "documents and tables", {"documents", "tables"}, ("documents", "tables"))
    documents = top.get("documents", Located({}, document.line))
    if not isinstance(documents.value, dict):
        place.fault(documents, "documents is no mapping", "id: {title, publisher, year}")
        documents = Located({}, documents.line)
    about = {
        name: place.mapping(found, f"document {name}", _DOCUMENT_FIELDS, tuple(sorted(_DOCUMENT_FIELDS)))
        for name, found in documents.value.items()
    }
    tables = []
    listed = top.get("tables", Located([], document.line))
    for item in listed.value if isinstance(listed.value, list) else []:
        before = len(faults)
        table = place.table(item, about)
        if table is not None and len(faults) == before:
            tables.append(table)
    return tables, faults


@dataclass(frozen=True)
class _Place:
    """Reads parts of one file and collects what is wrong with them, by line."""

    file: str
    faults: list[Fault]

    def fault(self, at: Located, what: str, expected: str | None = None) -> None:
        self.faults.append(Fault(what=what, file=self.file, row=at.line, expected=expected))

    def mapping(self, found: Located, name: str, known: set[str], required: tuple[str, ...]) -> dict[str, Located]:
        """Return a mapping's fields after checking their names."""
        if not isinstance(found.value, dict):
            self.fault(found, f"{name} is no mapping", ", ".join(required))
            return {}
        for key, value in found.value.items():
            if key not in known:
                self.fault(value, f"unknown field {key!r} of {name}", ", ".join(sorted(known)))
        for key in required:
            if key not in found.value:
                self.fault(found, f"{name} lacks the field {key}")
        return found.value

    def table(self, item: Located, documents: dict[str, dict[str, Located]]) -> PublishedTable | None:
        """Return a table's description, or None where it can't be read."""
        fields = self.mapping(item, "table", _TABLE_FIELDS, _TABLE_REQUIRED)
        if not set(_TABLE_REQUIRED) <= set(fields) or not isinstance(fields["columns"].value, dict):
            return None
        values = {key: value.value for key, value in fields.items()}
        if values["document"] is not None and values["document"] not in documents:
            self.fault(fields["document"], f"unknown document {values['document']!r}", ", ".join(documents))
        about = {key: value.value for key, value in documents.get(values["document"], {}).items()}
        columns = [self.column(name, found) for name, found in fields["columns"].value.items()]
        key = tuple(part.value for part in fields["key"].value)
        for part in key:
            if part not in fields["columns"].value:
                self.fault(fields["key"], f"the key names no column: {part!r}")
        return PublishedTable(
            id=values["id"],
            document=about.get("title", ""),
            publisher=about.get("publisher", ""),
            year=about.get("year"),
            place=values["place"],
            page=values.get("page"),
            caption=values["caption"],
            note=values.get("note", ""),
            key=key,
            columns=tuple(column for column in columns if column is not None),
        )

    def column(self, name: str, found: Located) -> PublishedColumn | None:
        """Return a column's description, or None where it can't be read."""
        fields = self.mapping(found, f"column {name}", _COLUMN_FIELDS, ("kind", "meaning"))
        values: dict[str, Any] = {key: value.value for key, value in fields.items()}
        if values.get("kind") not in DTYPES:
            self.fault(fields.get("kind", found), f"unknown kind {values.get('kind')!r}", ", ".join(DTYPES))
            return None
        if "words" in values:
            values["words"] = tuple(word.value for word in values["words"])
        return PublishedColumn(name=name, **{key: values[key] for key in values if key in _COLUMN_FIELDS})

"""Reading of the rules of series: a YAML file whose faults are all told at once, by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from lagesbild.catalogue.located import Located, read_located
from lagesbild.catalogue.mappings import Place, parsed_fields
from lagesbild.catalogue.parsers import Parser, pattern, several, text, whole, word
from lagesbild.catalogue.series_rules import Combine, Period, Recoding, RuleKind, SeriesBreak, SeriesRules
from lagesbild.catalogue.vocabulary import Answer
from lagesbild.errors import CatalogueError, Fault

T = TypeVar("T")

_slug = pattern(r"[a-z0-9]+(-[a-z0-9]+)*", "small letters a-z, digits and hyphens")
_year = whole(1990, 2100)


def _codes(found: Located) -> dict[str, int]:
    answers = [one.value for one in Answer]
    if not isinstance(found.value, dict) or not found.value or set(found.value) - set(answers):
        raise ValueError("no mapping of answers to codes", "{nej: 0, ja: 1}")
    return {answer: whole(0, 9)(code) for answer, code in found.value.items()}


def _result(found: Located) -> dict[int, str]:
    if not isinstance(found.value, dict) or not all(code.isdecimal() for code in found.value):
        raise ValueError("no mapping of codes to answers", '{"0": nej, "1": ja}')
    return {int(code): word(Answer)(answer).value for code, answer in found.value.items()}


_ids = several(_slug, "ids", "[eb-audit, eb-dudit]")
PERIOD_FIELDS: dict[str, Parser] = {
    "first": _year,
    "last": _year,
    "questions": several(_slug, "questions", "[audit, dudit]"),
    "codes": _codes,
    "combine": word(Combine),
}
RECODING_FIELDS: dict[str, Parser] = {
    "id": _slug,
    "comment": whole(1, 10),
    "kind": word(RuleKind),
    "text": text,
    "indicators": _ids,
    "left_out": _ids,
    "result": _result,
    "year": _year,
}
BREAK_FIELDS: dict[str, Parser] = {"indicators": _ids, "year": _year, "text": text, "source": text}


def read_series_rules(path: Path) -> SeriesRules:
    """Read the rules of series.

    Parameters
    ----------
    path
        A file with the keys ``recodings`` and ``breaks``.

    Raises
    ------
    CatalogueError
        If it breaks the schema; every fault is listed with its line.
    """
    document, faults = read_located(path)
    reader = _Reader(path.name, faults)
    found = document.value if document is not None else None
    recodings: list[Recoding] = []
    changes: list[SeriesBreak] = []
    if isinstance(found, dict):
        for key in set(found) - {"recodings", "breaks"}:
            reader.fault(found[key].line, key, f"unknown field {key!r}", "recodings and breaks")
        recodings = reader.items(found.get("recodings"), "recodings", reader.recoding)
        changes = reader.items(found.get("breaks"), "breaks", reader.change)
    elif not faults:
        reader.fault(1, "", "the file is no mapping", "recodings and breaks")
    if reader.faults:
        raise CatalogueError("the rules of series were refused", reader.faults)
    return SeriesRules(tuple(recodings), tuple(changes))


class _Reader:
    """Reads the parts of one file and gathers its faults."""

    def __init__(self, file: str, faults: list[Fault]) -> None:
        self.place = Place(file)
        self.faults = faults
        self.first_line: dict[str, int] = {}

    def fault(self, line: int, field: str, what: str, expected: str | None = None) -> None:
        self.faults.append(self.place.fault(line, field, what, expected))

    def items(self, found: Located | None, name: str, read: Callable[[Located], T | None]) -> list[T]:
        if found is None or not isinstance(found.value, list):
            self.fault(found.line if found else 1, name, f"no list of {name}")
            return []
        return [one for one in map(read, found.value) if one is not None]

    def fields(
        self, item: Located, parsers: Mapping[str, Parser], required: tuple[str, ...], besides: tuple[str, ...] = ()
    ) -> dict[str, Any] | None:
        """Return the parsed fields, None if any is faulty; those `besides` are left to the caller."""
        if not isinstance(item.value, dict):
            self.fault(item.line, "", "no mapping of fields")
            return None
        found = {name: located for name, located in item.value.items() if name not in besides}
        values, faults = parsed_fields(found, parsers, self.place, required=required)
        missing = [name for name in required if name not in found]
        faults += [self.place.fault(item.line, name, f"the field {name} is missing") for name in missing]
        self.faults += faults
        return None if faults else values

    def recoding(self, item: Located) -> Recoding | None:
        values = self.fields(item, RECODING_FIELDS, ("id", "comment", "kind", "text", "indicators"), ("periods",))
        if values is None:
            return None
        periods: list[Period] = []
        if "periods" in item.value:
            periods = self.items(item.value["periods"], "periods", self.period)
        rule = Recoding(**values, periods=tuple(periods))
        if rule.id in self.first_line:
            self.fault(item.line, "id", f"the id stands already on line {self.first_line[rule.id]}")
        self.first_line.setdefault(rule.id, item.line)
        for field, what, expected in _broken(rule):
            line = item.value[field].line if field in item.value else item.line
            self.fault(line, field, what, expected)
        return rule

    def period(self, item: Located) -> Period | None:
        values = self.fields(item, PERIOD_FIELDS, ("questions", "codes", "combine"))
        return None if values is None else Period(**values)

    def change(self, item: Located) -> SeriesBreak | None:
        values = self.fields(item, BREAK_FIELDS, tuple(BREAK_FIELDS))
        return None if values is None else SeriesBreak(**values)


def _broken(rule: Recoding) -> Iterator[tuple[str, str, str]]:
    """Yield what does not hold between the fields of a rule as (field, what, expected)."""
    recodes = rule.kind is RuleKind.OMKODNING
    if recodes is not bool(rule.periods and rule.result):
        yield "periods", f"kind {rule.kind} with {len(rule.periods)} periods", "periods and result with omkodning only"
    if (rule.kind is RuleKind.BROTT) is not (rule.year is not None):
        yield "year", f"kind {rule.kind} and year {rule.year}", "a year with brott only"
    if rule.left_out and rule.kind is not RuleKind.URVAL:
        yield "left_out", f"kind {rule.kind} leaves indicators out", "left_out with urval only"
    for earlier, later in pairwise(rule.periods):
        if earlier.last is None or later.first != earlier.last + 1:
            yield "periods", f"a gap or overlap after {earlier.last}", "each period begins the year after the last"
    for period in rule.periods:
        highest = max(period.codes.values())
        reachable = highest * (len(period.questions) if period.combine is Combine.SUMMA else 1)
        lacking = [code for code in range(reachable + 1) if code not in rule.result]
        if lacking:
            yield "result", f"no answer for code {lacking[0]}", f"an answer for each code 0-{reachable}"

"""The catalogue's schema: reads one area's file into indicators and lists every fault in it at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lagesbild.catalogue.areas import AREA_IDS, Area
from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.fields import FIELDS, LIFECYCLE_FIELDS, REQUIRED, Parser, suggestion, with_defaults
from lagesbild.catalogue.indicators import Indicator, Lifecycle
from lagesbild.catalogue.located import Located, read_located
from lagesbild.catalogue.rules import broken_rules
from lagesbild.errors import Fault


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An indicator and the lines of its file that say what it is.

    Parameters
    ----------
    indicator
        The indicator.
    file
        Name of the file it stands in.
    lines
        Line of each field that is written out; the key ``""`` is the line where the indicator begins.
    """

    indicator: Indicator
    file: str
    lines: dict[str, int]

    def fault(self, field: str, what: str, expected: str | None = None, action: str | None = None) -> Fault:
        """Return a fault at `field` of this indicator."""
        row = self.lines.get(field, self.lines[""])
        return Fault(
            what=what,
            file=self.file,
            row=row,
            column=field,
            indicator=self.indicator.id,
            expected=expected,
            action=action,
        )


def read_area_file(path: Path) -> tuple[list[Entry], list[Fault]]:
    """Read and check one area's file.

    Parameters
    ----------
    path
        A file like ``aldreomsorg.yml`` with the keys ``area`` and ``indicators``.

    Returns
    -------
    tuple
        The indicators that are right in themselves, in the order of the file, and every fault found.
    """
    document, faults = read_located(path)
    if document is None:
        return [], faults
    if not isinstance(document.value, dict):
        return [], [
            *faults,
            Fault(what="the file is no mapping", file=path.name, row=1, expected="area and indicators"),
        ]
    area, head_faults = _head(document.value, path)
    faults += head_faults
    listed = document.value.get("indicators")
    if area is None or listed is None or not isinstance(listed.value, list):
        return [], faults
    entries = []
    for item in listed.value:
        entry, found = _entry(item, area, path.name)
        faults += found
        if entry is not None:
            entries.append(entry)
    return entries, faults


def _head(found: dict[str, Located], path: Path) -> tuple[Area | None, list[Fault]]:
    """Check the two keys of the file; return the area if it is one."""
    faults = [
        Fault(what=f"unknown field {key!r}", file=path.name, row=value.line, expected="area and indicators")
        for key, value in found.items()
        if key not in ("area", "indicators")
    ]
    listed = found.get("indicators")
    if listed is None or not isinstance(listed.value, list) or not listed.value:
        row = 1 if listed is None else listed.line
        faults.append(Fault(what="the file lists no indicators", file=path.name, row=row))
    stated = found.get("area", Located(None, 1))
    if stated.value not in AREA_IDS:
        hint = suggestion(str(stated.value), AREA_IDS)
        what = f"unknown area {stated.value!r}"
        faults.append(Fault(what=what, file=path.name, row=stated.line, expected="one of the ten areas", action=hint))
        return None, faults
    if stated.value != path.stem:
        what = f"the file of area {stated.value!r} is called {path.name}"
        faults.append(Fault(what=what, file=path.name, row=stated.line, expected=f"{stated.value}.yml"))
    return area_called(stated.value), faults


def _entry(item: Located, area: Area, file: str) -> tuple[Entry | None, list[Fault]]:
    """Read one indicator; the entry is None where it has a fault in its form."""
    if not isinstance(item.value, dict):
        return None, [Fault(what="an indicator is no mapping", file=file, row=item.line, expected="field: value")]
    stated_id = item.value.get("id", Located(None, item.line)).value
    place = _Place(file, stated_id if isinstance(stated_id, str) else None)
    fields = {key: value for key, value in item.value.items() if key != "lifecycle"}
    values, faults = _parsed(fields, FIELDS, place)
    lifecycle, lifecycle_faults = _lifecycle(item.value.get("lifecycle"), place)
    faults += lifecycle_faults
    faults += [
        place.fault(item.line, name, f"the field {name} is missing") for name in REQUIRED if name not in item.value
    ]
    if faults:
        return None, faults
    indicator = Indicator(area=area.id, lifecycle=lifecycle, **with_defaults(values))
    entry = Entry(indicator=indicator, file=file, lines={"": item.line} | {k: v.line for k, v in item.value.items()})
    rules = [entry.fault(*broken) for broken in broken_rules(indicator, area)]
    return entry, rules


@dataclass(frozen=True)
class _Place:
    """The indicator that a fault is about."""

    file: str
    indicator: str | None

    def fault(self, line: int, field: str, what: str, expected: str | None = None, action: str | None = None) -> Fault:
        return Fault(
            what=what,
            file=self.file,
            row=line,
            column=field,
            indicator=self.indicator,
            expected=expected,
            action=action or None,
        )


def _parsed(found: dict[str, Located], parsers: dict[str, Parser], place: _Place) -> tuple[dict[str, Any], list[Fault]]:
    """Parse each field that is set; a field written as null counts as left out."""
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, located in found.items():
        if name not in parsers:
            hint = suggestion(name, parsers)
            faults.append(place.fault(located.line, name, f"unknown field {name!r}", action=hint))
        elif located.value is not None:
            try:
                values[name] = parsers[name](located)
            except ValueError as error:
                faults.append(place.fault(located.line, name, *error.args))
        elif name in REQUIRED:
            faults.append(place.fault(located.line, name, f"the field {name} is empty"))
    return values, faults


def _lifecycle(found: Located | None, place: _Place) -> tuple[Lifecycle, list[Fault]]:
    """Read the lifecycle; active where the file says nothing."""
    if found is None or found.value is None:
        return Lifecycle(), []
    if not isinstance(found.value, dict):
        return Lifecycle(), [place.fault(found.line, "lifecycle", "no mapping", "state, year and reason")]
    values, faults = _parsed(found.value, LIFECYCLE_FIELDS, place)
    return Lifecycle(**values), faults


def catalogue_faults(entries: Sequence[Entry]) -> Iterator[Fault]:
    """Yield the faults that show only when the files are read together.

    Ids and Kolada ids stand once in the whole catalogue, and a successor exists.
    """
    by_id: dict[str, Entry] = {}
    by_kolada: dict[str, Entry] = {}
    for entry in entries:
        first = by_id.setdefault(entry.indicator.id, entry)
        if first is not entry:
            yield entry.fault("id", f"the id stands already in {first.file} on line {first.lines['id']}")
        if entry.indicator.kolada is None:
            continue
        first = by_kolada.setdefault(entry.indicator.kolada, entry)
        if first is not entry:
            what = f"{entry.indicator.kolada} is already the KPI of {first.indicator.id} ({first.file})"
            yield entry.fault("kolada", what)
    for entry in entries:
        successor = entry.indicator.lifecycle.successor
        if successor is not None and successor not in by_id:
            hint = suggestion(successor, by_id) or None
            yield entry.fault("lifecycle", f"the successor {successor!r} does not exist", action=hint)

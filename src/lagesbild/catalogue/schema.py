"""The catalogue's schema: reads one area's file into indicators and lists every fault in it at once."""

from __future__ import annotations

from pathlib import Path

from lagesbild.catalogue.areas import AREA_IDS, Area
from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.entries import Entry
from lagesbild.catalogue.fields import FIELDS, LIFECYCLE_FIELDS, LIFECYCLE_REQUIRED, REQUIRED, with_defaults
from lagesbild.catalogue.indicators import Indicator, LifecycleEvent
from lagesbild.catalogue.lifecycle import lifecycle_problems
from lagesbild.catalogue.located import Located, read_located
from lagesbild.catalogue.mappings import Place, parsed_fields
from lagesbild.catalogue.parsers import suggestion
from lagesbild.catalogue.rules import broken_rules
from lagesbild.errors import Fault


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
    place = Place(file, stated_id if isinstance(stated_id, str) else None)
    fields = {key: value for key, value in item.value.items() if key != "lifecycle"}
    values, faults = parsed_fields(fields, FIELDS, place, required=REQUIRED)
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


def _lifecycle(found: Located | None, place: Place) -> tuple[tuple[LifecycleEvent, ...], list[Fault]]:
    """Read the lifecycle, one event or a list of them; always active where the file says nothing."""
    if found is None or found.value is None:
        return (), []
    events: list[LifecycleEvent] = []
    faults: list[Fault] = []
    for item in found.value if isinstance(found.value, list) else [found]:
        if not isinstance(item.value, dict):
            faults.append(place.fault(item.line, "lifecycle", "no mapping", "state, year and reason"))
            continue
        values, wrong = parsed_fields(item.value, LIFECYCLE_FIELDS, place, required=LIFECYCLE_REQUIRED)
        missing = [name for name in LIFECYCLE_REQUIRED if name not in item.value]
        if missing:
            what = f"an event without {' or '.join(missing)}"
            wrong.append(place.fault(item.line, "lifecycle", what, "state, year and reason"))
        if wrong:
            faults += wrong
        else:
            events.append(LifecycleEvent(**values))
    if not faults:
        faults = [place.fault(found.line, "lifecycle", *problem) for problem in lifecycle_problems(events)]
    return tuple(events), faults

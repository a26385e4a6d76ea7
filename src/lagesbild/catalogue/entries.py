"""An indicator with the lines it stands on, and the faults that show only when all entries are seen together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.parsers import suggestion
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
        for event in entry.indicator.lifecycle:
            if event.successor is not None and event.successor not in by_id:
                hint = suggestion(event.successor, by_id) or None
                yield entry.fault("lifecycle", f"the successor {event.successor!r} does not exist", action=hint)

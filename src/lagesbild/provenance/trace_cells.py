"""The end of the way back: released observations, each with the raw cells that it was read from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from lagesbild.catalogue.raw_hash import is_keyed
from lagesbild.catalogue.raw_place import ObservationKey, RawPlace, shown_fields
from lagesbild.catalogue.regions import region_name
from lagesbild.catalogue.vocabulary import Level, Status
from lagesbild.presentation.numbers import is_missing, status_text

#: Tells where an observation stands in the raw files: its key, the released row's source, what of it may be shown.
Places = Callable[[ObservationKey, str, frozenset[str]], Sequence[RawPlace]]


class CellTeller:
    """Tells of observations and their raw cells in lines of text; raw files are numbered as they come, told of last.

    Parameters
    ----------
    places
        Finds raw cells; null where there are no raw files, then the way ends at the observations.
    followed
        How many observations of a derived number are followed to their raw cells.
    """

    def __init__(self, places: Places | None, followed: int) -> None:
        self.places, self.followed = places, followed
        self._files: dict[str, RawPlace] = {}
        self._listed: dict[tuple[object, ...], str] = {}

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
        row = f"row {one.row}" if one.sheet else f"row {one.row} (the first is 1)"
        column = one.column and f"column “{one.column}”"
        where = ", ".join(filter(None, [one.sheet and f"sheet {one.sheet}", one.cell or row, column]))
        text = "withheld, not shown" if one.text is None else f"“{one.text}”"
        return f"[{number}] {where}: {text}{f' ({one.address})' if one.address else ''}"


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

"""Tie the columns of a table to the catalogue by a reviewed mapping, and never by a guess."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from lagesbild.catalogue.indicators import Indicator
from lagesbild.sources.mapping import ColumnMapping, SheetMapping, normal
from lagesbild.sources.socialstyrelsen_layout import Heading

NO_MAPPING = "there is no mapping for this survey and year"
NO_SHEET = "the mapping has no such sheet"
NO_COLUMN = "the mapping has no such column"
DOUBTFUL = "doubtful: "


@dataclass(frozen=True, kw_only=True)
class IndicatorColumns:
    """The columns of one indicator and sex on a sheet: place (counted from zero) and mapping of each field."""

    indicator: Indicator
    sex: str
    places: dict[str, int] = field(default_factory=dict)
    mapped: dict[str, ColumnMapping] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Unmapped:
    """A column that was not read, and why; `place` is null for one that the sheet lacks."""

    place: int | None
    head: str
    reason: str


def tie(
    figures: Iterable[Heading], sheet: SheetMapping | None, *, without: str = NO_SHEET
) -> tuple[dict[int, ColumnMapping], list[Unmapped]]:
    """Return the mapping of each column that has one, by place, and the columns left over.

    Parameters
    ----------
    figures
        The columns of the table.
    sheet
        The sheet's mapping, null where there is none.
    without
        The reason to give where there is none.

    Notes
    -----
    A column that fits two entries of the mapping, and two columns that fit one entry, are doubtful and not read. An
    entry that fits no column is reported too.
    """
    headings = list(figures)
    if sheet is None:
        return {}, [Unmapped(place=one.place, head=one.head, reason=without) for one in headings]
    by_head: dict[str, list[ColumnMapping]] = {}
    for entry in sheet.columns:
        by_head.setdefault(entry.head, []).append(entry)
    fitting = {one.place: _fitting(one, by_head) for one in headings}
    claims: dict[int, list[Heading]] = {}
    for one in headings:
        for entry in fitting[one.place]:
            claims.setdefault(id(entry), []).append(one)
    tied: dict[int, ColumnMapping] = {}
    left: list[Unmapped] = []
    for one in headings:
        entries = fitting[one.place]
        reason = _why_not(entries, claims)
        if reason is None:
            tied[one.place] = entries[0]
        else:
            left.append(Unmapped(place=one.place, head=one.head, reason=reason))
    left += [
        Unmapped(place=None, head=entry.head, reason="the mapping's column is not on the sheet")
        for entry in sheet.columns
        if id(entry) not in claims
    ]
    return tied, left


def _fitting(heading: Heading, by_head: dict[str, list[ColumnMapping]]) -> list[ColumnMapping]:
    head, groups = normal(heading.head), tuple(normal(one) for one in heading.groups)
    return [entry for entry in by_head.get(head, ()) if entry.fits(head, groups)]


def _why_not(entries: Sequence[ColumnMapping], claims: dict[int, list[Heading]]) -> str | None:
    """Return why a column with these entries is not read; null where it is."""
    if not entries:
        return NO_COLUMN
    if len(entries) > 1:
        return f"{DOUBTFUL}several entries of the mapping fit (lines {', '.join(str(one.line) for one in entries)})"
    if len(claims[id(entries[0])]) > 1:
        return f"{DOUBTFUL}several columns have this head; the mapping must tell them apart by group"
    return entries[0].reason if entries[0].indicator is None else None


def by_indicator(tied: dict[int, ColumnMapping]) -> list[IndicatorColumns]:
    """Return the tied columns of each indicator and sex together, in the order of the sheet."""
    found: dict[tuple[str, str], IndicatorColumns] = {}
    for place, entry in sorted(tied.items()):
        if entry.indicator is None:
            continue
        key = (entry.indicator.id, entry.sex)
        columns = found.setdefault(key, IndicatorColumns(indicator=entry.indicator, sex=entry.sex))
        columns.places[entry.field] = place
        columns.mapped[entry.field] = entry
    return list(found.values())

"""A raw cell that a reader found again, and its text as a reader of the file sees it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from openpyxl.utils import get_column_letter

from lagesbild.sources.socialstyrelsen_cells import clean
from lagesbild.sources.socialstyrelsen_layout import Sheet

#: The rule of every withheld observation: the true one may tell what stands in the cell.
NOT_SHOWN = "withheld: neither figure nor text is shown"

#: Fields that the cell of the figure itself may give.
MAIN_FIELDS = frozenset({"value", "answer", "status"})


@dataclass(frozen=True, kw_only=True)
class FoundCell:
    """One cell: what it gave and where it stands in its file (see `lagesbild.catalogue.raw_place.RawPlace`)."""

    field: str
    sheet: str | None
    cell: str | None
    row: int
    column: str
    text: str | None
    rule: str

    def is_shown(self, shown: Collection[str]) -> bool:
        """Return whether its text may be shown, where a released row tells these fields."""
        return bool(MAIN_FIELDS & set(shown)) if self.field in MAIN_FIELDS else self.field in shown

    def hidden(self) -> FoundCell:
        """Return its row alone: of a withheld observation even which column said something may tell why."""
        return replace(self, field="value", cell=None, column="", text=None, rule=NOT_SHOWN)


def sheet_cell(sheet: Sheet, *, row: int, place: int, head: str, field: str, rule: str) -> FoundCell:
    """Return a cell of a sheet; `row` and `place` count from zero. A CSV file's only sheet has no name to show."""
    raw = sheet.rows[row][place]
    return FoundCell(
        field=field,
        sheet=None if sheet.file.lower().endswith(".csv") else sheet.name,
        cell=f"{get_column_letter(place + 1)}{row + 1}",
        row=row + 1,
        column=head,
        text=raw if isinstance(raw, str) else clean(raw),
        rule=rule,
    )

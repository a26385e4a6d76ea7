"""Reviewed mappings: which column of a survey's workbooks of one year holds which indicator's figures.

A column is tied by its sheet and its head (without the number in front, which is local to the sheet), and by a head
above it where two columns share their own; never by its place. `mapping_file` reads them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Named
from dataclasses import dataclass

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.vocabulary import Sex
from lagesbild.sources.socialstyrelsen_cells import clean

# "4a. ", "12. ", and "4c.Aktuell" where the space is lost; "4.5 kg" is no such number.
_NUMBER_PREFIX = re.compile(r"^\d+\s?[a-zåäö]?\s?\.(?!\d)\s*", re.IGNORECASE)


def normal(head: object) -> str:
    """Return a head as it is compared: without its number, case, stray spaces, soft hyphens and full stop."""
    return _NUMBER_PREFIX.sub("", clean(head)).casefold().rstrip(". ")


@dataclass(frozen=True, kw_only=True)
class ColumnMapping:
    """What a column is.

    Parameters
    ----------
    head, group
        Normal texts of the column's own head, and of one above it (null where the own head is enough).
    indicator
        Whose figures it holds; null where it is not read.
    reason
        Why it is not read; null where it is.
    field, sex
        Which figure of the observation table (value, numerator, denominator, n_answers, n_asked), and whose.
    answers
        What the cells' texts mean where they are not Ja, Delvis and Nej: ``{"ja, för alla": "ja"}``.
    units
        Only units with one of these texts in another column count: ``{normal head: texts}``.
    line
        Where it stands in the mapping's file.
    """

    head: str
    group: str | None
    indicator: Indicator | None
    reason: str | None
    field: str = "value"
    sex: str = Sex.TOTAL.value
    answers: Named[str, str]
    units: Named[str, tuple[str, ...]]
    line: int

    def fits(self, head: str, groups: tuple[str, ...]) -> bool:
        """Return whether a column with this head, and these above it, is meant (normal texts)."""
        return self.head == head and (self.group is None or self.group in groups)


@dataclass(frozen=True, kw_only=True)
class SheetMapping:
    """A sheet, by any of the names it goes under (normal texts), the area of its file and its columns."""

    area: str
    names: tuple[str, ...]
    columns: tuple[ColumnMapping, ...]


@dataclass(frozen=True, kw_only=True)
class Mapping:
    """A survey's mapping for one year, with the name of its file."""

    file: str
    survey: str
    year: int
    sheets: tuple[SheetMapping, ...]

    def sheet(self, area: str, name: str) -> SheetMapping | None:
        """Return the sheet called `name` in a file on `area`, or null where the mapping has none."""
        return next((one for one in self.sheets if one.area == area and normal(name) in one.names), None)

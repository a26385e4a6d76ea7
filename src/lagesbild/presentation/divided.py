"""The tables of an area: one where the rows are few, else one for each section with a heading and links to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from lagesbild.catalogue.indicators import Indicator
from lagesbild.presentation.sections import tables_of
from lagesbild.presentation.tables import Cell, Column, captioned_table

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Tables(Generic[T]):
    """What the tables of one kind in an area have in common.

    Parameters
    ----------
    columns, row
        The columns, and the cells of one item.
    indicator_of
        The indicator that an item is about.
    heading, what
        What the captions say: the area's name, and what the figures are.
    section_label, table_label
        How the labels of headings and tables begin ("sec-aldreomsorg", "tbl-aldreomsorg").
    """

    columns: list[Column]
    row: Callable[[T], list[Cell]]
    indicator_of: Callable[[T], Indicator]
    heading: str
    what: str
    section_label: str
    table_label: str


def divided(items: Sequence[T], kind: Tables[T], *, level: int) -> list[str]:
    """Return the Markdown blocks of one kind's tables, none without items; sections have headings of `level`."""
    if not items:
        return []
    sections = tables_of(items, kind.indicator_of)
    parts = []
    if len(sections) > 1:
        links = [f"[{section.heading}](#{kind.section_label}-{section.key})" for section, _ in sections if section]
        parts.append(f'::: {{.content-visible when-format="html"}}\n\nGå till: {", ".join(links)}.\n\n:::')
    for section, rows in sections:
        label, head = kind.table_label, kind.heading
        if section is not None:
            parts.append(f"{'#' * level} {section.heading} {{#{kind.section_label}-{section.key}}}")
            label, head = f"{label}-{section.key}", f"{head}, {section.heading.lower()}"
        cells = [kind.row(item) for item in rows]
        parts.append(captioned_table(kind.columns, cells, caption=f"{head}: {kind.what}", label=label))
    return parts

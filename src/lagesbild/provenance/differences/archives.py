"""Differences between two workbooks, Word documents or slides: the cell, or the part of the archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl

from lagesbild.provenance.differences.found import Difference, cut

#: Finds the differences of two versions of a part, by its name.
Inner = Callable[[str, bytes, bytes], Iterator[Difference]]


def workbook_differences(old: bytes, new: bytes, inner: Inner) -> Iterator[Difference]:
    """Yield the cells of two workbooks that differ; their other parts where no cell does."""
    left, right = (openpyxl.load_workbook(io.BytesIO(data)) for data in (old, new))
    yielded = False
    for found in _cells(left, right):
        yielded = True
        yield found
    if not yielded:
        yield from part_differences(old, new, inner)


def part_differences(old: bytes, new: bytes, inner: Inner) -> Iterator[Difference]:
    """Yield the parts of two archives that differ, each by what it is; then how they are packed."""
    with zipfile.ZipFile(io.BytesIO(old)) as left, zipfile.ZipFile(io.BytesIO(new)) as right:
        names = [*left.namelist(), *(name for name in right.namelist() if name not in set(left.namelist()))]
        for name in names:
            both = [archive.read(name) if name in archive.namelist() else None for archive in (left, right)]
            if both[0] is None or both[1] is None:
                told = ["" if one is None else "(stands there)" for one in both]
                yield Difference(kind="part", place=f"part {name}", old=told[0], new=told[1])
            elif both[0] != both[1]:
                for found in inner(name, both[0], both[1]):
                    yield found.within(f"part {name}")
        if left.namelist() != right.namelist() and set(left.namelist()) == set(right.namelist()):
            place = next(n for n, (a, b) in enumerate(zip(left.namelist(), right.namelist(), strict=True)) if a != b)
            told = [archive.namelist()[place] for archive in (left, right)]
            yield Difference(kind="part", place=f"order of the parts, part {place + 1}", old=told[0], new=told[1])
        for name in names:
            if name in left.namelist() and name in right.namelist():
                packed = [_packing(archive.getinfo(name)) for archive in (left, right)]
                if packed[0] != packed[1]:
                    yield Difference(kind="metadata", place=f"part {name}, packing", old=packed[0], new=packed[1])


def _cells(old: Any, new: Any) -> Iterator[Difference]:
    for name in old.sheetnames:
        if name not in new.sheetnames:
            yield Difference(kind="part", place=f"sheet {name}", old="(stands there)", new="")
    for name in new.sheetnames:
        if name not in old.sheetnames:
            yield Difference(kind="part", place=f"sheet {name}", old="", new="(stands there)")
    for name in old.sheetnames:
        if name not in new.sheetnames:
            continue
        cells = [_values(book[name]) for book in (old, new)]
        for place in sorted(cells[0] | cells[1]):
            values = cells[0].get(place), cells[1].get(place)
            if values[0] != values[1]:
                row, column = place
                short = cut(_text(values[0]), _text(values[1]))
                cell = f"{openpyxl.utils.get_column_letter(column)}{row}"
                yield Difference(kind="value", place=f"sheet {name}, cell {cell}", old=short[0], new=short[1])


def _values(sheet: Any) -> dict[tuple[int, int], object]:
    if not hasattr(sheet, "iter_rows"):
        return {}
    return {(cell.row, cell.column): cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _packing(info: zipfile.ZipInfo) -> str:
    return f"date {info.date_time}, method {info.compress_type}, {info.compress_size} bytes, mode {info.external_attr}"

"""Compute kommun, stadsdel, län and rike again from a workbook's units, and compare with what was published.

The rules stand in ``data/mappings/socialstyrelsen/recompute-<survey>-<year>.csv``: which column of units a published
column is made from, which texts count and of which. Rule `andel` is the unweighted share of units in whole percent;
`vagt_medel` a mean of the units' figures weighted with persons, whose numbers are not published: such a cell can only
be checked to lie within its units' figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lagesbild.catalogue.resources import project_root
from lagesbild.errors import Fault, InputError
from lagesbild.sources.mapping import normal
from lagesbild.sources.socialstyrelsen_cells import clean, read_cell, shown, whole_code
from lagesbild.sources.socialstyrelsen_layout import Heading, Sheet, find_table, is_source_line, is_text_sheet

RULE_COLUMNS = ("sheet", "head", "group", "units_sheet", "units_head", "units_group", "rule", "counted", "of")
PUBLISHED_COLUMNS = ("sheet", "code", "name", "level", "excel_col", "quality_area", "header", "raw")
#: All units stand below the line, whatever they answered.
ALL_UNITS = "alla"


@dataclass(frozen=True, kw_only=True, eq=False)
class UnitTable:
    """The units of one sheet, as arrays of equal length: code, regi, whether brown, and texts by `column_key`."""

    code: NDArray[np.str_]
    regi: NDArray[np.str_]
    brown: NDArray[np.bool_]
    texts: dict[str, NDArray[np.str_]]

    def of(self, code: str, name: str) -> NDArray[np.bool_]:
        """Return which units belong to a published row: by the beginning of the code, in riket by regi."""
        regi = clean(name).rpartition(" ")[2]
        if not code and regi in ("Offentlig", "Enskild"):
            return np.asarray(self.regi == regi, dtype=np.bool_)
        return np.char.startswith(self.code, code)

    def members(self, cells: pd.DataFrame) -> NDArray[np.bool_]:
        """Return which units belong to each published cell (`code`, `name`), shape (cells, units)."""
        rows = [self.of(code, name) for code, name in zip(cells["code"], cells["name"], strict=True)]
        return np.array(rows, dtype=np.bool_).reshape(len(cells), len(self.code))


def half_up_percent(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return 100 part / whole in whole percent, half up, exact for counts; NaN where the whole is zero."""
    safe = np.where(whole > 0, whole, 1)
    return np.where(whole > 0, np.floor((200 * part + safe) / (2 * safe)), np.nan)


def read_units(sheets: Sequence[Sheet], *, file: str) -> dict[str, UnitTable]:
    """Return the sheets of units of a workbook called `file`, by name.

    Raises
    ------
    InputError
        If it has no sheet of units.
    """
    tables = {sheet.name: table for sheet in sheets if (table := _unit_table(sheet)) is not None}
    if not tables:
        raise InputError(f"{file} refused", [Fault(what="the workbook has no sheet of units", file=file)])
    return tables


def _unit_table(sheet: Sheet) -> UnitTable | None:
    table = None if is_text_sheet(sheet.name) else find_table(sheet)
    if table is None or not table.units:
        return None
    places = [
        place
        for place in range(table.first_data_row, len(sheet.rows))
        if clean(sheet.rows[place][table.code]) and not is_source_line(sheet.rows[place])
    ]

    def texts(column: int) -> NDArray[np.str_]:
        return np.array([clean(sheet.rows[place][column]) for place in places], dtype=np.str_)

    code = np.array([whole_code(one) for one in texts(table.code)], dtype=np.str_)
    return UnitTable(
        code=code,
        regi=texts(table.regi) if table.regi is not None else np.full(len(places), "", dtype=np.str_),
        brown=np.array([place in (sheet.brown or ()) for place in places], dtype=np.bool_),
        texts=_by_key(table.figures, texts),
    )


def _by_key(figures: Sequence[Heading], texts: Callable[[int], NDArray[np.str_]]) -> dict[str, NDArray[np.str_]]:
    """Return the columns' texts by key; the keys of columns that share their head begin with a head above it."""
    heads = Counter(normal(one.head) for one in figures)
    found = {}
    for one in figures:
        shared = heads[normal(one.head)] > 1 and one.groups
        found[column_key(one.head, one.groups[0] if shared else "")] = texts(one.place)
    return found


def column_key(head: str, group: str = "") -> str:
    """Return the name of a column in `UnitTable.texts`."""
    return f"{normal(group)} » {normal(head)}" if group else normal(head)


def rules_path(survey: str, year: int) -> Path:
    """Return the file with the rules of a survey and year (it need not exist)."""
    return project_root() / "data" / "mappings" / "socialstyrelsen" / f"recompute-{survey}-{year}.csv"


def read_table(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    """Return a CSV file of texts with at least these columns.

    Raises
    ------
    InputError
        If the file or a column is missing.
    """
    if not path.is_file():
        raise InputError(f"{path.name} refused", [Fault(what="there is no such file", file=path.name)])
    frame = pd.read_csv(path, dtype="str", keep_default_na=False)
    faults = [Fault(what="the column is missing", file=path.name, column=one) for one in columns if one not in frame]
    if faults:
        raise InputError(f"{path.name} refused", faults)
    return frame


def recompute(units: dict[str, UnitTable], published: pd.DataFrame, rules: pd.DataFrame) -> pd.DataFrame:
    """Return every published cell that has a rule and a figure, with what its units give.

    Parameters
    ----------
    units
        See `read_units`.
    published
        `PUBLISHED_COLUMNS`: one row a cell, `raw` as printed.
    rules
        `RULE_COLUMNS`.

    Raises
    ------
    InputError
        If the workbook lacks a sheet or column that a rule names.

    Returns
    -------
    DataFrame
        `published` with `rule`, `part` and `whole` (counts of units; of `vagt_medel` the smallest and the greatest
        figure of the units), `computed` and `agrees`. Cells with a mark instead of a figure are left out.
    """
    parts = []
    for rule in records(rules):
        cells = published[cells_of(published, rule)]
        if rule["units_sheet"] not in units:
            fault = Fault(what="the workbook has no such sheet of units", sheet=rule["units_sheet"])
            raise InputError("recomputation refused", [fault])
        table = units[rule["units_sheet"]]
        texts = _texts_of(table, rule)
        members = table.members(cells) & ~table.brown
        number = np.array([read_cell(one).number for one in cells["raw"]], dtype=np.float64)
        cells = cells.assign(rule=rule["rule"], published=number)
        if rule["rule"] == "andel":
            asked = members & (rule["of"] == ALL_UNITS or np.isin(texts, rule["of"].split("|")))
            part = (asked & says_yes(texts, rule["counted"])).sum(axis=1).astype(np.float64)
            whole = asked.sum(axis=1).astype(np.float64)
            computed = half_up_percent(part, whole)
            agrees = computed == number
        else:
            part, whole = _range(texts, members)
            computed = np.where(part == whole, part, np.nan)
            agrees = (number >= part) & (number <= whole)
        parts.append(cells.assign(part=part, whole=whole, computed=computed, agrees=agrees))
    frame = pd.concat(parts, ignore_index=True)
    return frame[frame["published"].notna()].reset_index(drop=True)


def records(rules: pd.DataFrame) -> list[dict[str, str]]:
    """Return the rules, one mapping each."""
    return [{str(name): str(text) for name, text in one.items()} for one in rules.to_dict("records")]


def _texts_of(table: UnitTable, rule: dict[str, str]) -> NDArray[np.str_]:
    key = column_key(rule["units_head"], rule["units_group"])
    if key not in table.texts:
        fault = Fault(what=f"the sheet of units has no column {shown(key)!r}", sheet=rule["units_sheet"])
        raise InputError("recomputation refused", [fault])
    return table.texts[key]


def cells_of(published: pd.DataFrame, rule: dict[str, str]) -> pd.Series:
    """Return which of the published cells a rule is about."""
    about = published["sheet"].eq(rule["sheet"])
    for column, text in (("header", rule["head"]), ("quality_area", rule["group"])):
        if text:
            # Thousands of cells share some tens of heads.
            about &= published[column].isin([one for one in published[column].unique() if normal(one) == normal(text)])
    return about


def says_yes(texts: NDArray[np.str_], counted: str) -> NDArray[np.bool_]:
    """Return which units' texts count as yes (``Ja|Ja, för alla``); ``*`` stands for any text at all."""
    return texts != "" if counted == "*" else np.isin(texts, counted.split("|"))


def _range(texts: NDArray[np.str_], members: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the smallest and greatest figure of the units of each cell; NaN where none has one."""
    known = np.array([read_cell(one).number for one in texts], dtype=np.float64)
    figures = [known[one & ~np.isnan(known)] for one in members]
    ends = [(one.min(), one.max()) if len(one) else (np.nan, np.nan) for one in figures]
    least, most = np.array(ends, dtype=np.float64).reshape(-1, 2).T
    return least, most


def agreement(cells: pd.DataFrame) -> pd.DataFrame:
    """Return, per published column, the number of cells and of those that agree.

    Returns
    -------
    DataFrame
        `sheet`, `excel_col` (int), `header`, `rule`, `cells`, `agree`.
    """
    cells = cells.assign(excel_col=cells["excel_col"].astype("int64"))
    keys = ["sheet", "excel_col", "header", "rule"]
    return cells.groupby(keys, as_index=False, sort=True).agg(cells=("agrees", "size"), agree=("agrees", "sum"))

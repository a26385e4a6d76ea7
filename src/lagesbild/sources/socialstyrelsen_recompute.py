"""A whole recomputation: a workbook of units, what was published, and what was found out about what differs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lagesbild.errors import Fault, InputError
from lagesbild.sources.socialstyrelsen_book import sheets_of
from lagesbild.sources.socialstyrelsen_file import named_parts
from lagesbild.sources.socialstyrelsen_published import published_cells
from lagesbild.sources.socialstyrelsen_search import impossible, search
from lagesbild.sources.socialstyrelsen_units import (
    PUBLISHED_COLUMNS,
    RULE_COLUMNS,
    agreement,
    cells_of,
    column_key,
    read_table,
    read_units,
    recompute,
    records,
    rules_path,
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Deviation:
    """A published column that the documented rule does not give whole.

    Parameters
    ----------
    sheet, excel_col, header
        The column.
    cells, agree
        Its figures, and how many of them the rule gives.
    higher, lower
        How many of the others are published higher, and lower, than the units give.
    no_denominator, no_weights
        How many of its figures no denominator, and no weighting, can give: see `impossible`.
    example
        One of the latter, in words; empty where there is none.
    candidates
        What the search found: see `search`.
    """

    sheet: str
    excel_col: int
    header: str
    cells: int
    agree: int
    higher: int
    lower: int
    no_denominator: int
    no_weights: int
    example: str
    candidates: pd.DataFrame


@dataclass(frozen=True, kw_only=True, eq=False)
class Recomputation:
    """Agreement per published column (see `agreement`), and each column that deviates."""

    columns: pd.DataFrame
    deviations: tuple[Deviation, ...]


def recompute_file(path: Path, published: Path | None = None, *, rules: Path | None = None) -> Recomputation:
    """Compute published results again from a workbook's units.

    Parameters
    ----------
    path
        The workbook; its name says survey and year.
    published
        CSV file of the published cells in long form (`PUBLISHED_COLUMNS`); the workbook's own sheets of results
        where left out.
    rules
        CSV file of rules; the project's own for the survey and year where left out.

    Raises
    ------
    InputError
        If a file can't be read, there are no rules for it, or no published cells.
    """
    named = named_parts(path)
    if rules is None and named is None:
        fault = Fault(what="the file's name does not say survey, area and year", file=path.name, action="Give --rules")
        raise InputError("recomputation refused", [fault])
    known = read_table(rules or rules_path(*_survey_year(named)), RULE_COLUMNS)
    sheets = sheets_of(path)
    units = read_units(sheets, file=path.name)
    printed = published_cells(sheets, file=path.name) if published is None else read_table(published, PUBLISHED_COLUMNS)
    cells = recompute(units, printed, known)
    deviations = []
    for rule in records(known[known["rule"] == "andel"]):
        column = cells[cells_of(cells, rule)]
        if column.empty or column["agrees"].all():
            continue
        table = units[rule["units_sheet"]]
        everyone = column.assign(whole=(table.members(column) & ~table.brown).sum(axis=1).astype("float64"))
        no_denominator, no_weights = impossible(everyone)
        key = column_key(rule["units_head"], rule["units_group"])
        deviations.append(
            Deviation(
                sheet=rule["sheet"],
                excel_col=int(column["excel_col"].iloc[0]),
                header=rule["head"],
                cells=len(column),
                agree=int(column["agrees"].sum()),
                higher=int((column["published"] > column["computed"]).sum()),
                lower=int((column["published"] < column["computed"]).sum()),
                no_denominator=int(no_denominator.sum()),
                no_weights=int(no_weights.sum()),
                example=_example(everyone[no_weights]),
                candidates=search(table, column, column=key, counted=rule["counted"]),
            )
        )
    return Recomputation(columns=agreement(cells), deviations=tuple(deviations))


def _example(cells: pd.DataFrame) -> str:
    """Return the first of some cells in words."""
    for line in cells.head(1).to_dict("records"):
        return f"{line['name']}: {line['part']:g} of {line['whole']:g} units count, {line['published']:g} is published"
    return ""


def _survey_year(named: tuple[str, str, int] | None) -> tuple[str, int]:
    return ("", 0) if named is None else (named[0], named[2])

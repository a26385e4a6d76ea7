"""Marks of printed rows: what is read for certain, and that every typed cell is what its printed row says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.printed_marks import BLANK, UNREADABLE, certain, readings
from lagesbild.catalogue.published import published

TABLES = [f"rir-2021-17-bilaga-1-tabell-{number}" for number in range(2, 18)]
#: The text has lost the blanks of these tables' empty cells.
LOST_BLANKS = {"rir-2021-17-bilaga-1-tabell-16", "rir-2021-17-bilaga-1-tabell-17"}
NAMES = ("rubrik", "rad", "tryckt")
#: Printed so in table 11.
MISSPELT = {"Arbetmarknadsinsats 18-24 år": "Arbetsmarknadsinsats 18-24 år"}


@pytest.mark.parametrize("table", TABLES)
def test_every_typed_cell_is_what_its_printed_row_says_for_certain(table: str) -> None:
    rows = published(table)
    cells = [name for name in rows if name not in NAMES]
    for row in rows.to_dict("records"):
        assert tuple(row[name] for name in cells) == certain(
            row["tryckt"], len(cells), blanks_kept=table not in LOST_BLANKS
        ), row


def test_as_many_cells_are_unreadable_as_the_text_leaves_open() -> None:
    lost = {}
    for number, table in enumerate(TABLES, start=2):
        rows = published(table).drop(columns=list(NAMES))
        lost[number] = int((rows == UNREADABLE).sum().sum())
    assert {number: count for number, count in lost.items() if count} == {
        4: 2,
        5: 14,
        6: 19,
        7: 16,
        12: 12,
        15: 4,
        16: 72,
        17: 72,
    }


def test_a_row_without_marks_is_empty_however_many_blanks_are_left() -> None:
    assert certain("", 8) == certain(BLANK * 8, 8) == ("",) * 8


def test_a_row_that_has_lost_blanks_has_no_reading() -> None:
    assert readings("++·+·", 8) == frozenset()
    assert certain("++·+·", 3) == (UNREADABLE,) * 3


@given(st.lists(st.sampled_from(["", "+", "++", "-", "--", "**", "*"]), min_size=1, max_size=8))
def test_the_cells_that_were_printed_are_among_the_readings(cells: list[str]) -> None:
    printed = "".join(cell.replace("--", f"-{BLANK}-") + BLANK for cell in cells)
    assert tuple(cells) in readings(printed, len(cells)) or not any(cells)
    for read, cell in zip(certain(printed, len(cells)), cells, strict=True):
        assert read in (cell, UNREADABLE)


def test_every_printed_row_is_tied_to_the_catalogue_or_says_why_not() -> None:
    tied = published("rir-2021-17-bilaga-1-rader")
    known = {(area, head, row) for area, head, row in tied[["omrade", "rubrik", "rad"]].itertuples(index=False)}
    areas = dict.fromkeys(range(2, 8), "aldreomsorg")
    areas |= dict.fromkeys(range(8, 13), "ekonomiskt-bistand")
    areas |= dict.fromkeys(range(13, 18), "barn-och-unga")
    printed = {
        (areas[number], head, MISSPELT.get(row, row))
        for number, table in enumerate(TABLES, start=2)
        for head, row in published(table)[["rubrik", "rad"]].itertuples(index=False)
    }
    assert known == printed
    catalogue = load_catalogue()
    for row in tied.to_dict("records"):
        ids = [one for one in row["katalog"].split(";") if one]
        assert {catalogue.by_id(one).area for one in ids} <= {row["omrade"]}
        assert bool(ids) is (row["slag"] in ("enskild", "grupp", "omkodning")), row
        assert (len(ids) == 1) is (row["slag"] == "enskild"), row
        assert ids or row["forklaring"], row


def test_the_rows_hold_the_indicators_of_the_printed_selection() -> None:
    """Table 1 lists what the rows are made of; the user survey's rows are not in it."""
    listed = published("rir-2021-17-bilaga-1-katalog")["katalog"]
    rows = published("rir-2021-17-bilaga-1-rader")
    of_rows = rows[~rows["rubrik"].str.startswith("Brukarbedömningar")]["katalog"]
    one, other = (sorted(i for cell in cells for i in cell.split(";") if i) for cells in (listed, of_rows))
    assert one == other

"""Shares of units computed again: rounding, regi, brown rows, and the search for a denominator."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from lagesbild.sources.socialstyrelsen_search import impossible, search
from lagesbild.sources.socialstyrelsen_units import UnitTable, half_up_percent, recompute

ANSWERS = ["Ja", "Ja", "Nej", "Ej aktuellt", "Ja", "Nej", "Ja"]


def _units() -> UnitTable:
    return UnitTable(
        code=np.array(["0114", "0114", "0114", "0114", "0115", "0115", "0115"]),
        regi=np.array(["Offentlig", "Enskild", "Enskild", "Enskild", "Offentlig", "Offentlig", "Enskild"]),
        brown=np.array([False] * 6 + [True]),
        texts={"våld": np.array(ANSWERS), "tal": np.array(["10", "20", "30", "x", "40", "50", "90"])},
    )


def _published(values: dict[tuple[str, str], str], header: str = "4a.Våld. Procent.") -> pd.DataFrame:
    rows = [("S", code, name, "kommun", "3", "", header, raw) for (code, name), raw in values.items()]
    return pd.DataFrame(rows, columns=["sheet", "code", "name", "level", "excel_col", "quality_area", "header", "raw"])


def _rules(rule: str, head: str, counted: str, of: str) -> pd.DataFrame:
    row = {"sheet": "S", "head": "våld. procent", "group": "", "units_sheet": "U", "units_head": head}
    return pd.DataFrame([row | {"units_group": "", "rule": rule, "counted": counted, "of": of}])


@given(st.integers(0, 3000), st.integers(1, 3000))
def test_whole_percent_half_up_as_decimal_does_it(part: int, whole: int) -> None:
    expected = (Decimal(100 * part) / whole).quantize(Decimal(1), ROUND_HALF_UP)
    got = half_up_percent(np.array([part], dtype=float), np.array([whole], dtype=float))[0]
    assert got == float(expected)


def test_a_share_is_of_the_units_that_answered_without_brown_rows() -> None:
    published = _published({("", "Riket"): "60", ("", "Riket Enskild"): "50", ("0114", "A"): "67", ("0115", "B"): "51"})
    cells = recompute({"U": _units()}, published, _rules("andel", "Våld", "Ja", "Ja|Nej"))
    assert cells["computed"].tolist() == [60, 50, 67, 50]
    assert cells["agrees"].tolist() == [True, True, True, False]


def test_marks_are_no_cells_to_compare() -> None:
    cells = recompute(
        {"U": _units()}, _published({("0114", "A"): "Publiceras ej"}), _rules("andel", "Våld", "Ja", "Ja|Nej")
    )
    assert cells.empty


def test_a_weighted_mean_lies_within_its_units() -> None:
    published = _published({("0114", "A"): "29", ("0115", "B"): "51"})
    cells = recompute({"U": _units()}, published, _rules("vagt_medel", "Tal", "", ""))
    assert cells["agrees"].tolist() == [True, False]


def test_the_search_finds_a_denominator_of_all_units() -> None:
    cells = _published({("0114", "A"): "", ("0115", "B"): "", ("", "Riket"): ""}).assign(published=[50.0, 50.0, 50.0])
    found = search(_units(), cells, column="våld", counted="Ja").iloc[0]
    assert (found["numerator"], found["denominator"], found["brown"], found["agree"]) == (
        "ja",
        "alla enheter",
        False,
        3,
    )


def test_no_denominator_makes_anything_of_no_yes_at_all() -> None:
    cells = pd.DataFrame({"part": [0.0, 1.0, 3.0, 1.0], "whole": [2.0, 3.0, 3.0, 4.0], "published": [50, 50, 90, 40]})
    no_denominator, no_weights = impossible(cells)
    assert no_denominator.tolist() == [True, False, True, True]
    assert no_weights.tolist() == [True, False, True, False]

"""Riksrevisionen's rows from answers: weighed together, recoded across years, and the surveys that it left out."""

from __future__ import annotations

import warnings

import pandas as pd
import pytest

from lagesbild.catalogue.audit_rows import AuditRow
from lagesbild.catalogue.load import load_catalogue
from lagesbild.methods.audit_panel import audit_panel, better_of, unit_panel, without_pandemic


def row(kind: str, *indicators: str, partial: float = 0.0) -> AuditRow:
    return AuditRow(
        id="rad", head="", name="Rad", figure=None, kind=kind, indicators=indicators, partial=partial, note=""
    )


def released(*cells: tuple[str, int, str, object], level: str = "kommun", unit: str = "") -> pd.DataFrame:
    """Return released rows from (indicator, year, region, answer or value or null for a withheld one)."""
    rows = []
    for indicator, year, region, given in cells:
        answer = given if isinstance(given, str) else None
        value = float(given) if isinstance(given, int | float) else None
        status = "sekretess" if given is None else "ok"
        rows.append([indicator, year, level, region, unit, "T", value, answer, status])
    columns = ["indicator", "year", "level", "region", "unit", "sex", "value", "answer", "status"]
    return pd.DataFrame(rows, columns=columns).astype({"value": "float64", "answer": "str"})


def values(frame: pd.DataFrame) -> dict[tuple[int, str], float]:
    keys = zip(frame["year"], frame["region"], strict=True)
    return dict(zip(keys, frame["value"], strict=True))


def test_delvis_counts_as_the_row_says() -> None:
    cells = released(("a", 2019, "0114", "delvis"), ("a", 2019, "0115", "ja"), ("a", 2019, "0117", "nej"))
    assert list(values(audit_panel(cells, [row("enskild", "a")])).values()) == [0.0, 100.0, 0.0]
    assert list(values(audit_panel(cells, [row("enskild", "a", partial=100)])).values()) == [100.0, 100.0, 0.0]


def test_a_group_is_the_mean_of_the_answers_if_half_of_those_asked_are_given() -> None:
    cells = released(
        *((one, 2019, "0114", "ja") for one in "ab"),
        ("c", 2019, "0114", "nej"),
        ("a", 2019, "0115", "ja"),  # one of three: too few
        ("b", 2019, "0117", "nej"),
        ("c", 2019, "0117", "ja"),
        ("a", 2020, "0115", "ja"),  # the others weren't asked in 2020
    )
    found = values(audit_panel(cells, [row("grupp", "a", "b", "c")]))
    assert found == {
        (2019, "0114"): pytest.approx(200 / 3),
        (2019, "0117"): 50.0,
        (2020, "0115"): 100.0,
    }


def test_a_recoded_row_goes_on_across_the_change_of_question() -> None:
    cells = released(
        ("first", 2016, "0114", "delvis"),
        ("x", 2017, "0114", "ja"),
        ("y", 2017, "0114", "nej"),
        ("x", 2017, "0115", "ja"),  # without the other answer there is no sum
        ("first", 2017, "0115", "ja"),
    )
    found = values(audit_panel(cells, [row("omkodning", "first", "x", "y", partial=50)]))
    assert found == {(2016, "0114"): 50.0, (2017, "0114"): 50.0}


def test_numbers_are_themselves_and_nothing_is_read_from_withheld_cells_or_other_levels() -> None:
    cells = released(("a", 2019, "0114", 81.5), ("a", 2019, "0115", None))
    cells = pd.concat([cells, released(("a", 2019, "01", 70.0), level="lan")])
    cells = pd.concat([cells, released(("a", 2019, "0114", 10.0), unit="Enhet 1")])
    assert values(audit_panel(cells, [row("enskild", "a")])) == {(2019, "0114"): 81.5}


def test_rows_without_results_or_indicators_give_an_empty_panel_and_no_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        nothing = audit_panel(released(("a", 2019, "0114", "ja")).iloc[:0], [row("grupp", "a"), row("saknas")])
    assert nothing.columns.tolist() == ["indicator", "year", "region", "value"]
    assert len(nothing) == 0


def test_the_direction_is_that_of_all_the_rows_indicators() -> None:
    indicators = load_catalogue().in_area("ekonomiskt-bistand")
    up, none = "eb-audit", next(one.id for one in indicators if one.direction == "ingen")
    assert better_of([row("enskild", up)], indicators) == {"rad": 1}
    assert better_of([row("grupp", up, none)], indicators) == {}


def test_the_surveys_of_users_and_units_in_2020_are_left_out() -> None:
    indicators = load_catalogue().in_area("aldreomsorg")
    cells = released(
        *(("ao-hemtjanst-nojdhet", y, "0114", 80) for y in (2019, 2020, 2021)), ("ao-audit", 2020, "0114", "ja")
    )
    kept = without_pandemic(cells, indicators)
    assert list(zip(kept["indicator"], kept["year"], strict=True)) == [
        ("ao-hemtjanst-nojdhet", 2019),
        ("ao-hemtjanst-nojdhet", 2021),
        ("ao-audit", 2020),
    ]


def test_units_have_released_numbers_alone() -> None:
    indicators = load_catalogue().in_area("aldreomsorg")
    number = "ao-hemtjanst-delaktig-i-plan"
    cells = pd.concat(
        [
            released((number, 2019, "0114", 80), level="enhet", unit="Hemtjänst 1"),
            released((number, 2019, "0114", None), level="enhet", unit="Hemtjänst 2"),
            released(("ao-audit", 2019, "0114", "ja"), level="enhet", unit="Hemtjänst 1"),
        ]
    )
    found = unit_panel(cells, indicators)
    assert found.to_dict("records") == [
        {"measure": number, "region": "0114", "unit": "Hemtjänst 1", "year": 2019, "value": 80.0}
    ]

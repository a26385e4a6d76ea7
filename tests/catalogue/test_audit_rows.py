"""Rows of Riksrevisionen's tables, and rows chosen like them where it printed none."""

from __future__ import annotations

import pytest

from lagesbild.catalogue.audit_rows import (
    AUDITED,
    printed_peers,
    printed_rows,
    printed_users,
    printed_variance,
    rows_of,
    table_numbers,
    usual_rows,
)
from lagesbild.catalogue.indicators import Direction, Survey
from lagesbild.catalogue.load import load_catalogue
from lagesbild.errors import ParameterError

WORK = "(Manualbaserade) insatser: Arbetsmarknadsinsats 18-24 år"


def test_the_printed_rows_are_the_tables_rows() -> None:
    assert [len(printed_rows(area)) for area in AUDITED] == [20, 9, 10]
    assert printed_rows("hemloshet") == ()
    alcohol = next(row for row in printed_rows("ekonomiskt-bistand") if row.name == "Alkohol/droger")
    assert (alcohol.kind, alcohol.partial, alcohol.figure) == ("omkodning", 50.0, 7)
    missing = next(row for row in printed_rows("aldreomsorg") if row.kind == "saknas")
    assert (missing.indicators, missing.partial) == ((), 0.0)


def test_printed_marks_are_found_by_row_and_column() -> None:
    assert printed_variance("aldreomsorg")["Intern samordning", "lan"] == "**"
    assert printed_variance("aldreomsorg")["Brukarbedömningar inom hemtjänsten: Sammantaget", "lan_sista"] == ""
    assert printed_peers("ekonomiskt-bistand", "kommungrupp")[WORK, "alla_niva_t1"] == "++"
    assert printed_peers("barn-och-unga", "socioekonomi")["ISU kön", "alla_niva_t1"] == "?"
    assert printed_users("barn-och-unga")["Manualbaserade insatser: Stödgrupp", "ar_2020"] == "++"
    assert printed_users("aldreomsorg") == {}
    assert printed_variance("krisberedskap") == printed_peers("krisberedskap", "lan") == {}
    assert [table_numbers(area) for area in (*AUDITED, "hemloshet")] == [
        (2, 3, 4, 5),
        (8, 9, 10, 11, 12),
        (13, 14, 15, 16, 17),
        (),
    ]


def test_every_key_of_a_printed_mark_is_a_row() -> None:
    for area in AUDITED:
        rows = {row.id for row in printed_rows(area)}
        keys = [printed_variance(area), printed_users(area)]
        keys += [printed_peers(area, grouping) for grouping in ("lan", "kommungrupp", "socioekonomi")]
        assert {row for marks in keys for row, _ in marks} <= rows


def test_an_area_that_was_not_audited_gets_indicators_close_to_the_work() -> None:
    catalogue = load_catalogue()
    often = {one.id: 5 for one in catalogue.in_area("vald-i-nara-relationer")}
    rows = usual_rows(catalogue, "vald-i-nara-relationer", often)
    chosen = [catalogue.by_id(row.indicators[0]) for row in rows]
    assert 3 <= len(chosen) <= 14
    assert all(one.direction is not Direction.INGEN and one.survey is not Survey.REGISTER for one in chosen)
    assert rows == rows_of(chosen)


def test_an_audited_area_without_results_of_its_rows_is_chosen_like_the_others() -> None:
    catalogue = load_catalogue()
    assert usual_rows(catalogue, "barn-och-unga", {"bu-stodgruppsverksamhet": 3}) == printed_rows("barn-och-unga")
    assert usual_rows(catalogue, "barn-och-unga", {}) == ()
    with pytest.raises(ParameterError, match="hemloshet"):
        usual_rows(catalogue, "hemlöshet", {})

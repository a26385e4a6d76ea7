"""However many processes share the tables, the answer is the same; what can't be protected goes whole, loudly."""

from __future__ import annotations

import logging
from typing import Any

import pandas as pd
import pytest

from lagesbild.catalogue.load import Catalogue
from lagesbild.disclosure import secondary
from lagesbild.disclosure.gate import pass_gate


def _years(new_table: Any, number: int) -> pd.DataFrame:
    years = []
    for year in range(number):
        table = new_table().shares("rike", "0000", (1010 + year, 2000)).shares("lan", "14", (510 + year, 1000))
        table.shares("lan", "13", (500, 1000)).shares("kommun", "1380", (200, 400)).shares("kommun", "1315", (300, 600))
        table.shares("kommun", "1440", (2, 400)).shares("kommun", "1480", (300 + year, 400))
        table.shares("kommun", "1415", (208, 200 + 100))
        years.append(table.frame().assign(year=2000 + year))
    return pd.concat(years, ignore_index=True)


def test_the_answer_does_not_depend_on_the_number_of_processes(catalogue: Catalogue, new_table: Any) -> None:
    raw = _years(new_table, secondary.FEW_TABLES + 4)
    alone, shared = (pass_gate(raw, catalogue, jobs=jobs) for jobs in (1, 2))
    pd.testing.assert_frame_equal(alone.record, shared.record)
    pd.testing.assert_frame_equal(alone.released, shared.released)
    assert alone.record.groupby("year")["reason_secondary"].sum().eq(1).all()


def test_a_table_without_an_answer_is_withheld_whole_and_said_without_values(
    catalogue: Catalogue, new_table: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(secondary, "ROUNDS", 1)
    with caplog.at_level(logging.WARNING):
        released = pass_gate(_years(new_table, 1), catalogue).released
    assert set(released["status"]) == {"sekretess"}
    assert caplog.messages == ["ao-register 2000 can't be protected and is withheld whole"]

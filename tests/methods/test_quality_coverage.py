"""What came in: kommuner, persons, single questions, years, and breaks."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lagesbild.catalogue.indicators import Survey
from lagesbild.methods.quality_coverage import (
    break_findings,
    coverage_findings,
    item_findings,
    late_findings,
    response_findings,
)

CODES = [f"{number:04d}" for number in range(1000, 1100)]


def cells(n_ok: int, indicator: str = "ao-tal", rest: str = "bortfall") -> pd.DataFrame:
    status = ["ok"] * n_ok + [rest] * (100 - n_ok)
    return pd.DataFrame({"region": CODES, "status": status}).assign(indicator=indicator, year=2024, sex="T")


@pytest.mark.parametrize(("n", "severity"), [(100, None), (85, None), (84, 1), (69, 2), (24, 3), (0, None)])
def test_few_kommuner_is_a_finding_by_how_few(indicator, n, severity):
    found = coverage_findings(cells(n), indicators=[indicator()], year=2024)
    assert found["severity"].tolist() == ([] if severity is None else [severity])
    if n == 84:
        assert found["text"][0] == "84 av 100 kommuner har redovisat"


def test_who_is_withheld_or_not_concerned_has_reported():
    assert coverage_findings(cells(50, rest="sekretess"), indicators=[], year=2024).empty
    assert coverage_findings(cells(50, rest="ej_tillamplig"), indicators=[], year=2024).empty


def test_few_kommuner_in_a_survey_by_choice_is_clear_at_most(indicator):
    by_choice = [indicator(survey=Survey.BRUKARUNDERSOKNING)]
    assert coverage_findings(cells(10), indicators=by_choice, year=2024)["severity"].tolist() == [2]


def answers(*pairs: tuple[float, float]) -> pd.DataFrame:
    fixed = {"indicator": "ao-tal", "year": 2024, "level": "kommun", "unit": "", "sex": "T", "status": "ok"}
    rows = [{"region": CODES[n], "n_answers": a, "n_asked": b} for n, (a, b) in enumerate(pairs)]
    return pd.DataFrame(rows).assign(**fixed)


def test_response_is_of_all_asked_and_single_kommuner_are_marked():
    found = response_findings(answers((30, 100), (50, 100)), year=2024)
    assert found[["level", "region", "severity"]].to_numpy().tolist() == [["kommun", "1000", 1], ["rike", "0000", 2]]
    assert found["text"].tolist() == [
        "Bara 30 procent av de tillfrågade har svarat",
        "40 procent av de tillfrågade i kommuner vars antal kan visas har svarat",
    ]
    assert response_findings(answers((70, 100), (np.nan, np.nan)), year=2024).empty


def test_a_question_left_out_by_one_who_answered_the_rest(indicator):
    kinds = [indicator(id=f"ao-{n}") for n in "abc"] + [indicator(id="ao-reg", survey=Survey.REGISTER)]
    frame = pd.concat([cells(100, "ao-a"), cells(100, "ao-b"), cells(98, "ao-c"), cells(50, "ao-reg")])
    found = item_findings(frame, indicators=kinds)
    assert found[["indicator", "region"]].to_numpy().tolist() == [["ao-c", "1098"], ["ao-c", "1099"]]


def test_one_who_answered_nothing_left_no_question_out(indicator):
    kinds = [indicator(id=f"ao-{n}") for n in "ab"]
    assert item_findings(pd.concat([cells(90, "ao-a"), cells(90, "ao-b")]), indicators=kinds).empty


def window(*years: int) -> pd.DataFrame:
    fixed = {"indicator": "ao-tal", "unit": "", "status": "ok"}
    return pd.DataFrame({"year": list(years)}).assign(**fixed)


@pytest.mark.parametrize(
    ("years", "severity", "text"),
    [
        ((2023, 2024), None, ""),
        ((2022, 2023), 2, "Källans senaste resultat är från 2023"),
        ((2020,), 3, "Källans senaste resultat är från 2020"),
        ((), 3, "Källan har inga resultat för något av åren"),
    ],
)
def test_a_source_that_is_behind_the_plan(indicator, years, severity, text):
    rows = window(*years) if years else window(2024).iloc[:0]
    found = late_findings(rows, indicators=[indicator()], year=2024)
    assert found["severity"].tolist() == ([] if severity is None else [severity])
    assert found["text"].tolist() == ([] if severity is None else [text])


def test_a_year_without_measuring_is_not_late(indicator):
    assert late_findings(window(2023), indicators=[indicator(frequency=2, phase=2023)], year=2024).empty


def test_a_break_is_mild_in_its_year_and_information_afterwards():
    breaks = {"ao-tal": [(2010, "Gammalt."), (2020, "Frågan delades.")], "ao-borta": [(2020, "x")]}
    for year, expected in ((2019, []), (2020, [1]), (2024, [0]), (2030, [])):
        found = break_findings(breaks, years=range(year - 8, year + 1), present={"ao-tal"})
        assert found["severity"].tolist() == expected
        if expected:
            assert found["text"].tolist() == ["Jämför inte med åren före 2020: Frågan delades"]

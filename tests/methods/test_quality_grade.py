"""The grade follows the findings: none, mild, clear, serious; and one finding more never makes it better."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lagesbild.methods.quality_findings import Check, Severity, as_findings, gathered
from lagesbild.methods.quality_grade import GRADE_COLUMNS, GRADES, REASON_ORDER, Grade, checks_of, grade_frame

CODES = [f"{number:04d}" for number in range(1000, 1100)]


def cells(n_ok: int = 100) -> pd.DataFrame:
    status = ["ok"] * n_ok + ["saknas"] * (100 - n_ok)
    return pd.DataFrame({"region": CODES, "status": status}).assign(indicator="ao-tal", year=2024, sex="T")


def national(check: Check, severity: int, text: str = "Skäl") -> pd.DataFrame:
    cell = pd.DataFrame({"indicator": ["ao-tal"], "year": 2024, "level": "rike", "region": "0000", "sex": "T"})
    return as_findings(cell, check=check, severity=[severity], text=text)


def of_kommuner(check: Check, n: int, severity: int = 2) -> pd.DataFrame:
    cell = pd.DataFrame({"region": CODES[:n]}).assign(indicator="ao-tal", year=2024, level="kommun", sex="T")
    return as_findings(cell, check=check, severity=[severity] * n, text="Hopp")


def graded(*parts: pd.DataFrame, n_ok: int = 100) -> pd.Series:
    return grade_frame(gathered(list(parts)), cells(n_ok), indicators=(), year=2024).iloc[0]


def test_without_findings_the_grade_is_good_and_without_results_there_is_none():
    frame = grade_frame(gathered([]), cells(), indicators=(), year=2024)
    assert tuple(frame.columns) == GRADE_COLUMNS
    assert (graded()["grade"], graded()["reasons"]) == ("A", "")
    late = graded(national(Check.SENA_UPPGIFTER, 2, "Källans senaste resultat är från 2022"), n_ok=0)
    assert (late["grade"], late["reasons"]) == ("", "Källans senaste resultat är från 2022.")


@pytest.mark.parametrize(
    ("severities", "grade"),
    [
        ((0,), "A"),
        ((0, 0, 0), "A"),
        ((1,), "B"),
        ((1, 1), "B"),
        ((1, 1, 1), "C"),
        ((2,), "C"),
        ((2, 2, 2), "D"),
        ((3,), "D"),
    ],
)
def test_the_steps_of_national_findings(severities, grade):
    checks = [Check.TACKNING, Check.SERIEBROTT, Check.SVARSANDEL]
    parts = [national(check, severity) for check, severity in zip(checks, severities, strict=False)]
    assert graded(*parts)["grade"] == grade


@pytest.mark.parametrize(
    ("check", "n", "grade"),
    [
        (Check.HOPP, 0, "A"),
        (Check.HOPP, 1, "B"),
        (Check.HOPP, 2, "C"),
        (Check.HOPP, 5, "D"),
        (Check.VAXLANDE_SVAR, 4, "A"),
        (Check.VAXLANDE_SVAR, 10, "C"),
        (Check.VAXLANDE_SVAR, 20, "D"),
    ],
)
def test_the_steps_of_findings_of_kommuner(check, n, grade):
    assert graded(of_kommuner(check, n))["grade"] == grade


def test_findings_for_information_and_of_other_levels_take_nothing():
    assert graded(of_kommuner(Check.HOPP, 50, severity=0))["grade"] == "A"
    assert graded(of_kommuner(Check.HOPP, 50).assign(level="enhet"))["grade"] == "A"


def test_the_share_is_of_kommuner_with_a_result_and_of_those_asked_for_questions_left_out():
    assert graded(of_kommuner(Check.HOPP, 3), n_ok=20)["grade"] == "D"
    assert graded(of_kommuner(Check.HOPP, 1), n_ok=20)["grade"] == "B"
    assert graded(of_kommuner(Check.PARTIELLT_BORTFALL, 10, 1), n_ok=20)["grade"] == "B"


def test_reasons_stand_in_one_order_whatever_their_weight():
    row = graded(of_kommuner(Check.VAXLANDE_SVAR, 12), national(Check.TACKNING, 1, "80 av 100 kommuner har redovisat"))
    assert row["reasons"] == (
        "80 av 100 kommuner har redovisat. 12 av de 100 kommuner vars resultat kan visas har ett svar som växlat fram "
        "och tillbaka mellan åren, som om 14 procent av svaren vore fel."
    )
    assert (row["n_kommuner_flagged"], row["n_findings"]) == (12, 13)


def test_each_share_says_what_it_is_a_share_of():
    few = graded(of_kommuner(Check.SVARSANDEL, 25, 1), of_kommuner(Check.PARTIELLT_BORTFALL, 3, 1), n_ok=46)
    assert few["reasons"] == (
        "25 av de 46 kommuner vars resultat kan visas har en låg andel svarande. "
        "3 av de 100 kommuner som skulle ha redovisat har svarat på enkäten men inte på frågan."
    )
    assert graded(of_kommuner(Check.HOPP, 1), n_ok=1)["reasons"].startswith("1 kommun har ovanligt")


def test_every_check_has_a_place_among_the_reasons():
    assert sorted(REASON_ORDER) == sorted(Check)


def test_the_checks_of_a_grade_are_those_that_gave_it_a_step():
    row = graded(
        of_kommuner(Check.HOPP, 1),
        of_kommuner(Check.VAXLANDE_SVAR, 4),  # below the first limit
        national(Check.SERIEBROTT, 0),  # for information
        national(Check.TACKNING, 1),
    )
    assert row["grade"] == "B"
    assert checks_of(row["checks"]) == (Check.TACKNING, Check.HOPP)
    assert checks_of(graded()["checks"]) == ()


_FINDINGS = st.lists(
    st.tuples(
        st.sampled_from(list(Check)),
        st.sampled_from(list(Severity)),
        st.one_of(st.just("0000"), st.sampled_from(CODES[:40])),
    ),
    max_size=40,
)


def _frame(found: list[tuple[Check, Severity, str]]) -> pd.DataFrame:
    # One frame at once: hypothesis makes thousands of findings.
    rows = pd.DataFrame(found, columns=["check", "severity", "region"]).astype({"check": "str", "region": "str"})
    level = rows["region"].map(lambda region: "rike" if region == "0000" else "kommun").astype("str")
    return gathered([rows.assign(indicator="ao-tal", year=2024, level=level, sex="T", text="Skäl")])


@settings(max_examples=60, deadline=None)
@given(some=_FINDINGS, more=_FINDINGS, n_ok=st.integers(1, 100))
def test_a_further_finding_never_makes_the_grade_better(some, more, n_ok):
    order = [str(grade) for grade in GRADES]
    before = grade_frame(_frame(some), cells(n_ok), indicators=(), year=2024).iloc[0]
    after = grade_frame(_frame(some + more), cells(n_ok), indicators=(), year=2024).iloc[0]
    assert order.index(after["grade"]) >= order.index(before["grade"])
    assert after["points"] >= before["points"]


def test_every_grade_has_its_letter():
    assert [str(grade) for grade in GRADES] == ["A", "B", "C", "D"]
    assert str(Grade.EJ_BEDOMD) == ""

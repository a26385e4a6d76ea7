"""The 24 marks in words: how many agree, which are absent, and which claims hold."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from lagesbild.methods.audit_claims import CLAIM_COLUMNS
from lagesbild.methods.audit_comparison import AuditComparison, user_survey_rows
from lagesbild.presentation.audit.user_survey import user_survey_section

ROW = "Brukarbedömningar inom hemtjänsten: Sammantaget"


def made() -> AuditComparison:
    marks = pd.DataFrame(
        [
            (ROW, group, period, printed, mark, printed == mark)
            for group, period, printed, mark in (
                ("lan", "alla_ar", "**", "**"),
                ("kommungrupp", "alla_ar", "**", "**"),
                ("lan", "sista_aret", "", "**"),
                ("kommungrupp", "sista_aret", "**", "*"),
            )
        ],
        columns=["row", "group", "period", "printed", "mark", "agrees"],
    )
    readings = pd.DataFrame({"reading": ["som_tryckt", "utan_sma"], "agree": [2, 3]})
    claims = pd.DataFrame(
        [
            ["nojda", ROW, 2016, 2019, 89.0, 88.0, 88.0, 89.0, -0.43, -0.93, 0.08, 288, False, "haller"],
            ["halsa", ROW, 2016, 2019, *[float("nan")] * 7, 0, False, "kan_inte_provas"],
        ],
        columns=list(CLAIM_COLUMNS),
    )
    rounding = pd.DataFrame({"same_mark": [1.0, 0.97]})
    nothing = pd.DataFrame()
    return AuditComparison(
        marks=marks, readings=readings, orders=nothing, rounding=rounding, figures=nothing, claims=claims
    )


def test_the_section_tells_how_many_agree_and_which_claims_hold() -> None:
    text = user_survey_section(made())
    assert "2 av de 4 som källan har resultat för blir desamma här: 2 av 2 för 2016–2019 och 0 av 2 för 2019" in text
    assert text.count(", hemtjänsten") >= 3  # two of them are absent, one is in the table
    assert "utan kommuner med färre än 10 000 invånare 3." in text
    assert "minst 97 procent av dragningarna" in text
    assert "| 89 | 88 | −0,4 \\(−0,9 till 0,1\\) | stämmer |" in text
    assert "ändrats högst 2 procentenheter" in text
    assert "En prövning till saknar uppgifter i källan." in text
    assert len(user_survey_rows()) == 6


def test_without_results_there_is_a_sentence() -> None:
    found = made()
    assert "kan inte jämföras" in user_survey_section(replace(found, marks=found.marks.iloc[:0]))
    untested = replace(found, claims=found.claims.iloc[1:], rounding=found.rounding.iloc[:0])
    assert "Inget av påståendena" in user_survey_section(untested)

"""Grades and checks have Swedish words, all of them, and a grade is never a letter alone."""

from __future__ import annotations

import pytest

from lagesbild.catalogue.indicators import Survey
from lagesbild.methods.quality_findings import Check, Severity
from lagesbild.presentation.quality_words import (
    CHECK_WORDS,
    SEVERITY_WORDS,
    SURVEY_WORDS,
    cause_words,
    grade_legend,
    grade_text,
    uncertain_lines,
)


def test_every_check_severity_and_survey_has_words():
    assert set(CHECK_WORDS) == set(Check)
    assert all(cause_words(check) for check in Check)
    assert set(SEVERITY_WORDS) == set(Severity)
    assert set(SURVEY_WORDS) == {str(one) for one in Survey}


@pytest.mark.parametrize(
    ("grade", "text"), [("A", "A god"), ("B", "B godtagbar"), ("C", "C osäker"), ("D", "D bristfällig"), ("", "–")]
)
def test_a_grade_is_letter_and_word(grade, text):
    assert grade_text(grade) == text
    assert text == "–" or text in grade_legend()


def test_indicators_with_the_same_reasons_share_a_line_and_the_worst_grade_is_first():
    graded = [("Ett", "C", "Skäl"), ("Två", "B", "Skäl"), ("Tre", "D", "Annat"), ("Fyra", "C", "Skäl")]
    assert uncertain_lines(graded) == ["- D bristfällig, *Tre*: Annat\n", "- C osäker, *Ett*, *Fyra*: Skäl\n"]

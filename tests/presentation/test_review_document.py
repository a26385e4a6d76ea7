"""The review as readers see it: sentences with figures, thresholds in words, and what 2022 decided in like cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from lagesbild.catalogue.areas import area
from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.catalogue.review import read_review
from lagesbild.catalogue.review_rules import Rule, load_review_rules
from lagesbild.methods.review import Case, Ground, ReviewResult
from lagesbild.presentation.review import ReviewDocument, ground_text, like_cases, threshold_text

RULES = load_review_rules()
BY_ID = {rule.id: rule for rule in RULES.rules}


def a_ground(rule: Rule, value: float, measurements: int = 3) -> Ground:
    return Ground(
        rule=rule,
        value=value,
        year=2023,
        since=2024 - measurements,
        measurements=measurements,
        kommuner=251,
        strength=1.5,
    )


@pytest.mark.parametrize(
    ("rule", "value", "words"),
    [
        (
            "mattad",
            94.02,
            "94,0 procent av kommunerna uppfyller indikatorn (tre mätningar i rad, 2021–2023; 251 kommuner).",
        ),
        (
            "fa_kan_svara",
            30.0,
            "30,0 procent av de tillfrågade kommunerna har svarat (tre mätningar i rad, 2021–2023).",
        ),
        ("platser_av_slump", -0.1, "rangkorrelationen är −0,10"),
        ("bristande_data", 4.0, "Uppgifterna har betyget D"),
        ("stor_borda", 11.0, "Kommunenkäten ställer 11 frågor i samma uppsättning varje gång."),
    ],
)
def test_grounds_are_told_in_figures(rule: str, value: float, words: str) -> None:
    assert words in ground_text(a_ground(BY_ID[rule], value))


def test_every_rule_has_a_threshold_in_words_and_fills_its_sentence() -> None:
    assert threshold_text(BY_ID["mattad"]) == "minst 90 procent, tre mätningar i rad"
    assert threshold_text(BY_ID["bristande_data"]) == "betyget C eller sämre, två mätningar i rad"
    assert threshold_text(BY_ID["ingen_spridning"]) == "högst 5 procentenheter, tre mätningar i rad"
    for rule in RULES.rules:
        assert "{" not in ground_text(a_ground(rule, rule.troskel))
        assert threshold_text(rule)


def test_like_cases_are_the_words_of_2022() -> None:
    told = like_cases(BY_ID["mattad"], read_review())
    assert told.startswith(
        "Kommer samlas in och redovisas vart fjärde år (rad 1); Ingen planerad insamling (rad 14 och 15)"
    )
    assert like_cases(BY_ID["ingen_spridning"], read_review()) == ""


def document(*cases: Case, unmeasured: tuple[Indicator, ...] = ()) -> ReviewDocument:
    reviewed = tuple(case.indicator for case in cases)
    return ReviewDocument(
        area=area("aldreomsorg"),
        year=2024,
        source="Syntetiska data",
        result=ReviewResult(cases=cases, reviewed=reviewed, unmeasured=unmeasured),
        rules=RULES,
        past=read_review(),
        questions={2024: 12},
    )


@pytest.fixture
def asked(indicator: Callable[..., Indicator]) -> Indicator:
    return replace(indicator(Scale.JA_NEJ, title="Rutin | för *allt*"), id="ao-socialjour", questions=1)


def test_the_document_tells_cases_proposals_and_what_is_saved(asked: Indicator) -> None:
    case = Case(indicator=asked, grounds=(a_ground(BY_ID["mattad"], 94.0), a_ground(BY_ID["andras_sallan"], 3.0)))
    made = document(case)
    summary = made.summary()
    assert "Av dem en har" not in summary
    assert "Av dem har en minst ett skäl till översyn." in summary
    assert "Kommunenkäten ställer tolv frågor i området 2024. Förslagen skulle ge 0,8 frågor färre om året" in summary
    cases = made.cases()
    assert "Rutin \\| för \\*allt\\*" in cases
    assert "Beslut 2022: Kommer samlas in och redovisas vart fjärde år" in cases.replace("\\", "")
    assert "94,0 procent" in cases


def test_a_proposal_that_holds_already_is_marked(asked: Indicator) -> None:
    rare = replace(asked, frequency=4, phase=2024)
    made = document(Case(indicator=rare, grounds=(a_ground(BY_ID["mattad"], 94.0),)))
    assert "gäller redan" in made.cases()
    assert "Förslagen skulle ge" not in made.summary()


def test_an_area_without_cases_or_figures_has_its_sentence(asked: Indicator) -> None:
    empty = document(unmeasured=(asked,))
    assert "inget kan prövas" in empty.summary()
    assert "Ingen indikator" in empty.cases()
    assert "Rutin" in empty.unmeasured()
    assert "Alla indikatorer" in document().unmeasured()
    assert len(document().method().split("\n")) > len(RULES.rules)

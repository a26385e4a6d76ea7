"""What the method pages on the review and on priorities show is computed, and says what the rules and weights say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.priority_weights import load_weights
from lagesbild.catalogue.regions import kommun
from lagesbild.catalogue.review_rules import load_review_rules
from lagesbild.methods.priorities import priorities
from lagesbild.presentation.priority_page import example, stability_words, weights_table
from lagesbild.presentation.review_page import cases_table, retest_table, rules_table


def test_every_rule_and_weight_stands_in_its_table() -> None:
    rules, weights = rules_table(), weights_table()
    assert all(rule.namn in rules for rule in load_review_rules().rules)
    assert "minst 90 procent, tre mätningar i rad" in rules
    assert "| Plats eller svar | 25 |" in weights
    assert "mycket säkert sämre än riket" in weights


def test_the_simulation_is_the_same_every_time_and_falls_with_reliability() -> None:
    told = retest_table()
    assert told == retest_table()
    assert "| 80 procent | 0,0 % | 0,0 % | 0,0 % |" in told


def test_a_list_is_told_with_how_far_it_depends_on_the_weights(indicator: Callable[..., Indicator]) -> None:
    row: dict[str, Any] = {"year": 2024, "status": "ok", "value": 1.0, "colour": "rod"}
    ones = [replace(indicator(), id=f"ao-{n}", short_title=f"Nr {n}") for n in range(20)]
    rows = {one.id: [row | {"quality": "ABCD"[n % 4]}] for n, one in enumerate(ones)}
    found = priorities(rows, indicators=ones, weights=load_weights(), year=2024)
    ale = kommun("Ale")
    assert "Av de 10 första platserna i listan för Ale är i genomsnitt 10,0 kvar" in stability_words(found, ale)
    assert example(found, ale, source="Syntetiska data").count("**") == 0
    assert "Källa: Syntetiska data." in example(found, ale, source="Syntetiska data")


def test_an_empty_list_has_its_sentence() -> None:
    ale = kommun("Ale")
    assert "tom" in stability_words([], ale)
    assert "tom" in example([], ale, source="Syntetiska data")
    assert "Ingen indikator" in cases_table([])

"""The section "Att analysera vidare": every place explains itself, and nothing is told that the summary leaves out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from lagesbild.catalogue.indicators import Counted, Direction, Indicator, Scale
from lagesbild.catalogue.priority_weights import load_weights
from lagesbild.methods.priorities import priorities
from lagesbild.presentation.kommun.priorities import COLUMNS, LONGEST_LIST, priorities_section, priority_rows
from lagesbild.presentation.kommun.report import KommunReport
from lagesbild.presentation.kommun.view import KommunView
from lagesbild.presentation.priority_words import explained

Measured = list[tuple[Indicator, list[dict[str, Any]]]]
Views = Callable[..., KommunView]
BAD: dict[str, Any] = {
    "colour": "rod",
    "rank": 240,
    "skillnad_riket": "samre",
    "niva_riket": 99.8,
    "liknande": 72.0,
    "diff_liknande": -12.0,
    "label": "sakerstalld_forsamring",
    "denominator": 230.0,
    "quality": "A",
}


def bad(measured: Measured, name: str = "ao-daliga", **changes: Any) -> tuple[Indicator, list[dict[str, Any]]]:
    """Return the first indicator under another name, with a bad result in every respect."""
    first, rows = measured[0]
    return replace(first, id=name, short_title=name), [*rows[:-1], rows[-1] | {"value": 60.0} | BAD | changes]


def test_a_place_explains_itself_in_words_and_points(kommun_view: Views, measured: Measured) -> None:
    text = priorities_section(kommun_view([bad(measured)]))
    told = text.replace("\\", "").replace("\u00a0", " ")
    assert "1: **ao-daliga** (Äldreomsorg)" in told
    assert (
        "Bland de sämsta (+25), mycket säkert sämre än riket (+20), försämras säkerställt (+20), liknande kommuner "
        "ligger 12,0 procentenheter bättre (+9), resultatet gäller 230 personer (+6), data goda, A (+5), mätt 2024 (+5)"
    ) in told
    assert told.split("| ")[-1].startswith("90 |")


def test_what_is_not_known_is_told(kommun_view: Views, measured: Measured) -> None:
    unknown: dict[str, Any] = dict.fromkeys(("skillnad_riket", "liknande", "diff_liknande", "denominator", "label"))
    told = priorities_section(kommun_view([bad(measured, **unknown)]))
    assert "uppgift saknas om skillnad mot riket, utveckling, liknande kommuner och antal berörda" in told


def test_the_longest_list_is_kept_and_the_rest_told(kommun_view: Views, measured: Measured) -> None:
    many = [bad(measured, f"ao-nr-{n:02d}") for n in range(LONGEST_LIST + 5)]
    told = priorities_section(kommun_view(many))
    assert len(re.findall(r"^\| 1", told, re.MULTILINE)) == LONGEST_LIST
    assert "15 indikatorer har resultat" in told
    assert "att-analysera.csv" in told


def test_results_on_few_are_in_the_file_alone(kommun_view: Views, measured: Measured) -> None:
    few = bad(measured, "ao-fa", denominator=12.0)
    view = kommun_view([few, bad(measured)])
    told = priorities_section(view)
    assert "**ao\\-fa**" not in told
    assert "Ett resultat som bygger på få personer" in told
    found = priorities(view.rows, indicators=view.catalogue.indicators, weights=load_weights(), year=view.year)
    rows = {row["indikator"]: row for row in priority_rows(found)}
    assert rows["ao-fa"]["fa_personer_eller_enheter"] == "ja"
    assert all(set(row) == set(COLUMNS) for row in rows.values())


def test_no_bad_result_gives_a_sentence(kommun_view: Views, measured: Measured) -> None:
    assert "Inget resultat för Ale" in priorities_section(kommun_view(measured[:1]))
    assert "Inget resultat för Ale" in priorities_section(kommun_view([]))


def test_the_summary_leads_to_the_section_and_does_not_call_the_worst_the_most_urgent(
    kommun_view: Views, measured: Measured
) -> None:
    report = KommunReport(view=kommun_view([bad(measured)]))
    assert "(#sec-prioritering)" in report.summary()
    assert "kan vara en annan än i sammanfattningens listor" in report.priorities()


def test_titles_from_data_are_made_literal(kommun_view: Views, measured: Measured) -> None:
    hostile, rows = bad(measured)
    told = priorities_section(kommun_view([(replace(hostile, short_title="a|b*c $x$"), rows)]))
    assert "a\\|b\\*c \\$x\\$" in told


@pytest.mark.parametrize(
    ("kind", "changes", "words"),
    [
        ({"scale": Scale.JA_NEJ}, {"answer": "nej", "liknande": 80.0}, "80 procent av liknande kommuner svarar ja"),
        ({}, {"diff_liknande": 3.0}, "liknande kommuner ligger 3,0 procentenheter sämre"),
        ({}, {"diff_liknande": 0.0}, "liknande kommuner ligger lika"),
        (
            {"scale": Scale.DAGAR, "direction": Direction.LAG, "unit_text": "dagar"},
            {"diff_liknande": 9.0},
            "ligger 9 dagar bättre",
        ),
        ({"counted": Counted.HUSHALL}, {"denominator": 1234.0}, "gäller 1\u202f234 hushåll"),
        ({"counted": Counted.ENHETER}, {"denominator": 7.0}, "uppgift saknas om antal berörda"),
    ],
)
def test_each_kind_of_figure_has_its_words(
    kommun_view: Views, measured: Measured, kind: dict[str, Any], changes: dict[str, Any], words: str
) -> None:
    one, rows = bad(measured, **changes)
    view = kommun_view([(replace(one, **kind), rows)])
    (found,) = priorities(view.rows, indicators=view.catalogue.indicators, weights=load_weights(), year=view.year)
    assert words in explained(found).replace("\u00a0", " ")

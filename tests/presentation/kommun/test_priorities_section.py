"""The section "Att analysera vidare": every place explains itself, and nothing is told that the summary leaves out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from lagesbild.catalogue.indicators import Counted, Direction, Indicator, Scale
from lagesbild.catalogue.priority_weights import load_weights
from lagesbild.methods.priorities import priorities
from lagesbild.presentation.kommun.priorities import (
    COLUMNS,
    FIRST,
    LONGEST_LIST,
    NOTHING,
    first_look,
    gross_list,
    priorities_section,
    priority_rows,
)
from lagesbild.presentation.kommun.report import KommunReport
from lagesbild.presentation.kommun.view import KommunView
from lagesbild.presentation.priority_words import explained

from .conftest import row

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


def section(view: KommunView) -> str:
    return priorities_section(gross_list(view), view.year, "1440")


def plain(text: str) -> str:
    """Return Markdown without its escapes and hard spaces."""
    return text.replace("\\", "").replace("\u00a0", " ")


def test_a_place_explains_itself_by_what_speaks_against_the_result(kommun_view: Views, measured: Measured) -> None:
    told = plain(section(kommun_view([bad(measured)])))
    assert "1: **ao-daliga** (Äldreomsorg)" in told
    assert "60 procent (2024)" in told
    because = (
        "Bland de sämsta (plats 240 av 250), mycket säkert sämre än riket, försämras säkerställt, liknande kommuner "
        "ligger 12,0 procentenheter bättre"
    )
    assert because in told
    assert "data goda" not in told
    assert "resultatet gäller" not in told


def test_the_first_look_is_the_top_of_the_same_list(kommun_view: Views, measured: Measured) -> None:
    view = kommun_view(
        [bad(measured, f"ao-nr-{n}") for n in range(FIRST + 2)] + [bad(measured, "ao-fa", denominator=9)]
    )
    lines = plain(first_look(gross_list(view))).splitlines()
    assert [line[: line.index(" (")] for line in lines] == [f"- **ao-nr-{n}**" for n in range(FIRST)]
    assert all("60 procent (2024). Bland de sämsta (plats 240 av 250), mycket säkert" in line for line in lines)


def test_an_answer_and_an_older_result_are_told_with_their_year(kommun_view: Views, measured: Measured) -> None:
    asked = (replace(measured[0][0], scale=Scale.JA_NEJ), [row(2023, answer="nej")])
    told = plain(first_look(gross_list(kommun_view([asked]))))
    assert told == "- **Nöjda med hemtjänsten** (Äldreomsorg): nej (2023). Svaret är nej.\n"
    lost = (asked[0], [row(answer="nej", label="upphord")])
    assert plain(first_look(gross_list(kommun_view([lost])))).endswith(": nej (2024). Fanns tidigare men inte nu.\n")


def test_the_longest_list_is_kept_and_the_rest_told(kommun_view: Views, measured: Measured) -> None:
    many = [bad(measured, f"ao-nr-{n:02d}") for n in range(LONGEST_LIST + 5)]
    told = plain(section(kommun_view(many)))
    assert told.count("**ao-nr-") == LONGEST_LIST
    assert f"{LONGEST_LIST + 5} indikatorer har resultat" in told
    assert "att-analysera.csv" in told


def test_results_on_few_are_in_the_file_alone(kommun_view: Views, measured: Measured) -> None:
    few = bad(measured, "ao-fa", denominator=12.0)
    view = kommun_view([few, bad(measured)])
    told = plain(section(view))
    assert "**ao-fa**" not in told
    assert "Ett resultat bygger på få personer eller enheter och finns bara i filen" in told
    found = priorities(view.rows, indicators=view.catalogue.indicators, weights=load_weights(), year=view.year)
    rows = {row["indikator"]: row for row in priority_rows(found)}
    assert rows["ao-fa"]["fa_personer_eller_enheter"] == "ja"
    assert all(set(row) == set(COLUMNS) for row in rows.values())


def test_no_bad_result_gives_a_sentence(kommun_view: Views, measured: Measured) -> None:
    for told in (measured[:1], []):
        assert section(kommun_view(told)) == first_look(gross_list(kommun_view(told))) == NOTHING


def test_the_summary_leads_to_the_section(kommun_view: Views, measured: Measured) -> None:
    view = kommun_view([bad(measured)])
    assert "(#sec-prioritering)" in KommunReport(view=view).summary()
    assert "(#sec-" not in KommunReport(view=view, short=True).summary()


def test_titles_from_data_are_made_literal(kommun_view: Views, measured: Measured) -> None:
    hostile, rows = bad(measured)
    told = section(kommun_view([(replace(hostile, short_title="a|b*c $x$"), rows)]))
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

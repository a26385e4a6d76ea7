"""What the method page on priorities shows: the weights, how far the list depends on them, and an example."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.priority_weights import Concern, load_weights
from lagesbild.catalogue.regions import Kommun
from lagesbild.methods.priorities import Priority
from lagesbild.methods.priority_stability import stability
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.numbers import number
from lagesbild.presentation.priority_words import CONCERN_WORDS, OUTCOME_WORDS, explained, points_text
from lagesbild.presentation.tables import Cell, Column, Markup, captioned_table
from lagesbild.presentation.wording import capitalised, joined

_PEOPLE = {"lagt": "under {low}", "medel": "{low}–{below}", "hogt": "minst {high}"}
_AGES = {
    "alder_0": "årets mätning",
    "alder_1": "ett år gammal",
    "alder_2": "två år gammal",
    "alder_3": "tre år gammal",
}


def weights_table() -> str:
    """Return the weights, and the share of them that each outcome gives."""
    weights = load_weights()
    low, high = weights.limits
    rows: list[list[Cell]] = []
    for concern in Concern:
        if concern is Concern.LIKNANDE:
            told = (
                "i proportion till hur mycket bättre de ligger; hela vikten från "
                f"{number(weights.full_points)} procentenheter (andra mått: {number(weights.full_percent)} procent av "
                "deras värde)"
            )
        else:
            told = "; ".join(
                f"{_outcome(concern, outcome, low, high)}: {number(100 * share)} %"
                for outcome, share in sorted(weights.steps[concern].items(), key=lambda pair: (-pair[1], pair[0]))
            )
        weight = points_text(100 * weights.weights[concern] / weights.total)
        rows.append([capitalised(CONCERN_WORDS[concern]), weight, told])
    columns = [
        Column(head="Skäl", width=1.2),
        Column(head="Vikt", align="right", width=0.5),
        Column(head="Andel av vikten", width=4.0),
    ]
    return captioned_table(columns, rows, caption="Skälen, deras vikter och vad varje utfall ger", label="tbl-vikter")


def _outcome(concern: Concern, outcome: str, low: int, high: int) -> str:
    if concern is Concern.INVANARE:
        return _PEOPLE[outcome].format(low=number(low), below=number(high - 1), high=number(high))
    return _AGES[outcome] if concern is Concern.AKTUALITET else OUTCOME_WORDS[concern, outcome]


def stability_words(found: Sequence[Priority], kommun: Kommun) -> str:
    """Return how much of the top of a kommun's list stays when the weights are others, computed here."""
    name = markdown_text(kommun.namn)
    if not found:
        return f"Listan för {name} är tom, så det finns inget att pröva.\n"
    steady = stability(found)
    places = f"de {number(steady.top)} första platserna" if steady.top > 1 else "första platsen"
    text = (
        f"Av {places} i listan för {name} är i genomsnitt {number(steady.kept[0], 1)} kvar bland de första. I den "
        f"tiondel av försöken där minst består är högst {number(steady.kept[1])} kvar."
    )
    titles = {one.indicator.id: one.indicator for one in found}
    always = [f"*{markdown_text(titles[name].short_title)}*" for name in steady.always]
    if always:
        text += f" Bland de första nästan oavsett vikter (minst 95 procent av försöken): {joined(always)}."
    return f"{text}\n"


def example(found: Sequence[Priority], kommun: Kommun, *, source: str, longest: int = 5) -> str:
    """Return the first places of a kommun's list."""
    if not found:
        return f"Listan för {markdown_text(kommun.namn)} är tom.\n"
    columns = [
        Column(head="Indikator", width=1.5),
        Column(head="Skäl (poäng)", width=4.0),
        Column(head="Poäng av 100", align="right", width=0.7),
    ]
    rows: list[list[Cell]] = [
        [
            Markup(
                f"{one.rank}: {markdown_text(one.indicator.short_title)} "
                f"({markdown_text(area_called(one.indicator.area).name)})"
            ),
            explained(one),
            points_text(one.points),
        ]
        for one in found[:longest]
    ]
    return (
        captioned_table(
            columns,
            rows,
            caption=f"De första platserna i bruttolistan för {markdown_text(kommun.namn)}",
            label="tbl-bruttolista",
        )
        + f"\nKälla: {source}.\n"
    )

"""How an indicator is defined: what is counted, where from, what it is asked to meet, and how it has changed."""

from __future__ import annotations

from lagesbild.catalogue.indicators import (
    Closeness,
    Criterion,
    Direction,
    Indicator,
    Kind,
    LifecycleState,
    ProcessStep,
    Tag,
    Tier,
)
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.recodings import series_rules
from lagesbild.catalogue.vocabulary import Level
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.measuring_plan import in_year
from lagesbild.presentation.numbers import number, unbroken
from lagesbild.presentation.quality_words import SURVEY_WORDS
from lagesbild.presentation.sections import PART_NAMES, TYPE_WORDS, dimension_word
from lagesbild.presentation.tables import Cell, Column, Markup, captioned_table
from lagesbild.presentation.wording import count_word, joined, unit_heading

_DIRECTIONS = {
    Direction.HOG: "Höga värden är bra",
    Direction.LAG: "Låga värden är bra",
    Direction.INGEN: "Ingen: höga värden är varken bra eller dåliga",
}
_KINDS = {
    Kind.INDIKATOR: "Indikator: har en riktning och visar kvalitet",
    Kind.UTVECKLINGSINDIKATOR: "Utvecklingsindikator: det saknas ännu uppgifter att mäta den med",
    Kind.NYCKELTAL: "Nyckeltal: beskriver kommunen och dess förutsättningar",
}
_TIERS = {Tier.BAS: "bas", Tier.FORDJUPNING: "fördjupning"}
_CRITERIA = {
    Criterion.RIKTNING: "har riktning",
    Criterion.RELEVANT: "relevant",
    Criterion.VALID: "valid",
    Criterion.VEDERTAGEN: "vedertagen",
    Criterion.PAVERKBAR: "påverkbar",
    Criterion.MATBAR: "mätbar",
}
_STEPS = {
    ProcessStep.AKTUALISERING: "Aktualisering",
    ProcessStep.UTREDNING_OCH_BESLUT: "Utredning och beslut",
    ProcessStep.GENOMFORANDE_AV_INSATS: "Genomförande av insats",
}
_CLOSENESS = {
    Closeness.RESULTAT: "Resultatet för den enskilda",
    Closeness.ENHET: "Enheten som ger insatsen",
    Closeness.KOMMUN: "Kommunen som helhet",
}
_LEVELS = {
    Level.RIKE: "riket",
    Level.LAN: "län",
    Level.KOMMUNGRUPP: "kommungrupper",
    Level.KOMMUN: "kommuner",
    Level.STADSDEL: "stadsdelar",
    Level.ENHET: "enheter",
}
_STATES = {
    LifecycleState.AKTIV: "mäts igen",
    LifecycleState.PAUSAD: "pausad",
    LifecycleState.BORTTAGEN: "borttagen",
    LifecycleState.ERSATT_AV: "ersatt",
}
_TAGS = {Tag.BUDGETPROPOSITION: "Budgetpropositionen för 2021 (en av nio indikatorer)"}


def definition_table(indicator: Indicator, catalogue: Catalogue, year: int) -> str:
    """Return the definition as a table of two columns; what an indicator doesn't have has no row.

    Parameters
    ----------
    indicator
        The indicator.
    catalogue
        All indicators, for the name of a successor.
    year
        The report year.
    """
    rows: list[list[Cell]] = [
        [head, cell]
        for head, cell in (*_what(indicator), *_place(indicator), *_when(indicator, catalogue, year))
        if cell
    ]
    columns = [Column(head="Uppgift", width=1.3), Column(head="Innebörd", width=4)]
    return captioned_table(columns, rows, caption="Så är indikatorn definierad", label="tbl-definition")


def _what(one: Indicator) -> list[tuple[str, Cell]]:
    threshold = "" if one.threshold is None else f"Färre än {count_word(one.threshold)} personer visas inte"
    return [
        ("Fullständigt namn", one.title),
        ("Täljare", one.numerator or ""),
        ("Nämnare", one.denominator or ""),
        ("Enhet", unit_heading(one) if one.is_answer else unbroken(one.unit_text)),
        ("Riktning", _DIRECTIONS[one.direction]),
        ("Källa", SURVEY_WORDS[one.survey]),
        ("Beskriven i", one.source_note),
        ("Id i Kolada", one.kolada or ""),
        ("Sekretess", threshold),
        ("Anmärkning", one.note or ""),
    ]


def _place(one: Indicator) -> list[tuple[str, Cell]]:
    met = joined([word for criterion, word in _CRITERIA.items() if criterion in one.criteria])
    unmet = joined([word for criterion, word in _CRITERIA.items() if criterion in one.criteria_unmet])
    return [
        ("Slag", _KINDS[one.kind]),
        ("Del av modellen", PART_NAMES[one.part]),
        ("Dimension", dimension_word(one.dimension) if one.dimension else ""),
        ("Typ", TYPE_WORDS[one.type]),
        ("Nivå", _TIERS[one.tier].capitalize()),
        ("Uppfyller kriterierna", f"{met}; uppfyller inte: {unmet}" if unmet else met),
        ("Steg i ärendet", _STEPS[one.process_step] if one.process_step else ""),
        ("Närhet till den enskilda", _CLOSENESS[one.closeness] if one.closeness else ""),
        ("Mål i Agenda 2030", joined([number(goal) for goal in one.agenda_2030])),
        ("Används också i", joined([_TAGS[tag] for tag in one.tags])),
    ]


def _when(one: Indicator, catalogue: Catalogue, year: int) -> list[tuple[str, Cell]]:
    rhythm = {1: "Varje år", 2: "Vartannat år"}.get(one.frequency, f"Vart {_ordinal(one.frequency)} år")
    since = f", sedan {one.first_year}" if one.first_year else ""
    ended = f", till och med {one.last_year}" if one.last_year else ""
    yearly = f"; varje år till och med {one.yearly_until}" if one.yearly_until and one.frequency > 1 else ""
    plan = "" if one.kind is Kind.UTVECKLINGSINDIKATOR else f"{rhythm}{since}{yearly}{ended}"
    levels = joined([_LEVELS[Level(level)] for level in one.levels])
    return [
        ("Mätplan", plan),
        (f"Mäts {year}", in_year(one, year)),
        ("Redovisas för", f"{levels}{'; kvinnor och män var för sig' if one.by_sex else ''}"),
        ("Ändringar", _events(one, catalogue)),
        ("Seriebrott", _breaks(one)),
    ]


def _ordinal(number_: int) -> str:
    return {3: "tredje", 4: "fjärde", 5: "femte"}.get(number_, f"{number_}:e")


def _events(one: Indicator, catalogue: Catalogue) -> Cell:
    told = []
    for event in one.lifecycle:
        said = f"{event.year}: {_STATES[event.state]}"
        if event.successor is not None:
            title = markdown_text(catalogue.by_id(event.successor).short_title)
            said += f" av [{title}](../{event.successor}/index.qmd)"
        source = f" ({markdown_text(event.source)})" if event.source else ""
        told.append(f"{said}. {markdown_text(event.reason)}{source}")
    return Markup("; ".join(told)) if told else ""


def _breaks(one: Indicator) -> Cell:
    rules = series_rules()
    told = [f"{change.year}: {change.text}" for change in rules.changes if one.id in change.indicators]
    told += [
        f"{rule.year}: {rule.text}" for rule in rules.recodings if rule.year is not None and one.id in rule.indicators
    ]
    continued = rules.continues(one.id)
    if continued is not None:
        told.append(f"Serien räknas fram över en ändrad fråga: {continued.text}")
    return "; ".join(sorted(told))

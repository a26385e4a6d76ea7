"""How an indicator is defined: the facts that the metodbeskrivning tells too, and its place in the model."""

from __future__ import annotations

from lagesbild.catalogue.indicators import Closeness, Criterion, Indicator, ProcessStep, Tag
from lagesbild.catalogue.load import Catalogue
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.indicator_facts import changes, facts
from lagesbild.presentation.numbers import number
from lagesbild.presentation.tables import Cell, Column, Markup, captioned_table
from lagesbild.presentation.wording import joined

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
_TAGS = {Tag.BUDGETPROPOSITION: "Budgetpropositionen för 2021 (en av nio indikatorer)"}

#: Facts that the table tells last, after the place in the model and the changes.
_LAST = ("Kommentar", "Id")


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
    known = {fact.label: fact.text for fact in facts(indicator, year)}
    known.pop("Kort namn", None)  # the page's heading
    last = {label: known.pop(label) for label in _LAST if label in known}
    told: dict[str, Cell] = {
        "Fullständigt namn": indicator.title,
        **known,
        **_model(indicator),
        "Ändringar": _changes(indicator, catalogue),
        **last,
    }
    rows: list[list[Cell]] = [[label, cell] for label, cell in told.items() if cell]
    columns = [Column(head="Uppgift", width=1.3), Column(head="Innebörd", width=4)]
    return captioned_table(columns, rows, caption="Så är indikatorn definierad", label="tbl-definition")


def _model(one: Indicator) -> dict[str, str]:
    """Return where the indicator stands in the model, beside part and dimension."""
    met = joined([word for criterion, word in _CRITERIA.items() if criterion in one.criteria])
    unmet = joined([word for criterion, word in _CRITERIA.items() if criterion in one.criteria_unmet])
    return {
        "Uppfyller kriterierna": f"{met}; uppfyller inte: {unmet}" if unmet else met,
        "Steg i ärendet": _STEPS[one.process_step] if one.process_step else "",
        "Närhet till den enskilda": _CLOSENESS[one.closeness] if one.closeness else "",
        "Mål i Agenda 2030": joined([number(goal) for goal in one.agenda_2030]),
        "Används också i": joined([_TAGS[tag] for tag in one.tags]),
    }


def _changes(one: Indicator, catalogue: Catalogue) -> Cell:
    """Return the turns of the indicator's life and the breaks in its series, with a link to what replaces it."""
    told = []
    for change in changes(one):
        said = markdown_text(change.text)
        if change.successor is not None:
            title = markdown_text(catalogue.by_id(change.successor).short_title)
            said += f" Se [{title}](../{change.successor}/index.qmd)."
        told.append(said)
    return Markup(" ".join(told)) if told else ""

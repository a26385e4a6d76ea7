"""Questions for the committee, from the handbook's steps and from what the kommun's own results raise."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild.catalogue.regions import region_name
from lagesbild.catalogue.vocabulary import Answer, Colour
from lagesbild.methods.priorities import Priority
from lagesbild.presentation.kommun.to_phone import to_phone
from lagesbild.presentation.kommun.view import KommunView
from lagesbild.presentation.wording import joined

#: Questions on single results; the rest are the handbook's.
_MOST_OWN = 2
#: Kommuner to phone that are named; the report has the rest, with their figures.
_MOST_NAMED = 3


def questions(view: KommunView, found: Sequence[Priority]) -> list[str]:
    """Return the questions, those on the kommun's own results first.

    Parameters
    ----------
    view
        The kommun.
    found
        What to look at first (`lagesbild.methods.priorities`).
    """
    own = [asked for asked in map(_own, found) if asked][:_MOST_OWN]
    checked = sum(bool(result.finding) for result in view.results() if result.known)
    return [
        *own,
        _phone(view),
        *(["Stämmer de uppgifter som kontrollerna har märkt?"] if checked else []),
        "Skiljer sig resultaten mellan kvinnor och män, eller mellan våra egna enheter?",
        "Vad vill vi förbättra, till när, och vem följer upp det?",
    ]


def _phone(view: KommunView) -> str:
    """Ask of the first kommuner to phone, by name where the report has any."""
    names = [region_name(one.member) for one in to_phone(view)[:_MOST_NAMED]]
    if not names:
        return "Vilka kommuner som liknar vår har bättre resultat, och vad gör de annorlunda?"
    return f"Vad har {joined(names)} gjort? De liknar oss och har bra resultat där vi har sämre."


def _own(priority: Priority) -> str:
    title = priority.indicator.short_title
    row = priority.row
    if row.get("answer") == Answer.NEJ:
        return f"Vad krävs för att svaret ska bli ja på ”{title}”?"
    if row.get("colour") == Colour.ROD:
        return f"Vad beror det på att vi är bland de sämsta på ”{title}”?"
    if str(row.get("label") or "").endswith("_forsamring"):
        return f"Vad har hänt som kan förklara försämringen av ”{title}”?"
    return ""

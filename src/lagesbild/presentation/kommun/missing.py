"""What the kommun has no result for in an area: named by reason in a short list, instead of rows of dashes."""

from __future__ import annotations

from lagesbild.catalogue.vocabulary import Status
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.kommun.view import KommunView, Result
from lagesbild.presentation.numbers import status_text
from lagesbild.presentation.wording import antal, capitalised

#: Why, in the order of the list.
_REASONS = {
    Status.SEKRETESS: "Får inte visas av sekretesskäl",
    Status.BORTFALL: "Svar saknas, eller för få har svarat",
    Status.EJ_TILLAMPLIG: "Gäller inte kommunen",
    Status.SAKNAS: "Uppgift saknas i källan",
}


def without_result(view: KommunView, results: list[Result]) -> str:
    """Return the indicators that were measured but have no result for the kommun, by reason; empty if all have one."""
    absent = [result for result in results if not result.known]
    if not absent:
        return ""
    name = markdown_text(view.kommun.namn)
    reasons = []
    for status, words in _REASONS.items():
        named = [markdown_text(result.indicator.short_title) for result in absent if result.status == status]
        if named:
            reasons.append(f"{words} ({markdown_text(status_text(status))}): {', '.join(named)}.")
    noun = capitalised(antal(len(absent), "indikator", "indikatorer"))
    sentence = f"{noun} har inget resultat för {name} {view.year}."
    if len(reasons) == 1:
        return f"{sentence} {reasons[0]}"
    return f"{sentence}\n\n" + "".join(f"- {reason}\n" for reason in reasons)

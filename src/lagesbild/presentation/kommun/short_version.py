"""What the short version of a kommun's report says last: how it is read, and where the rest is."""

from __future__ import annotations

from lagesbild.presentation.tables import colour_legend


def short_guide() -> str:
    """Return how the first spread is read, in three lines, and where the rest is."""
    lines = [
        colour_legend().strip(),
        "En skillnad mot riket eller en förändring är säkerställd när den är större än vad slumpen kan ge. Att ligga "
        "bland de sämsta kan bero på slump.",
        "Resultat som bygger på för få personer visas inte. Ej mätt betyder att indikatorn inte mäts det året.",
    ]
    rest = (
        "Det här är början av kommunrapporten. Resten finns i *kommunrapport.pdf* och på kommunens sida på "
        "webbplatsen: vad som är värt att analysera vidare, varje område för sig, kommunens mål, hur "
        "säkra uppgifterna är och metoden."
    )
    return "\n".join(f"- {line}" for line in lines) + f"\n\n{rest}\n"


def without_the_rest(text: str) -> str:
    """Return a text of the first spread that doesn't send its reader to sections that the short version lacks."""
    return text.replace("finns i avsnitten per område", "finns i hela rapporten")

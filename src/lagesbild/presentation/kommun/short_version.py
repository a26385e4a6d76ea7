"""What the short version of a kommun's report says last: how it is read, and where the rest is."""

from __future__ import annotations

from lagesbild.presentation.kommun.reading_guide import SMALL_PRINT
from lagesbild.presentation.palette import tones


def short_guide() -> str:
    """Return how the first spread is read, in three lines, and where the rest is; short, since two pages are all."""
    best, middle, worst = (f"[{tone.symbol}\u00a0{tone.word.lower()}]{{.{tone.name}}}" for tone in tones())
    lines = [
        f"{best}: den bästa fjärdedelen av kommunerna; {middle}: däremellan; {worst}: den sämsta fjärdedelen.",
        "Säkerställt är det som är större än vad slumpen kan ge. Också en plats bland de sämsta kan bero på slump.",
        "Resultat som bygger på för få personer visas inte. Ej mätt betyder att indikatorn inte mäts det året.",
        "Resten finns i *kommunrapport.pdf* och på webbplatsen: områden, mål, uppgifternas säkerhet och metod.",
    ]
    listed = "\n".join(f"- {line}" for line in lines)
    return f"### Så läser du kortversionen {{#sec-lasa}}\n\n{SMALL_PRINT}\n\n{listed}\n"


def without_the_rest(text: str) -> str:
    """Return a text of the first spread that doesn't send its reader to sections that the short version lacks."""
    return text.replace("finns i avsnitten per område", "finns i hela rapporten")

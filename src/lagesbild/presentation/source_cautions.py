"""What to be careful with in figures of each survey and register: said the same way wherever it is said."""

from __future__ import annotations

from collections.abc import Iterable

from lagesbild.catalogue.indicators import Indicator, Survey

#: By survey: what the figures are, and what may be wrong with them. Markdown without anything to escape.
CAUTIONS = {
    Survey.KOMMUNENKAT: (
        "Kommunen svarar själv. Ett ja säger att något finns eller görs, men inte hur väl det fungerar, och ett nej "
        "kan betyda att kommunen gör på ett annat sätt. Svar som växlar fram och tillbaka mellan åren kan vara felsvar."
    ),
    Survey.ENHETSUNDERSOKNING: (
        "Enheten svarar själv, och kommunens resultat är andelen enheter. I en kommun med få enheter ändrar en enda "
        "enhet resultatet mycket. Enheter som inte har svarat kan skilja sig från de andra."
    ),
    Survey.BRUKARUNDERSOKNING: (
        "Resultatet är vad de som svarade upplever. De som inte svarade kan ha en annan uppfattning, och i en liten "
        "kommun svänger resultatet mycket av slump. Kommuner väljer ofta själva om de är med, och då är riket osäkert."
    ),
    Survey.REGISTER: (
        "Registret speglar vad som har rapporterats in. Kommuner kan dokumentera och rapportera olika, så en skillnad "
        "kan bero på registreringen och inte på verksamheten."
    ),
    Survey.RAKENSKAPSSAMMANDRAG: (
        "Kostnader är inte omräknade för prisutvecklingen, och kommuner fördelar gemensamma kostnader på olika sätt. "
        "En hög kostnad är varken bra eller dålig i sig."
    ),
}


def surveys_of(indicators: Iterable[Indicator]) -> list[Survey]:
    """Return the surveys and registers that some indicators rest on, in the order of `Survey`."""
    used = {indicator.survey for indicator in indicators}
    return [survey for survey in Survey if survey in used]

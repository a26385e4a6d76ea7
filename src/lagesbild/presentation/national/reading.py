"""How a lägesrapport is read: what its figures and tables mean, said once before the areas."""

from __future__ import annotations

from lagesbild.methods.aggregates import FEWEST_IN_GROUP
from lagesbild.presentation.four_fields import WARNING
from lagesbild.presentation.national.nonresponse import nonresponse_note
from lagesbild.presentation.quality_words import grade_legend
from lagesbild.presentation.tables import colour_legend
from lagesbild.presentation.wording import count_word


def reading_parts() -> list[str]:
    """Return the Markdown blocks on how the areas' sections are read."""
    fewest = count_word(FEWEST_IN_GROUP)
    return [
        "**Säkerställt.** En förändring eller skillnad kallas säkerställd när den är större än vad slumpen brukar ge. "
        "Att något inte är säkerställt betyder inte att det är oförändrat, utan att uppgifterna inte räcker för att "
        "säga det.",
        "**Trend.** Trenden är lutningen på den räta linje som bäst följer seriens alla mätningar. Den kan därför vara "
        "både brantare och flackare än skillnaden mellan det första och det sista året. Skillnader räknas på "
        "oavrundade värden, så en skillnad kan avvika något från den mellan två avrundade tal.",
        "**Struktur, process och resultat** läses tillsammans. Att en förutsättning finns på plats visar inte att den "
        "används, och ett resultat visar inte vad som har gett det. När struktur och process förbättras utan att "
        "resultaten gör det kan det bero på att effekten dröjer, att arbetssättet inte används fullt ut eller att "
        "något annat påverkar mer. Uppgifterna här kan inte skilja de förklaringarna åt.",
        "**Grupper av kommuner.** *Andel* i tabellerna är hur stor del av skillnaderna mellan kommuner som ligger "
        "mellan grupperna, rensat från det som slumpen ger. *Säker* betyder att grupperna skiljer sig åt på "
        "femprocentsnivån också "
        f"när hänsyn tas till hur många indikatorer som prövas. Lägst och högst gäller grupper med minst {fewest} "
        f"kommuner. "
        "En säkerställd skillnad mellan grupper säger inte vad den beror på, och inte hur det är i en enskild kommun.",
        "**Spridning.** En bred spridning mellan kommuner kan bero på verkliga skillnader, men också på slump där få "
        "personer har svarat.",
        "**Kvinnor och män.** Med många svar blir också små skillnader säkra; se därför till hur stor skillnaden är. "
        "Där källan inte anger antal svar prövas kommunernas egna skillnader, en per kommun: det säger hur det brukar "
        "vara i en kommun, inte hur stor skillnaden är bland alla personer i landet.",
        f"**Kartor.** {colour_legend().strip()} Länen har nyanser efter medelvärdet av sina kommuner.",
        f"**Kostnader.** {WARNING} Beloppen är i löpande priser, så en del av en ökning är allmänna prishöjningar.",
        f"**Uppgifternas säkerhet.** {grade_legend()}",
        f"**Bortfall.** {nonresponse_note()}",
    ]

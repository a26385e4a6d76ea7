"""How the report's words, colours and signs are to be read."""

from __future__ import annotations

from lagesbild.catalogue.groups import kommungrupp
from lagesbild.catalogue.regions import Kommun, kommuner, lan_by_code
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.tables import colour_legend


def reading_guide(kommun: Kommun) -> str:
    """Return how the picture, colours, comparisons, trends and types of indicator are to be read.

    Parameters
    ----------
    kommun
        Whose län and group the comparisons are with.
    """
    name, group = markdown_text(kommun.namn), kommungrupp(kommun.kommungrupp_2023)
    alone = sum(other.lan == kommun.lan for other in kommuner()) == 1
    lan = markdown_text(lan_by_code(kommun.lan).namn)
    lan = f"{lan}, där den är ensam kommun," if alone else lan
    return "\n\n".join(
        [
            "**Bilden i sammanfattningen.** Platsen är andelen kommuner med sämre resultat; lika resultat räknas till "
            "hälften. Därför kan dagar, procent och antal stå på samma axel, och längre åt höger är alltid bättre. "
            "Nyckelindikatorerna väljs med samma regel för alla kommuner och hör till kvaliteten. Välfärd, hållbar "
            "utveckling, nyckeltal och kostnader beskriver förutsättningar och räknas inte i sammanfattningen.",
            "**Plats bland kommunerna.** " + colour_legend().strip() + " "
            "Färgen visas bara när minst åtta kommuner har resultat och när det är bestämt om höga eller "
            "låga värden är bra. En fjärdedel av kommunerna är alltid röd, också när skillnaderna bara är slump.",
            "**Säker skillnad mot riket och mot liknande kommuner.** Bättre eller sämre står bara när "
            "skillnaden är större än vad slumpen kan ge, med 95 eller 99,8 procents säkerhet. Annars står *ingen*: "
            "då kan kommunen lika gärna ligga på samma nivå. Högre och lägre står där det inte är bestämt vad som "
            "är bra. Slumpen räknas från antalet personer bakom procenttalet. Där källan inte har något antal "
            "räknas den från hur mycket måttet brukar ändras mellan två mätningar i lika stora kommuner. Då ingår "
            "verkliga förändringar, så prövningen är hellre för sträng. Av 20 prövningar utan verklig "
            "skillnad blir ungefär en säkerställd på 95-procentsnivån. Platsen kan vara bland de sämsta utan att "
            "skillnaden är säkerställd, och tvärtom.",
            "**Uppgifternas säkerhet.** † efter ett resultat betyder att en kontroll har funnit något att se över. "
            "C (osäker) och D (bristfällig) betyder att indikatorns uppgifter som helhet är osäkra. Skälen står "
            "under tabellen.",
            "**Svar i checklistorna.** " + colour_legend(answers=True).strip(),
            "**Jämförelser.** Riket är det värde som källan redovisar för hela landet. Finns inget sådant är "
            "det kommunerna sammanvägda, eller medelvärdet av kommunernas resultat. "
            "Övriga i länet och övriga i gruppen är ovägda medelvärden av de andra kommunernas resultat; "
            "den egna kommunen räknas inte med. Gruppen är Sveriges Kommuner och Regioners "
            f"kommungruppsindelning 2023. {name} ligger i {lan} och hör till gruppen "
            f"{markdown_text(group.namn.lower())} ({group.kod}). En skillnad mellan två procenttal anges i "
            "procentenheter.",
            "**Trender.** En trend prövas när minst tre mätningar finns. Den kallas säkerställd när "
            "sannolikheten är under 5 procent för att en serie utan trend skulle luta minst så mycket, och möjlig "
            "när den är under 10 procent. Stabil betyder att förändringen säkert är liten, inom slumpen att det "
            "inte går att säga om något har hänt. Spridningen mellan mätningarna bedöms med hjälp av alla "
            "kommuner. I en rapport med många serier blir några säkerställda av en slump.",
            "**Tre typer av indikatorer.** Struktur visar vilka förutsättningar som finns, till exempel "
            "rutiner och utbildad personal. Process visar vad som görs, till exempel hur lång "
            "tid en utredning tar. Resultat visar hur det blev för dem som får stöd. En bra struktur "
            "garanterar inte ett bra resultat.",
            "**Uppgifter som inte visas.** Resultat som bygger på för få personer, eller som skulle göra att ett "
            "sådant kan räknas ut, visas inte (..). Streck (-) "
            "betyder att svar saknas, punkt (.) att frågan inte gäller kommunen. Saknas betyder att indikatorn "
            "mättes men att källan inte har någon uppgift om kommunen. Ej mätt betyder att indikatorn inte mäts "
            "det året enligt mätplanen; då saknas ingenting.",
        ]
    )

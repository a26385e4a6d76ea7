"""How the report's words, colours and signs are to be read."""

from __future__ import annotations

from lagesbild.catalogue.groups import kommungrupp
from lagesbild.catalogue.regions import Kommun, kommuner, lan_by_code
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.tables import colour_legend

#: In print the guide and what follows it are small: one turns to them with a question.
SMALL_PRINT = "```{=typst}\n#set text(size: 9pt)\n#set par(leading: 0.55em, spacing: 0.85em)\n```"


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
            SMALL_PRINT,
            f"**Plats.** {colour_legend().strip()} Färg visas när minst åtta kommuner har resultat och det är bestämt "
            "om höga eller låga värden är bra. I bilden är platsen andelen kommuner med sämre resultat; lika resultat "
            "räknas till hälften. En fjärdedel av kommunerna är alltid bland de sämsta, också när skillnaderna bara är "
            "slump. Nyckelindikatorerna väljs med samma regel för alla kommuner. Sammanfattningen räknar kvaliteten; "
            "välfärd, hållbar utveckling, nyckeltal och kostnader beskriver förutsättningar.",
            "**Säker skillnad.** Bättre eller sämre än riket eller liknande kommuner står bara när skillnaden är "
            "större än vad slumpen kan ge, med 95 eller 99,8 procents säkerhet. Slumpen räknas från antalet bakom "
            "procenttalet. Där det saknas räknas den från hur mycket måttet brukar ändras mellan två mätningar i lika "
            "stora kommuner, vilket hellre är för strängt. Av 20 prövningar utan verklig skillnad blir ungefär en "
            "säkerställd. En plats bland de sämsta behöver inte vara säkerställd, och tvärtom.",
            "**Utveckling.** En trend prövas när minst tre mätningar finns. Den är säkerställd när en serie utan trend "
            "hade lutat minst så mycket i färre än 5 fall av 100, och möjlig när det är färre än 10. Stabil betyder "
            "att förändringen säkert är liten, inom slumpen att det inte går att säga om något har hänt.",
            "**Tabellerna per område.** Procent om inget annat står. Inom parentes efter rikets och liknande kommuners "
            "värde står om skillnaden är säker. I utvecklingens linjer är kommunen blå och riket grått; talet är "
            "förändringen sedan det år som står. Långa områden visar de resultat som sticker ut mest. En kostnad är i "
            "sig varken bra eller dålig, och att den står bredvid resultaten betyder inte att den har lett till dem. "
            "Skillnader mellan kvinnor och män prövas där antalet personer är känt; annars visas bara de som är minst "
            "fem procentenheter och har gått åt samma håll minst tre mätningar i rad.",
            f"**Svar och tecken.** {colour_legend(answers=True).strip()} † betyder att en kontroll har funnit något "
            "att se över, C och D att indikatorns uppgifter är osäkra eller bristfälliga. Resultat som bygger på "
            "för få personer, eller som skulle göra att ett sådant kan räknas ut, visas inte (..). Streck (-) betyder "
            "att svar saknas, punkt (.) att frågan inte gäller kommunen. Saknas betyder att indikatorn mättes men att "
            "källan inte har någon uppgift om kommunen. Ej mätt betyder att indikatorn inte mäts det året.",
            "**Jämförelser.** Riket är det värde som källan redovisar, annars kommunerna sammanvägda eller deras "
            "medelvärde. Liknande kommuner är ett ovägt medelvärde av andra kommuner som liknar den egna i området. "
            f"Skillnaden mellan två procenttal anges i procentenheter. {name} ligger i {lan} och hör till "
            f"kommungruppen {markdown_text(group.namn.lower())} ({group.kod}).",
        ]
    )

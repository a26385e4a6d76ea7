"""Where a lägesrapport's figures come from, and how what it says has been tested."""

from __future__ import annotations

from lagesbild.methods.aggregates import FEWEST_IN_GROUP
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.wording import count_word

#: What the methods say of analysts' prose.
_WRITTEN = (
    "Året i korthet och avsnitten om områdena kan börja med text som analytiker har skrivit. Siffrorna i den hämtas "
    "ur uppgifterna när rapporten görs, och det som den säger om förändringar och skillnader prövas då på samma sätt "
    "som i resten av rapporten."
)


def method_parts(view: NationalView) -> list[str]:
    """Return the Markdown blocks on sources and methods."""
    parts = [
        f"Källa: {view.source}.",
        "**Riket.** Riket är det värde som källan redovisar för hela landet. Finns inget sådant är det kommunerna "
        "sammanvägda efter antal personer, eller medelvärdet av kommunernas resultat. En serie blandar inte olika "
        "sätt. För frågor är värdet andelen ja bland de kommuner som svarat.",
        "**Intervall.** Ett 95 procents intervall anger hur säkert ett värde är: om mätningen gjordes om många gånger "
        "skulle ungefär 19 av 20 sådana intervall rymma det sanna värdet. Andelar har Wilsons intervall; medelvärden "
        "av kommuner har Students, som också rymmer skillnaderna mellan kommunerna. Intervallet rymmer slumpen, men "
        "inte fel som kommer av vilka som har svarat eller av hur frågan är ställd.",
        "**Förändring.** En trend kallas statistiskt säkerställd när minst tre mätningar finns och sannolikheten är "
        "under 5 procent för att en serie utan trend skulle luta minst så mycket, och möjlig när den är under 10 "
        "procent. Av många serier utan trend kallas alltså ungefär var tjugonde säkerställd ändå.",
        "**Grupper.** Värden för kommungrupper och län är ovägda medelvärden: varje kommun räknas lika. Skillnader "
        "mellan grupperna prövas med variansanalys för varje indikator. Grupper med färre än "
        f"{count_word(FEWEST_IN_GROUP)} kommuner kallas aldrig högst eller lägst.",
        "**Kvinnor och män.** Där källan anger antal svar jämförs andelarna med Newcombes metod, annars prövas "
        "medelvärdet av kommunernas egna skillnader med parat t-test.",
        "**Kostnader.** Sambandet mellan kostnad och resultat är en rangkorrelation (Spearman) över kommunerna med 95 "
        "procents intervall. Den beskriver ett samband, inte en orsak.",
        "**Sekretess.** Uppgifter som kan röra enskilda visas inte och ingår inte i det som räknas här. De är aldrig "
        "ersatta med noll.",
    ]
    return [*parts, f"**Analytikernas text.** {_WRITTEN}"] if view.prose else parts

"""The products that have a kvalitetsdeklaration: what each is for, for whom, and how it is to be had."""

from __future__ import annotations

from dataclasses import dataclass

from lagesbild.errors import ParameterError


@dataclass(frozen=True, kw_only=True)
class Product:
    """A product of a release, in words. All texts are Markdown without anything to escape.

    Parameters
    ----------
    id
        Name in paths and parameters ("lagesrapporter").
    name
        Name for readers ("Lägesrapporter").
    purpose
        What the product is for, after "Produkten".
    users
        Who needs it, and for what; after "Den är till för".
    groups
        Which groups of kommuner and persons its results are told for.
    access
        Files and formats, and where they are.
    presentation
        How the results are shown.
    limits
        What the product leaves out or adds, beside what holds for all of them.
    """

    id: str
    name: str
    purpose: str
    users: str
    groups: str
    access: str
    presentation: str
    limits: str


PRODUCTS = (
    Product(
        id="lagesrapporter",
        name="Lägesrapporter",
        purpose="beskriver läget och utvecklingen i riket för ett eller flera områden i taget.",
        users="nationella beslutsfattare, myndigheter, forskare och journalister som behöver en samlad bild av landet.",
        groups="Resultaten redovisas för riket, län och kommungrupper, och som kommunernas spridning.",
        access="Tre rapporter, som PDF, som Word-dokument och som sidor på webbplatsen.",
        presentation="Text, tabeller, diagram och kartor. Det sägs om en förändring är statistiskt säkerställd.",
        limits="Analytikernas texter bygger på samma tal som tabellerna; ett påstående som inte längre stämmer pekas "
        "ut när rapporten byggs.",
    ),
    Product(
        id="kommunrapporter",
        name="Kommunrapporter",
        purpose="visar en kommuns resultat, hur de har utvecklats och hur de står sig mot andra kommuners.",
        users="förtroendevalda, chefer och utvecklare i kommunen, och invånare som vill följa den.",
        groups="Resultaten redovisas för kommunen och ställs mot riket, länet, kommungruppen och liknande kommuner; "
        "för några kommuner också för stadsdelar och enheter.",
        access="En rapport för var och en av de 290 kommunerna, som PDF, som sida på webbplatsen och i en kortversion; "
        "de viktigaste resultaten också som bildspel (PowerPoint).",
        presentation="Text, tabeller och små diagram. Färgen visar platsen bland kommunerna, och bredvid står om "
        "skillnaden mot riket är säkerställd.",
        limits="En liten kommuns resultat svänger mer av slump än en storstads. Fler av dess resultat saknas eller är "
        "dolda av sekretess.",
    ),
    Product(
        id="arbetsbocker",
        name="Arbetsböcker",
        purpose="ger resultaten i Excel för egen analys, med blad för prioritering och mål.",
        users="analytiker och utvecklare i kommuner, regioner och myndigheter.",
        groups="En arbetsbok för varje kommun, och en för varje område med alla kommuner, grupper och riket.",
        access="290 arbetsböcker för kommuner och tio för områden (Excel, xlsx), utan makron.",
        presentation="Tabeller med filter, en rad för varje resultat. Dolda och saknade värden har sina tecken och är "
        "aldrig noll.",
        limits="Det som användaren själv skriver i arbetsbokens blad ingår inte i statistiken och kontrolleras inte.",
    ),
    Product(
        id="faktablad",
        name="Faktablad och metodbeskrivningar",
        purpose="sammanfattar ett områdes resultat på två sidor och beskriver varje indikator för sig.",
        users="den som snabbt behöver ett områdes resultat, och den som behöver veta exakt vad en indikator mäter.",
        groups="Faktabladet redovisar riket, kommunernas spridning, kvinnor och män och kommungrupper.",
        access="Ett faktablad och en metodbeskrivning för varje område, och en metodbok för alla, som PDF; "
        "metodbeskrivningarna också som sidor på webbplatsen.",
        presentation="Faktabladet har tabeller och ett diagram. Metodbeskrivningen följer indikatorkatalogen.",
        limits="Faktabladet visar ett urval: högst sex av områdets resultat. Det görs av en regel och inte för hand.",
    ),
    Product(
        id="oppna-data",
        name="Öppna data",
        purpose="ger alla publicerade resultat i maskinläsbar form, så att andra kan räkna och bygga vidare.",
        users="utvecklare, forskare, datajournalister och myndigheter.",
        groups="Filerna har riket, län, kommungrupper och kommuner, totalt och för kvinnor och män.",
        access="En fil för varje område och år, som CSV och Parquet, med varje kolumn beskriven (datapackage.json).",
        presentation="Tabeller utan formatering. Varje rad säger med ett status varför ett värde saknas.",
        limits="Filerna innehåller bara det som får visas. Den som räknar om ett medelvärde ur dem kan få ett annat "
        "värde än det redovisade, eftersom dolda resultat inte finns med.",
    ),
    Product(
        id="webbplats",
        name="Webbplatsen",
        purpose="låter vem som helst hitta, läsa och jämföra resultat.",
        users="invånare, journalister, förtroendevalda och tjänstemän.",
        groups="Sidorna redovisar riket, län, kommungrupper och kommuner, och för många indikatorer kvinnor och män.",
        access="En webbplats utan inloggning, kakor eller spårning, som också går att läsa utan skript.",
        presentation="Text, tabeller, diagram och kartor. Interaktiva delar har samma uppgifter i en tabell.",
        limits="Jämförelser som läsaren själv väljer är inte prövade statistiskt om det inte sägs.",
    ),
    Product(
        id="granskning",
        name="Granskning och översyn",
        purpose="prövar indikatorerna: vilka som ger för lite, och vad Riksrevisionens analys visar på nytt.",
        users="den som beslutar om indikatorerna, och forskare.",
        groups="Resultaten redovisas för indikatorer och för grupper av kommuner, aldrig för en kommun.",
        access="En rapport om Riksrevisionens analys och en översyn för varje område, som PDF.",
        presentation="Tabeller med prövningar, och text om vad de visar.",
        limits="En regel kan peka ut en indikator av en slump. Förslagen är underlag för en bedömning och inte beslut.",
    ),
)


def product(product_id: str) -> Product:
    """Return the product called `product_id`.

    Raises
    ------
    ParameterError
        If there is none; the message suggests the nearest.
    """
    for one in PRODUCTS:
        if one.id == product_id:
            return one
    raise ParameterError("produkt", product_id, [one.id for one in PRODUCTS])

"""The steps of the audit guide: each says what to do, what is to be seen, and what that shows."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild.presentation.audit_guide.figures import Example, GuideFigures
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.numbers import number


def _step(head: str, lead: str, commands: Sequence[str], seen: str, shows: str) -> str:
    code = "```text\n" + "\n".join(commands) + "\n```" if commands else ""
    told = f"*Du ska få se:* {seen}\n\n*Det visar:* {shows}"
    return "\n\n".join(part for part in (head, lead, code, told) if part)


def _release(figures: GuideFigures) -> str:
    return f"_release/{figures.source}-{figures.year}"


def _at(figures: GuideFigures) -> str:
    return f"--source {figures.source} --year {figures.year}"


def _make(figures: GuideFigures) -> str:
    """Return what `make` needs to know of a release: nothing for the demo."""
    return "" if figures.synthetic else f" SOURCE={figures.source} YEAR={figures.year} DATA=<mappen med rådata>"


def _data(figures: GuideFigures) -> str:
    """Return the option that names the folder of raw files, which the demo's commands know by themselves."""
    return "" if figures.synthetic else " --data <mappen med rådata>"


def hour(figures: GuideFigures) -> list[str]:
    """Return the steps that fit in an hour, without their numbers."""
    release, at = _release(figures), _at(figures)
    file = figures.example.file if figures.example else "data/omraden.csv"
    return [
        _step(
            "Är filerna de som publicerades?",
            "Ge kontrollen den kontrollsumma för `manifest.json` som du har fått från annat håll.",
            [f".venv/bin/lagesbild verify --sha256 KONTROLLSUMMA {at}{_data(figures)}"],
            "hur många produkter, kodfiler och råfiler som är jämförda, och att noll avviker (`0 not as the manifest "
            "says`). Annars står varje fil som är ändrad, saknas eller har kommit till, med vad den är.",
            "att ingen fil är ändrad, borttagen eller tillagd sedan manifestet skrevs. Det visar inte att talen är "
            "rätt.",
        ),
        _step(
            "Hittas en ändring?",
            "Lita inte på en kontroll som du bara har sett säga ja. Ändra ett enda tecken och kör om den.",
            [
                f"cp {release}/{file} original.csv",
                f"printf ' ' >> {release}/{file}",
                f".venv/bin/lagesbild verify {at}{_data(figures)}",
                f"mv original.csv {release}/{file}",
            ],
            "filens namn, vad den är för slags fil och att den är ändrad. Kommandot slutar med ett annat värde än "
            "noll.",
            "att en ändring på ett tecken räcker. Gör om det med en råfil, en anteckningsbok eller en figur, och lägg "
            "tillbaka originalet varje gång.",
        ),
        _step(
            "Varifrån kommer talen?",
            "Varje figur, tabell och arbetsblad har en spårkod vid sin rubrik. Välj fem själv, på måfå eller dem du "
            "tror minst på. `.1` är tabellens första rad. Ett enskilt resultat kan du fråga efter med indikator, "
            "kommun (kod eller namn) och år.",
            [
                f"shuf -n 5 {release}/sparkoder.csv",
                f".venv/bin/lagesbild trace SPÅRKOD {at}{_data(figures)}",
                f".venv/bin/lagesbild trace SPÅRKOD.1 {at}{_data(figures)}",
                f".venv/bin/lagesbild trace {_traced(figures)} {at}{_data(figures)}",
            ],
            "vilken cell i vilket dokument som skrev talet, metoden och dess källa, uppgifterna bakom, och för var "
            "och en fil, blad och cell i rådata (eller rad och adress hos Kolada), filens kontrollsumma, hämtningsdag "
            "och licens. En rad utan tal som följs slutar vid det som dokumentet är gjort av: fråga då efter ett "
            "enskilt resultat.",
            "vägen från tryckt tal till källa. Öppna råfilen, gå till cellen och läs själv: först då vet du.",
        ),
        *([_by_hand(figures.example)] if figures.example else []),
        _step(
            "Går en figur att göra om?",
            "Ta en av spårkoderna från steg 3.",
            [f"make reproduce FIGURE=SPÅRKOD{_make(figures)}"],
            "att figuren är likadan, gjord på nytt ur rådata i en tom mapp.",
            "att figuren följer av rådata och program, inte av något som någon har lagt till för hand.",
        ),
        _step(
            "Vad är annorlunda än förra gången?",
            f"Läs `{release}/revideringar/sammanfattning.md`. Den säger vilka uppgifter som är nya, ändrade och "
            "borttagna. Är det den första utgåvan står det så.",
            [],
            "en ändring för varje skillnad som du själv kan hitta mellan två utgåvors filer i `data/indikator`.",
            "att inget har ändrats i tysthet. Uppgifter som har blivit dolda räknas men namnges inte.",
        ),
    ]


def _traced(figures: GuideFigures) -> str:
    one = figures.example
    return f"{one.indicator}/{one.region}/{figures.year}" if one else f"INDIKATOR/KOMMUN/{figures.year}"


def _by_hand(one: Example) -> str:
    title, name = markdown_text(one.title), markdown_text(one.name)
    share = 100 * one.numerator / one.denominator
    return _step(
        "Stämmer ett tal om du räknar själv?",
        f"Filen `{one.file}` har täljare och nämnare bredvid talet. För *{title}* i {name} står täljaren "
        f"{number(one.numerator)} och nämnaren {number(one.denominator)}. Räkna med miniräknare: "
        f"{number(one.numerator)} delat med {number(one.denominator)} är {number(share, 1)} procent.",
        [],
        f"värdet {number(one.value, 1)}. Osäkerheten är {number(one.lower, 1)}–{number(one.upper, 1)} procent (Wilsons "
        "intervall, 95 procent); formeln står i metodboken och finns i de flesta statistikprogram.",
        "att talet är det som täljare och nämnare ger. Gör om det med en kommun som du själv väljer.",
    )


def day(figures: GuideFigures) -> list[str]:
    """Return the steps that take a day, without their numbers."""
    fetched = (
        _step(
            "Är rådata källans?",
            "Demonstrationens rådata görs av programmet. Gör dem på nytt och jämför.",
            [".venv/bin/lagesbild demo --output egna-radata", f"diff -r egna-radata _work/{figures.source}/raw"],
            "ingenting: `diff` skriver bara skillnader.",
            "att rådata är de som programmet gör. För verkliga uppgifter hämtar du dem i stället från källan.",
        )
        if figures.synthetic
        else _step(
            "Är rådata källans?",
            "Hämta dem själv från Koladas öppna gränssnitt och läs in dem i en egen mapp.",
            [
                ".venv/bin/lagesbild download --help",
                ".venv/bin/lagesbild import --source kolada --data <din mapp> --root egen",
                f"diff -r egen/_work/{figures.source}/released _work/{figures.source}/released",
            ],
            "skillnader bara där källan har ändrat sina uppgifter sedan utgåvan gjordes. Slå upp några av dem på "
            "kolada.se.",
            "att rådata kommer från källan.",
        )
    )
    return [
        _step(
            "Går hela utgåvan att göra om?",
            "Räkna med ett par timmar på en dator med två kärnor. Inget som är byggt tidigare används.",
            [f"make reproduce{_make(figures)}"],
            "hur många filer som är likadana av alla (`N of N identical`). Annars står var i kedjan den första "
            "skillnaden finns och vad som skiljer: ett värde, en del av en bild, en rad text.",
            "att varje fil följer av rådata, program och låsta paket. Kör på en annan dator än den som gjorde utgåvan.",
        ),
        _step(
            "Beror något på datorn?",
            "Gör om förra steget med annan tidszon, annat språk, annan ordning i minnet och en enda process.",
            [
                "TZ=Pacific/Kiritimati LC_ALL=C PYTHONHASHSEED=7 make reproduce JOBS=1" + _make(figures),
            ],
            "samma svar som i förra steget.",
            "att resultatet inte hänger på klocka, språk, slump eller antal kärnor.",
        ),
        fetched,
        _step(
            "Håller sekretessen?",
            "Det första kommandot letar efter dolda uppgifter i varje fil i utgåvan. Det andra angriper skyddet med "
            "linjär programmering i tiotusen slumpade tabeller.",
            [f"make leaks{_make(figures)}", "make proof"],
            "att ingen dold uppgift är hittad, och att inget angrepp har lyckats.",
            "att dolda uppgifter varken står någonstans eller går att räkna fram ur det publicerade, inom de gränser "
            "som `docs/architecture.md` anger.",
        ),
        _step(
            "Tål programmet fel?",
            "Stresstestet avbryter körningar på slumpade ställen, förvanskar filer, fyller disken och byter klocka, "
            "språk och antal kärnor.",
            ["make test", "make stress"],
            "en tabell med antal försök och noll felaktiga eller förlorade produkter. Förra körningens tabell står i "
            "`docs/stress.md`.",
            "att ett fel ger ett felmeddelande, inte en produkt som ser riktig ut.",
        ),
        _step(
            "Används metoderna rätt?",
            "Läs metodboken och välj en metod. Dess funktion står i `src/lagesbild/methods`, och dess tester, med "
            "publicerade facit, i `tests/methods`. Jämför också med Riksrevisionens tal (RiR 2021:17).",
            [f".venv/bin/lagesbild audit {what} --source {figures.source}" for what in ("marks", "claims")],
            "vilka av Riksrevisionens märken som går att räkna fram ur öppna uppgifter, och vilka som inte går."
            + (" Med påhittade uppgifter säger det bara att beräkningen går att köra." if figures.synthetic else ""),
            "att metoderna ger samma svar som en oberoende granskning, där den går att upprepa.",
        ),
        _step(
            "Läs programmet",
            "Börja i `docs/architecture.md`, som visar vägen från källa till produkt. Läs sedan "
            "`src/lagesbild/disclosure/gate.py`: allt som publiceras passerar den.",
            ["make check"],
            "att importordningen håller: inget efter sekretessgränsen läser rådata.",
            "att det som sägs om programmets byggnad är kontrollerat, inte bara påstått.",
        ),
    ]

"""A product's kvalitetsdeklaration: the five main components of SCB-FS 2016:17, in its order and words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.indicators import Counted, IndicatorType, Part, Scale, Survey
from lagesbild.catalogue.vocabulary import Status
from lagesbild.methods.quality_findings import Check
from lagesbild.methods.quality_grade import GRADES
from lagesbild.presentation.numbers import number
from lagesbild.presentation.quality_declaration.figures import DeclarationFigures
from lagesbild.presentation.quality_declaration.products import Product
from lagesbild.presentation.quality_words import SURVEY_WORDS, grade_legend, grade_text
from lagesbild.presentation.sections import PART_NAMES, TYPE_WORDS
from lagesbild.presentation.source_cautions import CAUTIONS
from lagesbild.presentation.tables import Cell, Column, captioned_table
from lagesbild.presentation.wording import antal, capitalised, count_word, joined

_COUNTED = {
    Counted.PERSONER: "personer",
    Counted.HUSHALL: "hushåll",
    Counted.ENHETER: "enheter",
    Counted.KOMMUNER: "kommunens eget svar",
    Counted.KRONOR: "kronor",
}
_SCALES = {
    Scale.PROCENT: "andelar i procent",
    Scale.JA_NEJ: "svar ja eller nej",
    Scale.JA_DELVIS_NEJ: "svar ja, delvis eller nej",
    Scale.DAGAR: "tid i dagar",
    Scale.KRONOR: "kostnader i kronor",
    Scale.ANTAL: "antal, ofta per invånare",
    Scale.MEDELVARDE: "medelvärden",
    Scale.INDEX: "index",
}
_ASKED = (Survey.KOMMUNENKAT, Survey.ENHETSUNDERSOKNING, Survey.BRUKARUNDERSOKNING)


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """The kvalitetsdeklaration of one product; each method returns Markdown.

    Parameters
    ----------
    product
        The product.
    figures
        What is counted.
    source
        Who the figures come from, as it stands after "Källa:".
    synthetic
        Whether the figures are invented.
    """

    product: Product
    figures: DeclarationFigures
    source: str
    synthetic: bool

    def of(self, product: Product) -> Declaration:
        """Return the declaration of another product of the same release."""
        return replace(self, product=product)

    def text(self, *, level: int = 2) -> str:
        """Return the whole declaration, its main components with headings of `level`."""
        marks = "#" * level
        parts = [self.introduction()]
        for key, head, body in (
            ("relevans", "Relevans", self.relevance(level + 1)),
            ("tillforlitlighet", "Tillförlitlighet", self.reliability(level + 1)),
            ("aktualitet", "Aktualitet och punktlighet", self.timeliness(level + 1)),
            ("tillganglighet", "Tillgänglighet och tydlighet", self.accessibility(level + 1)),
            ("jamforbarhet", "Jämförbarhet och samanvändbarhet", self.comparability(level + 1)),
            ("allmant", "Allmänna uppgifter", self.general(level + 1)),
            ("okant", "Det här är inte känt", self.unknown()),
        ):
            parts += [f"{marks} {head} {{#sec-{key}}}", body]
        return "\n\n".join(parts) + "\n"

    def introduction(self) -> str:
        """Return what is declared, and how."""
        invented = " Uppgifterna är påhittade, så talen säger inget om verkliga kommuner." if self.synthetic else ""
        return (
            f"Deklarationen gäller {self.product.name.lower()} för {self.figures.year}. Den följer de fem "
            "huvudkomponenterna i Statistiska centralbyråns föreskrifter om kvalitet för den officiella statistiken "
            f"(SCB-FS 2016:17). Varje tal är räknat ur utgåvans egna uppgifter.{invented}"
        )

    def relevance(self, level: int) -> str:
        """Return purpose, users and content."""
        figures, marks = self.figures, "#" * level
        counted, scales = figures.count("counted"), figures.count("scale")
        types, in_parts = figures.count("type"), figures.count("part")
        results = antal(len(figures.with_results), "indikator", "indikatorer")
        kinds = joined([f"{number(types[one])} om {TYPE_WORDS[one].lower()}" for one in IndicatorType])
        parts = joined([f"{PART_NAMES[one].lower()} {number(in_parts[one])}" for one in Part if in_parts[one]])
        sexes = sum(one.by_sex for one in figures.indicators)
        return "\n\n".join(
            [
                f"{marks} Ändamål och informationsbehov",
                f"Produkten {self.product.purpose} Den är till för {self.product.users}",
                f"{marks} Statistikens innehåll",
                f"- **Objekt och population.** Sveriges {figures.every_kommun} kommuner. Det som räknas är "
                + joined([f"{_COUNTED[one]} ({number(counted[one])} indikatorer)" for one in Counted if counted[one]])
                + ".\n"
                f"- **Variabler.** {number(len(figures.indicators))} indikatorer i {count_word(len(AREAS))} områden: "
                f"{kinds}. Efter modellens delar: {parts}. Enligt mätplanen mäts {number(len(figures.measured))} av "
                f"dem {figures.year}, och {results} har resultat från minst en kommun.\n"
                "- **Statistiska mått.** "
                + capitalised(joined([f"{_SCALES[one]} ({number(scales[one])})" for one in Scale if scales[one]]))
                + ".\n"
                f"- **Redovisningsgrupper.** {self.product.groups} {number(sexes)} indikatorer redovisas också för "
                "kvinnor och män var för sig.\n"
                f"- **Referenstider.** Uppgifterna gäller {figures.year}, serierna {figures.years[0]}–{figures.year}.",
            ]
        )

    def reliability(self, level: int) -> str:
        """Return the grades, and each source of uncertainty."""
        figures, marks = self.figures, "#" * level
        graded = sum(figures.grades)
        cautions = "".join(f"    - {SURVEY_WORDS[str(one)]}: {CAUTIONS[one]}\n" for one in Survey)
        flips, late = (figures.lowered_by[one] for one in (Check.VAXLANDE_SVAR, Check.SENA_UPPGIFTER))
        faults = (
            f" {capitalised(antal(figures.known_faults, 'värde', 'värden', neuter=True))} som är kända fel i källan "
            f"läses som saknade."
            if figures.known_faults
            else ""
        )
        sources = (
            "- **Urval.** Källorna anger inte om en brukarundersökning riktar sig till alla eller till ett urval. "
            "Osäkerheten räknas som om de svarande vore slumpmässigt valda.\n"
            f"- **Ramtäckning.** Ramen är de {figures.every_kommun} kommunerna. "
            f"{number(figures.kommuner_with_results)} av dem har minst ett resultat {figures.year} som kan visas. Hur "
            "väl registren täcker de personer som får stöd är inte känt.\n"
            f"- **Mätning.** Svar som växlar mellan åren har sänkt betyget för {_indicators(flips)}. Olika källor "
            f"mäter olika säkert:\n\n{cautions}\n"
            f"- **Bortfall.** Hur många kommuner som har svarat står i @tbl-svar. Enheter och personer som inte har "
            f"svarat ingår inte i tabellen. Få redovisande kommuner har sänkt betyget för "
            f"{_indicators(figures.lowered_by[Check.TACKNING])} och en låg andel svarande för "
            f"{_indicators(figures.lowered_by[Check.SVARSANDEL])}.\n"
            f"- **Bearbetning.** Kontrollerna av uppgifterna har gjort {number(figures.findings)} iakttagelser. "
            f"Uppgifterna rättas inte: de visas som källan har lämnat dem, med betyg.{faults} Gamla uppgifter har "
            f"sänkt betyget för {_indicators(late)}.\n"
            "- **Modellantaganden.** Intervall, prövade skillnader och trender bygger på modeller. Antagandena och hur "
            "ofta metoderna har fel står i metodboken."
        )
        return "\n\n".join(
            [
                f"{marks} Tillförlitlighet totalt",
                f"Varje indikator har ett betyg på uppgifternas säkerhet, räknat av kontroller. Av {number(graded)} "
                f"betygsatta indikatorer har {_grade_counts(figures.grades)}. {grade_legend()}",
                self._grades(),
                self.product.limits,
                f"{marks} Osäkerhetskällor",
                sources,
                self._answers(),
                f"{marks} Preliminär statistik jämförd med slutlig",
                "Källans uppgifter säger inte om ett värde är preliminärt eller slutligt. Vad som har ändrats sedan en "
                "tidigare utgåva står på webbplatsens sida om revideringar.",
            ]
        )

    def _grades(self) -> str:
        columns = [
            Column(head="Område", width=3),
            *(Column(head=grade_text(grade), align="right") for grade in GRADES),
        ]
        rows: list[list[Cell]] = [[name, *(number(n) for n in counts)] for name, counts in self.figures.grades_by_area]
        rows.append(["Alla områden", *(number(n) for n in self.figures.grades)])
        caption = f"Antal indikatorer efter betyg på uppgifterna {self.figures.year}"
        return captioned_table(columns, rows, caption=caption, label="tbl-betyg")

    def _answers(self) -> str:
        columns = [
            Column(head="Område", width=3),
            *(Column(head=SURVEY_WORDS[str(one)], align="right", width=1.6) for one in _ASKED),
        ]
        rows: list[list[Cell]] = []
        for area in AREAS:
            told = [self.figures.answered(area.id, str(one)) for one in _ASKED]
            rows.append([area.name, *("–" if one is None else f"{number(one[0])} av {number(one[1])}" for one in told)])
        caption = f"Kommuner som har redovisat något av en undersökning {self.figures.year}"
        table = captioned_table(columns, rows, caption=caption, label="tbl-svar")
        return f"{table}\nStreck (–): området har inga uppgifter från undersökningen det året."

    def timeliness(self, level: int) -> str:
        """Return how fresh the figures are, how often they come, and whether they come on time."""
        figures, marks = self.figures, "#" * level
        rhythms = figures.count("frequency", figures.planned)
        words = {1: "varje år", 2: "vartannat år", 3: "vart tredje år", 4: "vart fjärde år"}
        often = joined([f"{number(n)} {words.get(int(str(every)), f'vart {every}:e år')}"
                        for every, n in sorted(rhythms.items(), key=lambda pair: int(str(pair[0])))])  # fmt: skip
        return "\n\n".join(
            [
                f"{marks} Framställningstid",
                f"Referensåret är {figures.year}. När källan publicerade uppgifterna följer inte med dem, så tiden "
                "från referensårets slut till utgåvan går inte att räkna ut.",
                f"{marks} Frekvens",
                f"Produkten görs en gång om året. Av de indikatorer som är i bruk mäts {often}.",
                f"{marks} Punktlighet",
                "Planerade mätningar och publiceringar står i webbplatsens kalender. Hur väl tiderna har hållits är "
                "inte mätt.",
            ]
        )

    def accessibility(self, level: int) -> str:
        """Return how the product is to be had, and how it is shown and documented."""
        marks = "#" * level
        return "\n\n".join(
            [
                f"{marks} Tillgång till statistiken",
                f"{self.product.access} Allt är gratis och kräver ingen inloggning. PDF-filerna är märkta för "
                "skärmläsare (PDF/UA-1).",
                f"{marks} Möjlighet till ytterligare statistik",
                "Alla publicerade resultat finns som öppna data. Uppgifter om enskilda personer lämnas aldrig ut.",
                f"{marks} Presentation",
                f"{self.product.presentation} En färg står aldrig ensam: tecken och ord säger samma sak.",
                f"{marks} Dokumentation",
                "Metodbeskrivningarna beskriver varje indikator, och metodboken hur allt räknas. Programmet är öppet, "
                "och utgåvans manifest säger vilka filer varje produkt är gjord av.",
            ]
        )

    def comparability(self, level: int) -> str:
        """Return what can be compared with what."""
        figures, marks = self.figures, "#" * level
        enough, every = figures.long_series
        kinds = figures.riket_kinds
        in_kolada = sum(one.kolada is not None for one in figures.indicators)
        sums = figures.lowered_by_any(Check.KON_MOT_TOTAL, Check.RIKET_MOT_KOMMUNER)
        riket = joined(
            [
                f"{words} för {number(kinds[kind])}"
                for kind, words in (
                    ("redovisad", "källans eget värde"),
                    ("vagd", "kommunerna sammanvägda"),
                    ("ovagd", "medelvärdet av kommunernas resultat"),
                )
                if kinds[kind]
            ]
        )
        return "\n\n".join(
            [
                f"{marks} Jämförbarhet över tid",
                f"{capitalised(_indicators(len(figures.broken)))} har en serie som bryts {figures.years[0]}–"
                f"{figures.year}, därför att frågan eller metoden har ändrats. Av rikets {number(every)} serier har "
                f"{number(enough)} minst tre mätningar, så att en trend kan prövas. Kostnader är inte omräknade för "
                "prisutvecklingen.",
                f"{marks} Jämförbarhet mellan grupper",
                f"Riket är {riket or 'inte redovisat'} (antal indikatorer). Ett medelvärde av kommuner väger alla "
                "kommuner lika. Kommuner har olika förutsättningar, och därför finns också jämförelser med liknande "
                "kommuner.",
                f"{marks} Samanvändbarhet i övrigt",
                f"Kommuner och län har officiella koder. {number(in_kolada)} av {number(len(figures.indicators))} "
                "indikatorer har samma nyckeltal i Kolada, med Koladas id.",
                f"{marks} Numerisk överensstämmelse",
                "Alla produkter hämtar sina tal ur samma beräkning och avrundar på samma sätt (hälften uppåt), så "
                f"samma resultat har samma tal överallt. Kvinnor och män som inte stämmer med totalen, eller riket "
                f"som inte stämmer med kommunerna, har sänkt betyget för {_indicators(sums)}.",
            ]
        )

    def general(self, level: int) -> str:
        """Return classification and confidentiality."""
        figures, marks = self.figures, "#" * level
        status = figures.by_status
        withheld, every = status.get(str(Status.SEKRETESS), 0), sum(status.values())
        limits = Counter(one.threshold for one in figures.indicators)
        known = [limit for limit in limits if limit is not None]
        thresholds = joined([f"{number(limit)} ({number(limits[limit])} indikatorer)" for limit in sorted(known)])
        share = f" ({number(100 * withheld / every, 1)} procent)" if every else ""
        hidden = (
            f"{number(withheld)} av {number(every)} resultat för kommuner {figures.year}{share} visas inte av "
            "sekretesskäl."
            if withheld
            else f"Inga resultat för kommuner {figures.year} är dolda i den här utgåvan. Källan kan själv ha utelämnat "
            "små tal, och det går inte att skilja från andra uppgifter som saknas."
        )
        return "\n\n".join(
            [
                f"{marks} Klassificering",
                f"Källa: {self.source}. Produkten har inte beteckningen Sveriges officiella statistik.",
                f"{marks} Sekretess",
                f"Resultat av för få personer eller hushåll visas inte. Minst så många ska de vara: {thresholds}. "
                f"Andra resultat döljs också, så att ett dolt värde inte kan räknas ut. {hidden}",
            ]
        )

    def unknown(self) -> str:
        """Return what is not known, and is therefore not said."""
        points = (
            "Hur många av de personer som fick en enkät som har svarat, där källan inte anger det.",
            "Om de som inte har svarat skulle ha svarat annorlunda. Bara deras folkmängd, tidigare resultat och "
            "kommungrupp kan jämföras.",
            "Hur ofta en kommun har missförstått en fråga eller registrerat fel.",
            "När källan publicerade varje uppgift, och om den är preliminär.",
            "Vad användarna tycker om produkten: ingen undersökning har gjorts.",
        )
        return "".join(f"- {point}\n" for point in points).rstrip()


def _indicators(count: int) -> str:
    return antal(count, "indikator", "indikatorer") if count else "ingen indikator"


def _grade_counts(counts: tuple[int, ...]) -> str:
    return joined([f"{number(n)} betyget {grade}" for grade, n in zip(GRADES, counts, strict=True) if n])

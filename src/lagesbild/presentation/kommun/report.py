"""The whole text of a kommun's report, part by part as the document asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.regions import Kommun, kommuner, lan_by_code
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.kommun import summary
from lagesbild.presentation.kommun.area_section import area_section
from lagesbild.presentation.kommun.priorities import priorities_section
from lagesbild.presentation.kommun.quality import quality_section
from lagesbild.presentation.kommun.targets import targets_section
from lagesbild.presentation.kommun.view import KommunView
from lagesbild.presentation.numbers import number
from lagesbild.presentation.similar_kommuner import similar_section
from lagesbild.presentation.tables import Cell, Column, Markup, captioned_table, colour_legend


def by_name(kommun: Kommun) -> str:
    """Return what sorts kommuner by name as Swedish does: å, ä and ö after z."""
    return kommun.namn.lower().translate(str.maketrans("åäö", "{|}"))


def _links(chosen: Iterable[Kommun]) -> str:
    """Return links from one kommun's page to others', by name."""
    ordered = sorted(chosen, key=by_name)
    return ", ".join(f"[{markdown_text(one.namn)}](../{one.slug}/index.html)" for one in ordered)


@dataclass(frozen=True, kw_only=True)
class KommunReport:
    """A kommun's report; each method returns Markdown.

    Parameters
    ----------
    view
        The kommun's results.
    similar
        Its similar kommuner (`lagesbild.presentation.similar_kommuner.similar_section`); null where they aren't known.
    """

    view: KommunView
    similar: pd.DataFrame | None = None

    def downloads(self) -> str:
        """Return links from the kommun's page of the website to its report and data in the release."""
        folder = f"../../../kommuner/{self.view.kommun.slug}"
        links = (
            f"[Ladda ner rapporten (PDF)]({folder}/kommunrapport.pdf) [Ladda ner uppgifterna (CSV)]({folder}/data.csv) "
            f"[Ladda ner bruttolistan (CSV)]({folder}/att-analysera.csv)"
        )
        return f"::: {{.ladda-ner}}\n\n{links}\n\n:::\n"

    def neighbours(self) -> str:
        """Return links from the kommun's page of the website to the other kommuner of the län, and to all."""
        own = self.view.kommun
        others = [k for k in kommuner() if k.lan == own.lan and k != own]
        name = lan_by_code(own.lan).namn
        everyone = "[Alla kommuner](../index.html)."
        alike = set() if self.similar is None else set(self.similar["member"])
        similar = _links([k for k in kommuner() if k.kod in alike])
        if similar:
            everyone = f"Kommuner som liknar {markdown_text(own.namn)} i något område: {similar}. {everyone}"
        if not others:
            return f"{markdown_text(own.namn)} är den enda kommunen i {name}. {everyone}"
        return f"Andra kommuner i {name}: {_links(others)}. {everyone}"

    def summary(self) -> str:
        """Return the first page: where the kommun stands, what changed, what is missing."""
        view = self.view
        return "\n\n".join(
            [
                summary.introduction(view),
                summary.standing(view),
                self._overview(),
                "### Bland de bästa i landet\n\n" + summary.best(view),
                "### Bland de sämsta i landet\n\n" + summary.worst(view),
                "Vad som är mest angeläget att titta närmare på beror på mer än platsen. Flera skäl vägs ihop i "
                "avsnittet [Att analysera vidare](#sec-prioritering).",
                "### Statistiskt säkerställda förändringar\n\n"
                "**Förbättringar**\n\n"
                + summary.secured_trends(view, "sakerstalld_forbattring")
                + "\n**Försämringar**\n\n"
                + summary.secured_trends(view, "sakerstalld_forsamring")
                + "\n"
                + summary.chance_of_trends(view),
                *filter(None, [targets_section(view)]),
                "### Ändrade svar i checklistorna\n\n" + summary.changed_answers(view),
                "### Det som saknas\n\n" + summary.what_is_missing(view),
            ]
        )

    def _overview(self) -> str:
        columns = [
            Column(head="Område", width=2.6),
            *(
                Column(head=head, align="right", width=1.0)
                for head in (
                    "▲ Bland de bästa",
                    "■ I mitten",
                    "▼ Bland de sämsta",
                    "✓ Ja",
                    "◆ Delvis",
                    "× Nej",
                )
            ),
        ]
        rows: list[list[Cell]] = [
            [
                Markup(f"[{area.name}](#sec-{area.id})"),
                *(number(colours[colour]) for colour in ("gron", "gul", "rod")),
                *(number(answers[answer]) for answer in ("ja", "delvis", "nej")),
            ]
            for area, colours, answers in summary.area_counts(self.view)
        ]
        return captioned_table(
            columns,
            rows,
            caption="Antal kvalitetsindikatorer per område, efter plats bland kommunerna och efter svar",
            label="tbl-oversikt",
        )

    def priorities(self) -> str:
        """Return what may be worth a closer look, each place with its grounds."""
        return priorities_section(self.view)

    def areas(self) -> str:
        """Return all ten areas."""
        return "\n\n".join(area_section(self.view, area) for area in AREAS)

    def quality(self) -> str:
        """Return how far the figures can be trusted: grades of the indicators, and the kommun's own odd figures."""
        return quality_section(self.view)

    def similar_kommuner(self) -> str:
        """Return who the similar kommuner are in each area, and why."""
        frame = pd.DataFrame(columns=["topic"]) if self.similar is None else self.similar
        return similar_section(frame, self.view.kommun.kod)

    def reading_guide(self) -> str:
        """Return how colours, comparisons, trends and types of indicator are to be read."""
        return "\n\n".join(
            [
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
                "kommungruppsindelning 2023. En skillnad mellan två procenttal anges i procentenheter.",
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

    def sources(self) -> str:
        """Return where the figures come from and how to find the method."""
        return (
            f"Källa: {self.view.source}. Varje indikator finns beskriven med källa på webbplatsens sidor om "
            "områdena. Där finns också data att ladda ner och en beskrivning av metoden."
        )

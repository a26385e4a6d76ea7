"""The whole text of a group's report, section by section as the document asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lagesbild.presentation.group import summary
from lagesbild.presentation.group.area_section import area_section
from lagesbild.presentation.group.questions import questions
from lagesbild.presentation.group.view import GroupView
from lagesbild.presentation.kommun.report import Section

_WITHIN = "### Störst skillnader mellan kommunerna\n\n"


@dataclass(frozen=True, kw_only=True)
class GroupReport:
    """A group's report; each section is Markdown.

    Parameters
    ----------
    view
        The group's results.
    """

    view: GroupView

    def sections(self) -> Iterator[Section]:
        """Yield the report's sections in order, each made when it is asked for."""
        parts: tuple[tuple[str, str, Callable[[], str]], ...] = (
            ("sec-sammanfattning", "Sammanfattning", self.summary),
            ("sec-fragor", "Frågor till nätverket", lambda: questions(self.view)),
            ("", "", self.area_sections),
            ("sec-lasa", "Så läser du rapporten", self.reading_guide),
            ("sec-metod", "Källor och metod", self.sources),
        )
        # One kommun has nobody in the group to ask.
        alone = len(self.view.kommuner) == 1
        for label, heading, made in (part for part in parts if not (alone and part[0] == "sec-fragor")):
            yield Section(label=label, heading=heading, text=made())

    def summary(self) -> str:
        """Return the first spread."""
        view = self.view
        return "\n\n".join(
            [
                summary.introduction(view),
                "### Var kommunerna står mot riket\n\n" + summary.against_riket(view),
                "### Vad som har ändrats\n\n" + summary.changes(view),
                *([] if len(view.kommuner) == 1 else [_WITHIN + summary.within(view)]),
                "### Kommun för kommun\n\n" + summary.kommun_table(view),
            ]
        )

    def area_sections(self) -> str:
        """Return the areas, each with its heading."""
        return "\n\n".join(area_section(self.view, area) for area in self.view.areas)

    def reading_guide(self) -> str:
        """Return how the tables are to be read."""
        return "\n\n".join(
            [
                "**Kommunerna.** Varje prick är en kommun i rapporten. Linjen går från landets lägsta resultat till "
                "det högsta, den breda delen är hälften av landets kommuner, och strecket är riket. Till höger är "
                "alltid högre, också när ett lågt resultat är bra.",
                "**Medel (vägt).** Det första talet är ovägt: medelvärdet av kommunernas resultat, där en liten kommun "
                "betyder lika mycket som en stor. Talet inom parentes är vägt: varje kommun väger efter hur många "
                "personer, hushåll eller enheter resultatet bygger på. Det visas bara när antalet är känt för alla "
                "kommuner som har ett resultat. I checklistorna är andelen ja av de kommuner som har svarat, varje "
                "kommun lika mycket.",
                "**Antal.** Hur många av kommunerna som har ett resultat som kan visas. Medelvärdena bygger bara på "
                "dem. Dolda resultat ingår inte i någon siffra här, så de går inte att räkna fram.",
                "**Säkert bättre eller sämre.** Skillnaden mot riket är större än slumpen, med minst 95 procents "
                "säkerhet. Av 20 prövningar utan verklig skillnad blir ungefär en säker ändå.",
                "**Säkert förbättrat eller försämrat.** Kommunens egen serie lutar mer än slumpen ger, med minst 95 "
                "procents säkerhet. Det krävs minst tre mätningar. Streck (–) betyder att ingenting har kunnat prövas.",
            ]
        )

    def sources(self) -> str:
        """Return where the figures come from and how to find the method."""
        return (
            f"Källa: {self.view.source}. Resultaten är de som står i kommunernas egna rapporter. Varje indikator och "
            "metoden är beskrivna på webbplatsen. Där finns också data att ladda ner."
        )

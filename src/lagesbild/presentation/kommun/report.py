"""The whole text of a kommun's report, part by part as the document asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from lagesbild.catalogue.areas import AREAS, Area
from lagesbild.catalogue.regions import Kommun, kommuner, lan_by_code
from lagesbild.methods.priorities import Priority
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.kommun.area_section import area_sections
from lagesbild.presentation.kommun.comments import comments_on
from lagesbild.presentation.kommun.districts import District, districts_section
from lagesbild.presentation.kommun.first_spread import first_spread
from lagesbild.presentation.kommun.page_links import kommun_tools
from lagesbild.presentation.kommun.priorities import gross_list, priorities_section
from lagesbild.presentation.kommun.quality import quality_section
from lagesbild.presentation.kommun.questions import Grounds, questions_section
from lagesbild.presentation.kommun.reading_guide import reading_guide
from lagesbild.presentation.kommun.sex_gaps import SexGap, sex_gaps
from lagesbild.presentation.kommun.short_version import short_guide, without_the_rest
from lagesbild.presentation.kommun.targets import targets_section
from lagesbild.presentation.kommun.to_phone import ToPhone, phone_section, to_phone
from lagesbild.presentation.kommun.view import KommunView
from lagesbild.presentation.similar_kommuner import similar_section


def by_name(kommun: Kommun) -> str:
    """Return what sorts kommuner by name as Swedish does: å, ä and ö after z."""
    return kommun.namn.lower().translate(str.maketrans("åäö", "{|}"))


def _links(chosen: Iterable[Kommun]) -> str:
    """Return links from one kommun's page to others', by name."""
    ordered = sorted(chosen, key=by_name)
    return ", ".join(f"[{markdown_text(one.namn)}](../{one.slug}/index.html)" for one in ordered)


@dataclass(frozen=True, kw_only=True)
class Section:
    """One section of the report.

    Parameters
    ----------
    label
        What links name it by ("sec-sammanfattning").
    heading
        Its heading in plain text; empty where the text has headings of its own.
    text
        Markdown. An empty section is left out of the report.
    """

    label: str
    heading: str
    text: str

    def markdown(self) -> str:
        """Return the section with its heading."""
        head = f"## {markdown_text(self.heading)} {{#{self.label}}}\n\n" if self.heading else ""
        return f"{head}{self.text.rstrip()}\n"


@dataclass(frozen=True, kw_only=True)
class KommunReport:
    """A kommun's report; each method returns Markdown.

    Parameters
    ----------
    view
        The kommun's results: all of them, or those of `areas` alone.
    similar
        Its similar kommuner (`lagesbild.presentation.similar_kommuner.similar_section`); null where they aren't known.
    areas
        The areas that the report is about.
    index
        The section on the composite index, empty unless someone has asked for it.
    short
        Whether only the first spread is wanted.
    districts
        Its city districts that have results.
    """

    view: KommunView
    similar: pd.DataFrame | None = None
    areas: tuple[Area, ...] = AREAS
    index: str = ""
    short: bool = False
    districts: tuple[District, ...] = ()

    def sections(self) -> Iterator[Section]:
        """Yield the report's sections in order, each made when it is asked for; those without text are left out."""
        for label, heading, made in self._short if self.short else self._full:
            text = made()
            if text.strip():
                yield Section(label=label, heading=heading, text=text)

    @property
    def _full(self) -> tuple[tuple[str, str, Callable[[], str]], ...]:
        """The order of the full report: label, heading and what makes the text."""
        return (
            ("sec-sammanfattning", "Sammanfattning", self.summary),
            ("sec-prioritering", "Att analysera vidare", self.priorities),
            ("sec-kommentar", "Kommentar", self.comments),
            ("", "", self.area_sections),
            ("sec-stadsdelar", "Stadsdelar", self.city_districts),
            ("sec-mal", "Kommunens mål", self.targets),
            ("sec-sakerhet", "Så säkra är uppgifterna", self.quality),
            ("sec-index", "Sammanvägt index", lambda: self.index),
            ("sec-fragor", "Frågor att ställa", self.questions),
            ("sec-ringa", "Kommuner att ringa", self.similar_kommuner),
            ("sec-lasa", "Så läser du rapporten", lambda: reading_guide(self.view.kommun)),
            ("sec-metod", "Källor och metod", self.sources),
        )

    @property
    def _short(self) -> tuple[tuple[str, str, Callable[[], str]], ...]:
        """The order of the short version."""
        return (
            ("sec-sammanfattning", "Sammanfattning", lambda: without_the_rest(self.summary())),
            ("", "", short_guide),
        )

    def downloads(self) -> str:
        """Return links from the kommun's page of the website: to compare it, and to its other files in the release."""
        folder = f"../../../kommuner/{self.view.kommun.slug}"
        links = (
            f"[Ladda ner rapporten (PDF)]({folder}/kommunrapport.pdf) "
            f"[Ladda ner bilderna (PowerPoint)]({folder}/presentation.pptx) "
            f"[Ladda ner arbetsboken (Excel)]({folder}/arbetsbok.xlsx) "
            f"[Ladda ner uppgifterna (CSV)]({folder}/data.csv) "
            f"[Ladda ner bruttolistan (CSV)]({folder}/att-analysera.csv)"
        )
        return f"{kommun_tools(self.view.kommun)}\n::: {{.ladda-ner}}\n\n{links}\n\n:::\n"

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

    @cached_property
    def _found(self) -> list[Priority]:
        return gross_list(self.view)

    def summary(self) -> str:
        """Return the first spread: where the kommun stands, what changed, what to look at first, what is missing."""
        return first_spread(self.view, self.areas, self._found, alone=self.short)

    def priorities(self) -> str:
        """Return what may be worth a closer look, each place with its grounds."""
        return priorities_section(self._found, self.view.year, self.view.kommun.kod)

    def comments(self) -> str:
        """Return the comments on the whole report, each in its box; empty where there is none."""
        return "\n\n".join(comments_on(self.view.additions.comments, ""))

    def area_sections(self) -> str:
        """Return the report's areas, each with its heading."""
        return area_sections(self.view, self.areas, self._gaps)

    def city_districts(self) -> str:
        """Return the kommun's districts beside the kommun; empty where it has none with results."""
        return districts_section(self.view, self.districts)

    def targets(self) -> str:
        """Return the kommun's own targets; empty where it has none."""
        return targets_section(self.view)

    def quality(self) -> str:
        """Return how far the figures can be trusted: grades of the indicators, and the kommun's own odd figures."""
        return quality_section(self.view)

    @cached_property
    def _gaps(self) -> list[SexGap]:
        return sex_gaps(self.view)

    @cached_property
    def _to_phone(self) -> list[ToPhone]:
        return to_phone(self.view)

    def questions(self) -> str:
        """Return the questions that the results give reason to ask, in the order of the handbook's steps."""
        grounds = Grounds(view=self.view, found=self._found, gaps=self._gaps, chosen=self._to_phone, areas=self.areas)
        return questions_section(grounds)

    def similar_kommuner(self) -> str:
        """Return whom to phone, with their figures, and who the similar kommuner are in each area."""
        frame = pd.DataFrame(columns=["topic"]) if self.similar is None else self.similar
        rows = frame.to_dict("records")
        whom = phone_section(self.view, self._to_phone, rows)
        return f"{whom}\n\n{similar_section(rows, self.view.kommun.kod, self.areas)}"

    def sources(self) -> str:
        """Return where the figures come from and how to find the method."""
        return (
            f"Källa: {self.view.source}. Varje indikator finns beskriven med källa på webbplatsens sidor om "
            "områdena. Där finns också data att ladda ner och en beskrivning av metoden."
        )

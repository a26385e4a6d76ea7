"""The metodbeskrivning of an area: what each indicator measures and how, what has changed, how sure it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.plan import burden, measuring_plan, planned
from lagesbild.methods.quality_grade import GRADES
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.indicator_facts import Fact, changes, facts
from lagesbild.presentation.measuring_plan import next_times
from lagesbild.presentation.national.nonresponse import nonresponse_part
from lagesbild.presentation.national.quality import quality_notes
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.numbers import number
from lagesbild.presentation.quality_words import SURVEY_WORDS, grade_text
from lagesbild.presentation.sections import by_section
from lagesbild.presentation.source_cautions import CAUTIONS, surveys_of
from lagesbild.presentation.tables import Cell, Column, captioned_table
from lagesbild.presentation.wording import antal, capitalised


@dataclass(frozen=True, kw_only=True)
class MethodDescription:
    """The metodbeskrivning of one area; each method returns Markdown.

    Parameters
    ----------
    area
        The area.
    view
        The national figures of the report year: the comparisons, the grades and the tests of non-response.
    methods
        The list of what else is to be read on how results are computed, as Markdown.
    pages
        Path from the description to the website's folder of indicators; null where it is no page.
    """

    area: Area
    view: NationalView
    methods: str
    pages: str | None = None

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The area's indicators, in the order of the catalogue."""
        return self.view.catalogue.in_area(self.area.id)

    def text(self, *, level: int = 2) -> str:
        """Return the whole description, its sections with headings of `level`."""
        marks = "#" * level
        parts = [
            f"{marks} Området och dess källor {{#sec-kallor}}",
            self.sources(),
            f"{marks} Nytt och ändrat {{#sec-andrat}}",
            self.changed(),
            f"{marks} Att tänka på när resultaten tolkas {{#sec-tolkning}}",
            self.cautions(),
            *nonresponse_part(self.view, self.area, level=level),
            f"{marks} Uppgifternas säkerhet {{#sec-sakerhet}}",
            self.quality(),
            f"{marks} Så räknas resultaten {{#sec-metod}}",
            self.methods,
            f"{marks} Indikatorerna {{#sec-indikatorer}}",
            self.every_indicator(level=level + 1),
        ]
        return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"

    def sources(self) -> str:
        """Return what the area is, and how many indicators come from each survey and register."""
        year = self.view.year
        measured = [one for one in self.indicators if one.measured(year)]
        counts = antal(len(self.indicators), "indikator", "indikatorer")
        resting = next_times(self.indicators, year)
        text = (
            f"{markdown_text(self.area.about)} Katalogen har {counts} i området, också sådana som är pausade eller har "
            f"slutat mätas. Enligt mätplanen mäts {antal(len(measured), 'indikator', 'indikatorer')} {year}. {resting}"
        )
        columns = [
            Column(head="Undersökning eller register", width=3),
            Column(head="Indikatorer", align="right"),
            Column(head=f"Mäts {year}", align="right"),
            Column(head="Frågor till kommunen", align="right", width=1.3),
        ]
        rows: list[list[Cell]] = []
        for row in burden(self.indicators, [year]):
            through = sum(one.survey is row.survey for one in self.indicators)
            cells = (number(through), number(row.indicators), number(row.questions))
            rows.append([SURVEY_WORDS[str(row.survey)], *cells])
        caption = f"{self.area.name}: indikatorer efter källa {year}"
        return f"{text.strip()}\n\n{captioned_table(columns, rows, caption=caption, label='tbl-kallor')}"

    def changed(self) -> str:
        """Return what is new in the report year, what has changed in it, and where series break within the window."""
        year, parts = self.view.year, []
        new = [one for one in self.indicators if one.first_year == year and one.measured(year)]
        if new:
            parts.append(f"Nya {year}:\n\n{_titles(new)}")
        turned = [(one, change.text) for one in self.indicators for change in changes(one) if change.year == year]
        if turned:
            lines = "".join(f"- *{markdown_text(one.title)}*: {markdown_text(text)}\n" for one, text in turned)
            parts.append(f"Ändrade {year}:\n\n{lines}")
        if not parts:
            parts.append(f"Inga indikatorer är nya eller ändrade {year}.")
        earlier = [
            (one, change.text)
            for one in self.indicators
            for change in changes(one)
            if change.year in self.view.years and change.year != year and change.breaks
        ]
        if earlier:
            lines = "".join(f"- *{markdown_text(one.title)}*: {markdown_text(text)}\n" for one, text in earlier)
            parts.append(f"Serier som bryts {self.view.years[0]}–{year - 1}:\n\n{lines}")
        plan = measuring_plan(self.indicators, year)
        ended = sum(bool(one.reason) for one in plan)
        if ended:
            which = antal(ended, "indikator", "indikatorer")
            parts.append(
                f"{capitalised(which)} är pausade, borttagna eller ersatta. Skälet står vid varje indikator i "
                "[förteckningen](#sec-indikatorer)."
            )
        return "\n\n".join(parts)

    def cautions(self) -> str:
        """Return the sources of error of the area's surveys and registers."""
        lines = [f"- **{SURVEY_WORDS[str(one)]}.** {CAUTIONS[one]}\n" for one in surveys_of(self.indicators)]
        return "".join(lines)

    def quality(self) -> str:
        """Return how many indicators have each grade, what the grades mean, and why some are uncertain."""
        graded = [one for one in self.indicators if self.view.grade(one)]
        if not graded:
            return f"Inga uppgifter för {self.view.year} har fått ett betyg."
        columns = [Column(head="Betyg", width=2), Column(head="Indikatorer", align="right")]
        counts = [(grade, sum(self.view.grade(one) == grade for one in graded)) for grade in GRADES]
        rows: list[list[Cell]] = [[grade_text(grade), number(count)] for grade, count in counts]
        caption = f"{self.area.name}: betyg på uppgifterna {self.view.year}"
        table = captioned_table(columns, rows, caption=caption, label="tbl-betyg")
        return "\n\n".join([table, *quality_notes(self.view, list(self.indicators))])

    def every_indicator(self, *, level: int) -> str:
        """Return every indicator by section, each with what the catalogue knows of it."""
        parts = []
        for section, indicators in by_section(self.indicators, lambda one: one):
            parts.append(f"{'#' * level} {section.heading} {{#sec-{section.key}}}")
            for one in indicators:
                parts.append(f"{'#' * (level + 1)} {markdown_text(one.title)} {{#indikator-{one.id}}}")
                more = "" if self.pages is None else f"- [Resultat och data]({self.pages}{one.id}/index.html)\n"
                parts.append(_bullets(self._facts(one)) + more)
        return "\n\n".join(parts)

    def _facts(self, indicator: Indicator) -> list[Fact]:
        """Return the catalogue's facts in few lines, with changes and grade before the comment."""
        year = self.view.year
        known = {fact.label: fact.text for fact in facts(indicator, year)}
        turns = " ".join(change.text for change in changes(indicator))
        grade = self.view.grade(indicator)
        told = (
            f"{grade_text(grade)}. {self.view.grade_reasons(indicator)}".strip() if grade else self._ungraded(indicator)
        )
        lines = {
            "Hör till": _joined(known, "Hör till", "Typ"),
            "Mått": _joined(known, "Mått", "Riktning"),
            "Täljare": known.get("Täljare", ""),
            "Nämnare": known.get("Nämnare", ""),
            "Mäts": known["Mäts"],
            "Källa": known["Källa"],
            "Redovisas för": _joined(known, "Redovisas för", "Sekretess"),
            "Ändringar": turns,
            f"Uppgifternas säkerhet {year}": told,
            "Kommentar": known.get("Kommentar", ""),
            "Namn i tabeller och datafiler": _joined(known, "Kort namn", "Id"),
        }
        return [Fact(label, text) for label, text in lines.items() if text]

    def _ungraded(self, indicator: Indicator) -> str:
        if planned(indicator, self.view.year).measured:
            return "Inget betyg: källan har inga uppgifter"
        return "Inget betyg: indikatorn mättes inte"


def _joined(known: Mapping[str, str], *labels: str) -> str:
    """Return several facts as sentences in one."""
    return ". ".join(known[label].rstrip(".") for label in labels if label in known)


def _titles(indicators: Sequence[Indicator]) -> str:
    return "".join(f"- {markdown_text(one.title)}\n" for one in indicators)


def _bullets(told: Sequence[Fact]) -> str:
    lines = (f"- **{markdown_text(fact.label)}:** {markdown_text(fact.text.rstrip('.'))}.\n" for fact in told)
    return "".join(lines)

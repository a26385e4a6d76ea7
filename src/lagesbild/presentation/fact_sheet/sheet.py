"""The faktablad of an area: the nation's results on the first page, differences and cautions on the second.

Every part is bounded, so that any area fills two pages and no more; the document itself refuses to be longer.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from lagesbild.catalogue.areas import Area, status_report
from lagesbild.catalogue.indicators import Indicator
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.fact_sheet.cautions import cautions
from lagesbild.presentation.fact_sheet.key_results import key_results, results_table
from lagesbild.presentation.fact_sheet.kommuner import kommun_differences
from lagesbild.presentation.fact_sheet.trends import trend_lines
from lagesbild.presentation.fact_sheet.women_men import women_and_men
from lagesbild.presentation.figures import development
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.quality_words import SURVEY_WORDS
from lagesbild.presentation.sections import TYPE_WORDS
from lagesbild.presentation.source_cautions import surveys_of
from lagesbild.presentation.wording import antal, capitalised, count_word, joined

#: The picture has at most this many panels: one row.
MOST_PANELS = 3


@dataclass(frozen=True, kw_only=True)
class FactSheet:
    """The faktablad of one area; each method returns Markdown.

    Parameters
    ----------
    area
        The area.
    view
        Its national figures.
    """

    area: Area
    view: NationalView

    @cached_property
    def key(self) -> list[Indicator]:
        """The indicators of the sheet's tables: the most telling ones with a national result."""
        return key_results(self.view, self.area)

    def first_page(self) -> str:
        """Return what the area is, and the nation's results and trends with one picture."""
        parts = ["## Om området {#sec-omradet}", self.about(), f"## Resultat i riket {self.view.year} {{#sec-riket}}"]
        if not self.key:
            parts.append(f"Inga indikatorer i området har ett nationellt resultat {self.view.year}.")
            return "\n\n".join(parts) + "\n"
        parts += [results_table(self.view, self.area, self.key), self.picture()]
        parts += ["## Trend i riket {#sec-trend}", trend_lines(self.view, self.area)]
        return "\n\n".join(part for part in parts if part) + "\n"

    def second_page(self) -> str:
        """Return the differences between kommuner and between women and men, cautions and what else to read."""
        view, area = self.view, self.area
        parts = [
            "## Skillnader mellan kommuner {#sec-kommuner}",
            kommun_differences(view, area, self.key),
            "## Kvinnor och män {#sec-kon}",
            women_and_men(view, area),
            "## Var försiktig med {#sec-forsiktig}",
            cautions(view, area, self.key),
            "## Läs mer {#sec-mer}",
            self.more(),
        ]
        return "\n\n".join(parts) + "\n"

    def about(self) -> str:
        """Return what the area is, how many indicators describe it, of which types and from which sources."""
        year = self.view.year
        measured = [one for one in self.view.catalogue.in_area(self.area.id) if one.measured(year)]
        shown = len(self.view.measured(self.area.id, answers=False)) + len(
            self.view.measured(self.area.id, answers=True)
        )
        if not measured:
            return f"{markdown_text(self.area.about)} Enligt mätplanen mäts ingen av områdets indikatorer {year}."
        types = Counter(one.type for one in measured)
        kinds = joined(
            [f"{count_word(types[one])} om {word.lower()}" for one, word in TYPE_WORDS.items() if types[one]]
        )
        sources = joined([_inside(SURVEY_WORDS[str(one)]) for one in surveys_of(measured)])
        counted = antal(len(measured), "indikator", "indikatorer")
        return (
            f"{markdown_text(self.area.about)} År {year} mäts {counted}: {kinds}. Uppgifterna kommer från {sources}. "
            f"{capitalised(antal(shown, 'indikator', 'indikatorer'))} har ett resultat för riket."
        )

    def picture(self) -> str:
        """Return the sheet's one picture: riket over the years, nothing where nothing has been measured twice."""
        view = self.view
        drawn = [(one, view.riket_series(one)) for one in self.key if _points(view, one) > 1][:MOST_PANELS]
        if drawn:
            first = min(points[0][0] for _, points in drawn)
            figure = development(drawn, years=(first, view.year), source=view.source, synthetic=view.synthetic)
            return figure.block_markdown(f"Utvecklingen i riket {first}–{view.year}", "fig-utveckling")
        return ""

    def more(self) -> str:
        """Return where to read more: files of the release, and places on the website."""
        area, report = self.area, status_report(self.area.report)
        return (
            f"- **Metodbeskrivningen** (metodbeskrivning.pdf): vad varje indikator mäter, ändringar och bortfall.\n"
            f"- **Lägesrapporten** {markdown_text(report.name)} ({report.id}.pdf): alla områdets resultat, med karta.\n"
            f"- **Arbetsboken** ({area.id}.xlsx) och de öppna datafilerna: alla kommuners resultat, alla år.\n"
            "- **Webbplatsen**: varje indikator, varje kommun och hur allt räknas (metodboken, metodbok.pdf).\n"
        )


def _inside(name: str) -> str:
    return name[:1].lower() + name[1:]


def _points(view: NationalView, indicator: Indicator) -> int:
    return sum(value is not None for _, value in view.riket_series(indicator))

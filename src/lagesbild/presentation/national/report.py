"""The whole text of a national lägesrapport, part by part as the document asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from lagesbild.catalogue.areas import Area, StatusReport
from lagesbild.catalogue.indicators import Indicator
from lagesbild.presentation.national.appendix import appendix_notes, appendix_tables
from lagesbild.presentation.national.area_section import area_section
from lagesbild.presentation.national.brief import (
    answers_changed,
    cannot_be_said,
    largest_differences,
    secured_lists,
)
from lagesbild.presentation.national.chance import chance_section
from lagesbild.presentation.national.changes import BETTER, WORSE, change_line, secured
from lagesbild.presentation.national.quality import commonest_reason
from lagesbild.presentation.national.reading import reading_parts
from lagesbild.presentation.national.sources import method_parts
from lagesbild.presentation.national.spread_section import map_label
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.wording import antal, joined


def _print_layout(areas: Sequence[Area]) -> str:
    """Return what print needs to know of pictures: they stand where they are told of, never under another heading.

    Only the maps, the tallest of all, go to the nearest top or foot of a page; else half a page is left empty where one
    does not fit.
    """
    rules = [f"#show <{map_label(area)}>: set figure(placement: auto)" for area in areas]
    return "\n".join(["```{=typst}", *rules, "```"])


def _names(areas: list[str]) -> str:
    """Return the areas as a list; where one has a comma of its own, semicolons and "samt" keep them apart."""
    if not any("," in name for name in areas) or len(areas) == 1:
        return joined(areas)
    return f"{'; '.join(areas[:-1])} samt {areas[-1]}"


@dataclass(frozen=True, kw_only=True)
class NationalReport:
    """One lägesrapport; each method returns Markdown.

    Parameters
    ----------
    report
        Which of the three.
    view
        The figures of its areas.
    """

    report: StatusReport
    view: NationalView

    @cached_property
    def numbers(self) -> list[Indicator]:
        """The report's indicators in figures with a national result in the report year."""
        return [i for area in self.report.areas for i in self.view.measured(area.id, answers=False)]

    @cached_property
    def answers(self) -> list[Indicator]:
        """The report's questions with a national result in the report year."""
        return [i for area in self.report.areas for i in self.view.measured(area.id, answers=True)]

    def brief(self) -> str:
        """Return the year in brief: what there is, what has changed, what differs and what cannot be said."""
        view = self.view
        names = _names([area.name[0].lower() + area.name[1:] for area in self.report.areas])
        parts = [
            *([view.prose["korthet"]] if "korthet" in view.prose else []),
            f"Rapporten beskriver {names} med {view.year} års öppna jämförelser. Den bygger på "
            f"{antal(len(self.numbers), 'indikator', 'indikatorer')} i siffror och "
            f"{antal(len(self.answers), 'fråga', 'frågor')} om struktur och process.",
            *commonest_reason(view, [*self.numbers, *self.answers]),
            *secured_lists(view, self.numbers),
            f"### Störst skillnader\n\n{largest_differences(view, self.report.areas)}",
            f"### Störst förändring i kommunernas svar\n\n{answers_changed(view, self.answers)}",
            f"### Det här går inte att säga\n\n{cannot_be_said(view, self.numbers, self.answers)}",
        ]
        return "\n\n".join(parts)

    def headlines(self) -> str:
        """Return the start page's lines: up to two secured changes for the better and two for the worse."""
        lines = []
        for label, word in ((BETTER, "Bättre"), (WORSE, "Sämre")):
            found = secured(self.view, self.numbers, label)
            lines += [f"- {word}: {change_line(self.view, one, with_area=True)}\n" for one in found[:2]]
        return "".join(lines) or "Ingen förändring i riket är statistiskt säkerställd.\n"

    def reading(self) -> str:
        """Return how the areas' sections are read."""
        return "\n\n".join(reading_parts())

    def areas(self) -> str:
        """Return all the report's areas."""
        areas = self.report.areas
        return "\n\n".join([_print_layout(areas), *(area_section(self.view, area) for area in areas)])

    def chance_of_colours(self) -> str:
        """Return how many of the colours may be chance."""
        return chance_section(self.report, self.view)

    def sources(self) -> str:
        """Return where the figures come from, what riket means, and how what is said has been tested."""
        return "\n\n".join(method_parts(self.view))

    def appendix(self) -> str:
        """Return every national figure of the report's areas."""
        tables = [part for area in self.report.areas for part in appendix_tables(self.view, area)]
        return "\n\n".join([appendix_notes(self.view.year), *tables]) + "\n"

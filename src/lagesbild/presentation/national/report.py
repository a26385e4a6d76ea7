"""The whole text of a national lägesrapport, part by part as the document asks for it."""

from __future__ import annotations

from dataclasses import dataclass

from lagesbild.catalogue.areas import StatusReport
from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.indicators import Indicator, Tier
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.national.area_section import area_section
from lagesbild.presentation.national.chance import chance_section
from lagesbild.presentation.national.quality import commonest_reason
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.numbers import with_unit
from lagesbild.presentation.sections import of_quality
from lagesbild.presentation.wording import antal, capitalised, joined, trend_phrase

#: Each list of the year in brief has at most this many lines.
LONGEST_LIST = 6


def _named(indicator: Indicator) -> str:
    """Return an indicator's short title with its area: some questions are put in several areas."""
    return f"**{markdown_text(indicator.short_title)}** ({area_called(indicator.area).name})"


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

    def brief(self) -> str:
        """Return the year in brief: what there is, what has changed for the better and for the worse."""
        view = self.view
        numbers = [i for area in self.report.areas for i in view.measured(area.id, answers=False)]
        answers = [i for area in self.report.areas for i in view.measured(area.id, answers=True)]
        names = _names([area.name[0].lower() + area.name[1:] for area in self.report.areas])
        parts = [
            f"Rapporten beskriver {names} med {view.year} års öppna jämförelser. Den bygger på "
            f"{antal(len(numbers), 'indikator', 'indikatorer')} i siffror och "
            f"{antal(len(answers), 'fråga', 'frågor')} om struktur och process.",
            *commonest_reason(view, [*numbers, *answers]),
        ]
        for label, head, none in (
            (
                "sakerstalld_forbattring",
                "Det har blivit bättre",
                "Ingen förbättring i riket är statistiskt säkerställd.",
            ),
            ("sakerstalld_forsamring", "Det har blivit sämre", "Ingen försämring i riket är statistiskt säkerställd."),
        ):
            found = self._secured(numbers, label)
            lines = "".join(f"- {self._change(i)}\n" for i in found[:LONGEST_LIST])
            if len(found) > LONGEST_LIST:
                rest = capitalised(antal(len(found) - LONGEST_LIST, "indikator", "indikatorer"))
                lines += f"- {rest} till visas i avsnitten.\n"
            parts.append(f"### {head}\n\n{lines or none}")
        parts.append(f"### Störst förändring i kommunernas svar\n\n{self._answers(answers)}")
        return "\n\n".join(parts)

    def headlines(self) -> str:
        """Return the start page's lines: up to two secured changes for the better and two for the worse."""
        view = self.view
        numbers = [i for area in self.report.areas for i in view.measured(area.id, answers=False)]
        lines = []
        for label, word in (("sakerstalld_forbattring", "Bättre"), ("sakerstalld_forsamring", "Sämre")):
            lines += [f"- {word}: {self._change(i)}\n" for i in self._secured(numbers, label)[:2]]
        return "".join(lines) or "Ingen förändring i riket är statistiskt säkerställd.\n"

    def _secured(self, numbers: list[Indicator], label: str) -> list[Indicator]:
        """Return the indicators of quality with a secured change of one kind, base indicators first."""
        found = [i for i in numbers if of_quality(i) and self.view.trend(i) == label]
        return sorted(found, key=lambda one: one.tier is not Tier.BAS)

    def _change(self, indicator: Indicator) -> str:
        series = [(y, v) for y, v in self.view.riket_series(indicator) if v is not None]
        (first_year, first), (_, last) = series[0], series[-1]
        slope, ends = self.view.slope(indicator), self.view.trend_ends(indicator)
        if ends is not None:
            # The figure that is shown, where it is of another kind than the trend's, has no end to be set beside.
            first_year, first = ends[0], ends[1] if abs(ends[2] - last) < 1e-9 else last
        return f"{_named(indicator)} {trend_phrase(first, last, first_year, indicator, slope)}."

    def _answers(self, answers: list[Indicator]) -> str:
        changes = []
        for indicator in answers:
            now, before = self.view.riket(indicator, self.view.year), self.view.previous(indicator)
            if now is not None and before is not None:
                changes.append((abs(now - before[1]), indicator, now, before))
        changes.sort(key=lambda change: (-change[0], change[1].id))
        lines = [
            f"- {_named(indicator)}: {with_unit(now, indicator)} av kommunerna svarar ja, "
            f"mot {with_unit(before, indicator)} {year}.\n"
            for _, indicator, now, (year, before) in changes[:3]
        ]
        return "".join(lines) or "Frågorna har inte ställts tidigare, så någon förändring kan inte visas.\n"

    def areas(self) -> str:
        """Return all the report's areas."""
        return "\n\n".join(area_section(self.view, area) for area in self.report.areas)

    def chance_of_colours(self) -> str:
        """Return how many of the colours may be chance."""
        return chance_section(self.report, self.view)

    def sources(self) -> str:
        """Return where the figures come from and what riket means."""
        return (
            f"Källa: {self.view.source}. Riket är det värde som källan redovisar för hela landet. Finns inget sådant "
            "är det kommunerna sammanvägda, eller medelvärdet av kommunernas resultat. Värden "
            "för kommungrupper är ovägda medelvärden av kommunernas resultat. För frågor är värdet andelen ja "
            "bland de kommuner som svarat. En trend kallas statistiskt säkerställd när minst tre mätningar finns "
            "och sannolikheten är under 5 procent för att en serie utan trend skulle luta minst så mycket, och möjlig "
            "när den är under 10 procent."
        )

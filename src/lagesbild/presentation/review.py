"""The text of the critical review of an area's indicators: grounds in figures, proposals, and the rules themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.review import Review
from lagesbild.catalogue.review_rules import Measure, ReviewRules, Rule, Side
from lagesbild.methods.quality_grade import GRADES
from lagesbild.methods.review import Case, Ground, ReviewResult, counts_by_rule, saved_questions
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.numbers import number
from lagesbild.presentation.tables import Cell, Column, Markup, captioned_table
from lagesbild.presentation.wording import antal, capitalised, count_word, joined

#: Decimals and unit of each measure; a grade is a letter.
_DECIMALS = {Measure.ATERKOMMER: 2, Measure.UTAN_RIKTNING: 0, Measure.VARIANTER: 0}
_UNITS = {Measure.SPRIDNING: " procentenheter", Measure.VARIANTER: " frågor"}
_WITHOUT_UNIT = (Measure.ATERKOMMER, Measure.BETYG, Measure.UTAN_RIKTNING)


def figure(value: float, measure: Measure, *, decimals: int | None = None) -> str:
    """Return a measure's figure as it prints: a letter for a grade, else with the measure's decimals."""
    if measure is Measure.BETYG:
        return str(GRADES[int(value) - 1])
    return number(value, _DECIMALS.get(measure, 1) if decimals is None else decimals)


def ground_text(ground: Ground) -> str:
    """Return a ground as a sentence: what the figure is, how many measurements in a row, and on how many kommuner."""
    rule = ground.rule
    words = rule.ord.replace("{varde}", figure(ground.value, rule.matt)).replace("{kommuner}", str(ground.kommuner))
    if rule.matt in (Measure.UTAN_RIKTNING, Measure.VARIANTER):
        return f"{capitalised(words)}."
    times = f"mätningen {ground.year}"
    if ground.measurements > 1:
        times = f"{antal(ground.measurements, 'mätning', 'mätningar')} i rad, {ground.since}–{ground.year}"
    # A share of those asked has another base than the kommuner with a result.
    base = "" if rule.matt is Measure.SVARANDE else f"; {antal(ground.kommuner, 'kommun', 'kommuner')}"
    return f"{capitalised(words)} ({times}{base})."


def threshold_text(rule: Rule) -> str:
    """Return when a rule is met: "minst 90 procent, tre mätningar i rad"."""
    if rule.matt is Measure.UTAN_RIKTNING:
        return "gäller alltid"
    value = figure(rule.troskel, rule.matt, decimals=None if rule.matt in _DECIMALS else 0)
    unit = "" if rule.matt in _WITHOUT_UNIT else _UNITS.get(rule.matt, " procent")
    side = "minst" if rule.sida is Side.MINST else "högst"
    if rule.matt is Measure.BETYG:
        side, value = "betyget", f"{value} eller sämre"
    times = f", {antal(rule.matningar, 'mätning', 'mätningar')} i rad" if rule.matningar > 1 else ""
    return f"{side} {value}{unit}{times}"


def like_cases(rule: Rule, past: Review) -> str:
    """Return what the review of 2022 decided in the like cases, as rows of table B3.1; empty where there is none."""
    rows = {int(row["row"]): row["result"] for row in past.paused}
    results: dict[str, list[str]] = {}
    for case in rule.fall:
        results.setdefault(rows[case], []).append(str(case))
    parts = [f"{result} (rad {joined(cases)})" for result, cases in results.items()]
    return "; ".join(parts)


@dataclass(frozen=True, kw_only=True)
class ReviewDocument:
    """The review of one area; each method returns Markdown.

    Parameters
    ----------
    area, year, source
        What is reviewed, for which year, and who the figures come from.
    result
        What came of the rules, of the area's indicators.
    rules
        The rules.
    past
        The review of 2022.
    questions
        Questions of the kommunenkät in the area by year.
    """

    area: Area
    year: int
    source: str
    result: ReviewResult
    rules: ReviewRules
    past: Review
    questions: Mapping[int, int]

    def summary(self) -> str:
        """Return what was reviewed, how much was found, and what the proposals would save."""
        result = self.result
        if not result.reviewed:
            return (
                f"Inga indikatorer i området har uppgifter från de senaste åren före {self.year}, så inget kan prövas."
            )
        rules = antal(len(self.rules.rules), "regel", "regler")
        reviewed = antal(len(result.reviewed), "indikator", "indikatorer")
        found = count_word(len(result.cases)) if result.cases else "ingen"
        new = [case for case in result.cases if not case.done(self.year)]
        text = (
            f"{capitalised(reviewed)} och nyckeltal i området {markdown_text(self.area.name.lower())} har prövats mot "
            f"{rules}. Av dem har {found} minst ett skäl till översyn. "
        )
        if len(new) < len(result.cases):
            text += f"För {count_word(len(result.cases) - len(new))} av dem gäller förslaget redan. "
        if result.unmeasured:
            noun = antal(len(result.unmeasured), "indikator", "indikatorer")
            text += f"{capitalised(noun)} kan inte prövas, eftersom uppgifter från de senaste fyra åren saknas. "
        parts = [
            text.rstrip(),
            "Ett skäl är en anledning att titta närmare på en indikator. Det är inget beslut: en indikator kan vara "
            "viktig även om nästan alla kommuner uppfyller den, till exempel för att den rör den enskildes säkerhet.",
            self._burden(new),
        ]
        counts = counts_by_rule(result.cases, self.rules)
        rows: list[list[Cell]] = [
            [rule.namn, threshold_text(rule), number(counts[rule.id]), rule.forslag.text] for rule in self.rules.rules
        ]
        columns = [
            Column(head="Skäl", width=1.6),
            Column(head="Gäller när", width=1.6),
            Column(head="Antal", align="right", width=0.6),
            Column(head="Förslag", width=1.8),
        ]
        return "\n\n".join(
            [
                *filter(None, parts),
                captioned_table(
                    columns,
                    rows,
                    caption="Regler, och antal indikatorer som har skälet. En indikator kan ha flera",
                    label="tbl-regler",
                ),
            ]
        )

    def _burden(self, new: Sequence[Case]) -> str:
        asked = self.questions.get(self.year, 0)
        if not asked:
            return f"Kommunenkäten ställer inga frågor i området {self.year}."
        text = f"Kommunenkäten ställer {antal(asked, 'fråga', 'frågor')} i området {self.year}."
        saved = saved_questions(new, self.year)
        if saved:
            words = "en" if saved == 1 else number(saved, 1)
            noun = "fråga" if saved == 1 else "frågor"
            text += f" Förslagen skulle ge {words} {noun} färre om året i genomsnitt."
        return text

    def cases(self) -> str:
        """Return the proposals, the clearest case first."""
        if not self.result.cases:
            return "Ingen indikator i området har något skäl till översyn enligt reglerna.\n"
        decided = {name: row["result"] for row in self.past.paused for name in row["catalogue_ids"].split()}
        rows: list[list[Cell]] = []
        for case in self.result.cases:
            told = [case.proposal.text]
            if case.done(self.year):
                told.append("(gäller redan)")
            if case.indicator.id in decided:
                told.append(f"Beslut 2022: {decided[case.indicator.id]}")
            rows.append(
                [
                    case.indicator.short_title,
                    Markup(" ".join(markdown_text(ground_text(one)) for one in case.grounds)),
                    ". ".join(told).replace(". (", " ("),
                    number(case.clearness, 1),
                ]
            )
        columns = [
            Column(head="Indikator", width=1.5),
            Column(head="Skäl i siffror", width=3.0),
            Column(head="Förslag", width=1.6),
            Column(head="Tydlighet", align="right", width=0.7),
        ]
        return captioned_table(
            columns, rows, caption="Indikatorer med skäl till översyn, de tydligaste först", label="tbl-forslag"
        )

    def unmeasured(self) -> str:
        """Return which indicators could not be reviewed."""
        names = [f"*{markdown_text(one.short_title)}*" for one in self.result.unmeasured]
        if not names:
            return "Alla indikatorer som är i bruk har kunnat prövas.\n"
        head = f"Uppgifter från de senaste fyra åren saknas för {antal(len(names), 'indikator', 'indikatorer')}: "
        return f"{head}{joined(names)}.\n"

    def method(self) -> str:
        """Return how the rules work, where each comes from, and what the review of 2022 did in like cases."""
        rows: list[list[Cell]] = [
            [rule.namn, rule.kalla, like_cases(rule, self.past) or "Inget liknande fall"] for rule in self.rules.rules
        ]
        columns = [
            Column(head="Skäl", width=1.3),
            Column(head="Källa och tröskel", width=2.6),
            Column(head="Så blev det i liknande fall 2022", width=2.0),
        ]
        caption = (
            "Reglernas källor, och resultatet för indikatorer som Socialstyrelsen pausade 2022 av liknande skäl "
            "(tabell B3.1)"
        )
        return "\n\n".join(
            [
                "Reglerna prövas på de senaste nio årens uppgifter. En kommun uppfyller en indikator när svaret är ja, "
                f"eller när ett procenttal där högt är bra är minst {number(self.rules.level)} procent. Andra tal har "
                "ingen nivå som alla kan nå, och prövas inte mot de reglerna. Tydligheten är summan av skälens "
                "styrkor: 1 vid tröskeln, 2 så långt från den det går att komma. Skäl som säger mer om undersökningen "
                "än om indikatorn räknas till hälften.",
                captioned_table(columns, rows, caption=caption, label="tbl-kallor"),
                f"Källa: {self.source}; Socialstyrelsen, Öppna jämförelser i utveckling (2023), bilaga 3; "
                "Riksrevisionen, RiR 2021:17. Metoden beskrivs på webbplatsens sida om översynen.",
            ]
        )

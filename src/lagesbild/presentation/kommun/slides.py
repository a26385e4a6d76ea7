"""A kommun's slides for a committee meeting of ten minutes, slide by slide as the document asks for them.

At most twelve slides: what a member needs to see, from the same data as the report and in the same words. The notes
hold what the speaker may want to add; the report has the rest.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from lagesbild.catalogue.areas import AREAS, Area
from lagesbild.catalogue.priority_weights import load_weights
from lagesbild.catalogue.vocabulary import Answer, Colour, Status
from lagesbild.methods.priorities import Priority, priorities
from lagesbild.methods.quality_grade import Grade
from lagesbild.presentation.kommun import summary
from lagesbild.presentation.kommun.priorities import on_few
from lagesbild.presentation.kommun.slide_choices import (
    SECURED_TRENDS,
    area_slides,
    changed_results,
    key_results,
    quality_results,
    table_answers,
    table_results,
)
from lagesbild.presentation.kommun.slide_picture import standing_drawing
from lagesbild.presentation.kommun.slide_questions import questions
from lagesbild.presentation.kommun.slide_tables import answers_table, changes_table, first_table, results_table
from lagesbild.presentation.kommun.view import KommunView, Result
from lagesbild.presentation.quality_words import MARK
from lagesbild.presentation.slides.shapes import frame
from lagesbild.presentation.slides.slide import Slide
from lagesbild.presentation.wording import (
    answers_sentence,
    antal,
    capitalised,
    colours_sentence,
    count_word,
    joined,
    secured_sentence,
)

#: The fewest numbers with a place that make a table; an area with fewer shows its answers instead.
_FEWEST_ROWS = 2


@dataclass(frozen=True, kw_only=True)
class KommunSlides:
    """A kommun's slides; each method returns the Markdown of one or several.

    Parameters
    ----------
    view
        The kommun's results.
    similar
        Its similar kommuner; null where they aren't known.
    """

    view: KommunView
    similar: pd.DataFrame | None = None

    def _written(self, slide: Slide) -> str:
        view = self.view
        footer = f"{view.kommun.namn}: öppna jämförelser {view.year}. Källa: {view.source}."
        return slide.markdown(frame(footer, synthetic=view.synthetic))

    @cached_property
    def _numbers(self) -> list[Result]:
        return quality_results(self.view, answers=False)

    @cached_property
    def _answers(self) -> list[Result]:
        return quality_results(self.view, answers=True)

    @cached_property
    def _first(self) -> list[Priority]:
        """The top of the list of what to look at, without what rests on few persons or units."""
        view = self.view
        found = priorities(view.rows, indicators=view.catalogue.indicators, weights=load_weights(), year=view.year)
        return [one for one in found if not on_few(one)]

    def standing(self) -> str:
        """Return where the kommun stands: three sentences, and the places of the key indicators as a picture."""
        view = self.view
        chosen = key_results(view)
        name = view.kommun.namn
        return self._written(
            Slide(
                title=f"Så ligger {name} till {view.year}",
                key="sec-laget",
                text=_standing_sentences(self._numbers, self._answers),
                shapes=[standing_drawing(view, chosen)] if chosen else [],
                notes=[
                    summary.introduction(view),
                    "Bilden visar ett mått från varje område i tur och ordning, basindikatorer först. Vilka mått som "
                    "visas beror inte på hur det går för kommunen. Strecket går från den sämsta platsen till vänster "
                    "till den bästa till höger bland alla kommuner med resultat.",
                    summary.standing(view),
                ],
            )
        )

    def changes(self) -> str:
        """Return what has improved and worsened, with what is statistically secured in a table."""
        view = self.view
        shown = changed_results(view)
        return self._written(
            Slide(
                title="Det här har blivit bättre eller sämre",
                key="sec-forandringar",
                text=_change_sentences(self._numbers, self._answers),
                shapes=[changes_table(view, shown)] if shown else [],
                notes=[
                    "En trend prövas när minst tre mätningar finns. Den är statistiskt säkerställd när den är större "
                    "än vad slumpen brukar ge.",
                    summary.chance_of_trends(view).strip(),
                ],
            )
        )

    def first(self) -> str:
        """Return what to look at first and why."""
        view = self.view
        none = f"Inget resultat för {view.kommun.namn} talar särskilt för en närmare titt."
        return self._written(
            Slide(
                title="Börja med de här resultaten",
                key="sec-borja",
                text=[] if self._first else [none],
                shapes=[first_table(view, self._first)] if self._first else [],
                notes=[
                    "Listan väger samman flera skäl: plats eller svar, skillnad mot riket, utveckling, liknande "
                    "kommuner, hur många som berörs, datakvalitet och hur färskt resultatet är. De tre tyngsta "
                    "skälen visas. Hela listan finns i filen att-analysera.csv.",
                    "Listan vet ingenting om kommunens mål, pågående satsningar eller vad en förändring kräver. Det "
                    "behöver de som känner verksamheten väga in.",
                ],
            )
        )

    def areas(self) -> str:
        """Return a slide for each of the areas that have most to say."""
        chosen = area_slides(self.view)
        return "\n\n".join(self._area(area, left_out=len(AREAS) - len(chosen)) for area in chosen)

    def _area(self, area: Area, *, left_out: int) -> str:
        view = self.view
        numbers = quality_results(view, area.id, answers=False)
        answers = quality_results(view, area.id, answers=True)
        shown = table_results(numbers)
        name = view.kommun.namn
        if len(shown) >= _FEWEST_ROWS or not answers:
            shapes = [results_table(shown, name, area.name)] if shown else []
        else:
            shapes = [answers_table(table_answers(answers), name, area.name)]
        changed = [result for result in answers if result.changed]
        return self._written(
            Slide(
                title=area.name,
                key=f"sec-{area.id}",
                text=[*_standing_sentences(numbers, answers), *([_changed_sentence(changed)] if changed else [])],
                shapes=shapes,
                notes=[
                    "Tabellen visar högst sex resultat: de tydligaste bland de bästa och bland de sämsta, eller de "
                    "frågor där svaret är nej. Alla resultat finns i kommunrapporten.",
                    f"{capitalised(antal(left_out, 'område', 'områden', neuter=True))} har ingen egen bild: antingen "
                    "saknas uppgifter eller så finns det mindre att säga om dem. De finns i kommunrapporten.",
                ],
            )
        )

    def questions(self) -> str:
        """Return what the committee may ask."""
        return self._written(
            Slide(
                title="Frågor att ställa",
                key="sec-fragor",
                text=questions(self.view, self._first),
                bullets=True,
                notes=[
                    "Frågorna följer stegen i Analyshandbok för öppna jämförelser: förstå resultatet, jämför med "
                    "andra, sök orsaker, välj vad som ska förbättras och följ upp. Fler frågor, och kommuner att ringa "
                    "med deras resultat, finns i kommunrapporten.",
                ],
            )
        )

    def certainty(self) -> str:
        """Return how far the figures can be trusted."""
        view = self.view
        return self._written(
            Slide(
                title="Så säkra är uppgifterna",
                key="sec-sakerhet",
                text=_certainty(view),
                bullets=True,
                notes=[summary.what_is_missing(view)],
            )
        )

    def sources(self) -> str:
        """Return where the figures come from and where there is more."""
        view = self.view
        return self._written(
            Slide(
                title="Källor och mer att läsa",
                key="sec-kallor",
                text=[
                    _source(view),
                    "Kommunrapporten har alla resultat, med jämförelser, trender och förklaringar.",
                    "Arbetsboken har samma uppgifter och analyshandbokens formulär att fylla i.",
                    "Webbplatsen beskriver varje indikator och metoderna, och har data att ladda ner.",
                ],
                bullets=True,
                notes=[
                    "Bland de bästa är den bästa fjärdedelen av kommunerna, bland de sämsta den sämsta fjärdedelen. "
                    "En fjärdedel av kommunerna är alltid bland de sämsta, också när skillnaderna är små.",
                ],
            )
        )


def _source(view: KommunView) -> str:
    if view.synthetic:
        return "Uppgifterna är syntetiska: påhittade för att visa systemet. De beskriver ingen verklig kommun."
    return f"Uppgifterna kommer från {view.source}."


def _standing_sentences(numbers: list[Result], answers: list[Result]) -> list[str]:
    """Return at most three sentences: places, how many of them are secured, and answers."""
    colours = Counter(result.colour for result in numbers if result.colour)
    given = Counter(result.answer for result in answers if result.answer)
    told = []
    if colours:
        told.append(colours_sentence(colours[Colour.GRON], colours[Colour.GUL], colours[Colour.ROD]))
        ends = [[r for r in numbers if r.colour == colour] for colour in (Colour.GRON, Colour.ROD)]
        best, worst = ((len(found), sum(result.secured for result in found)) for found in ends)
        told.append(secured_sentence(best, worst))
    if given:
        told.append(answers_sentence(given[Answer.JA], given[Answer.DELVIS], given[Answer.NEJ]))
    return [one for one in told if one] or ["Inga resultat kan jämföras med andra kommuner i år."]


def _change_sentences(numbers: list[Result], answers: list[Result]) -> list[str]:
    trends = Counter(result.trend for result in numbers)
    tested = trends.total() - trends[None] - trends["for_fa"]
    better, worse = trends["sakerstalld_forbattring"], trends["sakerstalld_forsamring"]
    told = []
    if better or worse:
        parts = [
            *([antal(better, "säkerställd förbättring", "säkerställda förbättringar")] if better else []),
            *([antal(worse, "säkerställd försämring", "säkerställda försämringar")] if worse else []),
        ]
        told.append(f"{capitalised(joined(parts))} bland {antal(tested, 'prövad serie', 'prövade serier')}.")
        few = sum(result.small_base for result in numbers if result.trend in SECURED_TRENDS)
        if few:
            told.append(
                f"{capitalised(count_word(few))} av dem bygger på få personer eller enheter och visas inte här."
            )
    elif tested:
        told.append(f"Ingen av {antal(tested, 'prövad trend', 'prövade trender')} är statistiskt säkerställd.")
    else:
        told.append("Ingen serie har de tre mätningar som krävs för att pröva en trend.")
    if answers:
        told.append(_changed_sentence([result for result in answers if result.changed]))
    return told


def _changed_sentence(changed: list[Result]) -> str:
    """Return how many answers have changed, and how many of them to ja."""
    if not changed:
        return "Inget svar på kvalitetsfrågorna har ändrats sedan förra mätningen."
    to_yes = sum(result.answer == Answer.JA for result in changed)
    text = f"{capitalised(antal(len(changed), 'svar', 'svar', neuter=True))} på kvalitetsfrågorna har ändrats"
    if len(changed) == 1:
        return f"{text}, {'till' if to_yes else 'men inte till'} ja."
    if to_yes == len(changed):
        return f"{text}, {'båda' if to_yes == 2 else 'alla'} till ja."
    return f"{text}, {count_word(to_yes, neuter=True) if to_yes else 'inget'} av dem till ja."


def _certainty(view: KommunView) -> list[str]:
    known = [result for result in view.results() if result.known]
    if not known:
        return ["Det finns inga resultat att bedöma."]
    grades = Counter(result.quality for result in known)
    good = grades[Grade.GOD] + grades[Grade.GODTAGBAR]
    told = [
        f"{capitalised(antal(good, 'resultat', 'resultat', neuter=True))} av {count_word(len(known), neuter=True)} "
        f"bygger på goda eller godtagbara uppgifter (A eller B){_weak(grades)}."
    ]
    found = sum(bool(result.finding) for result in known)
    if found:
        noun, pronoun = capitalised(antal(found, "uppgift", "uppgifter")), "den" if found == 1 else "de"
        told.append(f"{noun} om {view.kommun.namn} bör ses över innan {pronoun} används ({MARK}).")
    # Counted as the report's summary counts them: results of quality.
    hidden = sum(result.status == Status.SEKRETESS for result in summary.quality(view))
    if hidden:
        told.append(
            f"{capitalised(antal(hidden, 'kvalitetsresultat', 'kvalitetsresultat', neuter=True))} visas inte av "
            "sekretesskäl (..)."
        )
    small = sum(result.small_base for result in known)
    if small:
        told.append(
            f"{capitalised(antal(small, 'resultat', 'resultat', neuter=True))} bygger på få personer eller enheter."
        )
    told += [
        "En fjärdedel av kommunerna är alltid bland de sämsta, också när skillnaderna bara är slump.",
        "Säkerställt betyder att skillnaden eller förändringen är större än vad slumpen brukar ge.",
    ]
    return told


def _weak(grades: Counter[str]) -> str:
    words = {Grade.OSAKER: "osäkra (C)", Grade.BRISTFALLIG: "bristfälliga (D)"}
    parts = [f"{count_word(grades[grade], neuter=True)} på {word}" for grade, word in words.items() if grades[grade]]
    return f", {joined(parts)}" if parts else ""

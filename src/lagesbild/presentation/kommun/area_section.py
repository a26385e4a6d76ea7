"""One area of a kommun's report: results type by type, women and men, units, checklist, costs, what is uncertain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.vocabulary import Answer, Colour
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.kommun.checklist import checklist
from lagesbild.presentation.kommun.comments import comments_on
from lagesbild.presentation.kommun.costs_beside import costs_section
from lagesbild.presentation.kommun.development import development
from lagesbild.presentation.kommun.missing import caveats
from lagesbild.presentation.kommun.result_tables import result_tables, trends_told
from lagesbild.presentation.kommun.sex_gaps import SexGap, sex_gaps, sex_section
from lagesbild.presentation.kommun.summary import chance_of_colours
from lagesbild.presentation.kommun.units import units_section
from lagesbild.presentation.kommun.view import KommunView, Result
from lagesbild.presentation.sections import of_quality
from lagesbild.presentation.wording import answers_sentence, colours_sentence


def area_section(view: KommunView, area: Area, gaps: Sequence[SexGap] | None = None) -> str:
    """Return the Markdown of one area, from its heading on.

    An area in which nothing was measured is one sentence, so that the reader sees that it isn't forgotten.

    Parameters
    ----------
    view
        The kommun.
    area
        The area.
    gaps
        The kommun's differences between women and men (`sex_gaps`), where they have been reckoned already.
    """
    results = view.results(area.id)
    known = [one for one in results if one.measured and one.known]
    numbers = [one for one in known if not one.indicator.is_answer]
    quality = [one for one in numbers if of_quality(one.indicator)]
    beside = [one for one in numbers if not of_quality(one.indicator)]
    asked = [one for one in results if one.measured and one.indicator.is_answer]
    parts = [f"## {area.name} {{#sec-{area.id}}}", _introduction(view, results, quality, asked)]
    parts += comments_on(view.additions.comments, area.id)
    if known:
        parts += result_tables(view, area, quality)
        parts += development(view, area, quality)
        parts += sex_section(view, area, sex_gaps(view) if gaps is None else gaps)
        parts += units_section(view, area, quality)
        parts += checklist(view, area, asked) if asked else []
        parts += costs_section(view, area, beside, quality)
    parts += caveats(view, results)
    return "\n\n".join(filter(None, parts)) + "\n"


def area_sections(view: KommunView, areas: Sequence[Area], gaps: Sequence[SexGap]) -> str:
    """Return the Markdown of some areas; `gaps` as in `area_section`."""
    return "\n\n".join(area_section(view, area, gaps) for area in areas)


def _introduction(view: KommunView, results: Sequence[Result], quality: list[Result], asked: Sequence[Result]) -> str:
    if not any(one.measured for one in results):
        return f"Källan har inga uppgifter i området för {view.year}."
    if not any(one.known for one in results):
        return f"{markdown_text(view.kommun.namn)} har inga resultat i området {view.year}."
    sentences = []
    colours = Counter(one.colour for one in quality if one.colour)
    if colours:
        sentences.append(colours_sentence(colours[Colour.GRON], colours[Colour.GUL], colours[Colour.ROD]))
        sentences.append(chance_of_colours(quality))
    given = Counter(one.answer for one in asked if one.answer and of_quality(one.indicator))
    if given:
        sentences.append(answers_sentence(given[Answer.JA], given[Answer.DELVIS], given[Answer.NEJ]))
    sentences.append(trends_told(quality))
    return " ".join(filter(None, sentences)) or f"Området har inga kvalitetsresultat för {view.year} som kan jämföras."

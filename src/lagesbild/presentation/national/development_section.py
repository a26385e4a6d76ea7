"""An area's development in riket: what has changed for certain, and the most telling series with their intervals."""

from __future__ import annotations

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.indicators import Indicator
from lagesbild.presentation.figures import development
from lagesbild.presentation.national.changes import BETTER, WORSE, change_line, secured
from lagesbild.presentation.national.telling import most_telling
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.sections import of_quality
from lagesbild.presentation.wording import antal, capitalised, count_word

#: Each list has at most so many lines, by whether there is room; the tables have the rest.
MOST_LINES = {False: 4, True: 6}


def development_section(view: NationalView, area: Area, numbers: list[Indicator], *, level: int) -> list[str]:
    """Return the Markdown blocks of the development in riket; none where the area has no numbers."""
    if not numbers:
        return []
    quality = [one for one in numbers if of_quality(one)]
    parts = [f"{'#' * level} Utveckling i riket"]
    for label, word, none in (
        (BETTER, "förbättring", "Ingen förbättring i riket är statistiskt säkerställd."),
        (WORSE, "försämring", "Ingen försämring i riket är statistiskt säkerställd."),
    ):
        found = secured(view, numbers, label)
        if not found:
            parts.append(none)
            continue
        lines = [f"- {change_line(view, one)}" for one in found[: MOST_LINES[view.roomy]]]
        if len(found) > len(lines):
            lines.append(f"- {capitalised(count_word(len(found) - len(lines)))} till finns i tabellen över riket.")
        head = (
            f"{capitalised(count_word(len(found)))} av {antal(len(quality), 'indikator', 'indikatorer')} om kvalitet "
        )
        parts.append(f"{head}har en statistiskt säkerställd {word}:\n\n" + "\n".join(lines))
    return [*parts, *_figure(view, area, numbers)]


def _figure(view: NationalView, area: Area, indicators: list[Indicator]) -> list[str]:
    drawn = [(indicator, view.riket_series(indicator)) for indicator in most_telling(view, indicators)]
    if not drawn:
        return []
    first = min(points[0][0] for _, points in drawn)
    intervals = {
        (one.id, year): ends
        for one, points in drawn
        for year, value in points
        if value is not None and (ends := view.interval(one, year)) is not None
    }
    figure = development(
        drawn, years=(first, view.year), source=view.source, synthetic=view.synthetic, intervals=intervals
    )
    fewest, most = (f([view.reported(i) for i, _ in drawn]) for f in (min, max))
    many = f"{fewest}" if fewest == most else f"{fewest}–{most}"
    caption = f"{area.name}: riket {first}–{view.year}; {many} kommuner har redovisat {view.year}"
    told = len({name for name, _ in intervals})
    if not told:
        note = (
            f"@fig-utveckling-{area.id} visar de mest berättande serierna. Källan anger inte hur många personer som "
            f"ligger bakom rikets värden, så inga intervall kan ritas. Hur "
            "säker trenden är framgår av intervallet för förändringen per år."
        )
    else:
        whole = (
            "Bandet"
            if told == len(drawn)
            else f"I {count_word(told)} av {count_word(len(drawn))} bilder kan ett band ritas. Det"
        )
        note = (
            f"@fig-utveckling-{area.id} visar de mest berättande serierna. {whole} visar ett 95 procents intervall för "
            f"rikets värde varje år. Där många personer har svarat är det "
            "smalare än linjen."
        )
    return [figure.block_markdown(caption, f"fig-utveckling-{area.id}"), note]

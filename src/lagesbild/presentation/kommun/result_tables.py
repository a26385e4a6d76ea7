"""An area's results in numbers, type by type: what each type can show, and how the kommun's figures stand and move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.indicators import Indicator, IndicatorType, Tier
from lagesbild.catalogue.vocabulary import Colour
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.kommun.page_links import indicator_link
from lagesbild.presentation.kommun.quality import marked, marked_riket
from lagesbild.presentation.kommun.view import FEW_UNITS, KommunView, Result
from lagesbild.presentation.marks import sparkline
from lagesbild.presentation.numbers import cell, difference_cell, row_decimals
from lagesbild.presentation.sections import TYPE_WORDS, by_section
from lagesbild.presentation.series import known as known_points
from lagesbild.presentation.tables import Cell, Column, Markup, captioned_table, colour_cell
from lagesbild.presentation.traced import Subject
from lagesbild.presentation.wording import antal, capitalised, colour_words, count_word, joined, trend_way, unit_heading

#: An area shows at most this many results in numbers; the workbook and the data file have all.
LONGEST = 12

#: So many of the results that have changed for certain are named.
MOST_NAMED = 3

#: The longest name that heads a narrow column.
_NARROW = 5

#: Width of a series in a cell, in pixels.
_SERIES = 36.0
_SERIES_HEIGHT = 13.0

#: What each type of indicator can show and what it can't, in the order of the tables.
TYPES = {
    IndicatorType.RESULTAT: "Resultat visar hur det blev för dem som får stöd, men inte varför.",
    IndicatorType.PROCESS: "Process visar vad som görs, när och hur, men inte om det hjälper.",
    IndicatorType.STRUKTUR: "Struktur visar vilka förutsättningar som finns, men inte om de används.",
}

#: A tested difference in a cell, and whether it stands out there.
_DIFFERENCES = {"battre": "**bättre**", "samre": "**sämre**", "hogre": "högre", "lagre": "lägre", "ingen": "ingen"}

#: How sure a change is, by the first part of a trend's label.
_SURENESS = {"sakerstalld": "säkert", "mojlig": "kanske", "slump": "ej säkert", "stabil": "stabilt"}
_WAYS = {"förbättring": "bättre", "försämring": "sämre", "ökning": "högre", "minskning": "lägre"}


def result_tables(view: KommunView, area: Area, results: Sequence[Result]) -> list[str]:
    """Return the Markdown blocks of an area's results in numbers, none where there is none.

    Parameters
    ----------
    view
        The kommun.
    area
        The area, for captions and labels.
    results
        Its known results of quality, numbers alone.
    """
    told = [one for one in results if not one.few_units]
    few = _few_units([one for one in results if one.few_units])
    if not told:
        return few
    shown = standing_out(told)
    parts = ["### Resultat, process och struktur i siffror"]
    for kind in TYPES:
        rows = [result for result in shown if result.indicator.type is kind]
        if rows:
            ordered = [result for _, part in by_section(rows, lambda one: one.indicator) for result in part]
            parts.append(_table(view, area, kind, ordered))
    if len(shown) < len(told):
        rest = len(told) - len(shown)
        noun = capitalised(antal(rest, "annat resultat", "andra resultat", neuter=True))
        parts.append(f"{noun} sticker ut mindre och finns i arbetsboken och datafilen.")
    return [*parts, *few]


def _few_units(results: Sequence[Result]) -> list[str]:
    """Return what there is on results of so few units that one of them decides, instead of a row of nothing or all."""
    if not results:
        return []
    noun = capitalised(antal(len(results), "resultat bygger", "resultat bygger", neuter=True))
    places = Counter(one.colour for one in results if one.judged)
    ends = [
        f"{count_word(places[colour], neuter=True)} {colour_words(colour)}"
        for colour in (Colour.GRON, Colour.ROD)
        if places[colour]
    ]
    told = f" ({joined(ends)})" if ends else ""
    text = f"{noun} på färre än {count_word(FEW_UNITS)} enheter, så att en enda kan avgöra{told}."
    return [f"**Få enheter.** {text} {'Det' if len(results) == 1 else 'De'} finns i arbetsboken och datafilen."]


def standing_out(results: Sequence[Result]) -> list[Result]:
    """Return the results that a long area shows, in the order given: all of them where they are few.

    Those that most speaks of go first: a place among the worst or the best, a secured difference, a secured trend;
    among equals base indicators before in-depth ones, and the worse before the better.
    """
    if len(results) <= LONGEST:
        return list(results)
    chosen = {one.indicator.id for one in sorted(results, key=_rank)[:LONGEST]}
    return [one for one in results if one.indicator.id in chosen]


def _rank(result: Result) -> tuple[int, bool, bool, str]:
    worse = (
        (result.colour == Colour.ROD)
        + (result.skillnad_riket == "samre")
        + (result.skillnad_liknande == "samre")
        + (result.trend == "sakerstalld_forsamring")
    )
    better = (
        (result.colour == Colour.GRON)
        + (result.skillnad_riket == "battre")
        + (result.skillnad_liknande == "battre")
        + (result.trend == "sakerstalld_forbattring")
    )
    return -max(worse, better), worse < better, result.indicator.tier is not Tier.BAS, result.indicator.id


def _table(view: KommunView, area: Area, kind: IndicatorType, results: Sequence[Result]) -> str:
    similar = any(result.n_liknande and result.liknande is not None for result in results)
    begun = [_first(view, result) for result in results]
    years = [year for year in begun if year is not None and year < view.year]
    usual = max(set(years), key=lambda year: (years.count(year), -year)) if years else None
    columns = [
        Column(head="Indikator", width=4.25),
        Column(head=short_name(view.kommun.namn, _NARROW), align="right", width=1.2, fact="value"),
        Column(head="Plats bland kommunerna", width=3.25, fact="colour"),
        Column(head="Riket (säker?)", width=2.1, fact="riket skillnad_riket"),
        *([Column(head="Liknande (säker?)", width=2.1, fact="liknande skillnad_liknande")] if similar else []),
        Column(head=f"Utveckling sedan {usual}" if usual else "Utveckling", width=4.1, fact="change_since_first trend"),
    ]
    rows = [_row(view, one, similar, usual) for one in results]
    return captioned_table(
        columns,
        rows,
        caption=f"{area.name} {view.year}. {TYPES[kind]}",
        label=f"tbl-{area.id}-{TYPE_WORDS[kind].lower()}",
        about=[Subject(one.indicator.id, view.year, view.kommun.kod) for one in results],
    )


def _row(view: KommunView, result: Result, similar: bool, usual: int | None) -> list[Cell]:
    indicator = result.indicator
    others = (result.riket, result.liknande)
    decimals = row_decimals(indicator.scale, (result.value, *(value for value in others if value is not None)))
    own = "–" if result.value is None else cell(result.value, indicator.scale, decimals=decimals)
    return [
        indicator_link(indicator, titled(indicator)),
        marked(own, result),
        colour_cell(result.colour if result.judged else None),
        beside(result.riket, result.skillnad_riket, result, decimals, riket=True),
        *([beside(result.liknande, result.skillnad_liknande, result, decimals)] if similar else []),
        _development(view, result, usual),
    ]


def beside(value: float | None, difference: str, result: Result, decimals: int, *, riket: bool = False) -> Cell:
    """Return what a result is held against, and whether the difference is secured: "90 (bättre)".

    Parameters
    ----------
    value, difference
        The reference's value, and the difference's code; empty where it hasn't been tested.
    result
        The result, whose scale both have.
    decimals
        Of all figures in the row.
    riket
        Whether the reference is riket, whose figure may have a grade's letter.
    """
    if value is None:
        return "–"
    shown = cell(value, result.indicator.scale, decimals=decimals)
    text = marked_riket(shown, result).markdown if riket else shown
    word = _DIFFERENCES.get(difference)
    return Markup(f"{text} ({word})" if word else text)


def short_name(name: str, longest: int) -> str:
    """Return what heads the kommun's own column: its name, or "Eget värde" where the column would break it."""
    return name if len(name) <= longest else "Eget värde"


def titled(indicator: Indicator) -> str:
    """Return an indicator's short title with its unit, unless that is per cent or stands in the title."""
    unit, name = unit_heading(indicator), indicator.short_title
    return name if not unit or unit == "procent" or unit in name.lower() else f"{name}, {unit}"


def _first(view: KommunView, result: Result) -> int | None:
    """Return the first year of what the trend is told of, None where the series has no result."""
    points = _points(view, result)
    return points[0][0] if points else None


def _points(view: KommunView, result: Result) -> list[tuple[int, float]]:
    """Return the kommun's known results from the trend's first year on: what is older answers another question."""
    begins = view.trend_begins(result.indicator)
    return [point for point in known_points(view.series(result.indicator)) if point[0] >= begins]


def _development(view: KommunView, result: Result, usual: int | None) -> Cell:
    """Return the series as a small drawing, the change since its first year, and how sure it is."""
    points = _points(view, result)
    if len(points) < 2 or result.value is None:
        return "första mätningen" if points else "–"
    begins, first = points[0]
    own = [point for point in view.series(result.indicator) if point[0] >= begins]
    riket = [point for point in view.series(result.indicator, "riket") if point[0] >= begins]
    mark = sparkline(own, riket, result.indicator, name=view.kommun.namn, width=_SERIES, height=_SERIES_HEIGHT)
    change = difference_cell(result.value - first, result.indicator.scale, result.decimals)
    since = "" if begins == usual else f" ({begins})"
    told = ", ".join(filter(None, [f"{change}{since}", sureness(result.trend)]))
    return Markup(f"{mark.markdown()} {markdown_text(told)}")


def sureness(label: str | None) -> str:
    """Return how sure a change is: "säkert bättre", "kanske högre", "ej säkert", "stabilt"; empty if untested."""
    word = _SURENESS.get((label or "").partition("_")[0], "")
    way = _WAYS.get(trend_way(label) or "", "")
    return f"{word} {way}".strip()


def trends_told(results: Sequence[Result]) -> str:
    """Return which known results have changed for certain, in one or two sentences; empty where nothing was tested."""
    known = [result for result in results if result.known and not result.small_base]
    tested = [result for result in known if result.trend not in (None, "for_fa")]
    if not tested:
        return ""
    ways = {"forbattring": "Säkert bättre", "forsamring": "Säkert sämre"}
    sentences = []
    for way, head in ways.items():
        named = [markdown_text(one.indicator.short_title) for one in tested if one.trend == f"sakerstalld_{way}"]
        if len(named) > MOST_NAMED + 1:
            named = [*named[:MOST_NAMED], f"{count_word(len(named) - MOST_NAMED)} till"]
        sentences += [f"{head} över tid: {joined(named)}."] if named else []
    return " ".join(sentences) or f"Ingen av {count_word(len(tested))} prövade serier har ändrats säkert."

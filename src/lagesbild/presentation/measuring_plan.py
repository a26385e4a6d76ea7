"""The measuring plan for readers: when an indicator is measured next, and the website's page of the whole plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lagesbild.catalogue.areas import AREAS, Area
from lagesbild.catalogue.indicators import Indicator, Survey
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.plan import (
    LAST_YEAR,
    PLANNED_GAPS,
    Planned,
    Standing,
    burden,
    measuring_plan,
    planned,
)
from lagesbild.catalogue.published import published, published_tables
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.numbers import number
from lagesbild.presentation.tables import Cell, Column, Markup, captioned_table
from lagesbild.presentation.wording import antal, capitalised, count_word, joined

#: The page's tables reach from the year before the report year to three years after it: a whole four-year rhythm.
_BEFORE, _AFTER = 1, 3
#: Years of the table of questions, the last of them the year after the report year: four, as a phone has room for.
_BURDEN_BEFORE, _BURDEN_AFTER = 2, 1

_WORDS = {
    Standing.PAUSAD: "Pausad",
    Standing.BORTTAGEN: "Borttagen",
    Standing.ERSATT: "Ersatt",
    Standing.EJ_BORJAD: "Ny",
    Standing.AVSLUTAD: "Avslutad",
    Standing.UTVECKLING: "Under utveckling",
}


def next_time(indicator: Indicator, year: int) -> str:
    """Return what to say where an indicator was not measured in `year`: "ej mätt, nästa gång 2026".

    Only "ej mätt" where the plan itself knows of no gap that year, "ej mätt, pausad" where no new year is decided.
    """
    now = planned(indicator, year)
    if now.standing not in PLANNED_GAPS:
        return "ej mätt"
    return "ej mätt, pausad" if now.next_year is None else f"ej mätt, nästa gång {now.next_year}"


def next_times(indicators: Sequence[Indicator], year: int) -> str:
    """Return a sentence on when indicators that rest in `year` are measured next; empty where none rests by plan."""
    resting = [one for one in measuring_plan(indicators, year) if one.standing in PLANNED_GAPS]
    if not resting:
        return ""
    counts = Counter(one.next_year for one in resting)
    undecided = counts.pop(None, 0)
    one = len(resting) == 1
    if not counts:
        return "Den är pausad." if one else "De är pausade."
    if len(counts) == 1 and not undecided:
        return f"{'Den' if one else 'De'} mäts nästa gång {next(iter(counts))}."
    parts = [f"{count_word(n)} nästa gång {when}" for when, n in sorted(counts.items(), key=lambda item: item[0] or 0)]
    paused = f", och {count_word(undecided)} är {'pausad' if undecided == 1 else 'pausade'}" if undecided else ""
    return f"Av dem mäts {joined(parts)}{paused}."


def in_year(indicator: Indicator, year: int) -> str:
    """Return whether an indicator is measured in `year`, for a table cell: "Ja", "Nej, nästa gång 2025", "Pausad"."""
    now = planned(indicator, year)
    if now.measured:
        return "Ja"
    if now.standing is Standing.EJ_BORJAD:
        return f"Nej, börjar {now.next_year}" if now.next_year else "Nej"
    word = _WORDS.get(now.standing, "Nej")
    return f"{word}, nästa gång {now.next_year}" if now.next_year else word


def plan_page(catalogue: Catalogue, year: int) -> str:
    """Return the Markdown of the page: what is measured by area and year, and questions to a kommun by year.

    Parameters
    ----------
    catalogue
        The indicators.
    year
        The report year; the tables reach from the year before it.
    """
    parts = [
        _introduction(catalogue, year),
        "## Områden",
        _areas_table(catalogue, year),
        "## Frågor till kommunen",
        _burden_table(catalogue, year),
        _published(),
    ]
    return "\n\n".join(parts) + "\n"


def _introduction(catalogue: Catalogue, year: int) -> str:
    plan = measuring_plan(catalogue.indicators, year)
    measured = sum(one.measured for one in plan)
    resting = [one for one in plan if one.standing in PLANNED_GAPS]
    sentences = [f"{_indicators(measured)} mäts {year}."]
    if resting:
        sentences.append(f"{_indicators(len(resting))} mäts inte det året enligt planen.")
        sentences.append(next_times([one.indicator for one in resting], year))
    sentences.append(
        "Ett år utan mätning enligt planen är inte en uppgift som saknas. I rapporterna står då ej mätt, och linjen i "
        "ett diagram går vidare till nästa mätning."
    )
    return " ".join(sentences)


def _indicators(n: int) -> str:
    return capitalised(antal(n, "indikator", "indikatorer"))


def _burden_table(catalogue: Catalogue, year: int) -> str:
    """Return the questions of the kommunenkät by area and year, from our own catalogue."""
    years = range(year - _BURDEN_BEFORE, min(year + _BURDEN_AFTER, LAST_YEAR) + 1)
    columns = [Column(head="Område", width=2.6), *(Column(head=str(one), align="right", width=1) for one in years)]
    asked = {area.id: _questions(catalogue.in_area(area.id), years) for area in AREAS}
    rows: list[list[Cell]] = [[area.name, *(number(n) for n in asked[area.id])] for area in AREAS]
    total = [sum(counts) for counts in zip(*asked.values(), strict=True)]
    rows.append(["Alla områden", *(number(n) for n in total)])
    change = total[_BURDEN_BEFORE] - total[_BURDEN_BEFORE - 1]
    told = "lika många som" if change == 0 else f"{count_word(abs(change))} {'fler' if change > 0 else 'färre'} än"
    return (
        f"Indikatorerna bygger på {number(total[_BURDEN_BEFORE])} frågor i kommunenkäten {year}, {told} året före. En "
        f"fråga som ställs i flera områden räknas i vart och ett av dem. Enkäten kan ha fler frågor än de som våra "
        f"indikatorer bygger på. Enkäter till enheter och brukare, register och räkenskaper ingår inte.\n\n"
        + captioned_table(
            columns,
            rows,
            caption=f"Frågor i kommunenkäten som indikatorerna bygger på, {years[0]}–{years[-1]}",
            label="tbl-fragor",
        )
    )


def _questions(indicators: Sequence[Indicator], years: range) -> list[int]:
    counts = dict.fromkeys(years, 0)
    for row in burden(indicators, years):
        counts[row.year] += row.questions if row.survey is Survey.KOMMUNENKAT else 0
    return list(counts.values())


def _published() -> str:
    """Return what Socialstyrelsen has published of the burden; its own count, never added to ours."""
    said = published("pastaenden").set_index("id")
    source = next(one for one in published_tables() if one.id == "oj-2023-bilaga-4")
    removed, before = said.loc["fragor-borttagna-2022"], said.loc["fragor-fore-2022"]
    return (
        f"Som jämförelse: till insamlingen {removed['ar']} tog Socialstyrelsen bort {removed['varde']:.0f} av "
        f"kommunenkätens {before['varde']:.0f} frågor. Det är Socialstyrelsens egen räkning och kan inte läggas ihop "
        f"med talen i tabellen. Källa: {source.publisher} ({source.year}), {source.document}, "
        f"{removed['plats'].lower()}."
    )


def _years(year: int) -> range:
    """Return the years of an area's plan."""
    return range(year - _BEFORE, min(year + _AFTER, LAST_YEAR) + 1)


def _areas_table(catalogue: Catalogue, year: int) -> str:
    """Return how many indicators each area measures a year; each area leads to its page."""
    years = _years(year)[_BEFORE:]
    columns = [Column(head="Område", width=2.6), *(Column(head=str(one), align="right", width=1) for one in years)]
    counts = {
        area.id: [sum(one.measured(when) for one in catalogue.in_area(area.id)) for when in years] for area in AREAS
    }
    rows: list[list[Cell]] = [
        [Markup(f"[{markdown_text(area.name)}]({area.id}/index.html)"), *map(number, counts[area.id])] for area in AREAS
    ]
    rows.append(["Alla områden", *(number(sum(column)) for column in zip(*counts.values(), strict=True))])
    return "Varje område har en egen sida med sina indikatorer.\n\n" + captioned_table(
        columns, rows, caption=f"Indikatorer som mäts per år, {years[0]}–{years[-1]}", label="tbl-omraden"
    )


def area_plan(catalogue: Catalogue, area: Area, year: int, *, up: str) -> str:
    """Return the Markdown of one area's plan: its indicators under the years in which they are measured.

    Parameters
    ----------
    catalogue, area
        The indicators, and which area.
    year
        The report year; the plan reaches from the year before it to three years after it.
    up
        Address of the website's start, from the page.
    """
    years = _years(year)
    indicators = catalogue.in_area(area.id)
    now = measuring_plan(indicators, year)
    counts = ", ".join(f"{one}: {sum(indicator.measured(one) for indicator in indicators)}" for one in years)
    parts = [f"{_summary(now, year)} Mätta indikatorer per år: {counts}."]
    groups: dict[tuple[int, tuple[int, ...], bool, str], list[Planned]] = {}
    for row in now:
        groups.setdefault(_order(row, years), []).append(row)
    for key in sorted(groups):
        rows = groups[key]
        parts += [f"## {_group_heading(rows[0], years)}", _indicator_list(rows, years, up)]
    return "\n\n".join(parts) + "\n"


def _order(row: Planned, years: range) -> tuple[int, tuple[int, ...], bool, str]:
    """Return what the rows of one group have in common, in the order of the groups: most often measured first."""
    measured = tuple(one for one in years if row.indicator.measured(one))
    told = row.standing if not measured else ""
    return len(years) - len(measured), measured, row.standing is Standing.PAUSAD, str(told)


def _group_heading(row: Planned, years: range) -> str:
    """Return a group's heading: the years it is measured in, or why it is measured in none."""
    measured = [str(one) for one in years if row.indicator.measured(one)]
    if len(measured) == len(years):
        return "Mäts varje år"
    paused = ", pausade nu" if row.standing is Standing.PAUSAD else ""
    if measured:
        return f"Mäts {joined(measured)}{paused}"
    return {
        Standing.RYTM: f"Mäts inte {years[0]}–{years[-1]}",
        Standing.PAUSAD: "Pausade",
        Standing.EJ_BORJAD: "Har inte börjat mätas",
        Standing.UTVECKLING: "Under utveckling",
        Standing.ERSATT: "Ersatta",
        Standing.BORTTAGEN: "Borttagna",
        Standing.AVSLUTAD: "Avslutade",
    }[row.standing]


def _indicator_list(rows: Sequence[Planned], years: range, up: str) -> str:
    """Return indicators with a link to each; one that is measured next beyond the years of the plan says when."""
    lines = []
    for row in rows:
        link = f"[{markdown_text(row.indicator.short_title)}]({up}indikatorer/{row.indicator.id}/index.html)"
        late = f", nästa gång {row.next_year}" if row.next_year and row.next_year > years[-1] else ""
        lines.append(f"- {link}{late}")
    return "\n".join(lines)


def _summary(plan: Sequence[Planned], year: int) -> str:
    """Return how many of an area's indicators are measured in the year, and what is with the others."""
    standings = Counter(one.standing for one in plan)
    others = {
        Standing.RYTM: "mäts ett annat år",
        Standing.PAUSAD: "är pausade",
        Standing.EJ_BORJAD: "har inte börjat mätas",
        Standing.UTVECKLING: "är under utveckling",
        Standing.ERSATT: "har ersatts",
        Standing.BORTTAGEN: "har tagits bort",
        Standing.AVSLUTAD: "har slutat mätas",
    }
    singular = {Standing.PAUSAD: "är pausad"}
    parts = [
        f"{count_word(standings[one])} {singular.get(one, words) if standings[one] == 1 else words}"
        for one, words in others.items()
        if standings[one]
    ]
    head = f"{_indicators(standings[Standing.MATS])} mäts {year}."
    return f"{head} {capitalised(joined(parts))}." if parts else head

"""The website's calendar: what is measured in the coming years, when figures come, and what nobody has said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.calendar import Certainty, Event, EventKind
from lagesbild.catalogue.kinds import Survey
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.plan import LAST_YEAR, burden
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.numbers import number
from lagesbild.presentation.tables import Cell, Column, captioned_table
from lagesbild.presentation.wording import antal, capitalised, count_word, joined

MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november"),
    "december",
)
#: What the surveys and registers are called.
SURVEY_NAMES = {
    Survey.KOMMUNENKAT: "Kommunenkäten",
    Survey.ENHETSUNDERSOKNING: "Enhetsundersökningarna",
    Survey.BRUKARUNDERSOKNING: "Brukarundersökningarna",
    Survey.REGISTER: "Register",
    Survey.RAKENSKAPSSAMMANDRAG: "Räkenskapssammandraget",
}
#: Years after the report year in the table of measurings.
_AHEAD = 3
#: An event of more areas than this tells their number.
_MOST_NAMED = 2


def date_words(when: str) -> str:
    """Return a date as it was given in words: "4 oktober 2026", "juni 2024", "2024"."""
    year, *rest = when.split("-")
    if not rest:
        return year
    month = MONTHS[int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) == 2 else f"{month} {year}"


def calendar_page(
    catalogue: Catalogue, events: Sequence[Event], year: int, *, file: str, synthetic: bool = False
) -> str:
    """Return the page's Markdown.

    Parameters
    ----------
    catalogue
        The indicators, for the plan.
    events
        `lagesbild.catalogue.calendar.calendar_events`.
    year
        The report year.
    file
        Address of the calendar file.
    synthetic
        Whether the website's figures are invented: the dates aren't.
    """
    dated = [event for event in events if event.certainty is Certainty.ANGIVET]
    planned = [event for event in events if event.certainty is Certainty.PLANERAT]
    unknown = [event for event in events if event.certainty is Certainty.OKANT]
    counted = sum(event.indicators for event in dated if event.kind is EventKind.PUBLICERING)
    parts = [
        "Här står när uppgifterna i öppna jämförelser mäts och publiceras. Datum finns bara där källan själv har "
        f"angett dem.{' Datumen är verkliga, också när siffrorna på webbplatsen är påhittade.' if synthetic else ''}",
        f"[Hämta kalendern som fil för kalenderprogram (ics)]({file})",
        "## Mätningar de närmaste åren",
        _measurings(catalogue, year),
        "## Publicering",
        f"Datumen är Koladas egna för varje nyckeltal, lästa våren 2026, och kan ändras. Ett datum är angivet för "
        f"{antal(counted, 'indikator', 'indikatorer')}.",
        *_by_month(dated),
        "## Det här är inte känt",
        "För det här har källorna inte angett något datum:",
        _list(unknown),
    ]
    if planned:
        parts += [
            "## Tidigare planer",
            "Så här var den nya modellen planerad att införas. Om det blev så framgår inte av källan.",
            _list(planned),
        ]
    return "\n\n".join(parts) + "\n"


def _measurings(catalogue: Catalogue, year: int) -> str:
    """Return how many indicators the plan has in the coming years, by where the figures come from."""
    years = range(year + 1, min(year + _AHEAD, LAST_YEAR) + 1)
    rows = {(row.survey, row.year): row for row in burden(catalogue.indicators, years)}
    surveys = [survey for survey in Survey if any(of is survey for of, _ in rows)]
    columns = [Column(head="Källa", width=4), *(Column(head=str(one), align="right", width=1) for one in years)]
    cells: list[list[Cell]] = [
        [SURVEY_NAMES[survey], *(number(rows[survey, one].indicators) for one in years)] for survey in surveys
    ]
    totals = [sum(rows[survey, one].indicators for survey in surveys) for one in years]
    cells.append(["Alla", *(number(total) for total in totals)])
    return (
        "Basindikatorerna mäts varje år och fördjupningsindikatorerna vartannat. Vilka indikatorer som mäts vilket år "
        "står i [mätplanen](../matplan/index.html). När på året enkäterna samlas in har inte angetts.\n\n"
        + captioned_table(
            columns,
            cells,
            caption=f"Indikatorer som mäts enligt planen, {years[0]}–{years[-1]}",
            label="tbl-matningar",
        )
    )


def _by_month(events: Iterable[Event]) -> list[str]:
    """Return the dated events under a heading for each month, one item a day."""
    parts = []
    for month, of_month in groupby(events, key=lambda event: event.when[:7]):
        items = [
            f"- **{date_words(day).removesuffix(month[:4]).strip()}:** {'; '.join(_told(event) for event in of_day)}"
            for day, of_day in groupby(of_month, key=lambda event: event.when)
        ]
        parts += [f"### {capitalised(date_words(month))}", "\n".join(items)]
    return parts


def _told(event: Event) -> str:
    """Return an event within a list of a day: "register för 2025, tre indikatorer i Äldreomsorg"."""
    what = event.what.removesuffix(" i Kolada").removeprefix("Uppgifter från ")
    what = what.replace("Preliminära uppgifter", "preliminära uppgifter")
    counted = f", {antal(event.indicators, 'indikator', 'indikatorer')} i {_areas(event)}" if event.indicators else ""
    return markdown_text(f"{what}{counted}")


def _areas(event: Event) -> str:
    if len(event.areas) > _MOST_NAMED:
        return f"{count_word(len(event.areas))} områden"
    return joined([area.name for area in AREAS if area.id in event.areas])


def _list(events: Iterable[Event]) -> str:
    """Return events with who has said them."""
    lines = []
    for event in events:
        when = f" ({date_words(event.when)})" if event.when else ""
        counted = f", {antal(event.indicators, 'indikator', 'indikatorer')}" if event.indicators else ""
        lines.append(f"- {markdown_text(f'{event.what}{counted}{when}. Källa: {event.source}.')}")
    return "\n".join(lines)

"""The command that tells the measuring plan: what is measured, what is not and when next, and what it costs."""

from __future__ import annotations

import csv
import io
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lagesbild.catalogue.indicators import Indicator
    from lagesbild.catalogue.plan import Planned

#: Columns of the machine form, one row per indicator and year.
CSV_COLUMNS = (
    *("year", "area", "indicator", "title", "survey", "tier", "measured", "standing", "next_year", "questions"),
    *("reason", "successor"),
)
#: What the surveys and registers are called in Swedish; the machine form has their ids.
_SURVEY_NAMES = MappingProxyType(
    {
        "kommunenkat": "kommunenkät",
        "enhetsundersokning": "enhetsundersökning",
        "brukarundersokning": "brukarundersökning",
        "register": "register",
        "rakenskapssammandrag": "räkenskapssammandrag",
    }
)


def plan(
    area: Annotated[str | None, typer.Option(help="Area; all ten where not given.")] = None,
    year: Annotated[int, typer.Option(help="Year of the plan.")] = 2024,
    years: Annotated[int, typer.Option(help="How many years, the last of them --year, to compare.", min=1)] = 5,
    as_csv: Annotated[bool, typer.Option("--csv", help="One row per indicator and year, for machines.")] = False,
) -> None:
    """Tell the measuring plan: what is measured, what is not and when next, and how many questions a kommun gets."""
    from lagesbild.catalogue.areas import AREAS
    from lagesbild.catalogue.areas import area as area_called
    from lagesbild.catalogue.load import load_catalogue
    from lagesbild.catalogue.plan import checked_year, measuring_plan, plan_years

    catalogue = load_catalogue()
    checked_year(catalogue, year)
    chosen = [area_called(area)] if area else list(AREAS)
    span = range(max(year - years + 1, plan_years(catalogue).start), year + 1)
    indicators = [one for place in chosen for one in catalogue.in_area(place.id)]
    if as_csv:
        typer.echo(_csv([one for when in span for one in measuring_plan(indicators, when)]), nl=False)
        return
    for place in chosen:
        typer.echo(f"{place.name} ({place.id}), {year}")
        for line in _lines(measuring_plan(catalogue.in_area(place.id), year)):
            typer.echo(line)
        typer.echo("")
    for line in (*_burden_lines(indicators, span), "", *_reference_lines()):
        typer.echo(line)


def _csv(rows: Sequence[Planned]) -> str:
    """Return the machine form."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for row in rows:
        one = row.indicator
        told = (row.year, one.area, one.id, one.title, one.survey, one.tier, "ja" if row.measured else "nej")
        writer.writerow((*told, row.standing, row.next_year, row.questions, row.reason, row.successor))
    return out.getvalue()


def _lines(rows: Sequence[Planned]) -> list[str]:
    """Return one area's plan: what is measured, then what is not by its reason."""
    from lagesbild.catalogue.plan import Standing

    heads = {
        Standing.MATS: "measured",
        Standing.RYTM: "not this year of their rhythm",
        Standing.PAUSAD: "paused",
        Standing.EJ_BORJAD: "not yet begun",
        Standing.UTVECKLING: "under development, no data yet (utvecklingsindikator)",
        Standing.ERSATT: "replaced",
        Standing.BORTTAGEN: "removed",
        Standing.AVSLUTAD: "ended",
    }
    lines = []
    for standing, head in heads.items():
        found = [row for row in rows if row.standing is standing]
        if found:
            lines.append(f"  {len(found)} {head}:")
            lines += [f"    {_line(row)}" for row in found]
    return lines


def _line(row: Planned) -> str:
    """Return one indicator: id, Swedish title, and when and why."""
    from lagesbild.catalogue.plan import PLANNED_GAPS, Standing

    told = []
    if row.standing in PLANNED_GAPS | {Standing.EJ_BORJAD}:
        told.append(f"next {row.next_year}" if row.next_year else "next year not decided")
    elif row.measured and row.indicator.frequency > 1 and row.next_year:
        told.append(f"then {row.next_year}")
    if row.successor:
        told.append(f"by {row.successor}")
    if row.reason:
        told.append(row.reason)
    return "  ".join([row.indicator.id, row.indicator.title, *([f"[{'; '.join(told)}]"] if told else [])])


def _burden_lines(indicators: Sequence[Indicator], years: range) -> list[str]:
    """Return the table of questions to a kommun by survey and year, with the change since the year before."""
    from lagesbild.catalogue.plan import burden

    rows = burden(indicators, years)
    surveys = list(dict.fromkeys(row.survey for row in rows))
    lines = [
        "Our own count, from the catalogue: indicators measured through each survey or register, and the questions of",
        "the kommunenkät behind them. A question that several areas share is counted in each.",
        "  "
        + "  ".join(["year", *(f"{_SURVEY_NAMES[survey]:>21}" for survey in surveys), "questions to a kommun  change"]),
    ]
    before: int | None = None
    for year in years:
        now = [row for row in rows if row.year == year]
        asked = sum(row.questions for row in now)
        change = "" if before is None else f"{asked - before:+d}"
        counts = "  ".join(f"{row.indicators:>21}" for row in now)
        lines.append(f"  {year}  {counts}  {asked:>21}  {change:>6}".rstrip())
        before = asked
    return lines


def _reference_lines() -> list[str]:
    """Return what has been published of the burden, with its source; never added to our own count."""
    from lagesbild.catalogue.published import published, published_tables

    said = published("pastaenden").set_index("id")
    document = next(table for table in published_tables() if table.id == "oj-2023-bilaga-4")
    removed, before = (said.loc[name] for name in ("fragor-borttagna-2022", "fragor-fore-2022"))
    return [
        "Published reference figure (all areas, counted by Socialstyrelsen, not comparable with our count):",
        f"  {removed['varde']:.0f} of {before['varde']:.0f} questions of the kommunenkät were removed for the "
        f"collection of {removed['ar']}.",
        f"  Källa: {document.publisher} ({document.year}): {document.document}. {removed['plats']}.",
    ]

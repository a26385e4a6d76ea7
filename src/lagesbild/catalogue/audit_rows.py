"""The rows of Riksrevisionen's appendix "Statistisk analys" (RiR 2021:17), and rows like them for any area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.indicators import Direction, Indicator, IndicatorType, Survey
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.printed_marks import UNREADABLE
from lagesbild.catalogue.published import published
from lagesbild.errors import ParameterError

__all__ = [
    "AUDITED",
    "GROUPINGS",
    "UNREADABLE",
    "AuditRow",
    "printed_peers",
    "printed_rows",
    "printed_users",
    "printed_variance",
    "rows_of",
    "table_numbers",
    "usual_rows",
]

#: The three areas that Riksrevisionen audited, in its order.
AUDITED = ("aldreomsorg", "ekonomiskt-bistand", "barn-och-unga")

#: The groupings of kommuner, in the order of the printed columns and tables.
GROUPINGS = ("lan", "kommungrupp", "socioekonomi")

#: Area to its printed tables: analysis of variance, one per grouping of others' results, users.
_TABLES: dict[str, tuple[int, tuple[int, int, int], int | None]] = {
    "aldreomsorg": (2, (3, 4, 5), None),
    "ekonomiskt-bistand": (9, (10, 11, 12), 8),
    "barn-och-unga": (14, (15, 16, 17), 13),
}
#: Printed so in table 11.
_MISSPELT = {"Arbetmarknadsinsats 18-24 år": "Arbetsmarknadsinsats 18-24 år"}
#: An area that wasn't audited gets at most so many rows.
_MOST = 14
#: It takes indicators with results in so many years, of a kind that has so many of them.
_FEWEST_YEARS, _FEWEST_ROWS = 3, 3


@dataclass(frozen=True, kw_only=True)
class AuditRow:
    """A row of the tables: one indicator, or several that are weighed together.

    Parameters
    ----------
    id
        Its name in frames.
    head, name
        Heading above it (empty where none) and its own name.
    figure
        Riksrevisionen's figure that shows it, null where none.
    kind
        "enskild", "grupp" (the mean of the answers), "omkodning" (one question first, several later), "enhet" or
        "saknas"; the last two have no indicators.
    indicators
        Ids of the catalogue.
    partial
        What the answer delvis counts as, where ja is 100 and nej 0.
    note
        Why it is read so, or why it is absent, in Swedish.
    """

    id: str
    head: str
    name: str
    figure: int | None
    kind: str
    indicators: tuple[str, ...]
    partial: float
    note: str


def printed_rows(area: str) -> tuple[AuditRow, ...]:
    """Return the rows that Riksrevisionen's tables have for an area; none for the areas that weren't audited."""
    rows = published("rir-2021-17-bilaga-1-rader")
    rows = rows[rows["omrade"] == area]
    return tuple(
        AuditRow(
            id=_id(row["rubrik"], row["rad"]),
            head=row["rubrik"],
            name=row["rad"],
            figure=None if row["figur"] is None or row["figur"] != row["figur"] else int(row["figur"]),
            kind=row["slag"],
            indicators=tuple(one for one in row["katalog"].split(";") if one),
            partial=float(row["delvis"]) if row["delvis"] == row["delvis"] else 0.0,
            note=row["forklaring"],
        )
        for row in rows.astype({"figur": "float64", "delvis": "float64"}).to_dict("records")
    )


def rows_of(indicators: Sequence[Indicator]) -> tuple[AuditRow, ...]:
    """Return a row for each of some indicators."""
    return tuple(
        AuditRow(
            id=one.id,
            head="",
            name=one.short_title,
            figure=None,
            kind="enskild",
            indicators=(one.id,),
            partial=0.0,
            note="",
        )
        for one in indicators
    )


def usual_rows(catalogue: Catalogue, area: str, often: Mapping[str, int]) -> tuple[AuditRow, ...]:
    """Return the rows of an area's report: Riksrevisionen's where its indicators have results, else chosen like them.

    Riksrevisionen took indicators close to the work and left out structure and registers, which a kommun can't change
    soon. So: indicators of process with a direction and results in at least three of the years; where there are fewer
    than three, those of results from surveys too; then any with a direction. At most fourteen, those with results
    most often first, in the order of the catalogue.

    Parameters
    ----------
    catalogue, area
        The indicators, and the area's id.
    often
        In how many years of the period an indicator has results; absent is 0.

    Raises
    ------
    ParameterError
        For an unknown area.
    """
    if area not in AREA_IDS:
        raise ParameterError("area", area, AREA_IDS)
    printed = printed_rows(area)
    if any(often.get(one, 0) >= 2 for row in printed for one in row.indicators):
        return printed
    kept = [
        one
        for one in catalogue.in_area(area)
        if often.get(one.id, 0) >= _FEWEST_YEARS and one.direction is not Direction.INGEN
    ]
    process = [one for one in kept if one.type is IndicatorType.PROCESS and one.survey is not Survey.REGISTER]
    surveys = [one for one in kept if one.type is not IndicatorType.STRUKTUR and one.survey is not Survey.REGISTER]
    fit = next((some for some in (process, surveys) if len(some) >= _FEWEST_ROWS), kept)
    chosen = {one.id for one in sorted(fit, key=lambda one: -often[one.id])[:_MOST]}
    return rows_of([one for one in fit if one.id in chosen])


def printed_variance(area: str) -> dict[tuple[str, str], str]:
    """Return the printed marks of differences between groups: row's id and column ("lan", "lan_sista") to mark."""
    return {} if area not in _TABLES else _marks(_TABLES[area][0])


def printed_peers(area: str, grouping: str) -> dict[tuple[str, str], str]:
    """Return the printed marks of others' results in a grouping: row's id and column ("alla_niva_t1") to mark.

    "?" is a mark that the text doesn't show for certain.
    """
    return {} if area not in _TABLES else _marks(_TABLES[area][1][GROUPINGS.index(grouping)])


def printed_users(area: str) -> dict[tuple[str, str], str]:
    """Return the printed marks of users against non-users: row's id and column ("totalt") to mark."""
    number = _TABLES[area][2] if area in _TABLES else None
    return {} if number is None else _marks(number)


def table_numbers(area: str) -> tuple[int, ...]:
    """Return the numbers of an area's printed tables, none where it wasn't audited."""
    if area not in _TABLES:
        return ()
    variance, peers, users = _TABLES[area]
    return tuple(sorted({variance, *peers, *(() if users is None else (users,))}))


def _marks(number: int) -> dict[tuple[str, str], str]:
    rows = published(f"rir-2021-17-bilaga-1-tabell-{number}").drop(columns="tryckt")
    return {
        (_id(row["rubrik"], _MISSPELT.get(row["rad"], row["rad"])), str(column)): mark
        for row in rows.to_dict("records")
        for column, mark in row.items()
        if column not in ("rubrik", "rad")
    }


def _id(head: str, name: str) -> str:
    return f"{head}: {name}" if head else name

"""What the picture of the first spread shows: the key indicators of each area and their places among all kommuner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.key_indicators import KeyIndicators, load_key_indicators
from lagesbild.catalogue.vocabulary import Answer
from lagesbild.presentation.kommun.view import KommunView, Result
from lagesbild.presentation.numbers import is_missing
from lagesbild.presentation.sections import of_quality


@dataclass(frozen=True, kw_only=True)
class StandingRow:
    """One key indicator: its result, and places from 0 (worst) to 100 (best) (`lagesbild.methods.places.places`).

    Parameters
    ----------
    result
        The kommun's result, or why there is none.
    place, low, high
        Place of the result and of the ends of its interval, worse end first; null where there is none.
    riket, liknande
        Where a kommun with riket's figure, or the similar kommuner's mean, would stand.
    """

    result: Result
    place: float | None
    low: float | None
    high: float | None
    riket: float | None
    liknande: float | None


@dataclass(frozen=True, kw_only=True)
class AreaRows:
    """An area's key indicators, and the answers to its questions of quality on structure and process.

    Parameters
    ----------
    area
        The area.
    rows
        Its key indicators, in the file's order.
    asked
        Whether any kommun has an answer to any of its questions this year.
    answers
        How many questions have which answer.
    """

    area: Area
    rows: tuple[StandingRow, ...]
    asked: bool
    answers: Counter[str]


def standing_rows(
    view: KommunView, areas: Sequence[Area], *, chosen: KeyIndicators | None = None
) -> tuple[AreaRows, ...]:
    """Return what the picture shows, area by area; an area in which nothing is measured is left out.

    Parameters
    ----------
    view
        The kommun.
    areas
        The areas that the report is about.
    chosen
        The key indicators, the project's own where left out.
    """
    results = {result.indicator.id: result for result in view.results()}

    def n_reporting(name: str) -> int:
        return results[name].n_reporting if name in results else 0

    wanted = (chosen or load_key_indicators()).chosen([area.id for area in areas], n_reporting)
    found = []
    for area in areas:
        asked = [r for r in view.results(area.id, answers=True) if of_quality(r.indicator) and r.measured]
        answers = Counter(result.answer for result in asked if result.answer)
        rows = tuple(_row(view, results[name]) for name in wanted[area.id])
        if rows or asked:
            found.append(AreaRows(area=area, rows=rows, asked=bool(asked), answers=answers))
    return tuple(found)


def answered(area: AreaRows) -> str:
    """Return how many questions have the answer ja: "Checklista: ja på 6 av 9 frågor"; empty where none was put."""
    given = area.answers.total()
    if given:
        return f"Checklista: ja på {area.answers[Answer.JA]} av {given} {'fråga' if given == 1 else 'frågor'}"
    return "Checklista: inga svar" if area.asked else ""


def _row(view: KommunView, result: Result) -> StandingRow:
    row = next((one for one in view.rows[result.indicator.id] if one["year"] == view.year), {})
    place = _own_place(result)
    known = place is not None
    return StandingRow(
        result=result,
        place=place,
        # An interval without its result would tell of what is withheld.
        low=_number(row.get("place_low")) if known else None,
        high=_number(row.get("place_high")) if known else None,
        riket=_number(row.get("place_riket")),
        liknande=_number(row.get("place_liknande")),
    )


def _own_place(result: Result) -> float | None:
    """Return the place that the rank says: the share of kommuner with a worse result, equal ones counted half."""
    if result.value is None or result.colour is None or result.rank is None:
        return None
    worse = result.n_reporting - (result.rank - 1) - result.n_same_rank
    return 100.0 * (worse + result.n_same_rank / 2) / result.n_reporting


def _number(value: object) -> float | None:
    return None if is_missing(value) else float(value)  # type: ignore[arg-type]  # is_missing excludes null

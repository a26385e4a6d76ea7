"""Tie the columns of a workbook to the catalogue, by the texts of their heads and never by a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.vocabulary import Sex
from lagesbild.sources.socialstyrelsen_cells import clean

# "4a. ", "12. ", and "4c.Aktuell" where the space is lost.
_NUMBER_PREFIX = re.compile(r"^\d+\s?[a-zåäö]?\s?\.\s*", re.IGNORECASE)
_SEXES = {"totalt": Sex.TOTAL, "kvinnor": Sex.KVINNOR, "män": Sex.MAN}
_FIELDS = {
    "procent": "value",
    "antal i täljaren": "numerator",
    "antal i nämnaren": "denominator",
    "antal svar": "n_answers",
    "antal tillfrågade": "n_asked",
}


@dataclass(frozen=True, kw_only=True)
class Head:
    """A column head taken apart: the indicator's title as normal text, whose figures, which of them."""

    title: str
    sex: str
    field: str


@dataclass(frozen=True, kw_only=True)
class IndicatorColumns:
    """The columns of one indicator and sex on a sheet: place of each field (counted from zero)."""

    indicator: Indicator
    sex: str
    places: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Unmapped:
    """A column that was not read, and why."""

    place: int
    head: str
    reason: str


def normal(title: str) -> str:
    """Return a title as it is compared: without case, stray spaces, soft hyphens and full stop."""
    return clean(title).casefold().rstrip(". ")


def take_apart(head: str) -> Head:
    """Return the parts of a head such as ``4b. Nöjda med hemtjänsten. Kvinnor. Antal svar``."""
    parts = [part.strip() for part in _NUMBER_PREFIX.sub("", clean(head)).rstrip(". ").split(". ")]
    sex, column = Sex.TOTAL.value, "value"
    while len(parts) > 1:
        last = parts[-1].casefold()
        if last in _SEXES:
            sex = _SEXES[last].value
        elif last in _FIELDS:
            column = _FIELDS[last]
        else:
            break
        parts.pop()
    return Head(title=normal(". ".join(parts)), sex=sex, field=column)


def map_columns(
    figures: Iterable[tuple[int, str]], candidates: Iterable[Indicator]
) -> tuple[list[IndicatorColumns], list[Unmapped]]:
    """Return the columns of each indicator, and the columns left over.

    Parameters
    ----------
    figures
        Place and head of each column of figures.
    candidates
        The indicators of the workbook's area and survey.

    Notes
    -----
    A head fits an indicator whose short title or title it equals. One that fits several, or a second column with
    the same meaning, is doubtful and stays out.
    """
    titles: dict[str, list[Indicator]] = {}
    for indicator in candidates:
        for title in {normal(indicator.short_title), normal(indicator.title)}:
            titles.setdefault(title, []).append(indicator)
    found: dict[tuple[str, str], IndicatorColumns] = {}
    left: list[Unmapped] = []
    for place, text in figures:
        head = take_apart(text)
        fitting = titles.get(head.title, [])
        if len(fitting) != 1:
            reason = "fits several indicators" if fitting else "no indicator has this title"
            left.append(Unmapped(place=place, head=text, reason=reason))
            continue
        key = (fitting[0].id, head.sex)
        columns = found.setdefault(key, IndicatorColumns(indicator=fitting[0], sex=head.sex))
        if head.field in columns.places:
            left.append(Unmapped(place=place, head=text, reason="a column before it says the same"))
        else:
            columns.places[head.field] = place
    return list(found.values()), left

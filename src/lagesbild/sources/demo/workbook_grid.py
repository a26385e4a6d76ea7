"""Lay a sheet out as Socialstyrelsen does: which columns it has, and their heads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lagesbild.catalogue.indicators import Counted, Dimension, Indicator, IndicatorType, Part, Scale, Survey

_SEXES = {"T": "Totalt", "K": "Kvinnor", "M": "Män"}
_AREA_OF_QUALITY = {
    Dimension.KUNSKAPSBASERAD: "KUNSKAPSBASERAD VÅRD OCH OMSORG",
    Dimension.SAKER: "SÄKER VÅRD OCH OMSORG",
    Dimension.INDIVIDANPASSAD: "INDIVIDANPASSAD VÅRD OCH OMSORG",
    Dimension.EFFEKTIV: "EFFEKTIV VÅRD OCH OMSORG",
    Dimension.JAMLIK: "JÄMLIK VÅRD OCH OMSORG",
    Dimension.TILLGANGLIG: "TILLGÄNGLIG VÅRD OCH OMSORG",
}
_PART = {
    Part.KVALITET: "KVALITET",
    Part.VALFARD: "VÄLFÄRD",
    Part.HALLBAR_UTVECKLING: "HÅLLBAR UTVECKLING",
    Part.CENTRALT_NYCKELTAL: "CENTRALA NYCKELTAL",
    Part.KOSTNADSNYCKELTAL: "KOSTNADSNYCKELTAL",
}
_SUBGROUP = {
    IndicatorType.STRUKTUR: "Struktur",
    IndicatorType.PROCESS: "Process",
    IndicatorType.RESULTAT: "Resultat",
}


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of figures.

    Parameters
    ----------
    indicator, sex
        What it is about.
    field
        Column of the observation table that it holds; ``yes_no`` is a value of 100 or 0 told as Ja or Nej.
    head, quality_area, subgroup
        Texts of rows 4, 2 and 3.
    """

    indicator: Indicator
    sex: str
    field: str
    head: str
    quality_area: str
    subgroup: str


def columns_of(indicators: Sequence[Indicator], *, units: bool) -> tuple[Column, ...]:
    """Return the columns of a sheet, indicators numbered from one within it."""
    short = [one.short_title.casefold() for one in indicators]
    columns: list[Column] = []
    for number, indicator in enumerate(indicators, start=1):
        unique = short.count(indicator.short_title.casefold()) == 1
        title = indicator.short_title if unique else indicator.title
        entries = list(_entries(indicator, units=units))
        for place, (sex, field, words) in enumerate(entries):
            # 4a, 4b ... where an indicator has several columns; past z there are no letters, only the number.
            letter = chr(ord("a") + place) if 1 < len(entries) <= 26 else ""
            columns.append(
                Column(
                    indicator=indicator,
                    sex=sex,
                    field=field,
                    head=f"{number}{letter}. {'. '.join((title, *words))}",
                    quality_area=_quality_area(indicator),
                    subgroup=_SUBGROUP[indicator.type],
                )
            )
    return tuple(columns)


def _entries(indicator: Indicator, *, units: bool) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield sex, field and the words that follow the title in the head, for each column of an indicator."""
    if indicator.is_answer:
        yield "T", "answer", ()
        return
    survey = indicator.survey
    asked = survey in (Survey.BRUKARUNDERSOKNING, Survey.ENHETSUNDERSOKNING) and not units
    percent = indicator.scale is Scale.PROCENT
    persons = indicator.counted in (Counted.PERSONER, Counted.HUSHALL)
    yes_no = units and percent and not persons  # a unit answers ja or nej
    counts = percent and (persons or survey is Survey.ENHETSUNDERSOKNING) and not yes_no
    # Where each answer is one of the denominator, the number of answers is the denominator.
    own_denominator = counts and (units or not asked or (survey is Survey.ENHETSUNDERSOKNING and persons))
    asks_units = survey is Survey.ENHETSUNDERSOKNING
    sexes = ("T", "K", "M") if indicator.by_sex and not asks_units else ("T",)
    for sex in sexes:
        of = (_SEXES[sex],) if len(sexes) > 1 else ()
        if yes_no:
            yield sex, "yes_no", of
        else:
            yield sex, "value", (*of, "Procent") if percent else of
        if counts:
            yield sex, "numerator", (*of, "Antal i täljaren")
        if own_denominator:
            yield sex, "denominator", (*of, "Antal i nämnaren")
        if asked and (percent or asks_units):
            yield sex, "n_answers", (*of, "Antal svar")
            yield sex, "n_asked", (*of, "Antal tillfrågade")


def _quality_area(indicator: Indicator) -> str:
    if indicator.dimension is not None:
        return _AREA_OF_QUALITY[indicator.dimension]
    return _PART[indicator.part]

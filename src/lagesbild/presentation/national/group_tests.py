"""Whether kommungrupper and län differ more than chance gives, indicator by indicator."""

from __future__ import annotations

from collections.abc import Mapping

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.groups import kommungrupp
from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.regions import lan
from lagesbild.catalogue.vocabulary import Level
from lagesbild.methods.aggregates import FEWEST_IN_GROUP
from lagesbild.presentation.national.measures import LEVEL, GroupTest, group_tests
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.numbers import cell, is_missing, number, row_decimals, with_unit
from lagesbild.presentation.sections import of_quality
from lagesbild.presentation.tables import Cell, Column, captioned_table
from lagesbild.presentation.wording import count_word, figures_words

#: Rows in the table: those whose kommungrupper differ most.
MOST_ROWS = {False: 5, True: 8}
_DIVISIONS = (("kommungrupp", "kommungrupperna"), ("lan", "länen"))


def differences_part(view: NationalView, area: Area) -> list[str]:
    """Return the Markdown blocks of the tests: what they found, and a table of the indicators that differ most."""
    indicators = [one for one in view.measured(area.id, answers=False) if of_quality(one)]
    indicators += [one for one in view.measured(area.id, answers=True) if of_quality(one)]
    tests = {name: group_tests(view, indicators, name) for name, _ in _DIVISIONS}
    counts = [_counted(indicators, tests[name], words) for name, words in _DIVISIONS]
    if not any(counts):
        return ["För få kommuner har resultat för att skillnader mellan grupper ska kunna prövas."]
    said = " ".join(one for one in counts if one)
    table = _table(view, area, indicators, tests)
    return [said, table] if table else [said]


def _counted(indicators: list[Indicator], tests: Mapping[str, GroupTest], words: str) -> str:
    tested = [one for one in indicators if one.id in tests and not is_missing(tests[one.id].p)]
    known = [tests[one.id] for one in tested]
    if not known:
        return ""
    secured = sum(one.secured for one in known)
    plain = sum(one.p < LEVEL for one in known)
    chance = number(LEVEL * len(known), 1)
    return (
        f"Mellan {words} prövas {figures_words(tested)} om kvalitet: {count_word(plain)} skiljer sig åt på "
        f"femprocentsnivån ({chance} väntas av slump), och {count_word(secured)} gör det också när hänsyn tas till "
        "antalet prövningar."
    )


def _table(
    view: NationalView, area: Area, indicators: list[Indicator], tests: Mapping[str, Mapping[str, GroupTest]]
) -> str:
    first = tests["kommungrupp"]
    known = [one for one in indicators if one.id in first and not is_missing(first[one.id].share)]
    known.sort(key=lambda one: (-first[one.id].share, one.id))
    rows = [_row(view, one, tests) for one in known[: MOST_ROWS[view.roomy]]]
    if not rows:
        return ""
    columns = [
        Column(head="Indikator", width=2.5),
        Column(head="Kommungrupp, lägst och högst", width=4.2),
        Column(head="Andel, säker", width=1.0),
        Column(head="Län, lägst och högst", width=2.6),
        Column(head="Andel, säker", width=1.0),
    ]
    rest = "" if len(known) == len(rows) else f": de {count_word(len(rows))} där kommungrupperna skiljer sig mest"
    caption = f"{area.name}: skillnader mellan grupper av kommuner {view.year}{rest}"
    return captioned_table(columns, rows, caption=caption, label=f"tbl-grupper-{area.id}")


def _row(view: NationalView, one: Indicator, tests: Mapping[str, Mapping[str, GroupTest]]) -> list[Cell]:
    cells: list[Cell] = [one.short_title]
    for name, level in (("kommungrupp", Level.KOMMUNGRUPP), ("lan", Level.LAN)):
        found = tests[name].get(one.id)
        cells.append(_ends(view, one, level))
        if found is None or is_missing(found.share):
            cells.append("–")
        else:
            cells.append(f"{number(100 * found.share)} %, {'ja' if found.secured else 'nej'}")
    return cells


def ends_words(view: NationalView, one: Indicator, level: Level) -> tuple[tuple[str, str], tuple[str, str]] | None:
    """Return name and value of the lowest and the highest group; null where fewer than two are large enough."""
    values, counts = view.unweighted(one, level), view.behind(one, level)
    enough = {code: value for code, value in values.items() if counts[code] >= FEWEST_IN_GROUP}
    if len(enough) < 2:
        return None
    low, high = min(enough, key=lambda k: (enough[k], k)), max(enough, key=lambda k: (enough[k], k))
    decimals = row_decimals(one.scale, [enough[low], enough[high]])
    told = [(_name(code, level), with_unit(enough[code], one, decimals)) for code in (low, high)]
    return told[0], told[1]


def _ends(view: NationalView, one: Indicator, level: Level) -> str:
    values, counts = view.unweighted(one, level), view.behind(one, level)
    enough = {code: value for code, value in values.items() if counts[code] >= FEWEST_IN_GROUP}
    if len(enough) < 2:
        return "–"
    low, high = min(enough, key=lambda k: (enough[k], k)), max(enough, key=lambda k: (enough[k], k))
    decimals = row_decimals(one.scale, [enough[low], enough[high]])
    return " · ".join(
        f"{cell(enough[code], one.scale, decimals=decimals)} {_name(code, level)}" for code in (low, high)
    )


def _name(code: str, level: Level) -> str:
    if level is Level.KOMMUNGRUPP:
        return kommungrupp(code).namn
    return next(one.kort for one in lan() if one.kod == code)

"""What should add up between figures printed in official reports: sums, shares, and text against table.

Nothing is corrected. A published figure that does not agree with the others stays as printed, and stands in
``data/published/discrepancies.csv`` with an explanation; a test holds that list to what is found here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from lagesbild.catalogue.published import published
from lagesbild.catalogue.published_relations import Relation, about, at_most, equal

#: Kommuner in Sweden, the base of the 2023 report's shares.
N_KOMMUNER = 290
_TYPES = ("struktur", "process", "resultat", "bakgrund")
_SHARES = ("mycket_stor", "ganska_stor", "ganska_liten", "ingen_alls", "vet_inte")


def relations() -> tuple[Relation, ...]:
    """Return everything that should add up, in the order of the tables.

    Raises
    ------
    CatalogueError
        If a published table is faulty.
    """
    return (*_costs(), *_types(), *_use(), *_benefit(), *_systems(), *_shares(), *_survey_2022(), *_model())


def discrepancies() -> pd.DataFrame:
    """Return the reviewed list of what does not add up (columns: see ``sources.yml``)."""
    return published("discrepancies")


def _frame(table: str) -> Any:
    """Return a published table; its cells have no type of their own to the type checker."""
    return published(table)


def _said(statement: str) -> float:
    """Return a figure that stands in a report's running text."""
    return float(_frame("pastaenden").set_index("id")["varde"][statement])


def _costs() -> Iterator[Relation]:
    table = "rir-2021-17-tabell-1"
    cost = _frame(table).set_index("ar")["kostnad_mnkr"]
    yield equal("kostnad-2020", table, "the cost of 2020 in the text", _said("kostnad-2020"), float(cost[2020]))


def _types() -> Iterator[Relation]:
    """Table 2: every printed sum over rows, and the last row over the four surveys."""
    table = "rir-2021-17-tabell-2"
    rows = _frame(table)
    sums = rows[rows["rad"] == "summa"].set_index("undersokning")
    parts = rows[rows["rad"] == "omrade"].groupby("undersokning")
    for survey in [name for name in sums.index if name != "samtliga"]:
        inside = parts.get_group(survey)
        for kind in _TYPES:
            what = f"the sum of {kind} over the rows of {survey}"
            yield equal(f"{table}-{survey}-{kind}", table, what, sums.loc[survey, kind], inside[kind].sum())
    for kind in _TYPES:
        what = f"the sum of {kind} over the surveys"
        over = sums.drop("samtliga")[kind].sum()
        yield equal(f"{table}-samtliga-{kind}", table, what, sums.loc["samtliga", kind], over)
    indicators = sums[["struktur", "process", "resultat"]].sum(axis=1)
    what = "more than 300 indicators in the kommun survey"
    yield at_most(
        "kommunenkat-indikatorer", table, what, _said("kommunenkat-indikatorer"), indicators["kommunundersokning"] - 1
    )
    what = "about 50 indicators in the user survey"
    yield about("brukarindikatorer", table, what, _said("brukarindikatorer"), indicators["brukarundersokning"])
    register = indicators["register"] + _said("registerindikatorer-aldreomsorg")
    what = "about 40 register indicators, those of note 69 included"
    yield about("registerindikatorer", table, what, _said("registerindikatorer"), register)


def _use() -> Iterator[Relation]:
    """Table 3: nobody both uses the results and does not; the most usual use leaves room for the non-users."""
    table = "rir-2021-17-tabell-3"
    for row in _frame(table).itertuples():
        most = max(row.kvalitetsutveckling, row.styrning, row.egenkontroll)
        what = f"users and non-users of {row.delomrade} together"
        yield at_most(f"{table}-{row.omrade}", table, what, most + row.inte_alls, 100)


def _benefit() -> Iterator[Relation]:
    """Table 4: every row to 100 percent, and the three shares that the text repeats."""
    table = "rir-2021-17-tabell-4"
    rows = _frame(table).set_index("omrade")
    for area, total in rows[list(_SHARES)].sum(axis=1).items():
        what = f"the shares of {area} make 100 percent"
        yield equal(f"{table}-{area}", table, what, 100, float(total))
    for area in ("aldreomsorg", "ekonomiskt-bistand", "barn-och-unga"):
        great = float(rows.loc[area, "mycket_stor"] + rows.loc[area, "ganska_stor"])
        yield equal(f"nytta-{area}", table, f"great or rather great benefit of {area}", _said(f"nytta-{area}"), great)


def _systems() -> Iterator[Relation]:
    """B2.1: who can make a report on something registers it; nobody answers more than was asked first."""
    table = "oj-2023-tabell-b2-1"
    rows = _frame(table)
    for year in (2018, 2021):
        column = f"ja_{year}"
        able = float(rows.loc[rows["slag"] == "mojlighet", column].iloc[0])
        registers = rows[rows["slag"] == "registrerar"].set_index("uppgift")[column]
        reports = rows[rows["slag"] == "kan_rapportera"].set_index("uppgift")[column]
        for item, count in registers.items():
            what = f"{item}: registering among those able to answer, {year}"
            yield at_most(f"b2-1-{year}-registrerar-{item}", table, what, float(count), able)
            what = f"{item}: reporting among those registering, {year}"
            yield at_most(f"b2-1-{year}-rapporterar-{item}", table, what, float(reports[item]), float(count))
    share = float(rows.loc[rows["slag"] == "kan_ange_andel", "ja_2021"].iloc[0])
    what = "those who gave no share among those able to"
    yield at_most("b2-1-utan-uppgift", table, what, _said("b2-1-utan-uppgift"), share)


def _shares() -> Iterator[Relation]:
    """B2.2: the shares in the text against the counts in the table."""
    table = "oj-2023-tabell-b2-2"
    counts = _frame(table)["kommuner_2022"]
    # Who answered every question is in all six counts, so the smallest of them is the most that can be.
    most = round(100 * float(counts.min()) / N_KOMMUNER, 1)
    stated = _said("b2-2-alla-fragor")
    what = "kommuner that answered every question, percent"
    # One percent in print stands for 0.5 to 1.5 percent.
    yield Relation(
        id="b2-2-alla-fragor",
        table=table,
        what=what,
        stated=stated,
        derived=most,
        low=0,
        high=most + 0.5,
    )
    # At most the sum of the counts gave something, if no kommun gave two.
    most = round(100 * float(counts.sum()) / N_KOMMUNER, 1)
    what = "kommuner that gave figures for one of the questions, percent"
    yield at_most("b2-2-en-fraga", table, what, _said("b2-2-en-fraga"), most)


def _survey_2022() -> Iterator[Relation]:
    """Appendices 2-4: the types against their total, and what was removed in 2022 against the whole."""
    table = "oj-2023-bilaga-4"
    count = _frame(table).set_index("matt")["antal"].astype("float64")
    total = count[["strukturindikatorer", "processindikatorer", "resultatindikatorer"]].sum()
    yield equal("bilaga-4-typer", table, "the three types make all indicators", _said("b2-indikatorer"), total)
    results = count["resultatindikatorer"]
    yield equal("bilaga-4-resultat", table, "result indicators", _said("b2-resultatindikatorer"), results)
    # Ten areas, the smallest and the largest given: the total lies between what the other eight allow.
    low, high = count["minst_i_ett_omrade"], count["mest_i_ett_omrade"]
    yield Relation(
        id="bilaga-4-omraden",
        table=table,
        what="the total lies within ten areas of the given sizes",
        stated=_said("b2-indikatorer"),
        derived=(low + high) * 5,
        low=9 * low + high,
        high=low + 9 * high,
    )
    child = count["mest_i_ett_omrade"]
    what = "indicators of barn- och ungdomsvård from the kommun survey, 2022 against 2021 or 2022"
    yield equal("bilaga-4-barn-och-unga", table, what, child, _said("bu-2022-kommunenkat"))
    what = "indicators built on the kommun survey against its questions"
    yield at_most("fragor-mot-indikatorer", "pastaenden", what, _said("b2-indikatorer"), _said("fragor-fore-2022"))
    what = "removed questions among all"
    yield at_most(
        "fragor-borttagna-2022", "pastaenden", what, _said("fragor-borttagna-2022"), _said("fragor-fore-2022")
    )


def _model() -> Iterator[Relation]:
    """The chapters on the two pilot areas: parts against totals, and text against table 2."""
    by_source = _said("bu-2022-kommunenkat") + _said("bu-2022-register")
    what = "indicators of 2022 by source make all"
    yield equal("bu-2022", "pastaenden", what, _said("bu-2022"), by_source)
    by_source = _said("ao-bas-brukarundersokning") + _said("ao-bas-kommunenkat")
    what = "base indicators of äldreomsorg by source make all"
    yield equal("ao-bas", "pastaenden", what, _said("ao-bas"), by_source)
    what = "central key figures of barn- och ungdomsvård in text and table"
    yield equal("bu-centrala", "pastaenden", what, _said("bu-centrala"), _said("bu-centrala-tabell"))

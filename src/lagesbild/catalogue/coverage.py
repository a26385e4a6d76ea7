"""How much of Kolada's social-service figures the catalogue holds, and why the others stand outside it.

The reasons are reviewed rules in ``data/catalogue/kolada_unmapped.csv``: each names a class, the field of Kolada's
description that it looks in and a pattern. A key figure belongs to the class of the first rule that fits; what no
rule fits is counted as not reviewed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pandas as pd

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.registers import TEXT, matching, read_register
from lagesbild.catalogue.resources import catalogue_folder
from lagesbild.errors import CatalogueError, Fault

#: Kolada's ids for social services: U and N, then 2 (äldre, funktionsnedsättning) or 3 (individ- och familjeomsorg).
SOCIAL_SERVICE_PREFIXES = ("U2", "U3", "N2", "N3")
FIELDS = ("id", "title", "description", "municipality_type")
AREA_COLUMNS = ("area", "indicators", "measured", "with_kpi", "with_data", "first_year", "last_year", "kommuner")


class KpiClass(StrEnum):
    """Where a key figure stands to the catalogue."""

    KATALOGEN = "katalogen"  # an indicator's own figures
    OJ_UTANFOR = "oj_utanfor"  # a question of öppna jämförelser that the catalogue leaves out
    OJ_SENARE = "oj_senare"  # one that was first asked after the reviewed figures
    SVARSALTERNATIV = "svarsalternativ"  # another answer to a question that the catalogue has
    SUMMERING = "summering"  # the sum of groups that the catalogue has one by one
    REGI = "regi"  # the same question for one kind of provider
    SVARSBORTFALL = "svarsbortfall"  # how many answered
    INDEX = "index"  # RKA's composed indices
    KOSTNAD = "kostnad"
    KOP = "kop"  # what is bought of others
    PERSONAL = "personal"  # the kommun as an employer
    BAKGRUND = "bakgrund"  # who and how many
    REGION = "region"  # the region's care, or not published for kommuner
    KVALITETSREGISTER = "kvalitetsregister"
    EGEN_UNDERSOKNING = "egen_undersokning"  # the kommun's own measurement
    ANNAN_UNDERSOKNING = "annan_undersokning"  # a survey outside öppna jämförelser
    TIDIGARE_MATT = "tidigare_matt"  # ended in Kolada
    EJ_GRANSKAD = "ej_granskad"  # no rule fits: nobody has looked


#: Classes that no rule may name: the first follows from the catalogue, the second from the lack of a rule.
_NOT_BY_RULE = (KpiClass.KATALOGEN, KpiClass.EJ_GRANSKAD)


@dataclass(frozen=True, kw_only=True)
class UnmappedRule:
    """Why key figures whose `field` holds `pattern` stand outside the catalogue."""

    kpi_class: KpiClass
    field: str
    pattern: re.Pattern[str]
    reason: str


def unmapped_rules(path: Path | None = None) -> tuple[UnmappedRule, ...]:
    """Read the rules, in the order in which they are tried.

    Raises
    ------
    CatalogueError
        If a cell is wrong, or a pattern is no regular expression; all faults are listed.
    """
    path = path or catalogue_folder() / "kolada_unmapped.csv"
    classes = [one for one in KpiClass if one not in _NOT_BY_RULE]
    columns = {
        "class": matching("|".join(classes), ", ".join(classes)),
        "field": matching("|".join(FIELDS), ", ".join(FIELDS)),
        "pattern": TEXT,
        "reason": TEXT,
    }
    rules: list[UnmappedRule] = []
    faults: list[Fault] = []
    for row, cells in enumerate(read_register(path, columns, key=("field", "pattern")), start=2):
        try:
            pattern = re.compile(cells["pattern"])
        except re.error as error:
            faults.append(Fault(what=f"no regular expression: {error}", file=path.name, row=row, column="pattern"))
            continue
        rules.append(
            UnmappedRule(
                kpi_class=KpiClass(cells["class"]), field=cells["field"], pattern=pattern, reason=cells["reason"]
            )
        )
    if faults:
        raise CatalogueError("register refused", faults)
    return tuple(rules)


def classify(kpis: pd.DataFrame, *, catalogue: Catalogue, rules: Sequence[UnmappedRule]) -> pd.DataFrame:
    """Put each social-service key figure in one class.

    Parameters
    ----------
    kpis
        Kolada's descriptions: `FIELDS`, one row per key figure, no nulls.
    catalogue, rules
        What is mapped, and why the rest is not.

    Returns
    -------
    DataFrame
        ``kpi, title, kpi_class, indicator, reason``, sorted by kpi. `indicator` is empty outside the catalogue.
    """
    mapped = {one.kolada: one for one in catalogue.indicators if one.kolada}
    rows = []
    social = kpis[kpis["id"].str.startswith(SOCIAL_SERVICE_PREFIXES)].sort_values("id")
    for cells in social[list(FIELDS)].to_dict("records"):
        rule = next((one for one in rules if one.pattern.search(cells[one.field])), None)
        found, indicator, reason = KpiClass.EJ_GRANSKAD, "", "Ingen regel passar; ingen har granskat nyckeltalet"
        if cells["id"] in mapped:
            found, indicator, reason = KpiClass.KATALOGEN, mapped[cells["id"]].id, "Indikatorns egna värden"
        elif rule is not None:
            found, reason = rule.kpi_class, rule.reason
        rows.append((cells["id"], cells["title"], found.value, indicator, reason))
    return pd.DataFrame(rows, columns=["kpi", "title", "kpi_class", "indicator", "reason"], dtype="str")


def class_counts(classified: pd.DataFrame, extent: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return ``kpi_class, kpis, with_data`` in the order of `KpiClass`, a last row "summa"; with_data null if unknown.

    Parameters
    ----------
    classified
        As `classify` returns it.
    extent
        ``kpi, first_year, last_year, kommuner``, one row per key figure with values; None where no figures are given.
    """
    frame = classified.assign(has=classified["kpi"].isin([] if extent is None else extent["kpi"]))
    counts = frame.groupby("kpi_class")["has"].agg(["size", "sum"]).reindex([str(one) for one in KpiClass])
    counts = counts.fillna(0).rename(columns={"size": "kpis", "sum": "with_data"}).reset_index()
    total = pd.DataFrame([{"kpi_class": "summa", **counts[["kpis", "with_data"]].sum().to_dict()}])
    counts = pd.concat([counts, total], ignore_index=True).astype({"kpis": "Int64", "with_data": "Int64"})
    if extent is None:
        counts["with_data"] = pd.Series(pd.NA, index=counts.index, dtype="Int64")
    return counts


def area_coverage(catalogue: Catalogue, *, year: int, extent: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return how much of each area is measured in `year`, stands in Kolada, and has figures there.

    Parameters
    ----------
    catalogue, year
        Indicators and the year of the measuring plan.
    extent
        As for `class_counts`.

    Returns
    -------
    DataFrame
        `AREA_COLUMNS`, a row per area in their order and a last row "summa". `first_year` and `last_year` are
        the first and last year with any value, `kommuner` the number of kommuner behind the key figure that has
        most; null where there are no figures or none were given.
    """
    rows = []
    for area in (*AREA_IDS, None):
        found = [one for one in catalogue.indicators if area in (None, one.area)]
        kpis = [one.kolada for one in found if one.kolada]
        here = None if extent is None else extent[extent["kpi"].isin(kpis)]
        some = here is not None and len(here) > 0
        rows.append(
            {
                "area": area or "summa",
                "indicators": len(found),
                "measured": sum(one.measured(year) for one in found),
                "with_kpi": len(kpis),
                "with_data": None if here is None else len(here),
                "first_year": here["first_year"].min() if here is not None and some else None,
                "last_year": here["last_year"].max() if here is not None and some else None,
                "kommuner": here["kommuner"].max() if here is not None and some else None,
            }
        )
    return pd.DataFrame(rows, columns=list(AREA_COLUMNS)).astype(dict.fromkeys(AREA_COLUMNS[1:], "Int64"))

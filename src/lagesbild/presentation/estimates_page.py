"""What the method page on estimates shows: how often intervals hold the truth, and the two figures side by side."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.catalogue.vocabulary import Level, Sex
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.numbers import cell, interval, is_missing, number, row_decimals, with_unit
from lagesbild.presentation.tables import Cell, Column, captioned_table


def coverage_words(found: pd.DataFrame) -> str:
    """Return `lagesbild.methods.coverage.coverage_table` as a table in percent, with what it shows in a sentence."""
    columns = [
        Column(head="Antal svar", align="right"),
        Column(head="Sann andel, procent", align="right"),
        Column(head="Wilson", align="right"),
        Column(head="Skolbokens intervall", align="right"),
        Column(head="60 % svarar, Wilson", align="right"),
        Column(head="60 % svarar, med korrigering", align="right"),
    ]
    rows: list[list[Cell]] = [
        [number(n), number(100 * p), *(number(100 * share, 1) for share in shares)]
        for n, p, *shares in found.itertuples(index=False, name=None)
    ]
    worst = {name: float(found[name].min()) for name in ("wilson", "simple", "finite")}
    said = (
        f"Wilsons intervall rymmer sanningen i minst {number(100 * worst['wilson'], 1)} procent av fallen, och med "
        f"korrigering för hur många som har svarat i minst {number(100 * worst['finite'], 1)} procent. Skolbokens "
        f"intervall (andelen plus och minus två medelfel) går ner till {number(100 * worst['simple'], 1)} procent."
    )
    return (
        captioned_table(
            columns,
            rows,
            caption="Hur ofta intervallet rymmer den sanna andelen, procent (det ska vara 95)",
            label="tbl-tackning",
        )
        + f"\n{said}"
    )


def side_by_side_table(
    figures: pd.DataFrame, indicator: Indicator, *, year: int, groups: Mapping[str, str], level: Level
) -> str:
    """Return an indicator's weighted and unweighted figures of riket and some groups, each with its interval.

    Parameters
    ----------
    figures
        Frames of the step "indikatorer".
    indicator
        The indicator, a number.
    year
        The year.
    groups
        Code to name of the groups of `level`, in the order they are shown.
    """
    rows = figures[(figures["indicator"] == indicator.id) & (figures["year"] == year) & (figures["sex"] == Sex.TOTAL)]
    known = {(str(r["level"]), str(r["region"]), str(r["weighting"])): r for r in rows.to_dict("records")}
    unit = "procent" if indicator.scale is Scale.PROCENT else indicator.unit_text
    columns = [
        Column(head="Område", width=3.2),
        Column(head="Kommuner", align="right"),
        Column(head=f"Vägt, {unit}", align="right", width=1.2),
        Column(head="Osäkerhet", align="right", width=1.4),
        Column(head=f"Ovägt, {unit}", align="right", width=1.2),
        Column(head="Osäkerhet", align="right", width=1.4),
    ]

    def line(at: Level, code: str, name: str) -> list[Cell]:
        plain, weighted = (known.get((str(at), code, way)) for way in ("ovagd", "vagd"))
        many = "0" if plain is None or is_missing(plain["n_kommuner"]) else number(plain["n_kommuner"])
        return [name, many, *_figure(indicator, weighted), *_figure(indicator, plain)]

    lines = [line(Level.RIKE, "0000", "Riket")]
    lines += [line(level, code, f"{code} {name}") for code, name in groups.items()]
    caption = f"{markdown_text(indicator.short_title)} {year}: vägt och ovägt, med 95 procents intervall"
    return captioned_table(columns, lines, caption=caption, label="tbl-exempel")


def _figure(indicator: Indicator, row: Mapping[Hashable, Any] | None) -> list[Cell]:
    """Return a figure and its interval, with one decimal more than where it stands alone."""
    if row is None or is_missing(row["value"]):
        return ["–", "–"]
    value = float(row["value"])
    decimals = max(1, row_decimals(indicator.scale, [value])) if abs(value) < 1000 else 0
    return [cell(value, indicator.scale, decimals=decimals), interval(row["lower"], row["upper"], decimals)]


def narrowest_and_widest(figures: pd.DataFrame, indicator: Indicator, *, year: int, names: Mapping[str, str]) -> str:
    """Return a sentence on the kommuner whose figure is most and least certain; empty where none has an interval."""
    rows = figures[
        (figures["indicator"] == indicator.id)
        & (figures["year"] == year)
        & (figures["sex"] == Sex.TOTAL)
        & (figures["level"] == Level.KOMMUN)
    ].dropna(subset=["lower", "upper"])
    if len(rows) < 2:
        return "Kommunernas egna resultat saknar nämnare i källan, och därför intervall."
    known = sorted(rows.to_dict("records"), key=lambda row: float(row["upper"]) - float(row["lower"]))
    told = []
    for row in (known[0], known[-1]):
        ends = interval(float(row["lower"]), float(row["upper"]), 1)
        told.append(
            f"{markdown_text(names[str(row['region'])])} har {with_unit(float(row['value']), indicator)} "
            f"({ends}; nämnaren är {number(float(row['denominator']))})"
        )
    return f"Så olika säkra är kommunernas resultat: {told[0]}, medan {told[1]}."

"""Similar kommuner in words and tables: who they are, why, and how well our own neighbours agree with Kolada's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from lagesbild.catalogue.areas import AREAS, Area
from lagesbild.catalogue.background import (
    BackgroundVariable,
    Weight,
    area_topics,
    background_variables,
    index_weights,
    topic_weights,
)
from lagesbild.catalogue.regions import kommun as kommun_called
from lagesbild.catalogue.regions import region_name
from lagesbild.methods.neighbours import OWN
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.numbers import HARD_SPACE, is_missing, number
from lagesbild.presentation.tables import Cell, Column, Markup, captioned_table, table
from lagesbild.presentation.wording import capitalised, joined

_DASH = "–"


def similar_section(rows: Sequence[Mapping[Any, Any]], kod: str, areas: Sequence[Area] = AREAS) -> str:
    """Return who a kommun's similar kommuner are, area by area, and what they were chosen by.

    Parameters
    ----------
    rows
        The kommun's similar kommuner (`lagesbild.publishing.similar_kommuner.similar_frame`).
    kod
        The kommun.
    areas
        The areas that the report is about.

    Returns
    -------
    str
        Markdown: an introduction and a table; one sentence where there are no similar kommuner.
    """
    own = kommun_called(kod)
    wanted = {area_topics()[area.id] for area in areas}
    by_topic: dict[str, list[Mapping[Any, Any]]] = {}
    for row in rows:
        if row["topic"] in wanted:
            by_topic.setdefault(str(row["topic"]), []).append(row)
    if not by_topic:
        return "Källan har inga uppgifter som liknande kommuner kan väljas efter.\n"
    variables = _by_id()
    told: list[list[Cell]] = []
    for topic in topic_weights():
        if part := by_topic.get(topic):
            names = ", ".join(region_name(code) for code in dict.fromkeys(row["member"] for row in part))
            by = joined([variables[str(name)].name.lower() for name in dict.fromkeys(row["variable"] for row in part)])
            told.append([capitalised(_areas(topic, areas)), names, f"{abbreviated(by)} ({_by_whom(part[0])})"])
    columns = [
        Column(head="Områden", width=2.0),
        Column(head="Liknande kommuner", width=3.6),
        Column(head="Valda efter", width=3.0),
    ]
    name = markdown_text(own.namn)
    intro = (
        f"Liknande kommuner har förutsättningar som liknar {markdown_text(own.genitiv)}, område för område. {name} "
        "ingår aldrig i sin egen grupp, och den som liknas behöver inte ha kommunen bland sina sju."
    )
    return f"{intro}\n\n" + captioned_table(
        columns, told, caption="Liknande kommuner i varje område", label="tbl-liknande"
    )


def _areas(topic: str, areas: Sequence[Area] = AREAS) -> str:
    topics = area_topics()
    return joined([area.name.lower().replace("lss", "LSS") for area in areas if topics[area.id] == topic]) or topic


def _by_whom(row: Mapping[Any, Any]) -> str:
    return "egen beräkning" if row["source"] == OWN else f"Kolada {int(row['drawn'])}"


def why_table(frame: pd.DataFrame, kod: str) -> str:
    """Return a table that shows why each similar kommun is one: its values beside the kommun's own.

    Parameters
    ----------
    frame
        Rows of one kommun and topic (`lagesbild.publishing.similar_kommuner.similar_frame`), at least one.
    kod
        The kommun.
    """
    variables = [_by_id()[str(name)] for name in frame["variable"].drop_duplicates()]
    columns = [Column(head="Kommun", width=1.6)]
    for about in variables:
        columns.append(Column(head=f"{about.name}, {about.unit}", align="right", width=1.6))
        columns.append(Column(head="Andel av skillnaden", align="right", width=0.9))
    found = {(str(row["member"]), str(row["variable"])): row for row in frame.to_dict("records")}
    members = [str(member) for member in frame["member"].drop_duplicates()]
    own: list[Cell] = []
    for about in variables:
        own += [value_text(found[members[0], about.id]["own"], about), ""]
    rows: list[list[Cell]] = [[Markup(f"**{markdown_text(region_name(kod))}**"), *own]]
    for member in members:
        cells: list[Cell] = [region_name(member)]
        for about in variables:
            row = found[member, about.id]
            share = _DASH if is_missing(row["share"]) else f"{number(100 * row['share'])}{HARD_SPACE}%"
            cells += [value_text(row["other"], about), share]
        rows.append(cells)
    return table(columns, rows)


def agreement_table(frame: pd.DataFrame) -> str:
    """Return a table of how many of seven similar kommuner our own neighbours have in common with Kolada's.

    Parameters
    ----------
    frame
        As `lagesbild.publishing.similar_kommuner.agreement_frame` returns it.
    """
    variables = _by_id()
    columns = [
        Column(head="Ämne", width=1.5),
        Column(head="Koladas grupper", width=1.0),
        Column(head="Kommuner", align="right", width=0.8),
        Column(head="Gemensamma av sju, medelvärde", align="right", width=1.2),
        Column(head="Av en slump", align="right", width=0.8),
        Column(head="Ingen gemensam", align="right", width=1.0),
        Column(head="Variabler som vi använder", width=3.6),
    ]
    rows = []
    for row in frame.to_dict("records"):
        names = [variables[name].name.lower() for name in row["variables"]]
        rows.append(
            [
                capitalised(str(row["topic"])),
                _DASH if is_missing(row["drawn"]) else str(int(row["drawn"])),
                number(row["n"]),
                _DASH if is_missing(row["common"]) else number(row["common"], 1),
                number(row["chance"], 1),
                _DASH if is_missing(row["none"]) else f"{number(100 * row['none'])}{HARD_SPACE}%",
                abbreviated(joined(names)),
            ]
        )
    return table(columns, rows)


def variables_table() -> str:
    """Return a table of the background variables: name, unit, key figures, and what they are used for."""
    columns = [
        Column(head="Variabel", width=2.4),
        Column(head="Enhet", width=1.6),
        Column(head="Nyckeltal i Kolada", width=2.2),
        Column(head="Används för", width=2.4),
    ]
    used = {
        one.id: [topic for topic, weights in topic_weights().items() if one.id in _ids(weights)]
        for one in background_variables()
    }
    index = _ids(index_weights())
    rows = []
    for one in background_variables():
        uses = [*used[one.id], *(["socioekonomisk grupp"] if one.id in index else [])]
        rows.append([one.name, one.unit, one.formula.replace("*", "·"), ", ".join(uses) or _DASH])
    return table(columns, rows)


def areas_table() -> str:
    """Return a table of the topic that each area's similar kommuner are taken from."""
    topics = area_topics()
    columns = [Column(head="Område"), Column(head="Ämne")]
    return table(columns, [[area.name, topics[area.id]] for area in AREAS])


def value_text(value: float, variable: BackgroundVariable) -> str:
    """Return a variable's value in print, without its unit."""
    return _DASH if is_missing(value) else number(float(value), variable.decimals)


def _ids(weights: tuple[Weight, ...]) -> set[str]:
    return {one.variable for one in weights}


def abbreviated(text: str) -> str:
    """Return text in small letters with its abbreviations in large ones."""
    return text.replace("lss", "LSS")


def _by_id() -> dict[str, BackgroundVariable]:
    return {one.id: one for one in background_variables()}


def why_lines(frame: pd.DataFrame, kod: str, *, synthetic: bool) -> list[str]:
    """Return a kommun's similar kommuner in one topic as lines of plain text, each with what it differs in.

    Parameters
    ----------
    frame, kod
        As in `why_table`; may have no rows.
    synthetic
        Whether the figures are invented.
    """
    own = kommun_called(kod)
    if frame.empty:
        return [f"{own.namn}: inga liknande kommuner, för uppgifter saknas"]
    variables = _by_id()
    lines = ["Syntetiska data"] if synthetic else []
    lines.append(f"{own.namn}, {frame['topic'].iloc[0]}, {_by_whom(frame.iloc[0].to_dict())}")
    for name, part in frame.groupby("variable", sort=False):
        about = variables[str(name)]
        lines.append(f"  {about.name}: {value_text(part['own'].iloc[0], about)} {about.unit}")
    for member, part in frame.groupby("member", sort=False):
        lines.append(f"{member} {region_name(str(member))}")
        for row in part.to_dict("records"):
            about = variables[str(row["variable"])]
            told = f"  {about.name}: {value_text(row['other'], about)}"
            if not is_missing(row["share"]):
                told += f"; {number(100 * row['share'])} % av skillnaden"
            if not is_missing(row["nearer"]):
                told += f"; {number(100 * row['nearer'])} % av kommunerna ligger närmare"
            lines.append(told)
    return lines


def agreement_lines(frame: pd.DataFrame, *, synthetic: bool) -> list[str]:
    """Return how well our own neighbours agree with Kolada's groups as lines of plain text, a topic a line."""
    lines = ["Syntetiska data"] if synthetic else []
    for row in frame.to_dict("records"):
        if is_missing(row["common"]):
            lines.append(f"{row['topic']}: kan inte jämföras, för grupper eller bakgrundsvariabler saknas")
            continue
        lines.append(
            f"{row['topic']}: {number(row['common'], 2)} av sju gemensamma med Kolada {int(row['drawn'])} "
            f"({number(row['chance'], 2)} av en slump), {number(row['n'])} kommuner, "
            f"{number(100 * row['none'])} % har ingen gemensam"
        )
    return lines


def group_lines(frame: pd.DataFrame, kod: str, group: str, *, synthetic: bool) -> list[str]:
    """Return a kommun's results beside the mean of the others in a group as lines of plain text, an indicator a line.

    Parameters
    ----------
    frame
        As `lagesbild.publishing.own_groups.against_own_group` returns it.
    kod, group
        The kommun and the group's name.
    synthetic
        Whether the figures are invented.
    """
    lines = ["Syntetiska data"] if synthetic else []
    lines.append(f"{kommun_called(kod).namn} och de andra i {group}")
    for row in frame.to_dict("records"):
        own, mean = (_DASH if is_missing(row[name]) else number(row[name], 1) for name in ("own", "mean"))
        lines.append(f"  {row['indicator']}: {own}; de andra {mean} ({number(row['n'])} kommuner)")
    return lines

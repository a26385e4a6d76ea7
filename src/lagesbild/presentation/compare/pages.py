"""What the interactive pages tell readers without scripts: the areas' files, and each kommun's similar ones."""

from __future__ import annotations

from itertools import groupby

import pandas as pd

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.regions import kommuner, kommuner_by_code, lan
from lagesbild.presentation.escape import html_text, markdown_text
from lagesbild.presentation.kommun.report import by_name
from lagesbild.presentation.tables import Cell, Column, Markup, captioned_table


def area_files(*, year: int, up: str = "../", release: str = "../../") -> str:
    """Return a table of links for each area: its page, its national workbook and the year's data file.

    Parameters
    ----------
    year
        The year of the release.
    up, release
        Paths from the page to the top of the website and of the release.
    """
    columns = [Column(head="Område", width=3), Column(head="Alla kommuner och år (Excel)", width=2)]
    columns.append(Column(head=f"Resultat {year} (CSV)", width=2))
    rows: list[list[Cell]] = [
        [
            Markup(f"[{markdown_text(area.name)}]({up}omraden/{area.id}/index.html)"),
            Markup(f"[Arbetsbok]({release}omraden/{area.id}/{area.id}.xlsx)"),
            Markup(f"[Datafil]({release}data/indikatorer/{area.id}-{year}.csv)"),
        ]
        for area in AREAS
    ]
    return captioned_table(columns, rows, caption="Alla kommuners resultat, område för område", label="tbl-filer")


def similar_lists(members: pd.DataFrame, *, up: str = "../kommuner/") -> str:
    """Return each kommun's similar kommuner, län by län.

    Parameters
    ----------
    members
        ``region, member``, the nearest first.
    up
        Path from the page to the kommuner's pages.
    """
    known = {str(code): part["member"].tolist() for code, part in members.groupby("region", sort=False)}
    names = {one.kod: one.namn for one in lan()}
    parts = []
    for code, group in groupby(sorted(kommuner(), key=lambda one: one.lan), key=lambda one: one.lan):
        items = []
        for kommun in sorted(group, key=by_name):
            similar = [markdown_text(kommuner_by_code()[member].namn) for member in known.get(kommun.kod, [])]
            told = ", ".join(similar) or "uppgifter saknas"
            items.append(f"- [{markdown_text(kommun.namn)}]({up}{kommun.slug}/index.html): {told}\n")
        opened = f'```{{=html}}\n<details class="lan"><summary>{html_text(names[code])}</summary>\n```\n'
        parts.append(f"{opened}\n{''.join(items)}\n```{{=html}}\n</details>\n```")
    return "\n\n".join(parts)

"""What the page on revisions shows: what the release says otherwise than the last, and what the source changed."""

from __future__ import annotations

import re

import pandas as pd

from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.revision_counts import FILE as SOURCE_COUNTS
from lagesbild.presentation.numbers import number
from lagesbild.presentation.tables import Cell, Column, captioned_table
from lagesbild.publishing.datasets.files import SYNTHETIC
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.release_diff_files import COUNTS, DEFINITIONS, FIGURES, FIGURES_PARQUET, FIRST, PRODUCTS, TEXT
from lagesbild.publishing.release_metadata import layout_of

#: From the page to the release's folder of revisions.
FOLDER = "../../revideringar/"
#: Rows of the table of the source's revisions.
MOST_ROWS = 60

_FILES = (
    (FIGURES, "alla resultat som skiljer sig, ett per rad"),
    (FIGURES_PARQUET, "samma uppgifter som Parquet"),
    (COUNTS, "antal ändringar per indikator och år"),
    (DEFINITIONS, "ändrade beskrivningar av indikatorer"),
    (PRODUCTS, "nya, ändrade och tillbakadragna filer"),
)


def changes_section(*, year: int | str, source: str) -> str:
    """Return the account of what the release says otherwise than the one before it.

    A release whose account has not been written has none before it.
    """
    layout = layout_of(source, year)
    path = layout.release / "revideringar" / TEXT
    if not path.is_file():
        return f"{FIRST}\n"
    # The page says that data are invented where they are, and has the account under a heading of its own.
    told = path.read_text(encoding="utf-8").removeprefix(f"{SYNTHETIC}\n\n")
    text = re.sub(r"^(#+ )", r"#\1", told, flags=re.MULTILINE)
    links = "".join(f"- [{name}]({FOLDER}{name}): {words}\n" for name, words in _FILES)
    return f"{text.strip()}\n\n### Filer att ladda ner\n\n{links}"


def source_section(*, year: int | str, source: str) -> str:
    """Return how many values the source itself has changed, release by release: counts alone, no value."""
    counts = _counts(layout_of(source, year))
    if counts is None:
        return "Källan har inget arkiv av tidigare värden att jämföra med.\n"
    if counts.empty:
        return "Källan har inte ändrat några tidigare värden sedan de hämtades första gången.\n"
    titles = {one.kolada: one.title for one in load_catalogue().indicators if one.kolada}
    known = counts[counts["kpi"].isin(list(titles))]
    shown = known.sort_values(["release", "kpi"], ascending=[False, True]).head(MOST_ROWS)
    total = counts[["new", "changed", "withdrawn"]].sum()
    lead = (
        f"Källan har lagt till {number(int(total['new']))}, ändrat {number(int(total['changed']))} och dragit tillbaka "
        f"{number(int(total['withdrawn']))} värden i sina nyckeltal sedan de hämtades första gången.\n\n"
    )
    if shown.empty:
        return f"{lead}Inget av dem gäller en indikator på den här webbplatsen.\n"
    rows: list[list[Cell]] = [
        [
            titles[row["kpi"]],
            str(row["release"]),
            *(number(int(row[kind])) for kind in ("new", "changed", "withdrawn")),
        ]
        for row in shown.to_dict("records")
    ]
    columns = [
        Column(head="Indikator", width=4),
        Column(head="Källans utgåva", width=1.6),
        *(Column(head=head, align="right", width=1.2) for head in ("Nya", "Ändrade", "Tillbaka\u00addragna")),
    ]
    rest = "" if len(known) <= MOST_ROWS else f"Tabellen visar {number(MOST_ROWS)} av {number(len(known))} rader.\n\n"
    table = captioned_table(columns, rows, caption="Värden som källan har reviderat", label="tbl-kallans-revideringar")
    return lead + rest + table


def _counts(layout: Layout) -> pd.DataFrame | None:
    path = layout.work / SOURCE_COUNTS
    return pd.read_parquet(path) if path.is_file() else None

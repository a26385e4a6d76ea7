"""The files that tell what changed since the release before: for machines as CSV, for readers as Markdown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from lagesbild.catalogue.load import load_catalogue
from lagesbild.files import write_atomic
from lagesbild.frame_bytes import csv_bytes, parquet_bytes
from lagesbild.methods.figure_changes import COUNT_COLUMNS, LOG_COLUMNS
from lagesbild.methods.release_comparison import DEFINITION_COLUMNS, PRODUCT_COLUMNS, ReleaseDiff
from lagesbild.presentation.release_changes import release_changes
from lagesbild.publishing.layout import Layout
from lagesbild.sums import write_sums

#: Names of the files in their folder, and what each holds.
FIGURES, COUNTS, DEFINITIONS, PRODUCTS = "andringar.csv", "antal.csv", "definitioner.csv", "filer.csv"
FIGURES_PARQUET = "andringar.parquet"
TEXT, STATE = "sammanfattning.md", "utgavor.json"
FILES: Mapping[str, tuple[str, ...]] = {
    FIGURES: LOG_COLUMNS,
    COUNTS: COUNT_COLUMNS,
    DEFINITIONS: DEFINITION_COLUMNS,
    PRODUCTS: PRODUCT_COLUMNS,
}

#: What is said of a release that has none before it.
FIRST = "Det här är den första utgåvan. Det finns ingen tidigare utgåva att jämföra med."


def write_revisions(layout: Layout, diff: ReleaseDiff | None) -> list[Path]:
    """Write into a release what changed since the one before; see `write_diff`."""
    files = write_diff(diff, layout.release / "revideringar", synthetic=layout.synthetic)
    write_sums(layout.product_sums("revideringar"), files, layout.root)
    return files


def write_diff(diff: ReleaseDiff | None, folder: Path, *, synthetic: bool = False) -> list[Path]:
    """Write what changed since the release before, or that there is none.

    Parameters
    ----------
    diff
        The comparison; null for a first release, whose files have their columns and no rows.
    folder
        Where to; made if absent.
    synthetic
        Whether the figures are invented, which the text then says.

    Returns
    -------
    list of Path
        The files: CSV, Parquet, a summary in Markdown, and which releases were compared.
    """
    frames = {name: pd.DataFrame(columns=list(columns)) for name, columns in FILES.items()}
    text = ("Syntetiska data: alla uppgifter är påhittade.\n\n" if synthetic else "") + FIRST + "\n"
    state: dict[str, object] = {"previous": None}
    if diff is not None:
        found = (diff.log, diff.counts, diff.definitions, diff.products)
        frames = dict(zip(FILES, found, strict=True))
        text = release_changes(diff, load_catalogue(), synthetic=synthetic)
        state = {"previous": diff.old, "previous_version": diff.old_version, "version": diff.new_version}
    if synthetic:
        state["note"] = "Syntetiska data: alla uppgifter är påhittade."
        frames = {name: frame.assign(source="Syntetiska data") for name, frame in frames.items()}
    contents: dict[str, bytes | str] = {name: csv_bytes(frame) for name, frame in frames.items()}
    contents[FIGURES_PARQUET] = parquet_bytes(frames[FIGURES])
    contents[TEXT] = text
    contents[STATE] = json.dumps(state, ensure_ascii=False, indent=1) + "\n"
    for name, content in contents.items():
        write_atomic(folder / name, content)
    return [folder / name for name in contents]

"""What the method pages on trends and targets show of the release."""

from __future__ import annotations

import pandas as pd

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.vocabulary import Level
from lagesbild.errors import NotBuiltError
from lagesbild.presentation.trends_page import labels_table, verdicts_table
from lagesbild.publishing.layout import SOURCE_NAMES, Layout
from lagesbild.publishing.release_metadata import layout_of


def trends_of_release(*, year: int | str, source: str) -> str:
    """Return the Markdown of how the release's series of kommuner are labelled, by area.

    Raises
    ------
    ParameterError
        For an unknown year or source.
    NotBuiltError
        If an area has not been analysed.
    """
    layout = layout_of(source, year)
    answers = {indicator.id for indicator in load_catalogue().indicators if indicator.is_answer}
    counts = {}
    for area in AREAS:
        rows = _frame(layout, area.id, "trender", ["indicator", "level", "label"])
        rows = rows[(rows["level"] == Level.KOMMUN) & ~rows["indicator"].isin(answers) & (rows["label"] != "for_fa")]
        counts[area.name] = rows["label"].value_counts()
    table = pd.DataFrame(counts).T.fillna(0).astype(int)
    return f"{labels_table(table)}\n\nKälla: {SOURCE_NAMES[layout.source]}.\n"


def targets_of_release(*, year: int | str, source: str) -> str:
    """Return the Markdown of how the targets that kommuner have set are judged.

    Raises
    ------
    ParameterError, NotBuiltError
        See `trends_of_release`.
    """
    layout = layout_of(source, year)
    frames = [_frame(layout, area.id, "mal", ["verdict"]) for area in AREAS]
    verdicts = pd.concat([frame["verdict"].astype("str") for frame in frames], ignore_index=True)
    if verdicts.empty:
        return "Inga mål har angetts.\n"
    return f"{verdicts_table(verdicts)}\n\nKälla: {SOURCE_NAMES[layout.source]}.\n"


def _frame(layout: Layout, area: str, step: str, columns: list[str]) -> pd.DataFrame:
    path = layout.analysis(area, layout.year) / f"{step}.parquet"
    if not path.is_file():
        command = f"lagesbild analyse --source {layout.source} --year {layout.year} --area {area}"
        raise NotBuiltError(f"the analysis of {area} {layout.year}", command)
    return pd.read_parquet(path, columns=columns)

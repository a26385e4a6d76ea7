"""A kommun's whole gross list as a file, and with weights of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pandas as pd

from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.priority_weights import load_weights
from lagesbild.catalogue.regions import Kommun
from lagesbild.catalogue.vocabulary import Sex, Status
from lagesbild.methods.priorities import COLUMNS_READ, OLDEST, Priority, priorities
from lagesbild.presentation.kommun.priorities import COLUMNS, priority_rows
from lagesbild.publishing.layout import SOURCE_NAMES, Layout
from lagesbild.publishing.underlag import read_underlag

FILE = "att-analysera.csv"


def gross_list(underlag: pd.DataFrame, *, year: int, weights: Path | None = None) -> list[Priority]:
    """Return a kommun's gross list from its underlag.

    Parameters
    ----------
    underlag
        As `lagesbild.publishing.underlag.read_underlag` returns it.
    year
        The report year.
    weights
        A file of weights; the project's own where left out.

    Raises
    ------
    InputError
        If the weights break their schema.
    """
    # As `priorities` itself would choose, but before rows become plain values, which costs most of the time.
    fresh = underlag["year"].between(year - OLDEST, year) & (underlag["status"] == Status.OK)
    rows = underlag.loc[fresh & (underlag["sex"] == Sex.TOTAL), [name for name in COLUMNS_READ if name in underlag]]
    rows = rows.sort_values("year").drop_duplicates("indicator", keep="last")
    plain = cast("list[dict[str, Any]]", rows.to_dict("records"))
    by_indicator = {str(row["indicator"]): [row] for row in plain}
    indicators = load_catalogue().indicators
    return priorities(by_indicator, indicators=indicators, weights=load_weights(weights), year=year)


def gross_list_frame(layout: Layout, kommun: Kommun, underlag: pd.DataFrame) -> pd.DataFrame:
    """Return a kommun's gross list with its source and name, as the file has it."""
    rows = priority_rows(gross_list(underlag, year=layout.year))
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    frame.insert(0, "kommun", kommun.namn)
    frame.insert(0, "kalla", SOURCE_NAMES[layout.source])
    return frame


def gross_list_of(layout: Layout, kommun: Kommun, *, weights: Path | None = None) -> list[Priority]:
    """Return a kommun's gross list.

    Raises
    ------
    NotBuiltError
        If its underlag has not been made.
    InputError
        If the weights break their schema.
    """
    return gross_list(read_underlag(layout, kommun.kod), year=layout.year, weights=weights)

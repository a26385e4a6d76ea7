"""What one kommun's report reads: its underlag, its similar kommuner and its additions.

Apart from what writes them, so that a report imports only what it needs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

import pandas as pd
import pyarrow.parquet as pq

from lagesbild.presentation.kommun.additions import Additions, from_json
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.own_data import underlag_file
from lagesbild.publishing.underlag_rows import Rows, read_rows

#: Columns of the similar kommuner of a release, in order, and their types.
SIMILAR_TYPES = {
    "region": "str",
    "topic": "str",
    "source": "str",
    "drawn": "float64",
    "member": "str",
    "variable": "str",
    "own": "float64",
    "other": "float64",
    "steps": "float64",
    "share": "float64",
    "nearer": "float64",
}


def underlag_rows(layout: Layout, kod: str) -> Mapping[str, Rows]:
    """Return one kommun's underlag as its report reads it: by sex and indicator, row by row, oldest first.

    Raises
    ------
    NotBuiltError
        If it has not been made.
    """
    return read_rows(underlag_file(layout, kod))


def read_similar(layout: Layout, kod: str) -> pd.DataFrame:
    """Return one kommun's similar kommuner as `write_similar` left them; no rows where it has not."""
    path = layout.similar(kod)
    if not path.is_file():
        return pd.DataFrame(columns=list(SIMILAR_TYPES)).astype(SIMILAR_TYPES)
    # One thread: a forked child has lost the threads of its parent.
    frame: pd.DataFrame = pq.ParquetFile(path).read(use_threads=False).to_pandas()
    return frame.astype(SIMILAR_TYPES)


def read_additions(layout: Layout, kod: str) -> Additions:
    """Return one kommun's additions as `write_additions` left them; none where it has not."""
    path = layout.additions(kod)
    return from_json(json.loads(path.read_text("utf-8"))) if path.is_file() else Additions()

"""What an analyst brings along: who uses öppna jämförelser, targets, groups of kommuner of one's own, and comments.

The import validates the analyst's files (`lagesbild.sources.analyst_files`) and leaves them as frames in a source's
work folder. They are read here; where the analyst brought none, a frame has no rows.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

USERS_FILE = "anvandare.parquet"
TARGETS_FILE = "mal.parquet"
OWN_GROUPS_FILE = "egna_grupper.parquet"
COMMENTS_FILE = "kommentarer.parquet"

#: Columns and types of the frames, by the file they are left in.
TYPES = {
    USERS_FILE: {"area": "str", "region": "str", "user": "bool", "year": "int64"},
    TARGETS_FILE: {
        "indicator": "str",
        "region": "str",
        "target": "float64",
        "year": "int64",
        "decided_by": "str",
        "decided": "str",
    },
    OWN_GROUPS_FILE: {"group": "str", "region": "str"},
    COMMENTS_FILE: {"region": "str", "area": "str", "author": "str", "text": "str"},
}


def empty(file: str) -> pd.DataFrame:
    """Return a frame of `TYPES` without rows."""
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in TYPES[file].items()})


def read_users(work: Path) -> pd.DataFrame:
    """Return which kommuner say that they use öppna jämförelser.

    Parameters
    ----------
    work
        The source's work folder (``_work/kolada``).

    Returns
    -------
    DataFrame
        ``area, region, user, year``: one row per area, kommun and year that the analyst's file tells of, sorted;
        `user` is true where the kommun uses them. `year` is the year that the statement is of. What isn't told is not
        known: neither a user nor a non-user.
    """
    return _read(work, USERS_FILE)


def read_targets(work: Path) -> pd.DataFrame:
    """Return the targets that kommuner have set.

    Returns
    -------
    DataFrame
        ``indicator, region, target, year, decided_by, decided``, sorted, an indicator, kommun and year once; `target`
        is in the unit of the indicator's scale, for answers 100 (ja) or 0 (nej), as `lagesbild.methods.cells.score`
        reads them; `year` is the year by which it is to be met; `decided_by` and `decided` (a date or year) are
        empty where the file doesn't tell.
    """
    return _read(work, TARGETS_FILE)


def read_own_groups(work: Path) -> pd.DataFrame:
    """Return the analyst's own groups of kommuner: ``group, region``, sorted, each pair once."""
    return _read(work, OWN_GROUPS_FILE)


def read_comments(work: Path) -> pd.DataFrame:
    """Return the comments on kommuner's results.

    Returns
    -------
    DataFrame
        ``region, area, author, text``, sorted, a kommun and area once; `area` is empty for a comment on the whole
        report, `author` "kommunen" or "analytikern", `text` validated Markdown
        (`lagesbild.catalogue.comment_text.blocks_of`).
    """
    return _read(work, COMMENTS_FILE)


def _read(work: Path, file: str) -> pd.DataFrame:
    path = work / file
    if not path.is_file():
        return empty(file)
    frame = pd.read_parquet(path)
    # An import of before a column was known left none of it.
    absent = {name: "" for name, kind in TYPES[file].items() if kind == "str" and name not in frame}
    return frame.assign(**absent)[list(TYPES[file])].astype(TYPES[file])

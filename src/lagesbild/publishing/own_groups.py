"""A kommun's results against a group of the analyst's own choice."""

from __future__ import annotations

import pandas as pd

from lagesbild.catalogue.analyst import read_own_groups
from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.regions import kommun as kommun_called
from lagesbild.errors import NotBuiltError, ParameterError
from lagesbild.methods.cells import score
from lagesbild.methods.comparison_groups import own_choice
from lagesbild.methods.means_of_others import mean_of_members
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.underlag import read_frames


def against_own_group(layout: Layout, kommun: str | int, area: str, group: str) -> pd.DataFrame:
    """Return a kommun's results of the report year beside the mean of the others in one of the analyst's groups.

    Parameters
    ----------
    kommun
        Code or name; need not be in the group.
    area
        Area whose indicators are compared.
    group
        Name of the group, as `egna_grupper.csv` has it.

    Returns
    -------
    DataFrame
        A row per indicator for which the kommun or the group has a result: ``indicator, own, mean, n`` (unit of the
        scale; for answers 100 or 0, and percent that answered ja; `n` others have a result), in the order of ids.

    Raises
    ------
    ParameterError
        For an unknown kommun, area or group; suggests the nearest.
    NotBuiltError
        If the import found no groups, or the area has not been analysed.
    """
    own, about = kommun_called(kommun), area_called(area)
    groups = read_own_groups(layout.work)
    if groups.empty:
        raise NotBuiltError("the analyst's own groups", "lagesbild import with a file egna_grupper.csv")
    names = sorted(groups["group"].unique())
    if group not in names:
        raise ParameterError("group", group, names)
    rows = read_frames(layout, "jamforelser", [about.id])
    rows = rows[(rows["year"] == layout.year) & (rows["sex"] == "T")].reset_index(drop=True)
    members = own_choice(groups.loc[groups["group"] == group, "region"].tolist(), [own.kod])
    scores = score(rows)
    found = mean_of_members(scores, rows["indicator"], rows["region"], members).assign(own=scores)
    found = found.assign(indicator=rows["indicator"])[rows["region"] == own.kod]
    found = found[found["own"].notna() | (found["n"] > 0)].sort_values("indicator", ignore_index=True)
    return found[["indicator", "own", "mean", "n"]]

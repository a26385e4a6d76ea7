"""What each kommun's report has besides the kommun's own results: units, others' good examples, and comments.

One small file per kommun, made for all of them at once, so that a report reads no more than its own.
"""

from __future__ import annotations

import json
import math
from typing import Any

import pandas as pd

from lagesbild.catalogue.analyst import read_comments
from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import kommuner
from lagesbild.catalogue.vocabulary import Sex
from lagesbild.disclosure.released import read_released, released_years
from lagesbild.files import write_atomic
from lagesbild.methods.good_examples import good_examples
from lagesbild.methods.unit_spread import unit_spread
from lagesbild.publishing.comparison_groups import ReleaseGroups
from lagesbild.publishing.layout import Layout


def write_additions(layout: Layout, comparisons: pd.DataFrame, groups: ReleaseGroups) -> None:
    """Write every kommun's additions; a file whose content is the same is left untouched.

    Parameters
    ----------
    layout
        Where things are.
    comparisons
        The compared results of all kommuner: the columns that `good_examples` reads, with ``year`` and ``sex``.
    groups
        The release's groups of similar kommuner.
    """
    found: dict[str, dict[str, Any]] = {
        kommun.kod: {"units": {}, "examples": [], "comments": []} for kommun in kommuner()
    }
    for row in unit_spread(_released(layout)).to_dict("records"):
        found[row["region"]]["units"][row["indicator"]] = {
            "n": int(row["n"]),
            "hidden": int(row["hidden"]),
            "lowest": row["lowest"],
            "highest": row["highest"],
            "chance": None if math.isnan(row["chance"]) else round(row["chance"], 6),
        }
    now = comparisons[(comparisons["year"] == layout.year) & (comparisons["sex"] == Sex.TOTAL)]
    members = {area.id: groups.of(area.id).similar for area in AREAS}
    examples = good_examples(now, members, indicators=load_catalogue().indicators)
    for row in examples.to_dict("records"):
        value = None if math.isnan(row["value"]) else row["value"]
        found[row["region"]]["examples"].append(
            {"member": row["member"], "indicator": row["indicator"], "value": value}
        )
    for row in read_comments(layout.work).to_dict("records"):
        found[row["region"]]["comments"].append({name: row[name] for name in ("area", "author", "text")})
    for kod, one in found.items():
        write_atomic(layout.additions(kod), json.dumps(one, ensure_ascii=False, sort_keys=True) + "\n")


def _released(layout: Layout) -> pd.DataFrame:
    """Return the year's released observations of all areas."""
    there = [area.id for area in AREAS if layout.year in released_years(layout.released, area.id)]
    rows = read_released(layout.released, years=[layout.year])
    return rows if there else rows.iloc[:0]

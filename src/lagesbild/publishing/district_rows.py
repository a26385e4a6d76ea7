"""From released rows of city districts to one small file per kommun that has any."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import kommuner
from lagesbild.catalogue.vocabulary import Level, Sex
from lagesbild.files import write_atomic
from lagesbild.methods.district_differences import against_the_rest
from lagesbild.publishing.layout import Layout

_COLUMNS = ["indicator", "year", "level", "region", "unit", "sex", "value", "status", "numerator", "denominator"]


def write_districts(layout: Layout) -> None:
    """Write the released results of all districts, by kommun; the file of a kommun that has none is removed."""
    rows = _released(layout)
    districts = rows[rows["level"] == Level.STADSDEL].sort_values(["indicator", "region", "year"], ignore_index=True)
    directions = {one.id: one.direction for one in load_catalogue().indicators}
    whole = rows[rows["level"] == Level.KOMMUN]
    now = districts[districts["year"] == layout.year]
    now = now.assign(against=against_the_rest(now, whole, directions=directions))
    for kommun in kommuner():
        own = now[now["region"].str[:4] == kommun.kod]
        path = layout.districts(kommun.kod)
        if own.empty:
            path.unlink(missing_ok=True)
            continue
        earlier = districts[(districts["year"] < layout.year) & districts["value"].notna()]
        before = earlier.drop_duplicates(["indicator", "region"], keep="last").set_index(["indicator", "region"])
        told = [_told(row, before) for row in own.to_dict("records")]
        write_atomic(path, json.dumps(told, ensure_ascii=False, sort_keys=True) + "\n")


def _told(row: dict[Any, Any], before: pd.DataFrame) -> dict[str, object]:
    key = (row["indicator"], row["region"])
    earlier = before.loc[key] if key in before.index else None
    return {
        "indicator": row["indicator"],
        "region": row["region"],
        "value": _number(row["value"]),
        "status": row["status"],
        "base": _number(row["denominator"]),
        "against": row["against"],
        "previous": None if earlier is None else _number(earlier["value"]),
        "previous_year": None if earlier is None else int(earlier["year"]),
    }


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _released(layout: Layout) -> pd.DataFrame:
    """Return the released totals of districts and of the kommuner that they lie in, of the window's years."""
    frames = []
    for area in AREA_IDS:
        for year in layout.years:
            path = layout.released / area / f"{year}.parquet"
            if path.is_file():
                rows = pd.read_parquet(path, columns=_COLUMNS, filters=[("level", "in", ["stadsdel", "kommun"])])
                codes = rows.loc[rows["level"] == Level.STADSDEL, "region"]
                if not codes.empty:
                    hosts = rows["region"].isin(codes.str[:4].unique()) | (rows["level"] == Level.STADSDEL)
                    frames.append(rows[hosts & (rows["sex"] == Sex.TOTAL) & (rows["unit"] == "")])
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=_COLUMNS)

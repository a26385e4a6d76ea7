"""What the page that finds similar kommuner reckons with: background variables, topics with their weights, and a map.

A script on the page reckons as `lagesbild.methods.neighbours` does; it is given the means and standard deviations, so
that it standardises by the same numbers.
"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.background import area_topics, background_variables, topic_weights
from lagesbild.catalogue.regions import kommuner, lan
from lagesbild.methods.neighbours import N_NEIGHBOURS, spread_of
from lagesbild.presentation.geometry import INSETS, SWEDEN, Window, label_points, paths

#: Digits that a value is written with: enough for the same neighbours, and for a file that is quick to fetch.
_DIGITS = 9


def background_file(background: pd.DataFrame) -> dict[str, Any]:
    """Return variables, topics and every kommun's values.

    Parameters
    ----------
    background
        Indexed by region, a column per variable (`lagesbild.catalogue.background.background_of`).

    Returns
    -------
    dict
        ``count`` (how many neighbours), ``variables`` (with ``mean`` and ``sd``, of the logarithms where ``log``),
        ``topics`` (name, the areas they are for, and the weight and reason of each variable), and ``kommuner`` (code,
        name, slug, län, and the values in the order of the variables, null where there is none).
    """
    logs = [one.id for one in background_variables() if one.log]
    spread = spread_of(background, logs=logs)
    topics = area_topics()
    return {
        "count": N_NEIGHBOURS,
        "variables": [
            {
                "id": one.id,
                "name": one.name,
                "unit": one.unit,
                "decimals": one.decimals,
                "log": one.log,
                "note": one.note,
                "mean": _full(spread.loc[one.id, "mean"]),
                "sd": _full(spread.loc[one.id, "sd"]),
            }
            for one in background_variables()
        ],
        "topics": [
            {
                "name": name,
                "areas": [area.name for area in AREAS if topics[area.id] == name],
                "weights": {one.variable: one.weight for one in weights},
                "reasons": {one.variable: one.reason for one in weights},
            }
            for name, weights in topic_weights().items()
        ],
        "lan": {one.kod: one.namn for one in lan()},
        "kommuner": [[one.kod, one.namn, one.slug, one.lan, *_values(background, one.kod)] for one in kommuner()],
    }


def groups_file(listed: pd.DataFrame, topic: str, year: int | None) -> dict[str, Any]:
    """Return Kolada's groups in a topic: the year they were drawn up for, and each kommun's similar ones.

    Parameters
    ----------
    listed
        ``region, member``; maybe no rows.
    topic
        Its name.
    year
        Null where Kolada has no groups.
    """
    members = {str(code): part["member"].tolist() for code, part in listed.groupby("region")}
    return {"topic": topic, "drawn": year, "members": members}


def map_file() -> dict[str, Any]:
    """Return the kommuner as SVG paths, and a point in each: the country, and the three metropolitan areas enlarged."""
    return {"parts": [_part(name, window) for name, window in (("Sverige", SWEDEN), *INSETS)]}


def _part(name: str, window: Window) -> dict[str, Any]:
    points = {
        code: [round(x, 1), round(y, 1)]
        for code, (x, y) in label_points("kommun", window).items()
        if 0 <= x <= window.width and 0 <= y <= window.height
    }
    outlines = paths("kommun", window)
    return {"name": name, "width": window.width, "height": window.height, "points": points, "paths": outlines}


def _values(background: pd.DataFrame, code: str) -> list[float | None]:
    if code not in background.index:
        return [None] * len(background_variables())
    return [_known(background.loc[code, one.id]) for one in background_variables()]


def _known(value: Any) -> float | None:
    """Return a number in `_DIGITS` digits, without a decimal sign where it is whole."""
    number = float(value)
    if math.isnan(number):
        return None
    short = float(f"{number:.{_DIGITS}g}")
    return int(short) if short.is_integer() else short


def _full(value: Any) -> float | None:
    return None if math.isnan(value) else float(value)

"""The city districts of a kommun that have results, read from the file that `district_rows` wrote."""

from __future__ import annotations

import json

from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import Stadsdel, stadsdelar
from lagesbild.errors import NotBuiltError, ParameterError
from lagesbild.presentation.kommun.districts import District, DistrictResult
from lagesbild.publishing.layout import Layout


def read_districts(layout: Layout, kod: str) -> tuple[District, ...]:
    """Return one kommun's districts with their results, in code order; none where it has none."""
    path = layout.districts(kod)
    if not path.is_file():
        return ()
    about = {one.id: one for one in load_catalogue().indicators}
    found: dict[str, list[DistrictResult]] = {}
    for row in json.loads(path.read_text("utf-8")):
        indicator = about.get(row["indicator"])
        if indicator is not None:
            figures = {name: row[name] for name in row if name not in ("indicator", "region")}
            found.setdefault(row["region"], []).append(DistrictResult(indicator=indicator, **figures))
    order = {one.id: place for place, one in enumerate(load_catalogue().indicators)}
    return tuple(
        District(kod=one.kod, name=one.namn, results=tuple(sorted(found[one.kod], key=lambda r: order[r.indicator.id])))
        for one in stadsdelar()
        if one.kod in found
    )


def district_called(layout: Layout, kod: str, name: str) -> Stadsdel:
    """Return one of a kommun's districts that have results, by code or name.

    Raises
    ------
    ParameterError
        If there is none; suggests the nearest.
    NotBuiltError
        If the kommun has no districts with results.
    """
    there = {one.kod for one in read_districts(layout, kod)}
    own = [one for one in stadsdelar() if one.kod in there]
    if not own:
        raise NotBuiltError(
            f"results of city districts in kommun {kod} for {layout.year}",
            "lagesbild import with rows of stadsdelar (docs/own-files.md), then analyse and underlag",
        )
    for one in own:
        if name.strip().casefold() in (one.kod, one.namn.casefold()):
            return one
    raise ParameterError("stadsdel", name, [one.namn for one in own])

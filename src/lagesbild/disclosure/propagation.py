"""Propagation: what must go because something that it is made of, or lies in, is withheld.

These rules need no counts, so they hold for figures that come without them too (most of Kolada's):

- What the source withheld of women or of men takes the other sex along where the total is shown.
- What is withheld of a kommun or stadsdel takes along its stadsdelar and units.
- A kommungrupp is shown only where all of its kommuner are; then it adds nothing that a reader couldn't add up.
  Groups cut across län, so that they are no level of the hierarchy that tau-ARGUS protects. Both divisions (2017
  and 2023) count, since a reader may know either.

Riket and län stay: a withheld kommun among others is protected there by secondary suppression. Figures that are
formed here (sums, means, differences, trends) are formed from released cells only.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lagesbild.catalogue.regions import kommuner
from lagesbild.catalogue.vocabulary import Level, Sex, Status
from lagesbild.disclosure.arrays import Bools

_PLACE = ["indicator", "year", "level", "region", "unit"]


def follow_the_source(observations: pd.DataFrame, personal: Bools) -> Bools:
    """Return the rows that what the source withheld takes along.

    Parameters
    ----------
    observations
        Raw observations.
    personal
        Rows of indicators with a threshold.
    """
    withheld = observations["status"].eq(Status.SEKRETESS).to_numpy() & personal
    if not withheld.any():
        return withheld
    taken = _other_sex(observations, withheld) | follow_the_host(observations, withheld, personal)
    return taken & personal & ~withheld & observations["status"].eq(Status.OK).to_numpy()


def _other_sex(observations: pd.DataFrame, withheld: Bools) -> Bools:
    """Return the rows of women or men whose other sex, or whose total, is withheld."""
    place = pd.MultiIndex.from_frame(observations[_PLACE])
    one_gone = place.isin(place[withheld])
    return np.asarray(one_gone & observations["sex"].ne(Sex.TOTAL).to_numpy())


def follow_the_host(observations: pd.DataFrame, withheld: Bools, personal: Bools) -> Bools:
    """Return the stadsdelar and units in kommuner (or stadsdelar) that are withheld, for the sexes withheld."""
    level = observations["level"]
    inner = level.isin([Level.STADSDEL, Level.ENHET]).to_numpy() & personal
    outer = level.isin([Level.STADSDEL, Level.KOMMUN]).to_numpy() & withheld
    if not (inner.any() and outer.any()):
        return np.zeros(len(observations), dtype=bool)
    keys = observations[["indicator", "year", "region", "sex"]]
    gone = pd.MultiIndex.from_frame(keys[outer])
    total_gone = pd.MultiIndex.from_frame(keys[outer & keys["sex"].eq(Sex.TOTAL).to_numpy()][_SERIES])
    found = np.zeros(len(observations), dtype=bool)
    rows = np.flatnonzero(inner)
    own = keys.iloc[rows]
    unit = level.iloc[rows].eq(Level.ENHET).to_numpy()
    hit = np.zeros(len(rows), dtype=bool)
    for code, applies in ((own["region"], unit), (own["region"].str[:4], np.ones(len(rows), dtype=bool))):
        at = own.assign(region=code)
        lies_in = pd.MultiIndex.from_frame(at).isin(gone)
        lies_in |= pd.MultiIndex.from_frame(at[_SERIES]).isin(total_gone)
        hit |= applies & lies_in
    found[rows] = hit
    return found


_SERIES = ["indicator", "year", "region"]


def groups_with_gaps(observations: pd.DataFrame, withheld: Bools, personal: Bools) -> Bools:
    """Return the rows of kommungrupper of which a kommun is withheld."""
    level = observations["level"]
    is_group = level.eq(Level.KOMMUNGRUPP).to_numpy() & personal
    if not is_group.any():
        return is_group
    keys = observations[["indicator", "year", "region", "sex"]]
    kommun_gaps = keys[level.eq(Level.KOMMUN).to_numpy() & withheld]
    gaps = [keys[is_group & withheld]]
    for members in (
        {one.kod: one.kommungrupp_2017 for one in kommuner()},
        {one.kod: one.kommungrupp_2023 for one in kommuner()},
    ):
        gaps.append(kommun_gaps.assign(region=kommun_gaps["region"].map(members)))
    gap = pd.concat(gaps)
    is_total = gap["sex"].eq(Sex.TOTAL)
    asked = pd.MultiIndex.from_frame(keys[_SERIES])
    total_gone = asked.isin(pd.MultiIndex.from_frame(gap.loc[is_total, _SERIES]))
    sexes_gone = asked.isin(pd.MultiIndex.from_frame(gap.loc[~is_total, _SERIES]))
    return np.asarray(is_group & (total_gone | (sexes_gone & keys["sex"].ne(Sex.TOTAL).to_numpy())))

"""The gate: what passes may be published, and nothing behind it sees anything else.

`release` applies the primary rule (`lagesbild.disclosure.primary`), then withholds what would give a withheld
figure away by subtraction (`lagesbild.disclosure.complementary`). A withheld row keeps its place: its result
and all of its counts are null, its status is sekretess, and `withheld_reason` says why.

The promise, for indicators with a threshold *t* whose figures come with counts that add up: all that is released
on an indicator and a year leaves at least *t* between the smallest and the largest number of persons there may
be behind a withheld figure. The number of them with (or without) the attribute stays open too, unless a released
figure that they are part of is 0 (or 100) percent. Figures without counts (most of Kolada's) can't be checked
and pass as the source published them, apart from parts of what is withheld.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.regions import kommuner
from lagesbild.catalogue.vocabulary import Level, Sex, Status
from lagesbild.disclosure.complementary import complementary_suppression, first_withheld
from lagesbild.disclosure.pools import TOTAL
from lagesbild.disclosure.primary import person_counts
from lagesbild.disclosure.sums import find_sums
from lagesbild.observations.schema import NUMBER_COLUMNS, WITHHELD_REASON


class Reason(StrEnum):
    """Why a figure is withheld."""

    NONE = ""
    PRIMAR = "primar"  # it speaks of too few persons
    SEKUNDAR_KON = "sekundar_kon"  # the other sex's figure would follow from it and the total
    SEKUNDAR_REGION = "sekundar_region"  # another region's figure would follow from it and a sum
    KALLA = "kalla"  # the source withheld it


_COUNTS = [name for name in NUMBER_COLUMNS if name != "value"]


def release(observations: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Return the observations as they may be published.

    Parameters
    ----------
    observations
        Validated observations; all regions and sexes of an indicator and year together, since what one figure
        gives away depends on the others.
    catalogue
        Says each indicator's threshold.

    Returns
    -------
    DataFrame
        The same rows in the same order with one more column, ``withheld_reason`` (see `Reason`). A row is
        either unchanged, or withheld: value, answer and counts null, status sekretess. Where a threshold
        applies, a row that had no result from the start loses its counts too, and keeps its status.
    """
    counts = person_counts(observations, catalogue)
    reasons = np.full(len(observations), Reason.NONE.value, dtype=object)
    sums, cells = find_sums(observations, counts)
    start = first_withheld(sums)
    final = complementary_suppression(sums, start)

    is_total = cells.sex == TOTAL
    withheld = np.where(is_total, final.total[cells.node], final.sexes[cells.node])
    by_sex = ~is_total & start.sexes[cells.node]
    reasons[cells.rows[withheld]] = Reason.SEKUNDAR_REGION.value
    reasons[cells.rows[withheld & by_sex]] = Reason.SEKUNDAR_KON.value
    reasons[_groups_with_gaps(observations, counts, reasons)] = Reason.SEKUNDAR_REGION.value
    reasons[counts["too_small"].to_numpy()] = Reason.PRIMAR.value
    by_source = observations["status"].eq(Status.SEKRETESS).to_numpy()
    reasons[by_source] = Reason.KALLA.value
    if WITHHELD_REASON in observations:  # released before: the first reason stands
        told = observations[WITHHELD_REASON].to_numpy()
        reasons = np.where(by_source & (told != ""), told, reasons)
    return _blanked(observations, counts, reasons)


def _groups_with_gaps(
    observations: pd.DataFrame, counts: pd.DataFrame, reasons: npt.NDArray[np.object_]
) -> npt.NDArray[np.bool_]:
    """Return the rows of kommungrupper that are too small, or of which a kommun is withheld.

    Groups cut across län, so their sums would tie the pools together. A group is published only where all of
    its kommuner are; then it adds nothing that the reader couldn't add up.
    """
    level = observations["level"]
    is_group = (level.eq(Level.KOMMUNGRUPP) & counts["threshold"].notna()).to_numpy()
    if not is_group.any():
        return is_group
    table = observations[["indicator", "year", "region", "sex"]]
    kommun_gaps = table[level.eq(Level.KOMMUN).to_numpy() & (reasons != "")]
    secret = counts["too_small"] | observations["status"].eq(Status.SEKRETESS)
    gaps = [table[is_group & secret.to_numpy()]]
    for members in (
        {one.kod: one.kommungrupp_2017 for one in kommuner()},
        {one.kod: one.kommungrupp_2023 for one in kommuner()},
    ):
        gaps.append(kommun_gaps.assign(region=kommun_gaps["region"].map(members)))
    gap = pd.concat(gaps)
    is_total = gap["sex"].eq(Sex.TOTAL)
    place = ["indicator", "year", "region"]
    asked = pd.MultiIndex.from_frame(table[place])
    total_gone = asked.isin(pd.MultiIndex.from_frame(gap.loc[is_total, place]))
    sexes_gone = asked.isin(pd.MultiIndex.from_frame(gap.loc[~is_total, place]))
    return is_group & (total_gone | (sexes_gone & table["sex"].ne(Sex.TOTAL).to_numpy()))


def _blanked(observations: pd.DataFrame, counts: pd.DataFrame, reasons: npt.NDArray[np.object_]) -> pd.DataFrame:
    """Return the table with the withheld rows blanked."""
    withheld = reasons != ""
    no_result = observations["status"].ne(Status.OK).to_numpy() & counts["threshold"].notna().to_numpy()
    released = observations.copy()
    released["value"] = released["value"].mask(withheld)
    released["answer"] = released["answer"].mask(withheld)
    for name in _COUNTS:
        released[name] = released[name].mask(withheld | no_result)
    released["status"] = released["status"].mask(withheld, Status.SEKRETESS.value)
    released[WITHHELD_REASON] = pd.Series(reasons, index=observations.index, dtype="str")
    return released

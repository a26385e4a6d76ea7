"""The words for how a series has gone: trend or chance for numbers; held, gained or lost for answers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from lagesbild.methods.moderated_slopes import FEWEST_POINTS, Floats

#: Below this p value a trend is secured.
SECURED = 0.05
#: Below this p value, but not below `SECURED`, a trend is possible.
POSSIBLE = 0.10
#: A change is small when it is less than this share of the standard deviation between kommuner.
SMALL = 0.5

_HIGH_IS_GOOD = {1: "forbattring", -1: "forsamring"}
_LOW_IS_GOOD = {1: "forsamring", -1: "forbattring"}
_NO_DIRECTION = {1: "okning", -1: "minskning"}


def number_labels(
    *,
    n: npt.NDArray[np.int64],
    slope: Floats,
    p: Floats,
    change: tuple[Floats, Floats],
    margin: Floats,
    constant: npt.NDArray[np.bool_],
    direction: npt.NDArray[np.str_],
) -> npt.NDArray[np.str_]:
    """Return the label of each series of numbers.

    for_fa
        fewer than three points.
    stabil
        all points equal; or no secured trend, and the whole interval of the total change within the margin.
    sakerstalld_...
        p below `SECURED`.
    mojlig_...
        p below `POSSIBLE`, and not stable.
    slump
        everything else: what is seen may as well be chance.

    A secured trend is never called stable, however small: the slope tells how small it is.

    Parameters
    ----------
    n
        Points of each series.
    slope, p
        See `lagesbild.methods.moderated_slopes.Lines`.
    change
        Lower and upper limit of the change from the first to the last point, by the line.
    margin
        What is a small change, in the unit; nan where nothing is known of it.
    constant
        Whether all points are equal.
    direction
        "hog", "lag" or "ingen": names the trend by what is good.

    References
    ----------
    Stable is a claim of its own, equivalence: Schuirmann, D.J. (1987), Journal of Pharmacokinetics and Biopharmaceutics
    15, 657-680; with the interval of 95 percent, which is stricter than his of 90.
    """
    few = n < FEWEST_POINTS
    lower, upper = change
    small = (lower >= -margin) & (upper <= margin)
    secured = (p < SECURED) & (slope != 0)
    possible = (p < POSSIBLE) & (slope != 0)
    choices: list[tuple[npt.NDArray[np.bool_], str]] = [(few, "for_fa"), (constant, "stabil")]
    for found, degree in ((secured, "sakerstalld"), (small, "stabil"), (possible, "mojlig")):
        if degree == "stabil":
            choices.append((found, "stabil"))
            continue
        for good, words in (("hog", _HIGH_IS_GOOD), ("lag", _LOW_IS_GOOD), ("ingen", _NO_DIRECTION)):
            choices += [(found & (direction == good) & (np.sign(slope) == s), f"{degree}_{words[s]}") for s in (1, -1)]
    return np.select([condition for condition, _ in choices], [label for _, label in choices], "slump")


def answer_labels(places: Floats) -> npt.NDArray[np.str_]:
    """Return how each series of answers has gone; only ja counts as having it, delvis does not.

    bibehallen
        ja now and the time before, with at most one change earlier (a nej that became ja).
    tillkommen
        ja now, for the first time.
    upphord
        ja first, then not, and not since.
    vaxlande
        more than one change.
    aldrig
        never ja.
    for_fa
        fewer than two answers.

    Parameters
    ----------
    places
        Shape (series, years): 1 ja, 0.5 delvis, 0 nej, nan no answer.
    """
    known = ~np.isnan(places)
    yes = places == 1.0
    switches = np.zeros(len(places), dtype=np.int64)
    new = np.zeros(len(places), dtype=bool)
    current = np.zeros(len(places), dtype=bool)
    seen = np.zeros(len(places), dtype=bool)
    for year in range(places.shape[1]):
        here = known[:, year]
        switch = here & seen & (yes[:, year] != current)
        switches += switch
        new = np.where(here, switch, new)
        current = np.where(here, yes[:, year], current)
        seen |= here
    return np.select(
        [known.sum(axis=1) < 2, switches > 1, current & new, current, switches == 1],
        ["for_fa", "vaxlande", "tillkommen", "bibehallen", "upphord"],
        "aldrig",
    )

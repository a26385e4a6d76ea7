"""Primary suppression: which figures speak of so few persons that one of them could be recognised.

The rule, for an indicator whose catalogue entry has a threshold *t* (five where nothing else is said):

- *The whole.* A figure on fewer than *t* persons or households is withheld, whatever it says. In user surveys
  both the denominator and the number of answers must reach *t*.
- *The part.* Where the attribute comes from a register, from units or from the kommun's own books, a figure
  is withheld too if 1 to *t* - 1 persons have the attribute, or if 1 to *t* - 1 lack it: with the
  denominator beside it, 97 of 100 tells of the three as clearly as it tells of the 97.
- *Not the part in user surveys.* There nobody outside knows who answered, a small number of discontented
  users points at no one, and withholding 18 satisfied of 20 would empty the table of every small kommun.
- *None and all are published* (0 and 100 percent of at least *t*). They say something of everyone in the
  group, but a group of that size is what the threshold declares fit for print. What follows from them for a
  smaller group inside (no women among none) is accepted with them.

Sources: offentlighets- och sekretesslagen (2009:400) 24 kap. 8 § (figures on persons are secret unless they
can't be traced to one) and 26 kap. 1 § (socialtjänst); SCB, Handbok i statistisk röjandekontroll (threshold
rule on frequency tables); Hundepool et al., Statistical Disclosure Control (2012), chapters 4 and 5.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from lagesbild.catalogue.indicators import Indicator, Scale, Survey
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.vocabulary import Status

#: Counts are whole persons; a count worked out from a percentage misses by less than this.
_SLACK = 1e-6


def person_counts(observations: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Return what each figure says of how many persons.

    Parameters
    ----------
    observations
        Raw observations.
    catalogue
        Says each indicator's threshold, scale and survey.

    Returns
    -------
    DataFrame
        Index as `observations`; columns

        threshold : float, persons; NaN where the indicator counts nobody.
        floor : float, persons; the smallest part that may be told: the threshold, or one in user surveys.
        inside, outside : float, persons with and without the attribute; where the scale has no parts (days,
            an index) all are outside, and in a count or a rate all are inside. NaN where nothing is counted.
        counted : bool, whether the figure is published with counts.
        too_small : bool, whether the rule of this module withholds it.
    """
    known = {one.id: one for one in catalogue.indicators}
    codes, ids = pd.factorize(observations["indicator"])
    about = [known.get(name) for name in ids]

    def lookup(values: list[float]) -> npt.NDArray[np.float64]:
        return np.array([*values, np.nan], dtype=np.float64)[codes]

    threshold = lookup([_threshold(one) for one in about])
    opinion = lookup([float(one is not None and one.survey is Survey.BRUKARUNDERSOKNING) for one in about]) == 1
    share = lookup([float(one is not None and one.scale is Scale.PROCENT) for one in about]) == 1
    amount = lookup([float(one is not None and one.scale is Scale.ANTAL) for one in about]) == 1
    plain = lookup([float(one is not None and " per " not in f" {one.unit_text} ") for one in about]) == 1

    numbers = {name: observations[name].to_numpy(dtype=np.float64) for name in _NUMBERS}
    value, part, answers = numbers["value"], numbers["numerator"], numbers["n_answers"]
    whole = numbers["denominator"]
    whole = np.where(np.isnan(whole) & opinion, answers, whole)
    part = np.where(np.isnan(part) & share, value * whole / 100, part)
    # A count without counts beside it ("antal hemlösa personer") is its own numerator.
    part = np.where(np.isnan(part) & np.isnan(whole) & amount & plain, value, part)

    parted = (share | amount) & ~np.isnan(part)
    inside = np.where(parted, part, np.where(np.isnan(whole), np.nan, 0.0))
    outside = np.where(amount & parted, 0.0, whole - np.where(parted, part, 0.0))
    outside = np.where(np.isnan(inside), np.nan, np.maximum(outside, 0.0))

    has_result = observations["status"].eq(Status.OK).to_numpy()
    people = np.where(opinion, np.fmin(whole, answers), whole)
    small = people < threshold - _SLACK
    small |= ~opinion & (few(inside, threshold) | (share & few(outside, threshold)))
    return pd.DataFrame(
        {
            "threshold": threshold,
            "floor": np.where(opinion, 1.0, threshold),
            "inside": inside,
            "outside": outside,
            "counted": has_result & ~np.isnan(threshold) & ~np.isnan(inside + outside),
            "too_small": has_result & small,
        },
        index=observations.index,
    )


_NUMBERS = ("value", "numerator", "denominator", "n_answers")


def _threshold(indicator: Indicator | None) -> float:
    """Return the indicator's threshold as a float, NaN where there is none."""
    return np.nan if indicator is None or indicator.threshold is None else float(indicator.threshold)


def few(persons: npt.NDArray[np.float64], threshold: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Return where there are some persons, but fewer than the threshold (both: persons, same shape)."""
    return (persons > _SLACK) & (persons < threshold - _SLACK)

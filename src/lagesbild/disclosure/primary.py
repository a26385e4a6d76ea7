"""Primary suppression: which figures speak of so few persons that one of them could be recognised.

The rule, for an indicator whose catalogue entry has a threshold *t* of persons or households (questions about an
organisation and figures on units have none): a figure is withheld where

- fewer than *t* have the attribute (the numerator),
- fewer than *t* lack it (the denominator minus the numerator), or
- fewer than *t* are counted at all (the denominator, or the number of answers).

*Zero is fewer too.* "None of the twelve women got help in time" says something of each of the twelve, and so
does "all twelve": whoever knows that a person is in the group then knows her answer (group disclosure). So 0 and
100 percent of persons are never released with their counts. The same holds for user surveys.

Counts that the source leaves out but that follow are worked out first: the numerator from a percentage and its
denominator or number of answers, the denominator from a percentage and its numerator. A printed value stands
for all values that round to it, so the numerator is known to an interval only; a figure is withheld if any whole
number in that interval is below the limit. Figures without counts can't be checked and pass as the source
published them: Kolada and Socialstyrelsen withhold small groups themselves, which is status ``sekretess``.

Sources: offentlighets- och sekretesslagen (2009:400) 24 kap. 8 § (figures on persons are secret unless they
can't be traced to one) and 26 kap. 1 § (socialtjänst); SCB, Handbok i statistisk röjandekontroll (threshold
rule on frequency tables); Hundepool et al., Statistical Disclosure Control (2012), chapters 4 and 5.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lagesbild.catalogue.indicators import Indicator, Scale, Survey
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.vocabulary import Status
from lagesbild.disclosure.arrays import Bools, Floats, Ints

#: Counts are whole persons; a count worked out from a percentage misses by less than this.
_SLACK = 1e-6
#: More decimals than this are no rounding of a printed value but the quotient itself.
_MOST_DECIMALS = 4

_NUMBERS = ("value", "numerator", "denominator", "n_answers")


def person_counts(observations: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Return what each figure says of how many persons.

    Parameters
    ----------
    observations
        Raw observations.
    catalogue
        Says each indicator's threshold and scale.

    Returns
    -------
    DataFrame
        Index as `observations`; columns

        threshold : float, persons; NaN where the indicator counts nobody.
        inside, outside : float, persons with and without the attribute; where the scale has no parts (days,
            an index) all are outside, and a number without a denominator is all inside. NaN where not counted.
        counted : bool, whether the figure is published with counts.
        parted, whole : bool, whether the indicator's figures tell `inside`, and `outside`.
        too_small : bool, whether the rule of this module withholds it.
    """
    known = {one.id: one for one in catalogue.indicators}
    codes, ids = pd.factorize(observations["indicator"])
    about = [known.get(name) for name in ids]

    def look_up(values: list[float]) -> Floats:
        return np.array([*values, np.nan], dtype=np.float64)[codes]

    threshold = look_up([_threshold(one) for one in about])
    share = look_up([float(one is not None and one.scale is Scale.PROCENT) for one in about]) == 1
    amount = look_up([float(one is not None and one.scale is Scale.ANTAL) for one in about]) == 1
    plain = look_up([float(one is not None and " per " not in f" {one.unit_text} ") for one in about]) == 1

    value, part, whole, answers = (observations[name].to_numpy(dtype=np.float64) for name in _NUMBERS)
    # In a survey of units those who answer are units, however many persons they tell of.
    units = look_up([float(one is not None and one.survey is Survey.ENHETSUNDERSOKNING) for one in about]) == 1
    answers = np.where(units, np.nan, answers)
    whole = np.where(np.isnan(whole), answers, whole)
    with np.errstate(divide="ignore", invalid="ignore"):
        follows = np.where(share & np.isnan(whole) & (value > 0), np.round(part * 100 / value), np.nan)
    whole = np.where(np.isnan(whole), follows, whole)
    half = half_of_last_decimal(value)
    derived = np.isnan(part) & share
    lowest = np.where(derived, _whole_from((value - half) * whole / 100, up=True), part)
    highest = np.where(derived, _whole_from((value + half) * whole / 100, up=False), part)
    lowest, highest = np.minimum(lowest, highest), np.maximum(lowest, highest)
    part = np.where(derived, np.clip(np.round(value * whole / 100), lowest, highest), part)
    # A count without counts beside it ("antal hemlösa personer") is its own numerator.
    own = np.isnan(part) & np.isnan(whole) & amount & plain
    part, lowest, highest = (np.where(own, value, one) for one in (part, lowest, highest))

    parted = (share | amount) & ~np.isnan(part)
    # More events than persons (placements per child): the rest is no number of persons.
    has_rest = ~np.isnan(whole) & (~parted | (highest <= whole + _SLACK))
    inside = np.where(parted, part, np.where(np.isnan(whole), np.nan, 0.0))
    outside = np.where(has_rest, whole - np.where(parted, part, 0.0), np.where(np.isnan(inside), np.nan, 0.0))
    people = np.fmin(whole, answers)
    small = people < threshold - _SLACK
    small |= parted & (lowest < threshold - _SLACK)
    small |= has_rest & parted & (whole - highest < threshold - _SLACK)

    has_result = observations["status"].eq(Status.OK).to_numpy()
    counted = has_result & ~np.isnan(threshold) & ~np.isnan(inside + outside)
    return pd.DataFrame(
        {
            "threshold": threshold,
            "inside": inside,
            "outside": outside,
            "counted": counted,
            "parted": _any_by(codes, counted & parted),
            "whole": _any_by(codes, counted & has_rest),
            "too_small": has_result & ~np.isnan(threshold) & small,
        },
        index=observations.index,
    )


def half_of_last_decimal(values: Floats) -> Floats:
    """Return half of the last printed decimal's worth of each value: how far the true value may lie from it.

    A value with more than four decimals is a quotient, not a rounded figure, and is taken as exact.
    """
    half = np.zeros(len(values))
    open_ones = ~np.isnan(values)
    for decimals in range(_MOST_DECIMALS + 1):
        fits = open_ones & (np.abs(np.round(values, decimals) - values) < 1e-9)
        half[fits] = 0.5 * 10.0**-decimals
        open_ones &= ~fits
    return half


def _whole_from(ends: Floats, *, up: bool) -> Floats:
    """Return the whole number nearest inside an interval's end."""
    return np.ceil(ends - _SLACK) if up else np.floor(ends + _SLACK)


def _any_by(codes: Ints, flags: Bools) -> Bools:
    """Return for each row whether any row of its indicator is flagged."""
    return np.asarray(np.bincount(codes + 1, weights=flags, minlength=1)[codes + 1] > 0)


def _threshold(indicator: Indicator | None) -> float:
    """Return the indicator's threshold as a float, NaN where there is none."""
    return np.nan if indicator is None or indicator.threshold is None else float(indicator.threshold)

"""Figures that must fit together: women and men with the total, counts with the value, values with their scale."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lagesbild.catalogue.indicators import Indicator, Scale, Survey
from lagesbild.catalogue.vocabulary import Level, Sex, Status
from lagesbild.methods.quality_findings import Check, Severity, as_findings, each, gathered, printed

_CELL = ["indicator", "year", "level", "region"]
#: Published values are rounded to no more than this many decimals; more means that they are not rounded at all.
_MOST_DECIMALS = 3
#: Percentages are told apart to one decimal.
_PRINTED = 0.1


def rounding_step(values: pd.Series) -> float:
    """Return the step that values are rounded to: 1 for whole numbers, 0.1 for one decimal, down to 0.001."""
    known = values.dropna()
    for decimals in range(_MOST_DECIMALS):
        if np.isclose(known, known.round(decimals), rtol=0, atol=1e-9).all():
            return float(10.0**-decimals)
    return float(10.0**-_MOST_DECIMALS)


def _results(rows: pd.DataFrame, indicators: Sequence[Indicator]) -> pd.DataFrame:
    numbers = {indicator.id for indicator in indicators if not indicator.is_answer}
    found = rows[
        (rows["status"] == Status.OK)
        & (rows["unit"].fillna("") == "")
        & rows["value"].notna()
        & rows["indicator"].isin(numbers)
    ].copy()
    steps = found.groupby("indicator")["value"].agg(rounding_step)
    found["step"] = found["indicator"].map(steps).astype("float64")
    found["scale"] = found["indicator"].map({one.id: str(one.scale) for one in indicators}).astype("str")
    return found


def sex_findings(rows: pd.DataFrame, *, indicators: Sequence[Indicator]) -> pd.DataFrame:
    """Return the totals that women and men don't add up to, or that lie outside both.

    Counts must add up to the total. A share, mean or median of all lies between that of women and that of men; more
    than a rounding step outside it can't be right, but for those whose sex is not known: in the user surveys a person
    may leave it out, so there the finding is mild. A plain count (scale antal) may also be their sum.

    Parameters
    ----------
    rows
        Released rows of one year.
    indicators
        The catalogue's records.
    """
    found = _results(rows, indicators)
    wide = found[found["sex"] == Sex.TOTAL]
    for sex, suffix in ((Sex.KVINNOR, "_k"), (Sex.MAN, "_m")):
        part = found.loc[found["sex"] == sex, [*_CELL, "value", "numerator", "denominator"]]
        wide = wide.merge(part, on=_CELL, how="inner", suffixes=("", suffix))
    low, high = wide[["value_k", "value_m"]].min(axis=1), wide[["value_k", "value_m"]].max(axis=1)
    outside = (wide["value"] < low - 1.001 * wide["step"]) | (wide["value"] > high + 1.001 * wide["step"])
    summed = (wide["value"] - wide["value_k"] - wide["value_m"]).abs() <= 2.001 * wide["step"]
    odd = wide[outside & ~(summed & (wide["scale"] == Scale.ANTAL))]
    told_freely = {one.id for one in indicators if one.survey is Survey.BRUKARUNDERSOKNING}
    parts = [
        as_findings(
            odd,
            check=Check.KON_MOT_TOTAL,
            severity=[Severity.LINDRIG if one in told_freely else Severity.TYDLIG for one in odd["indicator"]],
            text=[
                f"Totalvärdet {printed(r.value)} ligger utanför kvinnors {printed(r.value_k)} "
                f"och mäns {printed(r.value_m)}"
                for r in each(odd)
            ],
        )
    ]
    for count, word in (("numerator", "täljare"), ("denominator", "nämnare")):
        both = wide[f"{count}_k"] + wide[f"{count}_m"]
        unlike = wide[(both - wide[count]).abs() > 0.5]
        parts.append(
            as_findings(
                unlike,
                check=Check.KON_MOT_TOTAL,
                severity=Severity.TYDLIG,
                text=[
                    f"Kvinnor och män har tillsammans {word}n {printed(two)}, men totalt står {printed(one)}"
                    for two, one in zip(both[unlike.index], unlike[count], strict=True)
                ],
            )
        )
    return gathered(parts)


def count_findings(rows: pd.DataFrame, *, indicators: Sequence[Indicator]) -> pd.DataFrame:
    """Return the cells whose counts and value contradict each other, or whose value its scale doesn't allow.

    Parameters
    ----------
    rows
        Released rows of one year.
    indicators
        The catalogue's records.
    """
    found = _results(rows, indicators)
    percent = found["scale"] == Scale.PROCENT
    signed = found["scale"].isin([Scale.PROCENT, Scale.DAGAR, Scale.ANTAL])
    impossible = found[(signed & (found["value"] < 0)) | (percent & (found["value"] > 100))]
    known = found[percent & found["numerator"].notna() & (found["denominator"] > 0)]
    larger = known[known["numerator"] > known["denominator"]]
    own = 100.0 * known["numerator"] / known["denominator"]
    # A kommun's value may be rounded where riket's isn't, and a difference that doesn't print is none.
    whole = np.isclose(known["value"], known["value"].round(0), rtol=0, atol=1e-9)
    room = pd.Series(np.where(whole, 0.501, _PRINTED), index=known.index)
    unlike = known[(own - known["value"]).abs() > room + 1e-6]
    told = [
        f"Värdet {printed(value)} procent stämmer inte med täljare och nämnare, som ger {printed(other)}"
        for value, other in zip(unlike["value"], own[unlike.index], strict=True)
    ]
    asked = rows[(rows["unit"].fillna("") == "") & (rows["n_answers"] > rows["n_asked"])]
    return gathered(
        [
            as_findings(
                impossible,
                check=Check.OMOJLIGT_VARDE,
                severity=Severity.ALLVARLIG,
                text=[f"Värdet {printed(value)} är omöjligt på skalan" for value in impossible["value"]],
            ),
            as_findings(
                larger,
                check=Check.TALJARE_NAMNARE,
                severity=Severity.ALLVARLIG,
                text="Täljaren är större än nämnaren",
            ),
            as_findings(
                unlike,
                check=Check.TALJARE_NAMNARE,
                severity=Severity.TYDLIG,
                text=told,
            ),
            as_findings(
                asked,
                check=Check.TALJARE_NAMNARE,
                severity=Severity.ALLVARLIG,
                text="Fler har svarat än som har fått frågan",
            ),
        ]
    )


def national_findings(rows: pd.DataFrame, *, indicators: Sequence[Indicator], population: pd.Series) -> pd.DataFrame:
    """Return the source's national figures that don't fit the kommuner's own.

    Where every kommun has a result with its denominator the sum is known, and the national figure must be it or the
    plain mean, to a rounding step. Else it must lie among the kommuner's results and near their mean, plain or
    weighted: within half of the robust spread between kommuner or three standard errors of the mean, whichever is
    more. Values piled at 0 or 100 percent have no robust spread, but a standard error. A kommun's result is withheld
    because of what it is (nobody, or everybody), so withheld kommuner aren't like the others: the weighted mean is an
    interval, from where they would all have the scale's lowest value to where they would all have its highest.

    Parameters
    ----------
    rows
        Released rows of one year.
    indicators
        The catalogue's records.
    population
        Inhabitants by kommun code.

    References
    ----------
    Cochran, W. G. (1977), Sampling Techniques, 3rd ed., sections 2.6 and 6.3: standard errors of a mean and a ratio.
    Manski, C. F. (1989), Anatomy of the selection problem, Journal of Human Resources 24: the interval.
    """
    found = _results(rows, indicators)
    own = found[(found["level"] == Level.KOMMUN) & found["region"].isin(population.index)].copy()
    own["people"] = own["region"].map(population).astype("float64")
    national = found[(found["level"] == Level.RIKE) & (found["sex"] == Sex.TOTAL)]
    groups = dict(iter(own[own["sex"] == Sex.TOTAL].groupby("indicator")))
    hidden = rows[(rows["status"] == Status.SEKRETESS) & (rows["level"] == Level.KOMMUN) & (rows["sex"] == Sex.TOTAL)]
    hidden = hidden[(hidden["unit"].fillna("") == "") & hidden["region"].isin(population.index)]
    withheld = {str(name): part["region"].map(population) for name, part in hidden.groupby("indicator")}
    parts = []
    for row in each(national):
        kommuner = groups.get(row.indicator)
        if kommuner is None or len(kommuner) < FEWEST_KOMMUNER:
            continue
        people = withheld.get(row.indicator, pd.Series(dtype="float64"))
        told, severity = _against(float(row.value), kommuner, float(row.step), people, total=len(population))
        if told:
            cell = national.loc[[row.Index]]
            parts.append(as_findings(cell, check=Check.RIKET_MOT_KOMMUNER, severity=severity, text=told))
    return gathered(parts)


#: With fewer kommuner their mean says too little about riket.
FEWEST_KOMMUNER = 20


#: How many standard errors a national figure may be from the mean.
ERRORS = 3.0


def _against(
    riket: float, kommuner: pd.DataFrame, step: float, withheld: pd.Series, *, total: int
) -> tuple[str, Severity]:
    """Return what is wrong with a national figure, or the empty text; `withheld` has the inhabitants of each."""
    values = kommuner["value"]
    low, high = float(values.min()), float(values.max())
    if len(withheld) and (kommuner["scale"] == Scale.PROCENT).all():
        low, high = min(low, 0.0), max(high, 100.0)
    if not low - step <= riket <= high + step:
        return (
            f"Rikets värde {printed(riket)} ligger utanför kommunernas, som går från {printed(low)} till "
            f"{printed(high)}",
            Severity.ALLVARLIG,
        )
    weights = kommuner["denominator"]
    summed = bool(weights.notna().all() and (weights > 0).any())
    if not summed:
        weights = kommuner["people"]
    spread = 1.4826 * float((values - values.median()).abs().median())
    known = summed and len(kommuner) == total
    # Inhabitants only stand in for the persons behind a figure, so that all kommuner are there makes it no surer.
    share = len(kommuner) / total if summed else 0.0
    # A withheld kommun's weight isn't known; by inhabitants it is rather too large.
    unseen = float(withheld.sum()) * float(weights.sum()) / float(kommuner["people"].sum())
    means = []
    for weight, lost in ((pd.Series(1.0, index=values.index), 0.0), (weights, unseen)):
        mean = float(np.average(values, weights=weight))
        means.append(mean)
        room = step + max(0.5 * spread, ERRORS * _standard_error(values, weight, share))
        part = lost / (lost + float(weight.sum()))
        least, most = mean + part * (low - mean), mean + part * (high - mean)
        if least - room <= riket <= most + room and not known:
            return "", Severity.UPPLYSNING
    # Nobody can see a difference that doesn't print.
    alike = printed(riket) in {printed(mean) for mean in means}
    if alike or min(abs(riket - mean) for mean in means) <= 1.001 * step:
        return "", Severity.UPPLYSNING
    return (
        f"Rikets värde {printed(riket)} stämmer varken med kommunernas medelvärde ({printed(means[0])}) eller "
        f"det vägda ({printed(means[1])})",
        Severity.TYDLIG,
    )


def _standard_error(values: pd.Series, weights: pd.Series, share: float) -> float:
    """Return the standard error of a weighted mean where a `share` of all kommuner is seen (Cochran 1977, 6.3)."""
    off = weights * (values - np.average(values, weights=weights))
    n = len(values)
    return float(np.sqrt((1.0 - share) * n / (n - 1) * float((off**2).sum())) / float(weights.sum()))

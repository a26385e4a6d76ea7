"""Does a claim of analysts' prose hold: the same methods that the reports' own sentences rest on.

A change is held against the trend test of `lagesbild.methods.trends` on the years that the claim is of; a kommun's
difference from riket against that of `lagesbild.methods.differences`; two other figures against each other by the
squares of their intervals' arms, as there.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import hypot

from lagesbild.catalogue.indicators import Direction, Indicator
from lagesbild.catalogue.prose_parts import RIKET, Claim, Place, Says
from lagesbild.catalogue.recodings import breaks
from lagesbild.catalogue.regions import size_classes
from lagesbild.catalogue.vocabulary import Level, Sex, Status
from lagesbild.methods.prose_figures import Figure, ProseFigures
from lagesbild.methods.trends import trend_frame


class Reason(StrEnum):
    """Why a claim does not hold."""

    HOLDS = "holds"
    WITHHELD = "withheld"  # a figure it rests on is withheld
    NO_FIGURE = "no figure"
    OTHER_WAY = "other way"  # the figures go another way, or not at all
    NOT_SECURED = "not secured"
    UNTESTED = "untested"  # nothing is known of the chance
    TOO_FEW = "too few"  # too few measurings for a trend


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the figures say of a claim.

    Parameters
    ----------
    reason
        `Reason.HOLDS`, or why it does not hold.
    first, last
        The figures: the earlier and the later of a change, the two of a comparison (own first), the own alone of a
        level or rank.
    missing
        Year of the figure that there is none of; null where all are there.
    label
        Label of the trend (see `lagesbild.methods.trend_labels.number_labels`); empty for others.
    leader
        Code of the group that is highest or lowest; empty for others.
    """

    reason: Reason
    first: float | None = None
    last: float | None = None
    missing: int | None = None
    label: str = ""
    leader: str = ""

    @property
    def holds(self) -> bool:
        """Whether the claim holds."""
        return self.reason is Reason.HOLDS


def verdict(claim: Claim, figures: ProseFigures) -> Verdict:
    """Return whether a claim holds by released figures."""
    year = claim.year or figures.year
    if claim.says is Says.RIKTNING:
        return _change(claim, figures, year)
    own = figures.at(claim.indicator, claim.place, year, claim.sex)
    if own.value is None:
        return _absent(own, year)
    if claim.says is Says.JAMFORT:
        return _compared(claim, figures, year, own)
    if claim.says is Says.RANG:
        return _ranked(claim, figures, year, own)
    assert claim.level is not None
    above = own.value - claim.level
    beyond = above > 0 if claim.says is Says.OVER else above < 0
    end = own.lower if claim.says is Says.OVER else own.upper
    sure = None if end is None else (end > claim.level if claim.says is Says.OVER else end < claim.level)
    return Verdict(reason=_reason(claim, right=beyond, sure=sure), first=own.value, last=claim.level)


def _absent(figure: Figure, year: int) -> Verdict:
    reason = Reason.WITHHELD if figure.status == Status.SEKRETESS else Reason.NO_FIGURE
    return Verdict(reason=reason, missing=year)


def _reason(claim: Claim, *, right: bool, sure: bool | None) -> Reason:
    """Return the reason where the figures lie right or not and the difference is sure, not sure or untested."""
    if not right:
        return Reason.OTHER_WAY
    if not claim.secured or sure:
        return Reason.HOLDS
    return Reason.UNTESTED if sure is None else Reason.NOT_SECURED


def _change(claim: Claim, figures: ProseFigures, year: int) -> Verdict:
    """Return the verdict on a change: a trend of the years from the claim's first to its last."""
    since = claim.since or year
    ends = [figures.at(claim.indicator, claim.place, when, claim.sex) for when in (since, year)]
    for figure, when in zip(ends, (since, year), strict=True):
        if figure.value is None:
            return _absent(figure, when)
    first, last = (figure.value for figure in ends)
    assert first is not None
    assert last is not None
    label, slope = _trend(claim, figures, since, year)
    return Verdict(reason=_moved(claim, label, slope, round(last - first, 10)), first=first, last=last, label=label)


def _moved(claim: Claim, label: str, slope: float, gap: float) -> Reason:
    """Return the reason of a change's verdict, from its trend and the difference between its ends."""
    secured = label.startswith("sakerstalld")
    not_tested = Reason.TOO_FEW if label == "for_fa" else Reason.NOT_SECURED
    if claim.way == "oforandrat":
        if label == "stabil" if claim.secured else not secured:
            return Reason.HOLDS
        return Reason.OTHER_WAY if secured else not_tested
    up = _upward(claim.way, claim.indicator)
    if up is None or gap == 0 or (gap > 0) != up or (secured and (slope > 0) != up):
        return Reason.OTHER_WAY
    return Reason.HOLDS if secured or not claim.secured else not_tested


def _trend(claim: Claim, figures: ProseFigures, since: int, year: int) -> tuple[str, float]:
    """Return label and slope of the trend from one year to another, tested as all trends are."""
    rows = figures.rows(claim.indicator)
    rows = rows[(rows["year"] >= since) & (rows["year"] <= year) & (rows["sex"] == str(claim.sex))]
    frame = trend_frame(
        rows.assign(sex=str(Sex.TOTAL)),
        indicators=[claim.indicator],
        year=year,
        breaks={claim.indicator.id: breaks(claim.indicator.id)},
        size_class=size_classes(),
    )
    found = frame[(frame["level"] == str(claim.place.level)) & (frame["region"] == claim.place.code)]
    if found.empty:
        return "for_fa", 0.0
    return str(found["label"].iloc[0]), float(found["slope"].fillna(0).iloc[0])


def _upward(way: str, indicator: Indicator) -> bool | None:
    """Return whether a way is upwards in figures; None where the indicator has no better or worse."""
    if way in ("okat", "hogre", "hogst"):
        return True
    if way in ("minskat", "lagre", "lagst"):
        return False
    if indicator.direction is Direction.INGEN:
        return None
    return (way == "battre") == (indicator.direction is Direction.HOG)


def _compared(claim: Claim, figures: ProseFigures, year: int, own: Figure) -> Verdict:
    """Return the verdict on a comparison with another place or the other sex."""
    if isinstance(claim.than, Place):
        other = figures.at(claim.indicator, claim.than, year, claim.sex)
    else:
        other = figures.at(claim.indicator, claim.place, year, claim.than or Sex.TOTAL)
    if other.value is None or own.value is None:
        return _absent(other, year)
    up, gap = _upward(claim.way, claim.indicator), round(own.value - other.value, 10)
    right = up is not None and gap != 0 and (gap > 0) == up
    if claim.place.level is Level.KOMMUN and claim.than == RIKET:
        level = figures.secured_from_riket(claim.indicator, claim.place.code, year, claim.sex)
        sure = None if level is None else level > 0
    else:
        sure = _apart(own, other)
    return Verdict(reason=_reason(claim, right=right, sure=sure), first=own.value, last=other.value)


def _apart(one: Figure, other: Figure) -> bool | None:
    """Return whether two figures differ by more than chance gives; None where an interval isn't known.

    The arms that point at each other are joined by squares (Newcombe 1998, method 10). A group that is part of riket
    errs with it, so the test then asks for more than it has to.
    """
    high, low = sorted((one, other), key=lambda figure: figure.value or 0.0, reverse=True)
    if high.value is None or low.value is None or high.lower is None or low.upper is None:
        return None
    return round(high.value - low.value - hypot(high.value - high.lower, low.upper - low.value), 10) > 0


def _ranked(claim: Claim, figures: ProseFigures, year: int, own: Figure) -> Verdict:
    """Return the verdict on being the highest or lowest among those with enough kommuner."""
    groups = figures.groups(claim.indicator, claim.place.level, year, claim.sex)
    if claim.place.code not in groups:
        return Verdict(reason=Reason.TOO_FEW, first=own.value)
    sign = 1 if claim.way == "hogst" else -1
    order = sorted(groups, key=lambda code: (-sign * (groups[code].value or 0.0), code))
    leader = order[0]
    others = [groups[code] for code in order if code != claim.place.code]
    right = all(sign * ((own.value or 0.0) - (other.value or 0.0)) > 0 for other in others)
    sure = [_apart(own, other) for other in others]
    known = None if any(one is None for one in sure) else all(sure)
    return Verdict(
        reason=_reason(claim, right=right, sure=known),
        first=own.value,
        last=others[0].value if others else None,
        leader=leader,
    )

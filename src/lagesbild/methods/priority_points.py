"""The points that each ground gives a result in a kommun's gross list: outcome, share of the weight, points."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lagesbild.catalogue.indicators import Counted, Direction, Indicator, Scale
from lagesbild.catalogue.priority_weights import Concern, Weights
from lagesbild.catalogue.vocabulary import Answer

Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Points:
    """What one ground gives one indicator.

    Parameters
    ----------
    concern
        The ground.
    outcome
        Its outcome as a code of the weights' file ("samre_95"), empty where nothing is known.
    share
        From 0 to 1; what counts for the unknown where `outcome` is empty.
    points
        The share of the weight, of 100 in all.
    figure
        The number behind it (how far ahead similar kommuner are, in the indicator's unit and always positive where they
        are better; inhabitants; year of the measurement), nan where there is none.
    """

    concern: Concern
    outcome: str
    share: float
    points: float
    figure: float = math.nan

    @property
    def known(self) -> bool:
        """Whether there was something to go on."""
        return bool(self.outcome)


def score(row: Row, indicator: Indicator, weights: Weights, year: int) -> tuple[Points, ...]:
    """Return what each ground gives one result, in the order of `Concern`."""
    answer = _text(row.get("answer"))
    ahead = similar_ahead(row, indicator)
    people = _people(row, indicator)
    low, high = weights.limits
    touched = "" if math.isnan(people) else "lagt" if people < low else "medel" if people < high else "hogt"
    outcomes = (
        (Concern.FARG, answer or _text(row.get("colour")), math.nan),
        (Concern.SKILLNAD, _difference(row), math.nan),
        (Concern.TREND, _trend(row, year), math.nan),
        (Concern.INVANARE, touched, people),
        (Concern.DATA, _text(row.get("quality")), math.nan),
        (Concern.AKTUALITET, f"alder_{year - int(row['year'])}", float(row["year"])),
    )
    made = {concern: _stepped(concern, outcome, figure, weights) for concern, outcome, figure in outcomes}
    made[Concern.LIKNANDE] = _points(
        Concern.LIKNANDE,
        "" if math.isnan(ahead) else "avstand",
        _share_ahead(ahead, row, indicator, weights),
        ahead,
        weights,
    )
    return tuple(made[concern] for concern in Concern)


def similar_ahead(row: Row, indicator: Indicator) -> float:
    """Return how far similar kommuner are ahead, in the indicator's unit; negative where they are behind.

    For answers it is how many percentage points more of them than of the kommun itself answer ja. Nan where unknown.
    """
    if indicator.is_answer:
        mean = _number(row.get("liknande"))
        own = 100.0 if _text(row.get("answer")) == Answer.JA else 0.0
        return mean - own
    better = -_number(row.get("diff_liknande"))
    return better if indicator.direction is Direction.HOG else -better


def _share_ahead(ahead: float, row: Row, indicator: Indicator, weights: Weights) -> float:
    """Return the share for being behind similar kommuner: none where they are not ahead, 1 from the full distance."""
    if indicator.is_answer or indicator.scale is Scale.PROCENT:
        full = weights.full_points
    else:
        # Other scales have no distance in common; the similar kommuner's own value is the yardstick.
        full = abs(_number(row.get("liknande"))) * weights.full_percent / 100.0
    if math.isnan(ahead) or math.isnan(full):
        return math.nan
    return min(1.0, max(0.0, ahead / full)) if full > 0 else float(ahead > 0)


def _difference(row: Row) -> str:
    """Return the outcome of the difference from riket: empty where it has not been tested."""
    found = _text(row.get("skillnad_riket"))
    if found == "samre":
        return "samre_998" if _number(row.get("niva_riket")) > 99.0 else "samre_95"
    return found if found in ("battre", "ingen") else ""


def _trend(row: Row, year: int) -> str:
    """Return the trend's label; a label is of the report year alone."""
    return _text(row.get("label")) if row["year"] == year else ""


def _people(row: Row, indicator: Indicator) -> float:
    """Return how many inhabitants or households the result is about; units and kommuner are no inhabitants."""
    people = indicator.counted in (Counted.PERSONER, Counted.HUSHALL)
    return _number(row.get("denominator")) if people else math.nan


def _stepped(concern: Concern, outcome: str, figure: float, weights: Weights) -> Points:
    steps = weights.steps[concern]
    known = outcome if outcome in steps else ""
    return _points(concern, known, steps[known] if known else math.nan, figure, weights)


def _points(concern: Concern, outcome: str, share: float, figure: float, weights: Weights) -> Points:
    known = outcome if not math.isnan(share) else ""
    counted = share if known else weights.unknown
    points = 100.0 * weights.weights[concern] / weights.total * counted
    return Points(concern=concern, outcome=known, share=counted, points=points, figure=figure if known else math.nan)


def _number(value: object) -> float:
    try:
        return math.nan if value is None else float(value)  # type: ignore[arg-type]  # a null of pandas is no number
    except TypeError:
        return math.nan


def _text(value: object) -> str:
    return str(value) if isinstance(value, str) else ""

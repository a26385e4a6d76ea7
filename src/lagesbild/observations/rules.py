"""What must hold between the cells of an observation, and between observations of one measurement."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.vocabulary import OBSERVATION_KEY, Answer, Level, Sex, Status
from lagesbild.errors import ParameterError
from lagesbild.observations.findings import Finding, Row, finding
from lagesbild.observations.keys import key_numbers
from lagesbild.observations.places import place_findings
from lagesbild.observations.schema import COUNT_COLUMNS

#: Costs and indices are differences from an expected value now and then; the other scales start at zero.
_MAY_BE_NEGATIVE = (Scale.KRONOR, Scale.INDEX)
_AGGREGATED = (Level.RIKE, Level.LAN, Level.KOMMUNGRUPP)
#: Counts are whole numbers; half a person covers what floating point does to them.
_TOLERANCE = 0.5


def rule_findings(observations: pd.DataFrame, catalogue: Catalogue) -> Iterator[Finding]:
    """Yield what the rows break; empty findings are yielded too.

    Parameters
    ----------
    observations
        A frame with the columns and dtypes of the observation table.
    catalogue
        Says each indicator's scale.
    """
    known = {indicator.id: indicator for indicator in catalogue.indicators}
    yield from _indicators(observations, known)
    yield from place_findings(observations)
    yield from _results(observations, known)
    yield from _numbers(observations, known)
    yield from _sexes(observations, known)
    yield _repeats(observations)


def _indicators(observations: pd.DataFrame, known: dict[str, Indicator]) -> Iterator[Finding]:
    """An id outside the catalogue: said once for each id, with the number of rows."""
    counts = observations["indicator"].value_counts()
    unknown = [name for name in counts.index if name not in known]

    def what(row: Row) -> str:
        return f"the catalogue has no such indicator ({counts[row['indicator']]} rows)"

    def action(row: Row) -> str:
        close = ParameterError("indicator", row["indicator"], known).suggestions
        return f"Did you mean {' or '.join(close)}?" if close else "Add it to the catalogue"

    first = observations["indicator"].isin(unknown) & ~observations["indicator"].duplicated()
    yield finding(first, what, column="indicator", action=action)


def _mask(observations: pd.DataFrame, ids: set[str]) -> pd.Series:
    """Return which rows are about one of the indicators."""
    return observations["indicator"].isin(ids)


def _results(observations: pd.DataFrame, known: dict[str, Indicator]) -> Iterator[Finding]:
    """Exactly one of a result and a reason why there is none; numbers and answers on their own scales."""
    measured = observations["status"].eq(Status.OK)
    value, answer = observations["value"].notna(), observations["answer"].notna()
    both = "a result and the status {status} at once"
    yield finding(~measured & (value | answer), both, column="status", expected="one of them")
    neither = "neither a result nor a reason why it is missing"
    yield finding(measured & ~value & ~answer, neither, column="value", expected="a value, an answer or a status")
    answers = _mask(observations, {name for name, one in known.items() if one.is_answer})
    numbers = _mask(observations, {name for name, one in known.items() if not one.is_answer})
    # A unit answers ja or nej where the kommun's figure is the share of its units.
    on_number = measured & numbers & answer & observations["level"].ne(Level.ENHET)
    yield finding(on_number, "the answer {answer!r} on a scale of numbers", column="answer", expected="a number")
    # Riket, a län and a kommungrupp don't answer: their figure is the percent of kommuner that said ja.
    aggregated = observations["level"].isin([level.value for level in _AGGREGATED])
    on_answer = measured & answers & value & ~aggregated
    yield finding(on_answer, "the number {value:g} on a scale of answers", column="value", expected="an answer")
    yes_no = _mask(observations, {name for name, one in known.items() if one.scale is Scale.JA_NEJ})
    partly = yes_no & observations["answer"].eq(Answer.DELVIS)
    yield finding(partly, "the answer 'delvis' on the scale ja_nej", column="answer", expected="ja or nej")


def _numbers(observations: pd.DataFrame, known: dict[str, Indicator]) -> Iterator[Finding]:
    """Numbers outside what their scale allows."""
    percent = _mask(observations, {name for name, one in known.items() if one.scale is Scale.PROCENT or one.is_answer})
    value = observations["value"]
    outside = percent & ~value.between(0, 100) & value.notna()
    yield finding(outside, "the value {value:g} is no percentage", column="value", expected="0-100")
    signed = _mask(observations, {name for name, one in known.items() if one.scale in _MAY_BE_NEGATIVE})
    below = ~signed & ~percent & (value < 0)
    yield finding(below, "the value {value:g} is negative", column="value", expected="0 or more")
    yield finding(np.isinf(value), "the value is infinite", column="value", expected="a number")
    for name in COUNT_COLUMNS:
        count = observations[name]
        wrong = np.isinf(count) | ((count < 0) & ~(signed & (name == "numerator")))
        yield finding(wrong, f"the {name} {{{name}:g}} is no count", column=name, expected="0 or more")
    over = percent & (observations["numerator"] > observations["denominator"] + _TOLERANCE)
    more = "the numerator {numerator:g} is larger than the denominator {denominator:g}"
    yield finding(over, more, column="numerator", expected="a part of the denominator")
    crowd = observations["n_answers"] > observations["n_asked"] + _TOLERANCE
    yield finding(crowd, "{n_answers:g} answers from {n_asked:g} asked", column="n_answers")


def _sexes(observations: pd.DataFrame, known: dict[str, Indicator]) -> Iterator[Finding]:
    """Women and men make up the total, where all three are given as counts."""
    percent = _mask(observations, {name for name, one in known.items() if one.scale is Scale.PROCENT})
    groups = key_numbers(observations, [name for name in OBSERVATION_KEY if name != "sex"])
    _, group = np.unique(groups, return_inverse=True)
    total = observations["sex"].eq(Sex.TOTAL).to_numpy()
    for name in ("numerator", "denominator"):
        # Only a percentage's numerator counts persons; elsewhere it may be days or kronor, rounded as such.
        counted = percent | (name == "denominator")
        parts = np.zeros(group.max(initial=-1) + 1)
        for sex in (Sex.KVINNOR, Sex.MAN):
            parts += _by_group(observations[name].where(counted), observations["sex"].eq(sex), group, len(parts))
        gap = np.abs(parts[group] - observations[name].to_numpy()) > _TOLERANCE
        yield finding(
            gap & total,
            f"women and men together are not the {name} {{{name}:g}} of the total",
            column=name,
            expected="a total that is the sum of both",
        )


def _by_group(counts: pd.Series, chosen: pd.Series, group: npt.NDArray[np.intp], size: int) -> npt.NDArray[np.float64]:
    """Return the count of the chosen row of each group, NaN where there is none."""
    found = np.full(size, np.nan)
    mask = chosen.to_numpy(dtype=bool)
    found[group[mask]] = counts.to_numpy()[mask]
    return found


def _repeats(observations: pd.DataFrame) -> Finding:
    """Rows that say again what an earlier row is about, in the same file or another."""
    numbers = key_numbers(observations)
    again = pd.Series(numbers).duplicated().to_numpy()
    repeated = np.isin(numbers, numbers[again]) & ~again
    sources = observations["source"].to_numpy()
    first = dict(zip(numbers[repeated].tolist(), sources[repeated].tolist(), strict=True))
    told = iter([first[number] for number in numbers[again].tolist()])

    def what(row: Row) -> str:
        place = f"{row['level']} {row['region']}" + (f" {row['unit']}" if row["unit"] else "")
        return f"a second row for {place}, sex {row['sex']} ({row['source']}; the first: {next(told)})"

    return finding(again, what, expected="one row a measurement", action="Remove one of them")

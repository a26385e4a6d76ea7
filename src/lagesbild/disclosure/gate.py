"""The gate: what passes may be published, and nothing behind it sees anything else.

The steps, each with its own column in the gate's private record (`lagesbild.disclosure.record`):

1. the source's own suppression;
2. primary: figures on too few persons (`lagesbild.disclosure.primary`);
3. propagation: what is made of, or lies in, something withheld (`lagesbild.disclosure.propagation`);
4. secondary: tau-ARGUS withholds what would give a withheld figure away by subtraction, and
5. audit: what tau-ARGUS's audit then still finds too narrow (`lagesbild.disclosure.secondary`).

A withheld row keeps its place: value, answer and counts are null and its status is sekretess. Which step withheld
it is itself confidential (a row known to be withheld for its own small count is known to be small), so what is
released doesn't say.

The promise, for indicators with a threshold *t* whose figures come with counts: all that is released on an
indicator and a year leaves at least *t* persons between the smallest and the largest possible numerator of a
withheld figure, as much for those without the attribute, and so for the denominator. Not seen: sums over other
indicators or years, and what a reader knows from elsewhere.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.vocabulary import OBSERVATION_KEY, Level, Sex, Status
from lagesbild.disclosure.arrays import Bools
from lagesbild.disclosure.primary import person_counts
from lagesbild.disclosure.propagation import follow_the_host, follow_the_source, groups_with_gaps
from lagesbild.disclosure.record import REASONS
from lagesbild.disclosure.secondary import protect_all
from lagesbild.disclosure.sum_builder import sum_table
from lagesbild.disclosure.sum_table import SumTable
from lagesbild.observations.keys import key_numbers
from lagesbild.observations.schema import COUNT_COLUMNS

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Gated:
    """What the gate gives.

    Parameters
    ----------
    released
        The observations as they may be published.
    record
        The keys of all rows and `REASONS`, true where that step withheld the row. Confidential.
    """

    released: pd.DataFrame
    record: pd.DataFrame


def release(observations: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Return the observations as they may be published (see `pass_gate`)."""
    return pass_gate(observations, catalogue).released


def pass_gate(observations: pd.DataFrame, catalogue: Catalogue, *, jobs: int = 2) -> Gated:
    """Withhold what is confidential.

    Parameters
    ----------
    observations
        Validated observations; all regions and sexes of an indicator and year together, since what one figure
        gives away depends on the others.
    catalogue
        Says each indicator's threshold.
    jobs
        How many processes may share the work; the answer doesn't depend on it.

    Returns
    -------
    Gated
        The same rows in the same order. A row is either unchanged, or withheld: value, answer and counts null,
        status sekretess. Where a threshold applies, a row that had no result from the start loses its counts
        too, and keeps its status.
    """
    counts = person_counts(observations, catalogue)
    personal = counts["threshold"].notna().to_numpy()
    source = observations["status"].eq(Status.SEKRETESS).to_numpy()
    primary = counts["too_small"].to_numpy(dtype=bool)
    propagated = follow_the_source(observations, personal) & ~primary
    secondary, audit = _secondary(observations, counts, propagated, jobs)
    withheld = source | primary | propagated | secondary | audit
    figures = observations["status"].eq(Status.OK).to_numpy()
    for follow in (follow_the_host, groups_with_gaps):
        more = follow(observations, withheld, personal) & figures & ~withheld
        propagated, withheld = propagated | more, withheld | more
    # "Not applicable" for one sex of a withheld total would tell that all of these few are of the other.
    more = _parts_without_a_result(observations, withheld, personal)
    propagated, withheld = propagated | more, withheld | more
    steps = (source, primary, propagated, secondary & ~primary, audit & ~secondary & ~primary)
    record = observations[list(OBSERVATION_KEY)].assign(**dict(zip(REASONS, steps, strict=True)))
    return Gated(released=_blanked(observations, personal, withheld), record=record)


def _secondary(observations: pd.DataFrame, counts: pd.DataFrame, propagated: Bools, jobs: int) -> tuple[Bools, Bools]:
    """Return what tau-ARGUS withholds first, and what it withholds after its audits."""
    found = np.zeros((2, len(observations)), dtype=bool)
    tables = _tables(observations, counts, propagated)
    for table, answer in zip(tables, protect_all(tables, jobs=jobs), strict=True):
        for step, flags in zip(found, (answer.secondary, answer.by_audit), strict=True):
            step[table.row[flags & (table.row >= 0)]] = True
        if answer.gave_up:
            row = observations.iloc[int(table.row.max())]
            logger.warning("%s %d can't be protected and is withheld whole", row["indicator"], row["year"])
    return found[0], found[1]


def _tables(observations: pd.DataFrame, counts: pd.DataFrame, propagated: Bools) -> list[SumTable]:
    """Return the sums of each indicator and year of which something is withheld and something is counted."""
    secret = (counts["too_small"] | observations["status"].eq(Status.SEKRETESS)).to_numpy(dtype=bool) | propagated
    fits = (counts["threshold"].notna() & observations["level"].ne(Level.KOMMUNGRUPP)).to_numpy()
    series = key_numbers(observations, ["indicator", "year"])
    counted = fits & counts["counted"].to_numpy(dtype=bool)
    wanted = np.intersect1d(series[fits & (secret | _two_of_three(observations, counted))], series[counted])
    rows = np.flatnonzero(fits & np.isin(series, wanted))
    # In canonical order, so that the answer doesn't depend on the order of rows.
    rows = rows[np.argsort(key_numbers(observations.iloc[rows]), kind="stable")]
    rows = rows[np.argsort(series[rows], kind="stable")]
    arrays = {name: observations[name].to_numpy(dtype=object) for name in ("level", "region", "unit", "sex", "status")}
    arrays |= {str(name): counts[name].to_numpy() for name in counts}
    arrays["too_small"] = arrays["too_small"].astype(bool) | propagated
    cuts = np.flatnonzero(np.diff(series[rows])) + 1
    return [
        sum_table({name: values[some] for name, values in arrays.items()}, some)
        for some in np.split(rows, cuts)
        if len(some)
    ]


def _two_of_three(observations: pd.DataFrame, counted: Bools) -> Bools:
    """Return the rows of places with a total and one sex: the other sex follows, and may be small."""
    place = key_numbers(observations, ["indicator", "year", "level", "region", "unit"])
    _, number, size = np.unique(place, return_inverse=True, return_counts=True)
    is_total = np.bincount(number, weights=observations["sex"].eq(Sex.TOTAL))
    return np.asarray(counted & (size == 2)[number] & (is_total == 1)[number])


def _parts_without_a_result(observations: pd.DataFrame, withheld: Bools, personal: Bools) -> Bools:
    """Return the rows of women or men that have no result where the total is withheld."""
    place = key_numbers(observations, ["indicator", "year", "level", "region", "unit"])
    is_total = observations["sex"].eq(Sex.TOTAL).to_numpy()
    hidden = np.isin(place, place[is_total & withheld & personal])
    figures = observations["status"].eq(Status.OK).to_numpy()
    return np.asarray(hidden & ~is_total & ~figures & ~withheld)


def _blanked(observations: pd.DataFrame, personal: Bools, withheld: Bools) -> pd.DataFrame:
    """Return the table with the withheld rows blanked."""
    no_result = observations["status"].ne(Status.OK).to_numpy() & personal
    released = observations.copy()
    released["value"] = released["value"].mask(withheld)
    released["answer"] = released["answer"].mask(withheld)
    for name in COUNT_COLUMNS:
        released[name] = released[name].mask(withheld | no_result)
    released["status"] = released["status"].mask(withheld, Status.SEKRETESS.value)
    return released

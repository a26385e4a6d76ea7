"""What two releases show differently, figure by figure, from what both have published.

An old figure is told again only beside the new one that took its place. A figure that has been withdrawn is not told
again, whatever the reason: whoever withdrew it may have had one that no status tells. A result that has become
withheld is counted and never named, since a list of such cells would show where in the old release to look. And where
one result of an indicator and year has become withheld, no old figure of that indicator and year is told: sums and
the other sex would give it away.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lagesbild.catalogue.vocabulary import Status

#: What a result is of. A larger area has several figures of it: the source's own, a sum and a mean of kommuner.
CELL = ("indicator", "year", "level", "region", "sex")

#: What names a published figure.
KEY = (*CELL, "weighting")

#: What stands beside a figure and may change without it.
BESIDE = ("numerator", "denominator", "n_kommuner", "lower", "upper")

#: Kinds of change, as readers see them.
NEW, CHANGED, WITHDRAWN, DETAILS = "ny", "ändrad", "tillbakadragen", "kringuppgift"
KINDS = (NEW, CHANGED, WITHDRAWN, DETAILS)

#: Columns of the log, in order.
LOG_COLUMNS = ("change", *KEY, "old_value", "new_value", "old_answer", "new_answer", "new_status", "columns")

#: Kinds of results that are counted and not listed: withheld now, withheld before, and none of them either time.
NOW_WITHHELD, NO_LONGER_WITHHELD, OTHER_REASON = "nu_skyddad", "inte_langre_skyddad", "annat_skal"
COUNTED = (NOW_WITHHELD, NO_LONGER_WITHHELD, OTHER_REASON)

#: Columns of the counts, in order.
COUNT_COLUMNS = ("indicator", "year", *KINDS, *COUNTED)

#: Two figures nearer each other than this share of them are one: what is left of sums in another order.
_NOISE = 1e-9
_SIDES = ("_before", "_after")


def figure_changes(before: pd.DataFrame, after: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the figures that two releases show differently, and how many of each kind there are.

    Parameters
    ----------
    before, after
        Published rows of the earlier and the later release: `KEY`, ``value, answer, status`` and, where the release has
        them, `BESIDE`.

    Returns
    -------
    log : DataFrame
        `LOG_COLUMNS`, sorted by `KEY`. `change` is `NEW` where the earlier release has no result, `WITHDRAWN` where the
        later has none, `CHANGED` where it is another, and `DETAILS` where only what `columns` names differs. Old
        figures are null where they are not told (see the module). Results that are withheld in the later release are
        not in it.
    counts : DataFrame
        `COUNT_COLUMNS`, a row per indicator and year with a change, sorted: how many of each of `KINDS`, and how many
        results are `NOW_WITHHELD` that were shown, are shown that were withheld (`NO_LONGER_WITHHELD`, which are among
        the new ones too), and lack a figure for another reason than before (`OTHER_REASON`).

    Raises
    ------
    ValueError
        If a release has two rows of one figure, or a figure in a withheld row.
    """
    for name, frame in (("earlier", before), ("later", after)):
        if frame.duplicated(list(KEY)).any():
            raise ValueError(f"the {name} release has two rows of one figure")
        secret = frame["status"] == Status.SEKRETESS
        if (secret & (frame["value"].notna() | frame["answer"].notna())).any():
            raise ValueError(f"the {name} release has figures in withheld rows; give published rows")
    both = _beside_each_other(before, after)
    was, has = (both[f"status{side}"].eq(Status.OK) for side in _SIDES)
    withheld_before, withheld_after = (
        _withheld(both, side, frame) for side, frame in zip(_SIDES, (before, after), strict=True)
    )
    same = _same(both, "value") & _same(both, "answer")
    differing = {name: ~_same(both, name) for name in BESIDE if f"{name}_before" in both}
    beside = np.logical_or.reduce(list(differing.values()) or [np.zeros(len(both), dtype=bool)])
    kind = np.select(
        [~was & has, was & ~has & ~withheld_after, was & has & ~same, was & has & same & beside], KINDS_BY_CASE, ""
    )
    reasons = both["status_before"].fillna("").ne(both["status_after"].fillna(""))
    # A row of no result that comes or goes is no news.
    known = both["status_before"].notna() & both["status_after"].notna()
    counted = {
        NOW_WITHHELD: was & withheld_after,
        NO_LONGER_WITHHELD: withheld_before & has,
        OTHER_REASON: ~was & ~has & reasons & known,
    }
    told = both[kind != ""].assign(change=kind[kind != ""])
    guarded = both.loc[counted[NOW_WITHHELD], ["indicator", "year"]].drop_duplicates()
    log = _log(told, differing, guarded)
    counts = both[["indicator", "year"]].assign(
        **{name: kind == name for name in KINDS}, **{name: flags.to_numpy() for name, flags in counted.items()}
    )
    sums = counts.groupby(["indicator", "year"], sort=True, observed=True).sum().astype("int64").reset_index()
    return log, sums[sums[[*KINDS, *COUNTED]].sum(axis=1) > 0].reset_index(drop=True)[list(COUNT_COLUMNS)]


#: `KINDS` in the order that a figure is asked what it is.
KINDS_BY_CASE = [NEW, WITHDRAWN, CHANGED, DETAILS]


def empty_changes() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return a log and counts of nothing."""
    return pd.DataFrame(columns=list(LOG_COLUMNS)), pd.DataFrame(columns=list(COUNT_COLUMNS))


def joined_changes(parts: Sequence[tuple[pd.DataFrame, pd.DataFrame]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the log and counts of many parts (areas and years) as one, sorted."""
    logs, counts = ([part[place] for part in parts if len(part[place])] for place in (0, 1))
    none = empty_changes()
    log = pd.concat(logs).sort_values(list(KEY), ignore_index=True) if logs else none[0]
    return log, pd.concat(counts).sort_values(["indicator", "year"], ignore_index=True) if counts else none[1]


def _beside_each_other(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return a row per figure that differs in any way, with both releases' columns."""
    shared = [name for name in BESIDE if name in before and name in after]
    columns = [*KEY, "value", "answer", "status", *shared]
    one, other = before[columns], after[columns]
    if len(one) == len(other) and one[list(KEY)].equals(other[list(KEY)].set_index(one.index)):
        # Mostly the figures are the same ones in the same order; then only rows that differ are put side by side.
        other = other.set_index(one.index)
        differs = np.logical_or.reduce([~_alike(one[name], other[name]) for name in columns[len(KEY) :]])
        one, other = one[differs], other[differs]
    return one.merge(other, on=list(KEY), how="outer", suffixes=_SIDES)


def _withheld(both: pd.DataFrame, side: str, release: pd.DataFrame) -> pd.Series:
    """Return whether a release withholds each figure; one of its kind alone may stand there to say so."""
    status = both[f"status{side}"]
    secret = pd.MultiIndex.from_frame(release.loc[release["status"] == Status.SEKRETESS, list(CELL)])
    return status.eq(Status.SEKRETESS) | (status.isna() & pd.MultiIndex.from_frame(both[list(CELL)]).isin(secret))


def _alike(one: pd.Series, other: pd.Series) -> np.ndarray:
    if pd.api.types.is_numeric_dtype(one) and pd.api.types.is_numeric_dtype(other):
        first, second = one.to_numpy("float64"), other.to_numpy("float64")
        return np.asarray(np.isclose(first, second, rtol=_NOISE, atol=_NOISE, equal_nan=True))
    return np.asarray(one.astype("object").fillna("") == other.astype("object").fillna(""))


def _same(both: pd.DataFrame, name: str) -> np.ndarray:
    return _alike(both[f"{name}_before"], both[f"{name}_after"])


def _log(told: pd.DataFrame, differing: dict[str, np.ndarray], guarded: pd.DataFrame) -> pd.DataFrame:
    pairs = pd.MultiIndex.from_frame(guarded)
    hidden = (told["change"] != CHANGED) | pd.MultiIndex.from_frame(told[["indicator", "year"]]).isin(pairs)
    names = list(differing)
    flags = np.array([differing[name] for name in names]).T if names else np.zeros((0, 0), dtype=bool)
    frame = told.rename(
        columns={"value_after": "new_value", "answer_after": "new_answer", "status_after": "new_status"}
    )
    details = frame["change"].eq(DETAILS).to_numpy()
    places = told.index.to_numpy()
    frame["columns"] = [
        " ".join(name for name, flag in zip(names, flags[place], strict=True) if flag) if detail else None
        for place, detail in zip(places, details, strict=True)
    ]
    frame["old_value"] = frame["value_before"].where(~hidden)
    frame["old_answer"] = frame["answer_before"].where(~hidden)
    return frame.sort_values(list(KEY), ignore_index=True)[list(LOG_COLUMNS)]

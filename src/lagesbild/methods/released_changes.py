"""What changed between two releases of ours: computed from released rows, so that it tells nothing withheld.

The source's own log of revisions can't be shown: it holds values from before the gate. And a figure that the
earlier release showed may be withheld in the later one; what it was is then not repeated.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lagesbild.catalogue.vocabulary import OBSERVATION_KEY, Status

#: Columns of the frame that `released_changes` returns, in order.
CHANGE_COLUMNS = (
    *OBSERVATION_KEY,
    "change",
    "old_value",
    "old_answer",
    "old_status",
    "new_value",
    "new_answer",
    "new_status",
)

#: Kinds of change, as readers see them.
NEW, CHANGED, WITHDRAWN = "ny", "ändrad", "borttagen"

_RESULT = ("value", "answer", "status")


def released_changes(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return the cells that two releases show differently.

    Parameters
    ----------
    before, after
        Released rows of the earlier and the later release: `OBSERVATION_KEY` and ``value, answer, status`` at
        least.

    Returns
    -------
    DataFrame
        `CHANGE_COLUMNS`, sorted by `OBSERVATION_KEY`. Only cells that hold a result in at least one release,
        and are withheld in neither: a cell that was or has become withheld is left out, so that its row says
        neither a figure nor that there was one to withhold. `change` is `NEW` where the earlier release has
        no result, `WITHDRAWN` where the later has none, else `CHANGED`. A status is null where a release has no
        row.

    Raises
    ------
    ValueError
        If a release has two rows of one cell, or a figure in a withheld row.
    """
    key = list(OBSERVATION_KEY)
    for name, frame in (("earlier", before), ("later", after)):
        if frame.duplicated(key).any():
            raise ValueError(f"the {name} release has two rows of one cell")
        secret = frame["status"] == Status.SEKRETESS
        if (secret & (frame["value"].notna() | frame["answer"].notna())).any():
            raise ValueError(f"the {name} release has figures in withheld rows; give released rows")
    columns = [*key, *_RESULT]
    both = before[columns].merge(after[columns], on=key, how="outer", suffixes=("_before", "_after"))
    withheld = both["status_before"].eq(Status.SEKRETESS) | both["status_after"].eq(Status.SEKRETESS)
    was, has = (both[f"status_{side}"].eq(Status.OK) for side in ("before", "after"))
    # Two nulls are alike: a cell has a value or an answer, never both.
    same_value = np.isclose(both["value_before"], both["value_after"], rtol=0, atol=1e-9, equal_nan=True)
    same_answer = both["answer_before"].fillna("").eq(both["answer_after"].fillna(""))
    shown = both[~withheld & (was | has) & ~(was & has & same_value & same_answer)]
    was, has = was[shown.index], has[shown.index]
    frame = shown.rename(
        columns={f"{name}_{side}": f"{ours}_{name}" for name in _RESULT for side, ours in _SIDES.items()}
    ).assign(change=np.select([~was, ~has], [NEW, WITHDRAWN], CHANGED))
    return frame.sort_values(key, ignore_index=True)[list(CHANGE_COLUMNS)]


_SIDES = {"before": "old", "after": "new"}

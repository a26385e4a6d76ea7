"""Users of öppna jämförelser against those who don't use them (RiR 2021:17, "Statistisk analys", tables 8 and 13).

For all years together, each year for itself, and for the change from the first year to the last. Pooled years count
every kommun several times: beside the plain errors, which the appendix is likely to have, stand year effects and errors
clustered by kommun. A difference says nothing of what causes it: who uses comparisons also differs in size and means.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lagesbild.methods.binary_regression import FIT_COLUMNS, fit_columns, regress
from lagesbild.methods.peer_effects import cube

#: Names of the columns that are no year.
TOTAL, CHANGE = "totalt", "forandring"
USER_COLUMNS = (
    "indicator",
    "column",
    *("n_users" if name == "n_high" else name for name in FIT_COLUMNS),
)


def user_differences(
    panel: pd.DataFrame, users: pd.Series, *, first_year: int | None = None, last_year: int | None = None
) -> pd.DataFrame:
    """Return the difference between users and non-users of every indicator and column.

    Parameters
    ----------
    panel
        Columns ``indicator, year, region, value``.
    users
        True for users, False for non-users, by region; a kommun that is absent or null has not said and is left out.
    first_year, last_year
        Period; the panel's own where not given.

    Returns
    -------
    DataFrame
        `USER_COLUMNS` in the order of indicator and column: "totalt", the years as text, "forandring" (last year less
        first). Estimates are users' mean less the others', in the unit of the indicator; see
        `lagesbild.methods.binary_regression.Fit`. ``n_users`` counts observations. A side with fewer than five
        observations has no p.
    """
    data = cube(panel, first_year=first_year, last_year=last_year)
    said = users.reindex(pd.Index(data.regions))
    using = np.where(said.isna(), np.nan, said.eq(True).to_numpy(dtype=np.float64))[:, None]
    columns = {TOTAL: data.results}
    columns |= {str(year): data.results[..., [at]] for at, year in enumerate(data.years)}
    if len(data.years) > 1:
        columns[CHANGE] = data.results[..., [-1]] - data.results[..., [0]]
    frames = [
        fit_columns(regress(values, using)).assign(indicator=data.indicators, column=name, order=order)
        for order, (name, values) in enumerate(columns.items())
        if values.size
    ]
    if not frames:
        return pd.DataFrame(columns=list(USER_COLUMNS))
    found = pd.concat(frames, ignore_index=True).rename(columns={"n_high": "n_users"})
    found = found.sort_values(["indicator", "order"], kind="stable", ignore_index=True)
    return found[list(USER_COLUMNS)].astype({"indicator": "str", "column": "str"})

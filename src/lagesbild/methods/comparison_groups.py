"""Whom a kommun is compared with, beside riket, län and kommungrupp, and the means of the others in each.

Two forms. A *partition* puts each kommun into one group (län, kommungrupp, size class, socio-economic group): a code
per region. A *membership* lists for each kommun its own others (similar kommuner, a choice of one's own): rows
``region, member``. In both a kommun is never among those that it is compared with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lagesbild.methods.colours import goodness
from lagesbild.methods.means_of_others import MEMBERSHIP_COLUMNS, best_quarter, grid_of, listed, means, same

#: The references of `reference_means`, in the order of their columns.
REFERENCES = ("storlek", "socioekonomi", "liknande", "basta")

_PARTITIONS = ("storlek", "socioekonomi")


@dataclass(frozen=True, kw_only=True)
class Groups:
    """The groups beside riket, län and kommungrupp that kommuner of one area are compared with.

    Parameters
    ----------
    partitions
        Indexed by region; text columns ``storlek`` (size class) and ``socioekonomi`` (socio-economic group), null where
        the kommun has none.
    similar
        `MEMBERSHIP_COLUMNS`: the similar kommuner of each kommun in the area. No rows where there are none.
    """

    partitions: pd.DataFrame
    similar: pd.DataFrame


def membership_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return `MEMBERSHIP_COLUMNS` sorted, each pair once, without kommuner that would be compared with themselves."""
    rows = table[list(MEMBERSHIP_COLUMNS)].astype("str").drop_duplicates()
    rows = rows[rows["region"] != rows["member"]]
    return rows.sort_values(list(MEMBERSHIP_COLUMNS), ignore_index=True)


def no_members() -> pd.DataFrame:
    """Return a membership without rows."""
    return pd.DataFrame({name: pd.Series(dtype="str") for name in MEMBERSHIP_COLUMNS})


def own_choice(members: Sequence[str], regions: Sequence[str]) -> pd.DataFrame:
    """Return the membership in which each of `regions` is compared with all of `members` but itself."""
    pairs = [(region, member) for region in regions for member in members]
    return membership_table(pd.DataFrame(pairs, columns=list(MEMBERSHIP_COLUMNS)).astype("str"))


def reference_means(own: pd.DataFrame, scores: pd.Series, groups: Groups, *, direction: pd.Series) -> pd.DataFrame:
    """Return the means of the others that each kommun row is held against, beside riket, län and kommungrupp.

    - `storlek`, `socioekonomi`: the other kommuner of the same size class or socio-economic group;
    - `liknande`: the similar kommuner of the area;
    - `basta`: the best quarter of all other kommuner's results (see `means_of_others`), null without direction.

    Parameters
    ----------
    own
        Kommun rows with ``indicator, year, sex, region``, each of these keys once.
    scores
        Their results (`lagesbild.methods.cells.score`), on the index of `own`.
    groups
        The groups of the area.
    direction
        "hog", "lag" or "ingen" for each row, on the index of `own`; the same within an indicator.

    Returns
    -------
    DataFrame
        Columns ``<reference>`` (float64, the unit of the scale; for answers percent that answered ja) and
        ``n_<reference>`` (int64, how many others have a result) for each of `REFERENCES`, on the index of `own`. A
        mean is null where `n` is 0: the kommun has no group, or none of the others has a result.
    """
    keys = [pd.Series(pd.factorize(own[name])[0], index=own.index) for name in ("indicator", "year", "sex")]
    series = (keys[0] * (len(own) + 1) + keys[1]) * (len(own) + 1) + keys[2]
    grid = grid_of(scores, series, own["region"])
    ways, turned = pd.factorize(direction)
    signs = goodness(pd.Series(1.0, index=range(len(turned))), pd.Series(turned)).to_numpy(dtype=np.float64)
    sign = np.full((len(grid.table), 1), np.nan)
    sign[grid.row, 0] = signs[ways]
    best, n_best = best_quarter(grid.table * sign)
    found = {name: means(grid.table, same(grid.regions, groups.partitions[name])) for name in _PARTITIONS}
    found["liknande"] = means(grid.table, listed(grid.regions, groups.similar))
    found["basta"] = best * sign, n_best
    told = {name: grid.told(*found[name], index=own.index) for name in REFERENCES}
    columns: dict[str, pd.Series] = {}
    for name in REFERENCES:
        columns |= {name: told[name]["mean"], f"n_{name}": told[name]["n"]}
    return pd.DataFrame(columns, index=own.index)

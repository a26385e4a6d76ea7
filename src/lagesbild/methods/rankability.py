"""Can kommuner be ranked on an indicator, or is the order mostly chance?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lagesbild.methods.anova import cell_numbers

#: Columns of `rankability`, in order.
RANK_COLUMNS = ("indicator", "year", "n_kommuner", "tau2", "typical_se", "rankability", "se_kind")


def rankability(estimates: pd.DataFrame) -> pd.DataFrame:
    """Return for every indicator and year how much of kommuner's differences is more than chance.

    Rankability is tau2 / (tau2 + the median of the squared standard errors), where tau2 is the variance of the
    kommuner's true results (Van Houwelingen, Brand and Louis 2000, Empirical Bayes methods for monitoring health care
    quality; Lingsma et al. 2010, Quarterly Journal of Medicine 103, 99-108). Below 0.5 it is called poor, up to 0.75
    moderate (Van Dishoeck et al. 2011, BMJ Quality and Safety 20, 869-874). tau2 is estimated as by DerSimonian and
    Laird (1986, Controlled Clinical Trials 7, 177-188), 0 where kommuner differ less than chance makes them.

    Parameters
    ----------
    estimates
        As `lagesbild.methods.standard_errors.standard_errors` returns it. Rows without a standard error, or with one
        of 0, are left out.

    Returns
    -------
    DataFrame
        `RANK_COLUMNS`, a row per indicator and year of the estimates, sorted. ``typical_se`` is the median standard
        error, in the unit of the scale. ``rankability`` is 0-1; null where fewer than two kommuner have a standard
        error. With ``se_kind`` "spridning" the errors hold the kommuner's true yearly change too, so that the
        rankability is rather too low; "" says that none is known, "blandad" that both kinds occur.
    """
    keys = ["indicator", "year"]
    index = estimates[keys].drop_duplicates().sort_values(keys, ignore_index=True)
    kept = estimates[(estimates["se"] > 0) & np.isfinite(estimates["value"].to_numpy(np.float64, na_value=np.nan))]
    cell, cells = cell_numbers(kept[keys], index), len(index)
    value, variance = kept["value"].to_numpy(np.float64), kept["se"].to_numpy(np.float64) ** 2
    n = np.bincount(cell, minlength=cells)
    # Weights relative to the cell's mean variance, so that their squares neither vanish nor overflow.
    scale = np.bincount(cell, variance, cells) / np.maximum(n, 1)
    weight = scale[cell] / variance
    whole = np.bincount(cell, weight, cells)
    safe = np.where(n > 0, whole, 1.0)
    middle = np.bincount(cell, weight * value, cells) / safe
    q = np.bincount(cell, weight * (value - middle[cell]) ** 2, cells)
    usable = n > 1
    divisor = np.where(usable, whole - np.bincount(cell, weight**2, cells) / safe, 1.0)
    tau2 = np.maximum((q - (n - 1) * scale) / divisor, 0.0)
    typical = pd.Series(variance).groupby(cell).median().reindex(range(cells)).to_numpy(np.float64)
    typical = np.where(usable, typical, 1.0)
    kinds = kept.groupby(cell)["se_kind"].agg(["first", "nunique"]).reindex(range(cells))
    kind = np.select(
        [n == 0, (kinds["nunique"] > 1).to_numpy()], ["", "blandad"], kinds["first"].fillna("").to_numpy(str)
    )
    return index.assign(
        n_kommuner=n.astype(np.int64),
        tau2=np.where(usable, tau2, np.nan),
        typical_se=np.where(usable, np.sqrt(typical), np.nan),
        rankability=np.where(usable, tau2 / (tau2 + typical), np.nan),
        se_kind=pd.Series(kind, dtype="str"),
    )[list(RANK_COLUMNS)]

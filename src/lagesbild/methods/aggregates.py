"""The figures of riket, län and kommungrupper: the source's own, and those formed from the kommuner."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.vocabulary import Level, Status
from lagesbild.methods.cells import kommun_cells, with_planned_gaps
from lagesbild.methods.estimates import ESTIMATE_COLUMNS, estimates, own_bounds

#: Columns of ``indikatorer.parquet``, in order.
INDICATOR_COLUMNS = ESTIMATE_COLUMNS

#: The source's own figure, the sum over kommuner, the plain mean of kommuner: best first.
WEIGHTINGS = ("redovisad", "vagd", "ovagd")

RIKET = "0000"

#: The mean of fewer kommuner than this says little about a group: it is marked and is never called highest or lowest.
FEWEST_IN_GROUP = 5

_TEXT = ("indicator", "level", "region", "sex", "answer", "status", "weighting")


def areas_of(members: pd.DataFrame) -> pd.DataFrame:
    """Return the groups that every frame has: riket, län and kommungrupper, as `estimates` wants them."""
    areas = {
        str(Level.RIKE): pd.Series(RIKET, index=members.index, dtype="str"),
        str(Level.LAN): members["lan"],
        str(Level.KOMMUNGRUPP): members["kommungrupp"],
    }
    parts = [members[["region"]].assign(level=level, area=area) for level, area in areas.items()]
    return pd.concat(parts, ignore_index=True).astype("str")


def indicator_frame(
    released: pd.DataFrame, *, indicators: Sequence[Indicator], members: pd.DataFrame, year: int
) -> pd.DataFrame:
    """Return the frame of ``indikatorer.parquet``: kommun cells, the source's own totals and ours.

    Rows weighted "redovisad" are the source's own figures, of a kommun or of a larger area. `n_kommuner` is
    the number of kommuner with a published result behind a figure: 1 or 0 for a kommun, null for a larger
    area's own figure, which may rest on cells that are not published. The source's own totals of *answers*
    are left out, for sources disagree on what they count; ours are the percent that said ja.

    The 95 percent interval of the source's own figures follows from the counts beside them (`own_bounds`), that of ours
    from the kommuner (`estimates`); it is null where it can't be told.

    Parameters
    ----------
    released, indicators, members, year
        As for `kommun_cells`.

    Returns
    -------
    DataFrame
        `INDICATOR_COLUMNS`, sorted by indicator, level, region, sex and weighting.
    """
    cells = kommun_cells(released, indicators=indicators, members=members, year=year)
    kommuner = cells.assign(
        level=str(Level.KOMMUN),
        n_kommuner=(cells["status"] == Status.OK).astype(float),
        weighting="redovisad",
    )
    kommuner[["lower", "upper"]] = own_bounds(kommuner, indicators=indicators)
    numbers = {indicator.id for indicator in indicators if not indicator.is_answer}
    larger = (str(Level.RIKE), str(Level.LAN), str(Level.KOMMUNGRUPP))
    now = with_planned_gaps(released, indicators=indicators, year=year)
    own = now[now["indicator"].isin(numbers) & now["level"].isin(larger) & (now["unit"].fillna("") == "")].assign(
        n_kommuner=np.nan, weighting="redovisad"
    )
    own[["lower", "upper"]] = own_bounds(own, indicators=indicators)
    formed = estimates(cells, indicators=indicators, groups=areas_of(members))
    columns = list(INDICATOR_COLUMNS)
    frame = pd.concat([part[columns] for part in (kommuner, own, formed) if len(part)] or [formed])
    frame = frame.astype(dict.fromkeys(_TEXT, "str") | {"year": "int16", "value": "float64"})
    return frame.sort_values(["indicator", "level", "region", "sex", "weighting"], ignore_index=True)

"""Invented "Liknande kommuner", as Kolada lists them: groups of seven by invented background variables and chance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from lagesbild.catalogue.background import background_variables, topic_weights
from lagesbild.sources.demo.land import Land
from lagesbild.sources.demo.streams import stream
from lagesbild.sources.kolada_background import background_values

_SIZE = 7
#: What else Kolada's groups depend on than the variables that are known here, in standard deviations.
_UNKNOWN = 0.25


def similar_rows(
    figures: Mapping[str, pd.DataFrame], *, seed: int, land: Land, year: int
) -> Iterator[tuple[str, str, str, str]]:
    """Yield rows ``group_id, group_title, member_id, member_title``, for every topic and kommun in code order.

    Parameters
    ----------
    figures
        As `lagesbild.sources.demo.background.background_figures` returns them; their last year counts.
    year
        The year in the groups' titles.
    """
    names = dict(zip(land.codes, land.names, strict=True))
    table = _table(figures).reindex(list(land.codes))
    for number, (topic, weights) in enumerate(topic_weights().items()):
        used = table[[one.variable for one in weights]]
        standard = ((used - used.mean()) / used.std(ddof=0).replace(0.0, 1.0)).fillna(0.0).to_numpy()
        unknown = _UNKNOWN * stream(seed, "similar", topic).standard_normal((len(land), 1))
        places = np.hstack([standard * np.sqrt([one.weight for one in weights]), unknown])
        distance = ((places[:, None, :] - places[None, :, :]) ** 2).sum(axis=2)
        np.fill_diagonal(distance, np.inf)
        nearest = np.argsort(distance, axis=1, kind="stable")[:, : min(_SIZE, len(land) - 1)]
        for place, code in enumerate(land.codes):
            comma = "," if topic == "övergripande" else ""  # as Kolada writes it
            title = f"Liknande kommuner{comma} {topic}, {names[code]}, {year}"
            for member in sorted(land.codes[other] for other in nearest[place]):
                yield f"GL{number + 1}{code}", title, member, names[member]


def _table(figures: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the variables of the last year, a row per kommun, compared as the register of variables says."""
    rows = [
        frame.iloc[[-1]].melt(var_name="region", value_name="value").assign(kpi=kpi) for kpi, frame in figures.items()
    ]
    long = pd.concat(rows, ignore_index=True).assign(year=0, sex="T", unit="")
    values = background_values(long)
    table = values.set_index(["region", "variable"])["value"].unstack("variable")  # noqa: PD010
    for variable in background_variables():
        if variable.log and variable.id in table:
            table[variable.id] = np.log(table[variable.id])
    return table

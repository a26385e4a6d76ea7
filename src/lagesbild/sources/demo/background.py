"""Invented background variables of kommuner, as key figures of Kolada.

Real are only the kommuner's sizes. Everything else follows three invented traits of each kommun (size, wealth, age) and
chance, by the reviewed table ``data/demo/background.csv``. A loading is the correlation with a trait; what the loadings
leave of the spread is the kommun's own.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lagesbild.catalogue.registers import TEXT, matching, read_register
from lagesbild.catalogue.resources import project_root
from lagesbild.sources.demo.effects import LEVEL_YEAR
from lagesbild.sources.demo.frames import round_half_up
from lagesbild.sources.demo.land import Land
from lagesbild.sources.demo.streams import stream

_Floats = NDArray[np.float64]

POPULATION = "N01951"
_POPULATION_TITLE = "Invånare totalt, antal"
#: The expected costs, which Kolada tells by a cost and its deviation, and the key figures that tell them.
_CARE_COST, _IFO_COST = "kostnad-aldreomsorg", "kostnad-ifo"
_CARE_DEVIATION, _CARE_PERCENT, _IFO_NET, _IFO_PERCENT = "N20029", "N20900", "N30005", "N30001"
_TITLES = {
    _CARE_DEVIATION: "Nettokostnadsavvikelse äldreomsorg, miljoner kronor",
    _CARE_PERCENT: "Nettokostnadsavvikelse äldreomsorg, (%)",
    _IFO_NET: "Nettokostnad individ- och familjeomsorg, kr/inv",
    _IFO_PERCENT: "Nettokostnadsavvikelse individ- och familjeomsorg, (%)",
}
#: Spread of the deviations from expected cost, in percent.
_DEVIATION = 10.0
#: How much a variable moves from one year to the next, as a part of its spread between kommuner.
_PASSING = 0.05
_DECIMALS = 6
_NUMBER = matching(r"-?\d+(\.\d+)?", "a number")


def titles() -> dict[str, str]:
    """Return the key figures that `background_figures` can give, and their titles."""
    told = {row["kpi"]: row["title"] for row in _table() if row["title"]}
    return {POPULATION: _POPULATION_TITLE} | told | _TITLES


def background_figures(
    *, seed: int, land: Land, years: range, given: Mapping[str, pd.DataFrame] | None = None
) -> dict[str, pd.DataFrame]:
    """Return every background key figure.

    Parameters
    ----------
    seed
        Same seed, same figures; a further year changes none of the others.
    land
        The kommuner.
    years
        Years to give.
    given
        Key figures that come from elsewhere, as frames of the same form: the others are made to agree with them.

    Returns
    -------
    dict of str to DataFrame
        By key figure: a row per year and a column per kommun, in the order of `land`.
    """
    traits = _traits(seed, land)
    population = np.stack([land.population_in(year) for year in years])
    drawn = {row["kpi"]: np.stack([_year(seed, row, traits, year) for year in years]) for row in _table()}
    care, ifo = drawn.pop(_CARE_COST), drawn.pop(_IFO_COST)
    deviation = np.stack([_DEVIATION * _noise(seed, "deviation", land, year) for year in years])
    elsewhere = {kpi: frame.to_numpy(dtype=np.float64) for kpi, frame in (given or {}).items()}
    found: dict[str, _Floats] = {POPULATION: population, **drawn}
    percent = elsewhere.get(_CARE_PERCENT, round_half_up(deviation, 4))
    # A deviation of exactly nothing would leave the expected cost untold, as in Kolada.
    found[_CARE_PERCENT] = np.where(percent == 0, 0.1, percent)
    found[_CARE_DEVIATION] = found[_CARE_PERCENT] / 100 * care * population / 1_000_000
    found[_IFO_NET] = elsewhere.get(_IFO_NET, np.round(ifo * (1 + deviation / 100)))
    found[_IFO_PERCENT] = elsewhere.get(_IFO_PERCENT, (found[_IFO_NET] / ifo - 1) * 100)
    return {
        kpi: pd.DataFrame(np.round(values, _DECIMALS), index=list(years), columns=list(land.codes))
        for kpi, values in found.items()
    }


def _table() -> list[dict[str, str]]:
    columns = {
        "kpi": TEXT,
        "title": matching(r".*", "any text"),
        **dict.fromkeys(("level", "spread", "drift", "size", "wealth", "age", "lowest", "highest"), _NUMBER),
        "note_source": TEXT,
    }
    return read_register(project_root() / "data" / "demo" / "background.csv", columns, key=("kpi",))


def _traits(seed: int, land: Land) -> dict[str, _Floats]:
    """Return each kommun's size, wealth and age, uncorrelated, in standard deviations."""
    size = np.log(land.population.astype(np.float64))
    spread = size.std() or 1.0
    drawn = {name: stream(seed, "background", name).standard_normal(len(land)) for name in ("wealth", "age")}
    return {"size": (size - size.mean()) / spread, **drawn}


def _noise(seed: int, name: str, land: Land, year: int) -> _Floats:
    lasting = stream(seed, "background", name).standard_normal(len(land))
    passing = stream(seed, "background", name, year).standard_normal(len(land))
    result: _Floats = np.sqrt(1 - _PASSING**2) * lasting + _PASSING * passing
    return result


def _year(seed: int, row: dict[str, str], traits: Mapping[str, _Floats], year: int) -> _Floats:
    loadings = {name: float(row[name]) for name in traits}
    common = np.sum([loading * traits[name] for name, loading in loadings.items()], axis=0)
    own = np.sqrt(max(0.0, 1 - sum(loading**2 for loading in loadings.values())))
    lasting = stream(seed, "background", row["kpi"]).standard_normal(len(common))
    passing = stream(seed, "background", row["kpi"], year).standard_normal(len(common))
    level = float(row["level"]) + float(row["drift"]) * (year - LEVEL_YEAR)
    value = level + float(row["spread"]) * (common + own * lasting + _PASSING * passing)
    result: _Floats = np.clip(value, float(row["lowest"]), float(row["highest"]))
    return result

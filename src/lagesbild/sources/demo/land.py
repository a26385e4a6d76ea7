"""The Sweden that the synthetic figures are about: real kommuner, län and kommungrupper, as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lagesbild.catalogue.regions import Kommun

#: The year of the register's population figures, and how fast Sweden has grown about then (SCB, folkmängd).
POPULATION_YEAR = 2019
YEARLY_GROWTH = 0.006


@dataclass(frozen=True, kw_only=True, eq=False)
class Land:
    """The kommuner in code order; every array has one element per kommun.

    Parameters
    ----------
    codes, names
        Code of four digits and name.
    lan, group
        Two-digit code of the län, and code of the kommungrupp (SKR 2023).
    population
        Inhabitants in `POPULATION_YEAR`.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    lan: tuple[str, ...]
    group: tuple[str, ...]
    population: NDArray[np.int64]

    def __len__(self) -> int:
        """Return the number of kommuner."""
        return len(self.codes)

    @property
    def lan_codes(self) -> tuple[str, ...]:
        """The län that have a kommun here, in code order."""
        return tuple(sorted(set(self.lan)))

    def population_in(self, year: int) -> NDArray[np.float64]:
        """Return inhabitants per kommun in `year`: the register's count, grown at the national pace."""
        growth = (1 + YEARLY_GROWTH) ** (year - POPULATION_YEAR)
        return np.round(self.population * growth)


def land_of(kommuner: Sequence[Kommun]) -> Land:
    """Return the register's kommuner as arrays."""
    ordered = sorted(kommuner, key=lambda kommun: kommun.kod)
    return Land(
        codes=tuple(kommun.kod for kommun in ordered),
        names=tuple(kommun.namn for kommun in ordered),
        lan=tuple(kommun.lan for kommun in ordered),
        group=tuple(kommun.kommungrupp_2023 for kommun in ordered),
        population=np.array([kommun.folkmangd for kommun in ordered], dtype=np.int64),
    )

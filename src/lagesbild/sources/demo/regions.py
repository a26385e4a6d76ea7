"""The regions that an indicator's kommuner are summed to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.regions import RIKET
from lagesbild.catalogue.vocabulary import Level
from lagesbild.sources.demo.land import Land


@dataclass(frozen=True, kw_only=True, eq=False)
class Regions:
    """All regions of one level.

    Parameters
    ----------
    level, codes
        The level and its regions, in code order.
    index
        For each kommun, the place of its region in `codes`.
    """

    level: Level
    codes: tuple[str, ...]
    index: NDArray[np.int64]

    def total(self, figures: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the sum of kommuner's figures per region."""
        return np.bincount(self.index, weights=figures, minlength=len(self.codes)).astype(np.float64)


def summed_regions(indicator: Indicator, land: Land) -> tuple[Regions, ...]:
    """Return riket and the län, as far as the indicator is published for them."""
    everywhere = np.zeros(len(land), dtype=np.int64)
    lan = np.searchsorted(np.array(land.lan_codes), np.array(land.lan))
    both = (
        Regions(level=Level.RIKE, codes=(RIKET,), index=everywhere),
        Regions(level=Level.LAN, codes=land.lan_codes, index=lan),
    )
    return tuple(regions for regions in both if regions.level.value in indicator.levels)

"""The figures that carry the national analysis, drawn with seaborn and matplotlib as deterministic SVG.

Each takes plain values, returns a `Figure` with its text alternative, states its source, and says "Syntetiska
data" where the data are. Text is drawn as outlines of the package's own font.
"""

from __future__ import annotations

from lagesbild.presentation.development import development
from lagesbild.presentation.spread import distribution_strip, group_dots

__all__ = ["development", "distribution_strip", "group_dots"]

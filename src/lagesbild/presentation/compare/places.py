"""The places that can be compared, in the order that every file of figures has them in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from lagesbild.catalogue.groups import kommungrupper
from lagesbild.catalogue.regions import RIKET, RIKET_NAME, kommuner, lan
from lagesbild.catalogue.vocabulary import Level


@dataclass(frozen=True, kw_only=True)
class ComparedPlace:
    """A kommun, a län, a kommungrupp or the country.

    Parameters
    ----------
    code, name
        "1440" and "Ale"; a kommungrupp's name begins with its code.
    level
        What kind of place it is.
    slug
        A kommun's name in paths; empty elsewhere.
    """

    code: str
    name: str
    level: Level
    slug: str = ""


@lru_cache(maxsize=1)
def compared_places() -> tuple[ComparedPlace, ...]:
    """Return riket, the län, the kommungrupper and the kommuner, each kind in the order of its codes."""
    return (
        ComparedPlace(code=RIKET, name=RIKET_NAME, level=Level.RIKE),
        *(ComparedPlace(code=one.kod, name=one.namn, level=Level.LAN) for one in lan()),
        *(
            ComparedPlace(code=one.kod, name=f"{one.kod} {one.namn}", level=Level.KOMMUNGRUPP)
            for one in kommungrupper()
        ),
        *(ComparedPlace(code=one.kod, name=one.namn, level=Level.KOMMUN, slug=one.slug) for one in kommuner()),
    )

"""The order in which a report shows an area's indicators: the model's parts, and dimension by dimension in quality."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from lagesbild.catalogue.indicators import Dimension, Direction, Indicator, IndicatorType, Part, Tier

T = TypeVar("T")

#: The three types of indicator, as they stand in tables.
TYPE_WORDS = {
    IndicatorType.STRUKTUR: "Struktur",
    IndicatorType.PROCESS: "Process",
    IndicatorType.RESULTAT: "Resultat",
}

_DIMENSIONS = {
    Dimension.KUNSKAPSBASERAD: "Kunskapsbaserad",
    Dimension.SAKER: "Säker",
    Dimension.INDIVIDANPASSAD: "Individanpassad",
    Dimension.EFFEKTIV: "Effektiv",
    Dimension.JAMLIK: "Jämlik",
    Dimension.TILLGANGLIG: "Tillgänglig",
}
PART_NAMES = {
    Part.KVALITET: "Kvalitet",
    Part.VALFARD: "Välfärd",
    Part.HALLBAR_UTVECKLING: "Hållbar utveckling",
    Part.CENTRALT_NYCKELTAL: "Centrala nyckeltal",
    Part.KOSTNADSNYCKELTAL: "Kostnader",
}


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the model, or a dimension of its quality part: its key in labels, and its heading."""

    key: str
    heading: str


#: In reading order: the dimensions of quality, quality without dimension, then what describes the kommun.
_SECTIONS = (
    *(Section(key=dimension.value, heading=f"Kvalitet: {word.lower()}") for dimension, word in _DIMENSIONS.items()),
    *(Section(key=part.value.replace("_", "-"), heading=word) for part, word in PART_NAMES.items()),
)
_PLACES = {section.key: place for place, section in enumerate(_SECTIONS)}


def dimension_word(dimension: Dimension) -> str:
    """Return a dimension of quality as a word: "Säker"."""
    return _DIMENSIONS[dimension]


def section_of(indicator: Indicator) -> Section:
    """Return where in an area's text the indicator stands."""
    in_dimension = indicator.part is Part.KVALITET and indicator.dimension is not None
    key = indicator.dimension if in_dimension else indicator.part.replace("_", "-")
    return _SECTIONS[_PLACES[str(key)]]


def by_section(items: Iterable[T], indicator_of: Callable[[T], Indicator]) -> list[tuple[Section, list[T]]]:
    """Return items by section, base indicators first in each, else in the order given; empty sections are left out.

    Parameters
    ----------
    items
        Whatever stands in a table's rows.
    indicator_of
        The indicator that an item is about.
    """
    found: dict[Section, list[T]] = {}
    for item in items:
        found.setdefault(section_of(indicator_of(item)), []).append(item)
    ordered = sorted(found.items(), key=lambda pair: _PLACES[pair[0].key])
    return [
        (section, sorted(rows, key=lambda row: indicator_of(row).tier is not Tier.BAS)) for section, rows in ordered
    ]


def of_quality(indicator: Indicator) -> bool:
    """Tell whether an indicator says how good the work is: of the quality part, and with a direction.

    The others (welfare, sustainable development, key figures and costs) describe the kommun and its conditions.
    """
    return indicator.part is Part.KVALITET and indicator.direction is not Direction.INGEN

"""Sections follow the model: the dimensions of quality, then what describes the kommun; base goes first in each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lagesbild.catalogue.indicators import Dimension, Direction, Indicator, Part, Tier
from lagesbild.catalogue.load import load_catalogue
from lagesbild.presentation.sections import by_section, of_quality, section_of

Make = Callable[..., Indicator]


def itself(indicator: Indicator) -> Indicator:
    return indicator


def test_every_indicator_of_the_catalogue_has_its_section() -> None:
    catalogue = load_catalogue()
    sections = by_section(catalogue.indicators, itself)
    assert sum(len(rows) for _, rows in sections) == len(catalogue.indicators)
    assert [section.heading for section, _ in sections][-1] == "Kostnader"
    assert len({section.key for section, _ in sections}) == len(sections)


def test_quality_without_dimension_follows_the_dimensions(indicator: Make) -> None:
    loose = replace(indicator(), id="ao-los", dimension=None)
    tied = replace(indicator(), id="ao-bunden", dimension=Dimension.TILLGANGLIG)
    assert [one.id for _, rows in by_section([loose, tied], itself) for one in rows] == ["ao-bunden", "ao-los"]
    assert section_of(loose).heading == "Kvalitet"


def test_base_goes_first_and_the_order_is_kept_otherwise(indicator: Make) -> None:
    tiers = [Tier.FORDJUPNING, Tier.BAS, Tier.FORDJUPNING, Tier.BAS]
    given = [replace(indicator(), id=f"ao-{n}", tier=tier) for n, tier in enumerate(tiers)]
    ((_, rows),) = by_section(given, itself)
    assert [one.id for one in rows] == ["ao-1", "ao-3", "ao-0", "ao-2"]


def test_welfare_and_what_has_no_direction_is_not_of_quality(indicator: Make) -> None:
    assert of_quality(indicator())
    assert not of_quality(replace(indicator(), direction=Direction.INGEN))
    assert not of_quality(replace(indicator(), part=Part.VALFARD))

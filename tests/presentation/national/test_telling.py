"""Map and figures are of quality: base first, and what has changed most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from lagesbild.catalogue.indicators import Part, Tier
from lagesbild.catalogue.load import Catalogue
from lagesbild.presentation.national.telling import most_telling
from lagesbild.presentation.national.view import NationalView

Views = Callable[..., NationalView]


def with_copies(view: NationalView) -> NationalView:
    """Return the view with its number told again as welfare and as an in-depth indicator."""
    first = view.catalogue.indicators[0]
    copies = [
        replace(first, id="ao-a-valfard", part=Part.VALFARD, dimension=None),
        replace(first, id="ao-b-djup", tier=Tier.FORDJUPNING),
    ]
    rows = view.comparisons
    added = [rows[rows["indicator"] == first.id].assign(indicator=one.id) for one in copies]
    comparisons = pd.concat([rows, *added], ignore_index=True)
    return replace(view, catalogue=Catalogue((*copies, *view.catalogue.indicators)), comparisons=comparisons)


def test_the_map_shows_a_base_indicator_of_quality(national_view: Views) -> None:
    key = with_copies(national_view()).key_indicator("aldreomsorg")
    assert key is not None
    assert key.id == "ao-nojda"


def test_only_quality_is_drawn_and_base_goes_first(national_view: Views) -> None:
    view = with_copies(national_view())
    chosen = most_telling(view, view.measured("aldreomsorg", answers=False))
    assert [one.id for one in chosen] == ["ao-nojda", "ao-b-djup"]

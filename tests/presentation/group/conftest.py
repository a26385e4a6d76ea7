"""A group's results made by hand: four kommuner, a few indicators of two areas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from lagesbild.catalogue.indicators import Direction, Indicator, Part, Scale
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.regions import kommun
from lagesbild.presentation.group.view import GroupResult, GroupView, MemberResult, Spread

NAMES = ("Ale", "Borås", "Göteborg", "Lerum")
SPREAD = Spread(lowest=40.0, p25=70.0, median=80.0, p75=90.0, highest=100.0)


def result(indicator: Indicator, cells: list[dict[str, Any]], **known: Any) -> GroupResult:
    """Return a result; a cell gives value, answer, against_riket, trend, status and base of a kommun in order."""
    empty = {"value": None, "answer": None, "status": "ok", "against_riket": "", "trend": "", "base": 500.0}
    members = tuple(
        MemberResult(kommun=kommun(name), **{**empty, **cell}) for name, cell in zip(NAMES, cells, strict=False)
    )
    about = {"unweighted": None, "weighted": None, "riket": 80.0, "spread": SPREAD, **known}
    return GroupResult(indicator=indicator, members=members, **about)


@pytest.fixture
def group_view(indicator: Callable[..., Indicator]) -> Callable[..., GroupView]:
    """Return a maker of a group's view, of the results below or others."""
    trygg = replace(indicator(title="Trygg | *hemma*"), id="ao-trygg")
    vanta = replace(indicator(Scale.DAGAR, Direction.LAG, "Väntetid"), id="ao-vanta")
    kostnad = replace(indicator(Scale.KRONOR, Direction.INGEN, "Kostnad"), id="ao-kostnad", part=Part.KOSTNADSNYCKELTAL)
    rutin = replace(indicator(Scale.JA_NEJ, title="Rutin vid våld"), id="ao-rutin")
    hidden = {"status": "sekretess"}
    own = [
        result(
            trygg,
            [
                {"value": 92.0, "against_riket": "battre", "trend": "sakerstalld_forbattring"},
                {"value": 60.0, "against_riket": "samre", "trend": "sakerstalld_forsamring"},
                {"value": 75.0, "against_riket": "samre", "trend": "sakerstalld_forsamring"},
                hidden,
            ],
            unweighted=75.7,
            weighted=74.9,
        ),
        result(
            vanta, [{"value": 30.0, "base": 10.0}, {"value": 90.0}, {"value": 45.0}, {"value": 50.0}], unweighted=53.8
        ),
        result(kostnad, [{"value": 12000.0}, {"value": 9000.0}, hidden, hidden], unweighted=10500.0, riket=11000.0),
        result(rutin, [{"answer": "ja"}, {"answer": "nej"}, {"answer": "nej"}, {}], unweighted=33.3, spread=None),
    ]

    def made(results: list[GroupResult] | None = None, **known: Any) -> GroupView:
        chosen = own if results is None else results
        about = {"name": "Provgruppen", "is_lan": False, "kommuner": tuple(map(kommun, NAMES)), **known}
        return GroupView(
            year=2024,
            results={one.indicator.id: one for one in chosen},
            catalogue=Catalogue(tuple(one.indicator for one in own)),
            synthetic=True,
            source="Syntetiska data",
            **about,
        )

    return made

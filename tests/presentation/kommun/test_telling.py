"""Only series of quality that show a development are drawn, base indicators and proven changes first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from lagesbild.catalogue.indicators import Direction, Indicator, Part, Tier
from lagesbild.presentation.kommun.telling import MOST_PANELS, most_telling, with_series
from lagesbild.presentation.kommun.view import KommunView

Views = Callable[..., KommunView]


def series(*values: float, **last: Any) -> list[dict[str, Any]]:
    columns = ("value", "answer", "colour", "rank", "riket", "lan", "kommungrupp", "label", "slope")
    first = 2024 - len(values) + 1
    rows = [
        {**dict.fromkeys(columns), "year": year, "status": "ok", "n_reporting": 250, "value": value, "riket": 80.0}
        for year, value in enumerate(values, start=first)
    ]
    rows[-1] |= last
    return rows


def drawn(kommun_view: Views, rows: list[tuple[Indicator, list[dict[str, Any]]]]) -> list[str]:
    view = kommun_view(rows)
    fit = with_series(view, view.results("aldreomsorg", answers=False))
    return [result.indicator.id for result in most_telling(view, fit)]


def test_only_quality_with_direction_and_three_points_is_drawn(kommun_view: Views, indicator: Any) -> None:
    one = indicator()
    rows = [
        (replace(one, id="ao-ja"), series(70, 71, 72)),
        (replace(one, id="ao-kort"), series(70, 71)),
        (replace(one, id="ao-utan-riktning", direction=Direction.INGEN), series(70, 71, 72)),
        (replace(one, id="ao-valfard", part=Part.VALFARD, dimension=None), series(70, 71, 72)),
    ]
    assert drawn(kommun_view, rows) == ["ao-ja"]


def test_base_goes_before_proven_change_and_that_before_distance_from_riket(kommun_view: Views, indicator: Any) -> None:
    one = indicator()
    rows = [(replace(one, id=f"ao-nara-{n}"), series(80, 80, 80)) for n in range(MOST_PANELS)]
    rows += [
        (replace(one, id="ao-langt"), series(20, 20, 20)),
        (replace(one, id="ao-saker"), series(79, 80, 81, label="sakerstalld_forbattring")),
        (replace(one, id="ao-fordjupning", tier=Tier.FORDJUPNING), series(0, 0, 0, label="sakerstalld_forsamring")),
    ]
    chosen = drawn(kommun_view, rows)
    assert len(chosen) == MOST_PANELS
    assert {"ao-langt", "ao-saker"} <= set(chosen)
    assert "ao-fordjupning" not in chosen

"""Four fields of cost and result: named rightly, never against itself, and defined where little is known."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from lagesbild.catalogue.indicators import Direction, Indicator
from lagesbild.errors import ParameterError
from lagesbild.methods.cost_quality import Field, FourFields, four_fields, together
from lagesbild.methods.cost_simulation import right_field

Made = Callable[..., Indicator]


@pytest.fixture(autouse=True)
def _no_warnings() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def _panel(costs: dict[str, float], results: dict[str, float], year: int = 2024) -> pd.DataFrame:
    rows = [("k", year, code, value) for code, value in costs.items()]
    rows += [("q", year, code, value) for code, value in results.items()]
    return pd.DataFrame(rows, columns=["indicator", "year", "region", "value"])


COSTS = {"a": 100.0, "b": 200.0, "c": 300.0, "d": 400.0, "e": 300.0}
RESULTS = {"a": 90.0, "b": 60.0, "c": 75.0, "d": 80.0, "e": 50.0}


def _found(indicator: Made, direction: Direction = Direction.HOG, **changes: object) -> FourFields:
    arguments = {"kommun": "e", "others": ["a", "b", "c", "d"], "year": 2024} | changes
    panel = arguments.pop("panel", _panel(COSTS, RESULTS))
    cost, quality = indicator("k", direction=Direction.INGEN), indicator("q", direction=direction)
    return four_fields(panel, cost=cost, quality=quality, **arguments)


def test_the_medians_are_the_others_and_the_fields_what_they_are_called(indicator: Made) -> None:
    found = _found(indicator)
    assert (found.cost, found.quality) == (250.0, 77.5)
    fields = dict(zip(found.points["region"], found.points["field"], strict=True))
    assert fields == {
        "a": Field.LAGRE_BATTRE,
        "b": Field.LAGRE_SAMRE,
        "c": Field.HOGRE_SAMRE,
        "d": Field.HOGRE_BATTRE,
        "e": Field.HOGRE_SAMRE,
    }
    assert found.points.loc[found.points["own"], "region"].tolist() == ["e"]


def test_a_kommun_among_its_own_others_changes_nothing_and_order_does_not_matter(indicator: Made) -> None:
    one = _found(indicator)
    for other in (
        _found(indicator, others=["e", "d", "a", "b", "c", "a"]),
        _found(indicator, panel=_panel(COSTS, RESULTS).sample(frac=1, random_state=2)),
    ):
        pd.testing.assert_frame_equal(one.points, other.points)
        assert (one.cost, one.quality) == (other.cost, other.quality)


def test_a_mirrored_direction_gives_mirrored_fields(indicator: Made) -> None:
    mirror = {"lagre_battre": "lagre_samre", "hogre_battre": "hogre_samre"}
    mirror |= {there: here for here, there in mirror.items()}
    low = _found(indicator, Direction.LAG).points["field"]
    assert low.tolist() == [mirror[field] for field in _found(indicator).points["field"]]


def test_the_year_is_the_latest_that_half_have_both_figures_of(indicator: Made) -> None:
    panel = pd.concat(
        [
            _panel(COSTS, RESULTS, 2022),
            _panel(COSTS, {"a": 1.0, "b": 2.0, "e": 3.0}, 2023),
            _panel({}, RESULTS, 2024),
            _panel(COSTS, {"a": 1.0}, 2025),
        ]
    )
    found = _found(indicator, panel=panel, year=2026)
    assert found.year == 2023
    assert found.without == ("c", "d")
    assert np.isnan(found.cost)  # two others are too few for a median
    assert set(found.points["field"]) == {""}
    assert _found(indicator, panel=panel, year=2022).year == 2022


def test_ties_constants_and_nothing_have_defined_answers(indicator: Made) -> None:
    same = dict.fromkeys(COSTS, 5.0)
    assert set(_found(indicator, panel=_panel(same, same)).points["field"]) == {Field.PA_GRANSEN}
    nothing = _found(indicator, panel=_panel({}, {}))
    assert nothing.points.empty
    assert nothing.without == ("a", "b", "c", "d", "e")
    alone = _found(indicator, panel=_panel({"e": 1.0}, {"e": 1.0}), others=[])
    assert alone.points["field"].tolist() == [""]


def test_a_cost_with_direction_and_a_result_without_are_refused(indicator: Made) -> None:
    directed, none = indicator("k"), indicator("q", direction=Direction.INGEN)
    for cost, quality in ((directed, directed), (none, none)):
        with pytest.raises(ParameterError):
            four_fields(_panel(COSTS, RESULTS), cost=cost, quality=quality, kommun="e", others=["a"], year=2024)


def test_the_correlation_is_spearmans_and_turns_with_the_direction(indicator: Made) -> None:
    rng = np.random.default_rng(5)
    x = rng.normal(size=200).round(1)
    y = (0.4 * x + rng.normal(size=200)).round(1)
    codes = [f"{n:04d}" for n in range(200)]
    panel = _panel(dict(zip(codes, x, strict=True)), dict(zip(codes, y, strict=True)))
    cost = indicator("k", direction=Direction.INGEN)
    high = together(panel, cost=cost, quality=indicator("q"), year=2024)
    assert high.correlation == pytest.approx(stats.spearmanr(x, y).statistic)
    assert high.lower < high.correlation < high.upper
    low = together(panel, cost=cost, quality=indicator("q", direction=Direction.LAG), year=2024)
    assert (low.correlation, low.lower) == pytest.approx((-high.correlation, -high.upper))
    few = together(panel.head(5), cost=cost, quality=indicator("q"), year=2024)
    assert np.isnan([few.correlation, few.lower, few.upper]).all()
    flat = together(panel.assign(value=1.0), cost=cost, quality=indicator("q"), year=2024)
    assert np.isnan(flat.correlation)
    assert (
        together(
            _panel(dict.fromkeys(codes, 0) | dict(zip(codes, x, strict=True)), dict(zip(codes, x, strict=True))),
            cost=cost,
            quality=indicator("q"),
            year=2024,
        ).upper
        <= 1
    )


def test_the_correlations_interval_holds_no_correlation_as_often_as_it_says(indicator: Made) -> None:
    rng = np.random.default_rng(6)
    codes = [f"{n:04d}" for n in range(60)]
    cost, quality = indicator("k", direction=Direction.INGEN), indicator("q")
    held = 0
    for _ in range(200):
        x, y = rng.normal(size=(2, 60))
        found = together(
            _panel(dict(zip(codes, x, strict=True)), dict(zip(codes, y, strict=True))),
            cost=cost,
            quality=quality,
            year=2024,
        )
        held += found.lower <= 0 <= found.upper
    assert held / 200 == pytest.approx(0.95, abs=0.045)


def test_far_from_the_middle_the_field_is_nearly_always_right() -> None:
    found = right_field(others=7, distances=[0.0, 1.0, 2.0], draws=20_000)["right"]
    assert found[0] == pytest.approx(0.25, abs=0.02)
    # Of seven the median's standard deviation is 0.457 of one: P(Z < 1 / 0.457) twice.
    assert found[1] == pytest.approx(0.97, abs=0.02)
    assert found[2] > 0.99

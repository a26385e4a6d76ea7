from __future__ import annotations

import warnings

import numpy as np
import pytest

from lagesbild.methods.moderated_slopes import lines, moderated, prior, rounding_variance
from lagesbild.methods.trend_simulation import false_alarms, label_shares, power, simulated, target_coverage
from lagesbild.methods.trends import binomial_weights


@pytest.fixture(autouse=True)
def _no_warnings():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


@pytest.fixture(scope="module")
def alarms():
    return false_alarms(indicators=8).set_index(["Situation", "Mätningar"])


@pytest.mark.parametrize("points", [3, 5, 10])
@pytest.mark.parametrize(
    "situation", ["Lika stor spridning", "Olika stor spridning", "Mycket olika spridning", "En serie för sig (riket)"]
)
def test_five_percent_of_series_without_a_trend_are_called_secured_and_five_possible(alarms, situation, points):
    row = alarms.loc[(situation, points)]
    assert row["Säkerställd"] == pytest.approx(5.0, abs=1.5)
    assert row["Möjlig"] == pytest.approx(5.0, abs=1.5)
    assert row.sum() == pytest.approx(100.0)


def test_years_that_lean_on_each_other_give_more_false_alarms_than_is_said(alarms):
    alike, means, walk = (
        alarms["Säkerställd"].loc[[name]].droplevel(0)
        for name in ("Åren liknar varandra (autokorrelation 0,3)", "Treårsmedelvärden", "Nivån vandrar av sig själv")
    )
    assert alike.between(7, 16).all()
    assert means.between(20, 40).all()
    assert walk[10] > 20


def test_stable_is_said_where_changes_are_small_beside_the_differences_between_kommuner(alarms):
    small = alarms["Stabil"].loc["Små ändringar mot skillnaden mellan kommuner"]
    assert small[5] > 60
    assert (alarms["Stabil"].loc["Lika stor spridning"] < 1).all()


def test_the_common_spread_finds_more_trends_in_few_points():
    found = power(slopes=(1.0,), points=(3, 5, 10), indicators=6).set_index("Mätningar")
    assert found.loc[3, "Säkerställd"] > 1.5 * found.loc[3, "Säkerställd utan gemensam spridning"]
    assert found.loc[5, "Säkerställd"] > 70
    assert found.loc[10, "Säkerställd"] > 99


def test_every_kommun_of_a_group_with_the_same_spread_is_tested_by_it():
    # With one spread for all, three points are tested almost as with the spread known: power of the normal test.
    values = simulated(np.random.default_rng(3), indicators=6, kommuner=290, points=3, slope=1.5)
    # slope 1.5, standard error 1 / sqrt(2), z = 2.12; a little is lost since the spread's own spread must be learnt.
    assert label_shares(values, 290)["Säkerställd"] == pytest.approx(56.4, abs=10)


@pytest.mark.parametrize("spread", [{}, {"df_spread": 7.0}])
def test_results_of_the_targets_year_fall_within_the_interval_as_often_as_is_said(spread):
    table = target_coverage(indicators=10, **spread)
    assert table["Täckning"].between(93.5, 96.5).all()
    assert (table["Nådde av dem som sägs nå"] > 80).all()
    assert (table["Nådde av dem som sägs troligen inte nå"] < 20).all()


def test_where_the_level_wanders_the_interval_holds_less_often():
    table = target_coverage(points=(9,), indicators=5, ahead=4, walk=0.5)
    assert table["Täckning"].iloc[0] < 92


@pytest.mark.parametrize(("points", "most"), [(3, 9.5), (5, 8.0), (9, 6.5)])
def test_percentages_of_few_people_have_about_as_many_false_alarms_as_is_said(points, most):
    """Shares of 5 or 15 people, with ties and weights that differ much: worst at three points (8 percent measured)."""
    rng = np.random.default_rng(1)
    groups = np.repeat(np.arange(10), 290)
    for p, people in ((0.95, 15), (0.5, 5)):
        counts = np.maximum(3, rng.poisson(people, size=(2900, points)))
        values = np.round(100.0 * rng.binomial(counts, p) / counts, 1)
        weights, _ = binomial_weights(values, counts.astype(float))
        fit = lines(values, np.arange(points), weights)
        floor = rounding_variance(values, groups) * np.median(weights, axis=1)
        line = moderated(fit, prior(fit.variance, fit.df, groups), floor)
        assert 100.0 * np.mean(line.p < 0.05) < most

"""Claims on results over time: each outcome on hand-made figures, and what can't be tested."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
import statsmodels.stats.weightstats as sw

from lagesbild.methods.audit_claims import CLAIM_COLUMNS, CLAIMS, Claim, check_claims, yearly_figures

STEADY = Claim(id="stabil", text="", place="", rows=("rad",), kind="stabil")
OVER = Claim(id="over", text="", place="", rows=("rad",), kind="over", level=80.0)
AROUND = Claim(id="omkring", text="", place="", rows=("rad",), kind="omkring", level=30.0)


def figures(by_year: dict[int, float], *, kommuner: int = 40, noise: float = 1.0) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Kommuner around riket's figure of each year, and riket."""
    rng = np.random.default_rng(5)
    parts = [
        pd.DataFrame(
            {
                "indicator": "rad",
                "year": year,
                "region": [f"{at:04d}" for at in range(kommuner)],
                "value": value + rng.normal(0, noise, kommuner),
            }
        )
        for year, value in by_year.items()
    ]
    riket = pd.DataFrame({"indicator": "rad", "year": list(by_year), "value": list(by_year.values())})
    return pd.concat(parts, ignore_index=True), riket


@pytest.mark.parametrize(
    ("claim", "by_year", "outcome"),
    [
        (STEADY, {2016: 50.0, 2019: 50.0}, "haller"),
        (STEADY, {2016: 50.0, 2019: 51.5}, "haller_men_andras"),
        (STEADY, {2016: 50.0, 2019: 53.0}, "haller_inte"),
        (STEADY, {2016: 50.0, 2018: 50.0}, "kan_inte_provas"),
        (OVER, {2016: 81.0, 2017: 80.5, 2019: 83.0}, "haller"),
        (OVER, {2016: 81.0, 2017: 79.0, 2019: 83.0}, "haller_inte"),
        (AROUND, {2016: 26.0, 2019: 34.0}, "haller"),
        (AROUND, {2016: 24.0, 2019: 30.0}, "haller_inte"),
    ],
)
def test_a_claim_holds_or_not_by_the_stated_limits(claim: Claim, by_year: dict[int, float], outcome: str) -> None:
    found = check_claims(*figures(by_year), claims=[claim])
    assert list(found.columns) == list(CLAIM_COLUMNS)
    assert found["outcome"].tolist() == [outcome]


def test_the_change_and_its_interval_are_those_of_a_paired_t_test() -> None:
    panel, riket = figures({2016: 50.0, 2019: 51.0})
    panel = panel.drop(panel.index[3])
    found = check_claims(panel, riket, claims=[STEADY]).iloc[0]
    table = panel.pivot_table(index="region", columns="year", values="value").dropna()
    outside = sw.DescrStatsW(table[2019] - table[2016])
    assert found["change"] == pytest.approx(outside.mean) and found["n_kommuner"] == 39
    assert found[["lower", "upper"]].tolist() == pytest.approx(outside.tconfint_mean(0.05))


def test_without_rikets_figure_in_some_year_the_mean_of_kommuner_stands_for_all_years() -> None:
    panel, riket = figures({2016: 50.0, 2019: 50.0})
    found = check_claims(panel, riket.iloc[1:].assign(value=90.0), claims=[STEADY]).iloc[0]
    means = yearly_figures(panel, riket)["mean"].tolist()
    assert found[["riket_first", "riket_last"]].tolist() == pytest.approx(means)


def test_one_kommun_constant_figures_and_nothing_at_all_give_no_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        alone = check_claims(*figures({2016: 50.0, 2019: 50.0}, kommuner=1), claims=[STEADY]).iloc[0]
        constant = check_claims(*figures({2016: 50.0, 2019: 50.0}, noise=0.0), claims=[STEADY]).iloc[0]
        panel, riket = figures({2016: 50.0})
        nothing = check_claims(panel.iloc[:0], riket.iloc[:0])
    assert np.isnan(alone["lower"]) and not alone["secured"] and alone["outcome"] == "haller"
    assert constant[["change", "lower", "upper"]].tolist() == [0.0, 0.0, 0.0] and not constant["secured"]
    assert set(nothing["outcome"]) == {"kan_inte_provas"}
    assert nothing["claim"].unique().tolist() == [claim.id for claim in CLAIMS]

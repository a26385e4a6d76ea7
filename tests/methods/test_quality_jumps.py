"""A jump is told from the indicator's own changes, with few false alarms."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lagesbild.catalogue.indicators import Scale
from lagesbild.methods.quality_findings import Check
from lagesbild.methods.quality_jumps import changes, jump_findings, robust_spread, steadied

YEARS = range(2016, 2025)
CODES = [f"{number:04d}" for number in range(1000, 1290)]


def series(noise, *, level: float = 60.0) -> pd.DataFrame:
    """Return 290 kommuner in nine years: a level each, and `noise` (years x kommuner) around it."""
    parts = [
        pd.DataFrame({"region": CODES, "year": year, "value": (level + noise[place]).round(1)})
        for place, year in enumerate(YEARS)
    ]
    fixed = {"indicator": "ao-tal", "level": "kommun", "unit": "", "sex": "T", "status": "ok", "denominator": np.nan}
    return pd.concat(parts, ignore_index=True).assign(**fixed)


def people() -> pd.Series:
    return pd.Series(np.linspace(3_000, 900_000, 290).astype(int), index=CODES)


@pytest.fixture
def found(indicator):
    def run(rows, **kwargs):
        indicators = [indicator(**kwargs)]
        moved = changes(rows, indicators=indicators, population=people())
        return jump_findings(moved, indicators=indicators, year=2024)

    return run


def test_false_alarms_are_as_rare_as_stated(indicator):
    """Simulated: kommuner that only vary by chance, 290 kommuner x eight changes x 40 indicators of each kind."""
    rng = np.random.default_rng(11)
    limits = {"normal": 1e-5, "tung": 1.5e-3}
    for kind, limit in limits.items():
        alarms = total = 0
        for _ in range(40):
            noise = rng.normal(0, 3, (9, 290)) if kind == "normal" else 3 * rng.standard_t(10, (9, 290))
            moved = changes(series(noise), indicators=[indicator(scale=Scale.INDEX)], population=people())
            alarms += int((moved["z"].abs() > 5).sum())
            total += len(moved)
        assert total == 40 * 8 * 290
        assert alarms / total <= limit, kind


def test_there_and_back_by_chance_is_rarer_still(found):
    rng = np.random.default_rng(4)
    alarms = sum(
        (found(series(rng.normal(0, 3, (9, 290))))["check"] == Check.FRAM_OCH_TILLBAKA).sum() for _ in range(40)
    )
    assert alarms <= 6  # of 11 600


def test_a_jump_in_one_kommun_is_found_and_told(found):
    noise = np.random.default_rng(1).normal(0, 2, (9, 290))
    noise[7, 5], noise[8, 5] = 2.0, -38.0
    findings = found(series(noise))
    assert findings[["region", "check", "severity"]].to_numpy().tolist() == [[CODES[5], "hopp", 3]]
    assert findings["text"][0] == "Ovanligt stor minskning sedan 2023, från 62 till 22 procent"


def test_one_unit_of_two_is_no_jump_but_half_of_two_hundred_persons_is(found):
    noise = np.random.default_rng(1).normal(0, 2, (9, 290))
    noise[8, 5:7] = -40.0
    rows = series(noise)
    for code, count in ((CODES[5], 2.0), (CODES[6], 200.0)):
        rows.loc[rows["region"].eq(code), "denominator"] = count
    assert found(rows)["region"].tolist() == [CODES[6]]


def test_a_value_that_left_and_came_back_is_found_the_year_it_came_back(found):
    noise = np.random.default_rng(1).normal(0, 2, (9, 290))
    noise[6:9, 9] = [0.0, 30.0, 0.0]
    findings = found(series(noise))
    assert set(findings["check"]) == {"hopp", "fram_och_tillbaka"}
    assert set(findings["region"]) == {CODES[9]}


def test_a_trend_that_all_kommuner_share_is_no_jump_but_a_common_leap_is_said_of_riket(found):
    noise = np.random.default_rng(2).normal(0, 2, (9, 290))
    assert found(series(noise + 2 * np.arange(9)[:, None])).empty
    noise[8] += 20
    findings = found(series(noise))
    assert findings[["level", "region", "check"]].to_numpy().tolist() == [["rike", "0000", "gemensamt_hopp"]]
    assert "kraftigt upp samtidigt sedan 2023" in findings["text"][0]


def test_a_change_too_small_to_matter_is_left_alone(found):
    noise = np.random.default_rng(3).normal(0, 0.1, (9, 290))
    noise[8, 0] += 3
    assert found(series(noise)).empty


def test_withheld_and_missing_years_are_skipped_and_long_gaps_are_no_jumps(found):
    noise = np.random.default_rng(1).normal(0, 2, (9, 290))
    noise[8, 5] = -38.0
    rows = series(noise)
    gone = rows["region"].eq(CODES[5]) & rows["year"].between(2019, 2023)
    rows.loc[gone, ["value", "status"]] = [np.nan, "sekretess"]
    assert found(rows).empty
    rows.loc[rows["year"].eq(2020) & gone, ["value", "status"]] = [60.0, "ok"]
    assert "sedan 2020" in found(rows)["text"][0]


def test_the_spread_is_that_of_a_normal_distribution_and_survives_outliers():
    rng = np.random.default_rng(0)
    values = pd.Series(np.r_[rng.normal(0, 2, 2000), np.full(200, 500.0)])
    assert robust_spread(values) == pytest.approx(2.0, rel=0.15)
    assert np.isnan(robust_spread(values.head(29)))
    assert robust_spread(pd.Series([0.0] * 90 + [1.0] * 10)) == pytest.approx(1.2533 * 0.1)
    assert np.isnan(robust_spread(pd.Series([0.0] * 90)))


def test_steadied_values_have_like_spread_at_every_level():
    rng = np.random.default_rng(0)
    spreads = [steadied(pd.Series(rng.binomial(100, p, 4000) * 1.0), Scale.PROCENT).std() for p in (0.1, 0.5, 0.9)]
    assert max(spreads) / min(spreads) < 1.1
    counts = [steadied(pd.Series(rng.poisson(m, 4000) * 1.0), Scale.ANTAL).std() for m in (10, 100)]
    assert max(counts) / min(counts) < 1.1
    assert steadied(pd.Series([0.0, -1.0]), Scale.KRONOR).isna().all()

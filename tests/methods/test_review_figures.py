"""The review's figures agree with counting by hand and with scipy, and survive what is odd."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from lagesbild.catalogue.indicators import Direction, Indicator, Scale, Survey
from lagesbild.methods.review_figures import FIGURE_COLUMNS, review_figures

Maker = Callable[..., Indicator]
NO_QUALITY = pd.DataFrame({name: pd.Series(dtype="str") for name in ("indicator", "grade", "checks")}).assign(
    year=pd.Series(dtype="int64")
)


def frame(rows: Sequence[tuple[str, int, str, object, str]]) -> pd.DataFrame:
    """Return comparisons: indicator, year, region, result (a number or an answer) and status."""
    return pd.DataFrame(
        {
            "indicator": [row[0] for row in rows],
            "year": np.array([row[1] for row in rows], dtype=np.int16),
            "region": [row[2] for row in rows],
            "sex": "T",
            "value": [row[3] if isinstance(row[3], float) else np.nan for row in rows],
            "answer": pd.Series([row[3] if isinstance(row[3], str) else None for row in rows], dtype="str"),
            "status": [row[4] for row in rows],
        }
    )


def answered(indicator: str, answers: dict[int, str]) -> pd.DataFrame:
    """Return rows of answers by year, a letter a kommun: j, n, or a point for none."""
    words = {"j": "ja", "n": "nej", "d": "delvis"}
    return frame(
        [
            (indicator, year, f"{place:04d}", words.get(letter), "ok" if letter in words else "saknas")
            for year, letters in answers.items()
            for place, letter in enumerate(letters)
        ]
    )


def figures(rows: pd.DataFrame, *indicators: Indicator, quality: pd.DataFrame = NO_QUALITY) -> pd.DataFrame:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = review_figures(rows, quality, indicators=indicators, level=90.0)
    assert tuple(found.columns) == FIGURE_COLUMNS
    return found.set_index(["indicator", "year"])


def test_answers_are_counted_as_by_hand(indicator: Maker) -> None:
    asked = indicator("ao-rutin", scale=Scale.JA_NEJ)
    found = figures(answered("ao-rutin", {2021: "jjnn", 2022: "jnjn", 2023: "jjn."}), asked)
    assert found["svarande"].tolist() == [100.0, 100.0, 75.0]
    assert found["uppfyller"].round(1).tolist() == [50.0, 50.0, 66.7]
    assert found["andrat"].fillna(-1).round(1).tolist() == [-1, 50.0, 66.7]
    # Of the three with all three answers, two went and came back.
    assert found["vaxlat"].fillna(-1).round(1).tolist() == [-1, -1, 66.7]
    assert found[["spridning", "aterkommer"]].isna().all(axis=None)


def test_a_kommun_absent_last_time_has_not_changed(indicator: Maker) -> None:
    asked = indicator("ao-rutin", scale=Scale.JA_NEJ)
    found = figures(answered("ao-rutin", {2020: "jj", 2021: ".j", 2022: "nj"}), asked)
    assert found.loc[("ao-rutin", 2022), "andrat"] == 0.0
    assert found.loc[("ao-rutin", 2022), "vaxlat"] == 0.0


def test_years_that_the_plan_rests_do_not_break_a_row_of_measurements(indicator: Maker) -> None:
    asked = indicator("ao-rutin", scale=Scale.JA_NEJ)
    found = figures(answered("ao-rutin", {2019: "jn", 2021: "nn", 2023: "jn"}), asked)
    assert found.loc[("ao-rutin", 2023), "vaxlat"] == 50.0


def test_places_that_come_back_are_spearmans_correlation(indicator: Maker) -> None:
    random = np.random.default_rng(7)
    first, then = random.integers(50, 100, 40).astype(float), random.integers(50, 100, 40).astype(float)
    rows = [
        ("ao-tal", year, f"{n:04d}", float(v), "ok")
        for year, x in ((2022, first), (2023, then))
        for n, v in enumerate(x)
    ]
    found = figures(frame(rows), indicator())
    expected = stats.spearmanr(first, then).statistic
    assert found.loc[("ao-tal", 2023), "aterkommer"] == pytest.approx(expected)
    assert found.loc[("ao-tal", 2023), "n_pairs"] == 40
    width = np.quantile(then, 0.9) - np.quantile(then, 0.1)
    assert found.loc[("ao-tal", 2023), "spridning"] == pytest.approx(width)
    assert found.loc[("ao-tal", 2023), "uppfyller"] == pytest.approx(100 * np.mean(then >= 90))


def test_low_percentages_are_never_met_nor_alike(indicator: Maker) -> None:
    rare = indicator(direction=Direction.LAG)
    rows = frame([("ao-tal", 2023, f"{n:04d}", 1.0, "ok") for n in range(40)])
    found = figures(rows, rare)
    assert found[["uppfyller", "spridning"]].isna().all(axis=None)


def test_the_withheld_have_answered_and_are_not_read(indicator: Maker) -> None:
    rows = [("ao-tal", 2023, "0001", 80.0, "ok"), ("ao-tal", 2023, "0002", None, "sekretess")]
    honest = figures(frame(rows), indicator())
    assert honest[["n_asked", "n_answered", "n_shown"]].iloc[0].tolist() == [2, 2, 1]
    leaky = figures(frame([rows[0], ("ao-tal", 2023, "0002", 3.0, "sekretess")]), indicator())
    pd.testing.assert_frame_equal(honest, leaky)


def test_who_was_not_asked_is_not_counted(indicator: Maker) -> None:
    rows = [("ao-tal", 2023, "0001", 80.0, "ok"), ("ao-tal", 2023, "0002", None, "ej_tillamplig")]
    assert figures(frame(rows), indicator()).loc[("ao-tal", 2023), "svarande"] == 100.0


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [("ao-tal", 2023, "0001", None, "saknas")],
        [("ao-tal", 2023, "0001", 80.0, "ok")],
        [("ao-tal", year, f"{n:04d}", 80.0, "ok") for year in (2022, 2023) for n in range(30)],
        [("ao-okand", 2023, "0001", 80.0, "ok")],
        [("ao-tal", year, "0001", 80.0, "ok") for year in (2022, 2023)],
    ],
)
def test_hostile_data_give_nothing_rather_than_a_crash(
    indicator: Maker, rows: list[tuple[str, int, str, object, str]]
) -> None:
    found = figures(frame(rows), indicator(), indicator("ao-rutin", scale=Scale.JA_NEJ))
    assert found["aterkommer"].isna().all()


def test_a_grade_that_coverage_has_lowered_says_nothing(indicator: Maker) -> None:
    rows = frame([("ao-tal", year, "0001", 80.0, "ok") for year in (2021, 2022, 2023)])
    quality = pd.DataFrame(
        {
            "indicator": "ao-tal",
            "year": [2021, 2022, 2023],
            "grade": ["C", "D", ""],
            "checks": ["tackning hopp", "hopp", ""],
        }
    )
    assert figures(rows, indicator(), quality=quality)["betyg"].fillna(-1).tolist() == [-1, 4.0, -1]


def test_questions_of_one_set_are_counted_together(indicator: Maker) -> None:
    sets = [
        indicator(f"bu-samverkan-{name}", scale=Scale.JA_NEJ, survey=Survey.KOMMUNENKAT, questions=1)
        for name in ("tandvard", "sis", "bup")
    ]
    alone = indicator("bu-plan", scale=Scale.JA_NEJ, survey=Survey.KOMMUNENKAT, questions=1)
    rows = pd.concat([answered(one.id, {2023: "jn"}) for one in (*sets, alone)])
    found = figures(rows, *sets, alone)["varianter"]
    assert found["bu-samverkan-sis", 2023] == 3.0
    assert np.isnan(found["bu-plan", 2023])


def test_the_order_of_rows_does_not_matter(indicator: Maker) -> None:
    asked = indicator("ao-rutin", scale=Scale.JA_NEJ)
    rows = answered("ao-rutin", {2021: "jjnnj", 2022: "jnjn.", 2023: "jjn.j"})
    mixed = rows.sample(frac=1.0, random_state=3)
    pd.testing.assert_frame_equal(figures(rows, asked), figures(mixed, asked))

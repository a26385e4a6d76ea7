"""Two indicators with one set of figures are found; two that are merely alike are not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lagesbild.methods.twins import REPEAT_COLUMNS, TWIN_COLUMNS, Limits, repeats, twins


def _frame(columns: dict[tuple[str, int], np.ndarray]) -> pd.DataFrame:
    parts = [
        pd.DataFrame(
            {
                "indicator": name,
                "year": year,
                "region": [f"{code:04}" for code in range(len(column))],
                "value": column,
            }
        )
        for (name, year), column in columns.items()
    ]
    return pd.concat(parts, ignore_index=True).sample(frac=1, random_state=1)


@pytest.fixture
def figures() -> np.ndarray:
    return np.random.default_rng(3).normal(40, 12, 100).round(1)


def test_a_copy_is_found_in_its_year_only(figures: np.ndarray) -> None:
    copy = figures.copy()
    copy[:3] += 1
    other = figures[::-1].copy()
    found = twins(_frame({("b", 2020): figures, ("a", 2020): copy, ("c", 2020): other, ("a", 2021): figures}))
    assert tuple(found.columns) == TWIN_COLUMNS
    (pair,) = found.to_dict("records")
    assert (pair["first"], pair["second"], pair["year"]) == ("a", "b", 2020)
    assert (pair["n_both"], pair["n_equal"], pair["share_equal"]) == (100, 97, 0.97)


def test_two_that_most_have_in_full_are_no_twins() -> None:
    rng = np.random.default_rng(5)
    one, other = np.full(200, 100.0), np.full(200, 100.0)
    one[:6], other[3:9] = rng.normal(50, 10, 6), rng.normal(50, 10, 6)
    assert (one == other).mean() >= 0.95
    columns = {("a", 2020): one, ("b", 2020): other}
    assert twins(_frame(columns)).empty
    assert len(twins(_frame(columns), Limits(min_agreement=-1))) == 1


def test_answers_and_few_kommuner_cannot_tell(figures: np.ndarray) -> None:
    answers = (figures > 40).astype(float)
    few = np.where(np.arange(100) < 29, figures, np.nan)
    columns = {("a", 2020): answers, ("b", 2020): answers, ("c", 2020): few, ("d", 2020): figures}
    assert twins(_frame(columns)).empty
    assert len(twins(_frame(columns), Limits(min_distinct=2))) == 1
    assert len(twins(_frame(columns), Limits(min_regions=29))) == 1


def test_what_differs_by_a_floating_point_error_is_equal(figures: np.ndarray) -> None:
    columns = {("a", 2020): figures, ("b", 2020): figures * 3 / 3 + 1e-12}
    assert len(twins(_frame(columns))) == 1
    assert twins(_frame(columns), Limits(tolerance=0.0)).empty


def test_a_year_copied_from_the_year_before_is_found(figures: np.ndarray) -> None:
    frame = _frame({("a", 2018): figures, ("a", 2020): figures, ("a", 2021): figures + 0.1})
    found = repeats(frame)
    assert tuple(found.columns) == REPEAT_COLUMNS
    assert found[["indicator", "year", "as_year", "n_equal"]].to_numpy().tolist() == [["a", 2020, 2018, 100]]


def test_two_values_of_one_cell_are_refused(figures: np.ndarray) -> None:
    frame = _frame({("a", 2020): figures})
    with pytest.raises(ValueError, match="two values for a, 2020, 00"):
        twins(pd.concat([frame, frame.head(1)]))


def test_nothing_gives_an_empty_frame() -> None:
    empty = pd.DataFrame({"indicator": [], "year": [], "region": [], "value": []})
    assert tuple(twins(empty).columns) == TWIN_COLUMNS
    assert tuple(repeats(empty).columns) == REPEAT_COLUMNS


def test_the_known_pair_of_kolada_is_found(shared_data: Path) -> None:
    rows = pd.read_parquet(shared_data / "kolada" / "observations.parquet")
    rows = rows[(rows["gender"] == "T") & (rows["geo"].str.len() == 4) & (rows["year"] >= 2018)]
    found = twins(rows.rename(columns={"kpi": "indicator", "geo": "region"}))
    pairs = found[["first", "second", "year", "n_both", "n_equal"]].to_numpy().tolist()
    assert pairs == [
        ["U21426", "U23421", 2019, 287, 287],
        ["U21426", "U23421", 2020, 284, 284],
        ["U21426", "U23421", 2021, 286, 286],
    ]

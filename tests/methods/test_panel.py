"""The panel holds kommuner's own results and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
import pytest

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.methods.panel import PANEL_COLUMNS, panel, wide


def _rows(*rows: dict[str, object]) -> pd.DataFrame:
    plain = {
        "indicator": "tal",
        "year": 2024,
        "level": "kommun",
        "region": "1440",
        "unit": "",
        "sex": "T",
        "value": 50.0,
        "numerator": 10.0,
        "denominator": 20.0,
        "answer": None,
        "status": "ok",
    }
    return pd.DataFrame([plain | row for row in rows])


@pytest.fixture
def indicators(an_indicator: Callable[..., Indicator]) -> Sequence[Indicator]:
    return (an_indicator("tal"), an_indicator("svar", scale=Scale.JA_NEJ))


def test_only_a_kommuns_own_released_total_is_in_the_panel(indicators: Sequence[Indicator]) -> None:
    rows = _rows(
        {},
        {"region": "0114", "status": "sekretess", "value": None, "numerator": None, "denominator": None},
        {"region": "0115", "sex": "K"},
        {"region": "0117", "unit": "Hemtjänst A", "level": "enhet"},
        {"region": "01", "level": "lan"},
        {"indicator": "annan"},
    )
    assert panel(rows, indicators=indicators)["region"].tolist() == ["1440"]


def test_an_answer_is_100_or_0_and_has_no_denominator(indicators: Sequence[Indicator]) -> None:
    answers = ({"indicator": "svar", "answer": answer, "value": None} for answer in ("ja", "delvis", "nej"))
    rows = _rows(*({"region": f"01{i}4"} | answer for i, answer in enumerate(answers)))
    found = panel(rows, indicators=indicators)
    assert found["value"].tolist() == [100.0, 0.0, 0.0]
    assert found[["numerator", "denominator"]].isna().all(axis=None)


def test_a_denominator_of_zero_is_none(indicators: Sequence[Indicator]) -> None:
    found = panel(_rows({"denominator": 0.0}), indicators=indicators)
    assert found[["numerator", "denominator"]].isna().all(axis=None)


def test_the_order_of_rows_does_not_matter(indicators: Sequence[Indicator]) -> None:
    rows = _rows(*({"region": region, "year": year} for region in ("1440", "0114") for year in (2024, 2022)))
    pd.testing.assert_frame_equal(
        panel(rows, indicators=indicators), panel(rows.iloc[::-1], indicators=indicators), check_exact=True
    )


def test_wide_has_a_series_per_row_and_a_year_per_column(indicators: Sequence[Indicator]) -> None:
    rows = _rows({"year": 2021, "value": 1.0}, {"value": 2.0}, {"region": "0114", "value": 3.0, "denominator": 0.0})
    found = wide(panel(rows, indicators=indicators))
    assert found.series["region"].tolist() == ["0114", "1440"]
    assert found.years.tolist() == [2021, 2024]
    np.testing.assert_array_equal(found.results, [[np.nan, 3.0], [1.0, 2.0]])
    np.testing.assert_array_equal(found.denominators, [[np.nan, np.nan], [20.0, 20.0]])


def test_nothing_gives_an_empty_panel(indicators: Sequence[Indicator]) -> None:
    empty = panel(_rows({}).iloc[:0], indicators=indicators)
    assert empty.columns.tolist() == list(PANEL_COLUMNS)
    assert wide(empty).results.shape == (0, 0)

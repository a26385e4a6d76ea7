"""Results that are another indicator's, or last year's."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lagesbild.methods.quality_copies import copy_findings


def rows(indicator: str, year: int, values) -> pd.DataFrame:
    fixed = {"indicator": indicator, "year": year, "level": "kommun", "unit": "", "sex": "T", "status": "ok"}
    return pd.DataFrame({"region": [f"{1000 + n}" for n in range(len(values))], "value": values}).assign(**fixed)


def test_copies_are_found_on_both_sides_unless_they_are_one_key_figure(indicator):
    rng = np.random.default_rng(1)
    one, other = rng.normal(50, 10, 100).round(1), rng.normal(50, 10, 100).round(1)
    window = pd.concat([rows("ao-a", 2024, one), rows("ao-b", 2024, one), rows("ao-c", 2024, other)])
    kinds = [indicator(id=f"ao-{n}", short_title=n.upper()) for n in "abc"]
    found = copy_findings(window, indicators=kinds, year=2024)
    assert found[["indicator", "check", "text"]].to_numpy().tolist() == [
        ["ao-a", "dubbelt_nyckeltal", "Nästan alla kommuner har samma värde som i B"],
        ["ao-b", "dubbelt_nyckeltal", "Nästan alla kommuner har samma värde som i A"],
    ]
    same = [indicator(id=f"ao-{n}", kolada="U12345") for n in "abc"]
    assert copy_findings(window, indicators=same, year=2024).empty


def test_a_year_that_repeats_the_one_before(indicator):
    values = np.random.default_rng(1).normal(50, 10, 100).round(1)
    window = pd.concat([rows("ao-a", 2022, values), rows("ao-a", 2024, values)])
    found = copy_findings(window, indicators=[indicator(id="ao-a")], year=2024)
    assert found["text"].tolist() == ["Nästan alla kommuner har samma värde som 2022"]
    assert copy_findings(window, indicators=[indicator(id="ao-a")], year=2022).empty

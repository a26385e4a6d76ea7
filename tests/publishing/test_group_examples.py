"""The method page on differences between groups: its simulation in words, and its example from analysed figures."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from lagesbild.catalogue.regions import kommuner
from lagesbild.methods.anova_simulation import false_marks
from lagesbild.presentation.group_differences_page import false_marks_words
from lagesbild.publishing import audit_reports, group_examples


def test_the_simulation_shows_what_pooling_years_does() -> None:
    found = false_marks(group_examples.kommun_groupings(), lasting=[0.0, 0.8], indicators=150, years=4, seed=1)
    pooled = found.set_index(["group", "lasting"])["pooled"]
    assert pooled["lan", 0.8] > 0.9 and pooled["kommungrupp", 0.8] > 0.7 and pooled["lan", 0.0] < 0.12
    assert found["kommun"].between(0, 0.11).all() and (found["wald"] > 0.1).all()
    words = false_marks_words(found)
    assert "| Kommungrupp | 80 |" in words and "procent av fallen" in words


@pytest.fixture
def analysed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two indicators in every kommun and five years, of which one differs between kommungrupper."""
    rng = np.random.default_rng(8)
    groups = pd.Series({one.kod: one.kommungrupp_2023 for one in kommuner()})
    step = groups.astype("category").cat.codes.to_numpy(np.float64)
    parts = [
        pd.DataFrame(
            {
                "indicator": name,
                "year": year,
                "level": "kommun",
                "region": groups.index,
                "sex": "T",
                "status": "ok",
                "value": 50 + effect * step + rng.normal(0, 4, len(groups)),
                "answer": None,
                "numerator": np.nan,
                "denominator": np.nan,
            }
        )
        for name, effect in (("ao-hemtjanst-nojdhet", 2.0), ("ao-sarskilt-boende-nojdhet", 0.0))
        for year in range(2020, 2025)
    ]
    frame = pd.concat(parts, ignore_index=True)
    monkeypatch.setattr(group_examples, "read_frames", lambda *_: frame)
    partitions = pd.DataFrame({"socioekonomi": pd.Series(None, index=groups.index, dtype="str")})
    monkeypatch.setattr(audit_reports, "release_groups", lambda _: SimpleNamespace(partitions=partitions))


@pytest.mark.usefixtures("analysed")
def test_the_example_counts_marks_and_divides_the_variation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = group_examples.group_example(area="aldreomsorg", year=2024, source="demo")
    lines = text.splitlines()
    assert any("senaste året | 2 | 1 | 0,1 | 1" in line for line in lines if line.startswith("| Kommungrupp"))
    # A grouping without members has no tests and no row.
    assert "Socioekonomisk" not in text
    assert [line for line in lines if "hemtjänst" in line.lower() and "|" in line]
    assert "Syntetiska data" in text

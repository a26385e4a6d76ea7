"""An answer that goes and comes back."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lagesbild.catalogue.indicators import Scale
from lagesbild.methods.quality_flips import answer_rows, flip_findings, implied_error


def answers(text: str, first: int = 2020) -> pd.DataFrame:
    """Return one kommun's answers: j, d, n, or a gap."""
    words = {"j": "ja", "d": "delvis", "n": "nej"}
    rows = [{"year": first + place, "answer": words[mark]} for place, mark in enumerate(text) if mark != " "]
    fixed = {"indicator": "ao-fraga", "level": "kommun", "region": "0114", "unit": "", "sex": "T", "status": "ok"}
    return pd.DataFrame(rows).assign(**fixed)


@pytest.mark.parametrize(
    ("series", "severity"),
    [
        ("jnj", 1),
        ("njn", 1),
        ("jdj", 1),
        ("j n j", 1),
        ("jnjnj", 2),
        ("jjj", None),
        ("jnn", None),
        ("ndj", None),
        ("jn", None),
        ("jnjj", None),  # came back a year ago: found then
    ],
)
def test_a_flip_is_found_the_year_the_answer_comes_back(indicator, series, severity):
    rows = answer_rows(answers(series), indicators=[indicator(id="ao-fraga", scale=Scale.JA_DELVIS_NEJ)])
    found = flip_findings(rows, year=2020 + len(series) - 1)
    assert found["severity"].tolist() == ([] if severity is None else [severity])
    if series == "jnj":
        assert found["text"][0] == "Svaret har växlat: ja 2020, nej 2021, ja 2022"


@pytest.mark.parametrize("error", [0.02, 0.1, 0.3])
def test_the_implied_error_is_the_one_that_made_the_flips(error):
    rng = np.random.default_rng(3)
    wrong = rng.random((200_000, 3)) < error
    flips = float(((wrong[:, 0] == wrong[:, 2]) & (wrong[:, 0] != wrong[:, 1])).mean())
    assert implied_error(flips) == pytest.approx(error, abs=0.01)


def test_more_flips_than_error_alone_can_give():
    assert implied_error(0.0) == 0.0
    assert implied_error(0.4) == 0.5
    with pytest.raises(ValueError, match="0 to 1"):
        implied_error(40.0)

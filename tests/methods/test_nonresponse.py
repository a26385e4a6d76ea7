"""Who has not answered, and whether they differ from those who have."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from lagesbild.catalogue.indicators import Survey
from lagesbild.methods.nonresponse import DIFFERENCE_COLUMNS, asked_cells, backgrounds, differences, response_by

CODES = [f"{number:04d}" for number in range(1000, 1100)]


@dataclass(frozen=True)
class One:
    kod: str
    lan: str
    kommungrupp_2023: str
    folkmangd: int


@pytest.fixture
def background() -> pd.DataFrame:
    return backgrounds(One(code, code[:2], "A1" if n % 2 else "C6", 5_000 + 1_000 * n) for n, code in enumerate(CODES))


def cells(silent: set[str], indicator: str = "ao-tal") -> pd.DataFrame:
    status = ["bortfall" if code in silent else "ok" for code in CODES]
    return pd.DataFrame({"region": CODES, "status": status}).assign(indicator=indicator, year=2024, sex="T")


def earlier(worth) -> pd.DataFrame:
    fixed = {
        "indicator": "ao-tal",
        "year": 2023,
        "level": "kommun",
        "unit": "",
        "sex": "T",
        "status": "ok",
        "answer": None,
    }
    return pd.DataFrame({"region": CODES, "value": worth}).assign(**fixed)


def test_response_is_told_by_group_and_size_with_the_silent_counted(background, indicator):
    asked = asked_cells(cells(set(CODES[:4])), indicators=[indicator()])
    groups = response_by(asked, background, "kommungrupp")
    assert groups["kommungrupp"].tolist() == ["A1", "C6"]
    assert groups["n_kommuner"].tolist() == [50, 50]
    assert groups["n_silent"].tolist() == [2, 2]
    assert groups["share"].tolist() == [96.0, 96.0]
    sizes = response_by(asked, background, "storleksklass")
    assert sizes["storleksklass"].tolist()[:2] == ["färre än 10 000 invånare", "10 000–14 999 invånare"]
    assert sizes["n_silent"].tolist()[0] == 4
    assert sizes["n_kommuner"].sum() == 100


def test_what_the_source_has_of_nobody_and_what_was_not_measured_says_nothing(background, indicator):
    nothing = cells(set(CODES), "ao-tom").assign(status="saknas")
    rest = cells(set(), "ao-vila").assign(status="ej_matt")
    asked = asked_cells(pd.concat([nothing, rest]), indicators=[indicator(id="ao-tom"), indicator(id="ao-vila")])
    assert asked.empty
    assert response_by(asked, background, "lan")["share"].isna().all()


def test_small_kommuner_that_do_not_answer_are_seen_to_differ_in_size(background, indicator):
    asked = asked_cells(cells(set(CODES[:12])), indicators=[indicator()])
    rng = np.random.default_rng(5)
    frame = differences(asked, earlier(rng.normal(60, 5, 100)), background, indicators=[indicator()], year=2024)
    assert tuple(frame.columns) == DIFFERENCE_COLUMNS
    verdicts = dict(zip(frame["question"], frame["verdict"], strict=True))
    assert verdicts == {
        "folkmangd": "skiljer_sig",
        "tidigare_resultat": "ingen_skillnad",
        "kommungrupp": "ingen_skillnad",
    }
    assert (frame["n_answered"] == 88).all()
    assert frame["not_answered"][0] == 10_500


def test_those_who_did_badly_last_time_and_now_are_silent_are_seen(background, indicator):
    silent = set(CODES[3:100:8])
    worth = [20.0 + n / 50 if code in silent else 60.0 + n / 50 for n, code in enumerate(CODES)]
    asked = asked_cells(cells(silent), indicators=[indicator()])
    frame = differences(asked, earlier(worth), background, indicators=[indicator()], year=2024)
    row = frame.set_index("question").loc["tidigare_resultat"]
    assert row["verdict"] == "skiljer_sig"
    assert row["not_answered"] < 15
    assert row["answered"] > 50


def test_surveys_are_told_apart_and_few_silent_kommuner_are_not_tested(background, indicator):
    two = [indicator(), indicator(id="ao-reg", survey=Survey.REGISTER)]
    asked = asked_cells(pd.concat([cells(set(CODES[:4])), cells(set(), "ao-reg")]), indicators=two)
    frame = differences(asked, earlier(np.arange(100.0)), background, indicators=two, year=2024)
    assert frame["survey"].tolist() == ["kommunenkat"] * 3 + ["register"] * 3
    assert set(frame["verdict"]) == {"for_fa"}
    assert frame["p_value"].isna().all()


def test_false_verdicts_are_at_most_five_percent_a_survey(background, indicator):
    """Simulated: who is silent has nothing to do with anything; three tests a survey, held together by Holm."""
    rng = np.random.default_rng(17)
    false = 0
    for _ in range(120):
        silent = set(rng.choice(CODES, 15, replace=False))
        asked = asked_cells(cells(silent), indicators=[indicator()])
        frame = differences(asked, earlier(rng.normal(60, 5, 100)), background, indicators=[indicator()], year=2024)
        false += int((frame["verdict"] == "skiljer_sig").any())
    assert false / 120 <= 0.05 + 2.6 * np.sqrt(0.05 * 0.95 / 120)

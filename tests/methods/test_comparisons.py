from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest

from lagesbild.catalogue.indicators import Direction, Scale
from lagesbild.methods.aggregates import indicator_frame
from lagesbild.methods.comparisons import COMPARISON_COLUMNS, comparison_frame


@pytest.fixture(autouse=True)
def _no_warnings():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


@pytest.fixture
def compare(released, members):
    def run(*rows, indicators) -> pd.DataFrame:
        frame = indicator_frame(released(*rows), indicators=indicators, members=members, year=2024)
        return comparison_frame(frame, indicators=indicators, members=members).set_index("region")

    return run


def test_own_kommun_is_left_out_of_its_references(compare, indicator):
    frame = compare(
        {"region": "0305", "value": 10.0},
        {"region": "0319", "value": 20.0},
        {"region": "0980", "value": 60.0},
        indicators=[indicator()],
    )
    assert tuple(frame.reset_index().columns.sort_values()) == tuple(sorted(COMPARISON_COLUMNS))
    kommun = frame.loc["0305"]
    assert (kommun["lan"], kommun["n_lan"], kommun["diff_lan"]) == (20.0, 1, -10.0)
    assert (kommun["kommungrupp"], kommun["n_kommungrupp"]) == (40.0, 2)
    assert (kommun["riket"], kommun["riket_weighting"]) == (30.0, "ovagd")
    assert kommun["n_reporting"] == 3


def test_a_kommun_without_a_result_still_sees_its_references(compare, indicator):
    frame = compare({"region": "0305", "value": 10.0}, indicators=[indicator()])
    kommun = frame.loc["0319"]
    assert (kommun["status"], kommun["lan"], kommun["n_lan"]) == ("saknas", 10.0, 1)
    assert np.isnan(kommun["diff_lan"])
    assert np.isnan(kommun["rank"])


def test_the_only_kommun_of_its_lan_has_no_lan_to_stand_against(compare, indicator):
    frame = compare({"region": "0980", "value": 60.0}, indicators=[indicator()])
    gotland = frame.loc["0980"]
    assert np.isnan(gotland["lan"])
    assert gotland["n_lan"] == 0
    assert np.isnan(gotland["diff_lan"])
    assert np.isnan(gotland["kommungrupp"])
    assert gotland["rank"] == 1
    assert np.isnan(frame.loc["0114", "lan"])


@pytest.mark.parametrize(("direction", "ranks"), [(Direction.HOG, [3, 1, 1]), (Direction.LAG, [1, 2, 2])])
def test_rank_one_is_the_best_and_ties_share_the_lowest(compare, indicator, direction, ranks):
    rows = [{"region": r, "value": v} for r, v in (("0114", 1.0), ("0115", 5.0), ("0305", 5.0))]
    frame = compare(*rows, indicators=[indicator(direction=direction)])
    assert frame.loc[["0114", "0115", "0305"], "rank"].tolist() == ranks


def test_without_direction_there_is_no_rank(compare, indicator):
    frame = compare({"region": "0114", "value": 1.0}, indicators=[indicator(direction=Direction.INGEN)])
    assert frame["rank"].isna().all()


def test_answers_are_held_against_the_percent_that_said_ja(compare, indicator):
    frame = compare(
        {"region": "0305", "answer": "nej"},
        {"region": "0319", "answer": "ja"},
        {"region": "0980", "answer": "delvis"},
        indicators=[indicator(scale=Scale.JA_DELVIS_NEJ)],
    )
    kommun = frame.loc["0305"]
    assert (kommun["answer"], kommun["colour"]) == ("nej", "rod")
    assert (kommun["lan"], kommun["kommungrupp"]) == (100.0, 50.0)
    assert kommun["riket"] == pytest.approx(100 / 3)
    assert frame[["diff_riket", "diff_lan", "diff_kommungrupp", "rank", "value"]].isna().all(axis=None)


def test_the_sources_own_national_figure_comes_first_then_the_weighted(compare, indicator):
    rows = [{"region": "0114", "value": 50.0, "numerator": 5.0, "denominator": 10.0}]
    assert compare(*rows, indicators=[indicator()]).loc["0114", "riket_weighting"] == "vagd"
    rows.append({"region": "0000", "level": "rike", "value": 47.0})
    kommun = compare(*rows, indicators=[indicator()]).loc["0114"]
    assert (kommun["riket"], kommun["riket_weighting"], kommun["diff_riket"]) == (47.0, "redovisad", 3.0)
    rows[-1] = {"region": "0000", "level": "rike", "status": "sekretess"}
    assert compare(*rows, indicators=[indicator()]).loc["0114", "riket_weighting"] == "vagd"


def test_women_are_compared_with_women(compare, indicator):
    frame = compare(
        {"region": "0305", "value": 10.0},
        {"region": "0305", "value": 12.0, "sex": "K"},
        {"region": "0319", "value": 30.0, "sex": "K"},
        indicators=[indicator()],
    )
    women = frame[frame["sex"] == "K"].loc["0305"]
    assert (women["lan"], women["diff_lan"], women["n_reporting"]) == (30.0, -18.0, 2)
    assert frame[frame["sex"] == "T"].loc["0305", "n_reporting"] == 1


def test_equal_kommuner_differ_by_exactly_nothing(compare, indicator, members):
    rows = [{"region": region, "value": 0.1 + 0.2} for region in members["region"]]
    frame = compare(*rows, indicators=[indicator()])
    assert (frame["diff_riket"] == 0).all()
    assert (frame["diff_kommungrupp"] == 0).all()


def test_all_missing_gives_every_kommun_a_row_without_figures(compare, indicator):
    frame = compare(indicators=[indicator()])
    assert len(frame) == 5
    assert frame[["value", "riket", "lan", "kommungrupp", "colour"]].isna().all(axis=None)
    assert (frame["n_reporting"] == 0).all()

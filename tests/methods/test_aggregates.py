from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest

from lagesbild.catalogue.indicators import Scale
from lagesbild.methods.aggregates import INDICATOR_COLUMNS, indicator_frame


@pytest.fixture(autouse=True)
def _no_warnings():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def pick(frame: pd.DataFrame, region: str, weighting: str, **more: str) -> pd.Series:
    found = frame[(frame["region"] == region) & (frame["weighting"] == weighting)]
    for column, value in more.items():
        found = found[found[column] == value]
    assert len(found) == 1, found
    return found.iloc[0]


def share(region: str, part: float, whole: float) -> dict[str, object]:
    value = 100 * part / whole if whole else float("nan")
    return {"region": region, "numerator": part, "denominator": whole, "value": value}


def test_weighted_and_unweighted_figures_stand_side_by_side(indicator, released, members):
    frame = indicator_frame(
        released(share("0114", 90, 100), share("0115", 1, 10), share("0305", 5, 10)),
        indicators=[indicator()],
        members=members,
        year=2024,
    )
    assert tuple(frame.columns) == INDICATOR_COLUMNS
    assert pick(frame, "01", "vagd")["value"] == pytest.approx(100 * 91 / 110)
    assert pick(frame, "01", "vagd")["numerator"] == 91
    assert pick(frame, "01", "ovagd")["value"] == 50.0
    assert pick(frame, "0000", "vagd")["denominator"] == 120
    assert pick(frame, "0000", "ovagd")["n_kommuner"] == 3
    assert pick(frame, "B3", "ovagd")["value"] == 50.0


def test_no_weighted_figure_where_a_kommun_lacks_its_denominator(indicator, released, members):
    rows = released(share("0114", 90, 100), {"region": "0115", "value": 10.0}, share("0305", 5, 10))
    frame = indicator_frame(rows, indicators=[indicator()], members=members, year=2024)
    assert frame[frame["weighting"] == "vagd"]["region"].tolist() == ["B3", "03"]


def test_means_are_weighted_by_their_denominators(indicator, released, members):
    rows = released(
        {"region": "0114", "value": 10.0, "denominator": 30.0},
        {"region": "0115", "value": 50.0, "denominator": 10.0},
    )
    days = indicator(scale=Scale.DAGAR)
    frame = indicator_frame(rows, indicators=[days], members=members, year=2024)
    assert pick(frame, "01", "vagd")["value"] == 20.0
    assert pick(frame, "01", "ovagd")["value"] == 30.0


def test_answers_are_summed_as_the_percent_of_answering_kommuner_that_said_ja(indicator, released, members):
    rows = released(
        {"region": "0114", "answer": "ja"},
        {"region": "0115", "answer": "delvis"},
        {"region": "0305", "answer": "ja"},
        {"region": "0319", "status": "bortfall"},
    )
    asked = indicator(scale=Scale.JA_DELVIS_NEJ)
    frame = indicator_frame(rows, indicators=[asked], members=members, year=2024)
    riket = pick(frame, "0000", "ovagd")
    assert riket["value"] == pytest.approx(200 / 3)
    assert (riket["numerator"], riket["denominator"], riket["n_kommuner"]) == (2, 3, 3)
    assert pick(frame, "03", "ovagd")["value"] == 100.0
    assert "vagd" not in set(frame["weighting"])


def test_the_sources_own_figures_are_kept_and_named(indicator, released, members):
    rows = released(
        {"region": "0114", "value": 50.0},
        {"region": "0000", "level": "rike", "value": 47.0, "denominator": 1000.0},
        {"region": "01", "level": "lan", "status": "sekretess"},
    )
    frame = indicator_frame(rows, indicators=[indicator()], members=members, year=2024)
    assert pick(frame, "0000", "redovisad")["value"] == 47.0
    assert np.isnan(pick(frame, "0000", "redovisad")["n_kommuner"])
    assert pick(frame, "01", "redovisad")["status"] == "sekretess"
    assert pick(frame, "0114", "redovisad")["n_kommuner"] == 1
    assert pick(frame, "0115", "redovisad")["n_kommuner"] == 0


def test_withheld_cells_never_enter_an_aggregate(indicator, released, members):
    rows = released(share("0114", 90, 100), {"region": "0115", "status": "sekretess"})
    frame = indicator_frame(rows, indicators=[indicator()], members=members, year=2024)
    assert pick(frame, "01", "ovagd")["value"] == 90.0
    assert pick(frame, "01", "vagd")["denominator"] == 100
    assert pick(frame, "01", "vagd")["n_kommuner"] == 1


def test_an_area_without_results_has_the_status_its_kommuner_share(indicator, released, members):
    rows = released(
        {"region": "0114", "value": 50.0},
        {"region": "0980", "status": "ej_tillamplig"},
        {"region": "0305", "status": "bortfall"},
    )
    frame = indicator_frame(rows, indicators=[indicator()], members=members, year=2024)
    assert pick(frame, "09", "ovagd")["status"] == "ej_tillamplig"
    assert pick(frame, "03", "ovagd")["status"] == "saknas"  # one bortfall, one saknas
    assert np.isnan(pick(frame, "03", "ovagd")["value"])
    null = frame["value"].isna() & frame["answer"].isna()
    assert (null == (frame["status"] != "ok")).all()


def test_zero_denominators_give_no_weighted_figure(indicator, released, members):
    rows = released({"region": "0980", "value": 0.0, "numerator": 0.0, "denominator": 0.0})
    frame = indicator_frame(rows, indicators=[indicator()], members=members, year=2024)
    assert "vagd" not in set(frame["weighting"])
    assert pick(frame, "09", "ovagd")["value"] == 0.0


def test_nothing_at_all_gives_missing_everywhere(indicator, released, members):
    frame = indicator_frame(released(), indicators=[indicator()], members=members, year=2024)
    assert set(frame["status"]) == {"saknas"}
    assert len(frame) == 5 + 1 + 3 + 2


def test_no_indicators_give_an_empty_frame_with_the_columns(released, members):
    frame = indicator_frame(released(), indicators=[], members=members, year=2024)
    assert frame.empty
    assert tuple(frame.columns) == INDICATOR_COLUMNS


def test_the_order_of_rows_does_not_matter(indicator, released, members):
    rows = released(*(share(region, n, 7 * n + 1) for n, region in enumerate(members["region"], 3)))
    arguments = {"indicators": [indicator()], "members": members, "year": 2024}
    one = indicator_frame(rows, **arguments)
    other = indicator_frame(rows.sample(frac=1, random_state=1), **arguments)
    pd.testing.assert_frame_equal(one, other)


def test_every_figure_has_the_interval_that_its_counts_or_its_kommuner_give(indicator, released, members):
    rows = released(
        share("0114", 90, 100),
        share("0115", 6, 10),
        {"region": "0305", "status": "sekretess"},
        {"region": "0000", "level": "rike", "value": 87.0, "denominator": 110.0},
        {"region": "03", "level": "lan", "status": "sekretess"},
    )
    frame = indicator_frame(rows, indicators=[indicator()], members=members, year=2024)
    lower, value, upper = (frame[name] for name in ("lower", "value", "upper"))
    known = frame[lower.notna()]
    assert set(zip(known["region"], known["weighting"], strict=True)) == {
        *((region, "redovisad") for region in ("0114", "0115", "0000")),
        *((region, way) for region in ("01", "A2", "0000") for way in ("vagd", "ovagd")),
    }
    assert (lower.isna() == upper.isna()).all()
    assert ((lower < value) & (value < upper))[lower.notna()].all()
    assert lower[frame["status"] != "ok"].isna().all()

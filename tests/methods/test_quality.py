from __future__ import annotations

import numpy as np
import pytest

from lagesbild.catalogue.indicators import Scale
from lagesbild.methods.cells import kommun_cells
from lagesbild.methods.quality import QUALITY_COLUMNS, quality_frame, received, withheld


@pytest.fixture
def quality(released, members):
    def run(*rows, indicators):
        cells = kommun_cells(released(*rows), indicators=indicators, members=members, year=2024)
        return quality_frame(cells, indicators=indicators)

    return run


def test_cells_are_counted_by_status_and_sum_to_the_kommuner(quality, indicator):
    frame = quality(
        {"region": "0114", "value": 10.0},
        {"region": "0115", "value": 30.0},
        {"region": "0305", "status": "sekretess"},
        {"region": "0319", "status": "bortfall"},
        indicators=[indicator()],
    )
    assert tuple(frame.columns) == QUALITY_COLUMNS
    assert dict(zip(frame["status"], frame["n_rows"], strict=True)) == {
        "ok": 2,
        "bortfall": 1,
        "saknas": 1,
        "sekretess": 1,
    }
    main = frame.iloc[0]
    assert (main["status"], main["min"], main["median"], main["max"]) == ("ok", 10, 20, 30)
    assert (main["n_kommuner_expected"], main["n_kommuner_reported"]) == (5, 3)
    assert main["share_reported"] == 60
    assert "80 procent" in main["note"]
    assert frame.iloc[1:][["min", "median", "max"]].isna().all(axis=None)


def test_an_indicator_that_is_not_measured_has_one_row(quality, indicator):
    frame = quality(indicators=[indicator(frequency=2, phase=2023)])
    assert frame["status"].tolist() == ["ej_matt"]
    assert frame["n_kommuner_expected"].tolist() == [0]
    assert frame["share_reported"].isna().all()
    assert frame["note"].tolist() == ["Mäts inte det här året."]


def test_nobody_reported_still_has_an_ok_row(quality, indicator):
    frame = quality(indicators=[indicator()])
    assert frame["status"].tolist() == ["ok", "saknas"]
    assert frame["n_rows"].tolist() == [0, 5]
    assert frame["note"][0] == "Källan har inga uppgifter för kommunerna."
    assert np.isnan(frame["median"][0])


def test_everybody_failed_to_answer_is_noted(quality, indicator, members):
    silent = [{"region": region, "status": "bortfall"} for region in members["region"]]
    assert quality(*silent, indicators=[indicator()])["note"][0] == "Ingen kommun har redovisat."


def test_everybody_equal_is_noted(quality, indicator, members):
    same = [{"region": region, "value": 4.0} for region in members["region"]]
    assert quality(*same, indicators=[indicator()])["note"].tolist() == ["Alla kommuner har samma resultat."]
    ja = [{"region": region, "answer": "ja"} for region in members["region"]]
    frame = quality(*ja, indicators=[indicator(scale=Scale.JA_NEJ)])
    assert frame["note"].tolist() == ["Alla kommuner har samma resultat."]
    assert frame["median"].isna().all()


def test_one_kommun_is_noted(quality, indicator):
    rows = [{"region": "0114", "value": 4.0}]
    assert quality(*rows, indicators=[indicator()])["note"][0].startswith("Bara en kommun")


def test_what_came_in_and_what_is_withheld_are_counted_by_level(released):
    frame = released(
        {"region": "0114", "value": 4.0},
        {"region": "0115", "status": "sekretess"},
        {"region": "0114", "sex": "K", "status": "sekretess"},
        {"region": "0000", "level": "rike", "value": 4.0},
    )
    assert received(frame).to_numpy().tolist() == [["kommun", 3, 1, 1, 2], ["rike", 1, 1, 1, 1]]
    counts = withheld(frame)
    assert counts.to_numpy().tolist() == [["kommun", 2]]
    assert withheld(frame[:1]).empty

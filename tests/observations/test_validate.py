"""What a frame of observations must be to come into the store."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.vocabulary import OBSERVATION_COLUMNS
from lagesbild.errors import InputError
from lagesbild.observations.schema import DTYPES
from lagesbild.observations.validate import validate

Maker = Callable[..., pd.DataFrame]

NULL = {"value": None}


def refused(frame: pd.DataFrame, catalogue: Catalogue) -> InputError:
    """Return the error that the frame is refused with."""
    with pytest.raises(InputError) as caught:
        validate(frame, catalogue=catalogue, origin="testdump")
    return caught.value


def test_rows_come_out_sorted_and_with_the_table_s_dtypes(table: Maker, catalogue: Catalogue) -> None:
    frame = table(
        {"sex": "M"},
        {"sex": "K"},
        {"sex": "T"},
        {"level": "rike", "region": "0000"},
        {"region": "0180"},
        {"indicator": "ao-kostnad", "value": -12.5},
        {"year": 2022},
        {"level": "lan", "region": "14"},
    )
    out = validate(frame, catalogue=catalogue, origin="testdump")
    assert list(out.columns) == list(OBSERVATION_COLUMNS)
    assert {name: str(dtype) for name, dtype in out.dtypes.items()} == {
        name: DTYPES[name] for name in OBSERVATION_COLUMNS
    }
    assert [(row.indicator, row.year, row.region, row.sex) for row in out.itertuples()] == [
        ("ao-kostnad", 2023, "1440", "T"),
        ("ao-nojd", 2022, "1440", "T"),
        ("ao-nojd", 2023, "0000", "T"),
        ("ao-nojd", 2023, "14", "T"),
        ("ao-nojd", 2023, "0180", "T"),
        ("ao-nojd", 2023, "1440", "T"),
        ("ao-nojd", 2023, "1440", "K"),
        ("ao-nojd", 2023, "1440", "M"),
    ]


def test_the_order_of_the_input_does_not_matter(table: Maker, catalogue: Catalogue) -> None:
    frame = table(*[{"region": code, "sex": sex} for code in ("0180", "1440", "2584") for sex in "TKM"])
    first = validate(frame, catalogue=catalogue, origin="x")
    again = validate(frame.sample(frac=1, random_state=3), catalogue=catalogue, origin="x")
    pd.testing.assert_frame_equal(first, again)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"sex": "X"}, "unknown sex 'X'"),
        ({"status": "okej"}, "unknown status 'okej'"),
        ({"level": "kommunen"}, "unknown level 'kommunen'"),
        ({"answer": "Ja"}, "unknown answer 'Ja'"),
        ({"revision": ""}, "the revision is missing"),
        ({"region": "180"}, "'180' is no code at level kommun"),
        ({"level": "lan"}, "'1440' is no code at level lan"),
        ({"level": "stadsdel"}, "'1440' is no code at level stadsdel"),
        ({"level": "rike", "region": "00"}, "is no code at level rike"),
        ({"level": "kommungrupp", "region": "D1"}, "is no code at level kommungrupp"),
        ({"level": "kommungrupp", "region": "A9"}, "there is no kommungrupp A9"),
        ({"level": "lan", "region": "99"}, "there is no lan 99"),
        ({"region": "9999"}, "there is no kommun 9999"),
        ({"region": "1121"}, "Its code is 1256 now"),
        ({"level": "stadsdel", "region": "999901"}, "there is no kommun 9999"),
        ({"level": "enhet"}, "a unit without a name"),
        ({"unit": "Solgården"}, "a unit named at level kommun"),
        ({"value": 140}, "the value 140 is no percentage"),
        ({"value": -1}, "the value -1 is no percentage"),
        ({"value": float("inf")}, "the value is infinite"),
        ({"indicator": "ao-dagar", "value": -1}, "the value -1 is negative"),
        ({"denominator": -3}, "the denominator -3 is no count"),
        ({"n_answers": 30, "n_asked": 20}, "30 answers from 20 asked"),
        ({"numerator": 9, "denominator": 8}, "the numerator 9 is larger than the denominator 8"),
        ({"status": "bortfall"}, "a result and the status bortfall at once"),
        ({"value": None}, "neither a result nor a reason"),
        ({"answer": "ja", "value": None}, "the answer 'ja' on a scale of numbers"),
        ({"indicator": "ao-rutin"}, "the number 80 on a scale of answers"),
        ({"indicator": "ao-rutin", "value": None, "answer": "delvis"}, "'delvis' on the scale ja_nej"),
        ({"year": 1850}, "unknown year 1850"),
        ({"year": 70000}, "70000 is no year"),
        ({"year": 2020.5}, "2020.5 is no year"),
        ({"value": "åtta"}, "'åtta' is no number"),
        ({"indicator": "ao-nöjd"}, "Did you mean ao-nojd or"),
    ],
)
def test_a_faulty_row_is_refused(table: Maker, catalogue: Catalogue, row: dict[str, Any], message: str) -> None:
    error = refused(table(row, {"region": "0180"}), catalogue)
    assert message in str(error)
    assert "testdump" in str(error)


@pytest.mark.parametrize(
    "row",
    [
        {"indicator": "ao-kostnad", "value": -120.0},
        {"indicator": "ao-rutin", "value": None, "answer": "ja"},
        {"indicator": "ao-plan", "value": None, "answer": "delvis"},
        {"indicator": "ao-rutin", "level": "lan", "region": "14", "value": 61.0},
        {"level": "enhet", "unit": "Solgården", "value": None, "answer": "ja"},
        {"level": "enhet", "unit": "Solgården", "region": "018001"},
        {"level": "kommungrupp", "region": "C9"},
        {"value": None, "status": "sekretess"},
        {"value": 0.0},
        {"value": 100.0},
    ],
)
def test_a_sound_row_comes_in(table: Maker, catalogue: Catalogue, row: dict[str, Any]) -> None:
    assert len(validate(table(row), catalogue=catalogue, origin="testdump")) == 1


def test_all_faults_of_all_rows_are_told_at_once_in_the_order_of_the_input(table: Maker, catalogue: Catalogue) -> None:
    frame = table(
        {"region": "0180", "value": 140, "sex": "X"},
        {"region": "9999"},
        {"region": "0114"},
        {"region": "2584", "numerator": 9, "denominator": 8},
    )
    error = refused(frame, catalogue)
    assert [fault.region for fault in error.faults] == ["0180", "0180", "9999", "2584"]
    assert pickle.loads(pickle.dumps(error)).faults == error.faults


def test_a_second_row_on_the_same_thing_names_both_files(table: Maker, catalogue: Catalogue) -> None:
    one = {"source": "socialstyrelsen:hemtjanst-2023"}
    error = refused(table(one, {"sex": "K"}, {"source": "kolada", "value": 81.0}), catalogue)
    assert len(error.faults) == 1
    assert "a second row for kommun 1440, sex T (kolada; the first: socialstyrelsen:hemtjanst" in str(error)


def test_women_and_men_must_make_up_the_total(table: Maker, catalogue: Catalogue) -> None:
    counts = [("T", 40, 60), ("K", 20, 35), ("M", 20, 24)]
    rows = [{"sex": sex, "numerator": n, "denominator": d} for sex, n, d in counts]
    error = refused(table(*rows), catalogue)
    assert "women and men together are not the denominator 60 of the total" in str(error)
    assert len(error.faults) == 1
    rows[2]["denominator"] = 25
    assert len(validate(table(*rows), catalogue=catalogue, origin="x")) == 3
    assert len(validate(table(*rows[:2]), catalogue=catalogue, origin="x")) == 2


def test_an_unknown_indicator_is_told_once(table: Maker, catalogue: Catalogue) -> None:
    error = refused(table(*[{"indicator": "zz", "region": code} for code in ("0180", "1440")]), catalogue)
    assert [fault.what for fault in error.faults] == ["the catalogue has no such indicator (2 rows)"]


def test_missing_and_surplus_columns_are_told_together(table: Maker, catalogue: Catalogue) -> None:
    error = refused(table({}).drop(columns=["sex", "unit"]).assign(kpi="x"), catalogue)
    assert {fault.column for fault in error.faults} == {"sex", "unit", "kpi"}


def test_a_region_read_as_a_number_is_refused(table: Maker, catalogue: Catalogue) -> None:
    error = refused(table({}).assign(region=180), catalogue)
    assert "numbers where text is expected" in str(error)


def test_an_empty_frame_is_refused(table: Maker, catalogue: Catalogue) -> None:
    assert "no observations" in str(refused(table({}).iloc[:0], catalogue))


def test_the_input_is_left_as_it_was(table: Maker, catalogue: Catalogue) -> None:
    frame = table({"region": "2584"}, {"region": "0180"})
    before = frame.copy()
    validate(frame, catalogue=catalogue, origin="x")
    pd.testing.assert_frame_equal(frame, before)


def test_real_values_come_in_with_their_areas(shared_data: Path, catalogue: Catalogue) -> None:
    """Kolada's kommuner all have codes of the register, leading zeros kept."""
    values = pd.read_parquet(shared_data / "kolada" / "observations.parquet")
    kommuner = values[values["geo"].str.len() == 4].head(200_000)
    frame = pd.DataFrame(
        {
            "indicator": "ao-kostnad",
            "year": kommuner["year"],
            "level": "kommun",
            "region": kommuner["geo"],
            "unit": "",
            "sex": kommuner["gender"],
            "value": kommuner["value"],
            **dict.fromkeys(["numerator", "denominator", "n_answers", "n_asked"], np.nan),
            "answer": None,
            "status": "ok",
            "source": "kolada",
            "revision": kommuner["kpi"],
        }
    ).drop_duplicates(["year", "region", "sex"])
    out = validate(frame, catalogue=catalogue, origin="Kolada")
    assert len(out) == len(frame)

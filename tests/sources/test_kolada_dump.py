"""A dump of Kolada is read into observations, or refused whole with every fault told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lagesbild.catalogue.indicators import Scale
from lagesbild.catalogue.load import Catalogue, load_catalogue
from lagesbild.catalogue.vocabulary import OBSERVATION_COLUMNS, OBSERVATION_KEY
from lagesbild.errors import InputError
from lagesbild.sources.kolada import convert
from lagesbild.sources.kolada_dump import read_dump
from lagesbild.sources.result import SourceResult

Rows = list[dict[str, Any]]
Dump = Callable[[Rows], Path]


def _cell(result: SourceResult, indicator: str, region: str, sex: str = "T") -> dict[str, Any]:
    frame = result.observations
    found = frame[(frame["indicator"] == indicator) & (frame["region"] == region) & (frame["sex"] == sex)]
    (record,) = found.to_dict("records")
    return record


def test_rows_become_observations(dump: Dump, good_rows: Rows, catalogue: Catalogue) -> None:
    result = read_dump(dump(good_rows), catalogue=catalogue)
    assert tuple(result.observations.columns) == OBSERVATION_COLUMNS
    assert len(result.observations) == 8
    ale = _cell(result, "ao-u10001", "1440")
    assert (ale["year"], ale["level"], ale["value"], ale["status"]) == (2020, "kommun", 87.25, "ok")
    assert (ale["source"], ale["revision"], ale["unit"]) == ("kolada", "1", "")
    assert result.observations["denominator"].isna().all()


def test_columns_have_the_types_of_the_observation_table(dump: Dump, good_rows: Rows, catalogue: Catalogue) -> None:
    types = read_dump(dump(good_rows), catalogue=catalogue).observations.dtypes.astype(str)
    numbers = {"value", "numerator", "denominator", "n_answers", "n_asked"}
    assert all(types[name] == "float64" for name in numbers)
    assert types["year"] == "int64"
    assert all(types[name] == "str" for name in OBSERVATION_COLUMNS if name not in {*numbers, "year"})


def test_riket_and_regions_keep_their_level(dump: Dump, good_rows: Rows, catalogue: Catalogue) -> None:
    result = read_dump(dump(good_rows), catalogue=catalogue)
    assert _cell(result, "ao-u10001", "0000")["level"] == "rike"
    assert _cell(result, "ao-u10001", "14")["level"] == "lan"


def test_an_answer_has_no_value_of_its_own(dump: Dump, good_rows: Rows, catalogue: Catalogue) -> None:
    result = read_dump(dump(good_rows), catalogue=catalogue)
    ja, nej = _cell(result, "ao-u10004", "1440"), _cell(result, "ao-u10004", "0180")
    assert (ja["answer"], nej["answer"]) == ("ja", "nej")
    assert pd.isna(ja["value"])
    assert ja["status"] == "ok"


def test_an_answer_of_riket_is_left_out_and_told(dump: Dump, good_rows: Rows, catalogue: Catalogue) -> None:
    good_rows.append({"kpi": "U10004", "geo": "0", "year": 2020, "gender": "T", "value": 0.63})
    result = read_dump(dump(good_rows), catalogue=catalogue)
    assert len(result.observations) == 8
    (told,) = result.unmapped[result.unmapped["name"] == "U10004"].to_dict("records")
    assert (told["n_rows"], told["reason"]) == (1, "riket and län have no answer of their own")


def test_what_is_not_in_the_catalogue_is_listed(dump: Dump, good_rows: Rows, catalogue: Catalogue) -> None:
    (told,) = read_dump(dump(good_rows), catalogue=catalogue).unmapped.to_dict("records")
    expected = {"name": "N99999", "title": "Titel för N99999", "n_rows": 1, "reason": "not in the catalogue"}
    assert told == expected


def test_an_indicator_without_rows_is_listed(dump: Dump, good_rows: Rows, catalogue: Catalogue) -> None:
    rows = [row for row in good_rows if row["kpi"] != "U10002"]
    unmapped = read_dump(dump(rows), catalogue=catalogue).unmapped
    (told,) = unmapped[unmapped["name"] == "U10002"].to_dict("records")
    assert (told["n_rows"], told["reason"]) == (0, "in the catalogue, but the source has no rows")


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        (("Missing", None), "bortfall"),
        (("Privacy", None), "sekretess"),
        (("Privacy", 40.0), "sekretess"),  # older dumps have both: the status is binding
        (("Not applicable", None), "ej_tillamplig"),
        (("", None), "saknas"),
        ((None, None), "saknas"),
    ],
)
def test_a_status_says_why_there_is_no_value(
    dump: Dump, good_rows: Rows, catalogue: Catalogue, cell: tuple[str | None, float | None], status: str
) -> None:
    good_rows[0] |= dict(zip(("status", "value"), cell, strict=True))
    good_rows[6] |= dict(zip(("status", "value"), cell, strict=True))
    result = read_dump(dump(good_rows), catalogue=catalogue)
    for indicator in ("ao-u10001", "ao-u10004"):
        read = _cell(result, indicator, "1440")
        assert read["status"] == status
        assert pd.isna(read["value"])
        assert pd.isna(read["answer"])


def test_a_deleted_row_is_gone_and_the_others_keep_their_row_numbers(
    dump: Dump, good_rows: Rows, catalogue: Catalogue
) -> None:
    rows = [row | {"isdeleted": False} for row in good_rows]
    rows.insert(0, rows[0] | {"value": 999.0, "isdeleted": True})
    folder = dump(rows)
    assert _cell(read_dump(folder, catalogue=catalogue), "ao-u10001", "1440")["value"] == 87.25
    rows[1]["value"] = 140.0
    with pytest.raises(InputError) as caught:
        read_dump(dump(rows), catalogue=catalogue)
    assert [fault.row for fault in caught.value.faults] == [2]


def test_counts_are_kept_even_where_the_value_is_withheld(dump: Dump, good_rows: Rows, catalogue: Catalogue) -> None:
    rows = [row | {"numerator": 3.0, "denominator": 4.0, "status": "Privacy"} for row in good_rows]
    cell = _cell(read_dump(dump(rows), catalogue=catalogue), "ao-u10001", "1440")
    assert (cell["numerator"], cell["denominator"], cell["status"]) == (3.0, 4.0, "sekretess")


def test_kronor_may_be_negative_and_days_may_not(dump: Dump, good_rows: Rows, catalogue: Catalogue) -> None:
    assert _cell(read_dump(dump(good_rows), catalogue=catalogue), "ao-n10003", "1440")["value"] == -3.5
    good_rows[4]["value"] = -1.0
    with pytest.raises(InputError, match=r"value -1 is no number of days \(expected 0 or more\)"):
        read_dump(dump(good_rows), catalogue=catalogue)


def test_every_fault_is_told_at_once(dump: Dump, good_rows: Rows, catalogue: Catalogue) -> None:
    good_rows[0]["value"] = 140.0
    good_rows[1]["geo"] = "1917"
    good_rows[2]["gender"] = "X"
    good_rows[3]["year"] = 20200
    good_rows[6]["value"] = 3.0
    good_rows[8]["geo"] = "9999"  # not in the catalogue, and still no kommun
    good_rows.append(dict(good_rows[4]))
    good_rows[5]["value"] = float("inf")
    with pytest.raises(InputError) as caught:
        read_dump(dump(good_rows), catalogue=catalogue)
    told = {fault.row: str(fault) for fault in caught.value.faults}
    assert sorted(told) == [1, 2, 3, 4, 6, 7, 9, 10]
    assert "value 140 is no percentage (expected 0-100)" in told[1]
    assert "ao-u10001 (U10001), region 1440, year 2020" in told[1]
    assert "1917 was replaced by 0331 (Heby)" in told[2]
    assert "gender 'X'" in told[3]
    assert "year '20200'" in told[4]
    assert "value 3 is no possible value (expected 0 (nej), 1 (ja))" in told[7]
    assert "stands already in row 5" in told[10]
    assert "Nothing was stored" in str(caught.value)


def test_a_code_that_lost_its_zero_is_recognised_but_not_repaired(
    dump: Dump, good_rows: Rows, catalogue: Catalogue
) -> None:
    good_rows[1]["geo"] = "180"
    with pytest.raises(InputError, match=r"Did you mean 0180 \(Stockholm\)"):
        read_dump(dump(good_rows), catalogue=catalogue)


def test_riket_as_0_and_0000_is_a_duplicate(dump: Dump, good_rows: Rows, catalogue: Catalogue) -> None:
    good_rows.append(good_rows[2] | {"geo": "0000"})
    with pytest.raises(InputError, match="stands already in row 3"):
        read_dump(dump(good_rows), catalogue=catalogue)


def test_text_that_is_no_number_or_year_is_told(dump: Dump, good_rows: Rows, catalogue: Catalogue) -> None:
    rows: Rows = [row | {"value": str(row["value"]), "year": str(row["year"])} for row in good_rows]
    assert _cell(read_dump(dump(rows), catalogue=catalogue), "ao-u10001", "1440")["value"] == 87.25
    rows[0]["value"] = "87,25"
    rows[1] |= {"year": "tjugo", "value": "140"}
    with pytest.raises(InputError) as caught:
        read_dump(dump(rows), catalogue=catalogue)
    texts = [str(fault) for fault in caught.value.faults]
    assert len(texts) == 3
    assert "value '87,25' is no number" in texts[0]
    assert "year 'tjugo' is no year" in texts[1]
    assert "value 140 is no percentage" in texts[2]


def test_missing_columns_are_named_together(dump: Dump, good_rows: Rows, catalogue: Catalogue) -> None:
    rows = [{name: row[name] for name in ("kpi", "year", "value")} for row in good_rows]
    with pytest.raises(InputError) as caught:
        read_dump(dump(rows), catalogue=catalogue)
    assert [fault.column for fault in caught.value.faults] == ["geo", "gender"]


def test_an_absent_an_empty_and_a_broken_file_are_told_together(
    dump: Dump, good_rows: Rows, catalogue: Catalogue
) -> None:
    folder = dump(good_rows)
    (folder / "observations.parquet").write_bytes(b"")
    (folder / "kpi.csv").write_bytes(b"id,title\nU1,\xff\n")
    (folder / "municipality.csv").unlink()
    (folder / "municipality_groups.csv").write_text("group_id,member_id\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_dump(folder, catalogue=catalogue)
    assert [(Path(str(fault.file)).name, fault.what) for fault in caught.value.faults] == [
        ("observations.parquet", "the file is empty"),
        ("kpi.csv", "the file is no readable UTF-8 CSV file"),
        ("municipality.csv", "the file is absent"),
        ("municipality_groups.csv", "the file has no rows"),
    ]


def test_a_file_that_is_no_parquet_is_refused(dump: Dump, good_rows: Rows, catalogue: Catalogue) -> None:
    folder = dump(good_rows)
    (folder / "observations.parquet").write_text("kpi,geo\n", encoding="utf-8")
    with pytest.raises(InputError, match="no readable Parquet file"):
        read_dump(folder, catalogue=catalogue)


def test_a_known_wrong_cell_is_missing_only_while_it_is_wrong(kolada_indicator: Any) -> None:
    catalogue = Catalogue(indicators=(kolada_indicator("U23520", Scale.PROCENT),))
    row = {"kpi": "U23520", "geo": "0821", "year": 2013, "gender": "T", "value": 101.0}
    result = convert(pd.DataFrame([row]), catalogue=catalogue, titles={}, file="x")
    assert result.observations["status"].tolist() == ["saknas"]
    assert result.known_faults["value"].tolist() == ["101"]
    corrected = convert(pd.DataFrame([row | {"value": 91.0}]), catalogue=catalogue, titles={}, file="x")
    assert corrected.observations["value"].tolist() == [91.0]
    assert corrected.known_faults.empty
    with pytest.raises(InputError, match="value 102 is no percentage"):
        convert(pd.DataFrame([row | {"value": 102.0}]), catalogue=catalogue, titles={}, file="x")


@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_of_rows_does_not_matter(good_rows: Rows, catalogue: Catalogue, data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(good_rows))
    first = convert(pd.DataFrame(good_rows), catalogue=catalogue, titles={}, file="x")
    second = convert(pd.DataFrame(shuffled), catalogue=catalogue, titles={}, file="x")
    pd.testing.assert_frame_equal(first.observations, second.observations)
    pd.testing.assert_frame_equal(first.unmapped, second.unmapped)


@pytest.fixture(scope="module")
def real(shared_data: Path) -> tuple[SourceResult, pd.DataFrame, Catalogue]:
    """Return the real dump as read, its rows as they stand, and the catalogue."""
    catalogue = load_catalogue()
    raw = pd.read_parquet(shared_data / "kolada" / "observations.parquet")
    return read_dump(shared_data / "kolada", catalogue=catalogue), raw, catalogue


def test_the_real_dump_gives_every_row_of_the_catalogues_kpis(
    real: tuple[SourceResult, pd.DataFrame, Catalogue],
) -> None:
    result, raw, catalogue = real
    counts = raw["kpi"].value_counts()
    ours = {one.kolada: one.id for one in catalogue.indicators if one.kolada in counts.index}
    expected = {indicator: counts[kpi] for kpi, indicator in ours.items()}
    assert result.observations["indicator"].value_counts().to_dict() == expected
    left_out = result.unmapped[result.unmapped["reason"] == "not in the catalogue"]["n_rows"].sum()
    assert len(result.observations) + left_out == len(raw)
    assert not result.observations.duplicated(list(OBSERVATION_KEY)).any()


def test_five_real_values_of_each_kind_are_those_of_the_file(
    real: tuple[SourceResult, pd.DataFrame, Catalogue],
) -> None:
    result, raw, catalogue = real
    numbers = [one for one in catalogue.indicators if one.kolada and not one.is_answer]
    places = [("1440", "1440"), ("0180", "0180"), ("2584", "2584"), ("0000", "0"), ("14", "14")]
    checked = 0
    for ours, theirs in places:
        for one in numbers:
            there = raw[(raw["kpi"] == one.kolada) & (raw["geo"] == theirs) & (raw["gender"] == "T")]
            if there.empty:
                continue
            last = there.sort_values("year").iloc[-1]
            frame = result.observations
            here = frame[(frame["indicator"] == one.id) & (frame["region"] == ours) & (frame["sex"] == "T")]
            assert here.loc[here["year"] == last["year"], "value"].tolist() == [last["value"]]
            checked += 1
            break
    assert checked == len(places)

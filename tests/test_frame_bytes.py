"""Frames as files: no formula reaches a spreadsheet, no version reaches the bytes."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagesbild.frame_bytes import csv_bytes, parquet_bytes


@pytest.mark.parametrize("text", ["=1+1", "+46", "-cmd", "@SUM(A1)", "\tx", "\n=x"])
def test_a_text_that_a_spreadsheet_takes_for_a_formula_is_made_harmless(text: str) -> None:
    content = csv_bytes(pd.DataFrame({"title": [text, "Andel"], "value": [-1.5, 2.0]}))
    back = pd.read_csv(io.BytesIO(content), encoding="utf-8-sig")
    assert back["title"].tolist() == ["'" + text, "Andel"]
    assert back["value"].tolist() == [-1.5, 2.0], "a negative number is no formula"


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1), min_size=1))
def test_no_cell_begins_as_a_formula_whatever_the_texts(texts: list[str]) -> None:
    frame = pd.DataFrame({"text": pd.Series(texts, dtype="str")})
    back = pd.read_csv(io.BytesIO(csv_bytes(frame)), encoding="utf-8-sig", keep_default_na=False, dtype="str")
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in back["text"])


def test_csv_opens_right_in_excel_and_keeps_codes_as_text() -> None:
    content = csv_bytes(pd.DataFrame({"region": ["0180"], "namn": ["Örebro, län"], "value": [1 / 3]}))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == 'region,namn,value\n0180,"Örebro, län",0.3333333333\n'


def test_parquet_depends_on_the_rows_alone() -> None:
    frame = pd.DataFrame({"region": ["0180", "1440"], "value": [1.0, None]})
    shuffled_index = frame.set_index(pd.Index([5, 9]))
    assert parquet_bytes(frame) == parquet_bytes(shuffled_index)
    assert b"pandas" not in parquet_bytes(frame)
    back = pq.read_table(io.BytesIO(parquet_bytes(frame))).to_pandas()
    pd.testing.assert_frame_equal(back, frame)


def test_a_carriage_return_begins_no_row_with_a_formula() -> None:
    content = csv_bytes(pd.DataFrame({"title": ["Andel\r=1+1", "\r=2"]}))
    assert b"\r" not in content
    assert [len(row) for row in csv.reader(io.StringIO(content.decode("utf-8-sig")))] == [1, 1, 1]

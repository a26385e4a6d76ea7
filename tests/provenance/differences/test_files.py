"""One small change in a file of each kind is told by what it is, not as a hash."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterator

import matplotlib.image
import nbformat
import numpy as np
import openpyxl
import pandas as pd
import pikepdf
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from lagesbild.frame_bytes import csv_bytes, parquet_bytes
from lagesbild.provenance.differences.files import file_differences
from lagesbild.provenance.differences.found import Difference

FRAME = pd.DataFrame(
    {
        "indicator": ["ao-x", "ao-x", "ao-y"],
        "year": [2023, 2024, 2024],
        "region": ["1440", "1440", "1440"],
        "value": [29.8, 30.1, 7.0],
    }
)


def found(name: str, old: bytes, new: bytes) -> list[Difference]:
    return list(file_differences(name, old, new))


def changed(frame: pd.DataFrame, row: int, column: str, value: object) -> pd.DataFrame:
    frame = frame.copy()
    frame.loc[row, column] = value
    return frame


@pytest.mark.parametrize(("name", "write"), [("data.csv", csv_bytes), ("data.parquet", parquet_bytes)])
def test_a_value_of_a_table_is_told_by_row_column_old_and_new(name: str, write: object) -> None:
    assert callable(write)
    told = found(name, write(FRAME), write(changed(FRAME, 1, "value", 31.0)))
    first = told[0]
    assert first.kind == "value"
    assert first.place == "row indicator=ao-x year=2024, column value"
    assert (float(first.old), float(first.new)) == (30.1, 31.0)
    assert [one for one in told if one.kind == "value"] == [first]


def test_rows_that_went_and_came_and_their_order_are_told() -> None:
    fewer = found("data.csv", csv_bytes(FRAME), csv_bytes(FRAME.drop(index=2)))
    assert [(one.kind, one.place, one.new) for one in fewer] == [("row", "row indicator=ao-y year=2024", "")]
    more = found("data.csv", csv_bytes(FRAME.drop(index=2)), csv_bytes(FRAME))
    assert [(one.kind, one.place, one.old) for one in more] == [("row", "row indicator=ao-y year=2024", "")]
    (turned,) = found("data.csv", csv_bytes(FRAME), csv_bytes(FRAME.iloc[[1, 0, 2]]))
    assert turned.place == "order of the rows, row 1"


def test_a_column_that_went_is_told_once() -> None:
    told = found("data.csv", csv_bytes(FRAME), csv_bytes(FRAME.drop(columns=["value"])))
    assert [(one.kind, one.place) for one in told] == [("column", "column value")]


def test_rows_that_cannot_be_told_apart_are_told_by_number() -> None:
    old, new = b"a,b\r\n1,2\r\n1,2\r\n", b"a,b\r\n1,2\r\n1,3\r\n"
    assert [one.place for one in found("x.csv", old, new)] == ["row 2, column b"]


def test_a_cell_of_a_workbook_is_told_by_sheet_and_cell() -> None:
    def book(value: float) -> bytes:
        made = openpyxl.Workbook()
        sheet = made.active
        assert sheet is not None
        sheet.title = "Resultat"
        sheet.append(["Indikator", "Värde"])
        sheet.append(["x", value])
        stream = io.BytesIO()
        made.save(stream)
        return stream.getvalue()

    first = found("arbetsbok.xlsx", book(29.8), book(31.0))[0]
    assert (first.kind, first.place, first.old, first.new) == ("value", "sheet Resultat, cell B2", "29.8", "31")


def archive(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, text in parts.items():
            made.writestr(zipfile.ZipInfo(name.replace("__", "/") + ".xml"), text)
    return stream.getvalue()


@pytest.mark.parametrize("suffix", ["docx", "pptx"])
def test_a_word_of_a_document_is_told_by_its_part(suffix: str) -> None:
    page = '<w:d xmlns:w="urn:w"><w:t>Ale har {}</w:t></w:d>'
    told = found(f"a.{suffix}", archive(word__document=page.format(3)), archive(word__document=page.format(4)))
    assert told[0].place == "part word/document.xml, element 2"
    assert (told[0].old, told[0].new) == ("<t>Ale har 3", "<t>Ale har 4")


def pdf(text: str) -> bytes:
    source = f'#set document(date: none)\n#set text(font: "New Computer Modern")\nEtt\n#pagebreak()\n{text}'
    return typst.compile(source.encode())


def test_a_word_of_a_pdf_is_told_by_page_line_and_pixels() -> None:
    told = found("r.pdf", pdf("29,8 procent"), pdf("31,0 procent"))
    text = next(one for one in told if one.kind == "text")
    assert (text.place, text.old, text.new) == ("page 2, line 1", "29,8 procent", "31,0 procent")
    pixels = [one for one in told if one.kind == "pixel"]
    assert len(pixels) == 1
    assert pixels[0].place.startswith("page 2, x ")


def test_a_title_of_a_pdf_is_told_as_metadata() -> None:
    old = pdf("ett")
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(old)) as opened:
        opened.docinfo["/Title"] = "Annan"
        opened.save(stream)
    assert "metadata /Title" in [one.place for one in found("r.pdf", old, stream.getvalue())]


def test_a_text_alternative_of_a_pdf_is_told() -> None:
    def alternative(text: str) -> bytes:
        made = pikepdf.new()
        made.add_blank_page()
        made.Root.StructTreeRoot = pikepdf.Dictionary(Alt=pikepdf.String(text))
        stream = io.BytesIO()
        made.save(stream, static_id=True)
        return stream.getvalue()

    (told,) = found("r.pdf", alternative("29,8 procent"), alternative("31,0 procent"))
    assert (told.old, told.new) == ("29,8 procent", "31,0 procent")


def test_a_dot_of_a_picture_is_told_by_box_and_share() -> None:
    def picture(value: int) -> bytes:
        pixels = np.zeros((10, 20, 3), dtype=np.uint8)
        pixels[4, 7] = value
        stream = io.BytesIO()
        matplotlib.image.imsave(stream, pixels, format="png")
        return stream.getvalue()

    (told,) = found("fig.png", picture(0), picture(255))
    assert told.place == "picture, x 7-7, y 4-4 of 20 x 10"
    assert told.told() == "picture, x 7-7, y 4-4 of 20 x 10: 1 pixel differs (0.5 percent)"


def test_a_mark_of_a_drawing_is_told_by_element() -> None:
    old = '<svg xmlns="http://www.w3.org/2000/svg"><g><rect x="1"/><rect x="2"/></g></svg>'
    (told,) = found("fig.svg", old.encode(), old.replace('x="2"', 'x="3"').encode())
    assert (told.place, told.old, told.new) == ("element 4", '<rect x="2">', '<rect x="3">')


def test_a_line_of_a_page_is_told_as_a_reader_sees_it() -> None:
    old = "<html>\n<p>Ale: <b>29,8</b> &amp; mer</p>\n</html>"
    (told,) = found("index.html", old.encode(), old.replace("29,8", "31,0").encode())
    assert (told.place, told.old, told.new) == ("line 2", "Ale: 29,8 & mer", "Ale: 31,0 & mer")
    (hidden,) = found("index.html", old.encode(), old.replace("<p>", '<p id="x">').encode())
    assert hidden.new.startswith('<p id="x">')


def test_a_value_of_a_json_file_is_told_by_path() -> None:
    old = {"products": [{"path": "a", "n": 1}, {"path": "b", "n": 2}]}
    new = {"products": [{"path": "0", "n": 0}, {"path": "a", "n": 1}, {"path": "b", "n": 3}]}
    told = found("x.json", json.dumps(old).encode(), json.dumps(new).encode())
    assert (told[0].place, told[0].old, told[0].new) == ("$.products[path=b].n", "2", "3")
    assert told[1].place == "$.products[path=0]"


def test_a_cell_of_a_notebook_is_told() -> None:
    def notebook(output: str, source: str = "a = 1\nprint(a)") -> bytes:
        cell = nbformat.v4.new_code_cell(source, id="x", outputs=[nbformat.v4.new_output("stream", text=output)])
        made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("hej", id="y"), cell])
        return str(nbformat.writes(made)).encode()

    (out,) = found("t.ipynb", notebook("29,8"), notebook("31,0"))
    assert (out.place, out.old, out.new) == ("cell 2, $.outputs[name=stdout].text[0]", "29,8", "31,0")
    (line,) = found("t.ipynb", notebook("1"), notebook("1", "a = 1\nprint(b)"))
    assert line.place == "cell 2, source line 2"


def test_packed_files_are_compared_unpacked() -> None:
    old, new = (gzip.compress(text, mtime=0) for text in (b"rad ett\nrad 2", b"rad ett\nrad 3"))
    (told,) = found("x.txt", old, new)
    assert told.place == "unpacked, line 2"


@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx", "pdf", "png", "json", "ipynb", "svg", "html"])
def test_a_broken_file_is_told_with_its_first_byte_or_reason(kind: str) -> None:
    told = found(f"a.{kind}", b"\xff\x00hel", b"\xff\x01hal")
    assert told
    assert all(one.place for one in told)


def test_what_only_the_bytes_tell_is_told_by_byte() -> None:
    (told,) = found("a.woff2", b"abcdef", b"abcxef")
    assert (told.kind, told.place) == ("byte", "byte 3 of 6")
    (same,) = found("a.json", b'{"a": 1}', b'{"a":1}')
    assert same.place == "byte 5 of 8 (now 7)"


@given(
    name=st.sampled_from(["a.csv", "a.json", "a.html", "a.svg", "a.bin", "a.css", "a.ipynb", "a.docx"]),
    old=st.binary(max_size=60),
    new=st.binary(max_size=60),
)
def test_every_difference_is_told_and_none_where_there_is_none(name: str, old: bytes, new: bytes) -> None:
    def some(pair: Iterator[Difference]) -> bool:
        return any(True for _ in pair)

    assert some(file_differences(name, old, new)) == (old != new)
    assert not some(file_differences(name, old, old))


def test_what_may_have_been_withheld_can_be_left_out() -> None:
    withheld = FRAME.assign(status=["ok", "ok", "sekretess"], value=[29.8, 30.1, None])
    opened = FRAME.assign(status="ok", value=[29.8, 31.0, 7.5])
    told = [one.told(open_only=True) for one in found("a.csv", csv_bytes(withheld), csv_bytes(opened))]
    assert told == [
        "row indicator=ao-x year=2024, column value: '30.1' -> '31'",
        "row indicator=ao-y year=2024, column value: (nothing) -> (not shown)",
        "row indicator=ao-y year=2024, column status: 'sekretess' -> (not shown)",
    ]
    page = Difference(kind="text", place="page 1, line 2", old="..", new="3,2")
    assert page.told() == "page 1, line 2: '..' -> '3,2'"
    assert page.told(open_only=True) == "page 1, line 2: '..' -> (not shown)"

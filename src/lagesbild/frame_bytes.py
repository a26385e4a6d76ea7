"""Frames as the bytes of a file: the same rows, the same bytes."""

from __future__ import annotations

import io
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

#: What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\n")


def parquet_bytes(frame: pd.DataFrame) -> bytes:
    """Return `frame` as Parquet, without index and pandas' own notes (they name its version)."""
    return _table_bytes(_table(frame))


def parquet_bytes_by(frame: pd.DataFrame, column: str) -> dict[str, bytes]:
    """Return the rows of each value of a column as Parquet, as `parquet_bytes` gives them.

    The frame is converted once, which for hundreds of parts costs less than half of converting each.

    Parameters
    ----------
    frame
        Sorted by `column`.
    column
        What the parts are told apart by; it is kept.
    """
    table = _table(frame)
    sizes = frame.groupby(column, sort=False).size()
    ends = sizes.cumsum()
    return {
        str(name): _table_bytes(table.slice(end - size, size))
        for name, size, end in zip(sizes.index, sizes, ends, strict=True)
    }


def described_parquet_bytes(
    frame: pd.DataFrame, *, columns: Mapping[str, Mapping[str, str]], about: Mapping[str, str]
) -> bytes:
    """Return `frame` as Parquet that tells what it holds, readable without its neighbours.

    Parameters
    ----------
    frame
        The rows.
    columns
        What is known of each column, by its name: it stands in the column's metadata.
    about
        What is known of the whole: it stands in the file's metadata.
    """
    table = _table(frame)
    fields = [field.with_metadata(dict(columns.get(field.name, {}))) for field in table.schema]
    return _table_bytes(table.cast(pa.schema(fields, metadata=dict(about))))


def _table(frame: pd.DataFrame) -> pa.Table:
    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    plain = [field.with_type(pa.string()) if pa.types.is_large_string(field.type) else field for field in table.schema]
    return table.cast(pa.schema(plain))


def _table_bytes(table: pa.Table) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Return `frame` as CSV: UTF-8 with BOM (Excel reads it right), comma, decimal point, LF, ten significant digits.

    A text cell that a spreadsheet would take for a formula gets a leading apostrophe.
    """
    return csv_head(frame) + _lines(frame)[0]


def csv_head(frame: pd.DataFrame) -> bytes:
    """Return the first line of a frame's CSV, with the mark that says UTF-8."""
    return "\ufeff".encode() + (",".join(_cell(str(name)) for name in frame.columns) + "\n").encode()


def csv_lines_by(frame: pd.DataFrame, column: str) -> tuple[bytes, dict[str, bytes]]:
    """Return the lines of a frame's CSV without its head: all of them, and those of each value of a column.

    A file that holds a part costs no second writing of its numbers.

    Parameters
    ----------
    frame
        Sorted by `column`.
    column
        What the parts are told apart by.
    """
    lines, ends = _lines(frame)
    sizes = frame.groupby(column, sort=False, observed=True).size()
    last = sizes.cumsum()
    return lines, {
        str(name): lines[ends[end - size] : ends[end]] for name, size, end in zip(sizes.index, sizes, last, strict=True)
    }


def _lines(frame: pd.DataFrame) -> tuple[bytes, np.ndarray]:
    """Return the lines of a frame's CSV, and where each begins; the last place is the end."""
    if not len(frame):
        return b"", np.zeros(1, dtype="int64")
    columns = [_written(frame[name]) for name in frame.columns]
    if len(columns) == 1:
        # A line of nothing is no row to most readers.
        columns = [pc.if_else(pc.equal(columns[0], ""), _text('""'), columns[0])]
    ends = pa.repeat(_text(""), len(frame))
    lines = pc.binary_join_element_wise(pc.binary_join_element_wise(*columns, _text(",")), ends, _text("\n"))
    # One line stands after the other in the column's memory.
    offsets = np.frombuffer(lines.buffers()[1], dtype="int64", count=len(lines) + 1, offset=8 * lines.offset)
    return bytes(memoryview(lines.buffers()[2])[offsets[0] : offsets[-1]]), offsets - offsets[0]


def _text(text: str) -> pa.Scalar:
    return pa.scalar(text, pa.large_string())


def _written(column: pd.Series) -> pa.Array:
    """Return a column's cells as they stand in the file; no cell is null."""
    if pd.api.types.is_float_dtype(column):
        numbers = column.to_numpy("float64", na_value=np.nan)
        cells = pa.array(_ten_digits(numbers), from_pandas=True).cast(pa.large_string())
    elif pd.api.types.is_integer_dtype(column):
        cells = pa.array(column, from_pandas=True).cast(pa.large_string())
    else:
        # Few texts are distinct, so each distinct one is looked at once.
        plain = column if pd.api.types.is_string_dtype(column) else column.astype("object").map(str, na_action="ignore")
        texts = pa.array(plain, type=pa.large_string(), from_pandas=True)
        whole = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
        coded = whole.dictionary_encode()
        known = pa.array([_cell(_harmless(text)) for text in coded.dictionary.to_pylist()], type=pa.large_string())
        cells = known.take(coded.indices)
    return pc.fill_null(cells, _text(""))


def _ten_digits(numbers: np.ndarray) -> np.ndarray:
    """Return numbers rounded to ten significant digits: what is left of sums in another order is not written."""
    rounded = numbers.copy()
    some = np.isfinite(numbers) & (numbers != 0)
    # A power of ten that a number can hold exactly, so that the shortest text of the quotient has ten digits.
    places = np.clip(9 - np.floor(np.log10(np.abs(numbers[some]))), -290, 22)
    up, down = 10.0 ** np.maximum(places, 0), 10.0 ** np.maximum(-places, 0)
    rounded[some] = np.round(numbers[some] * up / down) / up * down
    return rounded + 0.0


def _cell(text: str) -> str:
    """Return a text as a cell: in quotes where a comma, a quote or a line break stands in it."""
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',"\n\r') else text


def _harmless(text: str) -> str:
    """Return a text that no spreadsheet computes.

    A lone CR would stand unquoted where LF ends the line, and some readers would begin a new row there.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{plain}" if plain.startswith(_FORMULA) else plain

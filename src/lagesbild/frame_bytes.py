"""Frames as the bytes of a file: the same rows, the same bytes."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

#: What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\n")


def parquet_bytes(frame: pd.DataFrame) -> bytes:
    """Return `frame` as Parquet, without index and pandas' own notes (they name its version)."""
    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    plain = [field.with_type(pa.string()) if pa.types.is_large_string(field.type) else field for field in table.schema]
    buffer = io.BytesIO()
    pq.write_table(table.cast(pa.schema(plain)), buffer, compression="zstd")
    return buffer.getvalue()


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Return `frame` as CSV: UTF-8 with BOM (Excel reads it right), comma, decimal point, LF.

    A text cell that a spreadsheet would take for a formula gets a leading apostrophe.
    """
    safe = frame.copy()
    for name in safe.columns:
        if pd.api.types.is_string_dtype(safe[name]):
            # Few texts are distinct and hardly any is risky, so each distinct one is looked at once.
            texts = {text: _harmless(text) for text in safe[name].dropna().unique()}
            texts = {text: harmless for text, harmless in texts.items() if text != harmless}
            if texts:
                safe[name] = safe[name].replace(texts)
    buffer = io.StringIO()
    safe.to_csv(buffer, index=False, lineterminator="\n", quoting=csv.QUOTE_MINIMAL, float_format="%.10g")
    return "\ufeff".encode() + buffer.getvalue().encode()


def _harmless(text: str) -> str:
    """Return a text that no spreadsheet computes.

    A lone CR would stand unquoted where LF ends the line, and some readers would begin a new row there.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{plain}" if plain.startswith(_FORMULA) else plain

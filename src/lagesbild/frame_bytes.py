"""Frames as the bytes of a file: the same rows, the same bytes."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

#: What a spreadsheet takes for the beginning of a formula.
_FORMULA = r"^[=+\-@\t\r]"


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
            risky = safe[name].str.match(_FORMULA, na=False)
            safe.loc[risky, name] = "'" + safe.loc[risky, name]
    buffer = io.StringIO()
    safe.to_csv(buffer, index=False, lineterminator="\n", quoting=csv.QUOTE_MINIMAL, float_format="%.10g")
    return "\ufeff".encode() + buffer.getvalue().encode()

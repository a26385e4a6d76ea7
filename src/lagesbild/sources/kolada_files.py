"""The files of a downloaded dump: rows from the API's objects, written whole or not at all."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from lagesbild.files import write_atomic
from lagesbild.sources.kolada_api import KoladaError

#: The columns of a downloaded ``observations.parquet``, in order.
SCHEMA = pa.schema(
    [
        ("kpi", pa.string()),
        ("geo", pa.string()),
        ("year", pa.int16()),
        ("gender", pa.string()),
        ("value", pa.float64()),
        ("status", pa.string()),
    ]
)

#: The columns of ``kpi.csv``, in order.
KPI_COLUMNS = (
    "id",
    "title",
    "description",
    "is_divided_by_gender",
    "municipality_type",
    "auspice",
    "operating_area",
    "perspective",
    "prel_publication_date",
    "publication_date",
    "publ_period",
    "has_ou_data",
)

_SORTING = [(name, "ascending") for name in ("kpi", "geo", "year", "gender", "status", "value")]


def rows_of(objects: Iterable[dict[str, Any]]) -> pa.Table:
    """Return data objects of the API as rows of `SCHEMA`; deleted values are left out.

    Parameters
    ----------
    objects
        ``{kpi, municipality, period, values: [{gender, count, status, value, isdeleted}]}``.

    Raises
    ------
    KoladaError
        If an object has another shape.
    """
    rows = []
    for one in objects:
        try:
            rows += [
                (
                    one["kpi"],
                    one["municipality"],
                    int(one["period"]),
                    value["gender"],
                    value["value"],
                    value["status"] or "",
                )
                for value in one["values"]
                if not value.get("isdeleted")
            ]
        except (KeyError, TypeError, ValueError) as error:
            shown = json.dumps(one, ensure_ascii=False)[:200]
            raise KoladaError("data", f"a data object of unknown shape ({error!r}): {shown}", "Tell us") from error
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [()] * len(SCHEMA)
    arrays = [pa.array(column, type=field.type) for column, field in zip(columns, SCHEMA, strict=True)]
    return pa.table(arrays, schema=SCHEMA)


def sorted_rows(table: pa.Table) -> pa.Table:
    """Return the rows in one order, whatever order the API gave them in."""
    return table.sort_by(_SORTING).combine_chunks()


def write_parquet(path: Path, table: pa.Table) -> None:
    """Write a Parquet file whole or not at all."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    write_atomic(path, sink.getvalue().to_pybytes())


def write_csv(path: Path, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a CSV file whole or not at all."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    write_atomic(path, buffer.getvalue())

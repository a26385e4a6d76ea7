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
        ("isdeleted", pa.bool_()),
    ]
)

#: The columns of a downloaded ``oudata.parquet``: a unit's id stands in the place of `geo`.
UNIT_SCHEMA = SCHEMA.set(1, pa.field("ou", pa.string()))

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


def rows_of(objects: Iterable[dict[str, Any]], schema: pa.Schema = SCHEMA) -> pa.Table:
    """Return data objects of the API as rows; taken-back values are kept, and marked in `isdeleted`.

    Parameters
    ----------
    objects
        ``{kpi, municipality | ou, period, values: [{gender, count, status, value, isdeleted}]}``.
    schema
        `SCHEMA`, or `UNIT_SCHEMA` for objects of units.

    Raises
    ------
    KoladaError
        If an object has another shape.
    """
    place = "ou" if "ou" in schema.names else "municipality"
    rows = []
    for one in objects:
        try:
            rows += [
                (
                    one["kpi"],
                    one[place],
                    int(one["period"]),
                    value["gender"],
                    value["value"],
                    value["status"] or "",
                    bool(value.get("isdeleted")),
                )
                for value in one["values"]
            ]
        except (KeyError, TypeError, ValueError) as error:
            shown = json.dumps(one, ensure_ascii=False)[:200]
            raise KoladaError("data", f"a data object of unknown shape ({error!r}): {shown}", "Tell us") from error
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    arrays = [pa.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.table(arrays, schema=schema)


def group_rows(groups: Iterable[dict[str, Any]]) -> list[tuple[str, str, str, str]]:
    """Return groups with their members, a row a member, sorted: group's id and title, member's id and title.

    The API names a member's id `id` in groups of kommuner and `member_id` in groups of KPIs.

    Raises
    ------
    KoladaError
        If a group has another shape.
    """
    rows = []
    for group in groups:
        try:
            for member in group.get("members", group.get("values", [])):
                prefix = "member_" if "member_id" in member else ""
                own, title = str(member[f"{prefix}id"]), str(member.get(f"{prefix}title", ""))
                rows.append((str(group["id"]), str(group["title"]), own, title))
        except (KeyError, TypeError, AttributeError) as error:
            shown = json.dumps(group, ensure_ascii=False)[:200]
            raise KoladaError("groups", f"a group of unknown shape ({error!r}): {shown}", "Tell us") from error
    return sorted(set(rows))


def sorted_rows(table: pa.Table) -> pa.Table:
    """Return the rows in one order, whatever order the API gave them in."""
    return table.sort_by([(name, "ascending") for name in (*table.schema.names[:4], *table.schema.names[:3:-1])])


def write_parquet(path: Path, table: pa.Table) -> None:
    """Write a Parquet file whole or not at all."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", write_page_checksum=True)
    write_atomic(path, sink.getvalue().to_pybytes())


def write_csv(path: Path, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a CSV file whole or not at all."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    write_atomic(path, buffer.getvalue())

"""The files of a table: CSV, and Parquet that says in its own metadata what it holds and where it is from."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from lagesbild.catalogue.release_statement import ReleaseStatement
from lagesbild.files import sha256, write_atomic
from lagesbild.frame_bytes import csv_bytes, described_parquet_bytes
from lagesbild.publishing.datasets.table import Field, Table, typed
from lagesbild.publishing.layout import SOURCE_NAMES, Layout

#: What is said of every file that holds figures of a kommun's residents.
DISCLOSURE = (
    "Värden som bygger på för få personer visas inte (status sekretess), och inte heller värden som de skulle kunna "
    "räknas ut ur. De är tomma i alla filer och är inte noll."
)
SYNTHETIC = "Syntetiska data: alla uppgifter är påhittade."

CSV, PARQUET = "text/csv", "application/vnd.apache.parquet"


@dataclass(frozen=True, kw_only=True)
class Written:
    """A file that has been written.

    Parameters
    ----------
    path
        Relative to the release.
    kind
        Media type.
    size, digest
        Bytes, and their SHA-256.
    """

    path: str
    kind: str
    size: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """A table that has been written: its files, and how much there is in it.

    Parameters
    ----------
    name
        Of the data set, as `Table.name`.
    title, title_en, text
        For readers.
    table
        What its columns are.
    files
        What it became.
    rows
        Number of rows.
    years
        First and last year that it tells of, null for a register.
    series
        Name of the area whose series it belongs to, empty for none.
    """

    name: str
    title: str
    title_en: str
    text: str
    table: Table
    files: tuple[Written, ...]
    rows: int
    years: tuple[int, int] | None
    series: str = ""


@dataclass(frozen=True, kw_only=True)
class Writer:
    """Writes tables into a release.

    Parameters
    ----------
    layout
        Where.
    statement
        What the release says of itself.
    """

    layout: Layout
    statement: ReleaseStatement

    def about(self, title: str) -> dict[str, str]:
        """Return what is said of every file in its own metadata."""
        facts = {
            "title": title,
            "source": SOURCE_NAMES[self.layout.source],
            "release": f"{self.layout.source}-{self.layout.year}",
            "version": self.statement.version,
            "issued": self.statement.issued or "",
            "licence": f"{self.statement.licence.title} ({self.statement.licence.path})",
            "publisher": self.statement.publisher,
            "disclosure": DISCLOSURE,
            "note": SYNTHETIC if self.layout.synthetic else "",
        }
        return {name: text for name, text in facts.items() if text}

    def put(self, path: str, content: bytes, kind: str) -> Written:
        """Write one file and return what it became."""
        target = self.layout.release / path
        write_atomic(target, content)
        return Written(path=path, kind=kind, size=len(content), digest=sha256(target))

    def parquet(self, path: str, frame: pd.DataFrame, fields: tuple[Field, ...], title: str) -> Written:
        """Write a frame of the right kinds as Parquet with its columns described."""
        columns = {one.name: column_facts(one) for one in fields}
        content = described_parquet_bytes(frame, columns=columns, about=self.about(title))
        return self.put(path, content, PARQUET)

    def table(self, table: Table) -> Dataset:
        """Write a table as CSV and Parquet."""
        if table.frame is None:
            raise ValueError(f"the table {table.name} has no rows of its own")
        frame = typed(table.frame(self.layout), table.fields)
        files = (
            self.put(f"data/{table.name}.csv", csv_bytes(frame), CSV),
            self.parquet(f"data/{table.name}.parquet", frame, table.fields, table.title),
        )
        years = (self.layout.years.start, self.layout.year) if table.yearly else None
        return Dataset(
            name=table.name,
            title=table.title,
            title_en=table.title_en,
            text=table.text,
            table=table,
            files=files,
            rows=len(frame),
            years=years,
        )


def column_facts(field: Field) -> dict[str, str]:
    """Return what is known of a column as texts, for a Parquet file's metadata."""
    facts = {"description": field.text, "unit": field.unit, "values": " ".join(field.values)}
    return {name: text for name, text in facts.items() if text}

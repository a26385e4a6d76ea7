"""A document is up to date only while its inputs, its parameters and its outputs are the recorded ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lagesbild.publishing.records import Record, is_current, outputs_of, read_record


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """Return a record that stands at ``record.json`` beside its output."""
    pdf = tmp_path / "rapport.pdf"
    pdf.write_bytes(b"%PDF")
    made = Record(
        document="reports/a.qmd",
        kind="kommunrapport",
        parameters={"kommun": "0180", "year": 2024},
        engine="embedded",
        inputs={"underlag/0180.parquet": "aa", "code": "bb"},
        outputs=outputs_of([pdf], tmp_path),
    )
    made.write(tmp_path / "record.json")
    return made


def test_a_record_is_read_as_it_was_written_and_names_no_machine_path(record: Record, tmp_path: Path) -> None:
    assert read_record(tmp_path / "record.json") == record
    assert list(record.outputs) == ["rapport.pdf"]
    assert str(tmp_path) not in (tmp_path / "record.json").read_text()


@pytest.mark.parametrize(
    "change",
    [
        {"parameters": {"kommun": "0180", "year": 2023}},
        {"inputs": {"underlag/0180.parquet": "ab", "code": "bb"}},
        {"inputs": {"underlag/0180.parquet": "aa"}},
        {"engine": "quarto"},
        {"document": "reports/b.qmd"},
    ],
)
def test_whatever_decides_the_document_makes_it_stale(
    record: Record, tmp_path: Path, change: dict[str, object]
) -> None:
    path = tmp_path / "record.json"
    assert is_current(replace(record, outputs={}), path, tmp_path)
    assert not is_current(replace(record, **change), path, tmp_path)


def test_a_deleted_changed_or_unrecorded_output_makes_it_stale(record: Record, tmp_path: Path) -> None:
    path, pdf = tmp_path / "record.json", tmp_path / "rapport.pdf"
    pdf.write_bytes(b"tampered")
    assert not is_current(record, path, tmp_path)
    pdf.unlink()
    assert not is_current(record, path, tmp_path)
    pdf.write_bytes(b"%PDF")
    assert is_current(record, path, tmp_path)
    path.write_text("{half")
    assert read_record(path) is None
    assert not is_current(record, path, tmp_path)

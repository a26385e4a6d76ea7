"""The note of the gate's run: which rules and raw files, and nothing of any cell."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.raw_files import read_raw_files
from lagesbild.disclosure.gate_note import FILE, files_of, read_gate_note, write_gate_note
from lagesbild.publishing.layout import Layout

NAMES = [
    "analytiker/mal.csv",
    "egna/stadsdelar.csv",
    "kolada/kpi.csv",
    "kolada/observations.parquet",
    "socialstyrelsen/kommunenkat-aldreomsorg-2024.xlsx",
    "socialstyrelsen/mappings/kommunenkat-2024.yml",
    "socialstyrelsen/mappings/register-2024.yml",
]


def test_labels_lead_to_files_and_to_their_mapping() -> None:
    assert files_of({"kolada"}, NAMES) == ["kolada/kpi.csv", "kolada/observations.parquet"]
    assert files_of({"egen:stadsdelar"}, NAMES) == ["egna/stadsdelar.csv"]
    assert files_of({"socialstyrelsen:kommunenkat-aldreomsorg-2024"}, NAMES) == NAMES[4:6]
    assert files_of({"kolada"}, ["observations.parquet"]) == ["observations.parquet"]


def test_every_area_of_the_demo_has_its_files_and_none_of_another(world: Layout) -> None:
    note = read_gate_note(world.work)
    assert note is not None
    listed = {one.path for one in read_raw_files(world.work).files}
    assert len(note["raw"]) == 10
    for area, names in note["raw"].items():
        assert "kolada/observations.parquet" in names
        assert set(names) <= listed
        books = [name for name in names if name.endswith(".xlsx")]
        assert books
        assert all(f"-{area}-" in name for name in books)


def test_a_withheld_cell_changes_nothing_in_the_note(world: Layout, tmp_path: Path) -> None:
    area = "aldreomsorg"
    rows = pd.read_parquet(world.released / area / "2024.parquet")
    names = [one.path for one in read_raw_files(world.work).files]
    notes = []
    for frame in (rows, rows.assign(status="sekretess", value=None)):
        write_gate_note(tmp_path, frame, names, load_catalogue())
        notes.append((tmp_path / FILE).read_bytes())
    assert notes[0] == notes[1]
    assert sorted(json.loads(notes[0])) == ["raw", "rules", "solver"]

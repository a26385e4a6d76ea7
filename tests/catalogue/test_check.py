"""What a check of all hand-typed files gathers: faults of every reader, and counts of the rest."""

from __future__ import annotations

from pathlib import Path

from lagesbild.catalogue.check import check_all
from lagesbild.catalogue.indicators import Part
from lagesbild.errors import CatalogueError, Fault

AREA = """\
area: hemloshet
indicators:
  - id: hem-rutin
    title: Aktuell rutin
    dimension: saker
    type: struktur
    direction: hog
    scale: ja_nej
    survey: kommunenkat
    counted: kommuner
    source_note: Eget prov
"""


def test_what_is_right_is_counted_beside_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "hemloshet.yml").write_text(AREA, encoding="utf-8")
    (tmp_path / "aldreomsorg.yml").write_text("area: aldreomsorg\n", encoding="utf-8")
    found = check_all(tmp_path)
    assert [(fault.file, fault.row) for fault in found.faults] == [("aldreomsorg.yml", 1)]
    assert found.per_area() == [("hemloshet", {part: int(part is Part.KVALITET) for part in Part})]
    assert found.counts["kommuner"] == 290
    assert found.counts["län"] == 21


def test_further_readers_add_their_counts_and_faults(tmp_path: Path) -> None:
    (tmp_path / "hemloshet.yml").write_text(AREA, encoding="utf-8")

    def broken() -> int:
        raise CatalogueError("refused", [Fault(what="no number", file="levels.csv", row=7)])

    found = check_all(tmp_path, more={"right": lambda: 3, "wrong": broken})
    assert found.counts["right"] == 3
    assert "wrong" not in found.counts
    assert [(fault.file, fault.row) for fault in found.faults] == [("levels.csv", 7)]


def test_the_projects_own_files_have_no_faults() -> None:
    found = check_all()
    assert found.faults == ()
    assert {area for area, _ in found.per_area()} == {one.area for one in found.indicators}


def test_a_row_of_the_review_that_the_catalogue_does_not_follow_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "hemloshet.yml").write_text(AREA, encoding="utf-8")
    (tmp_path / "review_2022").mkdir()
    head = "row,indicator,reason,result,footnote,state,frequency,reason_words,catalogue_ids,note"
    row = "1,Rutin,Kan mätas vartannat år,Tas bort,,borttagen,,vartannat år,hem-rutin,"
    (tmp_path / "review_2022" / "paused.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    head = "row,indicator,areas,replaces,catalogue_ids,replaced_ids,note"
    (tmp_path / "review_2022" / "new.csv").write_text(f"{head}\n", encoding="utf-8")
    faults = check_all(tmp_path).faults
    assert [(fault.file, fault.row, fault.what) for fault in faults] == [
        ("paused.csv", 2, "not paused in 2022"),
        ("paused.csv", 2, "aktiv in 2023, not borttagen"),
    ]

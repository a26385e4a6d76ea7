"""What the source withheld is kept out of everything that would tell it, with or without counts."""

from __future__ import annotations

from typing import Any

from lagesbild.catalogue.load import Catalogue
from lagesbild.disclosure.gate import pass_gate


def _withheld(table: Any, catalogue: Catalogue) -> set[str]:
    released = pass_gate(table.frame(), catalogue).released
    gone = released[released["status"].eq("sekretess")]
    return set(gone["region"] + " " + gone["sex"])


def test_a_sex_that_the_source_withheld_takes_the_other_along(catalogue: Catalogue, new_table: Any) -> None:
    table = new_table().add("kommun", "1440", "T", value=50.0).add("kommun", "1440", "K", value=60.0)
    table.add("kommun", "1440", "M", status="sekretess").add("kommun", "1480", "K", value=40.0)
    assert _withheld(table, catalogue) == {"1440 K", "1440 M"}


def test_what_the_source_withheld_takes_its_parts_along(catalogue: Catalogue, new_table: Any) -> None:
    table = new_table().add("kommun", "0180", status="sekretess").add("stadsdel", "018001", value=50.0)
    table.add("enhet", "018001", value=40.0, unit="Linden").add("enhet", "0180", "K", value=40.0, unit="Boken")
    table.add("enhet", "1480", value=40.0, unit="Asken")
    assert _withheld(table, catalogue) == {"0180 T", "018001 T", "0180 K"}


def test_what_the_source_withheld_does_not_follow_from_its_lan(catalogue: Catalogue, new_table: Any) -> None:
    table = new_table().shares("lan", "14", (93, 186)).add("kommun", "1440", status="sekretess")
    table.shares("kommun", "1480", (70, 140)).shares("kommun", "1415", (20, 40))
    assert _withheld(table, catalogue) == {"1440 T", "1415 T"}


def test_a_group_takes_no_part_in_telling_its_kommuner(catalogue: Catalogue, new_table: Any) -> None:
    table = new_table().add("kommun", "0180", status="sekretess").add("kommun", "1480", value=50.0)
    table.add("kommungrupp", "A1", value=51.0).add("kommungrupp", "A2", value=50.0)
    assert _withheld(table, catalogue) == {"0180 T", "A1 T"}


def test_questions_about_an_organisation_have_no_threshold(catalogue: Catalogue, new_table: Any) -> None:
    table = new_table("ao-rutin").add("kommun", "1440", answer="ja").add("enhet", "1440", answer="nej", unit="Linden")
    assert _withheld(table, catalogue) == set()

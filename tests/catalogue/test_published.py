"""Figures printed in official reports: what adds up, what does not, and how a faulty file is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.published import published, published_tables
from lagesbild.catalogue.published_checks import N_KOMMUNER, discrepancies, relations
from lagesbild.catalogue.regions import kommuner
from lagesbild.catalogue.resources import published_folder
from lagesbild.errors import CatalogueError, ParameterError

TYPES = ["struktur", "process", "resultat", "bakgrund"]


def test_every_printed_table_is_here_with_its_source() -> None:
    assert [table.id for table in published_tables()] == [
        "rir-2021-17-tabell-1",
        "rir-2021-17-tabell-2",
        "rir-2021-17-tabell-3",
        "rir-2021-17-tabell-4",
        "rir-2021-17-bilaga-1-tabell-1",
        "rir-2021-17-bilaga-1-katalog",
        *(f"rir-2021-17-bilaga-1-tabell-{number}" for number in range(2, 18)),
        "rir-2021-17-bilaga-1-rader",
        "oj-2023-tabell-b2-1",
        "oj-2023-tabell-b2-2",
        "oj-2023-bilaga-4",
        "pastaenden",
        "discrepancies",
    ]
    printed = published_tables()[1]
    assert printed.citation().startswith("Riksrevisionen (2021): Öppna jämförelser i socialtjänsten")
    assert printed.citation().endswith("Tabell 2, avsnitt 3.2.1")


def test_table_2_adds_up_over_rows_and_over_surveys() -> None:
    rows = published("rir-2021-17-tabell-2")
    printed = rows[rows["rad"] == "summa"].set_index("undersokning")[TYPES]
    areas = rows[rows["rad"] == "omrade"].groupby("undersokning")[TYPES].sum()
    assert areas.loc["kommunundersokning"].tolist() == [201, 107, 1, 24]
    for survey in areas.index:
        assert areas.loc[survey].tolist() == printed.loc[survey].tolist(), survey
    assert areas.sum().tolist() == printed.loc["samtliga"].tolist() == [246, 121, 69, 59]


def test_table_2_has_a_row_for_each_area_of_the_kommun_survey() -> None:
    rows = published("rir-2021-17-tabell-2")
    asked = rows[(rows["undersokning"] == "kommunundersokning") & (rows["rad"] == "omrade")]
    # Riksrevisionen audited social services; municipal health care was outside the audit.
    assert set(asked["omrade"]) == set(AREA_IDS) - {"halso-och-sjukvard"}


def test_the_types_of_appendix_4_make_the_total_that_appendix_2_gives() -> None:
    count = published("oj-2023-bilaga-4").set_index("matt")["antal"]
    said = published("pastaenden").set_index("id")["varde"]
    assert 225 + 137 + 9 == 371
    types = count["strukturindikatorer"] + count["processindikatorer"] + count["resultatindikatorer"]
    assert types == said["b2-indikatorer"] == 371
    assert count["resultatindikatorer"] == said["b2-resultatindikatorer"]


def test_shares_of_kommuner_are_shares_of_the_290_in_the_register() -> None:
    assert len(kommuner()) == N_KOMMUNER
    told = {relation.id: relation for relation in relations()}
    # 74 answers in table B2.2 are 25.5 percent of 290 kommuner, one kommun is 0.3 percent.
    assert told["b2-2-en-fraga"].derived == 25.5
    assert told["b2-2-alla-fragor"].derived == 0.3


def test_what_does_not_add_up_is_exactly_what_the_reviewed_list_explains() -> None:
    found = {relation.id: relation for relation in relations() if not relation.holds}
    listed = discrepancies().set_index("id")
    assert set(found) == set(listed.index)
    for name, row in listed.iterrows():
        assert (found[str(name)].stated, found[str(name)].derived) == (row["angivet"], row["harlett"]), name
        assert found[str(name)].table == row["tabell"], name


def test_a_sum_put_down_to_rounding_is_within_what_rounding_can_do() -> None:
    listed = discrepancies()
    rounded = listed[listed["slag"] == "avrundning"]
    assert len(rounded) == 7
    # Each of the five shares is at most half a percentage point off.
    assert ((rounded["angivet"] - rounded["harlett"]).abs() <= 5 * 0.5).all()


def test_most_relations_hold_so_that_the_list_is_of_exceptions() -> None:
    held = [relation for relation in relations() if relation.holds]
    assert len(held) >= 60
    assert len({relation.id for relation in relations()}) == len(relations())


def test_a_dash_in_print_is_no_number() -> None:
    rows = published("oj-2023-tabell-b2-1")
    assert rows["ja_2018"].isna().tolist() == [False] * 9 + [True]
    assert rows["ja_2021"].iloc[-1] == 19


def test_a_frame_that_is_changed_does_not_change_the_next() -> None:
    frame = published("rir-2021-17-tabell-1")
    frame.loc[0, "kostnad_mnkr"] = 99.0
    assert published("rir-2021-17-tabell-1").loc[0, "kostnad_mnkr"] == 16.7


def test_an_unknown_table_is_refused_with_the_nearest() -> None:
    with pytest.raises(ParameterError, match="rir-2021-17-tabell-2"):
        published("rir-2021-tabell-2")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(published_folder(), tmp_path / "published"))


def test_every_fault_of_every_file_is_told_with_file_and_line(copied: Path) -> None:
    sources = copied / "sources.yml"
    text = sources.read_text(encoding="utf-8")
    (copied / "stray.csv").write_text("a\n1\n", encoding="utf-8")
    table = copied / "rir-2021-17-tabell-1.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("2009,15.8", "2009,\u2009158"), encoding="utf-8")
    table = copied / "rir-2021-17-tabell-2.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("ekonomiskt-bistand,19", "ekonomi,19"), encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        published_tables(copied)
    told = [(fault.file, fault.row, fault.column) for fault in caught.value.faults]
    assert told == [
        ("stray.csv", None, None),
        ("rir-2021-17-tabell-1.csv", 3, "kostnad_mnkr"),
        ("rir-2021-17-tabell-2.csv", 2, "omrade"),
    ]
    assert text == sources.read_text(encoding="utf-8")


def test_a_fault_in_the_list_of_sources_is_told_by_line(copied: Path) -> None:
    sources = copied / "sources.yml"
    text = sources.read_text(encoding="utf-8")
    line = text[: text.index("document: rir-2021-17\n")].count("\n") + 1
    sources.write_text(text.replace("document: rir-2021-17\n", "document: rir-2012-17\n", 1), encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        published_tables(copied)
    (fault,) = (fault for fault in caught.value.faults if "rir-2012-17" in fault.what)
    assert (fault.file, fault.row) == ("sources.yml", line)

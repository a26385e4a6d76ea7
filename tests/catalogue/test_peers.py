"""Kolada's groups of kommuner: each kommun has its own, by topic and year."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from lagesbild.catalogue.peers import FILE, Peers, peers, read_peers, similar_table
from lagesbild.errors import NotBuiltError, ParameterError

GROUPS = [
    ("G1", "Liknande kommuner äldreomsorg, Ale, 2023", ["1482", "1481"]),
    ("G2", "Liknande kommuner äldreomsorg, Ale, 2024", ["1440", "0180", "0187"]),
    ("G3", "Liknande kommuner, övergripande, Ale, 2025", ["1482"]),
    ("G4", "Liknande kommuner IFO, Kungälv, 2024", ["1481"]),
    ("G5", "Storstäder (ovägt medel)", ["1480", "0180", "1280"]),
    ("G6", "Regioner (ovägt medel)", ["0001"]),
]


@pytest.fixture
def table() -> pd.DataFrame:
    rows = [(group, title, member) for group, title, members in GROUPS for member in members]
    return pd.DataFrame(rows, columns=["group_id", "group_title", "member_id"], dtype="str")


@pytest.fixture
def register(table: pd.DataFrame) -> Peers:
    return peers(table.sample(frac=1, random_state=1))


def test_a_kommun_has_its_own_group_in_the_latest_year(register: Peers) -> None:
    assert register.similar_kommuner("1440", "äldreomsorg") == ("0180", "0187")
    assert register.similar_kommuner("Ale", "Äldreomsorg", 2023) == ("1481", "1482")
    assert register.similar("1440", "övergripande").year == 2025
    assert register.topics == ("IFO", "äldreomsorg", "övergripande")


def test_being_like_is_not_mutual(register: Peers) -> None:
    assert register.similar_kommuner("Kungälv", "IFO") == ("1481",)
    with pytest.raises(ParameterError, match="unknown year"):
        register.similar_kommuner("1481", "IFO")


def test_other_groups_are_known_by_name_and_regions_are_no_kommuner(register: Peers) -> None:
    assert register.groups == ("Storstäder",)
    assert register.members("Storstäder") == ("0180", "1280", "1480")
    with pytest.raises(ParameterError, match="Did you mean Storstäder"):
        register.members("Storstader")


def test_what_is_not_there_is_told(register: Peers) -> None:
    with pytest.raises(ParameterError, match="Did you mean äldreomsorg"):
        register.similar_kommuner("1440", "äldrevård")
    with pytest.raises(ParameterError, match="unknown year: 2022"):
        register.similar_kommuner("1440", "äldreomsorg", 2022)


def test_the_register_is_read_from_a_work_folder(table: pd.DataFrame, tmp_path: Path) -> None:
    with pytest.raises(NotBuiltError, match="groups of kommuner"):
        read_peers(tmp_path)
    table.to_parquet(tmp_path / FILE)
    assert read_peers(tmp_path).similar_kommuner("1440", "äldreomsorg") == ("0180", "0187")


def test_every_kommun_has_seven_alike_in_the_real_register(shared_data: Path) -> None:
    register = peers(pd.read_csv(shared_data / "kolada" / "municipality_groups.csv", dtype="str"))
    kommuner = register.members("Alla kommuner")
    assert len(kommuner) == 290
    gnosjo = ("0617", "LSS")  # has no group of its own in it
    for topic in ("äldreomsorg", "IFO", "LSS", "ekonomiskt bistånd", "socioekonomi"):
        sizes = [len(register.similar_kommuner(kod, topic)) for kod in kommuner if (kod, topic) != gnosjo]
        assert set(sizes) == {7}, topic


def test_a_topics_groups_are_a_table_of_one_year(table: pd.DataFrame) -> None:
    assert similar_table(table, "äldreomsorg", 2023)[1].to_numpy().tolist() == [["1440", "1481"], ["1440", "1482"]]
    year, rows = similar_table(table.sample(frac=1, random_state=1), "äldreomsorg", 2030)
    assert year == 2024
    assert rows.to_numpy().tolist() == [["1440", "0180"], ["1440", "0187"]]  # Ale is not its own like
    assert similar_table(table, "IFO", 2020)[0] == 2024  # none so early: the first after it
    assert similar_table(table, "övergripande", 2025)[1].to_numpy().tolist() == [["1440", "1482"]]


def test_without_groups_there_is_no_table(table: pd.DataFrame) -> None:
    for listed, topic in ((table, "LSS"), (table.iloc[:0], "äldreomsorg")):
        year, rows = similar_table(listed, topic, 2024)
        assert year is None
        assert rows.empty
        assert list(rows) == ["region", "member"]

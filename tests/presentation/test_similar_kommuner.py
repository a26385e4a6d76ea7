"""Similar kommuner in words: plain Swedish, who and why, and what is said where nothing is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lagesbild.catalogue.areas import area
from lagesbild.presentation.similar_kommuner import (
    agreement_lines,
    agreement_table,
    areas_table,
    similar_section,
    variables_table,
    why_lines,
    why_table,
)


def _rows(topic: str = "äldreomsorg", **fields: object) -> pd.DataFrame:
    cells = [
        ("1482", "folkmangd", 31_868.0, 44_000.0, 0.25),
        ("1482", "kostnad-aldreomsorg", 8_402.0, 9_000.0, 0.75),
        ("0180", "folkmangd", 31_868.0, 975_000.0, np.nan),
        ("0180", "kostnad-aldreomsorg", 8_402.0, np.nan, np.nan),
    ]
    frame = pd.DataFrame(cells, columns=["member", "variable", "own", "other", "share"])
    frame = frame.assign(region="1440", topic=topic, source="kolada", drawn=2024.0, steps=0.1, nearer=0.125)
    return frame.assign(**fields)


def _section(frame: pd.DataFrame) -> str:
    return similar_section(frame.to_dict("records"), "1440")


def test_the_section_says_who_is_alike_in_which_areas_and_by_what() -> None:
    text = _section(_rows())
    assert "Ale ingår aldrig i sin egen" in text
    assert "Kungälv, Stockholm" in text
    assert "folkmängd och förväntad kostnad för äldreomsorg" in text
    assert "Kolada 2024" in text
    assert "tbl-liknande" in text


def test_only_the_reports_areas_are_told_of() -> None:
    rows = _rows().to_dict("records")
    assert "Kungälv" not in similar_section(rows, "1440", [area("ekonomiskt-bistand")])


def test_our_own_neighbours_say_so_and_nobody_alike_is_told() -> None:
    assert "egen beräkning" in _section(_rows(source="egen", drawn=np.nan))
    assert _section(_rows().iloc[:0]) == "Källan har inga uppgifter som liknande kommuner kan väljas efter.\n"


def test_why_each_is_one_stands_in_table_and_lines() -> None:
    table = why_table(_rows(), "1440").splitlines()
    assert table[2].startswith("| **Ale** | 31\u202f868 |  | 8\u202f402 |  |")
    assert table[3] == "| Kungälv | 44\u202f000 | 25\u00a0% | 9\u202f000 | 75\u00a0% |"
    assert table[4] == "| Stockholm | 975\u202f000 | – | – | – |"
    lines = why_lines(_rows(), "1440", synthetic=True)
    assert lines[:2] == ["Syntetiska data", "Ale, äldreomsorg, Kolada 2024"]
    assert "  Folkmängd: 44\u202f000; 25 % av skillnaden; 13 % av kommunerna ligger närmare" in lines
    assert why_lines(_rows().iloc[:0], "1440", synthetic=False) == ["Ale: inga liknande kommuner, för uppgifter saknas"]


@pytest.fixture
def agreement() -> pd.DataFrame:
    rows = [
        {"topic": "IFO", "drawn": 2024.0, "n": 290, "common": 3.0759, "chance": 49 / 289, "none": 0.076},
        {"topic": "LSS", "drawn": np.nan, "n": 0, "common": np.nan, "chance": 49 / 289, "none": np.nan},
    ]
    return pd.DataFrame(rows).assign(variables=[{"folkmangd": 1.0, "kostnad-ifo": 1.0}, {"kostnad-lss": 1.0}])


def test_agreement_stands_beside_what_chance_gives(agreement: pd.DataFrame) -> None:
    table = agreement_table(agreement).splitlines()
    assert table[2].startswith("| IFO | 2024 | 290 | 3,1 | 0,2 | 8\u00a0% | folkmängd och förväntad kostnad")
    assert table[3] == "| LSS | – | 0 | – | 0,2 | – | förväntad kostnad för LSS |"
    assert agreement_lines(agreement, synthetic=False) == [
        "IFO: 3,08 av sju gemensamma med Kolada 2024 (0,17 av en slump), 290 kommuner, 8 % har ingen gemensam",
        "LSS: kan inte jämföras, för grupper eller bakgrundsvariabler saknas",
    ]


def test_the_registers_are_printed_whole() -> None:
    assert len(variables_table().splitlines()) == 2 + 14
    assert r"| Folkmängd | invånare | N01951 |" in variables_table()
    assert "| Krisberedskap | övergripande |" in areas_table()

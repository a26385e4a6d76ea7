"""The synthetic Sweden as files: the same bytes each time, and all of it arrives by exactly one road."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils import get_column_letter

from lagesbild.catalogue.analyst import OWN_GROUPS_FILE, TARGETS_FILE, USERS_FILE
from lagesbild.catalogue.background import background_of, topic_weights
from lagesbild.catalogue.load import Catalogue, load_catalogue
from lagesbild.catalogue.peers import similar_table
from lagesbild.catalogue.regions import kommuner
from lagesbild.methods.neighbours import agreement, nearest, standardised
from lagesbild.publishing.layout import Layout
from lagesbild.sources.analyst_files import read_analyst_files
from lagesbild.sources.demo import generate
from lagesbild.sources.demo.assumptions import load_assumptions
from lagesbild.sources.demo.canaries import FEW
from lagesbild.sources.demo.frames import TRUTH_COLUMNS
from lagesbild.sources.demo.land import land_of
from lagesbild.sources.demo.model import simulate_all
from lagesbild.sources.demo.road import Road, road
from lagesbild.sources.demo.xlsx import TextSheet, save_texts
from lagesbild.sources.kolada_background import background_values
from lagesbild.sources.kolada_dump import read_dump
from lagesbild.sources.socialstyrelsen import read_workbooks

SEED = 2024
# Two years with and without most in-depth indicators keep the tests quick.
YEARS = range(2023, 2025)


@dataclass(frozen=True, kw_only=True)
class SyntheticSweden:
    """The files of a short synthetic Sweden, what the model put into them, and what the readers got out."""

    folder: Path
    catalogue: Catalogue
    truth: pd.DataFrame
    from_kolada: pd.DataFrame
    from_workbooks: pd.DataFrame
    unmapped: pd.DataFrame


@pytest.fixture(scope="module")
def sweden(outside: Layout) -> SyntheticSweden:
    """Return the synthetic Sweden of `YEARS`, generated and read once."""
    folder = outside.raw
    catalogue = load_catalogue()
    truth = simulate_all(
        seed=SEED,
        indicators=catalogue.indicators,
        assumptions=load_assumptions(),
        land=land_of(kommuner()),
        years=YEARS,
    )
    workbooks = read_workbooks(folder / "socialstyrelsen", catalogue=catalogue)
    return SyntheticSweden(
        folder=folder,
        catalogue=catalogue,
        truth=truth,
        from_kolada=read_dump(folder / "kolada", catalogue=catalogue).observations,
        from_workbooks=workbooks.observations,
        unmapped=workbooks.unmapped,
    )


KEY = ["indicator", "year", "level", "region", "unit", "sex"]


def _hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def small(sweden) -> Catalogue:
    """A catalogue of two areas, quick to generate again."""
    return Catalogue(sweden.catalogue.in_area("aldreomsorg")[:20] + sweden.catalogue.in_area("krisberedskap")[-6:])


def test_same_seed_gives_same_bytes_and_another_seed_other_figures(small, tmp_path) -> None:
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        generate(tmp_path / name, catalogue=small, seed=seed, years=range(2023, 2025))
    one, again, other = (_hashes(tmp_path / name) for name in ("one", "again", "other"))
    assert one == again
    assert one.keys() == other.keys()
    tables = {"kolada/kpi.csv", "kolada/municipality.csv"}
    # The comments are words, the same whatever the figures.
    same = {name for name in one if one[name] == other[name] and "/kommentarer/" not in name}
    assert {name for name in same if not name.startswith("socialstyrelsen/mappings/")} == tables


def test_every_measured_indicator_arrives_by_exactly_one_road(sweden) -> None:
    roads = {Road.KOLADA: sweden.from_kolada, Road.SOCIALSTYRELSEN: sweden.from_workbooks}
    arrived = {
        one: set(frame[["indicator", "year"]].itertuples(index=False, name=None)) for one, frame in roads.items()
    }
    for indicator in sweden.catalogue.indicators:
        for year in YEARS:
            by = {one for one, pairs in arrived.items() if (indicator.id, year) in pairs}
            assert by == ({road(indicator)} if indicator.measured(year) else set()), (indicator.id, year)


def test_what_is_not_in_the_plan_is_not_written(sweden) -> None:
    both = pd.concat([sweden.from_kolada, sweden.from_workbooks])
    by_id = {one.id: one for one in sweden.catalogue.indicators}
    for indicator, year in set(both[["indicator", "year"]].itertuples(index=False, name=None)):
        assert by_id[indicator].measured(year)
    assert (
        len(
            {one.id for one in sweden.catalogue.indicators if not one.measured(2024)}
            - set(both[both["year"] == 2024]["indicator"])
        )
        >= 20
    )


def test_workbooks_read_back_as_the_model_made_them(sweden) -> None:
    by_id = {one.id: one for one in sweden.catalogue.indicators}
    by_workbook = {name: road(one) is Road.SOCIALSTYRELSEN for name, one in by_id.items()}
    truth = sweden.truth[sweden.truth["indicator"].map(by_workbook)]
    expected = truth.sort_values(KEY, ignore_index=True)
    got = sweden.from_workbooks[list(TRUTH_COLUMNS)]
    personal = expected["indicator"].map({one.id: one.threshold is not None for one in sweden.catalogue.indicators})
    few = expected["denominator"].fillna(expected["n_answers"]).lt(FEW) & personal
    # Figures on very few persons carry a canary's tail, below their rounding.
    tail = (got["value"] - expected["value"])[few].dropna()
    assert tail.max() < 0.046
    assert (tail > 0).sum() > 1000
    got["value"] = got["value"].mask(few, expected["value"])
    pd.testing.assert_frame_equal(got, expected, check_exact=True)
    assert sweden.unmapped.empty


def test_withheld_values_of_the_dump_are_canaries(sweden) -> None:
    dump = pd.read_parquet(sweden.folder / "kolada" / "observations.parquet")
    secret = dump.loc[dump["status"] == "Privacy", "value"]
    assert len(secret) > 100
    assert secret.between(5e8, 9e8).all()
    assert secret.is_unique
    assert (sweden.from_kolada["value"].fillna(0) < 5e8).all()


def test_kolada_dump_reads_back_as_the_model_made_it(sweden) -> None:
    by_id = {one.id: one for one in sweden.catalogue.indicators}
    kept = sweden.truth["indicator"].map({name: road(one) is Road.KOLADA for name, one in by_id.items()})
    # In Kolada what is missing altogether has no row.
    truth = sweden.truth[kept & (sweden.truth["status"] != "saknas")]
    expected = truth.sort_values(KEY, ignore_index=True)
    columns = [*KEY, "value", "answer", "status"]
    pd.testing.assert_frame_equal(sweden.from_kolada[columns], expected[columns], check_exact=True)


def test_every_file_says_that_its_figures_are_synthetic(sweden) -> None:
    kpi = pd.read_csv(sweden.folder / "kolada" / "kpi.csv")
    assert kpi["description"].str.startswith("Syntetiska data").all()
    workbooks = sorted((sweden.folder / "socialstyrelsen").glob("*.xlsx"))
    assert len(workbooks) > 50
    for path in workbooks[::12]:
        book = openpyxl.load_workbook(path, read_only=True)
        assert book.sheetnames[0] == "Information"
        for sheet in book:
            assert next(sheet.iter_rows(values_only=True))[0].startswith("Syntetiska data. ")


def test_workbooks_are_laid_out_as_socialstyrelsens(sweden) -> None:
    book = openpyxl.load_workbook(sweden.folder / "socialstyrelsen" / "enhetsundersokning-aldreomsorg-2024.xlsx")
    assert book.sheetnames == ["Information", "Kommun, län, rike", "Enheter"]
    sheet = book["Kommun, län, rike"]
    heads = [cell.value for cell in sheet[4]]
    assert f"A1:{get_column_letter(len(heads))}1" in {str(one) for one in sheet.merged_cells.ranges}
    assert heads[:2] == ["Läns-/Kommunkod", "Rike, län, kommun"]
    assert all(re.match(r"\d+[a-z]\. ", str(head)) for head in heads[2:])
    assert any(str(head).endswith(" Aktuell genomförandeplan i hemtjänst. Procent") for head in heads)
    assert [sheet.cell(row, 2).value for row in (5, 6, 7)] == ["Riket", "Stockholms län", "Upplands Väsby"]
    assert all(isinstance(cell, str) for row in sheet.iter_rows(5, 20, values_only=True) for cell in row if cell)
    assert str(sheet.cell(sheet.max_row, 1).value).startswith("Källa: syntetiska data")


def test_texts_with_signs_that_xml_reserves_survive(tmp_path) -> None:
    rows = [["a & b < c", " mellanslag "], ["", "65+ år"]]
    save_texts(tmp_path / "t.xlsx", [TextSheet(name="Län & rike", rows=rows, merged=["A1:B1"])])
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    sheet = book["Län & rike"]
    assert sheet["A1"].value == "a & b < c"
    assert sheet["A2"].value is None
    assert sheet["B2"].value == "65+ år"


def test_background_variables_and_similar_kommuner_are_believable(sweden) -> None:
    dump = pd.read_parquet(sweden.folder / "kolada" / "observations.parquet")
    figures = dump[(dump["gender"] == "T") & (dump["status"] == "")].rename(columns={"geo": "region", "gender": "sex"})
    values = background_values(figures.assign(unit=""))
    table = background_of(values, YEARS[-1])
    assert table.notna().sum().min() >= 280  # net cost is an indicator, and some kommuner haven't reported it
    assert table["folkmangd"].corr(table["utbildning"]) > 0.3
    assert table["kostnad-aldreomsorg"].corr(table["andel-80"]) > 0.5
    groups = pd.read_csv(sweden.folder / "kolada" / "municipality_groups.csv", dtype="str")
    for topic, weights in topic_weights().items():
        year, published = similar_table(groups, topic, YEARS[-1])
        assert year == YEARS[-1]
        assert set(published["region"].value_counts()) == {7}
        ours = nearest(standardised(table, logs=["folkmangd"]), {one.variable: one.weight for one in weights})
        assert 2 < agreement(ours, published).mean() < 7, topic


def test_the_analysts_files_can_be_read_and_say_that_they_are_synthetic(sweden) -> None:
    frames = read_analyst_files(sweden.folder / "analytiker", catalogue=sweden.catalogue)
    users = frames[USERS_FILE]
    assert users.groupby("area")["user"].agg(["size", "mean"]).query("size != 290 or mean < 0.6 or mean > 0.8").empty
    assert frames[OWN_GROUPS_FILE]["group"].value_counts().tolist() == [11, 8, 6]
    targets = frames[TARGETS_FILE]
    assert (targets["year"] > YEARS[-1]).all()
    for told in ("decided_by", "decided"):
        assert 0.4 < (targets[told] != "").mean() < 0.8
    for path in (sweden.folder / "analytiker").glob("*.csv"):
        head, *rows = path.read_text(encoding="utf-8").splitlines()
        assert all(row.endswith(";Syntetiska data") for row in rows), head


def test_districts_add_up_to_their_kommun(sweden) -> None:
    rows = pd.read_csv(
        sweden.folder / "egna" / "stadsdelar.csv", sep=";", dtype={"kod": "str"}, skipfooter=1, engine="python"
    )
    assert set(rows["kod"].str[:4]) == {"0180", "1280", "1480"}
    assert (rows["täljare"] <= rows["nämnare"]).all()
    whole = sweden.from_workbooks.query("level == 'kommun' and sex == 'T' and status == 'ok'")
    whole = whole.set_index(["indicator", "region", "year"])[["numerator", "denominator"]]
    sums = rows.assign(region=rows["kod"].str[:4]).groupby(["indikator", "region", "år"])[["täljare", "nämnare"]].sum()
    assert len(sums) > 10
    assert (sums.to_numpy() == whole.loc[sums.index].to_numpy()).all()

"""The real workbook of 2016: read, read again as another year with moved columns, and computed again from its units."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from lagesbild.catalogue.load import load_catalogue
from lagesbild.cli import app
from lagesbild.observations.validate import validate
from lagesbild.sources.demo.xlsx import TextSheet, save_texts
from lagesbild.sources.mapping_file import mapping_path
from lagesbild.sources.result import SourceResult
from lagesbild.sources.socialstyrelsen import read_workbooks
from lagesbild.sources.socialstyrelsen_book import open_book
from lagesbild.sources.socialstyrelsen_cells import clean
from lagesbild.sources.socialstyrelsen_recompute import Recomputation, recompute_file

NAME = "enhetsundersokningen-aldreomsorg-2016-hemtjanst.xlsx"
HOME_CARE = "Hemtjänst, kommun, län, rike"
#: Columns whose denominator no document names; of them 18 was found: all units, also those it does not concern.
NAMED = (17, 18, 23, 24)


@pytest.fixture(scope="module")
def folder(shared_data: Path) -> Path:
    return shared_data / "socialstyrelsen"


@pytest.fixture(scope="module")
def read(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> SourceResult:
    place = tmp_path_factory.mktemp("2016")
    shutil.copyfile(folder / NAME, place / NAME)
    return read_workbooks(place, catalogue=load_catalogue())


@pytest.fixture(scope="module")
def again(folder: Path) -> Recomputation:
    return recompute_file(folder / NAME, folder / "published-kommun-lan-rike-2016.csv")


def test_the_real_workbook_is_read_by_its_mapping(read) -> None:
    got = read.observations
    assert len(validate(got, catalogue=load_catalogue(), origin=NAME)) == len(got)
    assert got["indicator"].nunique() == 12
    assert got["level"].value_counts().to_dict() == {
        "enhet": 12 * 1995,
        "kommun": 12 * 284,
        "stadsdel": 12 * 32,
        "lan": 12 * 21,
        "rike": 12,
    }
    riket = got[got["level"] == "rike"].set_index("indicator")["value"]
    assert riket["ao-hemtjanst-rutin-undernard"] == 70
    assert riket["ao-hemtjanst-rutin-kontakt-primarvard"] == 51


def test_what_has_no_indicator_is_reported_with_its_reason(read) -> None:
    columns = read.unmapped[read.unmapped["name"].str.contains("column")]
    assert len(columns) == 94
    assert (columns["reason"] != "the mapping has no such column").all()
    assert not columns["reason"].str.startswith("doubtful").any()
    rows = read.unmapped.set_index("reason")["n_rows"]
    assert rows[next(one for one in rows.index if one.startswith("brown rows"))] == 9


def test_another_year_with_moved_and_renamed_columns_is_read_through_its_mapping_alone(folder, read, tmp_path) -> None:
    sheets, faults = open_book(folder / NAME)
    assert not faults
    moved = []
    for sheet in sheets[1:]:
        order = list(range(len(sheet.rows[0])))
        random.Random(7).shuffle(order)
        flat = [list(row) for row in sheet.rows]
        for top, left, bottom, right in sheet.merged or ():
            for row in range(top, bottom + 1):
                flat[row][left : right + 1] = [flat[top][left]] * (right + 1 - left)
        rows = [[clean(row[place]) for place in order] for row in flat]
        brown = sheet.brown or ()
        # One row of heads less, and the number in front of the head another.
        heads = [f"{9}{head[head.find('.') :]}" if head[:1].isdigit() else head for head in rows[3]]
        heads = ["Anhöriga: rutin finns" if "samarbetar med anhöriga" in head else head for head in heads]
        kept = [row for at, row in enumerate(rows[4:], start=4) if at not in brown]
        moved.append(TextSheet(name=sheet.name, rows=[rows[1], rows[2], heads, *kept]))
    save_texts(tmp_path / NAME.replace("2016", "2017"), [TextSheet(name="Information", rows=[["Om"]]), *moved])
    reviewed = mapping_path(tmp_path, "enhetsundersokning", 2016)
    assert reviewed is not None
    text = reviewed.read_text(encoding="utf-8").replace("year: 2016", "year: 2017")
    lines, skipped = [], False
    for line in text.splitlines():
        if "samarbetar med anhöriga" in line:
            lines.append('      - head: "Anhöriga: rutin finns"')
            skipped = not line.rstrip().endswith('"')
        elif not skipped:
            lines.append(line)
        else:
            skipped = not line.rstrip().endswith('"')
    (tmp_path / "mappings").mkdir()
    (tmp_path / "mappings" / "enhetsundersokning-2017.yml").write_text("\n".join(lines), encoding="utf-8")
    got = read_workbooks(tmp_path, catalogue=load_catalogue()).observations
    expected = read.observations.drop(columns=["year", "source"])
    assert set(got["year"]) == {2017}
    pd.testing.assert_frame_equal(got.drop(columns=["year", "source"]), expected)


def test_published_shares_follow_from_the_units(again) -> None:
    shares = again.columns[again.columns["rule"] == "andel"]
    assert (shares["agree"].sum(), shares["cells"].sum()) == (7336, 7611)
    differ = shares[shares["agree"] < shares["cells"]]
    assert {
        (sheet == HOME_CARE, column) for sheet, column in differ[["sheet", "excel_col"]].itertuples(index=False)
    } == {
        (True, 7),  # other languages: units whose list of them is empty in the file
        (True, 17),
        (True, 23),
        (True, 24),
        (False, 17),
    }


def test_column_18_divides_by_all_units(again) -> None:
    home_care = again.columns[again.columns["sheet"] == HOME_CARE].set_index("excel_col")
    assert home_care.loc[18, ["cells", "agree"]].tolist() == [336, 336]
    assert set(NAMED) <= set(home_care.index)


def test_no_denominator_gives_the_other_three(again) -> None:
    found = {one.excel_col: one for one in again.deviations if one.sheet == HOME_CARE}
    assert set(found) == {7, 17, 23, 24}
    for one in found.values():
        assert one.no_denominator > 0
        assert one.no_weights > 0
        assert one.candidates["agree"].iloc[0] < one.cells
    assert (found[17].higher, found[17].lower) == (71, 0)


def test_means_lie_within_their_units(again) -> None:
    means = again.columns[again.columns["rule"] == "vagt_medel"]
    assert (means["agree"] == means["cells"]).all()
    assert means["cells"].sum() == 1507


def test_the_command_prints_the_agreement(folder) -> None:
    published = folder / "published-kommun-lan-rike-2016.csv"
    result = CliRunner().invoke(app, ["sources", "recompute", str(folder / NAME), str(published)])
    assert result.exit_code == 0, result.output
    assert "andel: 7336 of 7611 cells agree" in result.output


def test_the_workbooks_own_sheets_are_the_published_cells(folder, again) -> None:
    own = recompute_file(folder / NAME)
    pd.testing.assert_frame_equal(own.columns, again.columns)


def test_the_file_is_inspected(folder) -> None:
    result = CliRunner().invoke(app, ["sources", "inspect", str(folder / NAME)])
    assert result.exit_code == 0, result.output
    assert "130 columns: 24 tied to indicators, 0 doubtful" in result.output
    # What units and their owners are called is not shown.
    assert "Agda" not in result.output

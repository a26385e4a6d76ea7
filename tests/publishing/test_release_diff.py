"""Two release folders compared: figures, definitions, products, and what is told of them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pandas as pd
import pytest

from lagesbild.catalogue.load import load_catalogue
from lagesbild.errors import InputError
from lagesbild.frame_bytes import parquet_bytes
from lagesbild.methods.figure_changes import BESIDE, KEY
from lagesbild.presentation.release_changes import release_changes, summary
from lagesbild.publishing.release_diff import release_diff
from lagesbild.publishing.release_diff_files import FIRST, write_diff

ONE, OTHER = "ao-aldre-i-befolkningen", "eb-kvalitetsindex"
Rows = dict[tuple[str, int, str], float | str]


def release(folder: Path, rows: Rows, *, catalogue: dict[str, str] | None = None, name: str = "demo-2024") -> Path:
    """Write a release of some figures; a text stands for a status without a figure."""
    frame = pd.DataFrame(
        [
            {
                **dict(
                    zip(
                        KEY,
                        (indicator, year, "rike" if region == "0000" else "kommun", region, "T", "redovisad"),
                        strict=True,
                    )
                ),
                "value": None if isinstance(value, str) else value,
                "answer": None,
                "status": value if isinstance(value, str) else "ok",
                "title": indicator,
                "unit": "procent",
                **dict.fromkeys(BESIDE),
            }
            for (indicator, year, region), value in rows.items()
        ]
    ).astype({"value": "float64", "answer": "str", **dict.fromkeys(BESIDE, "float64")})
    for year, part in frame.groupby("year"):
        path = folder / "data" / "indikatorer" / f"aldreomsorg-{year}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(parquet_bytes(part))
    about = {"name": f"lagesbild-{name}", "version": f"{name[-4:]}.1", "description": "Syntetiska data"}
    (folder / "data" / "datapackage.json").write_text(json.dumps(about), encoding="utf-8")
    if catalogue is not None:
        lines = ["indicator,title", *(f"{key},{title}" for key, title in catalogue.items())]
        (folder / "data" / "katalog.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """Return an earlier and a later release with one change of each kind."""
    earlier: Rows = {
        (ONE, 2022, "0000"): 20.0,
        (ONE, 2023, "0000"): 40.123,
        (ONE, 2023, "0114"): 61.2345678,
        (OTHER, 2023, "0000"): 50.0,
        (OTHER, 2023, "0114"): 71.2345678,
    }
    later: Rows = {
        (ONE, 2023, "0000"): 41.5,
        (ONE, 2023, "0114"): "saknas",
        (OTHER, 2023, "0000"): 51.0,
        (OTHER, 2023, "0114"): "sekretess",
        (ONE, 2024, "0000"): 42.0,
    }
    old = release(tmp_path / "old", earlier, catalogue={ONE: "Förut", "x-borta": "Borta"}, name="demo-2023")
    new = release(tmp_path / "new", later, catalogue={ONE: "Nu <b>", OTHER: "=1+1"})
    for folder, name in ((old, "gammal.pdf"), (new, "ny.pdf")):
        (folder / name).write_text("x", encoding="utf-8")
    return old, new


def test_each_kind_of_change_is_told(pair: tuple[Path, Path]) -> None:
    found = release_diff(*pair)
    assert (found.old_version, found.new_version, found.first_years) == ("2023.1", "2024.1", (2024,))
    told = {(row["indicator"], row["year"], row["region"]): row for row in found.log.to_dict("records")}
    assert {key: row["change"] for key, row in told.items()} == {
        (ONE, 2023, "0000"): "ändrad",
        (ONE, 2023, "0114"): "tillbakadragen",
        (OTHER, 2023, "0000"): "ändrad",
        (ONE, 2024, "0000"): "ny",
    }
    assert told[ONE, 2023, "0000"]["old_value"] == pytest.approx(40.123)
    # One result of the indicator and year is withheld now, so no old figure of them is told.
    assert pd.isna(told[OTHER, 2023, "0000"]["old_value"])
    assert found.left.to_dict("records") == [{"year": 2022, "figures": 1}]
    assert found.definitions["change"].tolist() == ["ändrad", "ny", "tillbakadragen"]
    products = dict(zip(found.products["path"], found.products["change"], strict=True))
    assert (products["gammal.pdf"], products["ny.pdf"]) == ("tillbakadragen", "ny")


def test_what_is_withdrawn_or_withheld_stands_in_no_file(pair: tuple[Path, Path], tmp_path: Path) -> None:
    files = write_diff(release_diff(*pair), tmp_path / "out", synthetic=True)
    assert len(files) == 7
    for path in files:
        text = path.read_bytes().decode("utf-8", errors="replace")
        assert "61.2345" not in text
        assert "71.2345" not in text
        if path.suffix != ".parquet":
            assert "Syntetiska data" in text
    assert pd.read_parquet(tmp_path / "out" / "andringar.parquet")["old_value"].dropna().tolist() == [40.123]
    with (tmp_path / "out" / "definitioner.csv").open(encoding="utf-8-sig", newline="") as lines:
        cells = [cell for row in csv.reader(lines) for cell in row]
    assert not any(cell.startswith(("=", "+", "@")) for cell in cells)
    again = {path: path.read_bytes() for path in files}
    write_diff(release_diff(*pair), tmp_path / "out", synthetic=True)
    assert {path: path.read_bytes() for path in files} == again


def test_readers_are_told_in_swedish_grouped_by_indicator(pair: tuple[Path, Path]) -> None:
    found = release_diff(*pair)
    text = release_changes(found, load_catalogue(), synthetic=True)
    for part in (
        "1 resultat för 2024, som inte fanns",
        "Två ändrade resultat i två indikatorer.",
        "Ett tillbakadraget resultat i en indikator.",
        "Ett resultat som visades förut visas inte längre, av sekretesskäl.",
        "År 2022 ingår inte längre.",
        "upprepas inte |",
        "Nu \\<b\\>",
    ):
        assert part in text
    own = next(line for line in text.splitlines() if "källans värde" in line and "65 år" in line)
    assert [cell.strip() for cell in own.split("|")][5:7] == ["40\u00a0procent", "42\u00a0procent"]
    assert "71,2" not in text
    assert "61,2" not in text


def test_a_first_release_says_so_and_its_files_have_their_columns(tmp_path: Path) -> None:
    write_diff(None, tmp_path)
    assert FIRST in (tmp_path / "sammanfattning.md").read_text(encoding="utf-8")
    assert (tmp_path / "andringar.csv").read_text(encoding="utf-8-sig").startswith("change,indicator,year")


def test_the_same_release_twice_differs_in_nothing(tmp_path: Path) -> None:
    rows: Rows = {(ONE, 2024, "0000"): 40.0, (ONE, 2024, "0114"): "sekretess"}
    old, new = (release(tmp_path / side, rows, catalogue={ONE: "Namn"}) for side in ("old", "new"))
    found = release_diff(old, new)
    assert found.nothing
    assert "Inget har ändrats." in summary(found)


def test_what_cannot_be_compared_is_refused_with_what_to_do(tmp_path: Path) -> None:
    new = release(tmp_path / "new", {(ONE, 2024, "0000"): 1.0})
    other = release(tmp_path / "other", {(ONE, 2020, "0000"): 1.0}, name="kolada-2020")
    with pytest.raises(InputError, match="another source: kolada, not demo"):
        release_diff(other, new)
    with pytest.raises(InputError, match="same folder"):
        release_diff(new, new)
    with pytest.raises(InputError, match="2 faults"):
        release_diff(tmp_path / "a", tmp_path / "b")

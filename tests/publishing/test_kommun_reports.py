"""A kommun's report from its underlag: what it says, and when it is made again."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pikepdf
import pytest

from lagesbild.errors import NotBuiltError, ParameterError
from lagesbild.files import sha256
from lagesbild.frame_bytes import parquet_bytes
from lagesbild.publishing.kommun_reports import kommun_reports, make_kommun_reports
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.records import read_record

PLACE = "kommuner/1440-ale"


@pytest.fixture
def made(world: Layout, tmp_path: Path) -> Layout:
    """Return a root where the report of Ale is made."""
    layout = Layout(root=tmp_path, source="demo", year=2024)
    layout.underlag.mkdir(parents=True)
    shutil.copy(world.underlag / "1440.parquet", layout.underlag)
    assert make(layout)
    return layout


def make(layout: Layout) -> bool:
    result = make_kommun_reports(layout, ["Ale"], engine="embedded")
    result.raise_failures()
    return bool(result.made)


def test_the_pdf_says_which_kommun_year_and_that_the_data_are_synthetic(made: Layout) -> None:
    path = made.release / PLACE / "kommunrapport.pdf"
    with pikepdf.open(path) as pdf:
        n_pages = len(pdf.pages)
        assert str(pdf.Root.Lang).lower().startswith("sv")
        assert pdf.docinfo["/Title"] == "Ale: öppna jämförelser 2024"
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()
    assert n_pages > 5
    if shutil.which("pdftotext"):
        text = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout
        pages = text.split("\f")[:n_pages]
        assert all("Syntetiska data" in page for page in pages)
        for words in ("Ale", "Äldreomsorg", "Krisberedskap", "Våld i nära relationer", "Västra Götaland"):
            assert words in text


def test_an_up_to_date_report_is_left_untouched(made: Layout, contents: Callable[[Path], dict[str, bytes]]) -> None:
    pdf = made.release / PLACE / "kommunrapport.pdf"
    os.utime(pdf, (1, 1))
    before = contents(made.root)
    assert not make(made)
    assert contents(made.root) == before
    assert pdf.stat().st_mtime == 1


def test_a_report_reads_nothing_but_its_inputs(
    world: Layout, tmp_path: Path, contents: Callable[[Path], dict[str, bytes]]
) -> None:
    """So that it is made again when one of them changes, and can be made where nothing else is."""
    whole, bare = (Layout(root=tmp_path / name, source="demo", year=2024) for name in ("whole", "bare"))
    whole.yearly.mkdir(parents=True)
    for theirs, ours in ((world.work, whole.work), (world.yearly, whole.yearly)):
        for part in theirs.iterdir():
            if part != world.yearly:
                (ours / part.name).symlink_to(part)
    (report,) = kommun_reports(world, ["Ale"])
    for name in report.inputs:
        (bare.root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(world.root / name, bare.root / name)
    assert make(whole) and make(bare)
    assert contents(whole.release) == contents(bare.release)
    assert contents(whole.records) == contents(bare.records)


def test_a_changed_underlag_makes_it_again(made: Layout) -> None:
    path = made.underlag / "1440.parquet"
    frame = pd.read_parquet(path)
    before = sha256(made.release / PLACE / "kommunrapport.pdf")
    path.write_bytes(parquet_bytes(frame[frame["area"] != "hemloshet"]))
    assert make(made)
    assert sha256(made.release / PLACE / "kommunrapport.pdf") != before
    assert not make(made)


def test_a_deleted_pdf_is_made_again_with_the_same_bytes(made: Layout) -> None:
    pdf = made.release / PLACE / "kommunrapport.pdf"
    before = sha256(pdf)
    pdf.unlink()
    assert make(made)
    assert sha256(pdf) == before


def test_a_failed_report_leaves_the_earlier_one(made: Layout, contents: Callable[[Path], dict[str, bytes]]) -> None:
    (made.underlag / "1440.parquet").write_bytes(b"PAR1 broken")
    before = contents(made.root)
    result = make_kommun_reports(made, ["1440"], engine="embedded")
    assert [outcome.name for outcome in result.failed] == ["1440-ale"]
    assert contents(made.root) == before


def test_the_record_names_document_parameters_engine_and_every_input(made: Layout) -> None:
    record = read_record(made.records / f"{PLACE}.json")
    assert record is not None
    assert record.document == "reports/kommunrapport/kommunrapport.qmd"
    assert record.parameters["kommun"] == "1440"
    assert record.engine == "embedded"
    assert set(record.inputs) == {
        "_work/demo/2024/underlag/1440.parquet",
        "reports/kommunrapport",
        "src/lagesbild",
        "_extensions",
        "data",
        "_quarto.yml",
        "requirements.lock",
    }
    assert f"_release/demo-2024/{PLACE}/kommunrapport.pdf" in record.outputs


def test_a_kommun_without_underlag_or_name_is_said_before_anything_is_made(made: Layout) -> None:
    with pytest.raises(NotBuiltError, match=r"Stockholm.*lagesbild underlag --source demo --year 2024"):
        make_kommun_reports(made, ["0180"])
    with pytest.raises(ParameterError, match="Did you mean Ale"):
        make_kommun_reports(made, ["Aale"])

"""City districts from released rows to a report: what is read, what is told, and what is nowhere."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pikepdf
import pytest

from lagesbild.catalogue.vocabulary import OBSERVATION_COLUMNS
from lagesbild.errors import NotBuiltError, ParameterError
from lagesbild.frame_bytes import parquet_bytes
from lagesbild.observations.schema import with_dtypes
from lagesbild.publishing.district_reports import make_district_report
from lagesbild.publishing.district_rows import write_districts
from lagesbild.publishing.districts import district_called, read_districts
from lagesbild.publishing.layout import Layout

INDICATOR = "ao-hemtjanst-nojdhet"


def rows(year: int, *cells: tuple[str, float | None, float | None, float | None]) -> pd.DataFrame:
    """Return released rows: code, value, numerator and denominator; a value of None is withheld."""
    frame = pd.DataFrame(cells, columns=["region", "value", "numerator", "denominator"])
    known = {"indicator": INDICATOR, "year": year, "sex": "T", "unit": "", "source": "egen:x", "revision": "1"}
    frame = frame.assign(**known, answer=None, n_answers=None, n_asked=None)
    frame["level"] = ["stadsdel" if len(code) == 6 else "kommun" for code in frame["region"]]
    frame["status"] = ["sekretess" if missing else "ok" for missing in frame["value"].isna()]
    return with_dtypes(frame[list(OBSERVATION_COLUMNS)])


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    """Return a root with released rows of two of Stockholm's districts, in two years."""
    place = Layout(root=tmp_path, source="demo", year=2024)
    folder = place.released / "aldreomsorg"
    folder.mkdir(parents=True)
    now = rows(2024, ("0180", 80.0, 800, 1000), ("018012", 95.0, 190, 200), ("018001", None, None, None))
    before = rows(2023, ("0180", 79.0, 790, 1000), ("018012", 90.0, 180, 200), ("1440", 70.0, 70, 100))
    for year, frame in ((2024, now), (2023, before)):
        (folder / f"{year}.parquet").write_bytes(parquet_bytes(frame))
    return place


def test_released_rows_become_a_file_for_the_kommun_that_has_any(layout: Layout) -> None:
    stale = layout.districts("1480")
    stale.parent.mkdir(parents=True)
    stale.write_text("[]")
    write_districts(layout)
    assert [path.name for path in stale.parent.iterdir()] == ["0180.json"]
    hidden, open_one = read_districts(layout, "0180")
    assert (hidden.name, open_one.name) == ("Rinkeby-Kista", "Södermalm")
    (result,) = open_one.results
    assert (result.value, result.base, result.against) == (95.0, 200.0, "battre")
    assert (result.previous, result.previous_year) == (90.0, 2023)
    (result,) = hidden.results
    assert (result.value, result.base, result.status, result.against) == (None, None, "sekretess", "")
    assert read_districts(layout, "1440") == ()


def test_a_district_is_found_by_code_or_name(layout: Layout) -> None:
    write_districts(layout)
    assert district_called(layout, "0180", "södermalm").kod == "018012"
    assert district_called(layout, "0180", "018012").namn == "Södermalm"
    with pytest.raises(ParameterError, match="Did you mean Södermalm"):
        district_called(layout, "0180", "Sodermalm")
    with pytest.raises(NotBuiltError, match="lagesbild import"):
        district_called(layout, "1440", "Södermalm")


def test_a_district_gets_a_short_report_beside_its_kommuns(world: Layout, tmp_path: Path) -> None:
    layout = Layout(root=tmp_path, source="demo", year=2024)
    for path in (world.underlag / "0180.parquet", world.districts("0180")):
        copy = tmp_path / path.relative_to(world.root)
        copy.parent.mkdir(parents=True)
        shutil.copy(path, copy)
    make_district_report(layout, "Stockholm", "Södermalm", engine="embedded").raise_failures()
    assert not make_district_report(layout, "0180", "018012", engine="embedded").made
    pdf = layout.kommun_folder("0180-stockholm") / "stadsdel-018012-sodermalm.pdf"
    with pikepdf.open(pdf) as opened:
        assert len(opened.pages) <= 2
        assert opened.docinfo["/Title"] == "Södermalm: öppna jämförelser 2024"
    told = [one for one in json.loads(layout.districts("0180").read_text()) if one["region"] == "018012"]
    assert len(told) >= 4
    if shutil.which("pdftotext"):
        text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout
        assert "Syntetiska data" in text
        assert text.count("..") >= sum(one["status"] == "sekretess" for one in told)

"""No product of the release shows a figure that the disclosure gate withheld."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from built import KEY, Built
from pages import Page
from pdfs import PdfFacts

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import kommun as kommun_called
from lagesbild.catalogue.regions import kommuner

#: Columns of the open data that would say something of the figure behind a withheld cell.
FIGURES = ("value", "answer", "numerator", "denominator")
DERIVED = ("colour", "rank", "diff_riket", "diff_lan", "diff_kommungrupp")
MARK = ".."
#: Lines at the top and foot of each page of a report.
PAGE_MARGIN = re.compile(r"Sida \d+ av \d+$|^\s*Syntetiska data$|: öppna jämförelser \d{4}$")
TEXT = dict.fromkeys(("region", "answer", "colour"), "str")


@pytest.fixture(scope="module")
def withheld(built: Built) -> pd.DataFrame:
    """Return the withheld cells of kommuner; skip where the release was built elsewhere or nothing is withheld."""
    if not built.layout.released.is_dir():
        pytest.skip("the folder _work beside the release, which tells what was withheld, is not here")
    cells = built.withheld
    if cells.empty and not built.synthetic:
        pytest.skip("nothing was withheld from these figures, which come without counts")
    assert not cells.empty, "the demo must hold figures to withhold, or these checks prove nothing"
    return cells


def shown(frame: pd.DataFrame, cells: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """Return the rows of `frame` that are withheld cells and still carry a figure, or not the status."""
    rows = frame.merge(cells[KEY], on=KEY, how="inner")
    present = [name for name in columns if name in rows]
    return rows[rows[present].notna().any(axis=1) | rows["status"].ne("sekretess")]


def test_some_withheld_cells_had_a_figure_to_hide(withheld: pd.DataFrame, built: Built) -> None:
    if not built.synthetic:
        pytest.skip("real figures that the source withheld have no raw value")
    assert withheld["value"].notna().sum() > 100
    assert withheld["denominator"].notna().sum() > 100


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_open_data(built: Built, withheld: pd.DataFrame, suffix: str) -> None:
    found = 0
    for area in AREA_IDS:
        for year in built.layout.years:
            path = built.folder / "data" / "indikatorer" / f"{area}-{year}.{suffix}"
            frame = pd.read_csv(path, dtype=TEXT, encoding="utf-8-sig") if suffix == "csv" else pd.read_parquet(path)
            assert set(frame["level"]) <= {"rike", "lan", "kommungrupp", "kommun"}, (
                "units of a kommun are not published"
            )
            kommun = frame[frame["level"] == "kommun"]
            cells = withheld[(withheld["area"] == area) & (withheld["year"] == year)]
            found += len(kommun.merge(cells[KEY], on=KEY))
            leaks = shown(kommun, cells, FIGURES)
            assert leaks.empty, f"{path.name} shows withheld figures:\n{leaks[KEY].head().to_string()}"
    assert found == len(withheld)


def test_kommun_data_files(built: Built, withheld: pd.DataFrame) -> None:
    found = 0
    for kod, cells in withheld.groupby("region"):
        path = built.layout.kommun_folder(kommun_called(str(kod)).slug) / "data.csv"
        frame = pd.read_csv(path, dtype=TEXT, encoding="utf-8-sig")
        found += len(frame.merge(cells[KEY], on=KEY))
        leaks = shown(frame, cells, FIGURES + DERIVED)
        assert leaks.empty, f"{built.named(path)} shows withheld figures:\n{leaks[KEY].head().to_string()}"
    assert found == len(withheld)


def report_rows(built: Built, withheld: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Yield slug, area and the indicator's name in print of each cell withheld from a kommun's report."""
    catalogue = load_catalogue()
    cells = withheld[(withheld["year"] == built.layout.year) & (withheld["sex"] == "T")]
    for row in cells.itertuples():
        yield kommun_called(row.region).slug, row.area, catalogue.by_id(row.indicator).short_title


def test_pages_of_kommuner(built: Built, withheld: pd.DataFrame, pages: list[Page]) -> None:
    """No table of the area has a row of a withheld figure: its name stands with the mark and the reason alone."""
    by_path = {page.path: page for page in pages}
    wrong, seen = [], 0
    for slug, area, name in report_rows(built, withheld):
        page = by_path[built.site / "kommuner" / slug / "index.html"]
        section = page.tree.xpath(f"//section[@id='sec-{area}']")[0]
        heads = (" ".join(row.xpath("td|th")[0].text_content().split()) for row in section.xpath(".//tbody/tr"))
        told = [
            " ".join(one.text_content().split()) for one in section.xpath(".//li|.//p") if MARK in one.text_content()
        ]
        absent = [text for text in told if name in text]
        seen += len(absent)
        if not absent or any(head == name or head.startswith(f"{name}, ") for head in heads):
            wrong.append(f"{slug}: {name} has a row, or is not among what can't be shown")
    assert wrong == []
    assert seen or not built.synthetic


def test_pdfs_of_kommuner(built: Built, withheld: pd.DataFrame, pdfs: list[PdfFacts]) -> None:
    """In the report the name stands in the list of what can't be shown, after the mark and the reason."""
    listed: dict[Path, str] = {}
    for one in pdfs:
        # Words broken at a line's end lose hyphen and space alike, here and in the names that are looked for.
        lines = (line for page in one.pages for line in page.splitlines() if not PAGE_MARGIN.search(line))
        text = re.sub(r"[\s\u00ad-]", "", "".join(lines))
        listed[one.path] = "".join(re.findall(rf"avsekretesskäl\({re.escape(MARK)}\):(.*?)\.(?=[^a-zåäö])", text))
    wrong = []
    for slug, _, name in report_rows(built, withheld):
        if re.sub(r"[\s\u00ad-]", "", name) not in listed[built.layout.kommun_folder(slug) / "kommunrapport.pdf"]:
            wrong.append(f"{slug}: {name} is not listed with the mark")
    assert wrong == []


def test_executed_notebooks(built: Built, withheld: pd.DataFrame) -> None:
    """No row of a table in a notebook that names kommun and indicator holds the withheld figure."""
    catalogue = load_catalogue()
    names = {kommun.namn: kommun.kod for kommun in kommuner()}
    years = {str(year) for year in built.layout.years}  # some are kommun codes too
    wrong = []
    for (area, year), cells in withheld.groupby(["area", "year"]):
        raw = {}
        for row in cells.dropna(subset=["value"]).itertuples():
            raw.setdefault(row.region, []).append((catalogue.by_id(row.indicator), row.value))
        for path in sorted((built.folder / "notebooks" / str(area) / str(year)).glob("*.ipynb")):
            for line in _output_lines(path.read_text(encoding="utf-8")):
                told = [part.strip() for part in line.split("|") if part.strip()]
                for kod in {names[part] for part in told if part in names} | set(told) & (set(raw) - years):
                    for indicator, value in raw.get(kod, []):
                        printed = {f"{value:.{n}f}".replace(".", ",") for n in (0, 1, 2)}
                        if printed & set(told) and {indicator.id, indicator.short_title, indicator.title} & set(told):
                            wrong.append(f"{built.named(path)}: {line}")
    assert wrong == []


def _output_lines(notebook: str) -> Iterator[str]:
    for cell in json.loads(notebook)["cells"]:
        for output in cell.get("outputs", []):
            for content in output.get("data", {}).values():
                yield from ("".join(content) if isinstance(content, list) else str(content)).splitlines()
            yield from "".join(output.get("text", [])).splitlines()


def test_notebooks_print_no_raw_observations(built: Built) -> None:
    """A notebook shows sums and spreads, never a dump of cells with counts."""
    head = re.compile(r"\|\s*(numerator|denominator|n_answers|n_asked)\s*\|")
    wrong = [
        built.named(path)
        for path in built.files
        if path.suffix == ".ipynb"
        and any(head.search(line) for line in _output_lines(path.read_text(encoding="utf-8")))
    ]
    assert wrong == []

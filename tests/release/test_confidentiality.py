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
from reader_claims import count

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


def withheld_from_reports(built: Built, withheld: pd.DataFrame) -> pd.DataFrame:
    """Return each cell withheld from a kommun's report, with the kommun's slug and the indicator's name in print."""
    catalogue = load_catalogue()
    cells = withheld[(withheld["year"] == built.layout.year) & (withheld["sex"] == "T")]
    slugs = [kommun_called(region).slug for region in cells["region"]]
    names = [catalogue.by_id(indicator).short_title for indicator in cells["indicator"]]
    return cells.assign(slug=slugs, name=names)


def told_withheld(text: str) -> int:
    """Return how many results a text says are withheld: "24 visas inte av sekretesskäl (..)"."""
    found = re.findall(rf"(\w+) visas inte av sekretesskäl \({re.escape(MARK)}\)", text)
    return sum(count(number) for number in found)


def test_pages_of_kommuner(built: Built, withheld: pd.DataFrame, pages: list[Page]) -> None:
    """No table of the area has a row of a withheld figure; the area says how many there are, with mark and reason."""
    by_path = {page.path: page for page in pages}
    wrong = []
    cells = withheld_from_reports(built, withheld)
    for (slug, area), absent in cells.groupby(["slug", "area"]):
        section = by_path[built.site / "kommuner" / slug / "index.html"].tree.xpath(f"//section[@id='sec-{area}']")[0]
        heads = [" ".join(row.xpath("td|th")[0].text_content().split()) for row in section.xpath(".//tbody/tr")]
        wrong += [
            f"{slug}: {name} has a row"
            for name in absent["name"]
            if any(head == name or head.startswith(f"{name}, ") for head in heads)
        ]
        told = told_withheld(" ".join(section.text_content().split()))
        wrong += [] if told == len(absent) else [f"{slug} {area}: {told} are told, {len(absent)} are withheld"]
    assert wrong == []
    assert len(cells) or not built.synthetic


def test_pdfs_of_kommuner(built: Built, withheld: pd.DataFrame, pdfs: list[PdfFacts]) -> None:
    """The report says of every withheld result that there is one, area by area, with mark and reason."""
    told: dict[Path, int] = {}
    for one in pdfs:
        lines = (line for page in one.pages for line in page.splitlines() if not PAGE_MARGIN.search(line))
        told[one.path] = told_withheld(re.sub(r"\s+", " ", " ".join(lines)))
    cells = withheld_from_reports(built, withheld)
    wrong = []
    for slug, absent in cells.groupby("slug"):
        number = told[built.layout.kommun_folder(str(slug)) / "kommunrapport.pdf"]
        wrong += [] if number == len(absent) else [f"{slug}: {number} are told, {len(absent)} are withheld"]
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

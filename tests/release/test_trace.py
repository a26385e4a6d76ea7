"""Five printed numbers of five kommuner's reports, of five kinds, followed to the cell of the outside file."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from built import Built
from python_calamine import CalamineWorkbook

from lagesbild.catalogue.load import load_catalogue
from lagesbild.observations.trace_back import WayBack
from lagesbild.provenance.trace import trace
from lagesbild.provenance.trace_cells import Places
from lagesbild.provenance.trace_evidence import Evidence
from lagesbild.provenance.trace_facts import fact
from lagesbild.provenance.trace_index import Entry, index_path, read_index
from lagesbild.provenance.trace_print import first_number
from lagesbild.provenance.trace_tables import printed


@dataclass(frozen=True)
class Kind:
    """One kind of number: the table it stands in, the name of its fact, and the raw file it must lead to."""

    label: str
    fact: str
    file: str


#: A survey of users, a register, units of a survey, a cost, and riket formed of the kommuner's answers.
KINDS = {
    "survey": Kind("tbl-aldreomsorg-resultat", "value", "brukarundersokning"),
    "register": Kind("tbl-ekonomiskt-bistand-resultat", "value", "register"),
    "unit": Kind("tbl-aldreomsorg-enheter", "lowest_unit", "enhetsundersokning"),
    "cost": Kind("tbl-aldreomsorg-kostnader", "value", ""),
    "riket": Kind("tbl-checklista-krisberedskap", "riket", ""),
}


@pytest.fixture(scope="module")
def index(built: Built) -> dict[str, Entry]:
    if not index_path(built.layout).is_file():
        pytest.skip("the release has no index of spårkoder")
    if not built.layout.raw.is_dir():
        pytest.skip("the outside files of the release are not on this machine")
    return read_index(built.layout)


def test_ids_are_unique_and_every_report_has_some(built: Built, index: dict[str, Entry]) -> None:
    reports = {built.named(path) for path in built.pdfs}
    without = reports - {one.product for one in index.values()}
    # The granskningsguide and the audit may have no table; a kommun's report always has.
    assert not [name for name in without if name.startswith(("kommuner/", "omraden/", "lagesrapporter/"))]


def test_the_index_holds_no_figures(index: dict[str, Entry]) -> None:
    assert set(vars(next(iter(index.values())))) == {"id", "product", "label", "caption", "document", "cell"}


@pytest.mark.parametrize("name", KINDS)
def test_a_printed_number_leads_to_its_raw_cell(
    built: Built, index: dict[str, Entry], places: Places, name: str
) -> None:
    kind, place = KINDS[name], list(KINDS).index(name)
    entries = sorted((one for one in index.values() if one.label == kind.label), key=lambda one: one.product)
    entries = [one for one in entries if one.product.startswith("kommuner/")]
    assert len(entries) > place, f"no report has {kind.label}"
    entry = entries[(place * len(entries)) // len(KINDS)]
    lines, shown_number = _first_row(built, entry, kind, places)

    told = [line for line in lines if "computed anew" in line]
    assert told
    assert all(line.endswith("; agrees") for line in told), told
    text = _page_text(built.folder / entry.product)
    assert f"Spårkod {entry.id}" in text
    assert " ".join(shown_number.split()) in " ".join(text.split())

    found = _raw_cell(lines, kind.fact)
    number, sheet, cell, column, shown = found
    file = next(line for line in lines if line.startswith(f"  [{number}] ")).split("; ")[0].split("] ")[1]
    assert kind.file in file
    raw = _in_file(built.layout.raw / file, sheet, cell, column)
    assert first_number(str(raw).replace(".", ",")) == first_number(shown) or str(raw) == shown


def _first_row(built: Built, entry: Entry, kind: Kind, places: Places) -> tuple[list[str], str]:
    """Return the trace of the first row that has a number of the kind, and the number as printed."""
    table = printed(built.layout, entry)
    assert table.recorded is not None
    column = next(n for n, facts in enumerate(table.recorded.facts) if kind.fact in facts.split())
    for number, row in enumerate(table.rows):
        about = table.recorded.subject(number, column)
        if about is None or first_number(row[column]) is None:
            continue
        made = fact(kind.fact, Evidence(built.layout, load_catalogue().by_id(about.indicator)), about)
        if made is not None and made.rows["source"].str.contains(kind.file).all():
            return list(trace(built.layout, f"{entry.id}.{number + 1}", places, followed=1)), row[column]
    raise AssertionError(f"no row of {entry.id} has a {kind.fact} from {kind.file}")


@pytest.fixture(scope="module")
def places(built: Built) -> Places:
    way = WayBack(built.layout.raw, work=built.layout.work, catalogue=load_catalogue())
    return lambda key, told, shown: way.places(key, told, shown=shown)


def _raw_cell(lines: list[str], fact: str) -> tuple[int, str | None, str, str, str]:
    """Return file number, sheet, cell, column and text of the first raw cell that is told of a fact."""
    start = next(n for n, line in enumerate(lines) if f"[{fact} of" in line)
    pattern = re.compile(r" <- \[(\d+)\] (?:sheet (.+), )?([A-Z]+\d+|row \d+), column “(.+?)”: “(.*?)”")
    found = next(match for line in lines[start:] if (match := pattern.search(line)))
    return int(found[1]), found[2], found[3], found[4], found[5]


def _in_file(path: Path, sheet: str | None, cell: str, column: str) -> object:
    """Read a cell with other code than the importers'."""
    if path.suffix == ".parquet":
        return pq.read_table(path, columns=[column]).column(0)[int(cell.split()[1]) - 1].as_py()
    letters, row = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()  # type: ignore[union-attr]
    place = 0
    for letter in letters:
        place = 26 * place + ord(letter) - 64
    page = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(str(sheet))
    return page.to_python(skip_empty_area=False)[int(row) - 1][place - 1]


def _page_text(path: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True)
    return done.stdout.replace("\u00a0", " ")


def test_every_caption_of_a_page_ends_with_an_id(built: Built, index: dict[str, Entry]) -> None:
    page = built.site / "kommuner" / "1440-ale" / "index.html"
    captions = re.findall(r"<figcaption.*?</figcaption>", page.read_text(encoding="utf-8"), re.DOTALL)
    assert captions
    assert [one for one in captions if not re.search(r'class="sparkod">Spårkod\s[0-9A-Z-]{9}</span>', one)] == []


def test_the_leak_scan_reads_the_index(built: Built, index: dict[str, Entry]) -> None:
    from lagesbild.provenance.published_text import texts_of  # noqa: PLC0415

    text = "".join(part for _, part in texts_of(index_path(built.layout)))
    assert set(_ids(text)) == set(index)


def _ids(text: str) -> Iterator[str]:
    yield from re.findall(r",([0-9A-Z]{4}-[0-9A-Z]{4}),", text)

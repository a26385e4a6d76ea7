"""The way back from a printed number: what each row is about, whether it is so anew, and what is never told."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pytest

from lagesbild.catalogue.raw_place import ObservationKey, RawPlace
from lagesbild.catalogue.vocabulary import Status
from lagesbild.disclosure.released import read_released
from lagesbild.errors import LagesbildError, NotBuiltError, ParameterError
from lagesbild.presentation.tables import Column, captioned_table
from lagesbild.presentation.traced import Subject, recording
from lagesbild.provenance import trace_facts
from lagesbild.provenance.trace import trace
from lagesbild.provenance.trace_facts import FACTS, cited
from lagesbild.provenance.trace_index import Entry, index_path, read_index, write_index
from lagesbild.provenance.trace_print import agrees, first_number
from lagesbild.provenance.trace_sheets import sheet_rows
from lagesbild.publishing.kommun_reports import make_kommun_reports
from lagesbild.publishing.kommun_workbooks import make_kommun_workbooks
from lagesbild.publishing.layout import Layout

#: What a raw cell would say of a withheld observation.
SECRET = "hemligt"


@pytest.fixture(scope="module")
def layout(world: Layout, tmp_path_factory: pytest.TempPathFactory) -> Layout:
    """Return a root with Ale's report and workbook, and their index."""
    made = Layout(root=tmp_path_factory.mktemp("trace"), source="demo", year=2024)
    made.yearly.mkdir(parents=True)
    for path in (*world.work.iterdir(), *world.yearly.iterdir()):
        own = made.yearly if path.parent == world.yearly else made.work
        if path.name in ("analysis", "underlag", "tillagg", "liknande", "stadsdelar", "released") or path.is_file():
            (own / path.name).symlink_to(path)
    make_kommun_reports(made, ["Ale"], engine="embedded").raise_failures()
    make_kommun_workbooks(made, ["Ale"]).raise_failures()
    write_index(made)
    return made


@pytest.fixture(scope="module")
def index(layout: Layout) -> dict[str, Entry]:
    return read_index(layout)


def by_label(index: dict[str, Entry], label: str) -> Entry:
    return next(one for one in index.values() if one.label == label)


def places(key: ObservationKey, told: str, shown: frozenset[str]) -> Sequence[RawPlace]:
    """Tell of one raw cell, with its text where something of the row may be shown."""
    return [
        RawPlace(
            field="value",
            file="a.xlsx",
            sheet="S",
            cell="B2",
            row=2,
            column="Andel",
            text=SECRET if shown else None,
            rule="the cell's number",
            sha256="0" * 64,
        )
    ]


def test_the_index_is_the_same_each_time_and_says_that_data_are_invented(layout: Layout) -> None:
    before = index_path(layout).read_bytes()
    write_index(layout)
    assert index_path(layout).read_bytes() == before
    rows = before.decode("utf-8-sig").splitlines()[1:]
    assert rows
    assert all("Syntetiska data" in row for row in rows)


def test_every_number_of_a_table_agrees_with_the_released_observations(layout: Layout, index: dict[str, Entry]) -> None:
    entry = by_label(index, "tbl-aldreomsorg-resultat")
    lines = list(trace(layout, f"{entry.id}.1", places))
    told = [line for line in lines if "computed anew" in line]
    assert len(told) >= 6
    assert [line for line in told if not line.endswith("; agrees")] == []
    assert lines[0].startswith("Syntetiska data")
    assert any("method lagesbild.methods.colours.colours: Riksrevisionen" in line for line in lines)
    assert any(f"[1] sheet S, B2, column “Andel”: “{SECRET}”" in line for line in lines)


def test_another_released_value_is_seen(
    layout: Layout, index: dict[str, Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    def changed(*arguments: object, **named: object) -> pd.DataFrame:
        rows = read_released(*arguments, **named)  # type: ignore[arg-type]
        return rows.assign(value=rows["value"] + 7)

    monkeypatch.setattr("lagesbild.provenance.trace_evidence.read_released", changed)
    entry = by_label(index, "tbl-aldreomsorg-resultat")
    lines = list(trace(layout, f"{entry.id}.1", None))
    wrong = [n for n, line in enumerate(lines) if line.endswith("; DOES NOT AGREE")]
    assert wrong
    assert "[value of" in lines[wrong[0] - 1]


def test_a_table_that_is_another_when_made_anew_is_not_told_of(layout: Layout, index: dict[str, Entry]) -> None:
    entry = by_label(index, "tbl-aldreomsorg-resultat")
    notebook = layout.twins / "kommuner" / "1440-ale" / "index.ipynb"
    kept = notebook.read_text(encoding="utf-8")
    notebook.write_text(re.sub(r"(Bland de )bästa", r"\1sämsta", kept), encoding="utf-8")
    try:
        with pytest.raises(LagesbildError, match="another table when it is made anew"):
            list(trace(layout, entry.id, None))
    finally:
        notebook.write_text(kept, encoding="utf-8")


def test_a_sheet_and_a_figure_are_traced(layout: Layout, index: dict[str, Entry]) -> None:
    sheet = next(one for one in index.values() if one.product.endswith(".xlsx") and one.label == "Resultat")
    told = [line for line in trace(layout, f"{sheet.id}.1", None) if "computed anew" in line]
    assert told
    assert all(line.endswith("; agrees") for line in told)
    drawn = list(trace(layout, f"{by_label(index, 'fig-laget').id}.1", None))
    assert any("drawn from value" in line for line in drawn)


def test_a_withheld_value_is_told_as_withheld_and_no_more(layout: Layout) -> None:
    rows = read_released(layout.released, areas=["ekonomiskt-bistand"], years=[2024])
    gone = rows[(rows["status"] == Status.SEKRETESS) & (rows["level"] == "kommun") & (rows["sex"] == "T")].iloc[0]
    lines = list(trace(layout, f"{gone['indicator']}/{gone['region']}/2024", places))
    assert any("no value, status sekretess" in line for line in lines)
    assert any("withheld, not shown" in line for line in lines)
    assert not [line for line in lines if SECRET in line]


def test_a_kommun_is_found_by_its_name_and_a_misspelt_one_gets_a_suggestion(layout: Layout) -> None:
    by_name, by_code = (list(trace(layout, f"ao-hemtjanst-trygghet/{one}/2024", None)) for one in ("Ale", "1440"))
    assert by_name == by_code
    with pytest.raises(ParameterError, match="Did you mean Ale"):
        list(trace(layout, "ao-hemtjanst-trygghet/Alle/2024", None))


def test_a_withheld_result_of_a_sheet_is_printed_as_it_stands(layout: Layout, index: dict[str, Entry]) -> None:
    sheet = next(one for one in index.values() if one.product.endswith(".xlsx") and one.label == "Resultat")
    _, rows = sheet_rows(layout, sheet)
    number = next(place for place, row in enumerate(rows, start=1) if row["Resultat"] == "..")
    lines = list(trace(layout, f"{sheet.id}.{number}", places))
    place = next(n for n, line in enumerate(lines) if "[value of" in line)
    assert "printed “..”" in lines[place]
    assert lines[place + 1].endswith("no value; agrees")
    assert not [line for line in lines if "column “”" in line]


@pytest.mark.parametrize(
    "wanted", ["0000-0000", "nonsens", "ao-hemtjanst-trygghet/1440/1999", "ao-hemtjanst-trygghet/9999/2024"]
)
def test_what_is_unknown_is_an_error_that_says_what_to_do(layout: Layout, wanted: str) -> None:
    with pytest.raises(ParameterError):
        list(trace(layout, wanted, None))


def test_a_row_that_is_not_there_is_an_error(layout: Layout, index: dict[str, Entry]) -> None:
    with pytest.raises(ParameterError, match="99"):
        list(trace(layout, f"{by_label(index, 'tbl-aldreomsorg-resultat').id}.99", None))


def test_without_an_index_the_command_that_makes_it_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotBuiltError, match="lagesbild sparkoder"):
        read_index(Layout(root=tmp_path, source="demo", year=2024))


@pytest.mark.parametrize(
    ("printed", "value", "name", "same"),
    [
        ("80", 80.4, "value", True),
        ("80", 80.5, "value", False),
        ("1\u202f035", 1034.6, "value", True),
        ("−479 (−32 %)", -479.2, "against_others", True),
        ("82,1–87,4", 82.14, "lower_riket", True),
        ("▲ Bland de bästa", "gron", "colour", True),
        ("■ I mitten", "gron", "colour", False),
        ("90 (bättre)", "samre", "skillnad_riket", False),
        ("90", None, "skillnad_riket", True),
        ("90 (bättre)", None, "skillnad_riket", False),
        ("..", None, "value", True),
        ("80", None, "value", False),
        ("+9,5, ej säkert", "sakerstalld_forbattring", "trend", False),
        ("+9,5", "for_fa", "trend", True),
    ],
)
def test_printed_and_computed(printed: str, value: float | str | None, name: str, same: bool) -> None:
    assert agrees(printed, value, name) is same


def test_the_first_number_of_a_text() -> None:
    assert [str(first_number(text)) for text in ("−1 234,5 (2023)", "▲ 12", "ingen")] == ["-1234.5", "12", "None"]


def test_a_table_tells_who_made_it_and_only_while_somebody_listens() -> None:
    columns = [Column(head="A"), Column(head="B", fact="value")]
    about = [Subject("x", 2024, "1440")]

    def made() -> str:
        return captioned_table(columns, [["a", "1"]], caption="C", label="tbl-c", about=about)

    text = made()
    with recording() as found:
        made()
    made()
    assert [(one.text, one.facts, one.subject(0, 1)) for one in found] == [(text, ("", "value"), about[0])]
    assert found[0].made_by.endswith("<locals>.made")
    with pytest.raises(ValueError, match="1 rows are about 2"):
        captioned_table(columns, [["a", "1"]], caption="C", label="tbl-c", about=about * 2)


def _followed_methods() -> list[Callable[..., object]]:
    """Return the functions of methods that `trace_facts` names, by the modules that it imports."""
    modules = {name: one for name, one in vars(trace_facts).items() if inspect.ismodule(one)}
    named = re.findall(r"\b(\w+)\.(\w+)\b", inspect.getsource(trace_facts))
    found = {getattr(modules[module], name, None) for module, name in named if module in modules}
    return [one for one in found if inspect.isfunction(one) and one.__module__.startswith("lagesbild.methods")]


def test_no_method_with_a_source_is_called_our_own_rule() -> None:
    methods = _followed_methods()
    assert len(methods) > 10
    for one in methods:
        if re.search(r"\b[A-Z][a-z]+ \(?(19|20)\d\d\b|'s interval", inspect.getdoc(one) or ""):
            assert not cited(one).startswith("the project's own rule"), one


def test_a_method_cites_its_source_or_says_that_it_has_none() -> None:
    assert cited(test_a_method_cites_its_source_or_says_that_it_has_none).startswith("the project's own rule")
    assert len(FACTS) > 30

"""The four analytic notebooks: their form, what they refuse, what they write and what they show."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import nbformat
import pandas as pd
import pyarrow.parquet as pq
import pytest

from lagesbild.catalogue.resources import project_root
from lagesbild.errors import NotebookError, ParameterError
from lagesbild.methods.aggregates import INDICATOR_COLUMNS
from lagesbild.methods.comparisons import COMPARISON_COLUMNS
from lagesbild.methods.nonresponse import DIFFERENCE_COLUMNS
from lagesbild.methods.quality import QUALITY_COLUMNS
from lagesbild.methods.quality_findings import FINDING_COLUMNS
from lagesbild.methods.quality_grade import GRADE_COLUMNS
from lagesbild.methods.trends import TREND_COLUMNS
from lagesbild.publishing.analysis_io import STEPS
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.run_document import FORK, run_document

COLUMNS = {
    "kvalitetssakring": QUALITY_COLUMNS,
    "indikatorer": INDICATOR_COLUMNS,
    "jamforelser": COMPARISON_COLUMNS,
    "trender": TREND_COLUMNS,
}
AREA, YEAR = "aldreomsorg", 2024
KIND_OF_FIGURE = "image/svg+xml"


def frames_of(root: Path, area: str = AREA, source: str = "demo") -> Path:
    return Layout(root=root, source=source, year=YEAR).analysis(area, YEAR)


def notebook_path(step: str) -> Path:
    return project_root() / "analysis" / f"{step}.ipynb"


def run(step: str, root: Path, *, engine: str = FORK, **changes: object) -> nbformat.NotebookNode:
    parameters = {"area": AREA, "year": YEAR, "source": "demo"} | changes
    return run_document(notebook_path(step), parameters, workdir=root, engine=engine)


def outputs(notebook: nbformat.NotebookNode) -> str:
    return json.dumps([cell.get("outputs", []) for cell in notebook.cells], ensure_ascii=False)


def figures(notebook: nbformat.NotebookNode) -> list[str]:
    found = [
        output["data"][KIND_OF_FIGURE]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if KIND_OF_FIGURE in output.get("data", {})
    ]
    return ["".join(svg) for svg in found]


def written(root: Path, source: str = "demo") -> dict[str, bytes]:
    folder = frames_of(root, AREA, source)
    return {path.stem: path.read_bytes() for path in folder.glob("*.parquet")}


@pytest.fixture(scope="module")
def executed(work: Path) -> dict[str, nbformat.NotebookNode]:
    return {step: run(step, work) for step in STEPS}


@pytest.fixture(scope="module")
def real(work: Path) -> dict[str, nbformat.NotebookNode]:
    """Return the notebooks executed on figures that count as real ones."""
    return {step: run(step, work, source="kolada") for step in STEPS}


@pytest.mark.parametrize("step", STEPS)
def test_a_notebook_in_the_repository_has_no_outputs_and_fixed_ids(step):
    notebook = nbformat.read(notebook_path(step), as_version=nbformat.NO_CONVERT)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in code)
    assert [cell.id for cell in code if "parameters" in cell.metadata.get("tags", [])] == ["parametrar"]
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z-]+", cell_id) for cell_id in ids)


@pytest.mark.parametrize("step", STEPS)
def test_the_preset_parameters_are_those_of_the_demo(step):
    notebook = nbformat.read(notebook_path(step), as_version=4)
    source = next(cell.source for cell in notebook.cells if cell.id == "parametrar")
    names: dict[str, object] = {}
    exec(source, names)  # our own cell of five assignments
    assert {name: names[name] for name in ("area", "year", "source", "root", "report_year")} == {
        "area": "aldreomsorg",
        "year": 2024,
        "source": "demo",
        "root": ".",
        "report_year": None,
    }


@pytest.mark.parametrize("step", STEPS)
def test_a_step_writes_its_frame_without_an_index(executed, work, step):
    path = frames_of(work) / f"{step}.parquet"
    schema = pq.read_schema(path)
    assert tuple(schema.names) == COLUMNS[step]
    assert schema.metadata is None
    frame = pd.read_parquet(path)
    assert len(frame) > 20
    assert set(frame["year"]) == {YEAR}


@pytest.mark.parametrize("step", STEPS)
def test_demo_results_are_called_synthetic_and_real_ones_are_not(executed, real, step):
    assert "Syntetiska data" in outputs(executed[step]).split("</svg>")[0]
    assert len(figures(executed[step])) == 1
    assert all("Syntetiska data" in svg for svg in figures(executed[step]))
    assert "yntetisk" not in outputs(real[step])
    assert len(figures(real[step])) == 1
    assert all("Källa: Kolada (RKA)" in svg for svg in figures(real[step]))


@pytest.mark.parametrize("step", STEPS)
def test_the_evidence_holds_no_paths_addresses_times_or_warnings(executed, work, step):
    text = json.dumps(executed[step], ensure_ascii=False)
    assert str(work) not in text
    assert str(project_root()) not in text
    assert not re.search(r"0x[0-9a-f]{6,}|/tmp/|/home/|/root/|<dc:date>|Warning", text)
    assert "stream" not in {
        output["output_type"] for cell in executed[step].cells for output in cell.get("outputs", [])
    }


def test_figures_have_a_text_alternative(executed):
    for notebook in executed.values():
        for svg in figures(notebook):
            label = re.match(r'<svg role="img" aria-label="([^"]+)"', svg)
            assert label
            assert len(label.group(1)) > 60


def test_withheld_figures_are_in_no_output_and_no_frame(executed, work):
    frames = {step: pd.read_parquet(frames_of(work) / f"{step}.parquet") for step in STEPS}
    for step in ("indikatorer", "jamforelser"):
        hidden = frames[step][frames[step]["status"] == "sekretess"]
        assert len(hidden) > 100
        assert hidden[["value", "answer"]].isna().all(axis=None)
    assert "Uppgifter som inte visas, efter nivå" in outputs(executed["kvalitetssakring"])


def test_the_step_on_quality_writes_grades_findings_and_who_has_not_answered(executed, work):
    columns = {"kvalitet": GRADE_COLUMNS, "avvikelser": FINDING_COLUMNS, "bortfall": DIFFERENCE_COLUMNS}
    for name, expected in columns.items():
        frame = pd.read_parquet(frames_of(work) / f"{name}.parquet")
        assert tuple(frame.columns) == expected
        assert set(frame["year"]) == {YEAR}
    shown = outputs(executed["kvalitetssakring"])
    for words in (
        "Indikatorernas betyg, sämst först",
        "Antal avvikelser efter kontroll",
        "Redovisade uppgifter per län",
    ):
        assert words in shown


def test_running_again_gives_the_same_bytes_and_touches_nothing(executed, work):
    before = written(work)
    folder = frames_of(work)
    times = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    for step in STEPS:
        again = run(step, work)
        assert nbformat.writes(again) == nbformat.writes(executed[step])
    assert written(work) == before
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == times


@pytest.mark.slow
def test_a_stock_jupyter_kernel_gives_the_same(executed, work, tmp_path):
    shutil.copytree(work / "_work/demo/released", tmp_path / "_work/demo/released")
    for step in STEPS:
        stock = run(step, tmp_path, engine="nbclient")
        assert figures(stock) == figures(executed[step])
        assert [cell.get("outputs") for cell in stock.cells] == [cell.get("outputs") for cell in executed[step].cells]
    assert written(tmp_path) == written(work)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"area": "aldreomsorgen"}, "Did you mean aldreomsorg"),
        ({"year": 2042}, "2024"),
        ({"source": "koladda"}, "Did you mean kolada"),
        ({"report_year": 2023}, "2024"),
    ],
)
def test_an_unknown_value_is_refused_with_a_suggestion(work, step, wrong, said):
    with pytest.raises(NotebookError, match="ParameterError") as caught:
        run(step, work, **wrong)
    assert said in str(caught.value)


def test_an_unknown_parameter_is_refused(work):
    with pytest.raises(ParameterError, match="area"):
        run("indikatorer", work, omrad="aldreomsorg")


def test_a_step_before_its_time_says_what_to_run(work, tmp_path):
    shutil.copytree(work / "_work/demo/released", tmp_path / "_work/demo/released")
    with pytest.raises(NotebookError, match="indikatorer for aldreomsorg 2024 is not built"):
        run("jamforelser", tmp_path)


def test_an_area_that_the_source_has_nothing_of_still_has_all_frames(work, tmp_path):
    shutil.copytree(work / "_work/demo/released", tmp_path / "_work/demo/released")
    for step in STEPS:
        run(step, tmp_path, area="krisberedskap")
    folder = frames_of(tmp_path, "krisberedskap")
    frame = pd.read_parquet(folder / "indikatorer.parquet")
    assert set(frame["status"]) <= {"saknas", "ej_matt"}
    assert len(pd.read_parquet(folder / "trender.parquet")) > 290

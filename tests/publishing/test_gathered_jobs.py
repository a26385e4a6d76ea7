"""With Quarto a worker runs its notebooks one by one and has them rendered in one project, once."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from lagesbild.files import holding, sha256
from lagesbild.publishing.gathered_jobs import do_together
from lagesbild.publishing.jobs import Job
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.records import Record
from lagesbild.publishing.reports import Report, make_reports

_QUARTO = """#!{python}
import json, os, pathlib, sys
folder = pathlib.Path(sys.argv[2])
notebooks = {{path.stem: path.read_text() for path in sorted(folder.glob("*.ipynb"))}}
told = os.open({log!r}, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
os.write(told, (json.dumps([sys.argv[1], len(notebooks)]) + "\\n").encode())
if any("Indata 4" in text for text in notebooks.values()):
    sys.exit("ERROR: det går inte")
(folder / "_output").mkdir()
for stem, text in notebooks.items():
    (folder / "_output" / (stem + ".pdf")).write_text(str(len(text)))
"""


@dataclass(frozen=True)
class Place:
    """Six reports of the tiny document, and a Quarto on PATH that tells of its calls."""

    layout: Layout
    reports: list[Report]
    faults: Path
    calls: Callable[[], list[list[object]]]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    log, faults, root = tmp_path / "calls", tmp_path / "faults", tmp_path / "root"
    for folder in (tmp_path / "bin", faults, root / "_work"):
        folder.mkdir(parents=True)
    command = tmp_path / "bin" / "quarto"
    command.write_text(_QUARTO.format(python=sys.executable, log=str(log)), encoding="utf-8")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{command.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("TINY_LOG", str(tmp_path / "executed"))
    monkeypatch.setenv("TINY_FAULTS", str(faults))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent / "tiny"))
    monkeypatch.syspath_prepend(str(Path(__file__).parent / "tiny"))
    reports = []
    for number in range(6):
        data = root / "_work" / f"{number}.txt"
        data.write_text(f"Indata {number + 10 if number == 4 else number}\n", encoding="utf-8")
        reports.append(
            Report(
                name=f"nr-{number}",
                kind="prov",
                document="tests/publishing/tiny/tiny.qmd",
                parameters={"number": number},
                inputs={f"_work/{number}.txt": sha256(data)},
                pdf=root / "_release" / f"{number}.pdf",
                twin=root / "_work" / f"{number}.ipynb",
                record=root / "_work" / "records" / f"{number}.json",
            )
        )

    def calls() -> list[list[object]]:
        return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []

    return Place(Layout(root=root, source="demo", year=2024), reports, faults, calls)


def test_each_worker_has_its_notebooks_rendered_at_once(place: Place) -> None:
    result = make_reports(place.layout, place.reports, title="Prov", cores=2, engine="quarto")
    assert (result.made, result.failed) == (6, ())
    assert place.calls() == [["render", 3], ["render", 3]]
    assert all(report.pdf.is_file() and report.twin.is_file() for report in place.reports)
    again = make_reports(place.layout, place.reports, title="Prov", cores=2, engine="quarto")
    assert (again.made, again.current, len(place.calls())) == (0, 6, 2)


def test_the_one_at_fault_is_named_and_the_others_are_made(place: Place) -> None:
    (place.faults / "1.error").touch()
    data = place.layout.root / "_work" / "4.txt"
    data.write_text("Indata 4\n", encoding="utf-8")
    result = make_reports(place.layout, place.reports, title="Prov", cores=2, engine="quarto")
    assert [(one.name, str(one.error).partition(":")[0]) for one in result.failed] == [
        ("nr-1", "tests/publishing/tiny/tiny.qmd"),
        ("nr-4", "quarto render"),
    ]
    assert result.made == 4
    # The group that could not be rendered is rendered document by document.
    assert sorted(number for _, number in place.calls()) == [1, 1, 1, 2, 3]
    assert [report.record.is_file() for report in place.reports] == [True, False, True, True, False, True]


def test_a_document_that_another_run_holds_is_left_for_later(tmp_path: Path) -> None:
    jobs = []
    for name in ("a", "b"):
        wanted = Record(document="a.qmd", kind="prov", parameters={}, engine="quarto", inputs={}, outputs={})
        jobs.append(Job(name=name, task=name, wanted=wanted, record=f"{name}.json", writes=(f"{name}.pdf",)))
    made = []

    def make(tasks, root):
        made.extend(tasks)
        for task in tasks:
            (root / f"{task}.pdf").write_text(task, encoding="utf-8")
        return [None] * len(tasks)

    with holding(tmp_path / "a.json", wait=False):
        first, second = do_together(make, tmp_path, jobs)
    assert (first.again, first.made, second.made, made) == ("busy", False, True, ["b"])
    first, second = do_together(make, tmp_path, jobs)
    assert (first.made, second.made, made) == (True, False, ["b", "a"])

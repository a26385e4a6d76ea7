"""Make reports from one source document and many parameters: run, render, record, skip what is current."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import nbformat

from lagesbild.catalogue.groups import kommungrupper
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import kommuner
from lagesbild.catalogue.resources import project_root
from lagesbild.files import sha256, sha256_tree, write_atomic
from lagesbild.publishing.batch import BatchResult, run_batch
from lagesbild.publishing.engines import Document, choose_engine, with_metadata
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.records import Record, is_current, outputs_of
from lagesbild.publishing.run_document import run_document

#: Parts of the package that decide what a report looks like; a change there makes every report anew.
_DECIDING = ("catalogue", "methods", "presentation", "publishing")


@dataclass(frozen=True, kw_only=True)
class Report:
    """One report to make.

    Parameters
    ----------
    name
        Name in progress and messages ("1440-ale").
    kind
        What it is in the manifest ("kommunrapport").
    document
        Source document, relative to the project.
    parameters
        Its parameters.
    metadata
        Front matter that depends on the parameters (title, subtitle).
    inputs
        Name to SHA-256 of the data it is made from.
    pdf
        Where the PDF lands.
    twin
        Where the executed notebook lands that becomes a page of the website.
    record
        Where the record lands.
    """

    name: str
    kind: str
    document: str
    parameters: Mapping[str, object]
    metadata: Mapping[str, object] = field(default_factory=dict)
    inputs: Mapping[str, str]
    pdf: Path
    twin: Path
    record: Path


def code_digests() -> dict[str, str]:
    """Return hashes of what every report depends on: the code, the templates, what is known, and the lock file."""
    root = project_root()
    package = Path(__file__).resolve().parents[1]
    code = [path for part in _DECIDING for path in (package / part).rglob("*") if path.suffix != ".pyc"]
    known = [*(root / "data" / "catalogue").rglob("*"), *(root / "data" / "registers").rglob("*")]
    lock = root / "requirements.lock"
    return {
        "src/lagesbild": sha256_tree([path for path in code if path.is_file()], package),
        "_extensions": sha256_tree([p for p in (root / "_extensions").rglob("*") if p.is_file()], root),
        "data": sha256_tree([path for path in known if path.is_file()], root),
        "_quarto.yml": sha256(root / "_quarto.yml"),
        **({"requirements.lock": sha256(lock)} if lock.is_file() else {}),
    }


def make_reports(
    layout: Layout, reports: Sequence[Report], *, title: str, cores: int, engine: str | None
) -> BatchResult:
    """Make those of the reports that are not up to date.

    Parameters
    ----------
    layout
        Where things are.
    reports
        What to make.
    title
        Shown with the progress.
    cores
        Number of processes.
    engine
        "quarto", "embedded", or None for the default.

    Returns
    -------
    BatchResult
        What became of each; a report that failed leaves its earlier files as they were.
    """
    renderer = choose_engine(engine).name
    work = partial(_make, root=layout.root, engine=renderer, shared=code_digests())
    return run_batch(work, [(report.name, report) for report in reports], title=title, cores=cores)


def _warm() -> None:
    """Read what every report reads before a child is forked for one, so that a worker pays for it once."""
    load_catalogue()
    kommuner()
    kommungrupper()


def _make(report: Report, *, root: Path, engine: str, shared: Mapping[str, str]) -> bool:
    """Make one report; return False where it was up to date."""
    source = project_root() / report.document
    siblings = [path for path in source.parent.rglob("*") if path.is_file()]
    folder = source.parent.relative_to(project_root()).as_posix()
    inputs = {**report.inputs, folder: sha256_tree(siblings, source.parent), **shared}
    wanted = Record(
        document=report.document,
        kind=report.kind,
        parameters={**report.parameters, "metadata": dict(report.metadata)},
        engine=engine,
        inputs=inputs,
        outputs={},
    )
    if is_current(wanted, report.record, root):
        return False
    _warm()
    notebook = with_metadata(run_document(source, report.parameters, workdir=root), report.metadata)
    choose_engine(engine).render_documents(
        [Document(notebook=notebook, outputs={"typst": report.pdf})], project=project_root()
    )
    write_atomic(report.twin, nbformat.writes(notebook) + "\n")
    made = Record(
        document=wanted.document,
        kind=wanted.kind,
        parameters=wanted.parameters,
        engine=engine,
        inputs=inputs,
        outputs=outputs_of([report.pdf, report.twin], root),
    )
    made.write(report.record)
    return True

"""Make reports from one source document and many parameters: run, render, record, skip what is current."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from lagesbild.publishing.batch import BatchResult
from lagesbild.publishing.code_digests import code_digests, source_digest
from lagesbild.publishing.engine_names import engine_name
from lagesbild.publishing.jobs import Job, run_jobs
from lagesbild.publishing.layout import Layout, key_file
from lagesbild.publishing.records import Record


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
        SHA-256 of each file it is made from, by its path relative to the root. A report that reads no other file
        can be made on another machine too.
    pdf
        Where the PDF lands.
    twin
        Where the executed notebook lands that becomes a page of the website.
    record
        Where the record lands.
    page
        Where the rendered page of the website lands, for a report that has one.
    docx
        Where the document for Word lands, for a report that has one.
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
    page: Path | None = None
    docx: Path | None = None


def make_reports(
    layout: Layout,
    reports: Sequence[Report],
    *,
    title: str,
    cores: int,
    engine: str | None,
    scheduler: str | None = None,
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
    scheduler
        Address of a Dask scheduler whose workers shall make them; see `run_jobs`.

    Returns
    -------
    BatchResult
        What became of each; a report that failed leaves its earlier files as they were.
    """
    renderer = engine_name(engine)
    shared = code_digests()
    sources = {name: source_digest(name) for name in {report.document for report in reports}}
    jobs = [
        _job(report, root=layout.root, engine=renderer, deciding={**sources[report.document], **shared})
        for report in reports
    ]
    make = partial(_make, engine=renderer)
    # Quarto starts slowly and renders fast; see `quarto_cli`.
    together = partial(_make_together, engine=renderer) if renderer == "quarto" else None
    return run_jobs(make, jobs, root=layout.root, title=title, cores=cores, scheduler=scheduler, together=together)


def _job(report: Report, *, root: Path, engine: str, deciding: Mapping[str, str]) -> Job:
    """Return the job of one report, with its paths relative to `root`."""
    wanted = Record(
        document=report.document,
        kind=report.kind,
        parameters={**report.parameters, "metadata": dict(report.metadata)},
        engine=engine,
        inputs={**report.inputs, **deciding},
        outputs={},
    )
    pdf, twin, record = (path.relative_to(root) for path in (report.pdf, report.twin, report.record))
    # Quarto renders a website as a whole.
    page = report.page.relative_to(root) if report.page is not None and engine == "embedded" else None
    rendered = (page.as_posix(), key_file(page).as_posix()) if page is not None else ()
    docx = report.docx.relative_to(root) if report.docx is not None else None
    beside = (docx.as_posix(),) if docx is not None else ()
    return Job(
        name=report.name,
        task=replace(report, pdf=pdf, twin=twin, record=record, page=page, docx=docx),
        wanted=wanted,
        record=record.as_posix(),
        reads=tuple(report.inputs),
        writes=(pdf.as_posix(), *beside, twin.as_posix(), *rendered),
    )


def _make(report: Report, root: Path, *, engine: str) -> None:
    from lagesbild.publishing.make_report import make_report  # noqa: PLC0415 - only where there is something to make

    make_report(report, root, engine=engine)


def _make_together(reports: Sequence[Report], root: Path, *, engine: str) -> Sequence[Exception | None]:
    from lagesbild.publishing.make_report import make_together  # noqa: PLC0415 - as above

    return make_together(reports, root, engine=engine)

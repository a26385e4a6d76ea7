"""The slides of the kommuner: what is wanted of whom; those that are up to date are skipped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from lagesbild.catalogue.regions import Kommun
from lagesbild.publishing.batch import BatchResult
from lagesbild.publishing.code_digests import code_digests, source_digest
from lagesbild.publishing.engine_names import engine_name
from lagesbild.publishing.jobs import Job, run_jobs
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.own_data import chosen_kommuner, own_data
from lagesbild.publishing.product_jobs import product_job

DOCUMENT = "reports/presentation/presentation.qmd"
FILE = "presentation.pptx"
KIND = "presentation"


@dataclass(frozen=True, kw_only=True)
class Task:
    """Slides to make: whose, of which source and year."""

    kommun: str
    source: str
    year: int


def make_presentations(
    layout: Layout,
    chosen: Sequence[str] | None = None,
    *,
    cores: int = 1,
    engine: str | None = None,
    scheduler: str | None = None,
) -> BatchResult:
    """Make the slides of some kommuner, or of all 290, that are not up to date.

    Parameters
    ----------
    layout
        Where things are.
    chosen
        Codes or names.
    cores, engine, scheduler
        See `lagesbild.publishing.reports.make_reports`.

    Raises
    ------
    ParameterError
        For an unknown kommun; suggests the nearest.
    NotBuiltError
        If the underlag has not been made.
    """
    wanted = chosen_kommuner(layout, chosen)
    renderer = engine_name(engine)
    deciding = {**source_digest(DOCUMENT), **code_digests()}
    jobs = [_job(layout, one, renderer, deciding) for one in wanted]
    make = partial(_make, engine=renderer)
    return run_jobs(make, jobs, root=layout.root, title="Presentationer", cores=cores, scheduler=scheduler)


def _job(layout: Layout, kommun: Kommun, engine: str, deciding: dict[str, str]) -> Job:
    return product_job(
        layout,
        name=kommun.slug,
        kind=KIND,
        task=Task(kommun=kommun.kod, source=layout.source, year=layout.year),
        document=DOCUMENT,
        subject={"kommun": kommun.kod},
        read=own_data(layout, kommun.kod),
        deciding=deciding,
        folder="presentationer",
        file=layout.kommun_folder(kommun.slug) / FILE,
        engine=engine,
    )


def _make(task: Task, root: Path, *, engine: str) -> None:
    from lagesbild.publishing.make_presentation import make_presentation  # noqa: PLC0415 - only where there is need

    make_presentation(task, root, engine=engine)

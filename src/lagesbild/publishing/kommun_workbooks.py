"""The workbooks of the kommuner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import Kommun
from lagesbild.catalogue.regions import kommun as kommun_called
from lagesbild.catalogue.vocabulary import Sex
from lagesbild.files import sha256
from lagesbild.presentation.kommun.view import KommunView
from lagesbild.presentation.workbook.kommun_workbook import kommun_workbook
from lagesbild.presentation.workbook.model import Workbook
from lagesbild.publishing.batch import BatchResult
from lagesbild.publishing.code_digests import code_digests
from lagesbild.publishing.handed_over import check_underlag
from lagesbild.publishing.jobs import Job, run_jobs
from lagesbild.publishing.kommun_data import underlag_rows
from lagesbild.publishing.layout import SOURCE_NAMES, Layout
from lagesbild.publishing.own_data import chosen_kommuner, underlag_file
from lagesbild.publishing.product_jobs import product_job
from lagesbild.publishing.trace_ids import workbook_with_ids
from lagesbild.publishing.workbook_file import save_workbook

FILE = "arbetsbok.xlsx"
#: What makes the workbooks; stands in the records where a report has its document.
MODULE = "src/lagesbild/presentation/workbook"
KIND = "arbetsbok"


@dataclass(frozen=True, kw_only=True)
class _Task:
    """A workbook to make: whose, of which source and year."""

    kommun: str
    source: str
    year: int


def make_kommun_workbooks(
    layout: Layout, chosen: Sequence[str] | None = None, *, cores: int = 1, scheduler: str | None = None
) -> BatchResult:
    """Make the workbooks of some kommuner, or of all 290, that are not up to date.

    Parameters
    ----------
    layout
        Where things are.
    chosen
        Codes or names.
    cores
        Number of processes.
    scheduler
        Address of a Dask scheduler; see `lagesbild.publishing.jobs.run_jobs`.

    Raises
    ------
    ParameterError
        For an unknown kommun; suggests the nearest.
    NotBuiltError
        If the underlag has not been made.
    DamagedError
        If it is not as it was left.
    """
    wanted = chosen_kommuner(layout, chosen)
    deciding = {name: digest for name, digest in code_digests().items() if not name.startswith("_")}
    jobs = [_job(layout, one, deciding) for one in wanted]
    return run_jobs(_make, jobs, root=layout.root, title="Arbetsböcker", cores=cores, scheduler=scheduler)


def workbook_of(layout: Layout, kommun: Kommun) -> Workbook:
    """Return the model of a kommun's workbook.

    Raises
    ------
    NotBuiltError
        If the underlag has not been made.
    """
    rows = underlag_rows(layout, kommun.kod)
    view = KommunView(
        kommun=kommun,
        year=layout.year,
        rows=rows[Sex.TOTAL],
        catalogue=load_catalogue(),
        synthetic=layout.synthetic,
        source=SOURCE_NAMES[layout.source],
    )
    sexes: dict[str, dict[str, Mapping[str, Any]]] = {}
    for sex in (Sex.KVINNOR, Sex.MAN):
        for indicator, told in rows[sex].items():
            for row in told:
                if row["year"] == layout.year:
                    sexes.setdefault(indicator, {})[sex] = row
    return kommun_workbook(view, sexes)


def _job(layout: Layout, kommun: Kommun, deciding: Mapping[str, str]) -> Job:
    underlag = underlag_file(layout, kommun.kod)
    read = {underlag.relative_to(layout.root).as_posix(): sha256(underlag)}
    check_underlag(layout, read)
    return product_job(
        layout,
        name=kommun.slug,
        kind=KIND,
        task=_Task(kommun=kommun.kod, source=layout.source, year=layout.year),
        document=MODULE,
        subject={"kommun": kommun.kod},
        read=read,
        deciding=deciding,
        folder="arbetsbocker",
        file=layout.kommun_folder(kommun.slug) / FILE,
    )


def _make(task: _Task, root: Path) -> None:
    layout = Layout(root=root, source=task.source, year=task.year)
    kommun = kommun_called(task.kommun)
    path = layout.kommun_folder(kommun.slug) / FILE
    product = path.relative_to(layout.release).as_posix()
    save_workbook(path, workbook_with_ids(workbook_of(layout, kommun), product))

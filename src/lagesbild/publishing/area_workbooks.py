"""The national workbooks: one for each area and year, from the released figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lagesbild.catalogue.areas import AREAS, Area
from lagesbild.catalogue.areas import area as area_called
from lagesbild.errors import NotBuiltError
from lagesbild.files import sha256
from lagesbild.publishing.batch import BatchResult
from lagesbild.publishing.code_digests import code_digests
from lagesbild.publishing.jobs import Job, run_jobs
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.product_jobs import product_job

#: What makes the workbooks; stands in the records where a report has its document.
MODULE = "src/lagesbild/presentation/workbook"
KIND = "områdesbok"

#: Analysis steps of the report year that a workbook is made from; of earlier years the figures alone.
_STEPS = ("indikatorer", "jamforelser", "kvalitet")


@dataclass(frozen=True, kw_only=True)
class Task:
    """A workbook to make: of which area, source and year."""

    area: str
    source: str
    year: int


def workbook_path(layout: Layout, area: Area) -> Path:
    """Return where an area's national workbook lands."""
    return layout.release / "omraden" / area.id / f"{area.id}.xlsx"


def make_area_workbooks(
    layout: Layout, chosen: Sequence[str] | None = None, *, cores: int = 1, scheduler: str | None = None
) -> BatchResult:
    """Make the national workbooks of some areas, or of all ten, that are not up to date.

    Parameters
    ----------
    layout
        Where things are.
    chosen
        Ids or names.
    cores
        Number of processes.
    scheduler
        Address of a Dask scheduler; see `lagesbild.publishing.jobs.run_jobs`.

    Raises
    ------
    ParameterError
        For an unknown area; suggests the nearest.
    NotBuiltError
        If an area has not been analysed.
    """
    wanted = [area_called(name) for name in chosen] if chosen else list(AREAS)
    deciding = {name: digest for name, digest in code_digests().items() if not name.startswith("_")}
    jobs = [_job(layout, one, deciding) for one in wanted]
    return run_jobs(_make, jobs, root=layout.root, title="Områdesböcker", cores=cores, scheduler=scheduler)


def _frames(layout: Layout, area: Area) -> list[Path]:
    """Return the analysis frames that a workbook is made from.

    Raises
    ------
    NotBuiltError
        If the report year has not been analysed.
    """
    now = [layout.analysis(area.id, layout.year) / f"{step}.parquet" for step in _STEPS]
    if not all(path.is_file() for path in now):
        raise NotBuiltError(
            f"the analysis of {area.id} {layout.year}",
            f"lagesbild analyse --source {layout.source} --year {layout.year} --area {area.id}",
        )
    earlier = (layout.analysis(area.id, year) / "indikatorer.parquet" for year in layout.years if year != layout.year)
    return [*(path for path in earlier if path.is_file()), *now]


def _job(layout: Layout, area: Area, deciding: dict[str, str]) -> Job:
    return product_job(
        layout,
        name=area.id,
        kind=KIND,
        task=Task(area=area.id, source=layout.source, year=layout.year),
        document=MODULE,
        subject={"area": area.id},
        read={path.relative_to(layout.root).as_posix(): sha256(path) for path in _frames(layout, area)},
        deciding=deciding,
        folder="omradesbocker",
        file=workbook_path(layout, area),
    )


def _make(task: Task, root: Path) -> None:
    from lagesbild.publishing.make_area_workbook import make_area_workbook  # noqa: PLC0415 - only where there is need

    make_area_workbook(Layout(root=root, source=task.source, year=task.year), area_called(task.area))

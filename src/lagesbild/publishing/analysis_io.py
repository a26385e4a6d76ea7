"""What the analytic notebooks read and write: parameters, released rows, earlier steps, their own frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import kommuner
from lagesbild.disclosure.released import read_released, released_years
from lagesbild.errors import NotBuiltError, ParameterError
from lagesbild.files import write_atomic
from lagesbild.frame_bytes import parquet_bytes
from lagesbild.methods.aggregates import indicator_frame
from lagesbild.methods.cells import membership
from lagesbild.methods.comparison_groups import Groups
from lagesbild.publishing.comparison_groups import release_groups
from lagesbild.publishing.known_years import known_years
from lagesbild.publishing.layout import SOURCE_NAMES, WINDOW, Layout
from lagesbild.publishing.yearly_spreads import read_spread

#: The analytic notebooks, in the order they run.
STEPS = ("kvalitetssakring", "indikatorer", "jamforelser", "trender")


@dataclass(frozen=True, kw_only=True)
class AnalysisRun:
    """One run of one analytic notebook: an area, a year and a source, for a report year.

    Parameters
    ----------
    step
        One of `STEPS`.
    area
        The area.
    year
        The year that is analysed.
    layout
        Where things are for the source and the report year, whose window holds `year`.
    """

    step: str
    area: Area
    year: int
    layout: Layout

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The area's indicators, in the order of the catalogue."""
        return load_catalogue().in_area(self.area.id)

    @property
    def members(self) -> pd.DataFrame:
        """The kommuner with their län and kommungrupp (see `lagesbild.methods.cells.membership`)."""
        return membership(kommuner())

    @property
    def groups(self) -> Groups:
        """What the area's kommuner are compared with beside riket, län and kommungrupp."""
        return release_groups(self.layout).of(self.area.id)

    def released(self, year: int | None = None) -> pd.DataFrame:
        """Return the area's released observations of `year` (the run's own if omitted); maybe no rows."""
        wanted = self.year if year is None else year
        if wanted in released_years(self.layout.released, self.area.id):
            return read_released(self.layout.released, areas=[self.area.id], years=[wanted])
        return read_released(self.layout.released, years=[wanted]).iloc[:0]

    def earlier(self, step: str) -> pd.DataFrame:
        """Return what an earlier step wrote for this area and year.

        Raises
        ------
        NotBuiltError
            If that step has not been run.
        """
        return self._frame(step, self.year, None)

    def indicator_window(self, columns: Sequence[str]) -> pd.DataFrame:
        """Return the indicators' results for this year and those of the eight before it that are released.

        A year before the release's own window has not been analysed; its results are formed here, so that
        an early year's series don't depend on what has been run before.

        Parameters
        ----------
        columns
            Columns of ``indikatorer.parquet`` to return.

        Raises
        ------
        NotBuiltError
            If the step "indikatorer" has not been run for this year.
        """
        frames = [self.earlier("indikatorer")]
        first = self.year - WINDOW + 1
        for year in (year for year in known_years(self.layout) if first <= year < self.year):
            if self._path("indikatorer", year).is_file():
                frames.append(self._frame("indikatorer", year, columns))
            else:
                formed = indicator_frame(
                    self.released(year), indicators=self.indicators, members=self.members, year=year
                )
                frames.append(formed)
        return pd.concat([frame[list(columns)] for frame in frames], ignore_index=True)

    def spread(self) -> pd.DataFrame:
        """Return how much the area's numbers usually move between measurings, up to this year, by size class.

        See `lagesbild.methods.standard_errors.yearly_spread`; the window is the one that ends with this year.
        """
        return read_spread(self.layout, self.area.id, self.year)

    def write(self, frame: pd.DataFrame, name: str | None = None) -> None:
        """Write the step's frame for this area and year, whole or not at all, and only where it differs.

        A step's further frames have a `name` of their own.
        """
        write_atomic(self._path(name or self.step, self.year), parquet_bytes(frame))

    def _path(self, step: str, year: int) -> Path:
        return self.layout.analysis(self.area.id, year) / f"{step}.parquet"

    def _frame(self, step: str, year: int, columns: Sequence[str] | None) -> pd.DataFrame:
        path = self._path(step, year)
        if not path.is_file():
            raise NotBuiltError(
                f"the step {step} for {self.area.id} {year}",
                f"lagesbild analyse --source {self.layout.source} --year {self.layout.year} --area {self.area.id}",
            )
        return pd.read_parquet(path, columns=None if columns is None else list(columns))


def find_root(root: str | Path) -> Path:
    """Return the folder that holds ``_work``.

    A relative `root` is looked for from the current folder upwards, so that a notebook finds the same data
    whether it is run by the runner, from ``analysis/`` in Jupyter or by Quarto, and no machine's path
    need stand in its parameters.
    """
    given = Path(root)
    if given.is_absolute():
        return given
    here = Path.cwd()
    return next(
        (folder / given for folder in (here, *here.parents) if (folder / given / "_work").is_dir()),
        here / given,
    )


def open_run(
    step: str, *, area: str, year: int, source: str, root: str = ".", report_year: int | None = None
) -> AnalysisRun:
    """Check a notebook's parameters and return the run they name.

    Parameters
    ----------
    step
        One of `STEPS`.
    area
        Id of the area.
    year
        The year that is analysed; a text of digits is accepted, as some runners pass on.
    source
        "demo" or "kolada".
    root
        The folder that holds ``_work``; see `find_root`.
    report_year
        The report year that the analysis belongs to, from `year` to eight years later; `year` where null.

    Raises
    ------
    ParameterError
        For an unknown step, area, source or year; suggests the nearest.
    NotBuiltError
        If nothing of the source has been released yet.
    """
    if step not in STEPS:
        raise ParameterError("step", step, STEPS)
    about = area_called(area)
    if source not in SOURCE_NAMES:
        raise ParameterError("source", source, SOURCE_NAMES)
    analysed = _whole(year)
    reported = analysed if report_year is None else _whole(report_year)
    layout = Layout(root=find_root(root), source=source, year=reported or 0)
    years = known_years(layout)
    if not years:
        command = f"lagesbild import --source {source}"
        raise NotBuiltError(f"the released observations of the source {source}", command)
    if analysed not in years:
        raise ParameterError("year", year, [str(known) for known in years])
    if analysed not in layout.years:
        later = [str(known) for known in years if analysed <= known < analysed + WINDOW]
        raise ParameterError("report_year", report_year, later)
    return AnalysisRun(step=step, area=about, year=analysed, layout=layout)


def _whole(given: object) -> int | None:
    """Return a year as a number, or None where it is none."""
    text = str(given)
    return int(text) if text.isdecimal() and text.isascii() else None

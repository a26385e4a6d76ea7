"""The data-quality assessment of one area and year, from the released rows of its window."""

from __future__ import annotations

import pandas as pd

from lagesbild.catalogue.recodings import breaks, series_rules
from lagesbild.catalogue.regions import kommuner
from lagesbild.methods.quality_assessment import QUALITY_INPUT, Assessment, assess
from lagesbild.publishing.analysis_io import AnalysisRun
from lagesbild.publishing.known_years import known_years
from lagesbild.publishing.layout import WINDOW


def released_window(run: AnalysisRun) -> pd.DataFrame:
    """Return the area's released rows of the run's year and the eight before it, in the columns of the checks.

    Rows of units are left out: the checks are of kommuner and larger regions.
    """
    years = [year for year in known_years(run.layout) if run.year - WINDOW < year <= run.year]
    frames = [run.released(year)[list(QUALITY_INPUT)] for year in years]
    rows = pd.concat(frames, ignore_index=True)
    return rows[rows["unit"].fillna("") == ""].reset_index(drop=True)


def _breaks(name: str) -> list[tuple[int, str]]:
    """Return the indicator's breaks with what changed."""
    told = {one.year: one.text for one in series_rules().changes if name in one.indicators}
    return [(year, told.get(year, "frågan ändrades då")) for year in breaks(name)]


def assess_run(run: AnalysisRun, window: pd.DataFrame | None = None) -> Assessment:
    """Run all checks for one area and year.

    Parameters
    ----------
    run
        Which area and year.
    window
        As `released_window` returns it, where it has been read already.
    """
    return assess(
        released_window(run) if window is None else window,
        indicators=run.indicators,
        members=run.members,
        population=pd.Series({one.kod: one.folkmangd for one in kommuner()}),
        breaks={one.id: _breaks(one.id) for one in run.indicators},
        years=range(run.year - WINDOW + 1, run.year + 1),
    )

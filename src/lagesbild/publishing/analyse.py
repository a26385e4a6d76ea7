"""Run the analytic notebooks: every step, once per area and year, kept as evidence."""

from __future__ import annotations

import nbformat

from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.resources import project_root
from lagesbild.errors import NotBuiltError
from lagesbild.files import sha256_tree, write_atomic
from lagesbild.publishing.analysis_figures import prepare
from lagesbild.publishing.analysis_io import STEPS
from lagesbild.publishing.comparison_groups import release_groups
from lagesbild.publishing.handed_over import check_released
from lagesbild.publishing.known_years import known_years
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.run_document import FORK, run_document
from lagesbild.publishing.yearly_spreads import write_spreads
from lagesbild.sums import write_sums


def analyse_area(layout: Layout, area: str, *, engine: str = FORK) -> int:
    """Run all steps for one area and every year of the window that the source has figures of.

    Parameters
    ----------
    layout
        Source, root and report year.
    area
        Id of the area.
    engine
        Papermill engine; ``nbclient`` is the stock Jupyter kernel.

    Returns
    -------
    int
        Number of notebooks run.

    Raises
    ------
    ParameterError
        If there is no such area.
    NotBuiltError
        If nothing has been released of these years.
    DamagedError
        If the released observations are not as the import left them.
    NotebookError
        If a cell fails; names notebook, line and cell.
    """
    area = area_called(area).id
    years = [year for year in known_years(layout) if year in layout.years]
    if not years:
        command = f"lagesbild import --source {layout.source}"
        raise NotBuiltError(f"the released observations of {layout.source} for {layout.year}", command)
    check_released(layout, [area])
    prepare()
    notebooks = []
    write_spreads(layout, area, years)
    release_groups(layout).of(area)  # formed here once, known in every forked notebook
    for year in years:
        for step in STEPS:
            executed = run_document(
                project_root() / "analysis" / f"{step}.ipynb",
                {"area": area, "year": year, "source": layout.source, "report_year": layout.year},
                workdir=layout.root,
                engine=engine,
            )
            text = nbformat.writes(executed) + "\n"
            notebooks.append(layout.executed(area, year) / f"{step}.ipynb")
            write_atomic(notebooks[-1], text)
    write_sums(layout.notebook_sums(area), notebooks, layout.root)
    folder = layout.analysis(area)
    digest = sha256_tree(sorted(folder.glob("*/*.parquet")), folder)
    write_atomic(folder.parent / f"{area}.digest", digest + "\n")
    return len(STEPS) * len(years)

"""Make one national workbook: read the area's released figures, write the file.

Apart from `area_workbooks`, so that a command that finds everything up to date reads no frames.
"""

from __future__ import annotations

import pyarrow.parquet as pq

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.load import load_catalogue
from lagesbild.presentation.workbook.area_figures import COMPARISON_COLUMNS, FIGURE_COLUMNS, AreaFigures, area_figures
from lagesbild.presentation.workbook.area_workbook import area_workbook
from lagesbild.publishing.area_workbooks import workbook_path
from lagesbild.publishing.layout import SOURCE_NAMES, Layout
from lagesbild.publishing.trace_ids import workbook_with_ids
from lagesbild.publishing.workbook_file import save_workbook


def figures_of(layout: Layout, area: Area) -> AreaFigures:
    """Return an area's released figures of all years of the window that have been analysed."""
    frames = [layout.analysis(area.id, year) / "indikatorer.parquet" for year in layout.years]
    now = layout.analysis(area.id, layout.year)
    return area_figures(
        area,
        year=layout.year,
        years=layout.years,
        figures=(pq.read_table(path, columns=list(FIGURE_COLUMNS)).to_pandas() for path in frames if path.is_file()),
        comparisons=pq.read_table(now / "jamforelser.parquet", columns=list(COMPARISON_COLUMNS)).to_pandas(),
        quality=pq.read_table(now / "kvalitet.parquet").to_pandas(),
        catalogue=load_catalogue(),
        synthetic=layout.synthetic,
        source=SOURCE_NAMES[layout.source],
    )


def make_area_workbook(layout: Layout, area: Area) -> None:
    """Make the national workbook of one area."""
    path = workbook_path(layout, area)
    product = path.relative_to(layout.release).as_posix()
    save_workbook(path, workbook_with_ids(area_workbook(figures_of(layout, area)), product))

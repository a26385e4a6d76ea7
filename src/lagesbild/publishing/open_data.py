"""Open data: every published table as CSV and Parquet with its description, and the executed notebooks."""

from __future__ import annotations

from pathlib import Path

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.regions import kommuner
from lagesbild.catalogue.release_statement import release_statement
from lagesbild.errors import NotBuiltError, ParameterError
from lagesbild.files import write_atomic
from lagesbild.publishing.analysis_io import STEPS
from lagesbild.publishing.datasets.dcat import write_catalogue
from lagesbild.publishing.datasets.figure_files import write_figures
from lagesbild.publishing.datasets.figures import FIGURES
from lagesbild.publishing.datasets.files import Dataset, Writer, Written
from lagesbild.publishing.datasets.kommun_files import write_kommuner
from lagesbild.publishing.datasets.package import package_of
from lagesbild.publishing.datasets.quality import QUALITY
from lagesbild.publishing.datasets.registers import REGISTERS
from lagesbild.publishing.datasets.results import GROUPS, NATION, SIMILAR, TRENDS, comparison_tables
from lagesbild.publishing.datasets.table import Table
from lagesbild.publishing.handed_over import check_analysis, check_notebooks, check_underlag
from lagesbild.publishing.layout import SOURCE_NAMES, Layout
from lagesbild.sums import write_sums

#: The tables that are one for the whole country.
NATIONAL: tuple[Table, ...] = (NATION, TRENDS, GROUPS, SIMILAR, *QUALITY, *REGISTERS)


#: Names of the columns of a file of figures.
COLUMNS = tuple(one.name for one in FIGURES)


def tables_of(layout: Layout) -> list[Table]:
    """Return the tables of a release beside the files of figures: national ones, and comparisons by area."""
    analysed = [
        table
        for area, table in zip(AREAS, comparison_tables(), strict=True)
        if layout.analysis(area.id, layout.year).is_dir()
    ]
    return [*NATIONAL, *analysed]


def write_open_data(layout: Layout) -> list[Path]:
    """Write the release's data folder, each kommun's own data, and the executed notebooks.

    Returns
    -------
    list of Path
        The files, the catalogue last.

    Raises
    ------
    ParameterError
        If there is no such source.
    CatalogueError
        If what the release shall say of itself is faulty.
    NotBuiltError
        If no area has been analysed for the report year.
    DamagedError
        If what it is made from is not as the steps before left it.
    """
    if layout.source not in SOURCE_NAMES:
        raise ParameterError("source", layout.source, SOURCE_NAMES)
    if not any(layout.analysis(area.id).is_dir() for area in AREAS):
        raise NotBuiltError(
            f"the analysis of {layout.year}", f"lagesbild analyse --source {layout.source} --year {layout.year}"
        )
    check_underlag(layout)
    for area in AREAS:
        check_analysis(layout, area.id)
        check_notebooks(layout, area.id)
    writer = Writer(layout=layout, statement=release_statement(layout.source, layout.year))
    national: list[Dataset] = [*write_figures(writer), *(writer.table(table) for table in tables_of(layout))]
    own = write_kommuner(writer, kommuner())
    described: list[Written] = [
        *package_of(writer, "data", "indikatorer, jämförelser, trender och register", national),
        *package_of(writer, "kommuner", "varje kommuns resultat", own, references=False),
        write_catalogue(writer, [*national, *own]),
    ]
    files = [one for dataset in (*national, *own) for one in dataset.files]
    _remove_others(layout, {layout.release / one.path for one in (*files, *described)})
    products = [*_notebooks(layout), *(layout.release / one.path for one in (*files, *described))]
    write_sums(layout.product_sums("data"), products, layout.root)
    return products


def _remove_others(layout: Layout, written: set[Path]) -> None:
    """Remove files of an earlier time: of indicators that are no longer in the catalogue, or years that have left."""
    for path in sorted((layout.release / "data").rglob("*")):
        if path.is_file() and path not in written:
            path.unlink()


def _notebooks(layout: Layout) -> list[Path]:
    """Copy the executed notebooks into the release: they are the evidence of the figures."""
    files = []
    for area in AREAS:
        for year in layout.years:
            for step in STEPS:
                source = layout.executed(area.id, year) / f"{step}.ipynb"
                if source.is_file():
                    target = layout.release / "notebooks" / area.id / str(year) / source.name
                    write_atomic(target, source.read_bytes())
                    files.append(target)
    return files

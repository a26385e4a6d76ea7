"""What ``lagesbild quality`` prints: grades by area, and the indicators with the worst data."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from rich.table import Column, Table

from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.load import load_catalogue
from lagesbild.methods.quality_findings import each
from lagesbild.methods.quality_grade import GRADES
from lagesbild.presentation.quality_words import grade_text
from lagesbild.publishing.analysis_io import open_run
from lagesbild.publishing.assessment import assess_run
from lagesbild.publishing.layout import Layout


def graded_areas(layout: Layout, areas: Sequence[str]) -> pd.DataFrame:
    """Return the grades of the areas' indicators in the report year, from the released rows.

    Returns
    -------
    DataFrame
        ``kvalitet.parquet``'s columns and ``area``; indicators that were to be measured alone.

    Raises
    ------
    ParameterError
        If there is no such area, or the source has nothing of the year.
    NotBuiltError
        If nothing of the source has been imported yet.
    """
    frames = []
    for name in areas:
        run = open_run("kvalitetssakring", area=name, year=layout.year, source=layout.source, root=str(layout.root))
        grades = assess_run(run).grades
        frames.append(grades[grades["n_kommuner_expected"] > 0].assign(area=run.area.id))
    return pd.concat(frames, ignore_index=True)


def grades_table(grades: pd.DataFrame) -> Table:
    """Return the number of indicators with each grade, by area; the last column has no results to grade."""
    names = {str(name): area_called(str(name)).name for name in grades["area"].unique()}
    # In a narrow terminal an area's name goes on below, between words; cut short, nobody would know which it is.
    longest = max((len(word) for name in names.values() for word in name.split()), default=0)
    first = Column("Område", overflow="fold", min_width=longest)
    table = Table(first, *(grade_text(grade) for grade in GRADES), "inga resultat")
    for name, part in grades.groupby("area", sort=False):
        counts = part["grade"].value_counts()
        table.add_row(names[str(name)], *(str(counts.get(grade, 0)) for grade in (*GRADES, "")))
    counts = grades["grade"].value_counts()
    table.add_row("Alla områden", *(str(counts.get(grade, 0)) for grade in (*GRADES, "")), style="bold")
    return table


def worst_lines(grades: pd.DataFrame, count: int) -> list[str]:
    """Return a paragraph for each of the indicators with the worst data, the worst first."""
    catalogue = load_catalogue()
    known = grades[grades["grade"] != ""]
    order = known.sort_values(["grade", "points", "indicator"], ascending=[False, False, True]).head(count)
    lines = []
    for place, row in enumerate(each(order), start=1):
        indicator = catalogue.by_id(row.indicator)
        kpi = f", Kolada {indicator.kolada}" if indicator.kolada else ""
        lines.append(f"{place}. {grade_text(row.grade)}: {indicator.title} ({indicator.id}{kpi})")
        lines.append(f"   {row.reasons or 'Inga skäl.'}")
    return lines

"""The critical review of the indicators: a document per area, and the clearest cases of all."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.plan import burden
from lagesbild.catalogue.review import read_review
from lagesbild.catalogue.review_rules import load_review_rules
from lagesbild.methods.review import ReviewResult, review
from lagesbild.methods.review_figures import review_figures
from lagesbild.presentation.review import ReviewDocument, ground_text
from lagesbild.presentation.review_page import cases_table
from lagesbild.publishing.analysis_digests import analysis_digests
from lagesbild.publishing.area_reports import AreaDocument
from lagesbild.publishing.layout import SOURCE_NAMES, Layout
from lagesbild.publishing.release_metadata import common_metadata, layout_of

_COMPARED = ["indicator", "year", "region", "sex", "value", "answer", "status"]
_GRADED = ["indicator", "year", "grade", "checks"]


def review_metadata(layout: Layout, area: Area) -> dict[str, object]:
    """Return the front matter of an area's review."""
    return {
        "title": f"{area.name}: översyn av indikatorerna {layout.year}",
        "subtitle": "Vilka indikatorer är till nytta, och vilka kan mätas mer sällan, ersättas eller tas bort?",
        **common_metadata(layout),
    }


REVIEWS = AreaDocument(
    kind="översyn",
    title="Översyn",
    document="reports/oversyn/oversyn.qmd",
    metadata=review_metadata,
    folder="oversyn",
    pdf="granskning/oversyn-{area}.pdf",
    is_page=True,
)


def review_of(layout: Layout, areas: Sequence[str]) -> ReviewResult:
    """Return the review of some areas from the frames of the window.

    Raises
    ------
    NotBuiltError
        If one of the areas has not been analysed for the report year.
    """
    indicators = [one for name in areas for one in load_catalogue().in_area(name)]
    rules = load_review_rules()
    figures = review_figures(
        _frames(layout, "jamforelser", areas, _COMPARED),
        _frames(layout, "kvalitet", areas, _GRADED),
        indicators=indicators,
        level=rules.level,
    )
    return review(figures, indicators=indicators, rules=rules, year=layout.year)


def _frames(layout: Layout, step: str, areas: Sequence[str], columns: list[str]) -> pd.DataFrame:
    """Return some columns of a step's frames of the window."""
    analysis_digests(layout, areas)  # refuses an area that has not been analysed
    frames = []
    for area in areas:
        for year in layout.years:
            path = layout.analysis(area, year) / f"{step}.parquet"
            if path.is_file():
                frames.append(pd.read_parquet(path, columns=columns))
    return pd.concat(frames, ignore_index=True)


def review_document(*, area: str, year: int | str, source: str) -> ReviewDocument:
    """Return the review of one area for its document.

    Raises
    ------
    ParameterError, NotBuiltError
        For an unknown area, year or source, or an area without analysis.
    """
    layout = layout_of(source, year)
    about = area_called(area)
    indicators = load_catalogue().in_area(about.id)
    questions: dict[int, int] = {}
    for row in burden(indicators, layout.years):
        questions[row.year] = questions.get(row.year, 0) + row.questions
    return ReviewDocument(
        area=about,
        year=layout.year,
        source=SOURCE_NAMES[source],
        result=review_of(layout, [about.id]),
        rules=load_review_rules(),
        past=read_review(),
        questions=questions,
    )


def clearest_lines(layout: Layout, areas: Sequence[str], number: int) -> list[str]:
    """Return the clearest cases of some areas, a line each, and a line for each ground."""
    result = review_of(layout, areas)
    reviewed, unmeasured = len(result.reviewed), len(result.unmeasured)
    lines = [f"{len(result.cases)} of {reviewed} indicators have a ground; {unmeasured} have no recent figures"]
    for place, case in enumerate(result.cases[:number], start=1):
        done = " (gäller redan)" if case.done(layout.year) else ""
        head = f"{place}. {case.indicator.id} [{case.clearness:.2f}] {case.indicator.title}"
        lines += [head, f"   Förslag: {case.proposal.text}{done}"]
        lines += [f"   - {one.rule.namn}: {ground_text(one)}" for one in case.grounds]
    return lines


def clearest_table(*, area: str, year: int | str, source: str, number: int = 3) -> str:
    """Return an area's clearest cases as a table, with their source; for the method page."""
    cases = review_of(layout_of(source, year), [area_called(area).id]).cases[:number]
    return f"{cases_table(cases)}\nKälla: {SOURCE_NAMES[source]}. Område: {area_called(area).name}.\n"

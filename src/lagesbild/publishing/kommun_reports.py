"""The reports of the kommuner."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild.catalogue.regions import kommun as kommun_called
from lagesbild.catalogue.regions import kommuner
from lagesbild.errors import NotBuiltError
from lagesbild.files import sha256
from lagesbild.publishing.batch import BatchResult
from lagesbild.publishing.documents import kommun_metadata
from lagesbild.publishing.indexes import write_indexes
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.reports import Report, make_reports
from lagesbild.publishing.similar_kommuner import similar_path

DOCUMENT = "reports/kommunrapport/kommunrapport.qmd"


def make_kommun_reports(
    layout: Layout,
    chosen: Sequence[str] | None = None,
    *,
    cores: int = 1,
    engine: str | None = None,
    index: bool = False,
) -> BatchResult:
    """Make the reports of some kommuner, or of all 290.

    Parameters
    ----------
    layout
        Where things are.
    chosen
        Codes or names.
    cores, engine
        See `make_reports`.
    index
        Whether the reports show the composite index (`lagesbild.publishing.indexes`).

    Raises
    ------
    ParameterError
        For an unknown kommun; suggests the nearest.
    NotBuiltError
        If the underlag, or with the index an area's analysis, has not been made.
    """
    asked = {"index": True} if index else {}
    more = {path.relative_to(layout.root).as_posix(): sha256(path) for path in write_indexes(layout)} if index else {}
    similar = similar_path(layout)
    if similar.is_file():
        more[similar.relative_to(layout.root).as_posix()] = sha256(similar)
    wanted = [kommun_called(name) for name in chosen] if chosen else list(kommuner())
    reports = []
    for kommun in wanted:
        underlag = layout.underlag / f"{kommun.kod}.parquet"
        if not underlag.is_file():
            raise NotBuiltError(
                f"the underlag of {kommun.namn} for {layout.year}",
                f"lagesbild underlag --source {layout.source} --year {layout.year}",
            )
        reports.append(
            Report(
                name=kommun.slug,
                kind="kommunrapport",
                document=DOCUMENT,
                parameters={"kommun": kommun.kod, "year": layout.year, "source": layout.source, **asked},
                metadata=kommun_metadata(layout, kommun),
                inputs={underlag.relative_to(layout.root).as_posix(): sha256(underlag), **more},
                pdf=layout.kommun_folder(kommun.slug) / "kommunrapport.pdf",
                twin=layout.twins / "kommuner" / kommun.slug / "index.ipynb",
                record=layout.records / "kommuner" / f"{kommun.slug}.json",
            )
        )
    return make_reports(layout, reports, title="Kommunrapporter", cores=cores, engine=engine)

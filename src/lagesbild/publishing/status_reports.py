"""The three national lägesrapporter."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild.catalogue.areas import STATUS_REPORTS, status_report
from lagesbild.errors import NotBuiltError
from lagesbild.files import sha256
from lagesbild.publishing.batch import BatchResult
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.release_metadata import status_metadata
from lagesbild.publishing.reports import Report, make_reports

DOCUMENT = "reports/lagesrapport/lagesrapport.qmd"


def make_status_reports(
    layout: Layout, chosen: Sequence[str] | None = None, *, cores: int = 1, engine: str | None = None
) -> BatchResult:
    """Make some lägesrapporter, or all three.

    Raises
    ------
    ParameterError
        For an unknown lägesrapport; suggests the nearest.
    NotBuiltError
        If one of its areas has not been analysed.
    """
    reports = []
    for about in [status_report(name) for name in chosen] if chosen else STATUS_REPORTS:
        inputs = {}
        for area in about.areas:
            digest = layout.analysis(area.id).parent / f"{area.id}.digest"
            if not digest.is_file():
                raise NotBuiltError(
                    f"the analysis of {area.id} {layout.year}",
                    f"lagesbild analyse --source {layout.source} --year {layout.year} --area {area.id}",
                )
            inputs[digest.relative_to(layout.root).as_posix()] = sha256(digest)
        reports.append(
            Report(
                name=about.id,
                kind="lägesrapport",
                document=DOCUMENT,
                parameters={"report": about.id, "year": layout.year, "source": layout.source},
                metadata=status_metadata(layout, about),
                inputs=inputs,
                pdf=layout.release / "lagesrapporter" / f"{about.id}.pdf",
                docx=layout.release / "lagesrapporter" / f"{about.id}.docx",
                twin=layout.twins / "lagesrapporter" / about.id / "index.ipynb",
                page=layout.pages / "lagesrapporter" / about.id / "index.html",
                record=layout.records / "lagesrapporter" / f"{about.id}.json",
            )
        )
    return make_reports(layout, reports, title="Lägesrapporter", cores=cores, engine=engine)

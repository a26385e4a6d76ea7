"""The three national lägesrapporter."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild.catalogue.areas import STATUS_REPORTS, status_report
from lagesbild.publishing.analysis_digests import analysis_digests
from lagesbild.publishing.batch import BatchResult
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.prose_files import prose_inputs, prose_paths
from lagesbild.publishing.release_metadata import status_metadata
from lagesbild.publishing.reports import Report, make_reports

DOCUMENT = "reports/lagesrapport/lagesrapport.qmd"


def make_status_reports(
    layout: Layout,
    chosen: Sequence[str] | None = None,
    *,
    cores: int = 1,
    engine: str | None = None,
    draft: bool = False,
) -> BatchResult:
    """Make some lägesrapporter, or all three.

    Parameters
    ----------
    layout
        Where things are.
    chosen
        Ids of lägesrapporter; all three where not given.
    cores, engine
        See `make_reports`.
    draft
        Whether what does not hold in the analysts' prose is marked in the document. Drafts are no part of the release:
        they land in ``utkast`` of the year's work folder.

    Raises
    ------
    ParameterError
        For an unknown lägesrapport; suggests the nearest.
    NotBuiltError
        If one of its areas has not been analysed.
    ProseError
        If the analysts' prose does not hold, and it is no draft; all faults of all its files at once.
    """
    reports = []
    folder = layout.yearly / "utkast" if draft else layout.release / "lagesrapporter"
    abouts = [status_report(name) for name in chosen] if chosen else list(STATUS_REPORTS)
    if not draft and any(prose_paths(layout, about) for about in abouts):
        from lagesbild.publishing.prose import release_prose  # noqa: PLC0415 - only where there is prose

        release_prose(layout, abouts).check()
    for about in abouts:
        inputs = {**prose_inputs(layout, about), **analysis_digests(layout, [area.id for area in about.areas])}
        reports.append(
            Report(
                name=about.id,
                kind="lägesrapport",
                document=DOCUMENT,
                parameters={
                    "report": about.id,
                    "year": layout.year,
                    "source": layout.source,
                    **({"utkast": "ja"} if draft else {}),
                },
                metadata=status_metadata(layout, about, draft=draft),
                inputs=inputs,
                pdf=folder / f"{about.id}.pdf",
                docx=folder / f"{about.id}.docx",
                twin=(layout.variants / "utkast" if draft else layout.twins)
                / "lagesrapporter"
                / about.id
                / "index.ipynb",
                page=None if draft else layout.pages / "lagesrapporter" / about.id / "index.html",
                record=layout.records / f"lagesrapporter{'-utkast' if draft else ''}" / f"{about.id}.json",
            )
        )
    return make_reports(layout, reports, title="Lägesrapporter", cores=cores, engine=engine)

"""The reports of the kommuner."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lagesbild.files import sha256
from lagesbild.publishing.batch import BatchResult
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.own_data import chosen_kommuner, own_data
from lagesbild.publishing.report_variants import FULL, Variant
from lagesbild.publishing.reports import Report, make_reports

DOCUMENT = "reports/kommunrapport/kommunrapport.qmd"


def make_kommun_reports(
    layout: Layout,
    chosen: Sequence[str] | None = None,
    *,
    cores: int = 1,
    engine: str | None = None,
    scheduler: str | None = None,
    index: bool = False,
    variant: Variant = FULL,
) -> BatchResult:
    """Make the reports of some kommuner, or of all 290.

    Parameters
    ----------
    layout
        Where things are.
    chosen
        Codes or names.
    cores, engine, scheduler
        See `make_reports`.
    index
        Whether the reports show the composite index (`lagesbild.publishing.indexes`).
    variant
        Which form of the report; each has files of its own, so that none takes another's place.

    Raises
    ------
    ParameterError
        For an unknown kommun; suggests the nearest.
    NotBuiltError
        If the underlag, or with the index an area's analysis, has not been made.
    """
    reports = kommun_reports(layout, chosen, index=index, variant=variant)
    return make_reports(layout, reports, title="Kommunrapporter", cores=cores, engine=engine, scheduler=scheduler)


def kommun_reports(
    layout: Layout, chosen: Sequence[str] | None = None, *, index: bool = False, variant: Variant = FULL
) -> list[Report]:
    """Return the reports of some kommuner, or of all 290, to make; see `make_kommun_reports`."""
    asked = {"index": True} if index else {}
    more = _indexes(layout) if index else {}
    reports = []
    for kommun in chosen_kommuner(layout, chosen):
        reports.append(
            Report(
                name=f"{kommun.slug}{variant.suffix}",
                kind="kommunrapport",
                document=DOCUMENT,
                parameters={
                    "kommun": kommun.kod,
                    "year": layout.year,
                    "source": layout.source,
                    **asked,
                    **variant.parameters,
                },
                metadata=variant.metadata(layout, kommun.namn),
                inputs={**own_data(layout, kommun.kod), **more},
                pdf=layout.kommun_folder(kommun.slug) / f"kommunrapport{variant.suffix}.pdf",
                twin=_twin(layout, kommun.slug, variant),
                page=layout.pages / "kommuner" / kommun.slug / "index.html" if variant == FULL else None,
                record=layout.records / "kommuner" / f"{kommun.slug}{variant.suffix}.json",
            )
        )
    return reports


def _indexes(layout: Layout) -> dict[str, str]:
    """Write the composite indexes and return name and SHA-256 of their files."""
    from lagesbild.publishing.indexes import write_indexes  # noqa: PLC0415 - slow to import, and seldom asked for

    return {path.relative_to(layout.root).as_posix(): sha256(path) for path in write_indexes(layout)}


def _twin(layout: Layout, slug: str, variant: Variant) -> Path:
    """Return where the executed notebook lands: that of the full report is a page of the website, no other is."""
    if variant == FULL:
        return layout.twins / "kommuner" / slug / "index.ipynb"
    return layout.variants / "kommuner" / slug / f"kommunrapport{variant.suffix}.ipynb"

"""The website's page of the audit guide: ``/granska/``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lagesbild.publishing.layout import Layout
from lagesbild.publishing.site_page import plain_page
from lagesbild.publishing.site_sections import Section

_PAGE = "granska/index.qmd"


def _pages() -> Sequence[str]:
    return [_PAGE]


def _make(layout: Layout, _part: str) -> Mapping[str, str | bytes]:
    from lagesbild.presentation.audit_guide.guide import AuditGuide  # noqa: PLC0415 - only who makes the page counts
    from lagesbild.publishing.audit_guide import GUIDE, guide_figures, guide_metadata  # noqa: PLC0415 - as above

    told = guide_metadata(layout)
    body = f"[Guiden som PDF](../../{GUIDE})\n\n{AuditGuide(figures=guide_figures(layout)).text()}"
    return {_PAGE: plain_page(layout, str(told["title"]), body, subtitle=told["subtitle"])}


SECTION = Section(name="granskningsguide", pages=_pages, make=_make)

"""Hashes of the analyses that a national document is made from."""

from __future__ import annotations

from collections.abc import Iterable

from lagesbild.errors import NotBuiltError
from lagesbild.files import sha256
from lagesbild.publishing.handed_over import check_analysis
from lagesbild.publishing.layout import Layout


def analysis_digests(layout: Layout, areas: Iterable[str]) -> dict[str, str]:
    """Return the hash of each area's digest of its analysis, by the digest's path below the root.

    Raises
    ------
    NotBuiltError
        If one of the areas has not been analysed for the report year.
    DamagedError
        If an analysis is not as its notebooks left it.
    """
    found = {}
    for area in areas:
        digest = layout.analysis(area).parent / f"{area}.digest"
        if not digest.is_file():
            raise NotBuiltError(
                f"the analysis of {area} {layout.year}",
                f"lagesbild analyse --source {layout.source} --year {layout.year} --area {area}",
            )
        check_analysis(layout, area)
        found[digest.relative_to(layout.root).as_posix()] = sha256(digest)
    return found

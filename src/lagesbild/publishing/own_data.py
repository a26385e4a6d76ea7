"""The files that hold one kommun's data, and whose turn it is; nothing is read here, so that asking costs nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lagesbild.catalogue.regions import Kommun, kommuner
from lagesbild.catalogue.regions import kommun as kommun_called
from lagesbild.errors import NotBuiltError
from lagesbild.files import sha256
from lagesbild.publishing.handed_over import check_underlag
from lagesbild.publishing.layout import Layout


def chosen_kommuner(layout: Layout, chosen: Sequence[str] | None) -> list[Kommun]:
    """Return the kommuner of those codes or names, or all 290; each has its underlag.

    Raises
    ------
    ParameterError
        For an unknown kommun; suggests the nearest.
    NotBuiltError
        If the underlag of one has not been made.
    """
    wanted = [kommun_called(name) for name in chosen] if chosen else list(kommuner())
    for kommun in wanted:
        underlag_file(layout, kommun.kod)
    return wanted


def underlag_file(layout: Layout, kod: str) -> Path:
    """Return the file of one kommun's underlag.

    Raises
    ------
    NotBuiltError
        If it has not been made.
    """
    path = layout.underlag_of(kod)
    if not path.is_file():
        raise NotBuiltError(
            f"the underlag of {kommun_called(kod).namn} for {layout.year}",
            f"lagesbild underlag --source {layout.source} --year {layout.year}",
        )
    return path


def own_data(layout: Layout, kod: str) -> dict[str, str]:
    """Return name and SHA-256 of the data that one kommun's report reads.

    Raises
    ------
    DamagedError
        If a file is not as it was left when the underlag was made.
    """
    files = [
        layout.underlag_of(kod),
        layout.similar(kod),
        layout.additions(kod),
        layout.districts(kod),
    ]
    found = {path.relative_to(layout.root).as_posix(): sha256(path) for path in files if path.is_file()}
    check_underlag(layout, found)
    return found

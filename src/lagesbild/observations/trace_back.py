"""From a released observation back to the raw cells that it was read from."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.raw_place import ObservationKey, RawPlace


def places_of(
    key: ObservationKey,
    folder: Path,
    source: str,
    *,
    shown: Collection[str],
    catalogue: Catalogue,
    work: Path | None = None,
) -> list[RawPlace]:
    """Return the raw cells of one observation, that of the figure itself first.

    Parameters
    ----------
    key
        The observation. Nothing is computed from several observations at import: a share of units or a median of
        kommuner is formed behind the gate, and each observation in it has its own way back.
    folder
        The folder of raw files that was imported.
    source
        The released row's own `source`, which says whose reader read it and from which file: ``kolada``,
        ``socialstyrelsen:<file stem>`` or ``egen:<file stem>``.
    shown
        What of the row is released (`raw_place.shown_fields`): of other fields the place is told, but no text.
    catalogue
        The indicators.
    work
        The source's work folder: its list of raw files tells whether a file is still the one that was imported, its
        ``store/kolada`` what an earlier dump brought where the folder's own holds changes only.

    Returns
    -------
    list
        One place for each field that has a cell of its own (see `RawPlace`). The same reader that imported the file
        reads it again, with places.

    Raises
    ------
    InputError
        If the file is not there, is not the one that was imported any more, or does not hold the observation.
    """
    raise NotImplementedError

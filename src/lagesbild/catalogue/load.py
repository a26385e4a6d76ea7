"""The catalogue: every indicator of the ten areas, read once from the reviewed files."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.entries import Entry, catalogue_faults
from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.lifecycle import LifecycleState
from lagesbild.catalogue.resources import catalogue_folder
from lagesbild.catalogue.schema import read_area_file
from lagesbild.errors import CatalogueError, Fault, ParameterError

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Catalogue:
    """All indicators, in the order of the areas and, within an area, of its file."""

    indicators: tuple[Indicator, ...]

    def by_id(self, indicator_id: str) -> Indicator:
        """Return the indicator with this id.

        Raises
        ------
        ParameterError
            If there is none; the message suggests the nearest.
        """
        for indicator in self.indicators:
            if indicator.id == indicator_id:
                return indicator
        raise ParameterError("indicator", indicator_id, [indicator.id for indicator in self.indicators])

    def in_area(self, area_id: str) -> tuple[Indicator, ...]:
        """Return the indicators of one area, in the order of its file.

        Raises
        ------
        ParameterError
            If there is no such area.
        """
        wanted = area_called(area_id).id
        return tuple(indicator for indicator in self.indicators if indicator.area == wanted)

    def by_kolada(self, kpi: str) -> Indicator | None:
        """Return the indicator whose figures are this KPI in Kolada, or None."""
        return next((indicator for indicator in self.indicators if indicator.kolada == kpi), None)

    def frame(self) -> pd.DataFrame:
        """Return the catalogue as a table, one row per indicator.

        Columns are the fields of `Indicator`; levels, codes, criteria, goals and tags are joined by semicolons.
        The latest event of the lifecycle is spread over ``lifecycle_state``, ``lifecycle_year``,
        ``lifecycle_reason``, ``lifecycle_successor`` and ``lifecycle_source``; ``lifecycle`` holds the years and
        states of all of them.
        Years and counts are nullable whole numbers (``Int64``), by_sex is bool, the rest is text.
        """
        import pandas as pd  # noqa: PLC0415 - slow to import, and few who ask for an indicator need it

        frame = pd.DataFrame([_flat(indicator) for indicator in self.indicators], columns=_COLUMNS)
        return frame.astype({name: _DTYPES.get(name, "str") for name in _COLUMNS})


_EVENT_FIELDS = ("state", "year", "reason", "successor", "source")
_COLUMNS = [f.name for f in fields(Indicator)] + [f"lifecycle_{name}" for name in _EVENT_FIELDS]
_LISTS = ("levels", "criteria_unmet", "agenda_2030", "tags")
_WHOLE_NUMBERS = (
    "frequency",
    "phase",
    "yearly_until",
    "first_year",
    "last_year",
    "threshold",
    "model",
    "questions",
    "lifecycle_year",
)
_DTYPES: dict[str, Any] = dict.fromkeys(_WHOLE_NUMBERS, "Int64") | {"by_sex": "bool"}


def _flat(indicator: Indicator) -> dict[str, Any]:
    """Return the fields of an indicator as scalars."""
    row = asdict(indicator)
    last = row["lifecycle"][-1] if row["lifecycle"] else {"state": LifecycleState.AKTIV}
    row |= {f"lifecycle_{name}": last.get(name) for name in _EVENT_FIELDS}
    row["lifecycle"] = ";".join(f"{event.year} {event.state}" for event in indicator.lifecycle)
    row |= {name: ";".join(str(item) for item in row[name]) for name in _LISTS}
    row["kolada_codes"] = ";".join(f"{code}={answer}" for code, answer in indicator.kolada_codes.items())
    return {name: value.value if isinstance(value, StrEnum) else value for name, value in row.items()}


def load_catalogue(folder: Path | None = None) -> Catalogue:
    """Read the catalogue's files.

    Parameters
    ----------
    folder
        The folder with one ``<area>.yml`` per area; the project's own where left out. A folder with the files
        of some areas is read as a catalogue of those areas. Each folder is read once per process.

    Raises
    ------
    CatalogueError
        If any file breaks the schema; every fault of every file is listed with file and line.
    """
    return _read((folder or catalogue_folder()).resolve())


@lru_cache(maxsize=8)
def _read(folder: Path) -> Catalogue:
    """Read a folder of area files once per process."""
    entries, faults = read_folder(folder)
    if faults:
        raise CatalogueError("the catalogue was refused", faults)
    return Catalogue(tuple(entry.indicator for entry in entries))


def read_folder(folder: Path) -> tuple[list[Entry], list[Fault]]:
    """Read the area files of a folder.

    Returns
    -------
    tuple
        The indicators that are right in themselves with their lines, and every fault of every file.
    """
    paths = sorted(folder.glob("*.yml"), key=_area_order)
    if not paths:
        expected = "aldreomsorg.yml and so on"
        return [], [Fault(what="the folder holds no area files", file=folder.name, expected=expected)]
    entries: list[Entry] = []
    faults: list[Fault] = []
    for path in paths:
        found, wrong = read_area_file(path)
        entries += found
        faults += wrong
    return entries, [*faults, *catalogue_faults(entries)]


def _area_order(path: Path) -> tuple[int, str]:
    """Return a sort key that puts files in the order of the areas, unknown ones last."""
    return (AREA_IDS.index(path.stem) if path.stem in AREA_IDS else len(AREA_IDS), path.name)

"""The reviewed tables behind the synthetic figures: levels and target groups.

``data/demo/levels.csv`` says where an indicator lies, how kommuner spread and how it drifts;
``data/demo/target_groups.csv`` how many persons it is about, and who answers. Each row has a note on where
its numbers come from. Rows are tried from the top; the first whose pattern and scale fit is used.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.resources import project_root
from lagesbild.errors import CatalogueError, Fault

_LEVEL_COLUMNS = ("pattern", "scale", "level", "spread", "drift", "note_source")
_TARGET_COLUMNS = ("pattern", "per_1000", "women_percent", "response_percent", "note_source")


@dataclass(frozen=True, kw_only=True)
class LevelRow:
    """Where indicators lie, in the indicator's own unit (answers: percent of kommuner that say ja).

    Parameters
    ----------
    pattern, scale
        Which indicators: ids by shell pattern, and the scale's name (``*`` for any).
    level
        National mean in 2020.
    spread
        Standard deviation between kommuner.
    drift
        Change of the national mean per year.
    """

    pattern: str
    scale: str
    level: float
    spread: float
    drift: float


@dataclass(frozen=True, kw_only=True)
class TargetRow:
    """Whom indicators are about.

    Parameters
    ----------
    pattern
        Which indicators: ids by shell pattern.
    per_1000
        Persons (or households) in the target group per 1 000 inhabitants.
    women_percent
        Percent of them who are women or girls.
    response_percent
        Percent who answer when they are asked in a user survey.
    """

    pattern: str
    per_1000: float
    women_percent: float
    response_percent: float


@dataclass(frozen=True, kw_only=True)
class Assumptions:
    """Both tables."""

    levels: tuple[LevelRow, ...]
    targets: tuple[TargetRow, ...]

    def level(self, indicator: Indicator) -> LevelRow:
        """Return the first row of levels that fits.

        Raises
        ------
        CatalogueError
            If no row fits.
        """
        for row in self.levels:
            if row.scale in ("*", indicator.scale.value) and fnmatchcase(indicator.id, row.pattern):
                return row
        raise _no_row("levels.csv", indicator)

    def target(self, indicator: Indicator) -> TargetRow:
        """Return the first row of target groups that fits.

        Raises
        ------
        CatalogueError
            If no row fits.
        """
        for row in self.targets:
            if fnmatchcase(indicator.id, row.pattern):
                return row
        raise _no_row("target_groups.csv", indicator)


def load_assumptions(folder: Path | None = None) -> Assumptions:
    """Read both tables from `folder` (default: the project's ``data/demo``).

    Raises
    ------
    CatalogueError
        If a column is missing or a cell that must be a number is none; all faults are listed.
    """
    folder = folder or project_root() / "data" / "demo"
    faults: list[Fault] = []
    levels = tuple(
        LevelRow(
            pattern=row["pattern"],
            scale=row["scale"],
            level=_number(row, "level", file, line, faults),
            spread=_number(row, "spread", file, line, faults),
            drift=_number(row, "drift", file, line, faults),
        )
        for file, line, row in _rows(folder / "levels.csv", _LEVEL_COLUMNS, faults)
    )
    targets = tuple(
        TargetRow(
            pattern=row["pattern"],
            per_1000=_number(row, "per_1000", file, line, faults),
            women_percent=_number(row, "women_percent", file, line, faults),
            response_percent=_number(row, "response_percent", file, line, faults),
        )
        for file, line, row in _rows(folder / "target_groups.csv", _TARGET_COLUMNS, faults)
    )
    if faults:
        raise CatalogueError("tables of the synthetic data refused", faults)
    return Assumptions(levels=levels, targets=targets)


def _rows(path: Path, columns: tuple[str, ...], faults: list[Fault]) -> Iterator[tuple[str, int, dict[str, str]]]:
    """Yield file name, line number and cells of each row; a missing column is a fault and yields nothing."""
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        missing = [name for name in columns if name not in (reader.fieldnames or ())]
        if missing:
            faults.extend(
                Fault(what=f"column {name} is missing", file=path.name, row=1, action="Add the column")
                for name in missing
            )
            return
        for row in reader:
            yield path.name, reader.line_num, row


def _number(row: dict[str, str], column: str, file: str, line: int, faults: list[Fault]) -> float:
    """Return the cell as a number; what is none becomes a fault."""
    try:
        return float(row[column])
    except (TypeError, ValueError):
        faults.append(
            Fault(what=f"{row[column]!r} is no number", file=file, row=line, column=column, expected="a number")
        )
        return 0.0


def _no_row(file: str, indicator: Indicator) -> CatalogueError:
    fault = Fault(
        what=f"no row fits scale {indicator.scale.value}",
        file=file,
        indicator=indicator.id,
        action="Add a row with a pattern that fits",
    )
    return CatalogueError("tables of the synthetic data lack a row", [fault])

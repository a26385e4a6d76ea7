"""tau-ARGUS (pytauargus) on a system of sums: optimal suppression and its audit.

The package's own way in (`protect`, `run_batch`) takes hierarchical tables, drops cells of zero and wants rows
that add up. Here a zero may be what must be protected and sums needn't add up, so the same native solver and the
same audit that `Engine` calls are given the system of sums itself, in tau-ARGUS's "JJ" format: cells with their
bounds and protection levels, then one line a sum.

The solver writes logs into the current folder, so it always runs inside a private one, which is removed
whatever happens. It can crash its process (it does on a folder that isn't there); then the import fails, and
nothing has been released.

Source: Fischetti and Salazar, Solving the cell suppression problem on tabular data with linear constraints,
Management Science 47 (2001); de Wolf et al., tau-ARGUS User's Manual, section 4.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pytauargus import HiTaSCtrl
from pytauargus.engine import audit_jj

#: Minutes that one call of the solver may take; what it then hasn't solved is withheld in a coarser way, and the answer
#: would depend on the machine. The slowest call on the demo takes about a second.
MINUTES = 10


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One count in a system of sums.

    Parameters
    ----------
    value
        The count.
    cost
        What withholding it costs.
    withheld
        Whether it is withheld already.
    wide
        How far above its value a withheld count must be possible; 0 where it needs no protection.
    """

    value: float
    cost: int
    withheld: bool
    wide: float = 0.0


Terms = Sequence[tuple[int, int]]  # the number of a cell and its factor, 1 or -1


@contextmanager
def private_folder() -> Iterator[Path]:
    """Work in a folder that only this user may read and that is gone afterwards, also after an error."""
    before = Path.cwd()
    with TemporaryDirectory(prefix="gate-") as name:
        os.chdir(name)
        try:
            yield Path(name)
        finally:
            os.chdir(before)


def audit(cells: Sequence[Cell], sums: Sequence[tuple[float, Terms]], folder: Path) -> dict[int, tuple[float, float]]:
    """Return the smallest and the largest possible count of each withheld cell.

    Parameters
    ----------
    cells
        All withheld cells of a system; what is published is in the sums' constants.
    sums
        Constant and terms of each.
    folder
        A private one.
    """
    path = folder / "audit.jj"
    _write(path, cells, sums)
    return {found["cell"]: (found["min"], found["max"]) for found in audit_jj(_from_here(path))}


def suppress(cells: Sequence[Cell], sums: Sequence[tuple[float, Terms]], folder: Path) -> list[int] | None:
    """Return which further cells to withhold at the lowest cost; None where there is no answer in time.

    Parameters
    ----------
    cells, sums
        As for `audit`, and published cells that may be withheld.
    folder
        A private one, and the current one.
    """
    path, out = folder / "suppress.jj", folder / "suppress.out"
    out.unlink(missing_ok=True)
    _write(path, cells, sums)
    if (
        HiTaSCtrl().full_jj(in_file_jj=_from_here(path), out_file=_from_here(out), max_time=MINUTES) != 0
        or not out.exists()
    ):
        return None
    chosen = sorted({int(number) for number in out.read_text(encoding="utf-8").split()})
    return [number for number in chosen if not cells[number].withheld]


def _from_here(path: Path) -> str:
    """Return a file's name from the current folder: the solver takes no path with letters that the locale lacks."""
    return os.path.relpath(path)


def _write(path: Path, cells: Sequence[Cell], sums: Sequence[tuple[float, Terms]]) -> None:
    """Write a system in tau-ARGUS's JJ format."""
    highest = 1000.0 + 4 * max((cell.value for cell in cells), default=0.0)
    lines = ["0", str(len(cells))]
    for number, cell in enumerate(cells):
        status = "u" if cell.withheld else "s"
        lines.append(f"{number} {cell.value:.9g} {cell.cost} {status} 0 {highest:.9g} 0 {cell.wide:.9g} 0")
    lines.append(str(len(sums)))
    for constant, terms in sums:
        listed = " ".join(f"{number} ({factor})" for number, factor in terms)
        lines.append(f"{constant:.9g} {len(terms)} : {listed}")
    # A file that is written over is put on the disk at once; a new one never gets there.
    path.unlink(missing_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")

"""Where a cell stands in the document it came from, for messages."""

from __future__ import annotations

from typing import Any


def cell_place(nb: Any, cell: Any, line_in_cell: int | None = None) -> tuple[str, int | None]:
    """Return file and line of a cell's source, as far as they are known.

    Parameters
    ----------
    nb, cell
        The notebook and one of its cells.
    line_in_cell
        A line within the cell, counted from one.
    """
    place = cell.metadata.get("lagesbild", {})
    file = place.get("file") or nb.metadata.get("lagesbild", {}).get("file") or "notebook"
    line = place.get("line")
    if line is None or place.get("inline"):
        return file, line
    return file, line + (line_in_cell or 1) - 1

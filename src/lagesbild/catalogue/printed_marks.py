"""Marks of a printed table row whose text has lost its columns: what can be read from it for certain.

The text of RiR 2021:17 keeps one blank for every cell, so that a row of marks can be read back into its columns. A
double minus is printed "- -", with a blank inside, and looks like two cells with one minus each; the number of columns
decides, as far as it does. Three rows show that a double minus may also have a blank too many after it. What is not
decided is not guessed.
"""

from __future__ import annotations

#: A blank as it stands in ``data/published``, where it must be seen.
BLANK = "·"
#: A cell that can't be read for certain.
UNREADABLE = "?"
DOUBLE_MINUS = "--"


def readings(printed: str, columns: int) -> frozenset[tuple[str, ...]]:
    """Return every way to read a row's marks as so many cells.

    Parameters
    ----------
    printed
        The row after its name and the blank that ends it, each blank as `BLANK`: a cell is its mark and a blank.
    columns
        How many cells the row has.

    Returns
    -------
    frozenset of tuple
        Cells of "", "+", "++", "-", "--", "*" or "**". Empty where no reading has that many cells, which is so where
        blanks have been lost.
    """
    parts = printed.removesuffix(BLANK).split(BLANK) if printed else []
    # By how many parts are read: the rows of cells that these may be. A row has few cells, so all are kept.
    found: list[set[tuple[str, ...]]] = [{()}, *(set() for _ in parts)]
    for end, part in enumerate(parts, start=1):
        found[end] = {(*row, part) for row in found[end - 1]}
        if parts[max(end - 2, 0) : end] == ["-", "-"]:
            found[end] |= {(*row, DOUBLE_MINUS) for row in found[end - 2]}
        if parts[max(end - 3, 0) : end] == ["-", "-", ""]:
            found[end] |= {(*row, DOUBLE_MINUS) for row in found[end - 3]}
    return frozenset(row for row in found[-1] if len(row) == columns)


def certain(printed: str, columns: int, *, blanks_kept: bool = True) -> tuple[str, ...]:
    """Return the cells of a row, `UNREADABLE` where its readings differ or there is none.

    A row without any mark is empty in every cell, however many blanks it has. Where the text has not kept the blanks
    of empty cells, nothing is read from a row that has marks.

    Examples
    --------
    >>> certain("-·-···++·", 4)
    ('--', '', '', '++')
    >>> certain("-·-·-·", 2)
    ('?', '?')
    """
    if not printed.replace(BLANK, ""):
        return ("",) * columns
    rows = readings(printed, columns) if blanks_kept else frozenset()
    if not rows:
        return (UNREADABLE,) * columns
    return tuple(cells[0] if len(set(cells)) == 1 else UNREADABLE for cells in zip(*rows, strict=True))

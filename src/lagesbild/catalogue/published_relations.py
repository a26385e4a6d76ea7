"""One thing that should agree between figures printed in official reports, and whether it does."""

from __future__ import annotations

from dataclasses import dataclass

#: How far "about" may be from the figure it is about.
_ABOUT = 0.1


@dataclass(frozen=True, kw_only=True)
class Relation:
    """One thing that should agree between published figures.

    Parameters
    ----------
    id, table
        Its name, and the table or statement that it is about.
    what
        What should agree, in one clause.
    stated
        The published figure.
    derived
        What follows from the other published figures.
    low, high
        What `stated` may be, inclusive, for the two to agree.
    """

    id: str
    table: str
    what: str
    stated: float
    derived: float
    low: float
    high: float

    @property
    def holds(self) -> bool:
        """Whether the figures agree."""
        return self.low - 1e-9 <= self.stated <= self.high + 1e-9


def equal(id_: str, table: str, what: str, stated: float, derived: float) -> Relation:
    """Return that a figure is exactly what follows from the others."""
    stated, derived = float(stated), float(derived)  # plain numbers, not those of the frame
    return Relation(id=id_, table=table, what=what, stated=stated, derived=derived, low=derived, high=derived)


def at_most(id_: str, table: str, what: str, stated: float, limit: float) -> Relation:
    """Return that a figure is no more than what the others allow."""
    stated, limit = float(stated), float(limit)
    return Relation(id=id_, table=table, what=what, stated=stated, derived=limit, low=0, high=limit)


def about(id_: str, table: str, what: str, stated: float, derived: float) -> Relation:
    """Return that a figure that print calls "about" or "circa" is within a tenth of what follows from the others."""
    low, high = derived * (1 - _ABOUT), derived * (1 + _ABOUT)
    return Relation(id=id_, table=table, what=what, stated=stated, derived=derived, low=low, high=high)

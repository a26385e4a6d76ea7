"""What stands where in a table: told by the code that makes it, to those who trace a printed number.

Nothing of it is written into a document. A trace makes the document's tables anew while it listens (`recording`), and
gets for each row the observation that it is about, and for each column what was made of that.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import NamedTuple


class Subject(NamedTuple):
    """What a row, or a cell, is about: an indicator's result in a year and region, of women, men or both."""

    indicator: str
    year: int
    region: str
    sex: str = "T"
    level: str = "kommun"


def national(indicator: str, year: int, sex: str = "T") -> Subject:
    """Return riket's result of an indicator."""
    return Subject(indicator, year, "0000", sex, "rike")


#: A row about one thing, or with a subject for each cell; null where a row or cell is about none.
About = Subject | Sequence[Subject | None] | None


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """A table or figure that was made while somebody listened.

    Parameters
    ----------
    label
        Its label in the document.
    text
        It, in Markdown, with its caption.
    facts
        What each column holds: names of `lagesbild.provenance.trace_facts`, with spaces between; empty for other text.
    about
        What each row, or part of a figure, is about; empty where that isn't told.
    made_by
        The function that made it: ``lagesbild.presentation.kommun.result_tables._table``.
    """

    label: str
    text: str
    facts: tuple[str, ...]
    about: tuple[About, ...]
    made_by: str

    def subject(self, row: int, column: int) -> Subject | None:
        """Return what a cell is about; both places are counted from 0."""
        if row >= len(self.about):
            return None
        found = self.about[row]
        return found if found is None or isinstance(found, Subject) else found[column]


#: Modules that draw what others make.
_DRAWING = ("lagesbild.presentation.tables", "lagesbild.presentation.svg")

_LISTENER: ContextVar[list[Recorded] | None] = ContextVar("tables", default=None)


@contextmanager
def recording() -> Iterator[list[Recorded]]:
    """Return the list in which every captioned table ends up that is made in the meantime."""
    found: list[Recorded] = []
    token = _LISTENER.set(found)
    try:
        yield found
    finally:
        _LISTENER.reset(token)


def record(text: str, *, label: str, facts: Sequence[str] = (), about: Sequence[About] = ()) -> None:
    """Tell of a table, where somebody listens; made by the nearest function outside `_DRAWING`."""
    listener = _LISTENER.get()
    if listener is None:
        return
    frame = sys._getframe(1)  # no slower way names the caller's caller
    while frame.f_back is not None and frame.f_globals.get("__name__") in _DRAWING:
        frame = frame.f_back
    made_by = f"{frame.f_globals.get('__name__', '')}.{frame.f_code.co_qualname}"
    listener.append(
        Recorded(label=label, text=text, facts=tuple(facts), about=tuple(about), made_by=made_by),
    )

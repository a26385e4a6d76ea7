"""An indicator's life: active, paused, removed or replaced, each from a year on and for a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise


class LifecycleState(StrEnum):
    """Where an indicator stands in its life."""

    AKTIV = "aktiv"
    PAUSAD = "pausad"
    BORTTAGEN = "borttagen"
    ERSATT_AV = "ersatt_av"


@dataclass(frozen=True, kw_only=True)
class LifecycleEvent:
    """One turn in an indicator's life.

    Parameters
    ----------
    state
        What it becomes; ``aktiv`` after a pause means that it is measured again.
    year
        First year the state holds for.
    reason
        Why, in Swedish, for readers.
    successor
        Id of the indicator that replaces it; with ``ersatt_av`` only.
    source
        Document and table the decision stands in.
    """

    state: LifecycleState
    year: int
    reason: str
    successor: str | None = None
    source: str | None = None


def state_in(events: Sequence[LifecycleEvent], year: int) -> LifecycleState:
    """Return the state that `events` (in year order) leave an indicator in during `year`; active before the first."""
    return next((event.state for event in reversed(events) if event.year <= year), LifecycleState.AKTIV)


def lifecycle_problems(events: Sequence[LifecycleEvent]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a life's events as (what, expected)."""
    for earlier, later in pairwise(events):
        if later.year <= earlier.year:
            yield f"the events {earlier.year} and {later.year} are out of order", "one event a year, the oldest first"
        if earlier.state is LifecycleState.BORTTAGEN and later.state is LifecycleState.PAUSAD:
            yield f"removed in {earlier.year}, paused in {later.year}", "aktiv in between"
    for event in events:
        if (event.state is LifecycleState.ERSATT_AV) is not (event.successor is not None):
            yield f"state {event.state} and successor {event.successor!r}", "a successor with ersatt_av only"

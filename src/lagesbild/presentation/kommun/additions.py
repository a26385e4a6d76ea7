"""What a kommun's report has besides the kommun's own results: its units, others' good results, and comments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class UnitSpread:
    """How the published units of a kommun spread in one indicator.

    Parameters
    ----------
    n
        Units whose results are published.
    hidden
        Units whose results may not be shown.
    lowest, highest
        Among the published.
    chance
        Probability of a spread at least this large if all units were alike; None where it can't be reckoned.
    """

    n: int
    hidden: int
    lowest: float
    highest: float
    chance: float | None


@dataclass(frozen=True, kw_only=True)
class Example:
    """A similar kommun that does well where the kommun does badly.

    Parameters
    ----------
    member
        Its code.
    indicator
        In what.
    value
        Its result; None for an answer, which is then ja.
    """

    member: str
    indicator: str
    value: float | None


@dataclass(frozen=True, kw_only=True)
class Comment:
    """A comment on the kommun's results, or on those of one area.

    Parameters
    ----------
    area
        Id of the area, empty for the whole report.
    author
        Who it is from: "kommunen" or "analytikern".
    text
        Its validated Markdown (`lagesbild.catalogue.comment_text`).
    """

    area: str
    author: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Additions:
    """All of them, of one kommun.

    Parameters
    ----------
    units
        Spread of the units by indicator id.
    examples
        Similar kommuner's good results.
    comments
        The comments.
    """

    units: Mapping[str, UnitSpread] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    comments: tuple[Comment, ...] = ()


def from_json(read: Mapping[str, Any]) -> Additions:
    """Return what `to_json` has made plain."""
    return Additions(
        units={name: UnitSpread(**spread) for name, spread in read["units"].items()},
        examples=tuple(Example(**one) for one in read["examples"]),
        comments=tuple(Comment(**one) for one in read["comments"]),
    )

"""What analysts' prose is made of: blocks of text with inline values, claims and numbers that are fixed.

Nothing in it is code: an inline value and a claim are records of a few options, read by `prose_pieces`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

from lagesbild.catalogue.comment_text import Link
from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.vocabulary import Level, Sex

#: What an option and a mark are called that a person must take away after reading the sentence.
TO_REVIEW = "att-granska"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Whose figure: riket, or one län, kommungrupp or kommun.

    Parameters
    ----------
    level, code
        As in the observation table ("rike" and "0000", "kommungrupp" and "A1").
    name
        For readers.
    """

    level: Level
    code: str
    name: str


RIKET = Place(level=Level.RIKE, code="0000", name="riket")


class Show(StrEnum):
    """What an inline value shows."""

    VARDE = "varde"  # the figure
    SKILLNAD = "skillnad"  # how much it has changed since another year
    ANTAL = "antal"  # how many kommuner stand behind it


@dataclass(frozen=True, kw_only=True)
class Value:
    """An inline value: ``{{< varde ao-hemtjanst-nojdhet riket 2024 >}}``.

    Parameters
    ----------
    line
        Line of the file.
    indicator, place, year, sex
        Whose figure, and when.
    show
        What of it.
    since
        The earlier year of a change; null for others.
    unit
        Whether the unit follows the number.
    review
        Whether it is still marked to be reviewed.
    """

    line: int
    indicator: Indicator
    place: Place
    year: int
    sex: Sex = Sex.TOTAL
    show: Show = Show.VARDE
    since: int | None = None
    unit: bool = True
    review: bool = False


class Says(StrEnum):
    """What a claim says of a figure."""

    RIKTNING = "riktning"  # it has changed (or not) since a year
    JAMFORT = "jamfort"  # it is higher or lower, better or worse, than another
    RANG = "rang"  # it is the highest or lowest of its kind
    OVER = "over"  # it is above a level
    UNDER = "under"  # it is below a level


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A sentence, or part of one, that is held against the figures.

    Parameters
    ----------
    line
        Line of the file.
    pieces
        Its words, with inline values.
    indicator, place, year, sex
        Whose figure; the year is null for the report year.
    says
        Kind of claim.
    way
        "okat", "minskat", "battre", "samre" or "oforandrat"; "hogre", "lagre", "battre" or "samre"; "hogst" or
        "lagst"; empty for a level.
    since
        Year that a change is counted from.
    than
        What it is compared with: another place, or the other sex at the same place.
    level
        The level, in the indicator's unit.
    secured
        Whether it must be more than chance gives.
    review
        Whether it is still marked to be reviewed.
    """

    line: int
    pieces: tuple[Piece, ...]
    indicator: Indicator
    place: Place
    year: int | None
    sex: Sex
    says: Says
    way: str = ""
    since: int | None = None
    than: Place | Sex | None = None
    level: float | None = None
    secured: bool = True
    review: bool = False


@dataclass(frozen=True, kw_only=True)
class Fixed:
    """Words whose number is no figure of ours and needs no check; the reason is the analyst's."""

    text: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Emphasised:
    """Pieces in italics, or in bold where `strong`."""

    pieces: tuple[Piece, ...]
    strong: bool


@dataclass(frozen=True, kw_only=True)
class Broken:
    """What could not be read: a draft shows it as it stands, marked."""

    line: int
    text: str
    what: str


#: A piece of a line.
Piece: TypeAlias = str | Link | Value | Claim | Fixed | Emphasised | Broken


@dataclass(frozen=True, kw_only=True)
class ProseBlock:
    """A heading, paragraph or list; its lines are items for a list and one for others."""

    kind: Literal["heading", "paragraph", "bullets", "numbers"]
    lines: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Prose:
    """One file of prose.

    Parameters
    ----------
    file
        Its path, for messages.
    blocks
        What it holds, in order.
    review
        Whether the whole file is still marked to be reviewed.
    """

    file: str
    blocks: tuple[ProseBlock, ...]
    review: bool = False

    def pieces(self) -> tuple[Piece, ...]:
        """Return all pieces, those within claims and emphasis too."""
        found: list[Piece] = []
        waiting = [piece for block in self.blocks for line in block.lines for piece in line][::-1]
        while waiting:
            piece = waiting.pop()
            found.append(piece)
            if isinstance(piece, Claim | Emphasised):
                waiting += piece.pieces[::-1]
        return tuple(found)

    @property
    def inline_values(self) -> tuple[Value, ...]:
        """The inline values, in order."""
        return tuple(piece for piece in self.pieces() if isinstance(piece, Value))

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims, in order."""
        return tuple(piece for piece in self.pieces() if isinstance(piece, Claim))

"""What the cells of a workbook from Socialstyrelsen say: a number, an answer, a mark, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lagesbild.catalogue.vocabulary import Answer, Status

#: Marks that stand instead of a figure. "Publiceras ej" is printed where over 20 percent of a kommun's units did
#: not answer, or the figure is faulty (Enhetsundersökningen 2016); "-", "." and ".." are Kolada's and SCB's marks.
MARKS = {
    "publiceras ej": Status.BORTFALL,
    "kan ej anges": Status.BORTFALL,
    "-": Status.BORTFALL,
    "–": Status.BORTFALL,
    "−": Status.BORTFALL,
    "ej aktuellt": Status.EJ_TILLAMPLIG,
    ".": Status.EJ_TILLAMPLIG,
    "..": Status.SEKRETESS,
    "…": Status.SEKRETESS,
    "x": Status.SAKNAS,
    "uppgift saknas": Status.SAKNAS,
}
_ANSWERS = {"ja": Answer.JA, "delvis": Answer.DELVIS, "nej": Answer.NEJ}
# Soft hyphens and byte-order marks are invisible; no-break, thin and narrow spaces stand between thousands.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\ufeff\u200b"))
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")
# A personnummer or telephone number, with or without hyphen and spaces; two years ("2014-2016") are shorter.
_LONG_NUMBER = re.compile(r"\d(?:[ +-]{0,2}\d){8,}")
_MAIL = re.compile(r"\S+@\S+")
#: Messages show this many characters of a text.
_SHOWN = 60
_NUMBER = re.compile(r"[-−]?\d+(?:[.,]\d+)?")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell understood: at most one of the first three is set; `bad` holds a text that means nothing."""

    number: float | None = None
    answer: Answer | None = None
    status: Status | None = None
    bad: str | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing stands in the cell, or only spaces."""
        return self.number is None and self.answer is None and self.status is None and self.bad is None


EMPTY = Cell()


def clean(text: object) -> str:
    """Return a cell's text with invisible signs removed and every run of spaces as one space."""
    if text is None:
        return ""
    if isinstance(text, float) and text.is_integer():
        text = int(text)
    return _SPACES.sub(" ", str(text).translate(_INVISIBLE)).strip()


def whole_code(code: str) -> str:
    """Return a region's code with the leading zero that a spreadsheet may have taken away."""
    return code.zfill(len(code) + len(code) % 2)


def shown(text: object) -> str:
    """Return a text as messages may show it: short, and without what may point to a person.

    Numbers of nine digits and more (personnummer, telephone numbers) and addresses of mail are masked.
    """
    whole = masked(text)
    return whole if len(whole) <= _SHOWN else f"{whole[: _SHOWN - 1]}…"


def masked(text: object) -> str:
    """Return a whole text without what may point to a person (see `shown`)."""
    return _MAIL.sub("***", _LONG_NUMBER.sub("***", clean(text)))


def read_cell(raw: object) -> Cell:
    """Return what a cell says.

    Parameters
    ----------
    raw
        What the workbook holds. Numbers may be text, with decimal comma or point and spaces between thousands.
    """
    text = clean(raw)
    if not text:
        return EMPTY
    folded = text.casefold()
    if folded in MARKS:
        return Cell(status=MARKS[folded])
    if folded in _ANSWERS:
        return Cell(answer=_ANSWERS[folded])
    joined = _THOUSANDS.sub("", text)
    if _NUMBER.fullmatch(joined):
        return Cell(number=float(joined.replace(",", ".").replace("−", "-")))
    return Cell(bad=text)


@dataclass(frozen=True, kw_only=True, eq=False)
class CellColumn:
    """The cells of one column as arrays: a null number is NaN, other nulls are None."""

    number: NDArray[np.float64]
    answer: NDArray[np.object_]
    status: NDArray[np.object_]
    bad: NDArray[np.object_]

    @property
    def filled(self) -> NDArray[np.bool_]:
        """Where anything stands in the cell but spaces."""
        return ~np.isnan(self.number) | given(self.answer) | given(self.status) | given(self.bad)


@dataclass(frozen=True, kw_only=True)
class CellReader:
    """Reads cells, each distinct text only once: millions of cells hold some tens of thousands of texts."""

    known: dict[object, Cell] = field(default_factory=dict)

    def read(self, raw: Iterable[object], answers: Mapping[str, str] | None = None) -> CellColumn:
        """Return what the cells of a column say.

        Parameters
        ----------
        raw
            The cells.
        answers
            What the column's own texts mean: ``{"ja, för alla": "ja", "gäller inte oss": "ej_tillamplig"}``,
            texts in small letters.
        """
        # A number and a truth value that are equal (1 and True) are told apart by their type.
        keys = [one if type(one) is str else (type(one), one) for one in raw]
        own = {text: _meant(word) for text, word in (answers or {}).items()}
        cells = [self.known.get(key) or self._learn(key) for key in keys]
        if own:
            texts = [clean(key[1] if isinstance(key, tuple) else key).casefold().rstrip(". ") for key in keys]
            cells = [own.get(text, cell) for text, cell in zip(texts, cells, strict=True)]
        numbers = [np.nan if one.number is None else one.number for one in cells]
        return CellColumn(
            number=np.array(numbers, dtype=np.float64),
            answer=_objects([one.answer and one.answer.value for one in cells]),
            status=_objects([one.status and one.status.value for one in cells]),
            bad=_objects([one.bad for one in cells]),
        )

    def _learn(self, key: object) -> Cell:
        cell = self.known[key] = read_cell(key[1] if isinstance(key, tuple) else key)
        return cell


def _meant(word: str) -> Cell:
    """Return the cell that a word of a mapping stands for: an answer, or why there is none."""
    return Cell(answer=Answer(word)) if word in _ANSWERS else Cell(status=Status(word))


def given(values: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Return where an array of texts and nulls has a text."""
    return np.array([one is not None for one in values], dtype=np.bool_)


def _objects(values: list[str | None]) -> NDArray[np.object_]:
    array = np.empty(len(values), dtype=np.object_)
    array[:] = values
    return array

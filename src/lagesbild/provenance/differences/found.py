"""One difference between two versions of a file, and how long texts are cut to what differs in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

#: How much of a long text is shown before what differs, and after.
_BEFORE, _AFTER = 30, 70
#: Longer stretches than this are not matched element by element: the first difference tells where to look.
_LONGEST_MATCHED = 1500


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One difference.

    Parameters
    ----------
    kind
        What differs: value, row, column, text, pixel, part, metadata or byte.
    place
        Where in the file.
    old, new
        What stands there; empty where nothing does.
    open
        Whether the first file shows a figure in this place, so that the second can't tell one that was withheld.
    """

    kind: str
    place: str
    old: str
    new: str
    open: bool = False

    def told(self, *, open_only: bool = False) -> str:
        """Return the difference as one line.

        Parameters
        ----------
        open_only
            Leave out what the second file says where the first may have withheld it.
        """
        if self.kind == "pixel" and not self.old:
            return f"{self.place}: {self.new}"
        new = "(not shown)" if open_only and self.new and not self.open else quoted(self.new)
        return f"{self.place}: {quoted(self.old)} -> {new}"

    def within(self, place: str) -> Difference:
        """Return the same difference in a part of a larger file."""
        return replace(self, place=f"{place}, {self.place}")


def quoted(text: str) -> str:
    """Return a text for people, on one line."""
    return f"'{' '.join(text.split())}'" if text.strip() else "(nothing)"


def cut(old: str, new: str) -> tuple[str, str]:
    """Return two texts cut to the surroundings of their first difference."""
    start = max(0, _alike(old, new) - _BEFORE)
    return _piece(old, start), _piece(new, start)


def _piece(text: str, start: int) -> str:
    end = start + _BEFORE + _AFTER
    return ("…" if start and text else "") + text[start:end] + ("…" if len(text) > end else "")


def sequence_differences(old: Sequence[str], new: Sequence[str], *, word: str, first: int = 1) -> Iterator[Difference]:
    """Yield where two sequences of texts differ, by the number that each has in the first of them.

    Parameters
    ----------
    old, new
        Lines, paragraphs or elements.
    word
        What one is called ("line").
    first
        Number of the first one.
    """
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    left, right = old[start : len(old) - end], new[start : len(new) - end]
    if max(len(left), len(right)) > _LONGEST_MATCHED:
        pieces = [(0, len(left), 0, len(right))]
    else:
        matched = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
        pieces = [(a, b, c, d) for tag, a, b, c, d in matched if tag != "equal"]
    for a, b, c, d in pieces:
        for step in range(max(b - a, d - c)):
            before = left[a + step] if a + step < b else ""
            after = right[c + step] if c + step < d else ""
            if before != after:
                number = first + start + min(a + step, b)
                told = cut(before, after)
                yield Difference(kind="text", place=f"{word} {number}", old=told[0], new=told[1])


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count

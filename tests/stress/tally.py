"""What was tried, how often, and what came of it: the rows of the table."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(kw_only=True)
class Tally:
    """What came of one kind of fault or load.

    Parameters
    ----------
    part, what, how
        The table's section, what was disturbed, and in which way.
    tries
        How many times.
    refused
        So many ended with an error that says what is wrong and where.
    right
        So many ended, at once or by the same command once more, with the bytes of an undisturbed run.
    named
        So many took in another figure that nothing in the file gives away: the hash of the file does.
    wrong
        What was neither the earlier product nor the right one, nor refused.
    lost
        What was there before and was gone.
    unclear
        What ended with an error that does not say what to do.
    """

    part: str
    what: str
    how: str
    tries: int = 0
    refused: int = 0
    right: int = 0
    named: int = 0
    wrong: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing was wrong, lost or unclear."""
        return not (self.wrong or self.lost or self.unclear)

    def row(self) -> str:
        """Return the tally as a row of the table."""
        counts = (self.tries, self.refused, self.right, self.named, len(self.wrong), len(self.lost), len(self.unclear))
        return f"| {self.what} | {self.how} | " + " | ".join(f"{count:,}" for count in counts) + " |\n"


#: When no more tries are begun, in seconds since 1970; a slow machine then has fewer tries, not a longer run.
END = "LAGESBILD_STRESS_END"


def over() -> bool:
    """Return whether the time for tries is used up."""
    return time.time() > float(os.environ.get(END, "inf"))


_HEAD = (
    "| what | disturbed by | tries | refused | right at the end | found by hash | wrong | lost | unclear |\n"
    "| --- | --- |" + " ---: |" * 7 + "\n"
)


def table(tallies: Sequence[Tally]) -> str:
    """Return the tallies as Markdown, a section for each part, and the sum of all."""
    text = ""
    for part in dict.fromkeys(one.part for one in tallies):
        text += f"## {part}\n\n{_HEAD}" + "".join(one.row() for one in tallies if one.part == part) + "\n"
    return text + f"## Together\n\n{_HEAD}{together(tallies).row()}"


def together(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of tallies."""
    whole = Tally(part="", what="all of it", how="all of it")
    for one in tallies:
        whole.tries += one.tries
        whole.refused += one.refused
        whole.right += one.right
        whole.named += one.named
        whole.wrong += one.wrong
        whole.lost += one.lost
        whole.unclear += one.unclear
    return whole


def complaints(tallies: Iterable[Tally]) -> str:
    """Return a line for everything that was wrong, lost or unclear."""
    lines = []
    for one in tallies:
        for kind in ("wrong", "lost", "unclear"):
            lines += [f"{kind}: {one.what}, {one.how}: {told}\n" for told in getattr(one, kind)]
    return "".join(lines)

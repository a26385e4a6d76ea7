"""The analysts' prose of a release as it has been read and checked: its text, its faults, its claims."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field

from lagesbild.catalogue.prose_parts import Claim, Prose
from lagesbild.errors import Fault, ProseError
from lagesbild.methods.claims import Verdict
from lagesbild.methods.prose_figures import ProseFigures
from lagesbild.presentation.prose.findings import claimed, found_words, plain_words
from lagesbild.presentation.prose.markdown import prose_markdown

_WHOLE_REVIEW = "**⚠ Hela texten är kopierad från förra året och inte granskad.**"


@dataclass(frozen=True, kw_only=True)
class CheckedClaim:
    """One claim with what the figures say of it."""

    file: str
    claim: Claim
    verdict: Verdict


@dataclass(kw_only=True)
class ReleaseProse:
    """The prose of some lägesrapporter, read and checked.

    Parameters
    ----------
    figures
        The released figures that it names.
    texts
        The prose by lägesrapport and part.
    faults
        All that is wrong, file by file.
    claims
        All claims that could be read.
    notes
        Sentences that may be claims and aren't marked: file, line and word.
    marks
        What a draft says of a piece, by the piece's identity.
    """

    figures: ProseFigures
    texts: dict[tuple[str, str], Prose] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    claims: list[CheckedClaim] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    marks: dict[int, str] = field(default_factory=dict)

    def check(self) -> None:
        """Raise the one error that lists all that is wrong.

        Raises
        ------
        ProseError
            If anything is.
        """
        if self.faults:
            raise ProseError("the analysts' prose does not hold", self.faults)

    def markdown(self, report: str, part: str, *, level: int, draft: bool = False) -> str:
        """Return a part's prose as Markdown with its headings at `level`; empty where it has none."""
        prose = self.texts.get((report, part))
        if prose is None:
            return ""
        text = prose_markdown(prose, self.figures, level=level, marks=self.marks if draft else None)
        return f"{_WHOLE_REVIEW}\n\n{text}" if draft and prose.review else text


def claims_table(release: ReleaseProse) -> str:
    """Return all claims with what the figures say of them, as CSV: what a reviewer goes through."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("fil", "rad", "text", "pastaende", "haller", "uppgifterna"))
    for one in release.claims:
        words = plain_words(one.claim.pieces, release.figures, one.claim)
        found = found_words(one.claim, one.verdict, one.claim.year or release.figures.year)
        holds = "ja" if one.verdict.holds else "nej"
        writer.writerow((one.file, one.claim.line, words, claimed(one.claim), holds, found))
    return out.getvalue()

"""Analysts' prose of a release: read, held against the released figures, and made Markdown of a report.

All files are read and all faults told at once: what can't be read, a typed number, a value that the release doesn't
have, a claim that no longer holds, and what is still marked to be reviewed. A draft shows the faults in its text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from lagesbild.catalogue.areas import StatusReport
from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.prose_numbers import claiming_words
from lagesbild.catalogue.prose_parts import TO_REVIEW, Claim, Prose, Value
from lagesbild.catalogue.prose_text import read_prose
from lagesbild.errors import Fault, InputError, NotBuiltError, ProseError
from lagesbild.methods.claims import Verdict, verdict
from lagesbild.methods.prose_figures import DIFFERENCE_COLUMNS, FIGURE_COLUMNS, ProseFigures
from lagesbild.presentation.prose.findings import advice, claimed, found_words, plain_words
from lagesbild.presentation.prose.markdown import prose_markdown
from lagesbild.presentation.prose.values import value_text
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.prose_files import prose_paths, strange_files

_REVIEW_ACTION = f"Read the sentence, correct it, and take the mark {TO_REVIEW} away"


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


_WHOLE_REVIEW = "**⚠ Hela texten är kopierad från förra året och inte granskad.**"


def release_prose(layout: Layout, reports: Sequence[StatusReport]) -> ReleaseProse:
    """Return the prose of some lägesrapporter, held against the release's figures; faults are noted, not raised.

    Raises
    ------
    NotBuiltError
        If an area that the prose names has not been analysed.
    """
    catalogue = load_catalogue()
    faults, found = strange_files(layout, reports), {}
    named: dict[str, Indicator] = {}
    for report in reports:
        known = {area.id for area in report.areas}
        for part, path in prose_paths(layout, report).items():
            file = path.relative_to(layout.root).as_posix()
            prose, wrong = read_prose(_text(path, file), file=file, catalogue=catalogue)
            faults += wrong
            found[report.id, part] = prose
            pieces: list[Value | Claim] = [*prose.inline_values, *prose.claims]
            for piece in pieces:
                if piece.indicator.area in known:
                    named[piece.indicator.id] = piece.indicator
                else:
                    what = f"{piece.indicator.id} is of an area that the lägesrapport {report.id} is not about"
                    faults.append(Fault(what=what, file=file, row=piece.line, action="Take it out, or move the text"))
    release = ReleaseProse(figures=prose_figures(layout, list(named.values())), texts=found, faults=faults)
    for prose in found.values():
        _check(release, prose, named)
    release.faults.sort(key=lambda fault: (fault.file or "", fault.row or 0))
    return release


def report_prose(layout: Layout, report: StatusReport, *, level: int, draft: bool = False) -> dict[str, str]:
    """Return a lägesrapport's prose as Markdown, by part; parts without prose are left out.

    Parameters
    ----------
    layout, report
        Which.
    level
        Level of its headings.
    draft
        Whether what does not hold is marked in the text instead of refused.

    Raises
    ------
    ProseError
        If anything is wrong with it, and it is no draft.
    """
    if not prose_paths(layout, report):
        return {}
    release = release_prose(layout, [report])
    if not draft:
        release.check()
    return {part: release.markdown(report.id, part, level=level, draft=draft) for _, part in release.texts}


def _text(path: Path, file: str) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            "prose refused", [Fault(what="no UTF-8 text", file=file, action="Save it as UTF-8")]
        ) from error


def prose_figures(layout: Layout, indicators: Sequence[Indicator]) -> ProseFigures:
    """Return the released figures of some indicators, all years of the window.

    Raises
    ------
    NotBuiltError
        If the report year of one of their areas has not been analysed.
    """
    frames: dict[str, list[pd.DataFrame]] = {"indikatorer": [], "jamforelser": []}
    columns = {"indikatorer": FIGURE_COLUMNS, "jamforelser": DIFFERENCE_COLUMNS}
    for area in sorted({one.area for one in indicators}):
        wanted = [one.id for one in indicators if one.area == area]
        for step, names in columns.items():
            for year in layout.years:
                path = layout.analysis(area, year) / f"{step}.parquet"
                if path.is_file():
                    rows = pd.read_parquet(path, columns=list(names), filters=[("indicator", "in", wanted)])
                    frames[step].append(rows)
                elif year == layout.year:
                    command = f"lagesbild analyse --source {layout.source} --year {layout.year} --area {area}"
                    raise NotBuiltError(f"the analysis of {area} {layout.year}", command)
    figures, differences = (
        pd.concat(frames[step], ignore_index=True) if frames[step] else pd.DataFrame(columns=list(names))
        for step, names in columns.items()
    )
    return ProseFigures(figures=figures, differences=differences, year=layout.year, years=layout.years)


def _check(release: ReleaseProse, prose: Prose, named: Mapping[str, Indicator]) -> None:
    """Note what is wrong with a file's values and claims."""
    if prose.review:
        what = "the whole file is still marked to be reviewed"
        release.faults.append(Fault(what=what, file=prose.file, row=1, action="Read it, and take the first line away"))
    holders = {id(piece): claim for claim in prose.claims for piece in claim.pieces}
    for value in prose.inline_values:
        if value.indicator.id in named:
            _check_value(release, prose, value, holders.get(id(value)))
    for claim in prose.claims:
        if claim.indicator.id in named:
            _check_claim(release, prose, claim)
    for block in prose.blocks:
        for line in block.lines:
            words = [word for piece in line if isinstance(piece, str) for word in claiming_words(piece)]
            release.notes += [f"{prose.file}: {', '.join(words)}"] if words else []


def _check_value(release: ReleaseProse, prose: Prose, value: Value, claim: Claim | None) -> None:
    whose = f"{value.indicator.id}, {value.place.name}"
    years = [value.year] if value.since is None else [value.since, value.year]
    for year in years:
        if year not in release.figures.years:
            _note(release, prose, value, _outside(release, year))
            return
    if value_text(value, release.figures, claim) is None:
        what = f"the release has no figure of {whose} {' and '.join(map(str, years))}"
        _note(release, prose, value, (what, "Aim at another, or take it out", "Uppgift saknas"))
    elif value.review:
        what = f"the value of {whose} {value.year} is marked {TO_REVIEW}"
        _note(release, prose, value, (what, _REVIEW_ACTION, "Att granska"))


def _check_claim(release: ReleaseProse, prose: Prose, claim: Claim) -> None:
    for year in (claim.year, claim.since):
        if year is not None and year not in release.figures.years:
            _note(release, prose, claim, _outside(release, year))
            return
    found = verdict(claim, release.figures)
    release.claims.append(CheckedClaim(file=prose.file, claim=claim, verdict=found))
    if not found.holds:
        words = plain_words(claim.pieces, release.figures, claim)
        now = found_words(claim, found, claim.year or release.figures.year)
        what = f'the claim "{words}" no longer holds: claimed is "{claimed(claim)}", the figures say "{now}"'
        _note(release, prose, claim, (what, advice(claim, found), f"Stämmer inte: {now}"))
    elif claim.review:
        what = f"the claim on {claim.indicator.id} is marked {TO_REVIEW}"
        _note(release, prose, claim, (what, _REVIEW_ACTION, "Att granska"))


def _outside(release: ReleaseProse, year: int) -> tuple[str, str, str]:
    years = release.figures.years
    what = f"{year} is not among the years of the release ({years[0]}-{years[-1]})"
    return what, "Aim at a year of the release", f"Året {year} ingår inte"


def _note(release: ReleaseProse, prose: Prose, piece: Value | Claim, told: tuple[str, str, str]) -> None:
    """Note a fault: what is wrong, what to do, and what a draft says in its text."""
    what, action, mark = told
    release.faults.append(Fault(what=what, file=prose.file, row=piece.line, action=action))
    release.marks[id(piece)] = mark


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

"""The values and claims of one file of prose against the released figures: what fails, and what is not reviewed."""

from __future__ import annotations

from collections.abc import Mapping

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.prose_numbers import claiming_words
from lagesbild.catalogue.prose_parts import TO_REVIEW, Claim, Prose, Value
from lagesbild.errors import Fault
from lagesbild.methods.claims import verdict
from lagesbild.presentation.prose.findings import advice, claimed, found_words, plain_words
from lagesbild.presentation.prose.values import value_text
from lagesbild.publishing.prose_release import CheckedClaim, ReleaseProse

_REVIEW_ACTION = f"Read the sentence, correct it, and take the mark {TO_REVIEW} away"


def check_prose(release: ReleaseProse, prose: Prose, named: Mapping[str, Indicator]) -> None:
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

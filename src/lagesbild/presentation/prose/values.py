"""What an inline value prints: a figure of the release with its unit, or the mark of one that may not be shown."""

from __future__ import annotations

from lagesbild.catalogue.prose_parts import Claim, Says, Show, Value
from lagesbild.catalogue.vocabulary import Status
from lagesbild.methods.prose_figures import Figure, ProseFigures
from lagesbild.presentation.numbers import (
    MINUS,
    answer_text,
    decimals_of,
    difference,
    number,
    row_decimals,
    status_text,
    with_unit,
)
from lagesbild.presentation.wording import antal


def value_text(value: Value, figures: ProseFigures, claim: Claim | None = None) -> str | None:
    """Return what an inline value prints; None where the release has no such figure.

    Parameters
    ----------
    value
        The value.
    figures
        Released figures.
    claim
        The claim that holds it. Values of one indicator in one claim have the same decimals ("från 9,6 till 10,4");
        a change within a claim that says which way has no sign ("har ökat med 3,2 procentenheter").

    Returns
    -------
    str or None
        A withheld figure is "..", in whatever form it was asked for.
    """
    figure = figures.at(value.indicator, value.place, value.year, value.sex)
    if value.show is Show.ANTAL:
        return antal(figure.n, "kommun", "kommuner")
    if value.show is Show.SKILLNAD:
        return _change(value, figures, figure, claim)
    if figure.value is not None:
        beside = _beside(value, figures, claim)
        if value.unit:
            return with_unit(figure.value, value.indicator, beside)
        return number(figure.value, decimals_of(value.indicator.scale, figure.value) if beside is None else beside)
    if figure.answer:
        return answer_text(figure.answer)
    return status_text(Status.SEKRETESS) if figure.status == Status.SEKRETESS else None


def _change(value: Value, figures: ProseFigures, now: Figure, claim: Claim | None) -> str | None:
    before = figures.at(value.indicator, value.place, value.since or value.year, value.sex)
    if Status.SEKRETESS in (now.status, before.status):
        return status_text(Status.SEKRETESS)
    if now.value is None or before.value is None:
        return None
    told = difference(round(now.value - before.value, 10), value.indicator)
    within = claim is not None and claim.says is Says.RIKTNING and claim.indicator == value.indicator
    return told.removeprefix("+").removeprefix(MINUS) if within else told


def _beside(value: Value, figures: ProseFigures, claim: Claim | None) -> int | None:
    """Return the decimals of the values of the same indicator in a claim; None where it stands alone."""
    if claim is None:
        return None
    pieces = [piece for piece in claim.pieces if isinstance(piece, Value)]
    alike = [
        figures.at(one.indicator, one.place, one.year, one.sex).value
        for one in pieces
        if one.indicator == value.indicator and one.show is Show.VARDE
    ]
    return row_decimals(value.indicator.scale, alike) if len(alike) > 1 else None

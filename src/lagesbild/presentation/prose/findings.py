"""What the figures say now, in words: for the message on a stale claim and for the mark in a draft."""

from __future__ import annotations

from lagesbild.catalogue.comment_text import Link
from lagesbild.catalogue.prose_parts import Broken, Claim, Emphasised, Fixed, Piece, Place, Says, Value
from lagesbild.catalogue.regions import region_name
from lagesbild.catalogue.vocabulary import Sex
from lagesbild.methods.claims import Reason, Verdict
from lagesbild.methods.prose_figures import ProseFigures
from lagesbild.presentation.numbers import number, row_decimals, with_unit
from lagesbild.presentation.prose.values import value_text
from lagesbild.presentation.wording import trend_words

_SEX_WORDS = {Sex.TOTAL: "", Sex.KVINNOR: ", kvinnor", Sex.MAN: ", män"}
_WAYS = {
    "okat": "har ökat",
    "minskat": "har minskat",
    "battre": "bättre",
    "samre": "sämre",
    "oforandrat": "är oförändrat",
    "hogre": "högre",
    "lagre": "lägre",
    "hogst": "högst",
    "lagst": "lägst",
}


def plain_words(pieces: tuple[Piece, ...], figures: ProseFigures, claim: Claim | None = None) -> str:
    """Return pieces as plain text, with the values of now."""
    told = []
    for piece in pieces:
        if isinstance(piece, str):
            told.append(piece)
        elif isinstance(piece, Value):
            told.append(value_text(piece, figures, claim) or "saknas")
        elif isinstance(piece, Claim):
            told.append(plain_words(piece.pieces, figures, piece))
        elif isinstance(piece, Emphasised):
            told.append(plain_words(piece.pieces, figures, claim))
        elif isinstance(piece, Link | Fixed | Broken):
            told.append(piece.text)
    return "".join(told).strip()


def claimed(claim: Claim) -> str:
    """Return what a claim says, in short: "ao-hemtjanst-nojdhet, riket: har ökat sedan 2019, säkerställt"."""
    who = f"{claim.indicator.id}, {claim.place.name}{_SEX_WORDS[claim.sex]}"
    secured = ", säkerställt" if claim.secured else ""
    if claim.says is Says.RIKTNING:
        return f"{who}: {_WAYS[claim.way]} sedan {claim.since}{secured}"
    if claim.says is Says.JAMFORT:
        than = claim.than.name if isinstance(claim.than, Place) else _SEX_WORDS[claim.than or Sex.TOTAL].strip(", ")
        return f"{who}: {_WAYS[claim.way]} än {than}{secured}"
    if claim.says is Says.RANG:
        return f"{who}: {_WAYS[claim.way]}{secured}"
    side = "över" if claim.says is Says.OVER else "under"
    return f"{who}: {side} {with_unit(claim.level or 0.0, claim.indicator)}{secured}"


def found_words(claim: Claim, verdict: Verdict, year: int) -> str:
    """Return what the figures say now of a claim that does not hold."""
    if verdict.reason is Reason.WITHHELD:
        return f"uppgiften för {verdict.missing} får inte visas av sekretesskäl"
    if verdict.reason is Reason.NO_FIGURE:
        return f"uppgift för {verdict.missing} finns inte i uppgifterna"
    figures = _figures(claim, verdict)
    if claim.says is Says.RIKTNING:
        return f"från {figures[0]} {claim.since} till {figures[1]} {year}; trenden: {trend_words(verdict.label)}"
    why = {
        Reason.OTHER_WAY: "",
        Reason.NOT_SECURED: "; skillnaden är inte säkerställd",
        Reason.UNTESTED: "; osäkerheten är inte känd, så skillnaden går inte att pröva",
        Reason.TOO_FEW: "; för få kommuner ligger bakom",
    }.get(verdict.reason, "")
    if claim.says is Says.RANG:
        leader = f"; {_WAYS[claim.way]} ligger {region_name(verdict.leader)}" if verdict.leader else ""
        return f"{figures[0]} {year}{leader}{why}"
    if claim.says is Says.JAMFORT:
        return f"{figures[0]} mot {figures[1]} {year}{why}"
    return f"{figures[0]} {year}{why}"


def advice(claim: Claim, verdict: Verdict) -> str:
    """Return what the analyst should do, in English as all messages are."""
    if verdict.reason in (Reason.WITHHELD, Reason.NO_FIGURE):
        return "Take the claim out: there is no figure to rest it on"
    if verdict.reason in (Reason.NOT_SECURED, Reason.UNTESTED, Reason.TOO_FEW) and claim.says is not Says.RANG:
        return "Write the sentence anew, or say in it that the difference may be chance and mark it sakerstallt=nej"
    return "Write the sentence and its marks anew, or take them out"


def _figures(claim: Claim, verdict: Verdict) -> list[str]:
    """Return the verdict's figures as printed, the last with its unit; alike in decimals."""
    known = [one for one in (verdict.first, verdict.last) if one is not None]
    if claim.says not in (Says.RIKTNING, Says.JAMFORT):
        known = known[:1]
    decimals = row_decimals(claim.indicator.scale, known)
    if len({number(one, decimals) for one in known}) < len(known):
        decimals += 1
    return [with_unit(one, claim.indicator, decimals) for one in known]

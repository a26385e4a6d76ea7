"""Invented files of an analyst: who uses öppna jämförelser, targets, and groups of kommuner of one's own."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.indicators import Direction, Indicator, Scale
from lagesbild.files import write_atomic
from lagesbild.sources.analyst_files import FORMS, NOTE
from lagesbild.sources.comment_files import COMMENTS
from lagesbild.sources.demo.assumptions import Assumptions
from lagesbild.sources.demo.kolada_files import SYNTHETIC
from lagesbild.sources.demo.land import Land
from lagesbild.sources.demo.streams import stream

#: Share of kommuner that say that they use öppna jämförelser of an area.
USERS = 0.7
#: Share of kommuner that have set targets, and for how many indicators of an area.
WITH_TARGETS = 0.4
_INDICATORS = 3
_AHEAD = range(1, 5)
#: Who decided a target and when: most say both, some one of them, some neither.
_DECIDED = (
    ("kommunfullmäktige", "{}-11-18"),
    ("socialnämnden", "{}-12-03"),
    ("socialnämnden", ""),
    ("", "{}"),
    ("", ""),
)
#: Comments on two kommuner's results, by file.
_COMMENTS = {
    "1440-aldreomsorg.md": (
        "Från: kommunen\n\n"
        "Kommentaren är påhittad. Väntetiden till särskilt boende följs varje månad i **omsorgsnämnden**. "
        "Två saker påverkar årets resultat:\n\n"
        "- ett boende har varit stängt för ombyggnad under våren\n"
        "- ett nytt beslutsstöd används *sedan hösten*\n\n"
        "Mer om måtten finns hos [Socialstyrelsen](https://www.socialstyrelsen.se/)."
    ),
    "0180.md": (
        "Från: analytikern\n\n"
        "Kommentaren är påhittad. Resultaten gäller hela staden. Skillnaderna mellan stadsdelarna är ofta större än "
        "skillnaden mot riket, så de behöver läsas var för sig."
    ),
}
#: Names and sizes of the own groups.
_GROUPS = {"Exempelnätverket": 8, "Övningsgruppen": 6, "Provkretsen": 11}


def write_analyst_files(
    folder: Path, *, seed: int, land: Land, indicators: Sequence[Indicator], assumptions: Assumptions, last_year: int
) -> None:
    """Write the files of `lagesbild.sources.analyst_files.FORMS` and two comments; all of it says that it is synthetic.

    Parameters
    ----------
    indicators
        Those that targets may be set for.
    assumptions
        Where indicators lie: a target is a little better than most kommuner are.
    last_year
        The year of the users' statements; targets are for years after it.
    """
    rows: dict[str, Iterable[tuple[object, ...]]] = {
        "anvandare.csv": _users(seed, land, last_year),
        "mal.csv": _targets(seed, land, indicators, assumptions, last_year),
        "egna_grupper.csv": _groups(seed, land),
    }
    for name, form in FORMS.items():
        buffer = io.StringIO()
        writer = csv.writer(buffer, delimiter=";", lineterminator="\n")
        writer.writerow([*form.heads, *form.optional, NOTE])
        writer.writerows([*row, SYNTHETIC] for row in rows[name])
        write_atomic(folder / name, buffer.getvalue())
    for name, text in _COMMENTS.items():
        write_atomic(folder / COMMENTS / name, f"{text}\n\n*{SYNTHETIC}*\n")


def _users(seed: int, land: Land, year: int) -> Iterator[tuple[object, ...]]:
    for area in AREA_IDS:
        drawn = stream(seed, "uses", area).random(len(land)) < USERS
        for name, uses in zip(land.names, drawn, strict=True):
            yield area, name, "ja" if uses else "nej", year


def _targets(
    seed: int, land: Land, indicators: Sequence[Indicator], assumptions: Assumptions, last_year: int
) -> Iterator[tuple[object, ...]]:
    percent = [one for one in indicators if one.scale is Scale.PROCENT and one.direction is not Direction.INGEN]
    for area in AREA_IDS:
        own = [one for one in percent if one.area == area]
        places = stream(seed, "target of", area).permutation(len(own))[:_INDICATORS]
        for indicator in (own[place] for place in sorted(places)):
            random = stream(seed, "target", indicator.id)
            has = random.random(len(land)) < WITH_TARGETS
            years = last_year + random.integers(_AHEAD.start, _AHEAD.stop, len(land))
            better = random.uniform(0.5, 2, len(land))
            row = assumptions.level(indicator)
            for place in has.nonzero()[0]:
                value = _whole(row.level, row.spread * better[place], indicator.direction)
                by, when = _DECIDED[int(random.integers(len(_DECIDED)))]
                yield indicator.id, land.codes[place], value, years[place], by, when and when.format(last_year - 1)


def _whole(level: float, better: float, direction: Direction) -> int:
    """Return a percentage that is better than the level, whole as targets are."""
    if direction is Direction.HOG:
        return min(100, math.ceil(level + better))
    return max(0, math.floor(level - better))


def _groups(seed: int, land: Land) -> Iterator[tuple[object, ...]]:
    for group, size in _GROUPS.items():
        for place in sorted(stream(seed, "own group", group).permutation(len(land))[:size]):
            yield group, land.names[place]

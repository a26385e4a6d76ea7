"""Everything that is typed by hand read at once: the catalogue, its rules of series, the registers, the published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.coverage import unmapped_rules
from lagesbild.catalogue.groups import GROUP_YEARS, former_kommuner, kommungrupper
from lagesbild.catalogue.indicators import Direction, Indicator, Part, Tier
from lagesbild.catalogue.key_indicators import KEY_INDICATORS_FILE, load_key_indicators
from lagesbild.catalogue.load import Catalogue, read_folder
from lagesbild.catalogue.parsers import suggestion
from lagesbild.catalogue.published import published_tables
from lagesbild.catalogue.recodings_file import read_series_rules
from lagesbild.catalogue.regions import kommuner, lan, stadsdelar
from lagesbild.catalogue.resources import catalogue_folder
from lagesbild.catalogue.review import read_review, review_faults
from lagesbild.errors import Fault, InputError

#: Reads one kind of file and returns how many things it holds; raises InputError where any is faulty.
Reader = Callable[[], int]

#: The registers and the published tables, by the words that a count of them stands beside.
READERS: Mapping[str, Reader] = {
    "kommuner": lambda: len(kommuner()),
    "län": lambda: len(lan()),
    "stadsdelar": lambda: len(stadsdelar()),
    "kommungrupper (2011, 2017, 2023)": lambda: sum(len(kommungrupper(year)) for year in GROUP_YEARS),
    "changed kommuner": lambda: len(former_kommuner()),
    "published tables": lambda: len(published_tables()),
}


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What a check found.

    Parameters
    ----------
    indicators
        Those that are right in themselves.
    counts
        How many of each further kind were read, by its name.
    faults
        Every fault of every file, each with file and, where there is one, line.
    """

    indicators: tuple[Indicator, ...]
    counts: Mapping[str, int]
    faults: tuple[Fault, ...]

    def per_area(self) -> list[tuple[str, dict[Part, int]]]:
        """Return the number of indicators in each part of each area that has any, in the order of the areas."""
        found = Counter((one.area, one.part) for one in self.indicators)
        present = [area for area in AREA_IDS if any(place == area for place, _ in found)]
        return [(area, {part: found[area, part] for part in Part}) for area in present]


def check_all(folder: Path | None = None, more: Mapping[str, Reader] | None = None) -> Checked:
    """Read every hand-typed file and gather what is wrong with any of them.

    Parameters
    ----------
    folder
        Folder of the catalogue's area files; the project's own where left out. The registers and the published
        figures are always the project's own.
    more
        Further readers, by name.
    """
    folder = folder or catalogue_folder()
    entries, faults = read_folder(folder)
    indicators = tuple(entry.indicator for entry in entries)
    refused = {fault.indicator for fault in faults if fault.indicator} - {one.id for one in indicators}
    counts: dict[str, int] = {}
    readers = {**READERS, **(more or {})}
    series = folder / "series" / "recodings.yml"
    if series.is_file():
        readers["rules and breaks of series"] = lambda: _series(series, indicators)
    review = folder / "review_2022"
    if review.is_dir():
        readers["rows of the review of 2022"] = lambda: _review(review, indicators)
    key = folder / "rules" / KEY_INDICATORS_FILE
    if key.is_file():
        readers["key indicators"] = lambda: _key_indicators(key, indicators)
    unmapped = folder / "kolada_unmapped.csv"
    if unmapped.is_file():
        readers["rules of key figures outside the catalogue"] = lambda: len(unmapped_rules(unmapped))
    for name, reader in readers.items():
        try:
            counts[name] = reader()
        except InputError as error:
            # An indicator with a fault of its own exists all the same: that others name it is no second fault.
            faults += [fault for fault in error.faults if not _about(fault, refused)]
    return Checked(indicators=indicators, counts=counts, faults=tuple(dict.fromkeys(faults)))


def _about(fault: Fault, indicators: set[str]) -> bool:
    """Return whether a fault is about one of `indicators` from outside their own file."""
    return fault.indicator in indicators or any(repr(one) in fault.what for one in indicators)


def _series(path: Path, indicators: tuple[Indicator, ...]) -> int:
    """Read the rules of series; an indicator that they name must exist."""
    rules = read_series_rules(path)
    known = [one.id for one in indicators]
    named = [name for rule in rules.recodings for name in (*rule.indicators, *rule.left_out)]
    named += [name for change in rules.changes for name in change.indicators]
    faults = _unknown(path, named, known)
    if faults:
        raise InputError("the rules of series were refused", faults)
    return len(rules.recodings) + len(rules.changes)


def _key_indicators(path: Path, indicators: tuple[Indicator, ...]) -> int:
    """Read the key indicators; each must exist, be a number of the quality part with a direction, and be base."""
    named = [name for names in load_key_indicators(path).listed.values() for name in names]
    fit = [
        one.id
        for one in indicators
        if one.part is Part.KVALITET
        and one.tier is Tier.BAS
        and one.direction is not Direction.INGEN
        and not one.is_answer
    ]
    faults = _unknown(path, named, fit, "base indicator of quality, in numbers and with a direction,")
    if faults:
        raise InputError("the key indicators were refused", faults)
    return len(named)


def _unknown(path: Path, named: list[str], known: list[str], what: str = "indicator") -> list[Fault]:
    """Return a fault for each named indicator that isn't known, with the line it is named on."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        Fault(
            what=f"there is no {what} {name!r}",
            file=path.name,
            row=next((number for number, line in enumerate(lines, start=1) if name in line), None),
            action=suggestion(name, known) or None,
        )
        for name in dict.fromkeys(named)
        if name not in known
    ]


def _review(folder: Path, indicators: tuple[Indicator, ...]) -> int:
    """Read the tables of the review of 2022; the catalogue must say what they say."""
    review = read_review(folder)
    faults = list(review_faults(review, Catalogue(indicators)))
    if faults:
        raise InputError("the review of 2022 and the catalogue disagree", faults)
    return len(review.paused) + len(review.new)

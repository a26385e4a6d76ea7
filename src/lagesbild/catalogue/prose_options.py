"""The options of inline values and claims: a small closed language, in which nothing is code.

An unknown indicator, place or option is a fault with the nearest known one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from lagesbild.catalogue.groups import kommungrupper
from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.prose_parts import RIKET, Place
from lagesbild.catalogue.regions import kommun, lan_called
from lagesbild.catalogue.vocabulary import Level, Sex
from lagesbild.errors import Fault, ParameterError

T = TypeVar("T")

_OPTION = re.compile(
    r"""\s*(?:\.(?P<mark>[\w-]+)|(?P<name>[\w-]+)=(?P<given>"[^"]*"|'[^']*'|[^\s"']+)|(?P<word>\S+))"""
)

SEXES = {"alla": Sex.TOTAL, "kvinnor": Sex.KVINNOR, "man": Sex.MAN, "män": Sex.MAN}


@dataclass(kw_only=True)
class Options:
    """The options of one value or claim, and what is wrong with them.

    Parameters
    ----------
    text
        As they stand in the file.
    file, line
        Where.
    catalogue
        The indicators.
    known
        Options that are allowed.
    """

    text: str
    file: str
    line: int
    catalogue: Catalogue
    known: tuple[str, ...]
    faults: list[Fault] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)
    marks: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Take the text apart."""
        for found in _OPTION.finditer(self.text):
            if found["mark"]:
                self.marks.add(found["mark"])
            elif found["word"]:
                self.words.append(found["word"])
            elif found["name"] not in self.known:
                self.unknown("option", found["name"], self.known)
            elif found["name"] in self.named:
                self.fault(f"the option {found['name']} is given twice", action="Remove one of them")
            else:
                self.named[found["name"]] = found["given"].strip("\"'")

    def fault(self, what: str, *, expected: str | None = None, action: str | None = None) -> None:
        """Note what is wrong."""
        self.faults.append(Fault(what=what, file=self.file, row=self.line, expected=expected, action=action))

    def unknown(self, name: str, given: str, known: tuple[str, ...] | list[str]) -> None:
        """Note an unknown word, with the nearest known one."""
        self._told(ParameterError(name, given, known))

    def _told(self, error: ParameterError) -> None:
        what, _, action = str(error).partition(". ")
        self.fault(what, action=action or "Correct it")

    def _asked(self, ask: Callable[[], Place]) -> Place | None:
        try:
            return ask()
        except ParameterError as error:
            self._told(error)
            return None

    def indicator(self, given: str) -> Indicator | None:
        """Return the indicator of an id."""
        try:
            return self.catalogue.by_id(given)
        except ParameterError as error:
            self._told(error)
            return None

    def place(self) -> Place | None:
        """Return the place that the options name, riket where they name none."""
        named = [name for name in ("kommungrupp", "lan", "kommun") if name in self.named]
        if len(named) > 1:
            self.fault(f"two places: {' and '.join(named)}", action="Keep one of them")
            return None
        return RIKET if not named else self.place_called(named[0], self.named[named[0]])

    def place_called(self, kind: str, given: str) -> Place | None:
        """Return a län, kommungrupp or kommun by code or name."""
        asked: dict[str, Callable[[], Place]] = {
            "kommungrupp": lambda: _group(given),
            "lan": lambda: _lan(given),
            "kommun": lambda: _kommun(given),
        }
        if kind not in asked:
            self.unknown("kind of place", kind, ["riket", *asked])
            return None
        return self._asked(asked[kind])

    def sex(self) -> Sex:
        """Return the sex that the options name."""
        return self.choice("kon", SEXES) or Sex.TOTAL

    def choice(self, name: str, known: dict[str, T]) -> T | None:
        """Return what an option's word stands for, None where it isn't given."""
        given = self.named.get(name)
        if given is None:
            return None
        if given not in known:
            self.unknown(name, given, list(known))
        return known.get(given)

    def year(self, given: str | None) -> int | None:
        """Return a year, None where none is given or it is none."""
        if given is None:
            return None
        if not re.fullmatch(r"(?:19|20)\d\d", given):
            self.fault(f"{given!r} is no year", expected="four digits")
            return None
        return int(given)


def _group(given: str) -> Place:
    found = {name.casefold(): one for one in kommungrupper() for name in (one.kod, one.namn)}.get(given.casefold())
    if found is None:
        raise ParameterError("kommungrupp", given, [name for one in kommungrupper() for name in (one.kod, one.namn)])
    return Place(level=Level.KOMMUNGRUPP, code=found.kod, name=found.namn)


def _lan(given: str) -> Place:
    found = lan_called(given)
    return Place(level=Level.LAN, code=found.kod, name=found.namn)


def _kommun(given: str) -> Place:
    found = kommun(given)
    return Place(level=Level.KOMMUN, code=found.kod, name=found.namn)

"""Sweden's 290 kommuner, 21 län and the stadsdelar that öppna jämförelser reports, from the registers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from lagesbild.catalogue.groups import Kommungrupp, kommungrupper, size_class, successor
from lagesbild.catalogue.registers import TEXT, matching, read_register
from lagesbild.catalogue.resources import registers_folder
from lagesbild.errors import ParameterError

if TYPE_CHECKING:
    import pandas as pd

#: Code and name of the whole country.
RIKET = "0000"
RIKET_NAME = "Riket"

_KOMMUN_CODE = matching(r"\d{4}", "four digits")
_LAN_CODE = matching(r"\d{2}", "two digits")
_GROUP_CODE = matching(r"A[12]|B[345]|C[6789]", "A1, A2, B3-B5 or C6-C9")


@dataclass(frozen=True, kw_only=True)
class Kommun:
    """One kommun.

    Parameters
    ----------
    kod
        Four digits as text, leading zero kept ("0180").
    namn, genitiv
        "Ale" and "Ales"; a name that ends in s, x or z has the same genitive ("Borås").
    slug
        Name in paths: code and name in ASCII ("1440-ale").
    lan
        Code of its län; always the first two digits of `kod`.
    kommungrupp_2017, kommungrupp_2023
        Code of its group in SKR's classification ("A1").
    folkmangd
        Inhabitants on 31 December 2019 (SCB).
    """

    kod: str
    namn: str
    slug: str
    lan: str
    kommungrupp_2017: str
    kommungrupp_2023: str
    folkmangd: int
    genitiv: str


@dataclass(frozen=True, kw_only=True)
class Lan:
    """One län: code, name ("Stockholms län") and short name ("Stockholm")."""

    kod: str
    namn: str
    kort: str


@dataclass(frozen=True, kw_only=True)
class Stadsdel:
    """A city district that öppna jämförelser reports by itself; its code begins with its kommun's."""

    kod: str
    namn: str
    kommun: str


@lru_cache(maxsize=1)
def kommuner() -> tuple[Kommun, ...]:
    """Return the 290 kommuner in code order."""
    columns = {
        "kod": _KOMMUN_CODE,
        "namn": TEXT,
        "slug": matching(r"\d{4}-[a-z]+(-[a-z]+)*", "code and name in ASCII"),
        "lan": _LAN_CODE,
        "kommungrupp_2017": _GROUP_CODE,
        "kommungrupp_2023": _GROUP_CODE,
        "folkmangd_2019": matching(r"[1-9]\d*", "a whole number"),
        "genitiv": TEXT,
    }
    rows = read_register(registers_folder() / "kommuner.csv", columns)
    found = [
        Kommun(
            kod=row["kod"],
            namn=row["namn"],
            slug=row["slug"],
            lan=row["lan"],
            kommungrupp_2017=row["kommungrupp_2017"],
            kommungrupp_2023=row["kommungrupp_2023"],
            folkmangd=int(row["folkmangd_2019"]),
            genitiv=row["genitiv"],
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: one.kod))


@lru_cache(maxsize=1)
def lan() -> tuple[Lan, ...]:
    """Return the 21 län in code order."""
    columns = {"kod": _LAN_CODE, "namn": TEXT, "kort": TEXT}
    rows = read_register(registers_folder() / "lan.csv", columns)
    return tuple(sorted((Lan(**row) for row in rows), key=lambda one: one.kod))


@lru_cache(maxsize=1)
def stadsdelar() -> tuple[Stadsdel, ...]:
    """Return the 33 stadsdelar that öppna jämförelser 2016 reports, in code order."""
    columns = {"kod": matching(r"\d{6}", "six digits"), "namn": TEXT, "kommun": _KOMMUN_CODE}
    rows = read_register(registers_folder() / "stadsdelar.csv", columns)
    return tuple(sorted((Stadsdel(**row) for row in rows), key=lambda one: one.kod))


@lru_cache(maxsize=1)
def kommuner_by_code() -> Mapping[str, Kommun]:
    """Return the kommuner by code."""
    return MappingProxyType({one.kod: one for one in kommuner()})


@lru_cache(maxsize=1)
def _kommuner_by_any_name() -> dict[str, Kommun]:
    """Return the kommuner by code, lower-case name and slug."""
    return {name: one for one in kommuner() for name in (one.kod, one.namn.lower(), one.slug)}


def kommun(code_or_name: str | int) -> Kommun:
    """Return one kommun.

    Parameters
    ----------
    code_or_name
        Code, name or slug: ``"0180"``, ``"Stockholm"``, ``"0180-stockholm"``. A code that lost its leading
        zero on the way (Quarto passes ``-P kommun:0180`` as the number 180) gets it back.

    Raises
    ------
    ParameterError
        If there is none; the message suggests the nearest names, or the successor of a former code.
    """
    text = str(code_or_name).strip().lower()
    if text.isdecimal():
        text = text.zfill(4)
    found = _kommuner_by_any_name().get(text)
    if found is not None:
        return found
    if text.isdecimal():
        new_code = successor(text)
        raise ParameterError("kommun", text, [new_code] if new_code else sorted(kommuner_by_code()))
    raise ParameterError("kommun", code_or_name, sorted(one.namn for one in kommuner()))


def lan_by_code(kod: str | int) -> Lan:
    """Return one län by its code (1, "1" and "01" are Stockholms län).

    Raises
    ------
    ParameterError
        If there is none.
    """
    text = str(kod).strip().zfill(2)
    for one in lan():
        if one.kod == text:
            return one
    raise ParameterError("län", kod, [one.kod for one in lan()])


def lan_called(code_or_name: str) -> Lan:
    """Return one län by its code, name or short name ("14", "Västra Götalands län", "Västra Götaland").

    Raises
    ------
    ParameterError
        If there is none; suggests the nearest.
    """
    text = code_or_name.strip()
    if text.isdecimal():
        return lan_by_code(text)
    known = {name.casefold(): one for one in lan() for name in (one.namn, one.kort)}
    found = known.get(text.casefold())
    if found is None:
        raise ParameterError("län", code_or_name, [one.namn for one in lan()])
    return found


@lru_cache(maxsize=1)
def _region_names() -> Mapping[str, str]:
    """Return the names of all regions by code."""
    named: tuple[Kommun | Lan | Stadsdel | Kommungrupp, ...]
    named = (*lan(), *kommuner(), *stadsdelar(), *kommungrupper())
    return MappingProxyType({RIKET: RIKET_NAME} | {one.kod: one.namn for one in named})


def region_name(kod: str) -> str:
    """Return the name of a region by its code in the observation table.

    Parameters
    ----------
    kod
        "0000", two digits (län), four (kommun), six (stadsdel) or a kommungrupp's code ("A1", as of 2023).

    Raises
    ------
    ParameterError
        If the code is none of these.
    """
    if kod not in _region_names():
        raise ParameterError("region", kod, sorted(_region_names()))
    return _region_names()[kod]


def size_classes() -> pd.Series:
    """Return every kommun's size class (see `lagesbild.catalogue.groups.size_class`), by code."""
    import pandas as pd  # noqa: PLC0415 - slow to import, and few who ask for a kommun need it

    return pd.Series({kommun.kod: size_class(kommun.folkmangd) for kommun in kommuner()}, dtype="str")

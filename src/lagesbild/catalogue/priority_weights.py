"""The weights of a kommun's gross list: one reviewed file, which a kommun or an analyst may exchange for another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from lagesbild.catalogue.located import Located, read_located
from lagesbild.catalogue.mappings import Place, parsed_fields
from lagesbild.catalogue.parsers import Parser, several, whole
from lagesbild.catalogue.resources import catalogue_folder
from lagesbild.errors import Fault, InputError

WEIGHTS_FILE = "prioritering.yml"


class Concern(StrEnum):
    """The grounds on which an indicator may be worth a closer look, in the order they are told."""

    FARG = "farg"
    SKILLNAD = "skillnad"
    TREND = "trend"
    LIKNANDE = "liknande"
    INVANARE = "invanare"
    DATA = "data"
    AKTUALITET = "aktualitet"


#: What each ground with steps may come out as, in no particular order but for the reader of the file.
STEPS: Mapping[Concern, tuple[str, ...]] = {
    Concern.FARG: ("rod", "gul", "gron", "nej", "delvis", "ja"),
    Concern.SKILLNAD: ("samre_998", "samre_95", "ingen", "battre"),
    Concern.TREND: (
        *("sakerstalld_forsamring", "mojlig_forsamring", "slump", "stabil"),
        *("mojlig_forbattring", "sakerstalld_forbattring"),
        *("upphord", "vaxlande", "aldrig", "bibehallen", "tillkommen"),
    ),
    Concern.INVANARE: ("lagt", "medel", "hogt"),
    Concern.DATA: ("A", "B", "C", "D"),
    Concern.AKTUALITET: ("alder_0", "alder_1", "alder_2", "alder_3"),
}
#: Outcomes of which the first is no better than the second: its share must be at least as great.
_ORDERED: tuple[tuple[Concern, tuple[str, ...]], ...] = (
    (Concern.FARG, ("rod", "gul", "gron")),
    (Concern.FARG, ("nej", "delvis", "ja")),
    (Concern.SKILLNAD, ("samre_998", "samre_95", "ingen", "battre")),
    (
        Concern.TREND,
        ("sakerstalld_forsamring", "mojlig_forsamring", "slump", "mojlig_forbattring", "sakerstalld_forbattring"),
    ),
    (Concern.TREND, ("upphord", "vaxlande", "bibehallen")),
    (Concern.INVANARE, ("hogt", "medel", "lagt")),
    (Concern.DATA, ("A", "B", "C", "D")),
    (Concern.AKTUALITET, ("alder_0", "alder_1", "alder_2", "alder_3")),
)


@dataclass(frozen=True, kw_only=True)
class Weights:
    """What each ground weighs, and how its outcomes become shares of that weight.

    Parameters
    ----------
    weights
        By ground; not negative, at least one above 0. Only their proportions matter.
    steps
        Share from 0 to 1 by outcome, for the grounds with steps.
    full_points, full_percent
        How far ahead similar kommuner are where the share is 1: percentage points, and percent of their value.
    limits
        Inhabitants at which what is touched goes from little to medium and from medium to much.
    unknown
        Share that counts where nothing is known.
    """

    weights: Mapping[Concern, float]
    steps: Mapping[Concern, Mapping[str, float]]
    full_points: float
    full_percent: float
    limits: tuple[int, int]
    unknown: float

    @cached_property
    def total(self) -> float:
        """The sum of the weights."""
        return sum(self.weights.values())


def _between(low: float, high: float) -> Parser:
    def parse(found: Located) -> float:
        value = found.value
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise ValueError(f"{value!r} is out of place", f"a number from {low:g} to {high:g}")
        return float(value)

    return parse


_SHARE, _WEIGHT, _FULL = _between(0, 1), _between(0, 1e6), _between(1e-6, 1e6)


def _steps(concern: Concern) -> Parser:
    """Return a parser of a ground's steps: each outcome with its share, none left out."""

    def parse(found: Located) -> dict[str, float]:
        known = STEPS[concern]
        if not isinstance(found.value, dict) or set(found.value) != set(known):
            raise ValueError("the steps are not the ground's own", f"a share for each of {', '.join(known)}")
        shares = {name: _SHARE(item) for name, item in found.value.items()}
        for ground, order in _ORDERED:
            steps = [shares[name] for name in order] if ground is concern else []
            if steps != sorted(steps, reverse=True):
                raise ValueError("a worse outcome has a smaller share", f"falling shares for {', '.join(order)}")
        return shares

    return parse


def _full(found: Located) -> tuple[float, float]:
    if not isinstance(found.value, dict) or set(found.value) != {"procentenheter", "procent"}:
        raise ValueError("no mapping", "{procentenheter: 20, procent: 40}")
    return _FULL(found.value["procentenheter"]), _FULL(found.value["procent"])


def _limits(found: Located) -> tuple[int, ...]:
    limits: tuple[int, ...] = several(whole(1, 10_000_000), "limits", "[100, 1000]")(found)
    if len(limits) != 2 or limits[0] > limits[1]:
        raise ValueError(f"{limits} are no two rising limits", "[100, 1000]")
    return limits


def _parsers(concern: Concern) -> dict[str, Parser]:
    parsers: dict[str, Parser] = {"vikt": _WEIGHT}
    if concern in STEPS:
        parsers["steg"] = _steps(concern)
    if concern is Concern.LIKNANDE:
        parsers["fullt"] = _full
    if concern is Concern.INVANARE:
        parsers["granser"] = _limits
    return parsers


@lru_cache(maxsize=8)
def load_weights(path: Path | None = None) -> Weights:
    """Read weights from `path`, the project's own where left out.

    Raises
    ------
    InputError
        If the file breaks the schema; every fault is listed with its line.
    """
    path = path or catalogue_folder() / "rules" / WEIGHTS_FILE
    if not path.is_file():
        raise InputError("the weights were refused", [Fault(what="there is no such file", file=path.name)])
    document, faults = read_located(path)
    place = Place(path.name)
    top = document.value if document is not None and isinstance(document.value, dict) else {}
    grounds = top["skal"].value if "skal" in top and isinstance(top["skal"].value, dict) else {}
    if set(top) != {"okand", "skal"} or set(grounds) != {str(one) for one in Concern}:
        expected = f"okand and skal, with {', '.join(Concern)}"
        raise InputError("the weights were refused", [*faults, place.fault(1, "", "the file has other keys", expected)])
    unknown: float = 0.0
    try:
        unknown = _SHARE(top["okand"])
    except ValueError as error:
        faults.append(place.fault(top["okand"].line, "okand", *error.args))
    found = {concern: _ground(grounds[str(concern)], concern, place, faults) for concern in Concern}
    if not faults and not any(values["vikt"] for values in found.values()):
        faults.append(place.fault(top["skal"].line, "skal", "every weight is 0", "at least one above 0"))
    if faults:
        raise InputError("the weights were refused", faults)
    return Weights(
        weights={concern: values["vikt"] for concern, values in found.items()},
        steps={concern: found[concern]["steg"] for concern in STEPS},
        full_points=found[Concern.LIKNANDE]["fullt"][0],
        full_percent=found[Concern.LIKNANDE]["fullt"][1],
        limits=found[Concern.INVANARE]["granser"],
        unknown=unknown,
    )


def _ground(item: Located, concern: Concern, place: Place, faults: list[Fault]) -> dict[str, Any]:
    """Return the parsed fields of one ground; its faults are added."""
    if not isinstance(item.value, dict):
        faults.append(place.fault(item.line, concern, "no mapping of fields"))
        return {}
    parsers = _parsers(concern)
    values, wrong = parsed_fields(item.value, parsers, place, required=tuple(parsers))
    wrong += [
        place.fault(item.line, name, f"{concern} has no field {name}") for name in parsers if name not in item.value
    ]
    faults += wrong
    return values

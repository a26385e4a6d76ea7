"""The key indicators of each area: one reviewed file, with the rule that chose them at its top."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from lagesbild.catalogue.areas import AREA_IDS, area
from lagesbild.catalogue.located import Located, read_located
from lagesbild.catalogue.mappings import Place, parsed_fields
from lagesbild.catalogue.parsers import Parser, pattern, several, whole
from lagesbild.catalogue.resources import catalogue_folder
from lagesbild.errors import Fault, InputError

KEY_INDICATORS_FILE = "nyckelindikatorer.yml"

_REFUSED = "the key indicators were refused"
_TOP = ("minst_kommuner", "fa_omraden", "omraden")
_INDICATOR = pattern(r"[a-z]+(-[a-z0-9]+)+", "an indicator's id, like ao-hemtjanst-nojdhet")
_FIELDS: Mapping[str, Parser] = {
    "hogst": whole(1, 20),
    "indikatorer": several(_INDICATOR, "indicators", "[ao-hemtjanst-nojdhet]"),
}


@dataclass(frozen=True, kw_only=True)
class KeyIndicators:
    """Which indicators tell most of each area; the rule stands at the top of the file.

    Parameters
    ----------
    fewest
        Kommuner that must have a result for an indicator to be shown.
    few_areas
        In a report of at most this many areas an area's whole list is shown.
    most
        How many of an area's list are shown in other reports.
    listed
        The indicators of each area, the first choice first.
    """

    fewest: int
    few_areas: int
    most: Mapping[str, int]
    listed: Mapping[str, tuple[str, ...]]

    def chosen(self, areas: Collection[str], n_reporting: Callable[[str], int]) -> dict[str, list[str]]:
        """Return the indicators to show by area: the same for every kommun.

        Parameters
        ----------
        areas
            Ids of the areas that the report is about.
        n_reporting
            How many kommuner have a result of an indicator in the report year.
        """
        found = {}
        for name in areas:
            behind = [one for one in self.listed.get(name, ()) if n_reporting(one) >= self.fewest]
            found[name] = behind if len(areas) <= self.few_areas else behind[: self.most.get(name, 0)]
        return found


@lru_cache(maxsize=2)
def load_key_indicators(path: Path | None = None) -> KeyIndicators:
    """Read the key indicators from `path`, the project's own where left out.

    Raises
    ------
    InputError
        If the file breaks the schema; every fault is listed with its line.
    """
    path = path or catalogue_folder() / "rules" / KEY_INDICATORS_FILE
    place = Place(path.name)
    if not path.is_file():
        raise InputError(_REFUSED, [Fault(what="there is no such file", file=path.name)])
    document, faults = read_located(path)
    top = document.value if document is not None and isinstance(document.value, dict) else {}
    areas = top["omraden"].value if "omraden" in top and isinstance(top["omraden"].value, dict) else {}
    if set(top) != set(_TOP) or set(areas) != set(AREA_IDS):
        expected = f"{', '.join(_TOP)}, and under omraden all of {', '.join(AREA_IDS)}"
        raise InputError(_REFUSED, [*faults, place.fault(1, "", "the file has other keys", expected)])
    limits: dict[str, int] = {}
    for name in _TOP[:2]:
        try:
            limits[name] = whole(1, 290)(top[name])
        except ValueError as error:
            faults.append(place.fault(top[name].line, name, *error.args))
    most: dict[str, int] = {}
    listed: dict[str, tuple[str, ...]] = {}
    for name, item in areas.items():
        fields = _area(name, item, place, faults)
        most[name], listed[name] = fields.get("hogst", 1), fields.get("indikatorer", ())
    if faults:
        raise InputError(_REFUSED, faults)
    return KeyIndicators(fewest=limits["minst_kommuner"], few_areas=limits["fa_omraden"], most=most, listed=listed)


def _area(name: str, item: Located, place: Place, faults: list[Fault]) -> dict[str, Any]:
    """Return the parsed fields of one area; its faults are added."""
    if not isinstance(item.value, dict):
        faults.append(place.fault(item.line, name, "no mapping of fields"))
        return {}
    values, wrong = parsed_fields(item.value, _FIELDS, place, required=tuple(_FIELDS))
    wrong += [place.fault(item.line, one, f"{name} has no field {one}") for one in _FIELDS if one not in item.value]
    prefix = f"{area(name).prefix}-"
    for one in values.get("indikatorer", ()):
        if not one.startswith(prefix):
            wrong.append(place.fault(item.line, "indikatorer", f"{one} is of another area", f"ids beginning {prefix}"))
    faults += wrong
    return values

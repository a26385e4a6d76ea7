"""Made-up countries, and an attacker with linear programming who tries to learn what the gate withheld.

The attacker knows the law of the table (women and men make up the total; kommuner the län; län the country;
stadsdelar and units the kommun), that persons are never negative, the rules and thresholds, and every released
cell: its numerator, and its denominator less the numerator (exactly, which is more than a printed value tells).
For each withheld cell the program finds the smallest and the largest number of persons that agree with all of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pandas as pd
from scipy.optimize import linprog
from scipy.sparse import block_diag, csr_array

THRESHOLD = 5
MOST = 1000
_CLOSE = 1e-6

Name = tuple[str, str, str]  # level, region, unit


@dataclass
class Place:
    """A node of a made-up country with its persons: (sex, side), side 0 with and 1 without the attribute."""

    name: Name
    parent: Place | None = field(repr=False)
    persons: np.ndarray = field(default_factory=lambda: np.zeros((2, 2), dtype=int))
    listed: bool = True
    by_source: str = ""
    hidden_sex: str = ""
    parts: dict[str, list[Place]] = field(default_factory=dict, repr=False)

    def above(self) -> list[Place]:
        """Return the node and all that it is a part of."""
        return [self] + (self.parent.above() if self.parent else [])


@dataclass
class Country:
    """All places of a made-up country, its measurement and whether women and men are told apart.

    `printed` says in how the source tells its counts: all, or only value (two decimals) and number of answers.
    """

    places: list[Place]
    indicator: str
    by_sex: bool
    printed: bool = False

    def __repr__(self) -> str:
        """Return the country in few words; a failing test shows its table."""
        return f"Country({self.indicator}, {len(self.places)} places, by_sex={self.by_sex}, printed={self.printed})"

    def frame(self, new_table: Any) -> pd.DataFrame:
        """Return the country's raw observations."""
        table = new_table(self.indicator)
        for place in self.places:
            if not place.listed:
                continue
            level, region, unit = place.name
            for sex, persons in sexes(place.persons).items():
                if (sex != "T" and not self.by_sex) or sex == place.hidden_sex:
                    continue
                whole, part = int(persons.sum()), int(persons[0])
                if whole == 0:
                    table.add(level, region, sex, status="ej_tillamplig", unit=unit)
                elif sex in place.by_source:
                    table.add(level, region, sex, status="sekretess", unit=unit)
                elif self.indicator == "ao-dagar":
                    table.add(level, region, sex, denominator=whole, value=12.0, unit=unit)
                elif self.printed:
                    value = round(100 * part / whole, 2)
                    table.add(level, region, sex, n_answers=whole, value=value, unit=unit)
                else:
                    table.add(level, region, sex, numerator=part, denominator=whole, unit=unit)
        return table.frame()


def sexes(persons: np.ndarray) -> dict[str, np.ndarray]:
    """Return the persons by sex with the total first."""
    return {"T": persons.sum(axis=0), "K": persons[0], "M": persons[1]}


_few = st.integers(0, 6)
_some = st.one_of(_few, _few, st.integers(0, 40))


@st.composite
def countries(draw: st.DrawFn) -> Country:
    """Draw a country of one to three län with one to four small kommuner each, some of them with parts."""
    indicator = draw(st.sampled_from(["ao-register", "ao-brukare", "ao-dagar"]))
    riket = Place(("rike", "0000", ""), None, listed=draw(st.integers(0, 5)) > 0)
    places = [riket]
    riket.parts["lan"] = []
    leaves: list[Place] = []
    # How full the country is: nearly empty places, a mixture, or places where most figures may be told.
    size = draw(st.sampled_from([_few, _some, _some, st.integers(4, 60), st.integers(4, 60)]))
    for lan_code in ("01", "03", "04")[: draw(st.integers(1, 3))]:
        lan = Place(("lan", lan_code, ""), riket, listed=draw(st.integers(0, 5)) > 0)
        riket.parts["lan"].append(lan)
        lan.parts["kommun"] = []
        places.append(lan)
        for number in range(draw(st.integers(1, 4))):
            kommun = Place(("kommun", f"{lan_code}{number + 14}", ""), lan)
            kommun.listed = draw(st.integers(0, 9)) > 0
            lan.parts["kommun"].append(kommun)
            places.append(kommun)
            leaves += _parts(draw, kommun, places)
        if draw(st.integers(0, 7)) == 0:  # persons without a known kommun: rows don't add up
            unknown = Place(("kommun", f"{lan_code}99", ""), lan, listed=False)
            lan.parts["kommun"].append(unknown)
            places.append(unknown)
            leaves.append(unknown)
    closed = draw(st.integers(0, 4)) == 0  # a country in which many places have only women, or only men
    for leaf in leaves:
        counts = np.array(draw(st.lists(size, min_size=4, max_size=4))).reshape(2, 2)
        if draw(st.integers(0, 1 if closed else 4)) == 0:
            counts[draw(st.integers(0, 1))] = 0
        if draw(st.integers(0, 9)) == 0:  # nobody, or everybody, has the attribute
            counts[:, draw(st.integers(0, 1))] = 0
        if draw(st.integers(0, 19)) == 0:
            counts[:] = 0
        if indicator == "ao-dagar":
            counts[:, 0] = 0
        for place in leaf.above():
            place.persons += counts
    by_sex = draw(st.booleans())
    for place in places:
        small = place.name[0] != "rike" and draw(st.integers(0, 7)) == 0
        place.by_source = draw(st.sampled_from(["TKM", "K", "KM"])) if small and by_sex else "T" * small
        if by_sex and draw(st.integers(0, 19)) == 0:
            place.hidden_sex = draw(st.sampled_from(["T", "K", "M"]))
    return Country(places, indicator, by_sex, printed=indicator == "ao-brukare" and draw(st.booleans()))


def _parts(draw: st.DrawFn, kommun: Place, places: list[Place]) -> list[Place]:
    """Draw the stadsdelar or units of a kommun, if it has any; return the places that persons live in."""
    kind = draw(st.sampled_from(["", "", "", "stadsdel", "enhet", "enhet och resten"]))
    if not kind:
        return [kommun]
    code = kommun.name[1]
    found = []
    for number in range(draw(st.integers(1, 3))):
        name = ("stadsdel", f"{code}0{number}", "") if kind == "stadsdel" else ("enhet", code, f"E{number}")
        found.append(Place(name, kommun))
    kommun.parts[kind] = list(found)
    places += found
    if kind == "enhet och resten":  # persons outside all units, of whom no row tells
        rest = Place(("enhet", code, "resten"), kommun, listed=False)
        kommun.parts[kind].append(rest)
        places.append(rest)
        found.append(rest)
    return found


class Attacker:
    """Bounds on what is withheld, from what is released.

    `raw` only tells which rows had a result to withhold: that there is nobody was said by the source, and where the
    gate no longer says so, whoever works it out has found nothing that was promised.
    """

    def __init__(self, country: Country, released: pd.DataFrame, raw: pd.DataFrame) -> None:
        self.country = country
        self.shown = {((row.level, row.region, row.unit), row.sex): row.status == "ok" for row in released.itertuples()}
        # A row that isn't there is unknown to the attacker; "ej tillämplig" says that there is nobody.
        statuses = released.set_index(["level", "region", "unit", "sex"])["status"].to_dict()
        self.nobody = {key for key, status in statuses.items() if status == "ej_tillamplig"}
        empty = raw.loc[raw["status"].eq("ej_tillamplig"), ["level", "region", "unit", "sex"]]
        empties = set(empty.itertuples(index=False, name=None))
        self.withheld = [
            (place, key[3])
            for place in country.places
            for key in ((*place.name, sex) for sex in "TKM")
            if statuses.get(key) == "sekretess" and key not in empties
        ]
        numbers = {id(place): 2 * position for position, place in enumerate(country.places)}
        self.column = lambda place, sex: numbers[id(place)] + sex
        self.width = 2 * len(country.places)

    def _cell(self, place: Place, sex: str) -> np.ndarray:
        """Return a cell as a sum of unknowns: the women and men of each place."""
        row = np.zeros(self.width)
        for position, of in enumerate("KM"):
            if sex in ("T", of):
                row[self.column(place, position)] = 1
        return row

    def _system(self, side: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the equations that hold for persons with (0) or without (1) the attribute."""
        rows, sums = [np.zeros(self.width)], [0.0]
        for place in self.country.places:
            for parts in place.parts.values():
                for sex in "KM":
                    rows.append(self._cell(place, sex) - sum(self._cell(part, sex) for part in parts))
                    sums.append(0.0)
            for sex, persons in sexes(place.persons).items():
                if self.shown.get((place.name, sex)) or (*place.name, sex) in self.nobody:
                    rows.append(self._cell(place, sex))
                    sums.append(float(persons[side]))
        return np.array(rows), np.array(sums)

    def spans(self, side: int) -> np.ndarray:
        """Return largest minus smallest possible number of persons in each withheld cell.

        All programs of a side are solved as one, each with unknowns of its own.
        """
        rows, sums = self._system(side)
        cells = np.array([self._cell(place, sex) for place, sex in self.withheld])
        both = np.concatenate([cells, -cells])
        found = linprog(
            both.ravel(),
            A_eq=block_diag([csr_array(rows)] * len(both), format="csr"),
            b_eq=np.tile(sums, len(both)),
            bounds=(0, MOST),
            method="highs",
        )
        assert found.status == 0, "the released table contradicts itself"
        ends = (cells[None] * found.x.reshape(2, len(cells), -1)).sum(axis=2)
        return ends[1] - ends[0]

    def finds(self) -> list[str]:
        """Return what the attacker learns more closely than the gate promises."""
        found = [
            f"{place.name} {sex}: has no row but follows"
            for place in self.country.places
            for sex, other in (("K", "M"), ("M", "K"))
            if place.hidden_sex == sex and self.shown.get((place.name, "T")) and self.shown.get((place.name, other))
            if 0 < sexes(place.persons)[sex].sum() < THRESHOLD
        ]
        if not self.withheld:
            return found
        for side in (1,) if self.country.indicator == "ao-dagar" else (0, 1):  # no parts in days
            for (place, sex), span in zip(self.withheld, self.spans(side), strict=True):
                if span < THRESHOLD - _CLOSE and not self._told_empty(place, sex):
                    found.append(f"{place.name} {sex}: side {side} within {span:g}")
        return found

    def _told_empty(self, place: Place, sex: str) -> bool:
        """Return whether the source says that there is nobody in a cell that holds this one."""
        return any((*above.name, wider) in self.nobody for above in place.above() for wider in {"T", sex})

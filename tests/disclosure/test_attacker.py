"""An attacker with linear programming tries to learn what the gate withheld.

The attacker knows the law of the table (women and men make up the total; kommuner the län; län the country;
stadsdelar and units the kommun), that persons are never negative, and every released cell: its numerator, and
its denominator less the numerator. For each withheld cell the program finds the smallest and the largest
number of persons that agree with all of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from scipy.optimize import linprog

from lagesbild.catalogue.load import Catalogue
from lagesbild.disclosure import complementary, gate
from lagesbild.disclosure.complementary import Withheld
from lagesbild.disclosure.pools import Pools
from lagesbild.disclosure.sums import Sums

THRESHOLD = 5
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
    parts: dict[str, list[Place]] = field(default_factory=dict, repr=False)

    def above(self) -> list[Place]:
        """Return the node and all that it is a part of."""
        return [self] + (self.parent.above() if self.parent else [])


@dataclass
class Country:
    """All places of a made-up country, its measurement and whether women and men are told apart."""

    places: list[Place]
    indicator: str
    by_sex: bool

    def __repr__(self) -> str:
        """Return the country in few words; a failing test shows its table."""
        return f"Country({self.indicator}, {len(self.places)} places, by_sex={self.by_sex})"

    def frame(self, new_table: Any) -> pd.DataFrame:
        """Return the country's raw observations."""
        table = new_table(self.indicator)
        for place in self.places:
            if not place.listed:
                continue
            level, region, unit = place.name
            for sex, persons in sexes(place.persons).items():
                if sex != "T" and not self.by_sex:
                    continue
                whole, part = int(persons.sum()), int(persons[0])
                if whole == 0:
                    table.add(level, region, sex, status="ej_tillamplig", unit=unit)
                elif sex in place.by_source:
                    table.add(level, region, sex, status="sekretess", unit=unit)
                elif self.indicator == "ao-dagar":
                    table.add(level, region, sex, denominator=whole, value=12.0, unit=unit)
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
    for leaf in leaves:
        counts = np.array(draw(st.lists(_some, min_size=4, max_size=4))).reshape(2, 2)
        if draw(st.integers(0, 4)) == 0:  # a kommun or unit without women, or without men
            counts[draw(st.integers(0, 1))] = 0
        if indicator == "ao-dagar":
            counts[:, 0] = 0
        for place in leaf.above():
            place.persons += counts
    by_sex = draw(st.booleans())
    for place in places:
        small = place.name[0] != "rike" and draw(st.integers(0, 7)) == 0
        place.by_source = draw(st.sampled_from(["TKM", "K", "KM"])) if small and by_sex else "T" * small
    return Country(places, indicator, by_sex)


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
    """Bounds on what is withheld, from what is released."""

    def __init__(self, country: Country, released: pd.DataFrame) -> None:
        self.country = country
        self.shown = {((row.level, row.region, row.unit), row.sex): row.status == "ok" for row in released.itertuples()}
        # A row that isn't there is unknown to the attacker; "ej tillämplig" says that there is nobody.
        statuses = released.set_index(["level", "region", "unit", "sex"])["status"]
        self.nobody = {key for key, status in statuses.items() if status == "ej_tillamplig"}
        self.withheld = [
            (place, key[3])
            for place in country.places
            for key in ((*place.name, sex) for sex in "TKM")
            if statuses.get(key) == "sekretess"
        ]
        numbers = {id(place): 2 * position for position, place in enumerate(country.places)}
        self.column = lambda place, sex: numbers[id(place)] + sex
        self.width = 2 * len(country.places)
        self.bounds = {side: self._system(side) for side in (0, 1)}

    def _cell(self, place: Place, sex: str) -> np.ndarray:
        """Return a cell as a sum of unknowns: the women and men of each place."""
        row = np.zeros(self.width)
        for position, of in enumerate("KM"):
            if sex in ("T", of):
                row[self.column(place, position)] = 1
        return row

    def _system(self, side: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the equations that hold for persons with (0) or without (1) the attribute."""
        rows, sums = [], []
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

    def span(self, place: Place, sex: str, side: int) -> float:
        """Return largest minus smallest possible number of persons in a cell, at most a thousand."""
        rows, sums = self.bounds[side]
        cell = self._cell(place, sex)
        ends = []
        for sign in (1, -1):
            found = linprog(sign * cell, A_eq=rows, b_eq=sums, bounds=(0, 1000), method="highs")
            assert found.status == 0, "the released table contradicts itself"
            ends.append(sign * found.fun)
        return float(ends[1] - ends[0])

    def nobody_of(self, place: Place, sex: str, side: int) -> bool:
        """Return whether a released cell that holds this one says that there is nobody on this side."""
        return any(
            (self.shown.get((above.name, wider)) or (*above.name, wider) in self.nobody)
            and sexes(above.persons)[wider][side] == 0
            for above in place.above()
            for wider in {"T", sex}
        )

    def finds(self) -> list[str]:
        """Return what the attacker learns more closely than the gate promises."""
        found = []
        for place, sex in self.withheld:
            spans = [self.span(place, sex, side) for side in (0, 1)]
            if sum(spans) < THRESHOLD - _CLOSE:
                found.append(f"{place.name} {sex}: persons within {sum(spans):g}")
            for side, span in enumerate(spans):
                if self.country.indicator == "ao-dagar":
                    continue  # no parts in days
                if span < 1 - _CLOSE and not self.nobody_of(place, sex, side):
                    found.append(f"{place.name} {sex}: side {side} exactly")
        return found


_generate = {"deadline": None, "derandomize": True, "suppress_health_check": list(HealthCheck)}


@settings(max_examples=60, **_generate)
@given(country=countries())
def test_no_withheld_figure_can_be_worked_out(country: Country, catalogue: Catalogue, new_table: Any) -> None:
    raw = country.frame(new_table)
    assert Attacker(country, gate.release(raw, catalogue)).finds() == [], raw.to_string()


@settings(max_examples=100, **_generate)
@given(country=countries(), seed=st.integers(0, 99))
def test_the_gate_only_ever_withholds(country: Country, seed: int, catalogue: Catalogue, new_table: Any) -> None:
    """A released row is untouched, a small one is never released, and neither order nor repetition matters."""
    raw = country.frame(new_table)
    released = gate.release(raw, catalogue)
    kept = released["withheld_reason"].eq("")
    had_result = raw["status"].eq("ok")
    pd.testing.assert_frame_equal(released.loc[kept & had_result, list(raw.columns)], raw[kept & had_result])
    assert released.loc[~kept, ["value", "numerator", "denominator"]].isna().all(axis=None)
    assert not (released["denominator"] < THRESHOLD).any()
    if country.indicator == "ao-register":
        for part in (released["numerator"], released["denominator"] - released["numerator"]):
            assert not part.between(1, THRESHOLD - 1).any()
    shuffled = raw.sample(frac=1, random_state=seed)
    pd.testing.assert_frame_equal(gate.release(shuffled, catalogue).sort_index(), released)
    pd.testing.assert_frame_equal(gate.release(released, catalogue), released)


def _three_kommuner(
    counts: tuple[list[list[int]], ...] = ([[1, 2], [9, 9]], [[20, 20], [20, 20]], [[30, 30], [30, 30]]),
    indicator: str = "ao-register",
) -> Country:
    """Return a country of one län with three kommuner; in the first, where not told, three women are counted."""
    riket = Place(("rike", "0000", ""), None)
    lan = Place(("lan", "01", ""), riket)
    kommuner = [Place(("kommun", code, ""), lan) for code in ("0114", "0115", "0117")]
    riket.parts["lan"], lan.parts["kommun"] = [lan], kommuner
    for kommun, persons in zip(kommuner, counts, strict=True):
        for place in kommun.above():
            place.persons += np.array(persons)
    return Country([riket, lan, *kommuner], indicator, by_sex=True)


def test_a_kommun_of_women_and_one_of_men_do_not_hide_each_other(catalogue: Catalogue, new_table: Any) -> None:
    """The women that are missing from the län are all the first one's, the men all the other's."""
    country = _three_kommuner(([[1, 0], [0, 0]], [[0, 0], [5, 4]], [[30, 30], [30, 30]]), "ao-brukare")
    raw = country.frame(new_table)
    assert Attacker(country, gate.release(raw, catalogue)).finds() == [], raw.to_string()


@pytest.mark.parametrize("indicator", ["ao-brukare", "ao-register"])
@pytest.mark.parametrize("empty", [0, 1])
def test_a_kommun_without_women_or_men_hides_nobody_elsewhere(
    catalogue: Catalogue, new_table: Any, indicator: str, empty: int
) -> None:
    """Its other sex is its total, so withholding it gives no cover."""
    only = [[0, 0], [0, 0]]
    only[1 - empty] = [6, 6]
    country = _three_kommuner(([[4, 6], [3, 1]], only, [[30, 30], [30, 30]]), indicator)
    raw = country.frame(new_table)
    assert Attacker(country, gate.release(raw, catalogue)).finds() == [], raw.to_string()


def _regions_forgotten(sums: Sums, start: Withheld) -> Withheld:
    """Stand for complementary suppression that forgets the regions."""
    return start


def _sexes_forgotten(sums: Sums) -> Withheld:
    """Stand for a first step that lets the men stand beside the total."""
    return Withheld(total=sums.secret[:, 0], sexes=np.zeros(sums.size, dtype=bool))


@pytest.mark.parametrize(
    ("step", "broken"),
    [("complementary_suppression", _regions_forgotten), ("first_withheld", _sexes_forgotten)],
)
def test_the_attacker_breaks_a_gate_that_skips_complementary_suppression(
    catalogue: Catalogue, new_table: Any, monkeypatch: pytest.MonkeyPatch, step: str, broken: Any
) -> None:
    """Else the test above would prove nothing."""
    country = _three_kommuner()
    raw = country.frame(new_table)
    assert Attacker(country, gate.release(raw, catalogue)).finds() == []
    monkeypatch.setattr(gate, step, broken)
    assert Attacker(country, gate.release(raw, catalogue)).finds() != []


class _Found(Exception):
    """The attacker found something."""


def _all_safe(sums: Sums, pools: Pools, *_: Any) -> tuple[np.ndarray, np.ndarray]:
    """Stand for a rule that finds every pool safe."""
    return np.zeros(pools.size, dtype=bool), np.full(pools.size, -1)


def _nothing_below(sums: Sums, withheld: np.ndarray) -> np.ndarray:
    """Stand for a rule that lets the parts of a withheld kommun stand."""
    return withheld.copy()


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@pytest.mark.parametrize(
    ("rule", "broken"),
    [("_unsafe_totals", _all_safe), ("_unsafe_sexes", _all_safe), ("_downwards", _nothing_below)],
)
def test_the_attacker_notices_each_rule_that_is_taken_away(
    catalogue: Catalogue, new_table: Any, monkeypatch: pytest.MonkeyPatch, rule: str, broken: Any
) -> None:
    monkeypatch.setattr(complementary, rule, broken)

    @settings(max_examples=200, phases=[Phase.generate], report_multiple_bugs=False, **_generate)
    @given(country=countries())
    def attack(country: Country) -> None:
        raw = country.frame(new_table)
        if Attacker(country, gate.release(raw, catalogue)).finds():
            raise _Found

    with pytest.raises(_Found):
        attack()

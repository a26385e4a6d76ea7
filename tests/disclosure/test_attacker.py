"""Nothing withheld can be worked out within the protection interval; a broken gate is found out.

`make proof` attacks 10,000 made-up tables, in five processes of 2,000 with a seed each (LAGESBILD_PROOF_TABLES and
LAGESBILD_PROOF_SEED), because tau-ARGUS's audit keeps a little memory at each call; the plain run attacks a few dozen.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pandas as pd
import pytest
from attack import THRESHOLD, Attacker, Country, Place, countries
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from lagesbild.catalogue.load import Catalogue
from lagesbild.disclosure import gate, secondary
from lagesbild.disclosure.search import Search
from lagesbild.disclosure.sum_table import SumTable

_generate = {"deadline": None, "derandomize": True, "database": None, "suppress_health_check": list(HealthCheck)}
#: So many countries pass the gate at a time in the long run, to spare its fixed costs.
_TOGETHER = 50
_NUMBERS = ["value", "numerator", "denominator", "n_answers"]


def _attack(country: Country, catalogue: Catalogue, new_table: Any) -> None:
    """Fail where the attacker finds something, or where what is released isn't what was measured."""
    raw = country.frame(new_table)
    _check(country, raw, gate.release(raw, catalogue))


def _attack_all(countries: list[Country], catalogue: Catalogue, new_table: Any) -> None:
    """Attack several countries that pass the gate together, each in a year of its own."""
    frames = [country.frame(new_table).assign(year=1990 + number) for number, country in enumerate(countries)]
    raw = pd.concat(frames, ignore_index=True)
    released = gate.pass_gate(raw, catalogue, jobs=1).released
    for number, country in enumerate(countries):
        own = raw["year"].eq(1990 + number)
        _check(country, raw[own], released[own])


def _check(country: Country, raw: pd.DataFrame, released: pd.DataFrame) -> None:
    """Fail where the attacker learns something from what is released, or where that isn't what was measured."""
    assert Attacker(country, released, raw).finds() == [], raw.to_string()
    kept = released["status"].eq("ok")
    pd.testing.assert_frame_equal(released[kept], raw[kept])  # totals stay true
    assert released.loc[released["status"].eq("sekretess"), _NUMBERS].isna().all(axis=None)
    for whole in (released["denominator"], released["n_answers"]):
        assert not (whole < THRESHOLD).any()
    if country.indicator != "ao-dagar":
        whole = raw["denominator"].fillna(raw["n_answers"])[kept]
        part = raw["numerator"].fillna((raw["value"] * whole / 100).round())[kept]
        assert not (part < THRESHOLD).any()
        assert not (whole - part < THRESHOLD).any()


@settings(max_examples=60, **_generate)
@given(country=countries())
def test_no_withheld_figure_can_be_worked_out(country: Country, catalogue: Catalogue, new_table: Any) -> None:
    _attack(country, catalogue, new_table)


@pytest.mark.proof
def test_no_withheld_figure_of_thousands_of_tables_can_be_worked_out(catalogue: Catalogue, new_table: Any) -> None:
    tables = int(os.environ.get("LAGESBILD_PROOF_TABLES", "2000"))
    waiting: list[Country] = []

    @seed(int(os.environ.get("LAGESBILD_PROOF_SEED", "1")))
    @settings(max_examples=tables, phases=[Phase.generate], **_generate | {"derandomize": False})
    @given(country=countries())
    def attack(country: Country) -> None:
        waiting.append(country)
        if len(waiting) == _TOGETHER:
            _attack_all(waiting, catalogue, new_table)
            waiting.clear()

    attack()
    if waiting:
        _attack_all(waiting, catalogue, new_table)


@settings(max_examples=15, **_generate)
@given(country=countries(), order=st.integers(0, 99))
def test_the_order_of_rows_does_not_matter(country: Country, order: int, catalogue: Catalogue, new_table: Any) -> None:
    raw = country.frame(new_table)
    shuffled = raw.sample(frac=1, random_state=order)
    again = gate.release(shuffled, catalogue).sort_index()
    pd.testing.assert_frame_equal(again, gate.release(raw, catalogue))


def _three_kommuner(
    counts: tuple[list[list[int]], ...] = ([[1, 8], [9, 9]], [[20, 20], [20, 20]], [[30, 30], [30, 30]]),
    indicator: str = "ao-register",
) -> Country:
    """Return a country of one län with three kommuner; one woman of the first, where not told, has the attribute."""
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
    _attack(country, catalogue, new_table)


@pytest.mark.parametrize("indicator", ["ao-brukare", "ao-register"])
@pytest.mark.parametrize("empty", [0, 1])
def test_a_kommun_without_women_or_men_hides_nobody_elsewhere(
    catalogue: Catalogue, new_table: Any, indicator: str, empty: int
) -> None:
    """Its other sex is its total, so withholding it gives no cover."""
    only = [[0, 0], [0, 0]]
    only[1 - empty] = [6, 6]
    country = _three_kommuner(([[4, 6], [3, 1]], only, [[30, 30], [30, 30]]), indicator)
    _attack(country, catalogue, new_table)


@contextmanager
def _without_secondary(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Break the gate: nothing more is withheld than what is small."""

    def nothing(tables: list[SumTable], *, jobs: int = 2) -> list[secondary.Protected]:
        none = [np.zeros(one.size, dtype=bool) for one in tables]
        return [secondary.Protected(withheld=n, secondary=n, by_audit=n, gave_up=False) for n in none]

    with monkeypatch.context() as patch:
        patch.setattr(gate, "protect_all", nothing)
        yield


@contextmanager
def _without_numerators(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Break the gate: only denominators are checked, as it once was."""
    counts = gate.person_counts

    def lenient(observations: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
        found = counts(observations, catalogue)
        people = observations["denominator"].fillna(observations["n_answers"])
        return found.assign(too_small=found["too_small"] & (people < found["threshold"]))

    with monkeypatch.context() as patch:
        patch.setattr(gate, "person_counts", lenient)
        yield


@pytest.mark.parametrize("broken", [_without_secondary, _without_numerators])
def test_a_broken_gate_is_found_out(
    catalogue: Catalogue, new_table: Any, monkeypatch: pytest.MonkeyPatch, broken: Any
) -> None:
    """Else the tests above would prove nothing."""
    country = _three_kommuner()
    _attack(country, catalogue, new_table)
    with broken(monkeypatch), pytest.raises(AssertionError):
        _attack(country, catalogue, new_table)


class _Found(Exception):
    """The attacker found something."""


def _nothing_narrow(self: Any, questions: list[tuple[np.ndarray, np.ndarray]], side: int) -> list[np.ndarray]:
    """Stand for an audit that finds nothing."""
    return [part[:0] for part, _ in questions]


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
def test_the_attacker_notices_an_audit_that_finds_nothing(
    catalogue: Catalogue, new_table: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Search, "_audited", _nothing_narrow)

    @settings(max_examples=100, phases=[Phase.generate], report_multiple_bugs=False, **_generate)
    @given(country=countries())
    def attack(country: Country) -> None:
        raw = country.frame(new_table)
        if Attacker(country, gate.release(raw, catalogue), raw).finds():
            raise _Found

    with pytest.raises(_Found):
        attack()

"""Claims of analysts' prose, held against figures made for the purpose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from lagesbild.catalogue.indicators import Direction, Indicator
from lagesbild.catalogue.prose_parts import RIKET, Claim, Place, Says
from lagesbild.catalogue.vocabulary import Level, Sex
from lagesbild.methods.claims import Reason, verdict
from lagesbild.methods.prose_figures import DIFFERENCE_COLUMNS, FIGURE_COLUMNS, ProseFigures

YEARS = range(2016, 2025)
ALE = Place(level=Level.KOMMUN, code="1440", name="Ale")
Make = Callable[..., Indicator]


def group(code: str) -> Place:
    return Place(level=Level.KOMMUNGRUPP, code=code, name=code)


def row(place: Place, year: int, value: float | None, **more: Any) -> dict[str, Any]:
    plain = {
        "indicator": "ao-x",
        "year": year,
        "level": str(place.level),
        "region": place.code,
        "sex": "T",
        "value": value,
        "answer": None,
        "status": "ok" if value is not None else "saknas",
        "denominator": None,
        "n_kommuner": 10.0,
        "weighting": "redovisad" if place.level in (Level.RIKE, Level.KOMMUN) else "ovagd",
        "lower": None if value is None else value - 1,
        "upper": None if value is None else value + 1,
    }
    return plain | more


def figures(*rows: dict[str, Any], differences: list[tuple[Any, ...]] | None = None) -> ProseFigures:
    frame = pd.DataFrame(list(rows), columns=list(FIGURE_COLUMNS))
    numbers = ("value", "denominator", "n_kommuner", "lower", "upper")
    told = pd.DataFrame(differences or [], columns=list(DIFFERENCE_COLUMNS))
    return ProseFigures(
        figures=frame.astype(dict.fromkeys(numbers, "float64")), differences=told, year=2024, years=YEARS
    )


@pytest.fixture
def claim(an_indicator: Make) -> Callable[..., Claim]:
    def make(direction: Direction = Direction.HOG, **fields: Any) -> Claim:
        plain: dict[str, Any] = {
            "line": 1,
            "pieces": ("Så är det.",),
            "indicator": an_indicator("ao-x", direction=direction),
            "place": RIKET,
            "year": None,
            "sex": Sex.TOTAL,
        }
        return Claim(**(plain | fields))

    return make


RISING = [80.1, 81.0, 82.2, 82.9, 84.1, 85.0, 85.9, 87.1, 88.0]
WAVERING = [85.0, 80.1, 88.0, 79.0, 86.0, 81.0, 88.5, 80.2, 86.0]


def series(values: list[float]) -> list[dict[str, Any]]:
    return [row(RIKET, year, value) for year, value in zip(YEARS, values, strict=True)]


@pytest.mark.parametrize(
    ("values", "way", "secured", "reason"),
    [
        (RISING, "okat", True, Reason.HOLDS),
        (RISING, "battre", True, Reason.HOLDS),
        (RISING, "minskat", True, Reason.OTHER_WAY),
        (RISING, "samre", False, Reason.OTHER_WAY),
        (RISING, "oforandrat", False, Reason.OTHER_WAY),
        (WAVERING, "okat", True, Reason.NOT_SECURED),
        (WAVERING, "okat", False, Reason.HOLDS),
        (WAVERING, "oforandrat", False, Reason.HOLDS),
    ],
)
def test_change(claim: Callable[..., Claim], values: list[float], way: str, secured: bool, reason: Reason) -> None:
    said = claim(says=Says.RIKTNING, way=way, since=2016, secured=secured)
    assert verdict(said, figures(*series(values))).reason is reason


def test_change_is_tested_on_the_years_it_is_of(claim: Callable[..., Claim]) -> None:
    risen = [80.0, 80.0, 80.0, 80.1, 87.9, 88.0, 87.8, 88.1, 88.1]
    whole = claim(says=Says.RIKTNING, way="okat", since=2016)
    late = claim(says=Says.RIKTNING, way="okat", since=2023)
    assert verdict(whole, figures(*series(risen))).holds
    assert verdict(late, figures(*series(risen))).reason is Reason.OTHER_WAY
    two_years = claim(says=Says.RIKTNING, way="okat", since=2022)
    assert verdict(two_years, figures(*series([*risen[:-1], 88.5]))).reason in (Reason.NOT_SECURED, Reason.TOO_FEW)


def test_less_is_better_where_it_is(claim: Callable[..., Claim]) -> None:
    falling = figures(*series(RISING[::-1]))
    assert verdict(claim(Direction.LAG, says=Says.RIKTNING, way="battre", since=2016), falling).holds
    assert not verdict(claim(Direction.INGEN, says=Says.RIKTNING, way="battre", since=2016), falling).holds


def test_withheld_and_absent_figures_can_bear_no_claim(claim: Callable[..., Claim]) -> None:
    withheld = figures(row(RIKET, 2024, None, status="sekretess"), row(RIKET, 2016, 80.0))
    said = claim(says=Says.RIKTNING, way="okat", since=2016, secured=False)
    assert verdict(said, withheld).reason is Reason.WITHHELD
    assert verdict(claim(says=Says.OVER, level=1.0, secured=False), withheld).reason is Reason.WITHHELD
    assert verdict(said, figures(row(RIKET, 2024, 88.0))).reason is Reason.NO_FIGURE


def test_comparison_of_groups_and_sexes(claim: Callable[..., Claim]) -> None:
    frame = figures(
        row(RIKET, 2024, 85.0),
        row(group("A1"), 2024, 88.0),
        row(group("A2"), 2024, 85.5),
        row(RIKET, 2024, 84.0, sex="K"),
        row(RIKET, 2024, 87.0, sex="M", lower=None, upper=None),
    )

    def told(place: Place, way: str, than: object, **more: Any) -> Reason:
        return verdict(claim(says=Says.JAMFORT, place=place, way=way, than=than, **more), frame).reason

    assert told(group("A1"), "hogre", RIKET) is Reason.HOLDS
    assert told(group("A1"), "lagre", RIKET) is Reason.OTHER_WAY
    assert told(group("A2"), "hogre", RIKET) is Reason.NOT_SECURED
    assert told(group("A2"), "hogre", RIKET, secured=False) is Reason.HOLDS
    assert told(group("A1"), "battre", group("A2")) is Reason.HOLDS
    assert told(RIKET, "hogre", Sex.KVINNOR, sex=Sex.MAN) is Reason.UNTESTED
    assert told(RIKET, "hogre", Sex.KVINNOR, sex=Sex.MAN, secured=False) is Reason.HOLDS


def test_kommun_against_riket_as_the_kommun_report_tests_it(claim: Callable[..., Claim]) -> None:
    rows = [row(RIKET, 2024, 85.0), row(ALE, 2024, 90.0)]
    said = claim(says=Says.JAMFORT, place=ALE, way="hogre", than=RIKET)
    for level, reason in ((95.0, Reason.HOLDS), (0.0, Reason.NOT_SECURED), (None, Reason.UNTESTED)):
        frame = figures(*rows, differences=[("ao-x", 2024, "1440", "T", level)])
        assert verdict(said, frame).reason is reason


def test_highest_is_of_groups_with_enough_kommuner(claim: Callable[..., Claim]) -> None:
    frame = figures(
        row(group("A1"), 2024, 95.0, n_kommuner=3.0),
        row(group("A2"), 2024, 90.0),
        row(group("B3"), 2024, 89.0),
        row(group("B4"), 2024, 80.0),
    )

    def told(code: str, way: str, *, secured: bool = False) -> Reason:
        return verdict(claim(says=Says.RANG, place=group(code), way=way, secured=secured), frame).reason

    assert told("A2", "hogst") is Reason.HOLDS
    assert told("A2", "hogst", secured=True) is Reason.NOT_SECURED
    assert told("B4", "lagst", secured=True) is Reason.HOLDS
    assert told("B3", "hogst") is Reason.OTHER_WAY
    assert told("A1", "hogst") is Reason.TOO_FEW


def test_level(claim: Callable[..., Claim]) -> None:
    frame = figures(row(RIKET, 2024, 85.5))
    assert verdict(claim(says=Says.OVER, level=85.0, secured=False), frame).holds
    assert verdict(claim(says=Says.OVER, level=85.0), frame).reason is Reason.NOT_SECURED
    assert verdict(claim(says=Says.OVER, level=84.0), frame).holds
    assert verdict(claim(says=Says.UNDER, level=85.5, secured=False), frame).reason is Reason.OTHER_WAY


def test_riket_is_of_one_kind_in_all_years(claim: Callable[..., Claim]) -> None:
    frame = figures(
        row(RIKET, 2016, 70.0, weighting="ovagd"), row(RIKET, 2024, 80.0), row(RIKET, 2024, 75.0, weighting="ovagd")
    )
    said = claim(says=Says.RIKTNING, way="okat", since=2016, secured=False)
    assert frame.at(said.indicator, RIKET, 2024).value == 80.0
    assert verdict(said, frame).reason is Reason.NO_FIGURE

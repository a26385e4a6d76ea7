"""The measuring plan: what is measured, why not, when next, and what a year costs a kommun."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lagesbild.catalogue.indicators import Indicator, Kind, LifecycleEvent, LifecycleState, Scale, Survey
from lagesbild.catalogue.load import Catalogue, load_catalogue
from lagesbild.catalogue.plan import (
    LAST_YEAR,
    PLANNED_GAPS,
    Standing,
    burden,
    checked_year,
    measuring_plan,
    next_measured,
    plan_years,
    planned,
    standing,
)
from lagesbild.errors import ParameterError


@pytest.fixture
def plain() -> Indicator:
    """Return a question of the kommunenkät, asked every year since 2016."""
    return replace(
        load_catalogue().indicators[0],
        id="ao-fraga",
        kind=Kind.INDIKATOR,
        scale=Scale.JA_NEJ,
        survey=Survey.KOMMUNENKAT,
        questions=1,
        frequency=1,
        phase=2016,
        first_year=2016,
        last_year=None,
        yearly_until=None,
        lifecycle=(),
    )


def life(*events: tuple[LifecycleState, int], successor: str | None = None) -> tuple[LifecycleEvent, ...]:
    return tuple(
        LifecycleEvent(
            state=state,
            year=year,
            reason=f"Översynen {year}",
            successor=successor if state is LifecycleState.ERSATT_AV else None,
        )
        for state, year in events
    )


def test_an_indepth_indicator_rests_every_other_year_and_says_when_it_is_next(plain: Indicator) -> None:
    one = replace(plain, frequency=2, phase=2023, yearly_until=2022)
    assert [standing(one, year) for year in (2021, 2022, 2023, 2024, 2025)] == [
        *(Standing.MATS, Standing.MATS, Standing.MATS, Standing.RYTM, Standing.MATS),
    ]
    assert planned(one, 2024).next_year == 2025
    assert planned(one, 2024).reason == ""


def test_an_indicator_of_the_four_year_rhythm_rests_three_years(plain: Indicator) -> None:
    one = replace(plain, frequency=4, phase=2023)
    assert [planned(one, year).next_year for year in (2023, 2024, 2025, 2026)] == [2027] * 4
    assert planned(one, 2026).standing is Standing.RYTM
    assert planned(one, 2027).measured


def test_a_pause_tells_its_reason_and_when_it_ends_if_that_is_decided(plain: Indicator) -> None:
    ends = replace(plain, lifecycle=life((LifecycleState.PAUSAD, 2022), (LifecycleState.AKTIV, 2024)))
    assert (planned(ends, 2023).standing, planned(ends, 2023).next_year) == (Standing.PAUSAD, 2024)
    assert planned(ends, 2023).reason == "Översynen 2022"
    assert planned(ends, 2024).measured
    open_ended = replace(plain, lifecycle=life((LifecycleState.PAUSAD, 2022)))
    assert planned(open_ended, 2023).next_year is None


def test_a_pause_that_ends_takes_the_rhythm_up_where_the_plan_has_it(plain: Indicator) -> None:
    one = replace(
        plain, frequency=2, phase=2023, lifecycle=life((LifecycleState.PAUSAD, 2022), (LifecycleState.AKTIV, 2024))
    )
    assert next_measured(one, 2022) == 2025
    assert planned(one, 2024).standing is Standing.RYTM


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"lifecycle": life((LifecycleState.BORTTAGEN, 2023))}, Standing.BORTTAGEN),
        ({"lifecycle": life((LifecycleState.ERSATT_AV, 2023), successor="ao-ny")}, Standing.ERSATT),
        ({"first_year": 2026}, Standing.EJ_BORJAD),
        ({"last_year": 2023}, Standing.AVSLUTAD),
        ({"kind": Kind.UTVECKLINGSINDIKATOR}, Standing.UTVECKLING),
    ],
)
def test_what_has_ended_or_not_begun_is_no_planned_gap(plain: Indicator, changes: dict, expected: Standing) -> None:  # type: ignore[type-arg]
    one = planned(replace(plain, **changes), 2024)
    assert one.standing is expected
    assert one.standing not in PLANNED_GAPS
    assert not one.measured
    assert one.questions == 0
    assert one.next_year == (2026 if expected is Standing.EJ_BORJAD else None)
    assert one.successor == ("ao-ny" if expected is Standing.ERSATT else None)


def test_the_plan_and_the_catalogue_agree_on_what_is_measured() -> None:
    catalogue = load_catalogue()
    for year in range(2016, LAST_YEAR + 1):
        for one in measuring_plan(catalogue.indicators, year):
            assert one.measured == one.indicator.measured(year), (one.indicator.id, year)
            assert one.next_year is None or one.indicator.measured(one.next_year)


def test_an_indicator_that_is_active_and_rests_has_a_next_year() -> None:
    catalogue = load_catalogue()
    resting = [one for one in measuring_plan(catalogue.indicators, 2024) if one.standing is Standing.RYTM]
    assert resting
    assert [one.indicator.id for one in resting if one.next_year is None and one.indicator.last_year is None] == []


def test_the_burden_counts_questions_to_the_kommun_only(plain: Indicator) -> None:
    asked = replace(plain, questions=3, frequency=2, phase=2023)
    register = replace(plain, id="ao-register", survey=Survey.REGISTER, questions=0)
    rows = burden([asked, register], [2023, 2024])
    assert [(row.year, row.survey, row.indicators, row.questions) for row in rows] == [
        (2023, Survey.KOMMUNENKAT, 1, 3),
        (2023, Survey.REGISTER, 1, 0),
        (2024, Survey.KOMMUNENKAT, 0, 0),
        (2024, Survey.REGISTER, 1, 0),
    ]


def test_only_the_kommunenkat_costs_the_kommun_questions() -> None:
    rows = burden(load_catalogue().indicators, range(2016, 2026))
    assert all(row.questions == 0 for row in rows if row.survey is not Survey.KOMMUNENKAT)
    assert all(row.questions > 0 for row in rows if row.survey is Survey.KOMMUNENKAT)


def test_the_plan_covers_the_years_of_the_catalogue_and_suggests_the_nearest(plain: Indicator) -> None:
    catalogue = Catalogue((plain,))
    assert plan_years(catalogue) == range(2016, LAST_YEAR + 1)
    assert checked_year(catalogue, 2016) == 2016
    with pytest.raises(ParameterError, match="Did you mean 2016"):
        checked_year(catalogue, 2012)
    with pytest.raises(ParameterError, match=f"Did you mean {LAST_YEAR}"):
        checked_year(catalogue, 2040)

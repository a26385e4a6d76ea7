"""The measuring plan: which years an indicator is measured in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lagesbild.catalogue.indicators import Indicator, Kind, LifecycleEvent, LifecycleState, Scale
from lagesbild.catalogue.load import load_catalogue

YEARS = range(2014, 2031)


@pytest.fixture
def plain() -> Indicator:
    """Return an indicator measured every year since ever."""
    return replace(
        load_catalogue().indicators[0],
        kind=Kind.INDIKATOR,
        scale=Scale.PROCENT,
        frequency=1,
        phase=2016,
        first_year=None,
        last_year=None,
        yearly_until=None,
        lifecycle=(),
    )


def event(state: LifecycleState, year: int) -> LifecycleEvent:
    return LifecycleEvent(state=state, year=year, reason="Prövas")


def measured(one: Indicator) -> list[int]:
    return [year for year in YEARS if one.measured(year)]


def test_a_base_indicator_is_measured_every_year_between_its_first_and_last(plain: Indicator) -> None:
    assert measured(plain) == list(YEARS)
    assert measured(replace(plain, first_year=2018, last_year=2020)) == [2018, 2019, 2020]


def test_an_indepth_indicator_follows_its_rhythm_before_and_after_its_phase(plain: Indicator) -> None:
    assert measured(replace(plain, frequency=4, phase=2023)) == [2015, 2019, 2023, 2027]


def test_the_yearly_rhythm_before_the_model_of_2023_is_kept(plain: Indicator) -> None:
    one = replace(plain, frequency=2, phase=2024, yearly_until=2018, first_year=2016)
    assert measured(one) == [2016, 2017, 2018, 2020, 2022, 2024, 2026, 2028, 2030]


@pytest.mark.parametrize("state", [LifecycleState.PAUSAD, LifecycleState.BORTTAGEN, LifecycleState.ERSATT_AV])
def test_a_paused_removed_or_replaced_indicator_ends_in_that_year(plain: Indicator, state: LifecycleState) -> None:
    assert measured(replace(plain, lifecycle=(event(state, 2016),))) == [2014, 2015]


def test_an_active_indicator_with_a_lifecycle_year_goes_on_and_a_coming_one_is_not_measured(plain: Indicator) -> None:
    assert measured(replace(plain, lifecycle=(event(LifecycleState.AKTIV, 2016),))) == list(YEARS)
    assert measured(replace(plain, kind=Kind.UTVECKLINGSINDIKATOR)) == []


def test_a_pause_that_ends_is_a_gap_in_the_measuring(plain: Indicator) -> None:
    life = (
        event(LifecycleState.PAUSAD, 2016),
        event(LifecycleState.AKTIV, 2019),
        event(LifecycleState.BORTTAGEN, 2021),
    )
    one = replace(plain, lifecycle=life)
    assert measured(one) == [2014, 2015, 2019, 2020]
    assert [one.state_in(year).value for year in (2015, 2016, 2019, 2021)] == ["aktiv", "pausad", "aktiv", "borttagen"]


def test_only_ja_and_nej_are_answers(plain: Indicator) -> None:
    answers = {scale for scale in Scale if replace(plain, scale=scale).is_answer}
    assert answers == {Scale.JA_NEJ, Scale.JA_DELVIS_NEJ}

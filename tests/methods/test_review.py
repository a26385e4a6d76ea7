"""The rules of the review find what the review of 2022 found, and nothing of what they shouldn't."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from lagesbild.catalogue.indicators import Direction, Indicator, LifecycleEvent, LifecycleState, Scale, Survey
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.review import read_review
from lagesbild.catalogue.review_rules import Measure, load_review_rules
from lagesbild.methods.review import Case, counts_by_rule, ground, review, saved_questions
from lagesbild.methods.review_figures import FIGURE_COLUMNS
from lagesbild.methods.review_simulation import retest_calls

Maker = Callable[..., Indicator]
RULES = load_review_rules()
BY_ID = {rule.id: rule for rule in RULES.rules}


def measured(indicator: Indicator, years: range, **measures: float | list[float]) -> pd.DataFrame:
    """Return figures of one indicator on 250 of 290 kommuner; measures not given are not known."""
    rows = pd.DataFrame({"indicator": indicator.id, "year": list(years)})
    rows = rows.assign(
        n_asked=290, n_answered=250, n_shown=250, n_pairs=240, **dict.fromkeys(map(str, Measure), np.nan)
    )
    return rows.assign(**measures)[list(FIGURE_COLUMNS)]


def grounds_of(indicator: Indicator, figures: pd.DataFrame, year: int = 2023) -> list[str]:
    found = review(figures, indicators=[indicator], rules=RULES, year=year).cases
    return [one.rule.id for case in found for one in case.grounds]


@pytest.fixture
def asked(indicator: Maker) -> Indicator:
    """Return a yearly question of the kommunenkät."""
    return indicator("ao-rutin", scale=Scale.JA_NEJ, survey=Survey.KOMMUNENKAT, questions=1)


YEARS = range(2020, 2024)


@pytest.mark.parametrize(
    ("measures", "expected"),
    [
        ({"uppfyller": 94.0}, ["mattad"]),
        ({"uppfyller": [95.0, 89.0, 95.0, 95.0]}, []),  # two measurements are no habit
        ({"uppfyller": [80.0, 90.0, 90.0, 90.0]}, ["mattad"]),  # the threshold itself counts
        ({"uppfyller": 4.0}, ["laga"]),
        ({"svarande": 30.0}, ["fa_kan_svara"]),
        ({"svarande": [90.0, 90.0, 90.0, 30.0]}, []),
        ({"vaxlat": 12.0}, ["vaxlar"]),
        ({"betyg": [1.0, 1.0, 3.0, 4.0]}, ["bristande_data"]),
        ({"betyg": [4.0, 4.0, 4.0, 2.0]}, []),
        ({"varianter": 7.0}, ["stor_borda"]),
        ({"andrat": 3.0}, ["andras_sallan"]),
        ({}, []),
    ],
)
def test_each_rule_finds_its_case(asked: Indicator, measures: dict[str, float], expected: list[str]) -> None:
    assert grounds_of(asked, measured(asked, YEARS, **measures)) == expected


def test_numbers_have_rules_of_their_own(indicator: Maker) -> None:
    survey = indicator(survey=Survey.BRUKARUNDERSOKNING)
    assert grounds_of(survey, measured(survey, YEARS, spridning=3.0)) == ["ingen_spridning"]
    assert grounds_of(survey, measured(survey, YEARS, aterkommer=0.1)) == ["platser_av_slump"]
    assert grounds_of(survey, measured(survey, YEARS, aterkommer=0.1).assign(n_pairs=19)) == []
    assert grounds_of(survey, measured(survey, YEARS, svarande=20.0)) == ["fa_deltar"]
    # That hardly any kommun reaches 90 percent satisfied is no fault of the indicator.
    assert grounds_of(survey, measured(survey, YEARS, uppfyller=0.0)) == []


def test_what_has_no_direction_is_neither_met_nor_low(indicator: Maker) -> None:
    neither = indicator("ao-rutin", scale=Scale.JA_NEJ, direction=Direction.INGEN, survey=Survey.REGISTER)
    figures = measured(neither, YEARS, uppfyller=99.0, utan_riktning=1.0)
    assert grounds_of(neither, figures) == ["ingen_riktning"]


def test_few_kommuner_give_no_ground(asked: Indicator) -> None:
    few = measured(asked, YEARS, uppfyller=100.0, vaxlat=30.0).assign(n_shown=8)
    assert grounds_of(asked, few) == []


def test_old_measurements_are_not_judged(asked: Indicator) -> None:
    found = review(measured(asked, range(2015, 2019), uppfyller=99.0), indicators=[asked], rules=RULES, year=2023)
    assert (found.cases, found.unmeasured) == ((), (asked,))


def test_what_has_ended_is_left_out_and_later_years_are_not_looked_at(indicator: Maker) -> None:
    removed = LifecycleEvent(state=LifecycleState.BORTTAGEN, year=2022, reason="Bort")
    ended = indicator("ao-rutin", scale=Scale.JA_NEJ, lifecycle=(removed,))
    figures = measured(ended, YEARS, uppfyller=[94.0, 94.0, 94.0, 94.0])
    after = review(figures, indicators=[ended], rules=RULES, year=2023)
    assert (after.cases, after.reviewed, after.unmeasured) == ((), (), ())
    before = review(figures, indicators=[ended], rules=RULES, year=2021)
    assert before.reviewed == (ended,)
    assert before.cases == ()  # only two of the four measurements had been made


def test_the_first_rule_decides_and_every_ground_counts(asked: Indicator) -> None:
    figures = measured(asked, YEARS, uppfyller=95.0, andrat=5.0)
    (case,) = review(figures, indicators=[asked], rules=RULES, year=2023).cases
    assert case.proposal.id == "vart_fjarde_ar"
    assert case.clearness == pytest.approx(1.5 + 0.5 * 1.5)
    assert [(one.since, one.measurements) for one in case.grounds] == [(2020, 4), (2020, 4)]
    assert saved_questions([case], 2023) == pytest.approx(0.75)
    assert not case.done(2023)


def test_a_proposal_that_holds_already_is_told(indicator: Maker) -> None:
    rare = indicator("ao-rutin", scale=Scale.JA_NEJ, frequency=4, phase=2023)
    (case,) = review(
        measured(rare, range(2015, 2024, 4), uppfyller=95.0), indicators=[rare], rules=RULES, year=2023
    ).cases
    assert case.done(2023)
    assert saved_questions([case], 2023) == 0.0


def test_clearer_never_ranks_lower_and_rows_may_come_in_any_order(indicator: Maker) -> None:
    ones = [indicator(f"ao-rutin-{n}", scale=Scale.JA_NEJ, survey=Survey.REGISTER) for n in range(5)]
    figures = pd.concat([measured(one, YEARS, uppfyller=90.0 + 2 * n) for n, one in enumerate(ones)])
    mixed = figures.sample(frac=1.0, random_state=1)
    order = [case.indicator.id for case in review(mixed, indicators=ones[::-1], rules=RULES, year=2023).cases]
    assert order == [one.id for one in ones[::-1]]


@pytest.mark.parametrize("value", [np.nan, -1e9, 1e9])
def test_strength_stays_within_its_limits(asked: Indicator, value: float) -> None:
    for rule in RULES.rules:
        found = ground(measured(asked, range(2015, 2024), **{str(rule.matt): value}), rule, asked)
        assert found is None or rule.vikt <= found.strength <= 2 * rule.vikt


def test_no_figures_no_cases(asked: Indicator) -> None:
    empty = measured(asked, range(0))
    found = review(empty, indicators=[asked], rules=RULES, year=2023)
    assert (found.cases, found.unmeasured) == ((), (asked,))
    assert counts_by_rule(found.cases, RULES) == dict.fromkeys(BY_ID, 0)


def test_the_like_cases_are_rows_of_the_review_of_2022() -> None:
    rows = {int(row["row"]) for row in read_review().paused}
    assert {case for rule in RULES.rules for case in rule.fall} <= rows


def test_what_2022_found_met_by_nearly_all_is_found(asked: Indicator) -> None:
    """Table B3.1 has four rows with "hög andel"; the rule's like cases are just these."""
    high = {int(row["row"]) for row in read_review().paused if "hög andel" in row["reason"].lower()}
    assert set(BY_ID["mattad"].fall) == high
    few = {int(row["row"]) for row in read_review().paused if "få kommuner" in row["reason"].lower()}
    assert set(BY_ID["fa_kan_svara"].fall) == few
    low = {int(row["row"]) for row in read_review().paused if "låga resultat" in row["reason"].lower()}
    assert set(BY_ID["laga"].fall) == low
    every_other = {int(row["row"]) for row in read_review().paused if "vartannat år" in row["reason"].lower()}
    assert set(BY_ID["andras_sallan"].fall) == every_other


def test_the_rule_on_places_is_seldom_wrong_and_mostly_finds() -> None:
    calls = retest_calls(BY_ID["platser_av_slump"], reliabilities=[0.0, 0.4, 0.6], kommuner=[20, 60, 280])
    share = calls.set_index(["reliability", "kommuner"])["share"]
    assert share[0.6].max() < 3.0  # kommuner that differ are hardly ever called alike
    assert share[0.4, 60] < 4.0
    assert share[0.0, 60] > 80.0
    assert share[0.0].is_monotonic_increasing


def test_every_indicator_of_the_catalogue_can_be_reviewed() -> None:
    indicators = load_catalogue().indicators
    empty = measured(indicators[0], range(0))
    found = review(empty, indicators=indicators, rules=RULES, year=2024)
    assert found.unmeasured
    assert isinstance(found.cases, tuple)
    assert Case.__dataclass_fields__.keys() == {"indicator", "grounds"}

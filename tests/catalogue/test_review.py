"""The tables of the review of 2022 and the catalogue say the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.indicators import Indicator, LifecycleState
from lagesbild.catalogue.load import Catalogue, load_catalogue
from lagesbild.catalogue.review import Review, read_review, review_faults


@pytest.fixture(scope="module")
def review() -> Review:
    return read_review()


def altered(indicator_id: str, **changes: object) -> Catalogue:
    def one(indicator: Indicator) -> Indicator:
        return replace(indicator, **changes) if indicator.id == indicator_id else indicator  # type: ignore[arg-type]

    return Catalogue(tuple(one(indicator) for indicator in load_catalogue().indicators))


def test_the_tables_have_thirty_and_six_rows(review: Review) -> None:
    assert [int(row["row"]) for row in review.paused] == list(range(1, 31))
    assert [int(row["row"]) for row in review.new] == list(range(1, 7))


def test_every_row_is_reflected_by_the_catalogue(review: Review) -> None:
    assert [str(fault) for fault in review_faults(review, load_catalogue())] == []


def test_the_new_follow_ups_stand_in_every_area_of_social_services(review: Review) -> None:
    social = {area.prefix for area in AREAS} - {"hs", "kris"}
    for row in review.new[:3]:
        assert {one.split("-")[0] for one in row["catalogue_ids"].split()} == social


def test_what_a_footnote_limits_is_not_paused_elsewhere(review: Review) -> None:
    for row in review.paused:
        if row["footnote"].startswith(("4 ", "5 ")):
            areas = {one.split("-")[0] for one in row["catalogue_ids"].split()}
            assert areas == ({"vnr", "hem"} if row["footnote"].startswith("4 ") else {"eb", "vnr"})
    # Note 1: Arbetsförmedlingen is the exception in ekonomiskt bistånd.
    exempt = load_catalogue().by_id("eb-samverkan-arbetsformedlingen")
    assert all(exempt.state_in(year) is LifecycleState.AKTIV for year in (2021, 2022, 2023))


def test_a_paused_indicator_is_not_measured_in_2022_and_resumes_in_its_rhythm() -> None:
    catalogue = load_catalogue()
    measured = {year: catalogue.by_id("sp-bisam").measured(year) for year in range(2020, 2027)}
    assert measured == {2020: True, 2021: True, 2022: False, 2023: True, 2024: False, 2025: True, 2026: False}
    removed = catalogue.by_id("hs-huvudhandledare")
    assert [removed.measured(year) for year in (2021, 2022, 2023, 2024)] == [True, False, False, False]


@pytest.mark.parametrize(
    ("indicator_id", "changes", "said"),
    [
        ("sp-bisam", {"lifecycle": ()}, "not paused in 2022"),
        ("sp-bisam", {"frequency": 4}, "measured every 4 years, not every 2"),
        ("eb-uppfoljning-kon", {"lifecycle": ()}, "ersatt_av"),
        ("hs-patientsakerhetsplan", {"first_year": 2020}, "first measured in 2020"),
        ("hs-patientsakerhetsplan", {"area": "krisberedskap"}, "an indicator of Krisberedskap"),
    ],
)
def test_a_disagreement_is_told(review: Review, indicator_id: str, changes: dict[str, object], said: str) -> None:
    faults = [str(fault) for fault in review_faults(review, altered(indicator_id, **changes))]
    assert any(said in fault and indicator_id in fault for fault in faults)


def test_an_indicator_paused_without_a_row_is_told(review: Review) -> None:
    pause = load_catalogue().by_id("sp-bisam").lifecycle
    faults = list(review_faults(review, altered("eb-budgetradgivning", lifecycle=pause)))
    assert [fault.indicator for fault in faults] == ["eb-budgetradgivning"]

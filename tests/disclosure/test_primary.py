"""Counts that follow from what the source prints, with the interval that rounding leaves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from lagesbild.catalogue.indicators import Survey
from lagesbild.catalogue.load import Catalogue
from lagesbild.disclosure.primary import half_of_last_decimal, person_counts


def test_half_of_the_last_printed_decimal() -> None:
    values = np.array([66.0, 66.7, 66.67, 66.667, 200 / 3, 0.0, np.nan])
    assert half_of_last_decimal(values).tolist() == pytest.approx([0.5, 0.05, 0.005, 0.0005, 0.0, 0.5, 0.0])


@pytest.mark.parametrize(
    ("value", "answers", "inside", "small"),
    [
        (66.7, 30, 20.0, False),
        (50.0, 10, 5.0, False),
        (13.3, 30, 4.0, True),
        (87.0, 30, 26.0, True),  # four lack it
        (1.0, 900, 9.0, False),  # 4.5 to 13.5 persons: five at least
        (1.0, 800, 8.0, True),  # 4 to 12 persons: may be four
        (99.0, 800, 792.0, True),
    ],
)
def test_a_numerator_follows_from_a_percentage_as_closely_as_it_is_printed(  # noqa: PLR0917
    catalogue: Catalogue, new_table: Any, value: float, answers: int, inside: float, small: bool
) -> None:
    table = new_table("ao-brukare").add("kommun", "1440", value=value, n_answers=answers)
    counts = person_counts(table.frame(), catalogue).iloc[0]
    assert (counts["inside"], counts["outside"]) == (inside, answers - inside)
    assert bool(counts["too_small"]) is small


def test_a_denominator_follows_from_a_percentage_and_its_numerator(catalogue: Catalogue, new_table: Any) -> None:
    table = new_table().add("kommun", "1440", value=90.0, numerator=36)
    counts = person_counts(table.frame(), catalogue).iloc[0]
    assert (counts["outside"], counts["too_small"]) == (4.0, True)


def test_the_answers_to_a_survey_of_units_are_units_not_persons(new_table: Any, catalogue: Catalogue) -> None:
    of_units = replace(catalogue.by_id("ao-brukare"), survey=Survey.ENHETSUNDERSOKNING)
    table = new_table("ao-brukare").add("kommun", "1440", value=86.0, numerator=86, denominator=100, n_answers=1)
    assert person_counts(table.frame(), catalogue)["too_small"].tolist() == [True]
    assert person_counts(table.frame(), Catalogue(indicators=(of_units,)))["too_small"].tolist() == [False]


def test_more_events_than_persons_have_no_rest(catalogue: Catalogue, new_table: Any) -> None:
    table = new_table("ao-per").add("kommun", "1440", value=150.0, numerator=15, denominator=10)
    counts = person_counts(table.frame(), catalogue).iloc[0]
    assert bool(counts["too_small"]) is False
    assert bool(counts["counted"])


def test_a_rate_is_judged_by_its_counts_and_passes_without_them(catalogue: Catalogue, new_table: Any) -> None:
    table = new_table("ao-per").add("kommun", "1440", value=203.9, numerator=1, denominator=490)
    assert bool(person_counts(table.frame(), catalogue).iloc[0]["too_small"])
    bare = person_counts(new_table("ao-per").add("kommun", "1440", value=203.9).frame(), catalogue).iloc[0]
    assert (bool(bare["counted"]), bool(bare["too_small"])) == (False, False)

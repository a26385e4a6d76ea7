"""Sentences in the reports: correct Swedish, with units, and no verdict where there is no direction."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lagesbild.catalogue.indicators import Direction, Indicator
from lagesbild.presentation import wording

Make = Callable[..., Indicator]


def test_lists_have_och_and_no_comma_before_it() -> None:
    assert wording.joined([]) == ""
    assert wording.joined(["a"]) == "a"
    assert wording.joined(["a", "b"]) == "a och b"
    assert wording.joined(["a", "b", "c"]) == "a, b och c"
    assert wording.joined(["a", "b"], "eller") == "a eller b"


@pytest.mark.parametrize(
    ("n", "printed"),
    [
        (0, "inga kommuner"),
        (1, "en kommun"),
        (12, "tolv kommuner"),
        (13, "13 kommuner"),
        (1290, "1\u202f290 kommuner"),
    ],
)
def test_counts_are_words_up_to_twelve(n: int, printed: str) -> None:
    assert wording.antal(n, "kommun", "kommuner") == printed
    assert wording.antal(1, "område", "områden", neuter=True) == "ett område"


@pytest.mark.parametrize(
    ("best", "worst", "said"),
    [
        ((0, 0), (0, 0), ""),
        ((4, 2), (0, 0), "Två av de fyra bland de bästa är säkerställt bättre än riket."),
        ((0, 0), (2, 2), "Båda bland de sämsta är säkerställt sämre än riket."),
        ((1, 0), (13, 0), "Det enda bland de bästa är inte säkerställt bättre än riket och inget av de 13"),
        ((5, 5), (20, 8), "Alla fem bland de bästa är säkerställt bättre än riket och 8 av de 20 bland de sämsta"),
    ],
)
def test_how_many_greens_and_reds_are_secured(best: tuple[int, int], worst: tuple[int, int], said: str) -> None:
    assert wording.secured_sentence(best, worst).startswith(said)


def test_a_difference_is_called_by_words_with_its_level() -> None:
    assert wording.secured_difference("battre", 99.8) == "bättre (99,8\u00a0%)"
    assert wording.secured_difference("lagre", 95.0) == "lägre (95\u00a0%)"
    assert wording.secured_difference("ingen", 0.0) == "ingen"
    assert wording.secured_difference("", None) == "–"


def test_shares_are_words_or_digits_but_not_both() -> None:
    assert wording.answers_sentence(3, 0, 2) == "Svaret är ja på tre av fem kvalitetsfrågor och nej på två."
    assert wording.answers_sentence(9, 2, 30) == "Svaret är ja på 9 av 41 kvalitetsfrågor, delvis på 2 och nej på 30."
    assert wording.answers_sentence(0, 0, 2) == "Svaret är nej på båda kvalitetsfrågorna."


def test_places_without_results_are_left_out() -> None:
    assert wording.colours_sentence(0, 0, 1) == "Det enda kvalitetsresultatet som kan jämföras ligger bland de sämsta."
    assert wording.colours_sentence(3, 0, 0) == "Alla tre kvalitetsresultat som kan jämföras ligger bland de bästa."
    some = "Av tre kvalitetsresultat som kan jämföras ligger två bland de bästa och ett bland de sämsta."
    assert wording.colours_sentence(2, 0, 1) == some


def test_a_rise_is_good_or_bad_by_direction_only() -> None:
    assert wording.better_or_worse(3, Direction.HOG) == "bättre"
    assert wording.better_or_worse(3, Direction.LAG) == "sämre"
    assert wording.better_or_worse(-3, Direction.LAG) == "bättre"
    assert wording.better_or_worse(3, Direction.INGEN) is None
    assert wording.better_or_worse(0, Direction.HOG) is None


def test_a_change_reads_as_the_printed_numbers_say(indicator: Make) -> None:
    def phrase(first: float, last: float) -> str:
        return wording.change_phrase(first, last, 2022, indicator()).replace("\u00a0", " ")

    assert phrase(81.2, 86.9) == "har ökat från 81 till 87 procent sedan 2022"
    assert phrase(86.9, 81.2) == "har minskat från 87 till 81 procent sedan 2022"
    assert phrase(86.6, 87.4) == "ligger kvar på 87 procent sedan 2022"


def test_an_arrow_shows_the_way_the_value_went() -> None:
    assert wording.trend_cell("sakerstalld_forbattring", -2.0) == "↓ säkerställd förbättring"  # shorter waiting
    assert wording.trend_cell("mojlig_forbattring", 2.0) == "↑ möjlig förbättring"
    assert wording.trend_cell("sakerstalld_forbattring") == "säkerställd förbättring"
    assert wording.trend_cell("for_fa") == "för få mätningar"


def test_an_unknown_trend_label_is_refused() -> None:
    with pytest.raises(ValueError, match="konstig"):
        wording.trend_words("konstig")

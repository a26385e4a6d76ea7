"""The measuring plan for readers: a planned gap says when the next measuring is, and the page has every indicator."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.indicators import Indicator, LifecycleEvent, LifecycleState
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.plan import burden
from lagesbild.presentation.measuring_plan import area_plan, in_year, next_time, next_times, plan_page

Make = Callable[..., Indicator]
YEAR = 2024


def paused(one: Indicator, *, until: int | None = None) -> Indicator:
    events = [LifecycleEvent(state=LifecycleState.PAUSAD, year=2022, reason="Översyn")]
    if until:
        events.append(LifecycleEvent(state=LifecycleState.AKTIV, year=until, reason="Återupptas"))
    return replace(one, lifecycle=tuple(events))


@pytest.fixture
def biennial(indicator: Make) -> Indicator:
    return replace(indicator(), id="ao-vartannat", frequency=2, phase=2023)


@pytest.fixture
def four_yearly(indicator: Make) -> Indicator:
    return replace(indicator(), id="ao-vart-fjarde", frequency=4, phase=2023)


def test_a_gap_says_when_the_next_measuring_is(indicator: Make, biennial: Indicator, four_yearly: Indicator) -> None:
    assert next_time(biennial, YEAR) == "ej mätt, nästa gång 2025"
    assert next_time(four_yearly, YEAR) == "ej mätt, nästa gång 2027"
    assert next_time(paused(indicator()), YEAR) == "ej mätt, pausad"
    assert next_time(paused(indicator(), until=2026), YEAR) == "ej mätt, nästa gång 2026"
    # The plan has it measured that year: it knows of no gap, and nothing more can be said.
    assert next_time(indicator(), YEAR) == "ej mätt"


def test_many_gaps_are_one_sentence(indicator: Make, biennial: Indicator, four_yearly: Indicator) -> None:
    assert next_times([indicator()], YEAR) == ""
    assert next_times([biennial], YEAR) == "Den mäts nästa gång 2025."
    assert next_times([biennial, biennial], YEAR) == "De mäts nästa gång 2025."
    assert next_times([paused(indicator())], YEAR) == "Den är pausad."
    assert next_times([paused(indicator())] * 3, YEAR) == "De är pausade."
    mixed = [biennial, biennial, four_yearly, paused(indicator())]
    assert next_times(mixed, YEAR) == "Av dem mäts två nästa gång 2025 och en nästa gång 2027, och en är pausad."


def test_a_table_cell_says_why_an_indicator_is_not_measured(indicator: Make, biennial: Indicator) -> None:
    assert in_year(biennial, 2023) == "Ja"
    assert in_year(biennial, YEAR) == "Nej, nästa gång 2025"
    assert in_year(paused(indicator()), YEAR) == "Pausad"
    assert in_year(paused(indicator(), until=2026), YEAR) == "Pausad, nästa gång 2026"
    assert in_year(replace(indicator(), first_year=2026), YEAR) == "Nej, börjar 2026"
    assert in_year(replace(indicator(), last_year=2023), YEAR) == "Avslutad"


def test_each_indicator_stands_under_the_years_in_which_it_is_measured() -> None:
    catalogue = load_catalogue()
    for area in AREAS:
        text = area_plan(catalogue, area, YEAR, up="../../")
        seen: dict[str, list[int]] = {}
        for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
            heading, _, rest = section.partition("\n")
            every = range(2023, 2028) if heading == "Mäts varje år" else map(int, re.findall(r"20\d\d", heading))
            years = [] if heading.startswith("Mäts inte") else list(every)
            seen |= dict.fromkeys(re.findall(r"indikatorer/([\w-]+)/", rest), years)
        assert seen == {
            one.id: [year for year in range(2023, 2028) if one.measured(year)] for one in catalogue.in_area(area.id)
        }


def test_the_counts_in_words_and_in_the_table_are_those_of_the_catalogue() -> None:
    catalogue = load_catalogue()
    table = plan_page(catalogue, YEAR)
    for area in AREAS:
        wanted = {year: sum(one.measured(year) for one in catalogue.in_area(area.id)) for year in range(2023, 2028)}
        said = area_plan(catalogue, area, YEAR, up="../../").split("## ")[0]
        assert {int(year): int(n) for year, n in re.findall(r"(20\d\d): (\d+)", said)} == wanted
        (row,) = re.findall(rf"^\| \[.*\]\({area.id}/index.html\) \|(.*)\|$", table, re.MULTILINE)
        assert [int(cell) for cell in row.split("|")] == list(wanted.values())[1:]


def test_the_page_of_all_areas_stays_small_enough_for_a_phone() -> None:
    assert len(plan_page(load_catalogue(), YEAR)) < 6000


def test_the_questions_of_all_areas_are_the_sum_and_the_published_figure_stands_apart() -> None:
    catalogue = load_catalogue()
    text = plan_page(catalogue, YEAR)
    _, total = re.findall(r"^\| Alla områden \|(.*)\|$", text, re.MULTILINE)
    own = [sum(row.questions for row in burden(catalogue.indicators, [year])) for year in range(2022, 2026)]
    assert [int(cell) for cell in total.split("|")] == own
    published = next(line for line in text.splitlines() if "57 av kommunenkätens 211 frågor" in line)
    assert "Källa: Socialstyrelsen (2023)" in published
    assert "211" not in text.replace(published, "")


@pytest.mark.parametrize("year", [2016, 2020, 2030, 2031])
def test_the_page_can_be_made_for_any_year_of_the_plan(year: int) -> None:
    text = plan_page(load_catalogue(), year)
    assert f"mäts {year}." in text
    heads = [line for line in text.splitlines() if line.startswith(("| Indikator", "| Område"))]
    assert len(heads) == 2
    assert not any("2032" in head for head in heads)
    plans = [area_plan(load_catalogue(), area, year, up="") for area in AREAS]
    assert not re.findall(r"^## .*2032", "\n".join(plans), re.MULTILINE)

"""The English pages tell the same as the Swedish ones, with English numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lagesbild.catalogue.areas import AREA_IDS, STATUS_REPORTS, area
from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.presentation.english import AREA_TEXTS, COLUMN_TEXTS, column_table, headlines, number, report_links
from lagesbild.publishing.open_data import COLUMNS

Make = Callable[..., Indicator]


class View:
    """The nation's trend of one indicator."""

    def __init__(self, indicator: Indicator, label: str, ends: tuple[int, float, float], slope: float) -> None:
        self.indicator, self.label, self.ends, self._slope = indicator, label, ends, slope

    def measured(self, area_id: str, *, answers: bool) -> list[Indicator]:
        return [] if answers else [self.indicator]

    def trend(self, indicator: Indicator) -> str:
        return self.label

    def trend_ends(self, indicator: Indicator) -> tuple[int, float, float]:
        return self.ends

    def slope(self, indicator: Indicator) -> float:
        return self._slope


def told(one: Indicator, label: str, ends: tuple[int, float, float], slope: float) -> str:
    view: Any = View(one, label, ends, slope)
    return headlines(view, [area("aldreomsorg")])


def test_every_area_report_and_column_has_its_english_text() -> None:
    assert set(AREA_TEXTS) == set(AREA_IDS)
    assert set(COLUMN_TEXTS) == set(COLUMNS)
    assert all(f"files/{report.id}.pdf" in report_links(files="files/") for report in STATUS_REPORTS)
    assert "n\\_kommuner" in column_table()


@pytest.mark.parametrize(
    ("value", "decimals", "text"), [(12345.65, 1, "12,345.7"), (-0.5, 0, "−1"), (-0.04, 1, "0.0"), (80.5, 0, "81")]
)
def test_numbers_are_written_the_english_way_and_rounded_half_up(value: float, decimals: int, text: str) -> None:
    assert number(value, decimals) == text


def test_a_headline_tells_a_secured_change_of_a_percentage(indicator: Make) -> None:
    one = indicator(scale=Scale.PROCENT, title="Trygga <script>")
    line = told(one, "sakerstalld_forbattring", (2016, 80.2, 84.6), 0.5)
    assert line.startswith("- Better: ")
    assert "(Care of older people) rose from 80 to 85 per cent since 2016." in line
    assert "<script>" not in line.replace("\\<script\\>", "")
    assert "lang=sv" in line


@pytest.mark.parametrize(
    ("label", "ends", "slope"),
    [
        ("slump", (2016, 80.0, 85.0), 0.5),
        # Both ends print as 80: a sentence on them would contradict itself.
        ("sakerstalld_forbattring", (2016, 80.1, 80.4), 0.5),
        ("sakerstalld_forbattring", (2016, 85.0, 80.0), 0.5),
    ],
)
def test_nothing_is_told_that_the_ends_do_not_bear(
    indicator: Make, label: str, ends: tuple[int, float, float], slope: float
) -> None:
    assert told(indicator(scale=Scale.PROCENT), label, ends, slope) == "No national change is statistically secured.\n"

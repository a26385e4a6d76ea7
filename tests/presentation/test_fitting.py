"""What fits on a faktablad: lines are counted as they are printed, and the last items give way."""

from __future__ import annotations

from lagesbild.presentation.fact_sheet.fitting import bullet_lines, row_lines, that_fit
from lagesbild.presentation.tables import Column


def test_items_are_kept_in_order_until_the_lines_are_used_up() -> None:
    assert that_fit([2, 2, 1], lambda lines: lines, 4) == [2, 2]
    assert that_fit([2, 2, 1], lambda lines: lines, 5) == [2, 2, 1]
    assert that_fit([9, 1], lambda lines: lines, 4) == [9]
    assert that_fit([], len, 4) == []


def test_a_row_is_as_tall_as_its_longest_cell() -> None:
    columns = [Column(head="A", width=3), Column(head="B", width=1)]
    assert row_lines(["kort", "kort"], columns) == 1
    assert row_lines(["kort", "mycket " * 12], columns) > row_lines(["mycket " * 12, "kort"], columns) > 1


def test_markup_takes_no_room() -> None:
    text = "ord " * 24
    assert bullet_lines(f"**{text.strip()}** \\-") == bullet_lines(f"{text.strip()} -")

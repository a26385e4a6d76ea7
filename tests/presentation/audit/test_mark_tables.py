"""Cells of marks: a real minus, a point for none, and what was printed in parentheses."""

from __future__ import annotations

from lagesbild.catalogue.audit_rows import printed_rows
from lagesbild.presentation.audit.mark_tables import agreement, cell, mark_text, rows_named


def test_marks_are_told_apart_from_missing_ones() -> None:
    assert [mark_text(mark) for mark in ("++", "--", "-", "", "?")] == ["++", "−−", "−", "·", "?"]
    printed = {("rad", "a"): "--", ("rad", "b"): "?"}
    assert cell({("rad", "a"): "+"}, printed, "rad", "a") == "+\u00a0(−−)"
    assert cell({}, printed, "rad", "b") == "ej\u00a0(?)"
    assert cell({("rad", "c"): ""}, printed, "rad", "c") == "·"


def test_agreement_counts_legible_marks_alone() -> None:
    found = {("r", "a"): "++", ("r", "b"): "+", ("r", "c"): "", ("r", "d"): "-", ("r", "e"): "+"}
    printed = {("r", "a"): "++", ("r", "b"): "++", ("r", "c"): "-", ("r", "d"): "?"}
    assert agreement(found, printed) == (3, 1, 2, 1)


def test_rows_with_the_same_name_are_told_apart() -> None:
    names = [name for _, name in rows_named(printed_rows("aldreomsorg"))]
    assert len(set(names)) == len(names)
    assert "Sammantaget, hemtjänsten" in names
    assert "Sammantaget, särskilda boenden" in names

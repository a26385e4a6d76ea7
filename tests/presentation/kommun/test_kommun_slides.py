"""Slides say of a figure what the report says of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from lagesbild.presentation.kommun.slide_tables import results_table
from lagesbild.presentation.kommun.view import KommunView

Views = Callable[..., KommunView]
Measured = list[tuple[Any, list[dict[str, Any]]]]


@pytest.mark.parametrize(("grade", "signs"), [("A", ""), ("C", "\u00a0C"), ("D", "\u00a0D")])
def test_an_uncertain_figure_has_its_letter_on_a_slide_too(
    kommun_view: Views, measured: Measured, grade: str, signs: str
) -> None:
    indicator = measured[0][0]
    result = replace(kommun_view(measured).result(indicator), quality=grade, quality_checks=("svarsandel",))
    shown = re.findall(r">(\d+\u00a0%[^<]*)<", results_table([result], "Ale", "Äldreomsorg"))
    assert re.fullmatch(rf"\d+\u00a0%{signs}", shown[0])

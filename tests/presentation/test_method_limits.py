"""The table of limits follows the methods: another limit there is another number here."""

from __future__ import annotations

import pytest

from lagesbild.methods import colours
from lagesbild.presentation.method_limits import limits, limits_table


def test_a_limit_is_the_methods_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(colours, "MINIMUM_KOMMUNER", 17)
    assert ("Färger", "Minsta antal kommuner med resultat för att färg ska sättas", "17 kommuner") in limits()


def test_levels_have_decimal_commas() -> None:
    assert "95 procent och 99,8 procent" in limits_table().replace("\\", "")

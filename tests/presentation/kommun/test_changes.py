"""What the first spread says of changes: only what is known and secured, the surest first, the rest counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from lagesbild.catalogue.indicators import Counted, Indicator, Tier
from lagesbild.presentation.kommun.changes import LONGEST_LIST, changed_answers, secured_trends
from lagesbild.presentation.kommun.summary import chance_of_trends
from lagesbild.presentation.kommun.view import KommunView

from .conftest import row

Measured = list[tuple[Indicator, list[dict[str, Any]]]]
Views = Callable[..., KommunView]
BETTER, WORSE = "sakerstalld_forbattring", "sakerstalld_forsamring"


def test_a_secured_improvement_is_told_with_values_years_and_unit(kommun_view: Views, measured: Measured) -> None:
    view = kommun_view(measured)
    assert secured_trends(view, BETTER).replace("\u00a0", " ") == (
        "- **Nöjda med hemtjänsten** (Äldreomsorg) har ökat från 70 till 94 procent sedan 2019.\n"
    )
    assert secured_trends(view, WORSE) == "Ingen försämring är statistiskt säkerställd.\n"


def test_it_is_told_from_where_its_series_begins(kommun_view: Views, measured: Measured) -> None:
    first, rows = measured[0]
    view = kommun_view([(first, [one | {"first_year": 2020.0} for one in rows])])
    assert "från 72 till 94" in secured_trends(view, BETTER)
    assert "sedan 2020" in secured_trends(view, BETTER)


def test_the_surest_of_the_base_indicators_go_first_and_the_rest_is_counted(
    kommun_view: Views, measured: Measured
) -> None:
    first, rows = measured[0]

    def of(name: str, p_value: float, tier: Tier = Tier.BAS) -> tuple[Indicator, list[dict[str, Any]]]:
        one = replace(first, id=f"ao-{name}", short_title=name, tier=tier)
        return one, [*rows[:-1], rows[-1] | {"p_value": p_value}]

    found = [of("a", 0.04), of("b", 0.01), of("djup", 0.001, Tier.FORDJUPNING), of("c", 0.02), of("d", 0.03)]
    lines = secured_trends(kommun_view(found), BETTER).splitlines()
    assert [line[4] for line in lines[:LONGEST_LIST]] == ["b", "c", "d"]
    assert lines[LONGEST_LIST:] == ["- Ytterligare två finns i avsnitten per område."]


def test_a_single_unit_decides_no_trend(kommun_view: Views, measured: Measured) -> None:
    first, rows = measured[0]
    unit = replace(first, counted=Counted.ENHETER)

    def said(base: float) -> str:
        return secured_trends(kommun_view([(unit, [*rows[:-1], rows[-1] | {"denominator": base}])]), BETTER)

    assert said(1.0) == "- En säkerställd förbättring bygger på färre än fem enheter.\n"
    assert said(5.0).startswith("- **Nöjda")


def test_a_trend_without_a_result_this_year_is_neither_named_nor_counted(
    kommun_view: Views, measured: Measured
) -> None:
    first, rows = measured[0]
    withheld = [*rows[:-1], row(status="sekretess", label=BETTER, slope=2.0)]
    view = kommun_view([(first, withheld)])
    assert secured_trends(view, BETTER) == "Ingen förbättring är statistiskt säkerställd.\n"
    assert chance_of_trends(view) == "Ingen serie har de tre mätningar som en prövning kräver.\n"


def test_one_in_twenty_of_the_tested_may_be_chance(kommun_view: Views, measured: Measured) -> None:
    first, rows = measured[0]
    fifty = kommun_view([(replace(first, id=f"ao-{n}"), rows) for n in range(50)])
    # 2.5 is rounded up.
    assert chance_of_trends(fifty) == (
        "Av de 50 prövade serierna skulle ungefär tre se säkerställda ut av en slump även utan förändring.\n"
    )
    few = kommun_view([(replace(first, id=f"ao-{n}"), rows) for n in range(9)])
    assert chance_of_trends(few).startswith("Av de nio prövade serierna skulle någon enstaka se säkerställd ut")
    assert chance_of_trends(kommun_view(measured[:1])).startswith("Den enda prövade serien kan se säkerställd ut")


def test_changed_answers_are_told_by_the_way_they_went(kommun_view: Views, measured: Measured) -> None:
    asked = measured[-1][0]

    def answered(name: str, before: str | None, now: str) -> tuple[Indicator, list[dict[str, Any]]]:
        earlier = [] if before is None else [row(2023, answer=before)]
        return replace(asked, id=f"ao-{name}", short_title=name), [*earlier, row(answer=now)]

    gained = [answered(f"ny {n}", "nej", "ja") for n in range(4)]
    view = kommun_view([*gained, answered("förlorad", "ja", "nej"), answered("halv", "nej", "delvis")])
    assert changed_answers(view) == (
        "Sex svar på kvalitetsfrågorna har ändrats sedan frågan senast ställdes. Nytt ja: *ny 0*, *ny 1* och två till. "
        "Inte längre ja: *förlorad*. Ändrat mellan delvis och nej: *halv*.\n"
    )
    assert "inte jämföras" in changed_answers(kommun_view([answered("först", None, "ja")]))
    same = kommun_view([answered("lika", "ja", "ja")])
    assert changed_answers(same) == "Inget svar på kvalitetsfrågorna har ändrats sedan frågan senast ställdes.\n"

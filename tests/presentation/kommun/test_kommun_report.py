"""The first page counts what the underlag holds, gives reasons for what is missing, and leads on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.indicators import Counted, Indicator, Part, Scale, Tier
from lagesbild.presentation.kommun import summary
from lagesbild.presentation.kommun.reading_guide import reading_guide
from lagesbild.presentation.kommun.report import KommunReport, by_name
from lagesbild.presentation.kommun.view import KommunView

Measured = list[tuple[Indicator, list[dict[str, Any]]]]
Views = Callable[..., KommunView]


def latest(measured: Measured, column: str) -> list[Any]:
    """Return one column of the report year's rows, nulls left out; counted without the view."""
    values = (rows[-1][column] for _, rows in measured if rows[-1]["year"] == 2024)
    return [value for value in values if value]


def test_the_counts_are_those_of_the_underlag(kommun_view: Views, measured: Measured) -> None:
    report = KommunReport(view=kommun_view(measured))
    line = next(one for one in report.summary().split("\n") if one.startswith("| [Äldreomsorg]"))
    shown = [int(cell) for cell in line.strip("| ").split("|")[1:]]
    colours, answers = Counter(latest(measured, "colour")), Counter(latest(measured, "answer"))
    assert shown == [colours["gron"], colours["gul"], colours["rod"], answers["ja"], answers["delvis"], answers["nej"]]
    assert sum(shown) == 4


def test_the_overview_leads_to_all_ten_areas(kommun_view: Views, measured: Measured) -> None:
    report = KommunReport(view=kommun_view(measured))
    linked = re.findall(r"\]\(#(sec-[\w-]+)\)", report.summary())
    there = re.findall(r"^## .*\{#(sec-[\w-]+)\}$", report.area_sections(), re.MULTILINE)
    assert linked == [*there, "sec-prioritering"]
    assert there == [f"sec-{area.id}" for area in AREAS]


def test_best_and_worst_tell_value_riket_and_place(kommun_view: Views, measured: Measured) -> None:
    view = kommun_view(measured)
    assert summary.best(view) == (
        "- **Nöjda med hemtjänsten** (Äldreomsorg): 94\u00a0procent (riket 91\u00a0procent), plats 12 av 250; "
        "skillnaden mot riket är säkerställd\n"
    )
    worst = "45\u00a0dagar (riket 32\u00a0dagar), plats 240 av 250; skillnaden mot riket är inte säkerställd"
    assert worst in summary.worst(view)


def test_what_is_secured_stands_before_what_may_be_chance(kommun_view: Views, measured: Measured) -> None:
    indicator, rows = measured[0]
    chance = {**rows[-1], "rank": 1, "skillnad_riket": "ingen", "niva_riket": 0.0}
    first = replace(indicator, id="ao-a", short_title="Först i rang")
    listed = summary.best(kommun_view([(first, [chance]), *measured]))
    assert listed.index("Nöjda med hemtjänsten") < listed.index("Först i rang")


def test_a_green_that_is_worse_than_riket_is_not_secured(kommun_view: Views, measured: Measured) -> None:
    indicator, rows = measured[0]
    odd = {**rows[-1], "skillnad_riket": "samre", "niva_riket": 95.0}
    assert "Det enda bland de bästa är inte säkerställt bättre" in summary.standing(kommun_view([(indicator, [odd])]))


def test_only_indicators_of_quality_are_among_the_best_and_in_the_counts(
    kommun_view: Views, measured: Measured
) -> None:
    welfare = replace(measured[0][0], id="ao-suicid", short_title="Suicid", part=Part.VALFARD, dimension=None)
    view = kommun_view([(welfare, measured[0][1]), *measured])
    assert "Suicid" not in summary.best(view) + summary.secured_trends(view, "sakerstalld_forbattring")
    assert "Av två kvalitetsresultat som kan jämföras" in summary.standing(view)
    assert "Två resultat om välfärd, hållbar utveckling, nyckeltal och kostnader" in summary.standing(view)


def test_base_indicators_go_first_among_the_best(kommun_view: Views, measured: Measured) -> None:
    first, rows = measured[0]
    clearest = [*rows[:-1], rows[-1] | {"rank": 1}]
    depth = replace(first, id="ao-djup", short_title="Fördjupning", tier=Tier.FORDJUPNING)
    text = summary.best(kommun_view([(depth, clearest), *measured]))
    assert text.index("Nöjda med hemtjänsten") < text.index("Fördjupning")


def test_places_shared_by_many_are_one_sentence(kommun_view: Views, measured: Measured) -> None:
    first, rows = measured[0]
    shared = [*rows[:-1], rows[-1] | {"rank": 1, "n_same_rank": 95}]
    many = [(replace(first, id=f"ao-{n}", short_title=f"Rutin {n}"), shared) for n in range(6)]
    text = summary.best(kommun_view([*many, *measured]))
    assert text.startswith("- **Nöjda med hemtjänsten**")
    assert "På sex indikatorer delar Ale en plats bland de bästa med många andra: *Rutin 0* (95 kommuner)" in text
    assert "och tre till" in text


def test_a_secured_improvement_is_told_with_years(kommun_view: Views, measured: Measured) -> None:
    view = kommun_view(measured)
    assert "har ökat från 70 till 94\u00a0procent sedan 2019" in summary.secured_trends(view, "sakerstalld_forbattring")
    assert summary.secured_trends(view, "sakerstalld_forsamring") == "Ingen försämring är statistiskt säkerställd.\n"


def test_a_secured_improvement_is_told_from_where_its_series_begins(kommun_view: Views, measured: Measured) -> None:
    first, rows = measured[0]
    since = sorted(int(row["year"]) for row in rows)[1]
    view = kommun_view([(first, [row | {"first_year": float(since)} for row in rows]), *measured[1:]])
    assert f"procent sedan {since}" in summary.secured_trends(view, "sakerstalld_forbattring")


def test_missing_and_not_measured_are_told_apart(kommun_view: Views, measured: Measured) -> None:
    text = summary.what_is_missing(kommun_view(measured))
    assert text.startswith("Ett resultat är dolt av sekretesskäl. ")
    # The plan has the indicator in 2024: that the source hasn't is no planned gap.
    assert "För en indikator har källan inga uppgifter om någon kommun 2024; den visas inte." in text


def test_what_has_ended_is_no_planned_gap(kommun_view: Views, measured: Measured) -> None:
    ended = [(replace(one, last_year=2023) if one.id == "ao-kontakt" else one, rows) for one, rows in measured]
    text = summary.what_is_missing(kommun_view(ended))
    assert "mätplanen" not in text
    assert text.endswith("En indikator har ersatts eller slutat mätas.")


def test_a_single_unit_decides_no_place_and_no_trend(kommun_view: Views, measured: Measured) -> None:
    first, rows = measured[0]
    unit = replace(first, counted=Counted.ENHETER)

    def said(base: float) -> tuple[str, str]:
        view = kommun_view([(unit, [*rows[:-1], rows[-1] | {"denominator": base}])])
        return summary.best(view), summary.secured_trends(view, "sakerstalld_forbattring")

    best, trends = said(1.0)
    assert best.startswith("Ett resultat bygger på färre än fem enheter och räknas inte upp här")
    assert trends == "En säkerställd förbättring bygger på färre än fem enheter och räknas inte upp här.\n"
    assert all(text.startswith("- **Nöjda") for text in said(5.0))


def test_an_index_is_called_so(kommun_view: Views, indicator: Any, measured: Measured) -> None:
    view = kommun_view([(indicator(Scale.INDEX, title="Engagemang"), [measured[0][1][-1] | {"value": 76.0}])])
    assert "index 76,0 (riket 91,0)" in summary.best(view)


def test_what_rests_says_when_it_is_measured_next(kommun_view: Views, measured: Measured) -> None:
    resting = [
        (replace(one, frequency=2, phase=2023) if one.id == "ao-kontakt" else one, rows) for one, rows in measured
    ]
    text = summary.what_is_missing(kommun_view(resting))
    assert "En indikator mäts inte 2024 enligt mätplanen. Den mäts nästa gång 2025." in text


def test_nothing_at_all_is_sentences_and_no_error(kommun_view: Views) -> None:
    text = KommunReport(view=kommun_view([])).summary()
    assert "Inga kvalitetsresultat kan jämföras med andra kommuner i år." in text
    assert "Inget resultat ligger bland de bästa i år." in text
    assert "Inga svar från kommunen finns för 2024." in text


@pytest.mark.parametrize(
    ("name", "slug"), [("Östra Göinge", "1256-ostra-goinge"), ("Upplands-Bro", "0139-upplands-bro")]
)
def test_downloads_lie_in_the_kommuns_folder(kommun_view: Views, name: str, slug: str) -> None:
    text = KommunReport(view=kommun_view([], name=name)).downloads()
    assert f"(../../../kommuner/{slug}/kommunrapport.pdf)" in text
    assert f"(../../../kommuner/{slug}/data.csv)" in text


def test_neighbours_are_the_others_of_the_lan(kommun_view: Views) -> None:
    text = KommunReport(view=kommun_view([], name="Upplands-Bro")).neighbours()
    assert len(re.findall(r"\]\(\.\./\d{4}-", text)) == 25
    assert "0139-upplands-bro" not in text
    assert text.index("Värmdö") < text.index("Österåker")
    alone = KommunReport(view=kommun_view([], name="Gotland")).neighbours()
    assert alone.startswith("Gotland är den enda kommunen i Gotlands län.")


def test_swedish_letters_sort_after_z(kommun_view: Views) -> None:
    names = ["Östersund", "Åre", "Ystad", "Ängelholm"]
    kommuner = [kommun_view([], name=name).kommun for name in names]
    assert [k.namn for k in sorted(kommuner, key=by_name)] == ["Ystad", "Åre", "Ängelholm", "Östersund"]


def test_the_guide_explains_every_mark() -> None:
    text = reading_guide()
    for words in ("(..)", "Streck (-)", "punkt (.)", "Saknas betyder", "Ej mätt betyder"):
        assert words in text

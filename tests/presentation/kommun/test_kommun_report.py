"""The first page counts what the underlag holds, gives reasons for what is missing, and leads on."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from lagesbild.catalogue.areas import AREA_IDS, AREAS
from lagesbild.catalogue.indicators import Counted, Indicator, Part, Scale, Tier
from lagesbild.catalogue.regions import kommun
from lagesbild.presentation.kommun import summary
from lagesbild.presentation.kommun.changes import secured_trends
from lagesbild.presentation.kommun.reading_guide import reading_guide
from lagesbild.presentation.kommun.report import KommunReport, by_name
from lagesbild.presentation.kommun.view import KommunView

from .conftest import row

Measured = list[tuple[Indicator, list[dict[str, Any]]]]
Views = Callable[..., KommunView]


def test_the_counts_are_those_of_the_underlag(kommun_view: Views, measured: Measured) -> None:
    view = kommun_view(measured)
    assert summary.introduction(view) == "Ale har resultat för fyra av de fem kvalitetsindikatorer som har mätts 2024."
    told = summary.standing(view)
    assert told.startswith(
        "Av två kvalitetsresultat som kan jämföras ligger ett bland de bästa och ett bland de sämsta."
    )
    assert told.endswith("Svaret är ja på en av två kvalitetsfrågor och delvis på en.")
    assert "slump skulle" not in told  # a quarter of two is no number


def test_chance_is_told_beside_the_colours(kommun_view: Views, measured: Measured) -> None:
    first, rows = measured[0]
    many = [(replace(first, id=f"ao-{n}"), rows) for n in range(10)]
    # 10 / 4 is 2.5; half is rounded up.
    assert "Med bara slump skulle ungefär tre ligga i varje ände." in summary.standing(kommun_view(many))


def test_nothing_known_and_everything_known(kommun_view: Views, measured: Measured) -> None:
    assert summary.introduction(kommun_view([])) == "Inga kvalitetsindikatorer har mätts 2024."
    assert "har inget resultat för någon av de två" not in summary.introduction(kommun_view(measured))
    withheld = [(one, [row(status="sekretess")]) for one, _ in measured[:1]]
    assert "Ale har inget resultat för någon av de" in summary.introduction(kommun_view(withheld))
    assert "Ale har resultat för alla de" in summary.introduction(kommun_view(measured[:2]))


def test_the_spread_has_every_part_in_order_and_the_report_every_section(
    kommun_view: Views, measured: Measured
) -> None:
    report = KommunReport(view=kommun_view(measured))
    heads = re.findall(r"^### .*\{#(sec-[\w-]+)\}$", report.summary(), re.MULTILINE)
    assert heads == ["sec-battre", "sec-samre", "sec-forst", "sec-saknas"]
    labels = [section.label for section in report.sections() if section.label]
    assert labels == ["sec-sammanfattning", "sec-prioritering", *labels[2:]]
    assert {"sec-sakerhet", "sec-lasa", "sec-metod"} <= set(labels)
    assert "sec-mal" not in labels  # no targets, no section


def test_every_link_of_a_report_leads_somewhere(kommun_view: Views, measured: Measured) -> None:
    text = "".join(section.markdown() for section in KommunReport(view=kommun_view(measured)).sections())
    linked = set(re.findall(r"\]\(#(sec-[\w-]+)\)", text))
    assert linked <= set(re.findall(r"\{#(sec-[\w-]+)\}", text))


def test_a_report_of_one_area_counts_no_other(kommun_view: Views, measured: Measured) -> None:
    chosen = tuple(area for area in AREAS if area.id == "aldreomsorg")
    text = "".join(section.markdown() for section in KommunReport(view=kommun_view(measured), areas=chosen).sections())
    there = re.findall(r"^## .*\{#sec-([\w-]+)\}$", text, re.MULTILINE)
    assert {name for name in there if name in AREA_IDS} == {"aldreomsorg"}


def test_a_green_that_is_worse_than_riket_is_not_secured(kommun_view: Views, measured: Measured) -> None:
    indicator, rows = measured[0]
    odd = {**rows[-1], "skillnad_riket": "samre", "niva_riket": 95.0}
    assert "Det enda bland de bästa är inte säkerställt bättre" in summary.standing(kommun_view([(indicator, [odd])]))


def test_only_indicators_of_quality_are_counted(kommun_view: Views, measured: Measured) -> None:
    welfare = replace(measured[0][0], id="ao-suicid", short_title="Suicid", part=Part.VALFARD, dimension=None)
    view = kommun_view([(welfare, measured[0][1]), *measured])
    assert "Suicid" not in summary.strongest(view) + secured_trends(view, "sakerstalld_forbattring")
    assert "Av två kvalitetsresultat som kan jämföras" in summary.standing(view)


def test_the_strongest_are_base_then_secured_then_by_place(kommun_view: Views, measured: Measured) -> None:
    first, rows = measured[0]

    def other(name: str, changes: dict[str, Any], **fields: Any) -> tuple[Indicator, list[dict[str, Any]]]:
        return replace(first, id=f"ao-{name}", short_title=name, **fields), [*rows[:-1], rows[-1] | changes]

    chance = other("Slump", {"rank": 1, "skillnad_riket": "ingen", "niva_riket": 0.0})
    depth = other("Fördjupning", {"rank": 1}, tier=Tier.FORDJUPNING)
    shared = other("Delad", {"rank": 1, "n_same_rank": 95})
    small = other("Få", {"rank": 1, "denominator": 3.0}, counted=Counted.ENHETER)
    told = summary.strongest(kommun_view([depth, chance, shared, small, *measured]))
    assert told.replace("\u00a0", " ") == (
        "Tydligast bland de bästa är **Nöjda med hemtjänsten** (94 procent, riket 91 procent), **Slump** (94 procent, "
        "riket 91 procent) och **Fördjupning** (94 procent, riket 91 procent)."
    )
    assert summary.strongest(kommun_view([shared, small])) == ""


def test_an_index_is_called_so(kommun_view: Views, indicator: Any, measured: Measured) -> None:
    view = kommun_view([(indicator(Scale.INDEX, title="Engagemang"), [measured[0][1][-1] | {"value": 76.0}])])
    assert "(index 76,0, riket 91,0)" in summary.strongest(view)


def test_missing_and_not_measured_are_told_apart(kommun_view: Views, measured: Measured) -> None:
    text = summary.what_is_missing(kommun_view(measured))
    assert text.startswith("Ett resultat är dolt av sekretesskäl. ")
    # The plan has the indicator in 2024: that the source hasn't is no planned gap.
    assert "En indikator har slutat mätas eller saknas i källan för alla kommuner." in text
    resting = [
        (replace(one, frequency=2, phase=2023) if one.id == "ao-kontakt" else one, rows) for one, rows in measured
    ]
    text = summary.what_is_missing(kommun_view(resting))
    assert text.endswith("En indikator mäts inte 2024 enligt mätplanen.")


def test_what_has_ended_is_no_planned_gap(kommun_view: Views, measured: Measured) -> None:
    ended = [(replace(one, last_year=2023) if one.id == "ao-kontakt" else one, rows) for one, rows in measured]
    text = summary.what_is_missing(kommun_view(ended))
    assert "mätplanen" not in text
    assert "En indikator har slutat mätas" in text


def test_nothing_at_all_is_sentences_and_no_error(kommun_view: Views) -> None:
    text = KommunReport(view=kommun_view([])).summary()
    assert "Inga kvalitetsresultat kan jämföras med andra kommuner i år." in text
    assert "Ingen förbättring är statistiskt säkerställd." in text
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


def test_the_guide_explains_every_mark_and_names_the_groups() -> None:
    text = reading_guide(kommun("Ale"))
    for words in ("(..)", "Streck (-)", "punkt (.)", "Saknas betyder", "Ej mätt betyder", "lika resultat räknas"):
        assert words in text
    assert "Ale ligger i Västra Götalands län och hör till kommungruppen pendlingskommun nära storstad (A2)" in text
    assert "Gotland ligger i Gotlands län, där den är ensam kommun, och hör" in reading_guide(kommun("Gotland"))


def test_the_spread_reads_as_reviewed(kommun_view: Views, measured: Measured, snapshot: SnapshotAssertion) -> None:
    text = KommunReport(view=kommun_view(measured)).summary()
    # The picture has its own test.
    assert re.sub(r"```\{=.*?```", "", text, flags=re.DOTALL) == snapshot

"""An area's section says each result once, with unit, mark or reason, and what has changed since last time."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from lagesbild.catalogue.areas import area
from lagesbild.catalogue.indicators import Counted, Direction, Indicator, IndicatorType, Part, Scale, Tier
from lagesbild.catalogue.vocabulary import Sex
from lagesbild.presentation.kommun.additions import Additions, Comment, UnitSpread
from lagesbild.presentation.kommun.area_section import area_section
from lagesbild.presentation.kommun.result_tables import LONGEST
from lagesbild.presentation.kommun.view import KommunView

Measured = list[tuple[Indicator, list[dict[str, Any]]]]
Views = Callable[..., KommunView]
AREA = area("aldreomsorg")
pytestmark = pytest.mark.usefixtures("plain_tables")


def answer_row(year: int, answer: str | None, status: str = "ok") -> dict[str, Any]:
    names = ("value", "colour", "rank", "riket", "lan", "kommungrupp", "label", "slope")
    return {"year": year, "status": status, "answer": answer, "n_reporting": 250, **dict.fromkeys(names)}


def cells(section: str, name: str) -> list[str]:
    """Return the cells of the table row that begins with `name`."""
    line = next(one for one in section.split("\n") if one.startswith(f"| {name}"))
    return line.removeprefix("| ").split("; ")


def undrawn(text: str) -> str:
    """Return a section without its drawings, which have tests of their own."""
    return re.sub(r"```\{=(html|typst)\}\n.*?\n```", r"[\1]", text, flags=re.DOTALL)


def test_a_whole_area_reads_as_reviewed(kommun_view: Views, measured: Measured, snapshot: SnapshotAssertion) -> None:
    first = measured[0][0]
    sexes = {
        Sex.KVINNOR: {first.id: [answer_row(2024, None) | {"value": 97.0, "denominator": 300.0, "riket": 92.0}]},
        Sex.MAN: {first.id: [answer_row(2024, None) | {"value": 84.0, "denominator": 210.0, "riket": 90.0}]},
    }
    additions = Additions(
        units={first.id: UnitSpread(n=4, hidden=2, lowest=61.0, highest=98.0, chance=0.001)},
        comments=(Comment(area="aldreomsorg", author="kommunen", text="Vi har **byggt om**.\n\n- ett\n- två"),),
    )
    text = area_section(kommun_view(measured, sexes=sexes, additions=additions), AREA)
    assert undrawn(text) == snapshot


def test_an_area_without_any_result_gets_a_sentence(kommun_view: Views, measured: Measured) -> None:
    text = area_section(kommun_view(measured), area("krisberedskap"))
    assert text == "## Krisberedskap {#sec-krisberedskap}\n\nKällan har inga uppgifter i området för 2024.\n"


def test_a_kommun_without_results_is_named_in_the_sentence(kommun_view: Views, indicator: Any) -> None:
    rows = [answer_row(2024, None, "bortfall") | {"riket": 80.0}]
    text = area_section(kommun_view([(indicator(), rows)], name="Malung-Sälen"), AREA)
    assert "Malung\\-Sälen har inga resultat i området 2024." in text
    assert "En saknar svar, eller så har för få svarat" in text
    assert "\n| " not in text


def test_a_withheld_result_is_named_with_its_reason_and_is_no_row(kommun_view: Views, measured: Measured) -> None:
    text = area_section(kommun_view(measured), AREA)
    assert "En visas inte av sekretesskäl (\\.\\.): Besväras av ensamhet" in text
    assert "\n| Besväras av ensamhet" not in text


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hidden=st.integers(10_001, 99_999), status=st.sampled_from(["sekretess", "bortfall", "saknas", "ej_matt"]))
def test_a_withheld_value_is_never_shown(kommun_view: Views, measured: Measured, hidden: int, status: str) -> None:
    """The gate leaves no figure in a withheld cell; of what stands beside one, nothing but the reason comes out."""
    first = measured[0][0]
    beside = {"riket": float(hidden), "liknande": hidden + 1.0, "n_liknande": 7, "label": "sakerstalld_forbattring"}
    withheld = replace(first, id="ao-dold", short_title="Dold uppgift")
    sexes = {sex: {withheld.id: [answer_row(2024, None, status)]} for sex in (Sex.KVINNOR, Sex.MAN)}
    view = kommun_view([(withheld, [answer_row(2024, None, status) | beside]), *measured], sexes=sexes)
    text = area_section(view, AREA)
    shown = text.replace("\u202f", "").replace(" ", "")
    assert str(hidden) not in shown
    assert str(hidden + 1) not in shown
    assert "Säkert bättre över tid: Dold" not in text


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(7)))
def test_the_order_of_rows_in_the_file_does_not_matter(
    kommun_view: Views, measured: Measured, order: list[int]
) -> None:
    view = kommun_view(measured)
    shuffled = {measured[n][0].id: measured[n][1] for n in order}
    assert area_section(replace(view, rows=shuffled), AREA) == area_section(view, AREA)


def test_a_long_area_shows_what_stands_out_and_counts_the_rest(kommun_view: Views, measured: Measured) -> None:
    first, rows = measured[0]
    plain = rows[-1] | {"colour": "gul", "skillnad_riket": "ingen", "skillnad_liknande": "ingen", "label": "slump"}
    bad = plain | {"colour": "rod", "skillnad_riket": "samre"}
    many = [
        (replace(first, id=f"ao-{n:02}", short_title=f"Titel {n:02}", tier=Tier.BAS), [bad if n % 10 == 9 else plain])
        for n in range(30)
    ]
    text = area_section(kommun_view(many), AREA)
    assert len(re.findall(r"^\| Titel ", text, re.MULTILINE)) == LONGEST
    assert all(f"| Titel {n}" in text for n in ("09", "19", "29"))
    assert f"{30 - LONGEST} andra resultat sticker ut mindre" in text


def test_types_are_told_apart_and_explained(kommun_view: Views, measured: Measured) -> None:
    first, rows = measured[0]
    kinds = [(replace(first, id=f"ao-{kind}", type=kind), rows) for kind in IndicatorType]
    text = area_section(kommun_view(kinds), AREA)
    labels = re.findall(r"\{#tbl-aldreomsorg-(\w+)\} (.*)", text)
    assert [name for name, _ in labels] == ["resultat", "process", "struktur"]
    assert all("men inte" in caption for _, caption in labels)


def test_a_row_has_one_number_of_decimals(kommun_view: Views, indicator: Any) -> None:
    rows = [answer_row(2024, None) | {"value": 0.3, "riket": 12.44, "liknande": 2.0, "n_liknande": 7}]
    shown = cells(area_section(kommun_view([(indicator(), rows)]), AREA), "Nöjdhet")
    assert (shown[1], shown[3], shown[4]) == ("0,3", "12,4", "2,0")


def test_a_cost_stands_beside_and_is_never_judged(kommun_view: Views, measured: Measured) -> None:
    dear = [
        (replace(one, part=Part.KOSTNADSNYCKELTAL) if one.direction is Direction.INGEN else one, rows)
        for one, rows in measured
    ]
    text = area_section(kommun_view(dear), AREA)
    beside = text[text.index("**Kostnader") :]
    assert "*Kostnad för hemtjänst* är 12 procent högre än i riket." in beside
    assert (
        "*Kostnad för hemtjänst*: 12\u202f345\u00a0kronor per invånare \\(riket 11\u202f000\\), säkert högre" in beside
    )
    assert not re.search(r"\{\.(gron|gul|rod)\}", beside)


@pytest.mark.parametrize(("name", "head"), [("Ale", "Ale"), ("Malung-Sälen", "Eget värde"), ("Bjurholm", "Eget värde")])
def test_a_long_name_does_not_head_a_narrow_column(
    kommun_view: Views, measured: Measured, name: str, head: str
) -> None:
    assert cells(area_section(kommun_view(measured, name=name), AREA), "Indikator")[1] == head


def test_a_changed_answer_is_marked_in_its_row(kommun_view: Views, measured: Measured) -> None:
    text = area_section(kommun_view(measured), AREA)
    assert "Ett svar har ändrats sedan förra mätningen: ett mot ja." in text
    assert cells(text, "Rutin vid misstanke")[3] == "(serie) **ändrat**, nej 2022"
    assert cells(text, "Plan för uppföljning")[3] == "(serie) sedan 2023"


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ("ja", "ja", "Inget svar har ändrats sedan förra mätningen."),
        (None, "ja", "Svaren kan inte jämföras med någon tidigare mätning."),
        ("ja", None, "Inga svar från kommunen finns för 2024."),
    ],
)
def test_unchanged_first_and_missing_answers_differ(
    kommun_view: Views, measured: Measured, before: str | None, now: str | None, said: str
) -> None:
    earlier = [answer_row(2023, before)] if before else []
    rows = [*earlier, answer_row(2024, now, "ok" if now else "bortfall") | {"riket": 50.0}]
    question = next(one for one, _ in measured if one.id == "ao-rutin")
    text = area_section(kommun_view([measured[0], (question, rows)]), AREA)
    assert said in text
    assert "ändrat**" not in text


def test_a_long_checklist_has_its_unchanged_ja_in_a_sentence(kommun_view: Views, indicator: Any) -> None:
    made = [
        (
            replace(indicator(Scale.JA_NEJ), id=f"ao-fraga-{n}", short_title=f"Fråga {n}"),
            [answer_row(2023, "ja"), answer_row(2024, "nej" if n == 3 else "ja") | {"riket": 50.0}],
        )
        for n in range(12)
    ]
    text = area_section(kommun_view(made), AREA)
    assert re.findall(r"^\| (Fråga \d+);", text, re.MULTILINE) == ["Fråga 3"]
    assert "som tidigare (11): Fråga 0; Fråga 1; Fråga 2; Fråga 4;" in text


def test_secured_trends_are_named_where_there_is_a_result(kommun_view: Views, measured: Measured) -> None:
    first, rows = measured[0]
    gone = (
        replace(first, id="ao-borta", short_title="Borta"),
        [*rows[:-1], rows[-1] | {"value": None, "status": "saknas"}],
    )
    text = area_section(kommun_view([*measured, gone]), AREA)
    assert "Säkert bättre över tid: Nöjda med hemtjänsten." in text
    assert cells(text, "Nöjda")[-1] == "(serie) \\+24,0, säkert bättre"


def test_markup_in_a_title_stays_text(kommun_view: Views, measured: Measured) -> None:
    evil = "Nöjda | *alla* <b>[x](y)</b> {{< meta title >}}"
    first, rows = measured[0]
    sexes = {
        sex: {first.id: [answer_row(2024, None) | {"value": value, "denominator": 300.0}]}
        for sex, value in ((Sex.KVINNOR, 97.0), (Sex.MAN, 60.0))
    }
    text = area_section(kommun_view([(replace(first, short_title=evil), rows)], sexes=sexes), AREA)
    outside = "\n".join(one for one in undrawn(text).split("\n") if not one.startswith("| "))
    assert "\\| \\*alla\\* \\<b\\>" in outside
    assert "<b>" not in outside
    assert "<b>" not in "".join(re.findall(r"```\{=html\}\n(.*?)\n```", text, flags=re.DOTALL))
    assert "{{<" not in outside


def test_an_area_has_one_figure_of_the_most_telling_series(kommun_view: Views, measured: Measured) -> None:
    first, rows = measured[0]
    text = area_section(kommun_view([(replace(first, id=f"ao-{n}"), rows) for n in range(13)]), AREA)
    assert re.findall(r"^::: \{#(fig-[\w-]+)\}", text, re.MULTILINE) == ["fig-aldreomsorg"]
    assert len(re.findall(r"\(serie\)", text)) == LONGEST


def test_so_few_units_are_told_in_a_sentence_and_name_no_trend(kommun_view: Views, measured: Measured) -> None:
    first, rows = measured[0]
    of_units = replace(first, counted=Counted.ENHETER)
    one = area_section(kommun_view([(of_units, [*rows[:-1], rows[-1] | {"denominator": 1.0}]), *measured[1:]]), AREA)
    assert (
        "**Få enheter.** Ett resultat bygger på färre än fem enheter, så att en enda kan avgöra (ett bland de b" in one
    )
    assert "| Nöjda med hemtjänsten;" not in one
    assert "Säkert bättre över tid" not in one
    five = area_section(kommun_view([(of_units, [*rows[:-1], rows[-1] | {"denominator": 5.0}])]), AREA)
    assert "| Nöjda med hemtjänsten;" in five
    assert "Säkert bättre över tid: Nöjda" in five


def test_what_rests_is_counted_with_its_next_year(kommun_view: Views, measured: Measured) -> None:
    kontakt, rows = next(pair for pair in measured if pair[0].id == "ao-kontakt")
    many = [(replace(kontakt, id=f"ao-{n}", short_title=f"Fråga {n}", frequency=2, phase=2023), rows) for n in range(9)]
    text = area_section(kommun_view([*measured[:1], *many]), AREA)
    assert "**Mäts inte 2024.** Nio indikatorer vilar enligt mätplanen: nio mäts nästa gång 2025." in text


def test_caveats_are_at_most_three_lines(kommun_view: Views, measured: Measured) -> None:
    kontakt = next(one for one, _ in measured if one.id == "ao-kontakt")
    resting = (replace(kontakt, id="ao-vilar", frequency=2, phase=2023), [answer_row(2024, None, "ej_matt")])
    doubted = [
        (one, [*rows[:-1], rows[-1] | {"quality": "C", "finding": "Ovanligt stor ökning"}]) for one, rows in measured
    ]
    text = area_section(kommun_view([*doubted, resting]), AREA)
    lines = [line for line in text.split("\n") if line.startswith("- ")]
    assert [line[:12] for line in lines] == ["- **Osäkert.", "- **Utan res", "- **Mäts int"]


def test_so_few_units_published_say_nothing_of_a_spread(kommun_view: Views, measured: Measured) -> None:
    first = measured[0][0]
    two = Additions(units={first.id: UnitSpread(n=2, hidden=9, lowest=10.0, highest=90.0, chance=0.0)})
    assert "Enheter i kommunen" not in area_section(kommun_view(measured, additions=two), AREA)

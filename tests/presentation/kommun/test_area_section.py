"""An area's section says each result once, with unit, mark or reason, and what has changed since last time."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from lagesbild.catalogue.areas import area
from lagesbild.catalogue.indicators import Counted, Dimension, Direction, Indicator, Part, Scale, Tier
from lagesbild.presentation.kommun.area_section import area_section
from lagesbild.presentation.kommun.view import KommunView

Measured = list[tuple[Indicator, list[dict[str, Any]]]]
Views = Callable[..., KommunView]
AREA = area("aldreomsorg")
CHECKLIST = re.compile(r"^\| .*\| (Struktur|Process|Resultat) \|.*$", re.MULTILINE)


def answer_row(year: int, answer: str | None, status: str = "ok") -> dict[str, Any]:
    names = ("value", "colour", "rank", "riket", "lan", "kommungrupp", "label", "slope")
    return {"year": year, "status": status, "answer": answer, "n_reporting": 250, **dict.fromkeys(names)}


def cells(section: str, name: str) -> list[str]:
    """Return the cells of the table row that begins with `name`."""
    line = next(one for one in section.split("\n") if one.startswith(f"| {name}"))
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_a_whole_area_reads_as_reviewed(kommun_view: Views, measured: Measured, snapshot: SnapshotAssertion) -> None:
    text = area_section(kommun_view(measured), AREA)
    # The drawings have tests of their own; here the words around them count.
    assert re.sub(r"```\{=(html|typst)\}\n.*?\n```", r"[\1]", text, flags=re.DOTALL) == snapshot


def test_an_area_without_any_result_gets_a_sentence(kommun_view: Views, measured: Measured) -> None:
    text = area_section(kommun_view(measured), area("krisberedskap"))
    assert text == "## Krisberedskap {#sec-krisberedskap}\n\nKällan har inga uppgifter i området för 2024.\n"


def test_a_kommun_without_results_is_named_in_the_sentence(kommun_view: Views, indicator: Any) -> None:
    rows = [answer_row(2024, None, "bortfall") | {"riket": 80.0}]
    text = area_section(kommun_view([(indicator(), rows)], name="Malung-Sälen"), AREA)
    assert "Malung\\-Sälen har inga resultat i området 2024." in text
    assert "En indikator har inget resultat för Malung\\-Sälen 2024. Svar saknas" in text
    assert "\n| " not in text


def test_a_withheld_result_is_named_with_its_reason_and_is_no_row(kommun_view: Views, measured: Measured) -> None:
    text = area_section(kommun_view(measured), AREA)
    assert "Får inte visas av sekretesskäl (\\.\\.): Besväras av ensamhet." in text.replace("\\(", "(")
    assert "\n| Besväras av ensamhet" not in text


def test_reasons_are_told_apart(kommun_view: Views, measured: Measured, indicator: Any) -> None:
    absent = (replace(indicator(title="Väntetid"), id="ao-annan"), [answer_row(2024, None, "bortfall")])
    text = area_section(kommun_view([*measured, absent]), AREA)
    assert "Två indikatorer har inget resultat för Ale 2024.\n\n- Får inte visas" in text
    assert re.search(r"^- Svar saknas, .*: Väntetid\.$", text, re.MULTILINE)


def many_rows(measured: Measured) -> Measured:
    """Return an area so large that its table is divided, in-depth indicators first within each dimension."""
    first, rows = measured[0]
    dimensions = [(Dimension.TILLGANGLIG, n) for n in range(9)] + [(Dimension.SAKER, n) for n in range(9)]
    quality = [
        replace(
            first,
            id=f"ao-{dimension}-{n}",
            short_title=f"{dimension} {n}",
            dimension=dimension,
            tier=Tier.FORDJUPNING if n < 5 else Tier.BAS,
        )
        for dimension, n in dimensions
    ]
    cost = replace(first, id="ao-dyr", short_title="dyr", part=Part.KOSTNADSNYCKELTAL, dimension=None)
    return [(one, rows) for one in [cost, *quality]]


def test_a_long_table_is_divided_by_the_models_parts(kommun_view: Views, measured: Measured) -> None:
    text = area_section(kommun_view(many_rows(measured)), AREA)
    heads = re.findall(r"^#### (.*?) \{#([\w-]+)\}$", text, re.MULTILINE)
    assert [head for head, _ in heads] == ["Kvalitet: säker", "Kvalitet: tillgänglig", "Kostnader"]
    linked = re.findall(r"\]\(#(sec-[\w-]+)\)", text)
    assert linked == [label for _, label in heads]
    rows = re.findall(r"^\| (saker|tillganglig|dyr)(?: (\d))?,", text, re.MULTILINE)
    base_first = ["5", "6", "7", "8", "0", "1", "2", "3", "4"]
    assert [n for name, n in rows if name == "saker"] == base_first
    assert [n for name, n in rows if name == "tillganglig"] == base_first
    assert [name for name, _ in rows][-1] == "dyr"


def test_a_short_table_stays_whole(kommun_view: Views, measured: Measured) -> None:
    text = area_section(kommun_view(measured), AREA)
    assert "####" not in text
    assert "Gå till" not in text


def test_a_row_has_one_number_of_decimals(kommun_view: Views, indicator: Any) -> None:
    rows = [answer_row(2024, None) | {"value": 0.3, "riket": 12.44, "lan": 2.0, "kommungrupp": None}]
    shown = cells(area_section(kommun_view([(indicator(), rows)]), AREA), "Nöjdhet")
    assert shown[1] == "0,3"
    assert shown[4].startswith("12,4 ")
    assert shown[5].startswith("2,0 ")


def test_what_is_not_measured_this_year_is_no_row(kommun_view: Views, measured: Measured) -> None:
    text = area_section(kommun_view(measured), AREA)
    assert "\n| Fast omsorgskontakt" not in text


def test_a_cost_has_no_colour_and_the_reason_is_told(kommun_view: Views, measured: Measured) -> None:
    text = area_section(kommun_view(measured), AREA)
    assert cells(text, "Kostnad för hemtjänst")[2] == "–"
    assert "Indikatorer utan riktning" in text
    directed = [(i, rows) for i, rows in measured if i.direction is not Direction.INGEN]
    assert "Indikatorer utan riktning" not in area_section(kommun_view(directed), AREA)


@pytest.mark.parametrize("name", ["Upplands-Bro", "Malung-Sälen", "Östra Göinge"])
def test_a_long_name_heads_its_column(kommun_view: Views, measured: Measured, name: str) -> None:
    text = area_section(kommun_view(measured, name=name), AREA)
    assert cells(text, "Indikator")[1] == name.replace("-", "\\-")


def test_a_changed_answer_is_told_in_a_sentence_and_in_its_row(kommun_view: Views, measured: Measured) -> None:
    text = area_section(kommun_view(measured), AREA)
    assert "Ett svar har ändrats sedan förra mätningen: Rutin vid misstanke om våld (från nej till ja)." in text
    assert cells(text, "Rutin vid misstanke")[3] == "Nej \\(2022\\), **ändrat**"
    assert cells(text, "Plan för uppföljning")[3] == "Delvis \\(2023\\)"


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ("ja", "ja", "Inget svar har ändrats sedan förra mätningen."),
        (None, "ja", "Svaren kan inte jämföras med någon tidigare mätning."),
        ("ja", None, "Inga svar från kommunen finns för 2024."),
    ],
)
def test_unchanged_first_and_missing_answers_differ(
    kommun_view: Views, indicator: Any, before: str | None, now: str | None, said: str
) -> None:
    earlier = [answer_row(2023, before)] if before else []
    rows = [*earlier, answer_row(2024, now, "ok" if now else "bortfall") | {"riket": 50.0}]
    text = area_section(kommun_view([(indicator(Scale.JA_NEJ), rows)]), AREA)
    assert said in text
    assert "ändrat**" not in text


def test_secured_trends_are_named_with_their_word(kommun_view: Views, measured: Measured) -> None:
    text = area_section(kommun_view(measured), AREA)
    assert (
        "Statistiskt säkerställda trender: Nöjda med hemtjänsten (förbättring) och Kostnad för hemtjänst (ökning)."
    ) in text


def test_markup_in_a_title_stays_text(kommun_view: Views, measured: Measured) -> None:
    evil = "Nöjda | *alla* <b>[x](y)</b> {{< meta title >}}"
    first, rows = measured[0]
    text = area_section(kommun_view([(replace(first, short_title=evil), rows)]), AREA)
    outside = re.sub(r"```\{=(html|typst)\}\n.*?\n```", "", text, flags=re.DOTALL)
    assert "\\| \\*alla\\* \\<b\\>" in outside
    assert "<b>" not in outside
    assert "<b>" not in "".join(re.findall(r"```\{=html\}\n(.*?)\n```", text, flags=re.DOTALL))
    assert "{{<" not in text


def test_an_area_has_one_figure_of_the_most_telling_series(kommun_view: Views, measured: Measured) -> None:
    first, rows = measured[0]
    text = area_section(kommun_view([(replace(first, id=f"ao-{n}"), rows) for n in range(13)]), AREA)
    labels = re.findall(r"^::: \{#(fig-[\w-]+)\}", text, re.MULTILINE)
    assert labels == ["fig-aldreomsorg"]
    assert "Figuren visar nio av 13 serier; tabellerna har alla" in text


def test_the_page_may_end_between_the_rows_of_a_figure(kommun_view: Views, measured: Measured) -> None:
    first, rows = measured[0]
    text = area_section(kommun_view([(replace(first, id=f"ao-{n}"), rows) for n in range(9)]), AREA)
    assert text.count("image(bytes(") == 3
    assert text.count("sticky: true, image(bytes(") == 1


def test_so_few_units_are_told_beside_the_figure_and_name_no_trend(kommun_view: Views, measured: Measured) -> None:
    first, rows = measured[0]
    of_units = replace(first, counted=Counted.ENHETER)
    one = area_section(kommun_view([(of_units, [*rows[:-1], rows[-1] | {"denominator": 1.0}])]), AREA)
    assert cells(one, "Nöjda med hemtjänsten")[1] == "94 \\(1\u00a0enhet\\)"
    assert "En säkerställd trend bygger på färre än fem enheter och räknas inte upp här." in one
    assert "säkerställda trender: Nöjda" not in one
    five = area_section(kommun_view([(of_units, [*rows[:-1], rows[-1] | {"denominator": 5.0}])]), AREA)
    assert cells(five, "Nöjda med hemtjänsten")[1] == "94"
    assert "säkerställda trender: Nöjda" in five


def test_what_rests_is_named_with_its_next_year(kommun_view: Views, measured: Measured) -> None:
    kontakt, rows = next(pair for pair in measured if pair[0].id == "ao-kontakt")
    many = [(replace(kontakt, id=f"ao-{n}", short_title=f"Fråga {n}", frequency=2, phase=2023), rows) for n in range(9)]
    text = area_section(kommun_view([*measured, *many]), AREA)
    assert "\nMäts inte 2024, nästa gång 2025: *Fråga 0*, *Fråga 1*," in text
    assert "*Fråga 4* och fyra till.\n" in text
    assert "Fråga 5" not in text


def test_shares_of_ja_are_whole_from_ten_on(kommun_view: Views, indicator: Any) -> None:
    rows = [answer_row(2024, "ja") | {"riket": 27.0, "lan": 18.6, "kommungrupp": 9.8}]
    shown = cells(area_section(kommun_view([(indicator(Scale.JA_NEJ), rows)]), AREA), "Nöjdhet")
    assert [one.split(" ")[0] for one in shown[4:]] == ["27", "19", "9,8"]

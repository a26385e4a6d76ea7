"""The lägesrapport says what has changed with numbers and units, counts its kommuner, and leaves none without words."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from lagesbild.catalogue.areas import area, status_report
from lagesbild.presentation.national.area_section import area_section
from lagesbild.presentation.national.report import NationalReport
from lagesbild.presentation.national.view import NationalView

Views = Callable[..., NationalView]
AREA = area("aldreomsorg")


def words(markdown: str) -> str:
    """Return the text without the drawings."""
    return re.sub(r"```\{=(html|typst)\}\n.*?\n```", "", markdown, flags=re.DOTALL)


def cells(section: str, name: str) -> list[str]:
    line = next(one for one in section.split("\n") if one.startswith(f"| {name}"))
    return [cell.strip() for cell in line.strip("|").split("|")]


def report(view: NationalView) -> NationalReport:
    return NationalReport(report=status_report("aldre"), view=view)


def test_the_numbers_table_counts_and_spreads(national_view: Views) -> None:
    row = cells(area_section(national_view(), AREA), "Nöjda med")
    # Half of 70, 80 and 90 lie between 75 and 85; the fourth kommun has no result.
    assert row[2:] == ["80", "\\+5,0 \\(2023\\)", "75–85", "3", "förbättring", "A god"]


def test_questions_show_the_share_of_yes(national_view: Views) -> None:
    row = cells(area_section(national_view(), AREA), "Rutin vid")
    assert row[2:] == ["67", "\\+16,7 \\(2023\\)", "3", "C osäker"]


def test_uncertain_data_have_their_reason_under_the_table(national_view: Views) -> None:
    text = words(area_section(national_view(), AREA))
    assert "- C osäker, *Rutin vid misstanke om våld*: 3 av 4 kommuner har redovisat\\." in text
    assert text.count("Uppgifternas säkerhet: A god betyder") == 1
    assert "- A god" not in text


def test_figures_of_several_kommuner_say_how_many(national_view: Views) -> None:
    text = words(area_section(national_view(), AREA))
    assert "riket 2023–2024; 3 kommuner har resultat 2024" in text
    assert "efter kommungrupp, ovägt medelvärde av kommunernas resultat; tre kommuner har resultat" in text
    assert cells(text, "Storstäder")[1] == "80 \\(1\\)"
    assert "i kommunerna; tre kommuner har resultat" in text


def test_groups_are_named_with_value_and_unit(national_view: Views) -> None:
    text = words(area_section(national_view(), AREA))
    assert "med 90\u00a0procent (två kommuner) och lägst storstäder med 80\u00a0procent (en kommun)." in text
    missing = cells(text, "Större stad")
    assert missing[1] == "–"


def test_an_area_without_figures_is_a_sentence(national_view: Views) -> None:
    text = area_section(national_view(), area("krisberedskap"))
    assert text == "## Krisberedskap {#sec-krisberedskap}\n\nInga nationella uppgifter finns för 2024.\n"


@pytest.mark.parametrize(
    ("label", "better", "worse"),
    [
        ("forbattring", "har ökat från 75 till 80", "Ingen försämring i riket"),
        ("ingen_sakerstalld", "Ingen förbättring i riket", "Ingen försämring i riket"),
    ],
)
def test_only_a_secured_trend_is_better_or_worse(national_view: Views, label: str, better: str, worse: str) -> None:
    text = report(national_view(label=label)).brief()
    first, rest = text.split("### Det har blivit sämre")
    assert better in first
    assert worse in rest


def test_a_trend_against_the_end_points_is_told_by_its_direction(national_view: Views) -> None:
    text = report(national_view(before=82.0)).brief()
    assert "har en uppåtgående trend sedan 2023, senast 80\u00a0procent" in text
    assert "har minskat" not in text


def test_the_largest_change_of_answers_has_both_shares(national_view: Views) -> None:
    text = report(national_view()).brief()
    assert "67\u00a0procent av kommunerna svarar ja, mot 50\u00a0procent 2023." in text


def test_the_start_page_has_a_sentence_where_nothing_is_secured(national_view: Views) -> None:
    assert report(national_view(label="for_fa")).headlines() == "Ingen förändring i riket är statistiskt säkerställd.\n"
    assert report(national_view()).headlines().startswith("- Bättre: **Nöjda med hemtjänsten** (Äldreomsorg) har ökat")


def test_markup_in_a_title_stays_text(national_view: Views) -> None:
    view = national_view(title="Nöjda | *alla* <b>")
    for text in (words(area_section(view, AREA)), report(view).brief()):
        assert "\\| \\*alla\\* \\<b\\>" in text
        assert "<b>" not in text


def test_every_figure_says_that_the_data_are_invented(national_view: Views) -> None:
    drawings = re.findall(r"```\{=html\}\n(.*?)\n```", area_section(national_view(), AREA), flags=re.DOTALL)
    assert len(drawings) == 3  # development, kommungrupper, map
    assert all("Syntetiska data" in drawing for drawing in drawings)

"""The lägesrapport says what has changed with numbers and units, counts its kommuner, and leaves none without words."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from lagesbild.catalogue.areas import area, status_report
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.regions import kommuner
from lagesbild.presentation.national.area_section import area_section
from lagesbild.presentation.national.report import NationalReport
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.wording import figures_words

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


def body(view: NationalView) -> str:
    """Return the area with the tables of the appendix."""
    return words(f"{area_section(view, AREA)}\n\n{report(view).appendix()}")


def test_the_numbers_table_counts_and_spreads(national_view: Views) -> None:
    row = cells(body(national_view()), "Nöjda med")
    # Three results are too few for quartiles; the fourth kommun has not reported.
    assert row[1:] == ["R", "80", "–", "\\+5,0 \\(2023\\)", "–", "3/3", "säkerställd förbättring", "A"]


def test_who_has_reported_is_not_who_can_be_shown(national_view: Views) -> None:
    view = national_view()
    rows = view.comparisons
    withheld = rows["region"].eq("2403") & rows["indicator"].eq("ao-nojda")
    rows.loc[withheld, ["status", "value", "colour"]] = ["sekretess", None, None]
    text = body(view)
    assert cells(text, "Nöjda med")[6] == "3/2"
    assert text.count("skillnaden är resultat som inte visas på grund av sekretess") == 1
    assert "riket 2023–2024; 3 kommuner har redovisat 2024" in text
    assert "två kommuner har resultat som kan visas" in text


@pytest.mark.parametrize(("n", "middle"), [(9, "–"), (10, "2,3–6,8")])
def test_quartiles_take_ten_kommuner(national_view: Views, n: int, middle: str) -> None:
    view = national_view()
    one = view.comparisons[view.comparisons["region"].eq("1440") & view.comparisons["indicator"].eq("ao-nojda")]
    codes = [about.kod for about in kommuner()][:n]
    several = [one.assign(region=code, value=float(i)) for i, code in enumerate(codes)]
    text = body(replace(view, comparisons=pd.concat(several)))
    assert cells(text, "Nöjda med")[5] == middle
    assert "nedre och övre kvartilen för kommuner vars resultat kan visas, och anges inte för färre än 10" in text


def test_questions_show_the_share_of_yes(national_view: Views) -> None:
    row = cells(body(national_view()), "Rutin vid")
    assert row[1:] == ["R", "67", "\\+16,7 \\(2023\\)", "3/3", "för få mätningar", "C"]


def test_uncertain_data_have_their_reason(national_view: Views) -> None:
    text = words(area_section(national_view(), AREA))
    assert "- C osäker, *Rutin vid misstanke om våld*: 3 av 4 kommuner har redovisat\\." in text
    assert "Av två indikatorer och frågor har 1 säkerheten A god och 1 C osäker." in text
    assert "- A god" not in text


def test_figures_of_several_kommuner_say_how_many(national_view: Views) -> None:
    text = words(area_section(national_view(), AREA))
    assert "riket 2023–2024; 3 kommuner har redovisat 2024" in text
    assert (
        "efter kommungrupp, ovägt medelvärde av kommunernas resultat; tre kommuner har resultat som kan visas" in text
    )
    assert "kommunerna och länen (ovägt medelvärde av kommunernas resultat); tre kommuner" in text.replace("\\", "")


def test_groups_are_named_with_value_and_unit(national_view: Views) -> None:
    text = words(area_section(national_view(), AREA))
    assert "högst med 90\u00a0procent (fem kommuner) och större stad lägst med 70\u00a0procent (sex kommuner)." in text


def test_prose_of_analysts_comes_first(national_view: Views) -> None:
    view = replace(national_view(), prose={"korthet": "Vi bedömer läget.", "aldreomsorg": "Hemtjänsten är stabil."})
    assert report(view).brief().startswith("Vi bedömer läget.\n\nRapporten beskriver")
    assert "{#sec-aldreomsorg}\n\nHemtjänsten är stabil.\n\n" in area_section(view, AREA)
    assert "**Analytikernas text.**" in report(view).sources()
    assert "Analytikernas" not in report(national_view()).sources()


def test_a_mean_of_few_kommuner_is_marked_and_never_an_extreme(national_view: Views) -> None:
    view = national_view()
    view.figures.loc[view.figures["region"].eq("A1"), "value"] = 99.0
    section = area_section(view, AREA)
    assert "Storstäder 99\u00a0procent (få kommuner)" in section
    assert "högst med 90\u00a0procent" in words(section)
    assert "Ring: färre än fem kommuner" in words(section).replace("\\", "")
    few = replace(view, figures=view.figures.assign(n_kommuner=4))
    assert "Ingen kommungrupp har minst fem kommuner" in words(area_section(few, AREA))


def test_what_lowers_most_grades_to_b_is_counted(national_view: Views) -> None:
    view = national_view()
    assert "B beror" not in report(view).brief()  # nothing has B
    assert view.quality is not None
    middling = view.quality.assign(grade=["A", "B"])
    text = report(replace(view, quality=middling)).brief()
    assert "Av två indikatorer och frågor har en säkerheten B godtagbar." in text
    assert "B beror oftast på att en del kommuner inte har redovisat (1 av 1); skälen" in text
    assert "B beror" not in report(replace(view, quality=middling.assign(checks=""))).brief()


def test_an_area_with_a_comma_is_not_taken_for_two(national_view: Views) -> None:
    text = NationalReport(report=status_report("funktionsnedsattning"), view=national_view()).brief()
    assert text.startswith("Rapporten beskriver funktionsnedsättning, LSS samt socialpsykiatri med")


def test_an_area_without_figures_is_a_sentence(national_view: Views) -> None:
    text = area_section(national_view(), area("krisberedskap"))
    assert text == "## Krisberedskap {#sec-krisberedskap}\n\nInga nationella uppgifter finns för 2024.\n"


@pytest.mark.parametrize(
    ("label", "better", "worse"),
    [
        ("sakerstalld_forbattring", "har ökat från 75 till 80", "Ingen försämring i riket"),
        ("slump", "Ingen förbättring i riket", "Ingen försämring i riket"),
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


@pytest.mark.parametrize(
    ("last", "told"),
    [
        (80.0, "har minskat från 84 till 80\u00a0procent sedan 2023"),
        # The trend is of another kind of figure than the one that is shown.
        (78.0, "har en nedåtgående trend sedan 2023, senast 80\u00a0procent"),
    ],
)
def test_a_change_is_told_by_the_series_that_the_trend_is_of(national_view: Views, last: float, told: str) -> None:
    view = national_view(label="sakerstalld_forsamring")
    early = view.comparisons[view.comparisons["year"] == 2023].assign(year=2022)
    ends = {"slope": -2.0, "first_value": 84.0, "last_value": last}
    view = replace(
        view,
        comparisons=pd.concat([early, view.comparisons], ignore_index=True),
        trends=view.trends.assign(
            **{name: view.trends[name].where(view.trends["indicator"] != "ao-nojda", end) for name, end in ends.items()}
        ),
    )
    assert told in report(view).brief()


def test_the_largest_change_of_answers_has_both_shares(national_view: Views) -> None:
    text = report(national_view()).brief()
    assert "67\u00a0procent av kommunerna svarar ja, mot 50\u00a0procent 2023." in text


def test_without_questions_none_is_said_to_have_been_asked_for_the_first_time(national_view: Views) -> None:
    view = national_view()
    numbers = replace(view, catalogue=Catalogue((view.catalogue.by_id("ao-nojda"),)))
    text = report(numbers).brief()
    assert "Källan har inga svar från kommunerna på frågor om struktur och process för 2024." in text
    assert "frågor har inte ställts tidigare" not in text.lower()
    assert figures_words([]) == "inga indikatorer"
    assert figures_words([view.catalogue.by_id("ao-rutin")]) == "en fråga"
    assert figures_words(list(view.catalogue.indicators)) == "två indikatorer och frågor"


def test_what_is_uncertain_is_said_to_be_so_and_heads_no_list_of_differences(national_view: Views) -> None:
    view = national_view()
    graded = replace(view, quality=view.quality.assign(grade="C"))
    line = "har ökat från 75 till 80\u00a0procent sedan 2023. Uppgifterna är osäkra."
    assert line in words(report(graded).brief())
    assert "Uppgifterna är osäkra" not in report(view).brief()


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
    assert len(drawings) == 3  # development, kommungrupper, maps
    assert all("Syntetiska data" in drawing for drawing in drawings)


def test_no_picture_but_the_maps_leaves_its_place_in_print(national_view: Views) -> None:
    text = report(national_view()).areas()
    rules = re.findall(r"```\{=typst\}\n(#show.*?)\n```", text, flags=re.DOTALL)
    assert "\n".join(rules).count("placement") == len(report(national_view()).report.areas)
    assert "#show <fig-karta-aldreomsorg>: set figure(placement: auto)" in rules[0]
    assert "{#fig-karta-aldreomsorg}" in text or "#fig-karta-aldreomsorg" in text.replace(rules[0], "")


def test_rikets_line_never_mixes_the_sources_figure_with_a_mean_of_kommuner(national_view: Views) -> None:
    view = national_view()
    nojda = view.catalogue.by_id("ao-nojda")
    years = [year for year, value in view.riket_series(nojda) if value is not None]
    assert len(years) > 1
    frame = view.comparisons.copy()
    frame.loc[frame["year"] == view.year, "riket_weighting"] = "redovisad"
    other = dataclasses.replace(view, comparisons=frame)
    assert [year for year, value in other.riket_series(nojda) if value is not None] == [view.year]
    assert other.previous(nojda) is None

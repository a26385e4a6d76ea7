"""A group's report: counts and names agree with the results, and what isn't shown is nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable

from lagesbild.catalogue.areas import area
from lagesbild.presentation.group import summary
from lagesbild.presentation.group.area_section import area_section
from lagesbild.presentation.group.dots import dots
from lagesbild.presentation.group.questions import questions
from lagesbild.presentation.group.report import GroupReport
from lagesbild.presentation.group.view import GroupView

Views = Callable[..., GroupView]


def plain(text: str) -> str:
    """Return Markdown's words without escapes and hard spaces."""
    return re.sub(r"\\(.)", r"\1", text).replace("\u00a0", " ").replace("\u202f", " ")


def test_the_introduction_counts_what_can_be_shown(group_view: Views) -> None:
    text = plain(summary.introduction(group_view()))
    assert "fyra kommuner 2024: Ale, Borås, Göteborg och Lerum." in text
    # 3 of 4, 4 of 4 and 3 of 4 answers.
    assert "Två mått och en fråga i checklistor beskriver kvaliteten. 83 procent" in text
    assert "fyra kommuner i Provlän 2024" in plain(summary.introduction(group_view(name="Provlän", is_lan=True)))


def test_each_kommuns_secured_differences_are_counted(group_view: Views) -> None:
    text = plain(summary.kommun_table(group_view()))
    rows = {name: re.findall(r"\d+", text.split(f"{name} ")[1].split("\n")[0])[:5] for name in ("Ale", "Göteborg")}
    assert rows == {"Ale": ["1", "0", "0", "1", "0"], "Göteborg": ["0", "1", "0", "0", "1"]}
    assert "inte vilken kommun som är bäst" in text


def test_lists_name_the_kommuner_and_how_many_have_results(group_view: Views) -> None:
    text = plain(summary.against_riket(group_view()))
    better, worse = text.split("**Flest säkert sämre")
    assert "Trygg | *hemma**: en av tre kommuner (Ale)" in better
    assert "två av tre kommuner (Borås och Göteborg)" in worse
    assert "två av tre kommuner (Borås och Göteborg)" in plain(summary.changes(group_view())).split("**Försämrat")[1]


def test_the_widest_difference_leaves_out_results_on_few_persons(group_view: Views) -> None:
    # Väntetid: 45-90 once Ale's ten persons are left out; three of four kommuner are too few to tell of.
    assert "Väntetid" not in summary.within(group_view())
    few = group_view(kommuner=group_view().kommuner[:3])
    assert "från 45 i Göteborg till 90 dagar i Borås" in plain(summary.within(few))


def test_questions_have_their_grounds_in_the_results(group_view: Views) -> None:
    text = plain(questions(group_view(kommuner=group_view().kommuner[:3])))
    assert "Ale ligger säkert bättre än riket, Borås och Göteborg säkert sämre" in text
    assert "Säkert försämrat i två kommuner: Borås och Göteborg" in text
    assert "Rutin vid våld.** En kommun svarar ja, två nej." in text
    assert plain(questions(group_view([]))).count("- **") == 2


def test_an_area_has_means_counts_and_riket(group_view: Views) -> None:
    text = plain(area_section(group_view(), area("aldreomsorg")))
    assert "## Äldreomsorg {#sec-aldreomsorg}" in text
    assert "76 (75)" in text
    assert "10 500" in text
    assert "12 000" in text
    assert "Ingen av kommunerna har något resultat" in area_section(group_view(), area("hemloshet"))


def test_dots_are_as_many_as_the_shown_results_and_say_lowest_and_highest(group_view: Views) -> None:
    trygg = group_view().results["ao-trygg"]
    mark = dots(trygg)
    assert mark.svg.count("h.1") == len(trygg.values) == 3
    assert "Lägst 60 (Borås), median 75, högst 92 procent (Ale). Riket 80." in plain(mark.alt)
    assert "Lerum" not in mark.alt


def test_titles_are_escaped_and_every_link_has_its_section(group_view: Views) -> None:
    text = "\n".join(section.markdown() for section in GroupReport(view=group_view()).sections())
    assert "*hemma*" not in text.replace("\\*", "")
    for label in re.findall(r"\]\(#([\w-]+)\)", text):
        assert f"{{#{label}}}" in text
    assert "ovägt" in text
    assert "vägt" in text


def test_a_group_of_one_has_no_questions_and_no_inner_differences(group_view: Views) -> None:
    alone = group_view([], kommuner=group_view().kommuner[:1], is_lan=True)
    labels = [section.label for section in GroupReport(view=alone).sections()]
    assert "sec-fragor" not in labels
    assert "Kommunrapporten om Ale säger mer" in summary.introduction(alone)

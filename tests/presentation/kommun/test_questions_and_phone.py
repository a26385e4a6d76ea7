"""The last part of the report: questions put to the kommun's own results, and whom to phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.regions import kommuner
from lagesbild.presentation.kommun.additions import Additions, Comment, Example, UnitSpread
from lagesbild.presentation.kommun.comments import comments_on
from lagesbild.presentation.kommun.priorities import gross_list
from lagesbild.presentation.kommun.questions import Grounds, questions_section
from lagesbild.presentation.kommun.sex_gaps import SexGap
from lagesbild.presentation.kommun.to_phone import MOST_KOMMUNER, phone_section, to_phone
from lagesbild.presentation.kommun.view import KommunView

Measured = list[tuple[Indicator, list[dict[str, Any]]]]
Views = Callable[..., KommunView]
pytestmark = pytest.mark.usefixtures("plain_tables")

ALIKE: list[Mapping[str, Any]] = [
    {"topic": "äldreomsorg", "member": "1482", "variable": "folkmangd", "own": 31_868.0, "other": 44_000.0},
    {"topic": "äldreomsorg", "member": "0180", "variable": "folkmangd", "own": 31_868.0, "other": float("nan")},
]


def asked(view: KommunView, *, gaps: list[SexGap] | None = None) -> str:
    found = gross_list(view)
    return questions_section(Grounds(view=view, found=found, gaps=gaps or [], chosen=to_phone(view), areas=()))


def test_every_question_names_a_result_and_a_page(kommun_view: Views, measured: Measured) -> None:
    nojda, vantetid = measured[0][0], measured[1][0]
    rutin, rows = next(pair for pair in measured if pair[0].id == "ao-rutin")
    plan = replace(rutin, id="ao-gammal", short_title="Gammalt nej")
    no = [{**rows[0], "year": year, "answer": "nej", "status": "ok"} for year in (2019, 2021, 2024)]
    additions = Additions(
        units={nojda.id: UnitSpread(n=5, hidden=0, lowest=61.0, highest=98.0, chance=0.001)},
        examples=(Example(member="1482", indicator=vantetid.id, value=20.0),),
    )
    gap = SexGap(indicator=nojda, women=97.0, men=84.0, riket=2.0, level=95.0, same_way=3)
    text = asked(kommun_view([*measured, (plan, no)], additions=additions), gaps=[gap])
    questions = re.findall(r"^- (.*)$", text, re.MULTILINE)
    assert len(questions) >= 6
    assert all(re.search(r"\(s\. \d+(, \d+|–\d+)?\)$", question) for question in questions)
    assert "*Gammalt nej* (Äldreomsorg) har haft svaret nej sedan 2019." in text
    assert "*Nöjda med hemtjänsten* (Äldreomsorg) ligger bland de bästa och är säkert bättre än riket." in text
    assert "kvinnor 97 och män 84 procent. Skillnaden är säker." in text
    assert "enheterna ligger mellan 61 och 98 procent" in text
    assert "Vad har Kungälv gjort" in text


def test_a_kommun_without_results_is_asked_only_what_needs_none(kommun_view: Views) -> None:
    text = asked(kommun_view([]))
    assert len(re.findall(r"^- ", text, re.MULTILINE)) == 1
    assert "Vad ska förändringen leda till" in text


def test_whom_to_phone_shows_figures_beside_the_own_and_what_is_alike(kommun_view: Views, measured: Measured) -> None:
    examples = (
        Example(member="0180", indicator="ao-rutin", value=None),
        Example(member="1482", indicator="ao-vantetid", value=20.0),
    )
    view = kommun_view(measured, additions=Additions(examples=examples))
    text = phone_section(view, to_phone(view), ALIKE)
    rows = [line for line in text.split("\n") if line.startswith("| ")][1:]
    assert rows[0] == (
        "| **Kungälv**; Väntetid till särskilt boende 20\u00a0dagar \\(45\\).; Folkmängd 44\u202f000 \\(31\u202f868\\)"
    )
    assert rows[1] == "| **Stockholm**; Svarar ja: Rutin vid misstanke om våld.; –"
    assert "Ingen liknande kommun" in phone_section(kommun_view(measured), [], [])


def test_what_two_kommuner_differ_in_is_not_said_to_be_alike(kommun_view: Views, measured: Measured) -> None:
    examples = (Example(member="1482", indicator="ao-vantetid", value=20.0),)
    view = kommun_view(measured, additions=Additions(examples=examples))
    larger = {**ALIKE[0], "other": 3.0 * float(ALIKE[0]["own"])}
    nearer = {**ALIKE[0], "variable": "nettoinkomst", "own": 234_000.0, "other": 229_000.0}
    text = phone_section(view, to_phone(view), [larger, nearer])
    assert "229\u202f000" in text
    assert "Folkmängd" not in text
    # Where nothing is near, the nearest is still told, with both figures.
    assert "Folkmängd" in phone_section(view, to_phone(view), [larger])


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 5), st.booleans()), max_size=25), st.randoms())
def test_the_order_of_the_examples_does_not_matter(drawn: list[tuple[int, int, bool]], random: Any) -> None:
    codes = [kommun.kod for kommun in kommuner()[:8]]
    found = {
        (codes[member], f"ao-{n}"): Example(member=codes[member], indicator=f"ao-{n}", value=None if answer else 1.0)
        for member, n, answer in drawn
    }
    examples = list(found.values())
    first = to_phone(_View(examples))
    random.shuffle(examples)
    assert to_phone(_View(examples)) == first
    assert len(first) == min(MOST_KOMMUNER, len({one.member for one in examples}))


class _View:
    """All of a view that choosing whom to phone reads."""

    def __init__(self, examples: list[Example]) -> None:
        self.additions = Additions(examples=tuple(examples))
        self.catalogue = self

    @property
    def indicators(self) -> list[Any]:
        return [type("Known", (), {"id": f"ao-{n}"}) for n in range(6)]


def test_a_comment_stands_in_a_box_with_its_author_and_nothing_of_it_is_markup_of_ours() -> None:
    text = 'Ett *viktigt* skäl & [källa](https://www.skr.se/a?b=1) @fig-x $x$ "sagt"\n\n1. först\n2. sedan'
    comments = [
        Comment(area="", author="analytikern", text=text),
        Comment(area="aldreomsorg", author="kommunen", text="x"),
    ]
    (box,) = comments_on(comments, "")
    assert box.startswith('::: {.callout-note title="Kommentar från analytikern"')
    assert 'Ett *viktigt* skäl \\& [källa](<https://www.skr.se/a?b=1>) \\@fig\\-x \\$x\\$ \\"sagt\\"' in box
    assert "\n1. först\n2. sedan\n" in box
    assert 'title="Kommentar från kommunen"' in comments_on(comments, "aldreomsorg")[0]

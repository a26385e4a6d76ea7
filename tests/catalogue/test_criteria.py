"""Table 1 of the 2023 report as rules: which kind of indicator must meet which criteria; goals and closeness."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lagesbild.catalogue.criteria import REQUIRED_CRITERIA, Closeness, Criterion, usual_closeness
from lagesbild.catalogue.entries import Entry
from lagesbild.catalogue.indicators import Direction, IndicatorType, Kind, Survey
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.schema import read_area_file
from lagesbild.errors import Fault

INDICATOR = """\
area: aldreomsorg
indicators:
  - id: ao-prov
    title: Prov
    dimension: saker
    type: process
    direction: hog
    scale: ja_nej
    survey: kommunenkat
    counted: kommuner
    source_note: Eget prov
"""
KEY_FIGURE = INDICATOR.replace("    direction: hog\n", "    kind: nyckeltal\n")
COMING = INDICATOR.replace("    type:", "    kind: utvecklingsindikator\n    type:")
#: The nine of the budget bill for 2021 (RiR 5.2), by what they are about and the catalogue's indicators for each.
BUDGET_BILL = {
    "nöjda med hemtjänst eller särskilt boende": {"ao-hemtjanst-nojdhet", "ao-sarskilt-boende-nojdhet"},
    "bemötande, förtroende och trygghet": {
        "ao-hemtjanst-bemotande-fortroende-trygghet",
        "ao-sarskilt-boende-bemotande-fortroende-trygghet",
    },
    "inflytande och tillräckligt med tid": {
        "ao-hemtjanst-inflytande-och-tid",
        "ao-sarskilt-boende-inflytande-och-tid",
    },
    "olämpliga läkemedel": {"hs-hemtjanst-olampliga-lakemedel", "hs-sarskilt-boende-olampliga-lakemedel"},
    "antal mottagare av ekonomiskt bistånd": {"eb-invanare-med-bistand"},
    "överenskommelse med Arbetsförmedlingen": {"eb-samverkan-arbetsformedlingen"},
    "handläggare med tre och fem års erfarenhet": {
        "bu-handlaggare-erfarenhet",
        "bu-handlaggare-erfarenhet-fem-ar",
    },
    "bedömningsinstrument för våld": {"vnr-bedomningsinstrument"},
    "skolgång i skyddat boende": {"vnr-skolgang-skyddat-boende"},
}

Read = Callable[[str], tuple[list[Entry], list[Fault]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_text(text: str) -> tuple[list[Entry], list[Fault]]:
        path = tmp_path / "aldreomsorg.yml"
        path.write_text(text, encoding="utf-8")
        return read_area_file(path)

    return read_text


def fault_at(found: tuple[list[Entry], list[Fault]], text: str, place: str) -> Fault:
    """Return the only fault, which stands on the line that holds `place`."""
    (fault,) = found[1]
    assert fault.row == next(n for n, line in enumerate(text.splitlines(), start=1) if place in line)
    return fault


def with_field(text: str, field: str) -> str:
    return text + f"    {field}\n"


def test_table_1_says_which_kind_must_meet_which_criteria() -> None:
    assert REQUIRED_CRITERIA[Kind.INDIKATOR] == set(Criterion)
    assert set(Criterion) - REQUIRED_CRITERIA[Kind.UTVECKLINGSINDIKATOR] == {Criterion.MATBAR}
    assert set(Criterion) - REQUIRED_CRITERIA[Kind.NYCKELTAL] == {
        Criterion.RIKTNING,
        Criterion.VEDERTAGEN,
        Criterion.PAVERKBAR,
    }


def test_a_key_figure_may_lack_direction(read: Read) -> None:
    (entry,), faults = read(KEY_FIGURE)
    assert faults == []
    assert entry.indicator.direction is Direction.INGEN
    assert entry.indicator.criteria == {Criterion.RELEVANT, Criterion.VALID, Criterion.MATBAR}
    (directed,), _ = read(with_field(KEY_FIGURE, "direction: lag"))
    assert Criterion.RIKTNING in directed.indicator.criteria


@pytest.mark.parametrize("text", [INDICATOR, COMING])
def test_an_indicator_without_direction_is_an_error_on_its_line(read: Read, text: str) -> None:
    left_out = text.replace("    direction: hog\n", "")
    assert "without direction" in fault_at(read(left_out), left_out, "id: ao-prov").what
    stated = text.replace("direction: hog", "direction: ingen")
    assert "without direction" in fault_at(read(stated), stated, "direction:").what


@pytest.mark.parametrize("criterion", [one for one in Criterion if one is not Criterion.RIKTNING])
@pytest.mark.parametrize(("text", "kind"), [(INDICATOR, Kind.INDIKATOR), (KEY_FIGURE, Kind.NYCKELTAL)])
def test_a_criterion_that_the_kind_must_meet_may_not_be_unmet(
    read: Read, text: str, kind: Kind, criterion: Criterion
) -> None:
    text = with_field(text, f"criteria_unmet: [{criterion}]")
    found = read(text)
    if criterion in REQUIRED_CRITERIA[kind]:
        fault = fault_at(found, text, "criteria_unmet:")
        assert f"{criterion}: an active {kind} must meet it" in fault.what
    else:
        assert found[1] == []
        assert criterion not in found[0][0].indicator.criteria


def test_an_indicator_that_was_taken_away_may_say_what_it_lacked(read: Read) -> None:
    life = "lifecycle: [{state: borttagen, year: 2022, reason: Otydlig fråga}]"
    (entry,), faults = read(with_field(with_field(INDICATOR, "criteria_unmet: [valid]"), life))
    assert faults == []
    assert entry.indicator.criteria == set(Criterion) - {Criterion.VALID}


def test_a_coming_indicator_has_no_data(read: Read) -> None:
    (entry,), faults = read(COMING)
    assert faults == []
    assert Criterion.MATBAR not in entry.indicator.criteria
    assert not any(entry.indicator.measured(year) for year in range(2016, 2031))
    text = with_field(with_field(COMING, "kolada: U31341"), 'kolada_codes: {"1": ja, "0": nej}')
    assert "no data yet" in fault_at(read(text), text, "kolada:").what


def test_riktning_is_not_both_stated_and_unmet(read: Read) -> None:
    text = with_field(with_field(KEY_FIGURE, "direction: hog"), "criteria_unmet: [riktning]")
    assert "the direction is hog" in fault_at(read(text), text, "criteria_unmet:").what


def test_global_goals_belong_to_sustainability_and_are_required_there(read: Read) -> None:
    text = with_field(INDICATOR, "agenda_2030: [3]")
    assert "goals in the part kvalitet" in fault_at(read(text), text, "agenda_2030:").what
    sustainable = INDICATOR.replace("    dimension: saker\n", "    part: hallbar_utveckling\n")
    assert "without a global goal" in fault_at(read(sustainable), sustainable, "id: ao-prov").what
    assert read(with_field(sustainable, "agenda_2030: [3, 16]"))[1] == []
    for wrong in ("[18]", "[3, 3]", "3", "[]"):
        text = with_field(sustainable, f"agenda_2030: {wrong}")
        assert fault_at(read(text), text, "agenda_2030:").column == "agenda_2030"


def test_closeness_follows_from_type_and_survey_as_riksrevisionen_sees_it(read: Read) -> None:
    process = IndicatorType.PROCESS
    assert usual_closeness(IndicatorType.RESULTAT, Survey.REGISTER) is Closeness.RESULTAT
    assert usual_closeness(process, Survey.ENHETSUNDERSOKNING) is Closeness.ENHET
    assert usual_closeness(process, Survey.KOMMUNENKAT) is Closeness.KOMMUN
    assert read(INDICATOR)[0][0].indicator.closeness is Closeness.KOMMUN
    other = with_field(INDICATOR, "closeness: enhet")
    assert "make it kommun" in fault_at(read(other), other, "closeness:").what
    assert read(with_field(other, "note: RiR räknar den som verksamhetsnära."))[1] == []


def test_a_question_of_the_kommunenkat_costs_the_kommun_one_unless_said_otherwise(read: Read) -> None:
    assert read(INDICATOR)[0][0].indicator.questions == 1
    assert read(INDICATOR.replace("kommunenkat", "register"))[0][0].indicator.questions == 0
    assert read(with_field(INDICATOR, "questions: 3"))[0][0].indicator.questions == 3


def test_a_life_of_several_events_is_read_in_order(read: Read) -> None:
    events = "{state: pausad, year: 2022, reason: Översyn}, {state: aktiv, year: 2024, reason: Klar, source: B3.1}"
    (entry,), faults = read(with_field(INDICATOR, f"lifecycle: [{events}]"))
    assert faults == []
    assert [event.year for event in entry.indicator.lifecycle] == [2022, 2024]
    assert [year for year in range(2020, 2027) if entry.indicator.measured(year)] == [2020, 2021, 2024, 2025, 2026]


@pytest.mark.parametrize(
    ("events", "message"),
    [
        ("[{state: pausad, year: 2022, reason: A}, {state: aktiv, year: 2022, reason: B}]", "out of order"),
        ("[{state: pausad, year: 2022}]", "without reason"),
        ("[{state: ersatt_av, year: 2022, reason: A}]", "successor None"),
        ("[{state: pausad, year: 2022, reason: A, successor: ao-prov}]", "successor 'ao-prov'"),
        ("[pausad]", "no mapping"),
    ],
)
def test_a_faulty_life_is_named_with_its_line(read: Read, events: str, message: str) -> None:
    text = with_field(INDICATOR, f"lifecycle: {events}")
    assert message in str(fault_at(read(text), text, "lifecycle:"))


def test_the_nine_of_the_budget_bill_are_tagged() -> None:
    tagged = {one.id for one in load_catalogue().indicators if one.tags}
    assert tagged == set().union(*BUDGET_BILL.values())
    assert len(BUDGET_BILL) == 9

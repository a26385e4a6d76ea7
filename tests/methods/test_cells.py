from __future__ import annotations

import pandas as pd
import pytest

from lagesbild.catalogue.indicators import Kind, LifecycleEvent, LifecycleState, Scale
from lagesbild.methods.aggregates import indicator_frame
from lagesbild.methods.cells import alive, kommun_cells, membership, score, with_planned_gaps


class _Kommun:
    def __init__(self, kod: str, lan: str, kommungrupp_2023: str) -> None:
        self.kod, self.lan, self.kommungrupp_2023 = kod, lan, kommungrupp_2023


def statuses(cells: pd.DataFrame) -> dict[str, str]:
    return dict(zip(cells["region"], cells["status"], strict=True))


def test_membership_is_sorted_text():
    frame = membership([_Kommun("0115", "01", "A2"), _Kommun("0114", "01", "A2")])
    assert frame["region"].tolist() == ["0114", "0115"]
    assert (frame.dtypes == "str").all()


def test_a_kommun_without_a_row_is_missing_where_the_indicator_was_measured(indicator, released, members):
    frame = released({"region": "0114", "value": 50.0}, {"region": "0115", "status": "bortfall"})
    cells = kommun_cells(frame, indicators=[indicator()], members=members, year=2024)
    assert statuses(cells) == {
        "0114": "ok",
        "0115": "bortfall",
        "0305": "saknas",
        "0319": "saknas",
        "0980": "saknas",
    }


def test_an_indicator_between_two_measurings_is_not_measured(indicator, released, members):
    every_other = indicator(frequency=2, phase=2023)
    cells = kommun_cells(released(), indicators=[every_other], members=members, year=2024)
    assert set(cells["status"]) == {"ej_matt"}
    assert len(cells) == 5


def test_data_win_over_the_measuring_plan(indicator, released, members):
    every_other = indicator(frequency=2, phase=2023)
    frame = released({"region": "0114", "value": 50.0})
    cells = kommun_cells(frame, indicators=[every_other], members=members, year=2024)
    assert sorted(set(cells["status"])) == ["ok", "saknas"]


PLANNED_GAPS = {
    "every second year": {"frequency": 2, "phase": 2023},
    "every fourth year": {"frequency": 4, "phase": 2023},
    "paused": {"lifecycle": (LifecycleEvent(state=LifecycleState.PAUSAD, year=2022, reason="Översyn"),)},
    "paused for a while": {
        "lifecycle": (
            LifecycleEvent(state=LifecycleState.PAUSAD, year=2024, reason="Översyn"),
            LifecycleEvent(state=LifecycleState.AKTIV, year=2025, reason="Insamlingen återupptas"),
        )
    },
}


@pytest.mark.parametrize("plan", PLANNED_GAPS.values(), ids=PLANNED_GAPS)
def test_a_planned_gap_is_not_measured_and_never_missing(indicator, released, members, plan):
    one = indicator(**plan)
    assert alive(one, 2024)
    cells = kommun_cells(released(), indicators=[one], members=members, year=2024)
    assert statuses(cells) == dict.fromkeys(members["region"], "ej_matt")
    frame = indicator_frame(released(), indicators=[one], members=members, year=2024)
    assert set(frame["status"]) == {"ej_matt"}
    assert set(frame["level"]) == {"rike", "lan", "kommungrupp", "kommun"}


@pytest.mark.parametrize("said", ["saknas", "bortfall"])
@pytest.mark.parametrize("plan", PLANNED_GAPS.values(), ids=PLANNED_GAPS)
def test_a_source_that_has_empty_rows_in_a_planned_gap_makes_nothing_missing(indicator, released, members, plan, said):
    one = indicator(**plan)
    empty = [{"region": kod, "status": said} for kod in members["region"]]
    frame = released(*empty, {"region": "0000", "level": "rike", "status": said})
    cells = kommun_cells(frame, indicators=[one], members=members, year=2024)
    assert set(cells["status"]) == {"ej_matt"}
    assert set(indicator_frame(frame, indicators=[one], members=members, year=2024)["status"]) == {"ej_matt"}
    # Where the plan has it, the same rows are what they say.
    cells = kommun_cells(frame, indicators=[indicator()], members=members, year=2024)
    assert set(cells["status"]) == {said}


@pytest.mark.parametrize("said", ["sekretess", "ej_tillamplig"])
def test_a_withheld_result_in_a_planned_gap_stays_withheld(indicator, released, members, said):
    frame = released({"region": "0114", "status": said}, {"region": "0115", "status": "bortfall"})
    found = with_planned_gaps(frame, indicators=[indicator(frequency=2, phase=2023)], year=2024)
    assert found["status"].tolist() == [said, "bortfall"]


@pytest.mark.parametrize(
    "gone",
    [
        {"last_year": 2023},
        {"first_year": 2025},
        {"kind": Kind.UTVECKLINGSINDIKATOR},
        {"lifecycle": (LifecycleEvent(state=LifecycleState.BORTTAGEN, year=2024, reason="inaktuell"),)},
    ],
)
def test_an_indicator_that_does_not_exist_in_the_year_has_no_cells(indicator, released, members, gone):
    assert not alive(indicator(**gone), 2024)
    assert kommun_cells(released(), indicators=[indicator(**gone)], members=members, year=2024).empty


def test_women_and_men_stand_where_some_kommun_tells_them_apart(indicator, released, members):
    frame = released(
        {"region": "0114", "value": 50.0},
        {"region": "0114", "value": 60.0, "sex": "K"},
        {"region": "0114", "sex": "M", "status": "sekretess"},
    )
    cells = kommun_cells(frame, indicators=[indicator(), indicator("ao-b")], members=members, year=2024)
    assert cells.groupby(["indicator", "sex"]).size().to_dict() == {
        ("ao-b", "T"): 5,
        ("ao-tal", "K"): 5,
        ("ao-tal", "M"): 5,
        ("ao-tal", "T"): 5,
    }


def test_units_districts_and_other_years_are_not_kommun_cells(indicator, released, members):
    frame = released(
        {"region": "0114", "value": 50.0, "level": "enhet", "unit": "Solgården"},
        {"region": "018001", "value": 50.0, "level": "stadsdel"},
        {"region": "0114", "value": 50.0, "year": 2023},
    )
    cells = kommun_cells(frame, indicators=[indicator()], members=members, year=2024)
    assert cells["value"].isna().all()


def test_two_rows_for_one_cell_are_refused(indicator, released, members):
    frame = released({"region": "0114", "value": 50.0}, {"region": "0114", "value": 51.0})
    with pytest.raises(pd.errors.MergeError):
        kommun_cells(frame, indicators=[indicator()], members=members, year=2024)


def test_the_score_of_an_answer_is_100_only_for_ja(indicator, released, members):
    frame = released(
        {"region": "0114", "answer": "ja"},
        {"region": "0115", "answer": "delvis"},
        {"region": "0305", "answer": "nej"},
    )
    asked = indicator(scale=Scale.JA_DELVIS_NEJ)
    cells = kommun_cells(frame, indicators=[asked], members=members, year=2024)
    assert score(cells).tolist()[:3] == [100.0, 0.0, 0.0]
    assert score(cells).isna().sum() == 2

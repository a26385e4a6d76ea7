"""An indicator's file holds what was released, tells why the rest is missing, and forms a place one way."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.catalogue.load import load_catalogue
from lagesbild.presentation.compare.figures_file import COLUMNS, area_figures, figures_text
from lagesbild.presentation.compare.index_file import index_file, lines_text, places_file
from lagesbild.presentation.compare.places import compared_places

YEARS = range(2020, 2024)
AT = {place.code: number for number, place in enumerate(compared_places())}


def _rows(*rows: dict[str, Any]) -> pd.DataFrame:
    plain = {"indicator": "x", "year": 2020, "level": "kommun", "status": "ok", "weighting": "redovisad"}
    frame = pd.DataFrame([plain | row for row in rows], columns=list(COLUMNS))
    return frame.astype({"value": "float64", "lower": "float64", "upper": "float64"})


def _file(indicator: Indicator, *rows: dict[str, Any]) -> dict[str, Any]:
    (found,) = area_figures({"x": indicator}, _rows(*rows), YEARS)
    return found


def test_a_withheld_figure_leaves_its_mark_and_nothing_else(an_indicator: Callable[..., Indicator]) -> None:
    # A gate that forgot to take the number away would still be stopped here.
    found = _file(
        an_indicator("x"),
        {"region": "1440", "value": 61.5},
        {"region": "1480", "value": 37.25, "lower": 31.5, "upper": 43.5, "status": "sekretess"},
    )
    assert found["values"][0][AT["1480"]] == ".."
    assert not any(digits in figures_text(found) for digits in ("37", "31.5", "43.5"))
    assert "lower" not in found


def test_each_reason_has_its_own_mark(an_indicator: Callable[..., Indicator]) -> None:
    reasons = {"1440": "bortfall", "1480": "ej_tillamplig", "0180": "saknas", "0114": "ej_matt", "0115": "sekretess"}
    told = [{"region": code, "status": status} for code, status in reasons.items()]
    cells = _file(an_indicator("x"), {"region": "0117", "value": 0.0}, *told)["values"][0]
    assert [cells[AT[code]] for code in reasons] == ["-", ".", "s", "e", ".."]
    assert cells[AT["0117"]] == 0
    assert cells[AT["0120"]] == "s"


def test_years_without_anything_to_tell_are_left_out(an_indicator: Callable[..., Indicator]) -> None:
    found = _file(
        an_indicator("x"),
        {"region": "1440", "value": 50.0},
        {"region": "1440", "year": 2021, "status": "ej_matt"},
        {"region": "1440", "year": 2022, "status": "sekretess"},
    )
    assert (found["years"], found["unmeasured"]) == ([2020, 2022], [2021])


def test_answers_are_letters_and_larger_places_per_cent(an_indicator: Callable[..., Indicator]) -> None:
    found = _file(
        an_indicator("x", scale=Scale.JA_DELVIS_NEJ, unit_text=""),
        *({"region": code, "answer": answer} for code, answer in (("1440", "ja"), ("1480", "delvis"), ("0114", "nej"))),
        {"region": "0000", "level": "rike", "value": 66.66, "weighting": "ovagd"},
    )
    assert [found["values"][0][AT[code]] for code in ("1440", "1480", "0114", "0000")] == ["j", "d", "n", 66.7]
    assert found["weighting"] == {"rike": "ovagd"}


def test_places_of_a_kind_are_formed_the_same_way_in_a_year(an_indicator: Callable[..., Indicator]) -> None:
    lan = [place.code for place in compared_places() if place.level == "lan"]
    means = [{"region": code, "level": "lan", "value": 50.5, "weighting": "ovagd"} for code in lan]
    own = [{"region": code, "level": "lan", "value": 70.5, "year": 2021} for code in lan]
    found = _file(
        an_indicator("x"),
        {"region": lan[0], "level": "lan", "value": 80.5},  # the source's own for one län alone
        *means,
        *own,
        *(row | {"year": 2021} for row in means),
    )
    first, second = ({row[AT[code]] for code in lan} for row in found["values"])
    assert (first, second) == ({50.5}, {70.5})
    assert found["weighting"] == {"lan": ["ovagd", "redovisad"]}


def test_whole_numbers_of_the_source_stay_whole_beside_a_mean(an_indicator: Callable[..., Indicator]) -> None:
    found = _file(
        an_indicator("x"),
        {"region": "1440", "value": 88.0},
        {"region": "0000", "level": "rike", "value": 90.34, "lower": 89.6, "upper": 91.2, "weighting": "ovagd"},
    )
    assert (found["decimals"], found["values"][0][AT["0000"]]) == (0, 90)
    assert (found["lower"], found["upper"]) == ([[90]], [[91]])


def test_the_text_is_json_that_gives_the_file_back(an_indicator: Callable[..., Indicator]) -> None:
    found = _file(an_indicator("x"), {"region": "1440", "value": 61.5, "lower": 50.25, "upper": 70.0})
    assert (
        json.loads(figures_text({"title": '<script>"å"</script>'} | found)) == {"title": '<script>"å"</script>'} | found
    )


def test_the_list_has_the_indicators_that_have_a_file_and_every_place() -> None:
    catalogue = load_catalogue()
    present = [one.id for one in catalogue.in_area("hemloshet")]
    listed = index_file(catalogue, present, YEARS)
    assert [[one[0] for one in area["indicators"]] for area in listed["areas"]] == [present]
    words = json.loads(lines_text(places_file()))
    assert [place[0] for place in words["places"]] == list(AT)
    assert len(AT) == 1 + 21 + 9 + 290
    assert words["marks"][".."]["meaning"] == "uppgiften inte får visas av sekretesskäl"


@pytest.mark.parametrize("missing", [[], ["lower"]])
def test_half_an_interval_is_none(an_indicator: Callable[..., Indicator], missing: list[str]) -> None:
    row = {"region": "1440", "value": 50.5, "lower": 40.5, "upper": 60.5} | dict.fromkeys(missing)
    assert ("lower" in _file(an_indicator("x"), row)) is not bool(missing)

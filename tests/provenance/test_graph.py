"""From a product back to where a difference starts, and what one product alone needs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.regions import kommuner
from lagesbild.provenance.figure_steps import figure_commands, needed_areas
from lagesbild.provenance.graph import PRODUCT, environment_differences, first_differences, graph_of
from lagesbild.publishing.layout import Layout

REPORT, SHEET = "kommuner/1440-ale/kommunrapport.pdf", "omraden/aldreomsorg/faktablad.pdf"


def manifest(**changed: str) -> dict[str, Any]:
    def node(name: str, *inputs: str) -> dict[str, Any]:
        return {"sha256": changed.get(name, "as before"), "inputs": list(inputs)}

    return {
        "environment": {"python": changed.get("python", "3.11"), "engine": {"embedded": {"typst": "1"}}},
        "nodes": {
            "raw/a.xlsx": node("raw/a.xlsx"),
            "raw/b.xlsx": node("raw/b.xlsx"),
            "code/analysis": node("code/analysis"),
            "released/aldreomsorg": node("released/aldreomsorg", "raw/a.xlsx", "raw/b.xlsx"),
            "released/hemloshet": node("released/hemloshet", "raw/b.xlsx"),
            "analysis/aldreomsorg": node("analysis/aldreomsorg", "released/aldreomsorg", "code/analysis"),
            "analysis/hemloshet": node("analysis/hemloshet", "released/hemloshet", "code/analysis"),
            "underlag/1440": node("underlag/1440", "analysis/aldreomsorg", "analysis/hemloshet"),
        },
        "products": [
            {
                "path": REPORT,
                "sha256": changed.get(REPORT, "0"),
                "inputs": {"underlag/1440": "as before", "code/x": "1"},
            },
            {"path": SHEET, "sha256": changed.get(SHEET, "0"), "inputs": {"analysis/aldreomsorg": "as before"}},
        ],
    }


def starts(name: str, **changed: str) -> tuple[str, ...]:
    return first_differences(graph_of(manifest()), graph_of(manifest(**changed)), PRODUCT + name)


WHOLE_WAY = ("raw/b.xlsx", "released/hemloshet", "analysis/hemloshet", "underlag/1440", REPORT)


@pytest.mark.parametrize("first", range(len(WHOLE_WAY)))
def test_a_difference_starts_at_the_first_node_that_differs(first: int) -> None:
    changed = dict.fromkeys(WHOLE_WAY[first:], "another")
    expected = WHOLE_WAY[first] if first < len(WHOLE_WAY) - 1 else PRODUCT + REPORT
    assert starts(REPORT, **changed) == (expected,)


def test_a_difference_may_start_in_several_places_and_stops_where_a_step_is_the_same() -> None:
    two = ("raw/a.xlsx", "code/analysis", "released/aldreomsorg", "analysis/aldreomsorg", "underlag/1440", REPORT)
    assert starts(REPORT, **dict.fromkeys(two, "another")) == ("code/analysis", "raw/a.xlsx")
    # Another raw file that made no difference to what was released is not why the report differs.
    kept = ("raw/a.xlsx", "underlag/1440", REPORT)
    assert starts(REPORT, **dict.fromkeys(kept, "another")) == ("underlag/1440",)


def test_what_is_the_same_starts_nowhere() -> None:
    assert starts(REPORT) == ()
    assert starts(REPORT, **{"raw/b.xlsx": "another"}) == ()


def test_a_circle_is_walked_once() -> None:
    stated, made = (
        {"nodes": {"a": {"sha256": one, "inputs": ["b"]}, "b": {"sha256": one, "inputs": ["a"]}}} for one in "12"
    )
    assert first_differences(graph_of(stated), graph_of(made), "a") == ("b",)


def test_the_environment_is_compared_part_by_part() -> None:
    found = environment_differences(graph_of(manifest()), graph_of(manifest(python="3.12")))
    assert found == ("environment/python",)


def test_a_product_needs_the_areas_that_it_was_made_from() -> None:
    graph = graph_of(manifest())
    assert needed_areas(SHEET, graph) == ["aldreomsorg"]
    assert set(needed_areas(REPORT, graph)) == {"aldreomsorg", "hemloshet"}
    assert needed_areas("okand.pdf", graph) == list(AREA_IDS)


@pytest.mark.parametrize(
    ("product", "made", "command"),
    [
        (REPORT, "underlag.stamp", "kommun 1440"),
        ("kommuner/1440-ale/arbetsbok.xlsx", "underlag.stamp", "arbetsbok 1440"),
        ("kommuner/1440-ale/presentation.pptx", "underlag.stamp", "presentation 1440"),
        (SHEET, "analysis/aldreomsorg.digest", "faktablad aldreomsorg"),
        (
            "omraden/aldreomsorg/aldreomsorg.xlsx",
            "analysis/vald-i-nara-relationer.digest",
            "arbetsbok --area aldreomsorg",
        ),
        ("granskning/oversyn-hemloshet.pdf", "analysis/hemloshet.digest", "oversyn hemloshet"),
    ],
)
def test_one_product_is_made_by_its_own_command_from_what_it_needs(product: str, made: str, command: str) -> None:
    layout = Layout(root=Path("/ny"), source="demo", year=2024)
    first, second = figure_commands(product, graph_of(manifest()), layout, ["make"])
    assert first[0] == "make"
    assert f"_work/demo/2024/{made}" in first
    assert second == [".venv/bin/lagesbild", *command.split(), "--source", "demo", "--year", "2024"]


def test_other_products_are_made_by_make() -> None:
    layout = Layout(root=Path("/ny"), source="kolada", year=2020)
    for product, made in {
        "metod/metodbok.pdf": "metod/metodbok.pdf",
        "lagesrapporter/aldre.pdf": "lagesrapporter/aldre.pdf",
        "site/indikatorer/ao-x/index.html": "site/index.html",
    }.items():
        commands = figure_commands(product, graph_of(manifest()), layout, ["make", "YEAR=2020"])
        assert commands == [["make", "YEAR=2020", f"_release/kolada-2020/{made}"]]


def test_the_kommun_of_a_folder_is_its_first_four_signs() -> None:
    assert all(one.slug.startswith(f"{one.kod}-") for one in kommuner())

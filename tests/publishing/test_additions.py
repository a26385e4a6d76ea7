"""What a report has besides the kommun's own results comes from released figures and the analyst's files alone."""

from __future__ import annotations

import json

import pandas as pd

from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import kommuner
from lagesbild.disclosure.released import read_released
from lagesbild.publishing.kommun_data import read_additions, read_similar
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.underlag import read_underlag


def test_every_kommun_has_a_file_and_an_unmade_one_is_empty(world: Layout) -> None:
    assert all(world.additions(kommun.kod).is_file() for kommun in kommuner())
    assert not read_additions(world, "9999").units


def test_units_are_the_released_ones_and_none_is_named(world: Layout) -> None:
    released = read_released(world.released, areas=["aldreomsorg"], years=[2024])
    units = released[(released["level"] == "enhet") & (released["region"] == "0180")]
    own = read_additions(world, "0180").units
    assert own
    for name, part in units.groupby("indicator"):
        shown = part.loc[part["status"] == "ok", "value"]
        if shown.empty:
            assert name not in own
            continue
        spread = own[str(name)]
        assert (spread.n, spread.hidden) == (len(shown), int((part["status"] == "sekretess").sum()))
        assert (spread.lowest, spread.highest) == (shown.min(), shown.max())
    text = world.additions("0180").read_text("utf-8")
    names = [str(name) for name in units["unit"].unique()]
    assert names
    assert not any(json.dumps(name, ensure_ascii=False) in text for name in names)


def test_examples_are_similar_kommuners_released_results_among_the_best(world: Layout) -> None:
    catalogue = load_catalogue()
    examples = read_additions(world, "1440").examples
    alike = set(read_similar(world, "1440")["member"])
    own, others = _year(world, "1440"), {}
    assert examples
    for one in examples[:40]:
        assert one.member in alike
        row = others.setdefault(one.member, _year(world, one.member)).loc[one.indicator]
        if catalogue.by_id(one.indicator).is_answer:
            assert (row["answer"], own.loc[one.indicator, "answer"], one.value) == ("ja", "nej", None)
        else:
            assert (row["colour"], own.loc[one.indicator, "colour"], row["value"]) == ("gron", "rod", one.value)


def test_the_demos_comments_arrive_with_author_and_place(world: Layout) -> None:
    (ale,) = read_additions(world, "1440").comments
    (stockholm,) = read_additions(world, "0180").comments
    assert (ale.area, ale.author, stockholm.area, stockholm.author) == ("aldreomsorg", "kommunen", "", "analytikern")
    assert "Syntetiska data" in ale.text
    assert "Syntetiska data" in stockholm.text


def _year(world: Layout, kod: str) -> pd.DataFrame:
    frame = read_underlag(world, kod)
    return frame[(frame["year"] == 2024) & (frame["sex"] == "T")].set_index("indicator")

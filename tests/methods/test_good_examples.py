"""Whom to phone: a similar kommun among the best where one's own is among the worst, or with a ja beside a nej."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from lagesbild.catalogue.indicators import Direction, Part
from lagesbild.catalogue.load import load_catalogue
from lagesbild.methods.good_examples import good_examples

NUMBER = next(
    one
    for one in load_catalogue().in_area("aldreomsorg")
    if not one.is_answer and one.part is Part.KVALITET and one.direction is not Direction.INGEN
)
QUESTION = next(
    one
    for one in load_catalogue().in_area("aldreomsorg")
    if one.is_answer and one.part is Part.KVALITET and one.direction is not Direction.INGEN
)
SIMILAR = {"aldreomsorg": pd.DataFrame({"region": ["1440"] * 3, "member": ["0180", "1480", "1482"]})}


def results() -> pd.DataFrame:
    def both(region: str, value: float, colour: str, answer: str, n: float = 400.0) -> list[dict[str, object]]:
        number = {"indicator": NUMBER.id, "value": value, "answer": None, "colour": colour, "denominator": n}
        question = {"indicator": QUESTION.id, "value": float("nan"), "answer": answer, "colour": None}
        return [{"region": region, **number}, {"region": region, "denominator": float("nan"), **question}]

    rows = both("1440", 10.0, "rod", "nej") + both("0180", 90.0, "gron", "nej") + both("1480", 50.0, "gul", "ja")
    return pd.DataFrame([*rows, *both("1482", 95.0, "gron", "delvis", n=4.0), *both("0114", 99.0, "gron", "ja")])


def test_good_means_among_the_best_or_ja_and_only_similar_kommuner_count() -> None:
    found = good_examples(results(), SIMILAR, indicators=[NUMBER, QUESTION])
    assert found.iloc[:, :3].to_numpy().tolist() == [["1440", "0180", NUMBER.id], ["1440", "1480", QUESTION.id]]
    assert found["value"].tolist()[0] == 90.0
    assert found["value"].isna().tolist() == [False, True]


def test_a_bad_result_on_a_few_persons_asks_for_no_example() -> None:
    few = results()
    few.loc[few["region"] == "1440", "denominator"] = 4.0
    assert good_examples(few, SIMILAR, indicators=[NUMBER]).empty


def test_what_has_no_direction_or_no_group_gives_no_example() -> None:
    assert good_examples(results(), SIMILAR, indicators=[replace(NUMBER, direction=Direction.INGEN)]).empty
    assert good_examples(results(), {}, indicators=[NUMBER]).empty

"""The key indicators follow the rule at the top of their file, are the same for all, and a bad file is told by line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.check import check_all
from lagesbild.catalogue.key_indicators import KEY_INDICATORS_FILE, load_key_indicators
from lagesbild.catalogue.resources import catalogue_folder
from lagesbild.errors import InputError


def test_the_check_of_the_catalogue_reads_them_and_wants_each_to_follow_the_rule(tmp_path: Path) -> None:
    folder = tmp_path / "catalogue"
    shutil.copytree(catalogue_folder(), folder)
    path = folder / "rules" / KEY_INDICATORS_FILE
    text = path.read_text(encoding="utf-8")
    # In depth, and misspelt.
    text = text.replace("- ao-hemtjanst-trygghet", "- ao-hemtjanst-angslan").replace("- hem-nojdhet", "- hem-nojdhat")
    path.write_text(text, encoding="utf-8")
    told = [fault for fault in check_all(folder).faults if fault.file == KEY_INDICATORS_FILE]
    assert [(fault.row, fault.action) for fault in told][1] == (
        line_of(text, "hem-nojdhat"),
        "Did you mean hem-nojdhet?",
    )
    assert "'ao-hemtjanst-angslan'" in told[0].what


def line_of(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), start=1) if words in line)


def test_a_report_of_all_areas_has_ten_to_sixteen_and_one_of_few_the_whole_list() -> None:
    key = load_key_indicators()
    everywhere = key.chosen(AREA_IDS, lambda _: 290)
    assert list(everywhere) == list(AREA_IDS)
    assert 10 <= sum(map(len, everywhere.values())) <= 16
    assert all(names == list(key.listed[area])[: len(names)] for area, names in everywhere.items())
    assert key.chosen(["aldreomsorg"], lambda _: 290) == {"aldreomsorg": list(key.listed["aldreomsorg"])}


def test_an_indicator_that_too_few_kommuner_have_gives_way_to_the_next() -> None:
    key = load_key_indicators()
    first, *others = key.listed["aldreomsorg"]
    chosen = key.chosen(AREA_IDS, lambda name: key.fewest - 1 if name == first else key.fewest)
    assert chosen["aldreomsorg"] == others[: key.most["aldreomsorg"]]
    assert key.chosen(AREA_IDS, lambda _: 0)["aldreomsorg"] == []


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("minst_kommuner: 75", "minst_kommuner: 0", "minst_kommuner"),
        ("- ao-hemtjanst-nojdhet", "- eb-nojdhet", "of another area"),
        ("- ao-hemtjanst-nojdhet", "- Nöjda", "wrong form"),
        ("    hogst: 3\n", "", "has no field hogst"),
        ("  hemloshet:", "  hemlos:", "other keys"),
    ],
)
def test_a_bad_file_is_told(tmp_path: Path, before: str, after: str, told: str) -> None:
    text = (catalogue_folder() / "rules" / KEY_INDICATORS_FILE).read_text(encoding="utf-8")
    assert before in text
    path = tmp_path / KEY_INDICATORS_FILE
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(InputError, match=told):
        load_key_indicators(path)

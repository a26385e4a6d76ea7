"""The reviewed files of rules and weights: what is wrong in them is told with its line, all at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lagesbild.catalogue.priority_weights import WEIGHTS_FILE, Concern, load_weights
from lagesbild.catalogue.resources import catalogue_folder
from lagesbild.catalogue.review_rules import RULES_FILE, Side, load_review_rules
from lagesbild.errors import InputError

RULES = catalogue_folder() / "rules"
Edited = Callable[..., Path]


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    """Return a function that writes a reviewed file with some words exchanged, each there once at least."""

    def write(name: str, *changes: tuple[str, str]) -> Path:
        text = (RULES / name).read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_the_rules_are_there_in_order() -> None:
    rules = load_review_rules()
    assert rules.level == 90.0
    assert [rule.id for rule in rules.rules][:2] == ["fa_kan_svara", "vaxlar"]
    assert {rule.id for rule in rules.rules} >= {
        *("mattad", "fa_kan_svara", "vaxlar", "ingen_spridning", "ingen_riktning", "bristande_data", "stor_borda")
    }


@pytest.mark.parametrize("nothing", [float("nan")])
def test_what_is_not_known_meets_no_rule(nothing: float) -> None:
    for rule in load_review_rules().rules:
        assert not rule.met(nothing)
        assert rule.met(rule.troskel)
        assert rule.met(rule.ytterst)
        assert rule.sida in Side


def test_every_fault_of_the_rules_is_told(edited: Edited) -> None:
    path = edited(
        RULES_FILE,
        ("troskel: 50", "troskel: mycket"),
        ("matt: vaxlat", "matt: vaxlatt"),
        ("forslag: nyckeltal", "forslag: annat"),
        ("ytterst: 100", "ytterst: 50"),
        ("riktning: true", "riktnin: true"),
    )
    with pytest.raises(InputError) as told:
        load_review_rules(path)
    text = str(told.value)
    for words in ("'mycket' is no number", "unknown word 'vaxlatt'", "no proposal 'annat'", "wrong side", "riktnin"):
        assert words in text
    assert all(fault.row for fault in told.value.faults)


@pytest.mark.parametrize("text", ["", "niva: 90", "- a", "niva: [", "niva: 90\nforslag: {}\nregler: []\n"])
def test_a_file_that_holds_no_rules_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / RULES_FILE
    path.write_text(text)
    with pytest.raises(InputError):
        load_review_rules(path)


def test_the_weights_sum_to_a_hundred_and_know_every_ground() -> None:
    weights = load_weights()
    assert set(weights.weights) == set(Concern)
    assert weights.total == 100.0
    assert weights.unknown == 0.5


def test_a_kommun_may_have_weights_of_its_own(edited: Edited) -> None:
    own = load_weights(edited(WEIGHTS_FILE, ("vikt: 25", "vikt: 0"), ("okand: 0.5", "okand: 0")))
    assert own.weights[Concern.FARG] == 0.0
    assert own.unknown == 0.0


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("vikt: 25", "vikt: -1", "out of place"),
        ("vikt: 25", "vikt: true", "out of place"),
        ("okand: 0.5", "okand: 2", "out of place"),
        ("  farg:", "  farger:", "other keys"),
        ("rod: 1,", "rod: 0.1,", "a worse outcome has a smaller share"),
        ("A: 1,", "", "the steps are not the ground's own"),
        ("granser: [100, 1000]", "granser: [1000, 100]", "no two rising limits"),
        ("fullt: {procentenheter: 20", "fullt: {procentenheter: 0", "out of place"),
        ("    granser: [100, 1000]\n", "", "invanare has no field granser"),
    ],
)
def test_wrong_weights_are_refused_with_the_line(edited: Edited, old: str, new: str, words: str) -> None:
    with pytest.raises(InputError) as told:
        load_weights(edited(WEIGHTS_FILE, (old, new)))
    assert words in str(told.value)
    assert told.value.faults[0].row


def test_weights_that_weigh_nothing_are_refused(edited: Edited) -> None:
    zeros = [(f"vikt: {weight}", "vikt: 0") for weight in (25, 20, 20, 15, 10, 5, 5)]
    with pytest.raises(InputError, match="every weight is 0"):
        load_weights(edited(WEIGHTS_FILE, *zeros))


def test_an_absent_file_of_weights_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        load_weights(tmp_path / "egna.yml")

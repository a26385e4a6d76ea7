"""A withheld figure is found in JSON, whatever stands beside it."""

from __future__ import annotations

from pathlib import Path

from lagesbild.disclosure.fingerprints import digits_of
from lagesbild.provenance.leak_scan import scan

SECRET = 61.8273645091


def _found(folder: Path, text: str) -> list[str]:
    key = digits_of(SECRET)
    assert key is not None
    (folder / "x.json").write_text(text, encoding="utf-8")
    return [leak.secret for leak in scan(folder, {key: "the secret"})]


def test_a_secret_among_other_numbers_is_found(tmp_path: Path) -> None:
    assert _found(tmp_path, '{"values":[[50,61.8273645091,72],["..","s"]]}') == ["the secret"]
    assert _found(tmp_path, '{"a":{"b":["i ord: 61,8273645091 procent"]}}') == ["the secret"]
    assert _found(tmp_path, '{"61.8273645091":null}') == ["the secret"]
    # What can't be read as JSON is read as text.
    assert _found(tmp_path, '{"values":[61.8273645091') == ["the secret"]


def test_two_numbers_side_by_side_are_not_one(tmp_path: Path) -> None:
    assert _found(tmp_path, '{"values":[618273,645091]}') == []

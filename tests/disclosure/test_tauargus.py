"""tau-ARGUS suppresses and audits a system of sums, the same each time, and leaves nothing behind."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from lagesbild.disclosure.tauargus import Cell, audit, private_folder, suppress

#: Three kommuner of a län whose sum, 100, is published; the first has two persons.
SUMS = [(100.0, [(0, 1), (1, 1), (2, 1)])]


def _cells(*withheld: int, first: float = 2.0) -> list[Cell]:
    values = (first, 38.0, 62.0 - first)
    return [Cell(value=v, cost=int(v) + 1, withheld=i in withheld, wide=5.0 * (i == 0)) for i, v in enumerate(values)]


@pytest.mark.parametrize("first", [2.0, 0.0])
def test_the_cheapest_other_cell_is_withheld_also_for_a_zero(first: float) -> None:
    with private_folder() as folder:
        assert {tuple(suppress(_cells(0, first=first), SUMS, folder) or []) for _ in range(3)} == {(1,)}


def test_the_audit_bounds_what_is_withheld_and_sees_a_lone_cell() -> None:
    with private_folder() as folder:
        two = [(40.0, [(0, 1), (1, 1)])]
        assert audit(_cells(0, 1)[:2], two, folder) == {0: (0.0, 40.0), 1: (0.0, 40.0)}
        assert audit(_cells(0)[:1], [(2.0, [(0, 1)])], folder) == {0: (2.0, 2.0)}


def test_what_cannot_be_protected_has_no_answer() -> None:
    with private_folder() as folder:
        assert suppress(_cells(0)[:1], [(2.0, [(0, 1)])], folder) is None


def test_the_folder_is_private_and_gone_also_after_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    seen = []
    with pytest.raises(RuntimeError), private_folder() as folder:
        seen.append(folder)
        assert folder.parent == Path(tempfile.gettempdir())
        assert folder.stat().st_mode & 0o077 == 0
        suppress(_cells(0), SUMS, folder)
        assert len(list(folder.iterdir())) > 2  # tau-ARGUS's logs among them
        raise RuntimeError
    assert not seen[0].exists()
    assert Path.cwd() == tmp_path
    assert list(tmp_path.iterdir()) == []

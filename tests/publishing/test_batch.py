"""A batch: one failing document is told, the others are made."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable

import joblib
import pytest

from lagesbild.errors import ParameterError
from lagesbild.publishing import batch
from lagesbild.publishing.batch import BatchError, Outcome, run_batch


def worker() -> Callable[[int], bool]:
    """Return work that makes every second job and fails at two; nested, so that it pickles by value."""

    def work(job: int) -> bool:
        if job == 3:
            raise ParameterError("kommun", "Åle", ["Ale"])
        if job == 5:
            raise ZeroDivisionError("by zero")
        return job % 2 == 0

    return work


@pytest.mark.parametrize("cores", [1, 2])
def test_failures_are_named_and_the_others_made_in_the_order_of_the_jobs(
    cores: int, capsys: pytest.CaptureFixture[str]
) -> None:
    result = run_batch(worker(), [(f"k{n}", n) for n in range(8)], title="Rapporter", cores=cores)
    assert [outcome.name for outcome in result.outcomes] == [f"k{n}" for n in range(8)]
    assert result.made == 4
    assert [outcome.name for outcome in result.failed] == ["k3", "k5"]
    with pytest.raises(BatchError) as caught:
        result.raise_failures()
    assert str(caught.value) == (
        "2 of 8 failed, the others are made:\n"
        "  - k3: unknown kommun: 'Åle'. Did you mean Ale?\n"
        "  - k5: ZeroDivisionError: by zero"
    )
    assert "Rapporter: 8/8" in capsys.readouterr().err


def test_a_batch_without_failures_or_jobs_raises_nothing() -> None:
    run_batch(worker(), [("k2", 2)], title="t", cores=1).raise_failures()
    empty = run_batch(worker(), [], title="t", cores=1)
    empty.raise_failures()
    assert (empty.made, empty.outcomes) == (0, ())


def test_a_large_batch_prints_few_lines(capsys: pytest.CaptureFixture[str]) -> None:
    run_batch(worker(), [(str(n), 0) for n in range(290)], title="t", cores=1)
    assert 5 <= len(capsys.readouterr().err.splitlines()) <= 15


def test_only_the_warning_about_replaced_workers_is_silenced(monkeypatch: pytest.MonkeyPatch) -> None:
    def warned(_: object, name: str, job: int) -> Outcome:
        warnings.warn("A worker stopped while some jobs were given to the executor.", UserWarning, stacklevel=1)
        warnings.warn("something else", UserWarning, stacklevel=1)
        return Outcome(name=name, made=True)

    monkeypatch.setattr(batch, "_run", warned)
    monkeypatch.setattr(joblib, "delayed", lambda function: lambda *args: (function, args, {}))
    with pytest.warns(UserWarning) as caught:
        run_batch(worker(), [("a", 1)], title="t", cores=1)
    assert [str(one.message) for one in caught] == ["something else"]


def test_jobs_run_in_other_processes_when_there_is_more_than_one() -> None:
    def elsewhere(parent: int) -> bool:
        return os.getpid() != parent

    jobs = [(str(n), os.getpid()) for n in range(4)]
    assert run_batch(elsewhere, jobs, title="t", cores=2).made == 4
    assert run_batch(elsewhere, jobs, title="t", cores=1).made == 0

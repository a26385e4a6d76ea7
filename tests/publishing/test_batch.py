"""What becomes of a batch: one failing document is told, the others are made; some are tried again."""

from __future__ import annotations

import errno
from collections.abc import Callable

import pytest

from lagesbild.errors import DiskFullError, NotebookError, ParameterError
from lagesbild.files import BusyError
from lagesbild.publishing.batch import BatchError, BatchResult, Outcome, Queue, attempt


def raising(error: Exception) -> Callable[[], bool]:
    """Return work that ends in an error."""

    def work() -> bool:
        raise error

    return work


def test_a_failed_document_is_named_with_file_line_and_cell_and_the_others_are_counted() -> None:
    error = NotebookError("reports/kommunrapport.qmd", 57, "cell 4 failed: ValueError: tom tabell")
    outcomes = [attempt(lambda: True, "1440-ale"), attempt(raising(error), "0180-stockholm"), Outcome(name="1489-x")]
    result = BatchResult(outcomes=tuple(outcomes))
    assert (result.made, result.current) == (1, 1)
    with pytest.raises(BatchError) as caught:
        result.raise_failures()
    assert str(caught.value) == (
        "1 of 3 failed, the others are made:\n"
        "  - 0180-stockholm: reports/kommunrapport.qmd:57: cell 4 failed: ValueError: tom tabell"
    )


def test_an_error_keeps_its_own_words_or_else_its_kind() -> None:
    assert attempt(raising(ParameterError("kommun", "Åle", ["Ale"])), "a").error == (
        "unknown kommun: 'Åle'. Did you mean Ale?"
    )
    assert attempt(raising(ZeroDivisionError("by zero")), "a").error == "ZeroDivisionError: by zero"


def test_a_batch_without_failures_or_jobs_raises_nothing() -> None:
    BatchResult(outcomes=(Outcome(name="a", made=True),)).raise_failures()
    empty = BatchResult()
    empty.raise_failures()
    assert (empty.made, empty.current, empty.outcomes) == (0, 0, ())


def test_documents_that_failed_in_the_same_way_share_a_line() -> None:
    same = tuple((f"k{n}", "the font is missing") for n in range(290))
    assert str(BatchError((*same, ("x", "its own")), 291)).splitlines()[1:] == [
        "  - k0, k1, k2, k3, k4 and 285 more: the font is missing",
        "  - x: its own",
    ]


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device", "/r/a.pdf"),
        OSError(errno.EDQUOT, "Disk quota exceeded", "/r/a.pdf"),
        NotebookError("a.qmd", 3, "cell 1 failed: OSError: [Errno 28] No space left on device: '/r/a.pdf'"),
    ],
)
def test_a_full_disk_is_one_clear_error_whoever_meets_it(error: Exception) -> None:
    outcome = attempt(raising(error), "a")
    assert outcome.hopeless
    assert "the disk is full" in str(outcome.error)
    assert "run the same command again" in str(outcome.error)


def test_a_full_disk_behind_another_error_is_found() -> None:
    def work() -> bool:
        try:
            raise OSError(errno.ENOSPC, "No space left on device", "/r/a.pdf")
        except OSError as error:
            raise RuntimeError("could not write") from error

    assert str(DiskFullError("/r/a.pdf", "No space left on device")) == attempt(work, "a").error


def test_an_unwritable_file_is_no_full_disk() -> None:
    outcome = attempt(raising(PermissionError(errno.EACCES, "Permission denied", "/r/a.pdf")), "a")
    assert outcome.error == "PermissionError: [Errno 13] Permission denied: '/r/a.pdf'"
    assert not outcome.hopeless


def test_what_another_run_is_making_comes_last_and_is_then_waited_for() -> None:
    queue = Queue(["a", "b"])
    first = queue.take()
    assert queue.settle(first, attempt(raising(BusyError()), "a")) == []
    second, third = queue.take(), queue.take()
    assert (second.number, third.number, third.wait) == (1, 0, True)
    assert not queue


def test_a_job_whose_process_died_is_tried_once_more_and_then_reported() -> None:
    queue = Queue(["a"])
    dead = Outcome(name="a", error="was killed by SIGKILL", again="killed")
    assert queue.settle(queue.take(), dead) == []
    assert queue.settle(queue.take(), dead) == [(0, dead)]
    assert not queue


def test_a_failure_that_all_would_share_ends_the_batch_and_says_so_of_each() -> None:
    queue = Queue(["a", "b", "c"])
    full = attempt(raising(DiskFullError("/r/a.pdf", "No space left on device")), "a")
    settled = queue.settle(queue.take(), full)
    assert [outcome.name for _, outcome in settled] == ["a", "b", "c"]
    assert [outcome.error for _, outcome in settled[1:]] == ["not tried, since it would fail as a did"] * 2
    assert not queue

"""Every error says what, where and what to do, and crosses process borders whole."""

from __future__ import annotations

import pickle

import pytest

from lagesbild.errors import (
    FAULTS_SHOWN_PER_KIND,
    BuildFailedError,
    CatalogueError,
    DamagedError,
    DiskFullError,
    DocumentError,
    Fault,
    InputError,
    KilledError,
    LagesbildError,
    MissingFontError,
    NotBuiltError,
    NotebookError,
    ParameterError,
    ProseError,
)
from lagesbild.publishing.batch import BatchError

FAULT = Fault(what="value 140 is no percentage", file="dump.csv", row=7, column="value", expected="0-100", action="Ask")

ERRORS = [
    LagesbildError("whatever"),
    InputError("dump refused", [FAULT, Fault(what="the file is empty")]),
    CatalogueError("catalogue refused", [FAULT]),
    ParameterError("kommun", "Gotenborg", ["Göteborg", "Ale"]),
    DocumentError("a.qmd", 3, "unknown construct", "Remove it"),
    NotebookError("a.ipynb", None, "cell 2 failed"),
    KilledError("a.qmd", 7, "cell 2 was killed by SIGKILL"),
    NotBuiltError("the underlag of Ale", "lagesbild underlag"),
    BuildFailedError("make", 2, "No rule to make target"),
    DamagedError(("_work/demo/2024/underlag/1440.parquet",), "lagesbild underlag"),
    MissingFontError("Source Sans Pro", "", "font-source-sans-pro"),
    DiskFullError("kommunrapport.pdf", "No space left on device"),
    BatchError((("1440-ale", "cell 2 failed"),), 290),
    ProseError("prose refused", [FAULT]),
]


def subclasses(kind: type[LagesbildError]) -> set[type[LagesbildError]]:
    return {kind}.union(*(subclasses(sub) for sub in kind.__subclasses__()))


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_is_the_same_on_the_other_side_of_a_process_border(error: LagesbildError) -> None:
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is type(error)
    assert str(back) == str(error)
    assert vars(back) == vars(error)


def test_no_error_of_the_tree_is_left_out_of_these_tests() -> None:
    own = {
        kind for kind in subclasses(LagesbildError) if kind.__module__ in ("lagesbild.errors", BatchError.__module__)
    }
    assert own == {type(error) for error in ERRORS}


def test_a_fault_names_its_place_what_was_expected_and_what_to_do() -> None:
    assert str(FAULT) == "dump.csv, row 7, column value: value 140 is no percentage (expected 0-100). Ask"
    assert str(Fault(what="no rows")) == "no rows"
    everywhere = Fault(what="x", sheet="Kommuner", indicator="ao-1", region="1440", year=2024)
    assert str(everywhere) == "sheet Kommuner, indicator ao-1, region 1440, year 2024: x"


def test_a_long_run_of_one_kind_of_fault_does_not_hide_a_single_one_of_another() -> None:
    many = [Fault(what=f"value {n}", row=n, expected="0-100") for n in range(FAULTS_SHOWN_PER_KIND + 5)]
    text = str(InputError("dump refused", [*many, Fault(what="region 9999 is unknown", expected="a kommun")]))
    assert f"({FAULTS_SHOWN_PER_KIND + 6} faults)" in text
    assert "region 9999 is unknown" in text
    assert "and 5 more of the same kinds" in text
    assert f"value {FAULTS_SHOWN_PER_KIND}" not in text
    assert "what was published before is unchanged" in text


def test_one_fault_is_counted_in_the_singular() -> None:
    assert "dump refused (1 fault)" in str(InputError("dump refused", [FAULT]))


def test_an_unknown_parameter_gets_the_nearest_known_ones_whatever_their_case() -> None:
    error = ParameterError("kommun", "GOTEBORG", ["Ale", "Göteborg"])
    assert error.suggestions == ["Göteborg"]
    assert str(error) == "unknown kommun: 'GOTEBORG'. Did you mean Göteborg?"
    assert "Choose one of: a, b" in str(ParameterError("area", "zzzzzz", ["a", "b"]))
    assert str(ParameterError("year", "x", ())) == "unknown year: 'x'"


def test_a_document_error_names_file_and_line_where_it_has_one() -> None:
    assert str(ERRORS[4]) == "a.qmd:3: unknown construct. Remove it"
    assert str(ERRORS[5]) == "a.ipynb: cell 2 failed"

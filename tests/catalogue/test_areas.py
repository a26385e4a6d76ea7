"""The ten areas and the three lägesrapporter that cover them."""

from __future__ import annotations

import pytest

from lagesbild.catalogue.areas import AREA_IDS, AREAS, STATUS_REPORTS, area, status_report
from lagesbild.errors import ParameterError


def test_each_of_the_ten_areas_is_covered_by_exactly_one_report() -> None:
    assert len(AREAS) == 10
    covered = [one.id for report in STATUS_REPORTS for one in report.areas]
    assert sorted(covered) == sorted(AREA_IDS)
    assert {report.id: len(report.areas) for report in STATUS_REPORTS} == {
        "individ-och-familjeomsorg": 6,
        "funktionsnedsattning": 2,
        "aldre": 2,
    }


def test_names_prefixes_and_ids_are_unique_and_no_prefix_begins_another() -> None:
    for field in ("id", "name", "prefix"):
        values = [getattr(one, field) for one in AREAS]
        assert len(set(values)) == len(values)
    prefixes = [f"{one.prefix}-" for one in AREAS]
    assert not [(a, b) for a in prefixes for b in prefixes if a != b and b.startswith(a)]
    assert all(one.id.isascii() and one.id == one.id.lower() for one in AREAS)


def test_an_area_or_report_that_does_not_exist_is_refused_with_the_nearest() -> None:
    assert area("hemloshet").name == "Motverka hemlöshet"
    assert status_report("aldre").name == "Vård och omsorg om äldre"
    with pytest.raises(ParameterError, match="Did you mean aldreomsorg"):
        area("äldreomsorg")
    with pytest.raises(ParameterError, match="unknown lägesrapport"):
        status_report("äldre")

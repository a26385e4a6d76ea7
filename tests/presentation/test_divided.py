"""Few rows make one table; many make one for each section, with links that lead to its heading."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from lagesbild.catalogue.indicators import Dimension, Indicator
from lagesbild.presentation.divided import Tables, divided
from lagesbild.presentation.sections import LONGEST_TABLE
from lagesbild.presentation.tables import Column


@pytest.fixture
def indicators(indicator: Callable[..., Indicator]) -> list[Indicator]:
    """Return one more indicator than a table holds, of two dimensions."""
    dimensions = [Dimension.SAKER, *[Dimension.JAMLIK] * LONGEST_TABLE]
    return [replace(indicator(), id=f"ao-{n}", dimension=one) for n, one in enumerate(dimensions)]


KIND = Tables[Indicator](
    columns=[Column(head="Indikator", width=1.0)],
    row=lambda one: [one.id],
    indicator_of=lambda one: one,
    heading="Äldreomsorg",
    what="resultat 2024",
    section_label="sec-ao",
    table_label="tbl-ao",
)


def test_few_rows_make_one_table_and_none_make_nothing(indicators: list[Indicator]) -> None:
    (one,) = divided(indicators[:2], KIND, level=3)
    assert one.endswith("\n: Äldreomsorg: resultat 2024 {#tbl-ao}\n")
    assert divided([], KIND, level=3) == []


def test_many_rows_are_divided_and_every_link_has_its_heading(indicators: list[Indicator]) -> None:
    links, *parts = divided(indicators, KIND, level=3)
    assert re.findall(r"\(#(\S+)\)", links) == ["sec-ao-saker", "sec-ao-jamlik"]
    assert parts[0] == "### Kvalitet: säker {#sec-ao-saker}"
    assert parts[1].endswith("\n: Äldreomsorg, kvalitet: säker: resultat 2024 {#tbl-ao-saker}\n")
    assert parts[2] == "### Kvalitet: jämlik {#sec-ao-jamlik}"
    assert [part.count("\n| ao") for part in parts] == [0, 1, 0, LONGEST_TABLE]

"""Tests of the section on colours that may be chance."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd

from lagesbild.catalogue.areas import STATUS_REPORTS
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.regions import kommuner
from lagesbild.presentation.national.chance import chance_section


def _view(indicator, **changes):
    codes = [kommun.kod for kommun in kommuner()][:40]
    rows = pd.DataFrame(
        {"indicator": indicator.id, "year": 2024, "region": codes, "sex": "T", "value": np.arange(40.0)}
    )
    rows["colour"] = ["rod"] * 10 + ["gul"] * 20 + ["gron"] * 10
    rows["se"], rows["niva_riket"] = 2.0, [0.0] * 4 + [95.0] * 36
    rows = rows.assign(**changes).astype({"indicator": "str", "region": "str", "sex": "str", "colour": "str"})
    return SimpleNamespace(year=2024, comparisons=rows, catalogue=Catalogue((indicator,)))


def _report(area: str):
    return next(report for report in STATUS_REPORTS if area in {one.id for one in report.areas})


def test_the_section_tells_the_shares_in_words_and_in_the_table(indicator):
    one = replace(indicator(), area="aldreomsorg")
    text = chance_section(_report("aldreomsorg"), _view(one))
    assert "inte säkerställd för 40 procent av de prövade resultaten bland de sämsta (▼) och för 0 procent" in text
    line = next(row for row in text.split("\n") if row.startswith("| Äldreomsorg"))
    assert [cell.strip() for cell in line.strip("|").split("|")][1:3] == ["10", "40"]


def test_without_errors_nothing_is_claimed(indicator):
    one = replace(indicator(), area="aldreomsorg")
    unknown = _view(one, se=np.nan, niva_riket=np.nan)
    assert chance_section(_report("aldreomsorg"), unknown).startswith("Osäkerheten i resultaten är inte känd")
    none = _view(one)
    none.comparisons = none.comparisons.drop(columns="niva_riket")
    assert chance_section(_report("aldreomsorg"), none).startswith("Osäkerheten")

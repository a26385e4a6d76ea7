"""Intervals, women and men, tests between groups and costs in a lägesrapport: each against its own arithmetic."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from lagesbild.catalogue.areas import area
from lagesbild.catalogue.indicators import Dimension, Direction, Indicator, Part, Scale
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.regions import kommuner
from lagesbild.presentation.national.changes import change_line
from lagesbild.presentation.national.cost_section import cost_section
from lagesbild.presentation.national.group_tests import differences_part
from lagesbild.presentation.national.measures import cost_and_quality, group_tests
from lagesbild.presentation.national.sex_gaps import national_gaps
from lagesbild.presentation.national.sex_section import sex_section
from lagesbild.presentation.national.view import NationalView

Views = Callable[..., NationalView]
AREA = area("aldreomsorg")
CODES = [one.kod for one in kommuner()][:60]


@pytest.fixture
def wide(national_view: Views, indicator: Callable[..., Indicator]) -> NationalView:
    """Return a view of 60 kommuner, with women and men, and a cost."""
    view = national_view()
    cost = replace(
        indicator(Scale.KRONOR, Direction.INGEN, "Kostnad per person"),
        id="ao-kostnad",
        part=Part.KOSTNADSNYCKELTAL,
        dimension=None,
        unit_text="kr per person",
    )
    random = np.random.default_rng(20)
    women = random.normal(80, 4, len(CODES))
    men = women - random.normal(3, 1, len(CODES))
    groups = {one.kod: one.kommungrupp_2023 for one in kommuner()}
    lift = np.array([6.0 if groups[code].startswith("A") else 0.0 for code in CODES])
    common: dict[str, Any] = {
        "year": 2024, "status": "ok", "colour": "gul", "answer": None, "riket_weighting": "redovisad",
    }  # fmt: skip
    rows = [
        pd.DataFrame({"region": CODES, "value": values, "sex": sex, "indicator": name, "riket": riket, **common})
        for name, sex, values, riket in (
            ("ao-nojda", "T", women + lift, 80.0),
            ("ao-nojda", "K", women, 80.0),
            ("ao-nojda", "M", men, 77.0),
            ("ao-kostnad", "T", 1000 + 50 * (women + lift), 5000.0),
        )
    ]
    nojda = replace(view.catalogue.by_id("ao-nojda"), part=Part.KVALITET, dimension=Dimension.SAKER)
    figures = pd.concat([view.figures, riket(("redovisad", "K", 80.0, None), ("redovisad", "M", 77.0, None))])
    return replace(
        view,
        figures=figures,
        comparisons=pd.concat(rows, ignore_index=True),
        catalogue=Catalogue((nojda, cost)),
        quality=None,
    )


def riket(*told: tuple[str, str, float, float | None]) -> pd.DataFrame:
    """Return riket's results of one indicator by sex: weighting, sex, value, denominator."""
    common = {"indicator": "ao-nojda", "year": 2024, "level": "rike", "region": "0000"}
    return pd.DataFrame(
        [{**common, "weighting": kind, "sex": sex, "value": value, "denominator": n} for kind, sex, value, n in told]
    )


def test_a_change_has_its_pace_and_interval(national_view: Views) -> None:
    view = national_view()
    trends = view.trends.assign(slope_lower=[0.55, np.nan], slope_upper=[2.44, np.nan])
    told = change_line(replace(view, trends=trends), view.catalogue.by_id("ao-nojda"))
    assert told.endswith("; trenden är +1,5 procentenheter om året (95 procents intervall +0,6 till +2,4).")
    small = view.trends.assign(slope=[0.04, np.nan], slope_lower=[0.013, np.nan], slope_upper=[0.067, np.nan])
    told = change_line(replace(view, trends=small), view.catalogue.by_id("ao-nojda"))
    assert told.endswith("+0,04 procentenheter om året (95 procents intervall +0,01 till +0,07).")
    assert "intervall" not in change_line(view, view.catalogue.by_id("ao-nojda"))


def test_the_interval_is_that_of_the_figure_shown(national_view: Views) -> None:
    view = national_view()
    rike = {"indicator": "ao-nojda", "level": "rike", "sex": "T", "region": "0000", "year": 2024, "value": 80.0}
    rows = [{**rike, "weighting": "ovagd", "lower": 70.0, "upper": 90.0}]
    rows += [{**rike, "weighting": "redovisad", "lower": 79.0, "upper": 81.0}]
    view = replace(view, figures=pd.concat([view.figures, pd.DataFrame(rows)]))
    nojda = view.catalogue.by_id("ao-nojda")
    assert view.interval(nojda, 2024) == (70.0, 90.0)  # riket is shown as the plain mean
    assert view.interval(nojda, 2023) is None
    shown = view.comparisons.assign(riket_weighting="redovisad")
    assert replace(view, comparisons=shown).interval(nojda, 2024) == (79.0, 81.0)


def test_without_counts_the_kommuners_own_differences_are_tested(wide: NationalView) -> None:
    (gap,) = national_gaps(wide, list(wide.catalogue.indicators))
    by_sex = {sex: part.set_index("region")["value"] for sex, part in wide.comparisons.groupby("sex")}
    interval = stats.ttest_rel(by_sex["K"], by_sex["M"]).confidence_interval(0.95)
    assert (gap.women, gap.men, gap.pairs) == (80.0, 77.0, 60)
    assert gap.lower == pytest.approx(interval.low)
    assert gap.upper == pytest.approx(interval.high)
    assert gap.secured


def test_few_kommuner_test_nothing(wide: NationalView) -> None:
    few = wide.comparisons[wide.comparisons["region"].isin(CODES[:9])]
    (gap,) = national_gaps(replace(wide, comparisons=few), list(wide.catalogue.indicators))
    assert gap.secured is None
    assert "För få kommuner" in "\n".join(sex_section(replace(wide, comparisons=few), AREA, level=3))


@pytest.mark.parametrize(("n", "secured"), [(100, False), (100_000, True)])
def test_with_counts_shares_of_persons_are_compared(wide: NationalView, n: int, secured: bool) -> None:
    figures = riket(("redovisad", "K", 80.0, n), ("redovisad", "M", 77.0, n))
    (gap,) = national_gaps(replace(wide, figures=figures), list(wide.catalogue.indicators))
    assert gap.secured is secured
    assert gap.lower is None


def test_women_and_men_are_figures_of_one_kind(wide: NationalView) -> None:
    means = (("ovagd", "K", 50.0, None), ("ovagd", "M", 60.0, None))
    own = (("redovisad", "K", 90.0, 4000.0), ("redovisad", "M", 80.0, 4000.0))
    indicators = list(wide.catalogue.indicators)
    (gap,) = national_gaps(replace(wide, figures=riket(*means, *own)), indicators)
    assert (gap.women, gap.men, gap.secured) == (90.0, 80.0, True)
    (gap,) = national_gaps(replace(wide, figures=riket(*means, own[0])), indicators)
    assert (gap.women, gap.men) == (50.0, 60.0)
    assert national_gaps(replace(wide, figures=riket(means[0], own[1])), indicators) == []


def test_groups_are_tested_as_one_way_analysis_of_variance(wide: NationalView) -> None:
    nojda = wide.catalogue.by_id("ao-nojda")
    rows = wide.comparisons
    rows = rows[(rows["indicator"] == "ao-nojda") & (rows["sex"] == "T")]
    groups = rows["region"].map({one.kod: one.kommungrupp_2023 for one in kommuner()})
    expected = stats.f_oneway(*(part["value"] for _, part in rows.groupby(groups)))
    found = group_tests(wide, [nojda], "kommungrupp")["ao-nojda"]
    assert found.p == pytest.approx(expected.pvalue)
    assert found.adjusted == pytest.approx(expected.pvalue)  # one test
    assert found.secured == (expected.pvalue < 0.05)


def test_the_tests_are_counted_with_what_chance_gives(wide: NationalView) -> None:
    text = "\n\n".join(differences_part(wide, AREA))
    assert "Mellan kommungrupperna prövas en indikator om kvalitet" in text
    assert "(0,1 väntas av slump)" in text


def test_costs_are_held_against_the_result(wide: NationalView) -> None:
    found = cost_and_quality(wide, "aldreomsorg")
    assert found is not None
    cost, quality, how = found
    assert (cost.id, quality.id, how.n) == ("ao-kostnad", "ao-nojda", 60)
    assert how.correlation == pytest.approx(1.0)  # the cost is made from the result
    text = re.sub(r"```\{=(html|typst)\}\n.*?\n```", "", "\n\n".join(cost_section(wide, AREA, level=3)), flags=re.S)
    assert "5\u202f000" in text
    assert "inget orsakssamband" in text


def test_an_area_without_costs_has_no_such_part(national_view: Views) -> None:
    assert cost_section(national_view(), AREA, level=3) == []

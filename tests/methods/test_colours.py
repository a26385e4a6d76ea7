from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lagesbild.catalogue.indicators import Direction, Scale
from lagesbild.methods.colours import MINIMUM_KOMMUNER, colours

GOOD = {"gron": 2, "gul": 1, "rod": 0}
values_of_kommuner = st.lists(st.integers(0, 12).map(lambda n: n / 3), min_size=MINIMUM_KOMMUNER, max_size=60)
relaxed = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)


def cells(values, **changes) -> pd.DataFrame:
    frame = pd.DataFrame({"value": np.asarray(values, dtype=float)})
    fields = {"indicator": "ao-tal", "year": 2024, "sex": "T", "answer": None, "status": "ok"} | changes
    frame = frame.assign(**fields)
    frame["status"] = frame["status"].where(frame["value"].notna() | frame["answer"].notna(), "saknas")
    return frame.astype(dict.fromkeys(("indicator", "sex", "answer", "status"), "str"))


def test_answers_have_the_colours_that_oppna_jamforelser_print(indicator):
    frame = cells([np.nan] * 4, answer=["ja", "delvis", "nej", None])
    result = colours(frame, indicators=[indicator(scale=Scale.JA_DELVIS_NEJ)])
    assert result.tolist()[:3] == ["gron", "gul", "rod"]
    assert result.isna().tolist() == [False, False, False, True]


@pytest.mark.parametrize("scale", [Scale.PROCENT, Scale.JA_NEJ])
def test_without_direction_there_is_no_colour(indicator, scale):
    frame = cells(range(20)) if scale is Scale.PROCENT else cells([np.nan] * 20, answer=["ja", "nej"] * 10)
    assert colours(frame, indicators=[indicator(direction=Direction.INGEN, scale=scale)]).isna().all()


def test_the_best_and_the_worst_quarter(indicator):
    assert colours(cells(range(8)), indicators=[indicator()]).tolist() == (["rod"] * 2 + ["gul"] * 4 + ["gron"] * 2)


def test_a_low_value_is_good_where_the_direction_says_so(indicator):
    low = colours(cells(range(8)), indicators=[indicator(direction=Direction.LAG)])
    assert low.tolist() == ["gron"] * 2 + ["gul"] * 4 + ["rod"] * 2


def test_among_290_different_results_72_are_green_and_72_red(indicator):
    counts = colours(cells(range(290)), indicators=[indicator()]).value_counts()
    assert counts.to_dict() == {"gul": 146, "gron": 72, "rod": 72}


def test_everybody_equal_is_everybody_yellow(indicator):
    assert set(colours(cells([7.0] * 30), indicators=[indicator()])) == {"gul"}


@pytest.mark.parametrize(
    ("tied_best", "colour"),
    [(4, "gron"), (9, "gron"), (10, "gul"), (16, "gul")],
)
def test_a_tie_across_the_limit_takes_the_colour_of_most_of_its_members(indicator, tied_best, colour):
    # Of 20 kommuner the best quarter is five: nine tied have five of nine in it, ten only half.
    values = [100.0] * tied_best + list(range(20 - tied_best))
    assert colours(cells(values), indicators=[indicator()])[0] == colour


def test_few_kommuner_have_no_colours(indicator):
    values = [*range(MINIMUM_KOMMUNER - 1), np.nan, np.nan]
    assert colours(cells(values), indicators=[indicator()]).isna().all()
    assert colours(cells([*values, 50.0]), indicators=[indicator()]).notna().sum() == MINIMUM_KOMMUNER


def test_women_and_men_and_missing_results_have_no_colour(indicator):
    frame = pd.concat([cells(range(20)), cells(range(20), sex="K"), cells([np.nan])], ignore_index=True)
    result = colours(frame, indicators=[indicator()])
    assert result[:20].notna().all()
    assert result[20:].isna().all()


def test_years_and_indicators_are_coloured_apart(indicator):
    frame = pd.concat(
        [cells(range(8)), cells(range(100, 108), year=2023), cells(range(8), indicator="ao-b")],
        ignore_index=True,
    )
    result = colours(frame, indicators=[indicator(), indicator("ao-b")]).tolist()
    assert result[:8] == result[8:16] == result[16:]


def test_dust_of_a_division_does_not_part_equal_kommuner(indicator):
    values = [0.1 + 0.2, 0.3] * 6
    assert set(colours(cells(values), indicators=[indicator()])) == {"gul"}


@given(values=values_of_kommuner)
@relaxed
def test_a_better_value_never_has_a_worse_colour_and_equal_values_the_same(indicator, values):
    result = colours(cells(values), indicators=[indicator()])
    ordered = pd.DataFrame({"value": values, "good": result.map(GOOD)}).sort_values("value")
    assert ordered["good"].is_monotonic_increasing
    per_value = ordered.groupby("value")["good"]
    assert (per_value.min() == per_value.max()).all()


@given(values=values_of_kommuner, seed=st.integers(0, 1000))
@relaxed
def test_the_order_of_rows_does_not_matter(indicator, values, seed):
    frame = cells(values)
    shuffled = frame.sample(frac=1, random_state=seed)
    one = colours(frame, indicators=[indicator()])
    pd.testing.assert_series_equal(colours(shuffled, indicators=[indicator()]).sort_index(), one)


@given(values=values_of_kommuner)
@relaxed
def test_turning_the_direction_round_swaps_green_and_red(indicator, values):
    high = colours(cells(values), indicators=[indicator()])
    low = colours(cells(values), indicators=[indicator(direction=Direction.LAG)])
    assert high.map({"gron": "rod", "gul": "gul", "rod": "gron"}).tolist() == low.tolist()


@given(n=st.integers(MINIMUM_KOMMUNER, 300))
@relaxed
def test_without_ties_a_quarter_to_the_nearest_kommun_is_green(indicator, n):
    greens = (colours(cells(range(n)), indicators=[indicator()]) == "gron").sum()
    assert abs(greens - n / 4) <= 0.5

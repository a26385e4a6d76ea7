"""The place is the share of kommuner with a worse result, agrees with the colours, and tells nothing withheld."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lagesbild.catalogue.indicators import Direction, Indicator, Scale
from lagesbild.catalogue.load import load_catalogue
from lagesbild.methods.colours import MINIMUM_KOMMUNER, colours
from lagesbild.methods.places import PLACE_COLUMNS, places


def one_of(direction: Direction) -> Indicator:
    return next(i for i in load_catalogue().indicators if i.direction is direction and i.scale is Scale.PROCENT)


HIGH, LOW = one_of(Direction.HOG), one_of(Direction.LAG)


def cells(values: list[float | None], indicator: Indicator = HIGH, **columns: object) -> pd.DataFrame:
    """Return rows of kommuner with a result each; null is withheld."""
    frame = pd.DataFrame({"value": pd.Series(values, dtype="float64")})
    frame = frame.assign(indicator=indicator.id, year=2024, sex="T", answer=None, lower=np.nan, upper=np.nan)
    frame = frame.assign(riket=np.nan, liknande=np.nan).assign(**columns)
    return frame.assign(status=np.where(frame["value"].isna(), "sekretess", "ok"))


def placed(frame: pd.DataFrame, *indicators: Indicator) -> pd.DataFrame:
    return places(frame, indicators=indicators or (HIGH, LOW))


def test_the_place_is_the_share_with_a_worse_result_and_half_of_the_equal() -> None:
    frame = cells([1, 2, 2, 4, 5, 6, 7, 8], lower=1.5, upper=7.5, riket=4.0, liknande=9.0)
    found = placed(frame)
    assert found["place"].tolist() == [6.25, 25.0, 25.0, 43.75, 56.25, 68.75, 81.25, 93.75]
    assert found.loc[3, list(PLACE_COLUMNS)].tolist() == [43.75, 12.5, 87.5, 43.75, 100.0]


def test_low_is_good_turns_the_scale_and_the_interval() -> None:
    frame = cells([1, 2, 3, 4, 5, 6, 7, 8], LOW, lower=1.5, upper=6.5, riket=1.0)
    found = placed(frame)
    assert found["place"].tolist() == [93.75, 81.25, 68.75, 56.25, 43.75, 31.25, 18.75, 6.25]
    assert found.loc[0, ["place_low", "place_high", "place_riket"]].tolist() == [25.0, 87.5, 93.75]


@settings(max_examples=20)
@given(st.lists(st.one_of(st.none(), st.integers(0, 12).map(float)), min_size=1, max_size=40), st.booleans())
def test_the_place_agrees_with_the_colour_and_order_is_nothing(values: list[float | None], low: bool) -> None:
    indicator = LOW if low else HIGH
    frame = cells(values, indicator)
    found = placed(frame)
    colour = colours(frame, indicators=(indicator,))
    known = found["place"].notna()
    assert known.equals(colour.notna())
    assert known.equals(frame["value"].notna() & (frame["value"].notna().sum() >= MINIMUM_KOMMUNER))
    assert ((found["place"] > 75) == (colour == "gron")).all()
    assert ((found["place"] < 25) == (colour == "rod")).all()
    turned = placed(frame.iloc[::-1]).sort_index()
    pd.testing.assert_frame_equal(turned, found)


def test_a_withheld_result_has_no_place_and_no_interval_even_where_they_could_be_reckoned() -> None:
    frame = cells([None, *range(10)], lower=2.0, upper=4.0, riket=5.0)
    found = placed(frame)
    assert found.loc[0, ["place", "place_low", "place_high"]].isna().all()
    assert found.loc[0, "place_riket"] == 55.0  # riket is no secret


@pytest.mark.parametrize("changes", [{"sex": "K"}, {"status": "sekretess"}])
def test_women_alone_and_what_is_not_released_have_no_place(changes: dict[str, str]) -> None:
    frame = cells([float(n) for n in range(10)]).assign(**changes)
    assert placed(frame)["place"].isna().all()

"""Tests of how often colours mislead: the closed form against simulation, the counts against hand-made rows."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lagesbild.methods.colours import colours
from lagesbild.methods.misleading import COLOUR_COLUMNS, again, misleading_colours, repeats, summed

pytestmark = pytest.mark.filterwarnings("error")

REGIONS = [f"{code:04d}" for code in range(290)]


def _rows(values: np.ndarray, error: float, year: int) -> pd.DataFrame:
    frame = pd.DataFrame({"indicator": "ao-tal", "year": year, "region": REGIONS, "sex": "T", "value": values})
    frame["status"], frame["answer"], frame["se"], frame["niva_riket"] = "ok", None, error, 0.0
    return frame.astype({"indicator": "str", "region": "str", "sex": "str", "status": "str", "answer": "str"})


def _coloured(frame: pd.DataFrame, indicators: list) -> pd.DataFrame:
    return frame.assign(colour=colours(frame, indicators=indicators))


def _measured(values: np.ndarray, indicators: list, error: float, year: int = 2024) -> pd.DataFrame:
    return _coloured(_rows(values, error, year), indicators)


@pytest.mark.parametrize(("between", "error"), [(0.0, 3.0), (3.0, 3.0), (6.0, 2.0)])
@pytest.mark.parametrize("way", ["hog", "lag"])
def test_the_chance_of_the_same_colour_again_is_what_measuring_again_gives(indicator, between, error, way):
    indicators = [indicator(direction=way)]
    rng, rounds = np.random.default_rng(1), 30
    truth = rng.normal(60, between, (rounds, len(REGIONS)))
    first, second = (
        pd.concat([_rows(values, error, 2000 + n) for n, values in enumerate(rng.normal(truth, error))])
        for _ in range(2)
    )
    first, second = (_coloured(rows.reset_index(drop=True), indicators) for rows in (first, second))
    red = first["colour"] == "rod"
    found, seen = again(first, indicators=indicators)[red], second.loc[red, "colour"] == "rod"
    assert np.mean(found) == pytest.approx(np.mean(seen), abs=0.04)
    if between == 0:
        assert np.mean(seen) == pytest.approx(0.25, abs=0.03)


def test_without_error_the_colour_comes_again_and_yellow_has_no_chance(indicator):
    frame = _measured(np.arange(290.0), [indicator()], 1e-6)
    chance = again(frame, indicators=[indicator()])
    assert chance[frame["colour"] == "rod"].min() == pytest.approx(1.0)
    assert chance[frame["colour"] == "gul"].isna().all()


def test_counts_and_shares_are_those_of_the_rows(indicator):
    indicators = [indicator()]
    frame = _measured(np.arange(290.0), indicators, 1.0)
    frame.loc[:9, "niva_riket"] = 95.0  # ten of the reds are secured
    frame.loc[10:11, "niva_riket"] = np.nan  # two can't be tested
    size = pd.Series(np.where(np.arange(290) < 100, "liten", "stor"), index=REGIONS)
    table = misleading_colours(frame, indicators=indicators, size_class=size).set_index("storleksklass")
    assert set(COLOUR_COLUMNS) == {*table.columns, "storleksklass"}
    reds = int((frame["colour"] == "rod").sum())
    assert table.loc["alla", ["n_rod", "n_provade_rod", "n_slump_rod"]].tolist() == [reds, reds - 2, reds - 12]
    assert table.loc["liten", "andel_slump_rod"] == pytest.approx((reds - 12) / (reds - 2))
    assert table.loc["stor", "n_rod"] == 0
    assert np.isnan(table.loc["stor", "andel_slump_rod"])


def test_what_was_seen_is_held_against_the_last_measuring_not_the_last_year(indicator):
    indicators = [indicator()]
    rng = np.random.default_rng(2)
    years = {2020: 1, 2022: 1, 2023: -1}  # turned upside down in 2023
    values = rng.permutation(290).astype(float)
    frames = [_measured(values * sign, indicators, 1.0, year) for year, sign in years.items()]
    rows = pd.concat(frames, ignore_index=True)
    told = repeats(rows)
    assert (told.loc[told["year"] == 2020, "forra"] == "").all()
    table = misleading_colours(rows, indicators=indicators, size_class=pd.Series("stor", index=REGIONS))
    seen = table[table["storleksklass"] == "alla"].set_index("year")["igen_sett_rod"]
    assert np.isnan(seen[2020])
    assert (seen[2022], seen[2023]) == (1.0, 0.0)
    order = misleading_colours(rows[::-1], indicators=indicators, size_class=pd.Series("stor", index=REGIONS))
    pd.testing.assert_frame_equal(table, order)


def test_sums_weigh_shares_by_the_kommuner_behind_them(indicator):
    frame = _measured(np.arange(290.0), [indicator()], 1.0)
    frame.loc[:29, "niva_riket"] = 95.0
    size = pd.Series(np.where(np.arange(290) < 50, "liten", "stor"), index=REGIONS)
    table = misleading_colours(frame, indicators=[indicator()], size_class=size)
    sizes = summed(table[table["storleksklass"] != "alla"], ["indicator"])
    whole = table[table["storleksklass"] == "alla"].reset_index()
    assert sizes.loc[0, "andel_slump_rod"] == pytest.approx(whole.loc[0, "andel_slump_rod"])


def test_hostile_rows_have_a_table_and_never_warn(indicator):
    indicators = [indicator()]
    nobody = pd.Series(dtype="str")
    ties = _measured(np.full(290, 5.0), indicators, 1.0)  # all yellow
    table = misleading_colours(ties, indicators=indicators, size_class=nobody)
    assert table.loc[table["storleksklass"] == "alla", "n_rod"].tolist() == [0]
    unknown = _measured(np.arange(290.0), indicators, np.nan).assign(niva_riket=np.nan)
    found = misleading_colours(unknown, indicators=indicators, size_class=nobody)
    assert found[["andel_slump_rod", "igen_rod"]].isna().all(axis=None)
    empty = misleading_colours(ties.iloc[:0], indicators=indicators, size_class=nobody)
    assert (len(empty), list(empty.columns)) == (0, list(COLOUR_COLUMNS))

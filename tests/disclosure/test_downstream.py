"""A withheld cell yields nothing behind the gate: no figure, rank, colour, difference, trend, line or words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from lagesbild.catalogue.load import Catalogue
from lagesbild.disclosure.gate import release
from lagesbild.methods.aggregates import indicator_frame
from lagesbild.methods.comparisons import comparison_frame
from lagesbild.methods.trends import trend_frame
from lagesbild.presentation.numbers import result_cell
from lagesbild.presentation.small_multiples import Panel, small_multiples

YEARS = range(2018, 2024)
SMALL = "0115"
CODES = ("0114", SMALL, "0117", "0120", "0123", "0125", "0126", "0127", "0128", "0136")
MEMBERS = pd.DataFrame({"region": CODES, "lan": "01", "kommungrupp": "A2"}).astype("str")


def frames(catalogue: Catalogue, new_table: Any, few: tuple[int, int]) -> dict[str, pd.DataFrame]:
    """Return all that the methods make of ten kommuner in six years, one of which has few persons throughout."""
    indicator = catalogue.by_id("ao-register")
    years, made = [], []
    for year in YEARS:
        table = new_table()
        for number, code in enumerate(CODES):
            table.shares("kommun", code, few if code == SMALL else (30 + 2 * number + year - 2018, 100))
        raw = table.frame().assign(year=year)
        years.append(release(raw.astype({"year": "int16"}), catalogue))
        made.append(indicator_frame(years[-1], indicators=[indicator], members=MEMBERS, year=year))
    indikatorer = pd.concat(made, ignore_index=True)
    return {
        "indikatorer": indikatorer,
        "jamforelser": comparison_frame(indikatorer, indicators=[indicator], members=MEMBERS),
        "trender": trend_frame(indikatorer, indicators=[indicator], year=2023),
    }


def test_a_withheld_cell_has_no_figure_rank_colour_or_difference(catalogue: Catalogue, new_table: Any) -> None:
    found = frames(catalogue, new_table, (2, 30))
    own = found["indikatorer"].query("level == 'kommun' and region == @SMALL")
    assert set(own["status"]) == {"sekretess"}
    assert own[["value", "numerator", "denominator"]].isna().all(axis=None)
    compared = found["jamforelser"].query("region == @SMALL")
    assert compared[["value", "rank", "diff_riket", "diff_lan", "diff_kommungrupp"]].isna().all(axis=None)
    assert compared["colour"].isna().all() or compared["colour"].eq("").all()


def test_a_withheld_series_has_no_trend(catalogue: Catalogue, new_table: Any) -> None:
    trends = frames(catalogue, new_table, (2, 30))["trender"]
    assert set(trends.loc[trends["level"].eq("kommun"), "region"]) >= set(CODES) - {SMALL}
    own = trends[trends["region"].eq(SMALL)]
    assert own[["first_value", "last_value", "change_previous", "slope", "p_value"]].isna().all(axis=None)


def test_counts_and_means_of_others_are_of_released_cells(catalogue: Catalogue, new_table: Any) -> None:
    found = frames(catalogue, new_table, (2, 30))
    now = found["jamforelser"].query("year == 2023")
    shown = now["value"].dropna()
    assert set(now["n_reporting"]) == {len(CODES) - 1}
    assert sorted(now["rank"].dropna()) == list(range(1, len(CODES)))
    lan = found["indikatorer"].query("year == 2023 and level == 'lan' and region == '01'").set_index("weighting")
    assert lan.loc["ovagd", "value"] == pytest.approx(shown.mean())
    assert lan.loc["ovagd", "n_kommuner"] == len(shown)
    assert lan.loc["vagd", "denominator"] == 100 * len(shown)
    # The withheld kommun's own references are those of the other kommuner, all released.
    assert now.set_index("region").loc[SMALL, "lan"] == pytest.approx(shown.mean())


@pytest.mark.parametrize("other", [(1, 6), (0, 4), (4, 900), (60, 60)])
def test_nothing_made_behind_the_gate_depends_on_what_was_withheld(
    catalogue: Catalogue, new_table: Any, other: tuple[int, int]
) -> None:
    first, second = (frames(catalogue, new_table, few) for few in ((2, 30), other))
    for name in first:
        pd.testing.assert_frame_equal(first[name], second[name])


def test_table_cells_lines_and_words_of_a_withheld_cell_say_only_that(catalogue: Catalogue, new_table: Any) -> None:
    indicator = catalogue.by_id("ao-register")
    indikatorer = frames(catalogue, new_table, (2, 30))["indikatorer"]
    own = indikatorer.query("level == 'kommun' and region == @SMALL").iloc[-1]
    assert result_cell(own["value"], own["answer"], own["status"], indicator.scale) == ".."
    points = [(year, None if np.isnan(own["value"]) else own["value"]) for year in YEARS]
    panel = Panel(indicator=indicator, own=points, status=own["status"])
    figure = small_multiples([panel], name="Ale", years=(2018, 2023), synthetic=True)
    for text in (figure.svg, figure.alt, figure.html):
        assert "6,7" not in text  # two of thirty, in percent
        assert "<polyline" not in text
    assert "visas inte, sekretess" in figure.alt

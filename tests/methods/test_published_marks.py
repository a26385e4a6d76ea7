"""Riksrevisionen's marks beside ours: on hand-made rows, and the 24 marks of the user survey on the real dump."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lagesbild.catalogue.audit_rows import printed_variance
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import kommuner
from lagesbild.methods.audit_comparison import AuditComparison, audit_comparison, exchanged_rows, user_survey_rows
from lagesbild.methods.mark_readings import readings, rounding_range, row_orders
from lagesbild.methods.published_marks import COMPARISON_COLUMNS, agreement, compare_marks

HOME, SPECIAL = "Brukarbedömningar inom hemtjänsten", "Brukarbedömningar på särskilda boenden"

#: The 24 marks as read from the printed table by hand: pooled län and kommungrupp, 2019 län and kommungrupp.
TYPED = {
    f"{HOME}: Allmänt hälsotillstånd": ("**", "**", "", "*"),
    f"{HOME}: Personalens bemötande": ("**", "**", "", ""),
    f"{HOME}: Sammantaget": ("**", "**", "", "**"),
    f"{SPECIAL}: Allmänt hälsotillstånd": ("**", "**", "**", "**"),
    f"{SPECIAL}: Personalens bemötande": ("**", "**", "*", "**"),
    f"{SPECIAL}: Sammantaget": ("**", "**", "**", "**"),
}
COLUMNS = ("lan", "kommungrupp", "lan_sista", "kommungrupp_sista")


def made_up() -> tuple[pd.DataFrame, dict[str, pd.Series]]:
    """Three rows over two years: one differs between groups every year, one never, one in the last year alone."""
    rng = np.random.default_rng(4)
    regions = [f"{at:04d}" for at in range(60)]
    groups = pd.Series({region: f"g{at % 4}" for at, region in enumerate(regions)})
    step = groups.str[1].astype(float)
    parts = []
    for year in (2018, 2019):
        for row, effect in (("alltid", 5.0), ("aldrig", 0.0), ("sist", 5.0 if year == 2019 else 0.0)):
            values = 50 + effect * step + rng.normal(0, 2, len(regions))
            parts.append(pd.DataFrame({"indicator": row, "year": year, "region": regions, "value": values.to_numpy()}))
    return pd.concat(parts, ignore_index=True), {"lan": groups}


PRINTED = {
    ("sist", "lan"): "",
    ("sist", "lan_sista"): "**",
    ("alltid", "lan"): "**",
    ("alltid", "lan_sista"): "",
    ("aldrig", "lan"): "",
    ("aldrig", "lan_sista"): "",
    ("saknas", "lan"): "**",
}


def test_marks_stand_beside_the_printed_ones_in_print_order() -> None:
    panel, groupings = made_up()
    found = compare_marks(panel, PRINTED, groupings=groupings)
    assert list(found.columns) == list(COMPARISON_COLUMNS)
    assert found["row"].tolist() == ["sist", "sist", "alltid", "alltid", "aldrig", "aldrig"]
    assert found["period"].tolist() == ["alla_ar", "sista_aret"] * 3
    assert found["mark"].tolist() == ["**", "**", "**", "**", "", ""]
    assert found["agrees"].tolist() == [False, True, True, False, True, True]
    assert agreement(found).iloc[0].tolist() == [6, 4]
    assert agreement(found, ["period"])["agree"].tolist() == [2, 2]
    earlier = compare_marks(panel, PRINTED, groupings=groupings, last=2018)
    assert earlier.loc[1, "mark"] == ""


def test_other_readings_are_counted_one_by_one() -> None:
    panel, groupings = made_up()
    turned = {"lan": pd.Series({region: f"h{at % 2}" for at, region in enumerate(groupings["lan"].index)})}
    found = readings(
        panel,
        PRINTED,
        groupings=groupings,
        exchanged={"alltid": "aldrig", "aldrig": "alltid"},
        other_groups={"andra": turned},
        population=pd.Series(20_000, index=groupings["lan"].index),
    ).set_index("reading")
    assert found.loc["som_tryckt", ["marks", "agree", "agree_all_years", "agree_last_year"]].tolist() == [6, 4, 2, 2]
    assert found.loc["utan_sma", "agree"] == 4
    assert found.loc["ombytta_rader", "agree_all_years"] == 0
    assert set(found.index) == {"som_tryckt", "kommuner", "utan_sma", "andra", "sista_aret_2018", "ombytta_rader"}


def test_orders_of_rows_count_every_order_once() -> None:
    panel, groupings = made_up()
    found = row_orders(compare_marks(panel, PRINTED, groupings=groupings))
    assert found["orders"].sum() == 6 and found["share_at_least"].iloc[0] == 1.0
    # Computed **, **, "" against printed **, "", "": in two of the six orders a row fits one place less.
    assert found["agree"].max() == 2
    eight = pd.DataFrame({"row": list("abcdefgh"), "group": "lan", "printed": "", "mark": "", "period": "sista_aret"})
    with pytest.raises(ValueError, match="too many orders"):
        row_orders(eight)
        row_orders(
            pd.concat([compare_marks(panel, PRINTED, groupings=groupings).assign(row=str(at)) for at in range(8)])
        )


def test_rounding_moves_no_mark_that_is_clear() -> None:
    panel, groupings = made_up()
    found = rounding_range(panel.assign(value=panel["value"].round()), groupings=groupings, seed=1).set_index("row")
    assert found.loc[["alltid", "sist"], "same_mark"].tolist() == [1.0, 1.0]
    assert (found["p_low"] <= found["p_high"]).all()


def test_no_figures_give_no_marks_and_no_warning() -> None:
    panel, groupings = made_up()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        nothing = compare_marks(panel.iloc[:0], PRINTED, groupings=groupings)
        constant = compare_marks(panel.assign(value=7.0), PRINTED, groupings=groupings)
        assert row_orders(nothing).empty
    assert nothing.empty and list(nothing.columns) == list(COMPARISON_COLUMNS)
    assert (constant["mark"] == "").all()


def test_the_typed_table_has_the_marks_that_are_printed() -> None:
    printed = printed_variance("aldreomsorg")
    assert [row.id for row in user_survey_rows()] == list(TYPED)
    for row, marks in TYPED.items():
        assert tuple(printed[row, column] for column in COLUMNS) == marks
    assert exchanged_rows(user_survey_rows())[f"{HOME}: Sammantaget"] == f"{SPECIAL}: Sammantaget"


def released_dump(dump: Path) -> pd.DataFrame:
    """The dump's rows of the user survey as released observations."""
    wanted = {one for row in user_survey_rows() for one in row.indicators}
    ids = {one.kolada: one.id for one in load_catalogue().indicators if one.id in wanted}
    rows = pd.read_parquet(dump, filters=[("kpi", "in", list(ids)), ("gender", "==", "T")])
    known = {one.kod for one in kommuner()}
    level = np.select([rows["geo"] == "0", rows["geo"].isin(known)], ["rike", "kommun"], "")
    frame = pd.DataFrame(
        {
            "indicator": rows["kpi"].astype("str").map(ids),
            "year": rows["year"].astype("int64"),
            "level": level,
            "region": rows["geo"].astype("str").replace("0", "0000"),
            "unit": "",
            "sex": "T",
            "value": rows["value"].astype("float64"),
            "answer": None,
            "status": "ok",
        }
    )
    return frame[frame["level"] != ""].reset_index(drop=True)


@pytest.fixture(scope="module")
def real(shared_data: Path) -> AuditComparison:
    return audit_comparison(released_dump(shared_data / "kolada" / "observations.parquet"))


def test_of_the_24_printed_marks_14_agree_all_of_the_pooled_and_two_of_the_year_2019(real: AuditComparison) -> None:
    assert len(real.marks) == 24
    assert agreement(real.marks, ["period"]).to_numpy().tolist() == [["alla_ar", 12, 12], ["sista_aret", 12, 2]]
    marks = real.marks.set_index(["row", "group", "period"])["mark"]
    pooled_and_2019 = {
        row: tuple(
            marks[row, group, period] for period in ("alla_ar", "sista_aret") for group in ("lan", "kommungrupp")
        )
        for row in TYPED
    }
    assert pooled_and_2019 == {
        f"{HOME}: Allmänt hälsotillstånd": ("**", "**", "**", "**"),
        f"{HOME}: Personalens bemötande": ("**", "**", "**", "**"),
        f"{HOME}: Sammantaget": ("**", "**", "**", "**"),
        f"{SPECIAL}: Allmänt hälsotillstånd": ("**", "**", "", ""),
        f"{SPECIAL}: Personalens bemötande": ("**", "**", "", "*"),
        f"{SPECIAL}: Sammantaget": ("**", "**", "**", "*"),
    }


def test_what_would_make_more_marks_agree(real: AuditComparison) -> None:
    found = real.readings.set_index("reading")
    # With the marks of home care and special housing exchanged 7 of the year's 12 agree instead of 2: the best reading.
    assert found.loc["ombytta_rader", "agree"] == 19 == found["agree"].max()
    # But of the 720 orders of the rows a fifth agree as well, so that nothing is proven.
    assert real.orders.set_index("agree").loc[7, "share_at_least"] == pytest.approx(138 / 720)
    assert found.loc[["kommungrupp_2023", "utan_sma"], "agree"].tolist() == [14, 14]
    # Counting kommuner instead of years takes ** from two of the twelve pooled marks.
    assert found.loc["kommuner", "agree_all_years"] == 10


def test_rounding_to_whole_numbers_could_move_three_of_the_marks_of_2019(real: AuditComparison) -> None:
    unsure = real.rounding[real.rounding["same_mark"] < 0.95]
    assert sorted(zip(unsure["row"].str.split(": ").str[1], unsure["group"], strict=True)) == [
        ("Allmänt hälsotillstånd", "lan"),
        ("Personalens bemötande", "kommungrupp"),
        ("Sammantaget", "kommungrupp"),
    ]
    assert unsure["row"].str.startswith(SPECIAL).all()


def test_the_claims_on_the_user_survey_hold_but_special_housing_falls_a_little(real: AuditComparison) -> None:
    found = real.claims.set_index(["claim", "row"])
    satisfied = found.loc["nojda"]
    assert satisfied["outcome"].tolist() == ["haller", "haller"]
    assert satisfied["low"].tolist() == [88.0, 81.0]
    assert found.loc["halsa", "outcome"].tolist() == ["haller", "haller"]
    assert found.loc["halsa", ["low", "high"]].to_numpy().tolist() == [[30.0, 31.0], [26.0, 28.0]]
    special = found.loc[("stabila", f"{SPECIAL}: Sammantaget")]
    assert special["outcome"] == "haller_men_andras"
    assert special["change"] == pytest.approx(-1.70, abs=0.01) and special["upper"] < 0
    assert (found.loc["stabila", "outcome"] != "haller_inte").all()
    assert found.loc[("konsperspektiv", "ISU kön"), "outcome"] == "kan_inte_provas"

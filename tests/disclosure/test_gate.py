"""What the gate lets through, told case by case."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from lagesbild.catalogue.load import Catalogue
from lagesbild.disclosure.gate import pass_gate, release
from lagesbild.disclosure.record import REASONS


def reasons(frame: pd.DataFrame, catalogue: Catalogue) -> dict[str, str]:
    """Return which step withheld each row, by region (with its unit) and sex; "" where none did."""
    gated = pass_gate(frame, catalogue)
    out, record = gated.released, gated.record
    steps = record[list(REASONS)].rename(columns=lambda name: name.removeprefix("reason_"))
    assert steps.sum(axis=1).le(1).all()
    assert steps.any(axis=1).eq(out["status"].eq("sekretess")).all()
    names = out["region"] + out["unit"].where(out["unit"].eq(""), " " + out["unit"]) + " " + out["sex"]
    return dict(zip(names, steps.idxmax(axis=1).where(steps.any(axis=1), ""), strict=True))


@pytest.mark.parametrize(
    ("indicator", "numerator", "denominator", "answers", "withheld"),
    [
        ("ao-register", 2, 4, None, True),  # four persons
        ("ao-register", 0, 4, None, True),  # none of four is still four persons
        ("ao-register", 4, 40, None, True),  # four with the attribute
        ("ao-register", 36, 40, None, True),  # four without it
        ("ao-register", 5, 10, None, False),
        ("ao-register", 0, 40, None, True),  # none of forty says something of each of them
        ("ao-register", 40, 40, None, True),  # and so does all of forty
        ("ao-brukare", 3, 4, 4, True),
        ("ao-brukare", 18, 20, 20, True),  # two discontented among twenty who answered
        ("ao-brukare", 15, 20, 20, False),
        ("ao-brukare", 9, 20, 4, True),  # weighted up to twenty from four answers
        ("ao-dagar", None, 4, None, True),
        ("ao-dagar", 700, 5, None, False),
        ("ao-per", 3, 8000, None, True),
        ("ao-per", 6, 8000, None, False),
        ("ao-plats", 1, 2, None, False),  # counts places, not persons
    ],
)
def test_a_figure_on_few_persons_is_withheld(  # noqa: PLR0917
    catalogue: Catalogue,
    new_table: Any,
    indicator: str,
    numerator: int | None,
    denominator: int,
    answers: int | None,
    withheld: bool,
) -> None:
    table = new_table(indicator).add(
        "kommun", "1440", numerator=numerator, denominator=denominator, n_answers=answers, value=12.5
    )
    assert reasons(table.frame(), catalogue) == {"1440 T": "primary" if withheld else ""}


def test_a_count_without_counts_beside_it_is_its_own(catalogue: Catalogue, new_table: Any) -> None:
    table = new_table("ao-antal").add("kommun", "1440", value=3).add("kommun", "0180", value=900)
    assert reasons(table.frame(), catalogue) == {"1440 T": "primary", "0180 T": ""}


def test_a_user_survey_with_four_answers_is_withheld_without_a_denominator(
    catalogue: Catalogue, new_table: Any
) -> None:
    table = new_table("ao-brukare").add("kommun", "1440", value=75, n_answers=4, n_asked=9)
    assert reasons(table.frame(), catalogue) == {"1440 T": "primary"}


def test_a_withheld_row_says_nothing(catalogue: Catalogue, new_table: Any) -> None:
    table = new_table().add("kommun", "1440", numerator=1, denominator=3, n_answers=3, n_asked=8)
    row = release(table.frame(), catalogue).iloc[0]
    assert row["status"] == "sekretess"
    assert row[["value", "numerator", "denominator", "n_answers", "n_asked", "answer"]].isna().all()


def test_a_row_without_result_loses_its_counts_and_keeps_its_status(catalogue: Catalogue, new_table: Any) -> None:
    table = new_table("ao-brukare").add("kommun", "1440", status="bortfall", n_answers=2, n_asked=9)
    row = release(table.frame(), catalogue).iloc[0]
    assert row["status"] == "bortfall"
    assert row[["n_answers", "n_asked"]].isna().all()


def test_a_released_row_is_left_as_it_was(catalogue: Catalogue, new_table: Any) -> None:
    table = new_table().shares("kommun", "1440", (30, 60)).shares("kommun", "0180", (1, 2))
    table.indicator = "ao-rutin"
    table.add("kommun", "1440", answer="ja")
    frame = table.frame()
    out = release(frame, catalogue)
    kept = out["status"].eq("ok")
    assert kept.tolist() == [True, False, True]
    pd.testing.assert_frame_equal(out.loc[kept, list(frame.columns)], frame[kept])


def test_few_women_take_the_men_along_and_leave_the_total(catalogue: Catalogue, new_table: Any) -> None:
    table = new_table().shares("kommun", "1440", (30, 60), (1, 3), (29, 57))
    assert reasons(table.frame(), catalogue) == {"1440 T": "", "1440 K": "primary", "1440 M": "secondary"}


def test_men_who_have_no_row_but_are_three_take_the_women_along(catalogue: Catalogue, new_table: Any) -> None:
    table = new_table().shares("kommun", "1440", (30, 60), (29, 57))
    assert reasons(table.frame(), catalogue) == {"1440 T": "", "1440 K": "secondary"}
    only_women = new_table().shares("kommun", "1440", (30, 60), (30, 60))
    assert set(reasons(only_women.frame(), catalogue).values()) == {""}


def test_a_withheld_total_takes_women_and_men_along(catalogue: Catalogue, new_table: Any) -> None:
    table = new_table("ao-per")
    for sex, numerator in (("T", 4), ("K", 0), ("M", 4)):
        table.add("kommun", "1440", sex, numerator=numerator, denominator=5000, value=numerator * 2)
    table.add("kommun", "0180", "K", value=3)
    assert reasons(table.frame(), catalogue) == {
        "1440 T": "primary",
        "1440 K": "primary",
        "1440 M": "primary",
        "0180 K": "",
    }


def test_one_withheld_kommun_in_a_lan_takes_the_smallest_other_along(catalogue: Catalogue, new_table: Any) -> None:
    table = new_table().shares("lan", "14", (123, 244))
    table.shares("kommun", "1440", (2, 4)).shares("kommun", "1480", (70, 140))
    table.shares("kommun", "1415", (20, 40)).shares("kommun", "1419", (31, 60))
    assert reasons(table.frame(), catalogue) == {
        "14 T": "",
        "1440 T": "primary",
        "1480 T": "",
        "1415 T": "secondary",
        "1419 T": "",
    }


def test_two_withheld_kommuner_of_two_persons_each_take_a_third_along(catalogue: Catalogue, new_table: Any) -> None:
    table = new_table().shares("lan", "14", (42, 84))
    table.shares("kommun", "1440", (1, 2)).shares("kommun", "1480", (1, 2))
    table.shares("kommun", "1415", (20, 40)).shares("kommun", "1419", (20, 40))
    found = reasons(table.frame(), catalogue)
    assert [name for name, reason in found.items() if reason == "secondary"] == ["1415 T"]


def test_gotland_is_its_lan_so_another_lan_is_withheld_too(catalogue: Catalogue, new_table: Any) -> None:
    """A län with one kommun: withholding the kommun alone would be no secret."""
    table = new_table().shares("rike", "0000", (132, 264))
    table.shares("lan", "09", (2, 4)).shares("kommun", "0980", (2, 4))
    table.shares("lan", "10", (30, 60)).shares("kommun", "1080", (10, 20)).shares("kommun", "1081", (20, 40))
    table.shares("lan", "01", (100, 200)).shares("kommun", "0180", (100, 200))
    assert reasons(table.frame(), catalogue) == {
        "0000 T": "",
        "09 T": "primary",
        "0980 T": "primary",
        "10 T": "secondary",
        "1080 T": "secondary",
        "1081 T": "",
        "01 T": "",
        "0180 T": "",
    }


def test_none_in_a_kommun_is_withheld_and_its_place_is_no_cover_for_numerators(
    catalogue: Catalogue, new_table: Any
) -> None:
    """In 1415 nobody is satisfied, so the satisfied of the län less none would be those of 1440."""
    table = new_table("ao-brukare").shares("rike", "0000", (75, 145)).shares("lan", "14", (15, 45))
    table.shares("kommun", "1440", (3, 10)).shares("kommun", "1415", (0, 15)).shares("kommun", "1480", (12, 20))
    table.shares("lan", "13", (60, 100)).shares("kommun", "1315", (30, 50)).shares("kommun", "1380", (30, 50))
    found = reasons(table.frame(), catalogue)
    assert found["1440 T"] == found["1415 T"] == "primary"
    assert found["1480 T"] == "secondary"
    assert found["14 T"] == found["13 T"] == found["1315 T"] == ""


def test_a_unit_inside_a_withheld_kommun_is_withheld_too(catalogue: Catalogue, new_table: Any) -> None:
    table = new_table().shares("kommun", "0114", (3, 50)).shares("kommun", "0115", (15, 46))
    table.shares("enhet", "0115", (5, 16), unit="E0")
    table.add("enhet", "0114", value=40.0, unit="E0")
    assert reasons(table.frame(), catalogue) == {
        "0114 T": "primary",
        "0115 T": "",
        "0115 E0 T": "",
        "0114 E0 T": "propagated",
    }


def test_without_a_published_sum_nothing_more_is_withheld(catalogue: Catalogue, new_table: Any) -> None:
    table = new_table().shares("kommun", "1440", (2, 4)).shares("kommun", "1480", (70, 140))
    assert reasons(table.frame(), catalogue) == {"1440 T": "primary", "1480 T": ""}


def test_the_sexes_of_a_withheld_total_have_no_status_of_their_own(catalogue: Catalogue, new_table: Any) -> None:
    table = new_table().add("kommun", "1440", value=75.0, numerator=3, denominator=4)
    table.add("kommun", "1440", sex="K", value=75.0, numerator=3, denominator=4)
    table.add("kommun", "1440", sex="M", status="ej_tillamplig")
    assert set(release(table.frame(), catalogue)["status"]) == {"sekretess"}


def test_what_the_source_withheld_counts_as_withheld(catalogue: Catalogue, new_table: Any) -> None:
    table = new_table().shares("lan", "14", (93, 186)).add("kommun", "1440", status="sekretess")
    table.shares("kommun", "1480", (70, 140)).shares("kommun", "1415", (20, 40))
    assert reasons(table.frame(), catalogue) == {
        "14 T": "",
        "1440 T": "source",
        "1480 T": "",
        "1415 T": "secondary",
    }


def test_a_small_unit_takes_another_unit_along_where_they_make_up_the_kommun(
    catalogue: Catalogue, new_table: Any
) -> None:
    table = new_table().shares("kommun", "1440", (40, 80))
    table.shares("enhet", "1440", (1, 3), unit="Solgården").shares("enhet", "1440", (19, 37), unit="Ekbacken")
    table.shares("enhet", "1440", (20, 40), unit="Lunden")
    found = reasons(table.frame(), catalogue)
    assert {name for name, reason in found.items() if reason} == {"1440 Solgården T", "1440 Ekbacken T"}


def test_a_small_unit_stands_alone_where_other_persons_hide_it(catalogue: Catalogue, new_table: Any) -> None:
    table = new_table().shares("kommun", "1440", (40, 80))
    table.shares("enhet", "1440", (1, 3), unit="Solgården").shares("enhet", "1440", (19, 37), unit="Ekbacken")
    assert reasons(table.frame(), catalogue)["1440 Ekbacken T"] == ""


def test_the_parts_of_a_withheld_kommun_are_withheld(catalogue: Catalogue, new_table: Any) -> None:
    table = new_table().shares("kommun", "0180", (2, 4))
    table.add("stadsdel", "018001", value=50.0).add("enhet", "018001", value=50.0, unit="Linden")
    table.add("enhet", "0180", "K", value=50.0, unit="Boken")
    found = reasons(table.frame(), catalogue)
    assert set(found.values()) == {"primary", "propagated"}


def test_a_group_with_a_withheld_kommun_is_withheld(catalogue: Catalogue, new_table: Any) -> None:
    table = new_table().shares("kommun", "0180", (1, 2)).shares("kommun", "1480", (50, 100))
    table.shares("kommungrupp", "A1", (51, 102)).shares("kommungrupp", "A2", (50, 100))
    found = reasons(table.frame(), catalogue)
    assert found["A1 T"] == "propagated"
    assert found["A2 T"] == ""


def test_percentages_without_counts_pass_as_the_source_published_them(catalogue: Catalogue, new_table: Any) -> None:
    table = new_table()
    for code in ("1440", "0180"):
        for sex in "TKM":
            table.add("kommun", code, sex, value=50)
    assert set(reasons(table.frame(), catalogue).values()) == {""}


def test_years_and_indicators_do_not_touch_each_other(catalogue: Catalogue, new_table: Any) -> None:
    table = new_table().shares("lan", "14", (72, 144))
    table.shares("kommun", "1440", (2, 4)).shares("kommun", "1480", (70, 140))
    one = table.frame()
    other = one.assign(year=one["year"] + 1)
    other.loc[1, ["value", "numerator", "denominator"]] = [50.0, 20.0, 40.0]
    out = release(pd.concat([one, other], ignore_index=True), catalogue)
    assert out["status"].eq("sekretess").groupby(out["year"]).sum().tolist() == [2, 0]


def test_an_empty_table_and_one_without_persons_pass(catalogue: Catalogue, new_table: Any) -> None:
    table = new_table("ao-rutin").add("kommun", "1440", answer="ja")
    assert reasons(table.frame(), catalogue) == {"1440 T": ""}
    assert len(release(table.frame().iloc[:0], catalogue)) == 0

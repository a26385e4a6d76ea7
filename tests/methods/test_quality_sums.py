"""Figures that must fit together, and those that don't."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lagesbild.catalogue.indicators import Scale, Survey
from lagesbild.methods.quality_sums import count_findings, national_findings, rounding_step, sex_findings

COUNTS = {"n_answers": np.nan, "n_asked": np.nan}


def by_sex(t: float, k: float, m: float, **counts: tuple[float, float, float]) -> list[dict[str, object]]:
    rows = [{"region": "0114", "sex": sex, "value": value} for sex, value in zip("TKM", (t, k, m), strict=True)]
    for name, three in counts.items():
        for row, count in zip(rows, three, strict=True):
            row[name] = count
    return rows


@pytest.mark.parametrize(
    ("values", "wrong"),
    [((50, 40, 60), False), ((61, 40, 60), False), ((62, 40, 60), True), ((38, 40, 60), True), ((50, 50, 50), False)],
)
def test_a_total_lies_between_women_and_men_to_a_rounding_step(released, indicator, values, wrong):
    found = sex_findings(released(*by_sex(*values)), indicators=[indicator()])
    assert len(found) == wrong
    if wrong:
        assert found["severity"].tolist() == [2]
        assert "ligger utanför kvinnors 40 och mäns 60" in found["text"][0]


def test_in_a_user_survey_sex_may_be_left_out_so_the_finding_is_mild(released, indicator):
    found = sex_findings(released(*by_sex(62, 40, 60)), indicators=[indicator(survey=Survey.BRUKARUNDERSOKNING)])
    assert found["severity"].tolist() == [1]


def test_a_count_may_be_the_sum_of_women_and_men(released, indicator):
    assert sex_findings(released(*by_sex(100, 40, 60)), indicators=[indicator(scale=Scale.ANTAL)]).empty
    assert len(sex_findings(released(*by_sex(110, 40, 60)), indicators=[indicator(scale=Scale.ANTAL)])) == 1


def test_counts_of_women_and_men_add_up(released, indicator):
    good = by_sex(50, 40, 60, denominator=(20, 10, 10), numerator=(10, 4, 6))
    assert sex_findings(released(*good), indicators=[indicator()]).empty
    bad = by_sex(50, 40, 60, denominator=(25, 10, 10))
    found = sex_findings(released(*bad), indicators=[indicator()])
    assert found["text"].tolist() == ["Kvinnor och män har tillsammans nämnaren 20, men totalt står 25"]


def test_a_withheld_sex_gives_no_finding(released, indicator):
    rows = by_sex(90, 40, 60)
    rows[1] = {"region": "0114", "sex": "K", "status": "sekretess"}
    assert sex_findings(released(*rows), indicators=[indicator()]).empty


def test_counts_and_value_must_agree_to_rounding(released, indicator):
    rows = released(
        {"region": "0114", "value": 33.0, "numerator": 1.0, "denominator": 3.0},
        {"region": "0115", "value": 40.0, "numerator": 1.0, "denominator": 3.0},
        {"region": "0305", "value": 100.0, "numerator": 4.0, "denominator": 3.0},
    ).assign(**COUNTS)
    found = count_findings(rows, indicators=[indicator()])
    assert found[["region", "severity"]].to_numpy().tolist() == [["0115", 2], ["0305", 3]]


def test_a_difference_that_does_not_print_is_none(released, indicator):
    rows = released(
        {"region": "0114", "value": 33.3, "numerator": 1.0, "denominator": 3.0},
        {"region": "0000", "level": "rike", "value": 100 / 3, "numerator": 1.0, "denominator": 3.0},
        {"region": "0115", "value": 33.5, "numerator": 1.0, "denominator": 3.0},
    ).assign(**COUNTS)
    assert count_findings(rows, indicators=[indicator()])["region"].tolist() == ["0115"]


def test_values_outside_their_scale_and_more_answers_than_asked_are_serious(released, indicator):
    rows = released({"region": "0114", "value": 101.0}, {"region": "0115", "value": 50.0}).assign(**COUNTS)
    rows.loc[1, ["n_answers", "n_asked"]] = [12, 10]
    found = count_findings(rows, indicators=[indicator()])
    assert found[["region", "check", "severity"]].to_numpy().tolist() == [
        ["0114", "omojligt_varde", 3],
        ["0115", "taljare_namnare", 3],
    ]


def national(released, riket: float, **more: float) -> pd.DataFrame:
    kommuner = [{"region": f"{1000 + n}", "value": 40.0 + n, **more} for n in range(21)]  # mean 50
    return released({"region": "0000", "level": "rike", "value": riket}, *kommuner)


def people(largest: int = 1_000) -> pd.Series:
    return pd.Series([1_000] * 20 + [largest], index=[f"{1000 + n}" for n in range(21)])


@pytest.mark.parametrize(
    ("riket", "largest", "severity"),
    [
        (50, 1_000, None),
        (62, 1_000, 3),
        (39, 1_000, 2),  # a rounding step below the lowest: not outside, but far from the mean
        (57, 200_000, None),  # near the mean by inhabitants, 59
        (42, 1_000, 2),
    ],
)
def test_riket_lies_among_the_kommuner_and_near_a_mean_of_theirs(released, indicator, riket, largest, severity):
    found = national_findings(national(released, riket), indicators=[indicator()], population=people(largest))
    assert found["severity"].tolist() == ([] if severity is None else [severity])


def test_where_all_denominators_are_known_riket_is_their_sum_or_the_plain_mean(released, indicator):
    rows = national(released, 52.0, denominator=10.0)
    found = national_findings(rows, indicators=[indicator()], population=people())
    assert found["check"].tolist() == ["riket_mot_kommuner"]
    assert national_findings(
        national(released, 51.0, denominator=10.0), indicators=[indicator()], population=people()
    ).empty
    # A kommun is missing: the sum isn't known, and 52 is near enough.
    assert national_findings(rows.iloc[:-1], indicators=[indicator()], population=people()).empty


def test_the_step_of_rounding_is_read_from_the_values():
    assert rounding_step(pd.Series([1.0, 20.0])) == 1
    assert rounding_step(pd.Series([1.5, 20.0])) == pytest.approx(0.1)
    assert rounding_step(pd.Series([1 / 3])) == pytest.approx(0.001)


def piled(rng: np.random.Generator, number: int = 120) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return kommuner most of which have 100 percent, with counts and inhabitants, and those that are missing."""
    units = np.minimum(rng.poisson(rng.lognormal(1.3, 0.9, number)) + 1, 200)
    own = rng.choice([1.0, 0.9, 0.6], p=[0.6, 0.25, 0.15], size=number)
    yes = rng.binomial(units, own)
    frame = pd.DataFrame(
        {
            "region": [f"{1000 + n}" for n in range(number)],
            "value": np.round(100 * yes / units, 1),
            "numerator": yes * 1.0,
            "denominator": units * 1.0,
            "people": units * 3_000.0 * rng.lognormal(0, 0.3, number),
        }
    )
    missing = rng.random(number) < 0.22
    return frame[~missing], frame[missing]


@pytest.mark.parametrize("counted", [True, False])
@pytest.mark.parametrize("withheld", [True, False])
def test_a_right_national_figure_is_seldom_called_wrong_where_values_are_piled_at_100(
    released, indicator, counted, withheld
):
    false, found_wrong, runs = 0, 0, 60
    for run in range(runs):
        seen, unseen = piled(np.random.default_rng(run))
        everyone = pd.concat([seen, unseen])
        riket = round(float(100 * everyone["numerator"].sum() / everyone["denominator"].sum()), 1)
        people = everyone.set_index("region")["people"].sort_index()
        columns = ["region", "value", "numerator", "denominator"] if counted else ["region", "value"]
        # Full houses of few are withheld: what is left is lower than the whole.
        few = (seen["denominator"] < 5) & withheld
        kommuner = [*seen.loc[~few, columns].to_dict("records")]
        hidden = [{"region": region, "status": "sekretess"} for region in seen.loc[few, "region"]]
        for figure in (riket, riket - 25):
            rows = released({"region": "0000", "level": "rike", "value": figure}, *kommuner, *hidden)
            told = len(national_findings(rows, indicators=[indicator()], population=people))
            false, found_wrong = false + told * (figure == riket), found_wrong + told * (figure != riket)
    assert false / runs <= 0.02
    # Withheld kommuner leave room for almost anything; the others don't.
    assert withheld or found_wrong / runs >= 0.9


def test_a_difference_that_does_not_print_is_no_finding_for_riket(released, indicator):
    kommuner = [{"region": f"{1000 + n}", "value": 92.123 + 0.001 * (n % 2), "denominator": 10.0} for n in range(21)]
    rows = released({"region": "0000", "level": "rike", "value": 92.06 + 0.064}, *kommuner)
    assert national_findings(rows, indicators=[indicator()], population=people()).empty


def test_withheld_kommuner_may_be_what_lifts_riket(released, indicator):
    shown = [{"region": f"{1000 + n}", "value": 90.0 + n % 3} for n in range(40)]
    hidden = [{"region": f"{1040 + n}", "status": "sekretess"} for n in range(40)]
    everyone = pd.Series(1_000, index=[f"{1000 + n}" for n in range(80)])
    riket = {"region": "0000", "level": "rike", "value": 95.5}
    found = national_findings(released(riket, *shown), indicators=[indicator()], population=everyone)
    assert found["check"].tolist() == ["riket_mot_kommuner"]
    assert national_findings(released(riket, *shown, *hidden), indicators=[indicator()], population=everyone).empty

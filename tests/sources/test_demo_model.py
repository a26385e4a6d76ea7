"""The synthetic Sweden is believable: levels, spread, persistence, small numbers, non-response."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lagesbild.catalogue.load import Catalogue, load_catalogue
from lagesbild.catalogue.regions import kommun, kommuner
from lagesbild.errors import CatalogueError
from lagesbild.sources.demo.assumptions import load_assumptions
from lagesbild.sources.demo.frames import percent, round_half_up
from lagesbild.sources.demo.land import land_of
from lagesbild.sources.demo.model import FIRST_YEAR_BY_SEX, simulate, simulate_all
from lagesbild.sources.demo.persons import target_size
from lagesbild.sources.demo.rates import persons_per


def _simulate(*ids: str, years: range = range(2016, 2025), seed: int = 2024) -> pd.DataFrame:
    catalogue = load_catalogue()
    return simulate_all(
        seed=seed,
        indicators=[catalogue.by_id(one) for one in ids],
        assumptions=load_assumptions(),
        land=land_of(kommuner()),
        years=years,
    )


def _riket(rows: pd.DataFrame) -> pd.Series:
    return rows[(rows["region"] == "0000") & (rows["sex"] == "T")].set_index("year")["value"]


def test_over_80_percent_are_satisfied_with_home_care() -> None:
    for seed in (1, 2, 2024):
        riket = _riket(_simulate("ao-hemtjanst-nojdhet", seed=seed))
        assert len(riket) == 9
        assert riket.between(80, 96).all()


def test_a_gender_perspective_in_follow_up_is_rare_and_becomes_less_so() -> None:
    rows = _simulate("ao-uppfoljning-kon", "eb-uppfoljning-kon")
    share = rows[rows["status"] == "ok"].assign(ja=lambda frame: 100 * (frame["answer"] == "ja"))
    by_year = share.pivot_table(index="year", columns="indicator", values="ja", aggfunc="mean")
    assert by_year.loc[2020, "ao-uppfoljning-kon"] == pytest.approx(7, abs=4)
    assert by_year.loc[2020, "eb-uppfoljning-kon"] == pytest.approx(16, abs=5)
    assert (by_year.loc[2021] > by_year.loc[2016]).all()


def test_between_86_and_95_percent_of_kommuner_answer_the_kommunenkat() -> None:
    rows = _simulate("ao-rutin-vald", "kris-kontinuitetsplan", "bu-skolgang-skyddat-boende")
    answered = rows.assign(in_time=rows["status"] != "bortfall").groupby(["indicator", "year"])["in_time"].mean()
    assert answered.between(0.855, 0.955).all()
    assert answered.nunique() > 5


def test_users_answer_at_60_percent_in_home_care_and_50_in_special_housing() -> None:
    rows = _simulate("ao-hemtjanst-nojdhet", "ao-sarskilt-boende-nojdhet")
    riket = rows[(rows["region"] == "0000") & (rows["sex"] == "T")].groupby("indicator")[["n_answers", "n_asked"]].sum()
    rate = riket["n_answers"] / riket["n_asked"]
    assert rate["ao-hemtjanst-nojdhet"] == pytest.approx(0.60, abs=0.01)
    assert rate["ao-sarskilt-boende-nojdhet"] == pytest.approx(0.50, abs=0.01)


def test_the_total_is_the_sum_of_women_and_men() -> None:
    rows = _simulate("ao-hemtjanst-nojdhet", "mb-visar-forstaelse", "eb-langvarigt-bistand")
    assert set(rows.loc[rows["sex"] != "T", "year"]) == set(range(FIRST_YEAR_BY_SEX, 2025))
    rows = rows[rows["year"] >= FIRST_YEAR_BY_SEX]
    wide = rows.fillna({"numerator": 0, "denominator": 0}).pivot_table(
        index=["indicator", "year", "region"], columns="sex", values=["numerator", "denominator"], aggfunc="sum"
    )
    for count in ("numerator", "denominator"):
        assert (wide[count]["T"] == wide[count]["K"] + wide[count]["M"]).all()
    assert (wide["denominator"]["T"] > 0).mean() > 0.95


def test_riket_and_lan_are_the_sums_of_their_kommuner() -> None:
    rows = _simulate("ao-hemtjanst-nojdhet", years=range(2024, 2025))
    total = rows[rows["sex"] == "T"]
    of_kommuner = total[total["level"] == "kommun"]
    assert total[total["region"] == "0000"]["numerator"].item() == of_kommuner["numerator"].sum()
    by_lan = of_kommuner.groupby(of_kommuner["region"].str[:2])["denominator"].sum()
    lan = total[total["level"] == "lan"].set_index("region")["denominator"]
    pd.testing.assert_series_equal(lan, by_lan, check_names=False)


def test_a_percentage_is_its_counts_rounded_half_up() -> None:
    rows = _simulate("ao-hemtjanst-nojdhet", years=range(2024, 2025))
    ok = rows[rows["status"] == "ok"]
    exact = 100 * ok["numerator"] / ok["denominator"]
    assert (ok["value"] - exact).abs().max() <= 0.05 + 1e-9
    assert percent(np.array([1.0]), np.array([16.0])).item() == 6.3  # 6.25 goes up, not to even
    assert round_half_up(np.array([-2.5, 2.5, 0.125]), 0).tolist() == [-3, 3, 0]


def test_small_kommuner_have_cells_on_fewer_than_five_persons() -> None:
    rows = _simulate("mb-visar-forstaelse", "sp-boende-trivs", years=range(2022, 2025))
    cells = rows[(rows["level"] == "kommun") & (rows["sex"] == "T") & (rows["status"] == "ok")]
    small = set(cells[cells["denominator"] < 5]["region"])
    assert len(small) > 30
    assert "0180" not in small
    sizes = {one.kod: one.folkmangd for one in kommuner()}
    assert np.median([sizes[code] for code in small]) < 12_000


def test_a_kommun_without_users_is_not_applicable_and_keeps_no_figures() -> None:
    rows = _simulate("sp-boende-trivs")
    none = rows[rows["status"] == "ej_tillamplig"]
    assert len(none) > 50
    assert none[["value", "numerator", "denominator", "n_answers"]].isna().all(axis=None)


def test_a_kommun_keeps_its_place_from_year_to_year() -> None:
    rows = _simulate("eb-kostnad")
    wide = rows[rows["level"] == "kommun"].pivot_table(index="region", columns="year", values="value")
    near, far = wide[2023].corr(wide[2024]), wide[2016].corr(wide[2024])
    assert near > 0.85
    assert 0.5 < far < near


def test_answers_change_seldom() -> None:
    rows = _simulate("bu-skolgang-skyddat-boende")
    wide = rows.pivot_table(index="region", columns="year", values="answer", aggfunc="first")
    kept = [
        (wide[year] == wide[year + 1])[wide[[year, year + 1]].notna().all(axis=1)].mean() for year in range(2016, 2024)
    ]
    assert 0.8 < np.mean(kept) < 0.97


def test_yes_and_no_questions_have_no_delvis() -> None:
    rows = _simulate("ao-rutin-vald", "vnr-fortbildning")
    said = rows.groupby("indicator")["answer"].agg(lambda answers: set(answers.dropna()))
    assert said["ao-rutin-vald"] == {"ja", "nej"}
    assert said["vnr-fortbildning"] == {"ja", "delvis", "nej"}


def test_an_indicators_figures_do_not_depend_on_the_others_or_on_the_years_asked_for() -> None:
    alone = _simulate("ao-hemtjanst-nojdhet", years=range(2020, 2023))
    among = _simulate("ao-sarskilt-boende-nojdhet", "ao-hemtjanst-nojdhet", "eb-kostnad")
    among = among[(among["indicator"] == "ao-hemtjanst-nojdhet") & among["year"].between(2020, 2022)]
    pd.testing.assert_frame_equal(alone, among.reset_index(drop=True))


def test_a_kommuns_units_make_its_figure() -> None:
    rows = _simulate("ao-enheter-rutin-vald", "ao-hemtjanst-genomforandeplan", years=range(2024, 2025))
    units = rows[rows["level"] == "enhet"]
    assert units[units["indicator"] == "ao-enheter-rutin-vald"]["value"].isin([0, 100]).all()
    summed = units.groupby(["indicator", "region"])[["numerator", "denominator"]].sum()
    told = rows[(rows["level"] == "kommun") & (rows["status"] == "ok")].set_index(["indicator", "region"])
    pd.testing.assert_frame_equal(told[["numerator", "denominator"]], summed.loc[told.index])


def test_a_kommun_with_over_a_fifth_of_its_units_silent_is_not_published() -> None:
    rows = _simulate("ao-enheter-rutin-vald")
    told = rows[rows["level"] == "kommun"]
    silent = told["n_answers"] < 0.8 * told["n_asked"]
    assert silent.any()
    assert ((told["status"] == "bortfall") == silent).all()


RATES = ("bu-suicid", "bu-haktade-barn", "ao-suicid", "lss-personer-boende", "vnr-insats-malet-natt", "sp-god-man")


def test_every_number_of_persons_per_so_many_is_drawn_as_a_rate() -> None:
    per = {one.id: found for one in load_catalogue().indicators if (found := persons_per(one))}
    assert per["bu-suicid"] == 100_000
    assert per["lss-personer-boende"] == 10_000
    assert per["bu-placerade-familjehem"] == 1_000
    assert set(RATES) <= set(per)
    assert len(per) >= 12


def test_no_kommuns_rate_stands_on_one_to_four_persons() -> None:
    catalogue, assumptions, land = load_catalogue(), load_assumptions(), land_of(kommuner())
    rows = _simulate(*RATES, years=range(2022, 2025))
    told = rows[(rows["level"] == "kommun") & (rows["status"] == "ok")]
    for (name, year, sex), part in told.groupby(["indicator", "year", "sex"]):
        indicator = catalogue.by_id(name)
        target = assumptions.target(indicator)
        size = target_size(seed=2024, indicator=indicator, target=target, land=land, year=year)
        share = {"T": 1.0, "K": target.women_percent / 100, "M": 1 - target.women_percent / 100}[sex]
        people = part["region"].map(dict(zip(land.codes, share * size, strict=True))).to_numpy()
        events = part["value"].to_numpy() * people / persons_per(indicator)
        # Of a sex the group's size is known here but to a few percent.
        assert ((events < 0.01) | (events > (4.9 if sex == "T" else 4.0))).all(), (name, year, sex)


def test_a_rate_is_withheld_for_women_and_men_together() -> None:
    rows = _simulate("bu-suicid", years=range(2022, 2025))
    secret = rows.assign(secret=rows["status"].eq("sekretess")).pivot_table(
        index=["year", "level", "region"], columns="sex", values="secret", aggfunc="first"
    )
    assert (secret["K"] == secret["M"]).all()
    assert secret.loc[secret["T"].astype(bool), "K"].all()
    assert 0.2 < secret["T"].mean() < secret["K"].mean() < 1
    assert rows.loc[rows["status"].eq("sekretess"), "value"].isna().all()


def test_no_kommuns_rate_is_withheld_alone_in_a_lan_that_is_told() -> None:
    rows = _simulate(*RATES, years=range(2022, 2025))
    secret = rows[rows["status"] == "sekretess"].assign(lan=lambda frame: frame["region"].str[:2])
    keys = ["indicator", "year", "sex", "lan"]
    alone = secret[secret["level"] == "kommun"].groupby(keys).size().loc[lambda count: count == 1]
    lan = secret[secret["level"] == "lan"].set_index(keys).index
    assert len(alone)
    assert alone.index.isin(lan).all()  # only Gotland: elsewhere the smallest other kommun goes along
    assert {key[-1] for key in alone.index} == {"09"}
    assert (secret[secret["level"] == "lan"].groupby(keys[:-1]).size() >= 2).mean() > 0.9


def test_a_rates_figures_do_not_depend_on_the_others_or_on_the_years_asked_for() -> None:
    alone = _simulate("bu-suicid", years=range(2022, 2024))
    among = _simulate("bu-haktade-barn", "bu-suicid", "sp-god-man")
    among = among[(among["indicator"] == "bu-suicid") & among["year"].between(2022, 2023)]
    pd.testing.assert_frame_equal(alone, among.reset_index(drop=True))


def test_riket_has_the_rate_of_its_level() -> None:
    assert _riket(_simulate("sp-god-man")).between(6, 10).all()
    assert _riket(_simulate("bu-suicid")).between(45, 120).all()


def test_figures_on_too_few_persons_are_withheld_by_the_source_too() -> None:
    rows = _simulate("vnr-insats-malet-natt")
    withheld = rows[rows["status"] == "sekretess"]
    assert len(withheld) > 100
    assert withheld["value"].isna().all()
    assert kommun("Stockholm").kod not in set(withheld["region"])


def test_every_indicator_of_the_catalogue_has_a_level_and_stays_in_its_range() -> None:
    catalogue = load_catalogue()
    assumptions, land = load_assumptions(), land_of(kommuner())
    for indicator in Catalogue(catalogue.indicators[::5]).indicators:
        rows = simulate(seed=3, indicator=indicator, assumptions=assumptions, land=land, years=range(2023, 2025))
        values = rows["value"].dropna()
        assert (values >= 0).all()
        if indicator.scale.value == "procent":
            assert (values <= 100).all()
        if indicator.measured(2024) and not indicator.is_answer:
            assert values.nunique() > 20, indicator.id


def test_a_fault_in_the_reviewed_tables_is_named_by_line(tmp_path) -> None:
    (tmp_path / "levels.csv").write_text(
        "pattern,scale,level,spread,drift,note_source\na-*,procent,nittio,3,0,x\nb-*,procent,9,tre,0,x\n", "utf-8"
    )
    (tmp_path / "target_groups.csv").write_text("pattern,per_1000,women_percent\na-*,1,2\n", "utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_assumptions(tmp_path)
    places = [(fault.file, fault.row, fault.column) for fault in caught.value.faults]
    assert ("levels.csv", 2, "level") in places
    assert ("levels.csv", 3, "spread") in places
    assert {fault.file for fault in caught.value.faults} == {"levels.csv", "target_groups.csv"}


def test_an_indicator_without_a_row_is_named(tmp_path) -> None:
    (tmp_path / "levels.csv").write_text("pattern,scale,level,spread,drift,note_source\n", "utf-8")
    (tmp_path / "target_groups.csv").write_text(
        "pattern,per_1000,women_percent,response_percent,note_source\n", "utf-8"
    )
    indicator = load_catalogue().by_id("eb-kostnad")
    with pytest.raises(CatalogueError, match="eb-kostnad"):
        load_assumptions(tmp_path).level(indicator)

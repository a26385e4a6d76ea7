"""The reviewed catalogue: what its ten files must cover, and that Kolada has the figures they promise."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.indicators import (
    Counted,
    Direction,
    IndicatorType,
    Kind,
    LifecycleState,
    Part,
    Scale,
)
from lagesbild.catalogue.load import Catalogue, load_catalogue
from lagesbild.catalogue.resources import catalogue_folder, registers_folder
from lagesbild.errors import CatalogueError, ParameterError

AREA_IDS = [area.id for area in AREAS]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="module")
def dump(shared_data: Path) -> pd.DataFrame:
    """Return Kolada's values for kommuner 2012-2021."""
    columns = ["kpi", "geo", "year", "gender", "value"]
    frame = pd.read_parquet(shared_data / "kolada" / "observations.parquet", columns=columns)
    return frame[(frame["geo"].str.len() == 4) & frame["year"].between(2012, 2021)]


def test_there_is_one_file_per_area() -> None:
    assert sorted(path.stem for path in catalogue_folder().glob("*.yml")) == sorted(AREA_IDS)


@pytest.mark.parametrize("area_id", AREA_IDS)
def test_each_area_spans_structure_process_and_result(catalogue: Catalogue, area_id: str) -> None:
    indicators = catalogue.in_area(area_id)
    assert len(indicators) >= 8
    assert {indicator.type for indicator in indicators} == set(IndicatorType)


@pytest.mark.parametrize("area_id", AREA_IDS)
def test_each_area_has_a_checklist_directed_numbers_and_a_cost(catalogue: Catalogue, area_id: str) -> None:
    indicators = catalogue.in_area(area_id)
    directed = [i for i in indicators if not i.is_answer and i.direction is not Direction.INGEN]
    assert sum(i.is_answer for i in indicators) >= 3
    assert len(directed) >= 3
    assert any(i.part is Part.KOSTNADSNYCKELTAL and i.scale is Scale.KRONOR for i in indicators)


def test_the_catalogue_covers_every_scale_direction_kind_part_and_state(catalogue: Catalogue) -> None:
    indicators = catalogue.indicators
    assert {i.scale for i in indicators} == set(Scale)
    assert {i.direction for i in indicators} == set(Direction)
    assert {i.kind for i in indicators} == set(Kind)
    assert {i.part for i in indicators} == set(Part)
    assert {i.last_state for i in indicators} == set(LifecycleState)


def test_indicators_stand_in_the_order_of_the_areas(catalogue: Catalogue) -> None:
    assert list(dict.fromkeys(i.area for i in catalogue.indicators)) == AREA_IDS


def test_titles_of_an_area_differ(catalogue: Catalogue) -> None:
    for area_id in AREA_IDS:
        titles = [i.short_title for i in catalogue.in_area(area_id)]
        assert len(titles) == len(set(titles)), area_id


def test_titles_carry_no_kpi_code_or_unit(catalogue: Catalogue) -> None:
    for indicator in catalogue.indicators:
        for text in (indicator.title, indicator.short_title):
            assert not any(mark in text for mark in ("(%)", "kr/", "Ja=1", "U2", "N2"))
            assert not re.search(r"\bandel", text, re.IGNORECASE)
            assert text[0].isupper()
            assert not text.endswith(".")


def test_every_figure_on_persons_or_households_has_a_threshold_of_at_least_five(catalogue: Catalogue) -> None:
    for indicator in catalogue.indicators:
        if indicator.counted in (Counted.PERSONER, Counted.HUSHALL):
            assert indicator.threshold is not None, indicator.id
            assert indicator.threshold >= 5, indicator.id
        else:
            assert indicator.threshold is None, indicator.id


def test_the_in_depth_rhythm_begins_after_the_yearly_one(catalogue: Catalogue) -> None:
    lonely = catalogue.by_id("ao-hemtjanst-ensamhet")
    years = [year for year in range(2010, 2028) if lonely.measured(year)]
    assert years == [*range(2012, 2023), 2023, 2025, 2027]
    emergency = catalogue.by_id("ao-socialjour")
    assert [year for year in range(2014, 2029) if emergency.measured(year)] == [
        *range(2016, 2022),
        2023,
        2027,
    ]


def test_a_replaced_indicator_is_measured_until_its_successor_takes_over(catalogue: Catalogue) -> None:
    old = catalogue.by_id("ao-uppfoljning-anvand")
    successor = old.lifecycle[-1].successor
    assert successor is not None
    new = catalogue.by_id(successor)
    assert old.measured(2022) and not new.measured(2022)
    assert new.measured(2023) and not old.measured(2023)


def test_homelessness_is_surveyed_every_second_year(catalogue: Catalogue) -> None:
    first = catalogue.by_id("hem-bostad-forst")
    assert [year for year in range(2015, 2025) if first.measured(year)] == [2016, 2018, 2020, 2022, 2024]


def test_an_unknown_indicator_is_met_with_a_suggestion(catalogue: Catalogue) -> None:
    with pytest.raises(ParameterError, match="ao-hemtjanst-nojdhet"):
        catalogue.by_id("ao-hemtjanst-nojd")
    with pytest.raises(ParameterError, match="aldreomsorg"):
        catalogue.in_area("äldreomsorg")


def test_an_indicator_is_found_by_its_kpi(catalogue: Catalogue) -> None:
    found = catalogue.by_kolada("U21468")
    assert found is not None
    assert found.id == "ao-hemtjanst-nojdhet"
    assert catalogue.by_kolada("U99999") is None


def test_the_table_has_one_row_per_indicator_and_no_raw_objects(catalogue: Catalogue) -> None:
    frame = catalogue.frame()
    assert list(frame["id"]) == [i.id for i in catalogue.indicators]
    assert set(frame.dtypes.astype(str)) == {"str", "Int64", "bool"}
    row = frame.set_index("id").loc["ao-gps-larm"]
    assert row["kolada_codes"] == "2=ja;1=delvis;0=nej"
    assert row["levels"] == "rike;lan;kommungrupp;kommun"
    assert pd.isna(row["numerator"])


def test_an_empty_folder_is_no_catalogue(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="no area files"):
        load_catalogue(tmp_path)


def test_every_kpi_exists_in_kolada(catalogue: Catalogue, shared_data: Path) -> None:
    known = set(pd.read_csv(shared_data / "kolada" / "kpi.csv", usecols=["id"])["id"])
    assert [i.id for i in catalogue.indicators if i.kolada is not None and i.kolada not in known] == []


def test_percentages_in_kolada_lie_between_0_and_100(catalogue: Catalogue, dump: pd.DataFrame) -> None:
    percent = {i.kolada for i in catalogue.indicators if i.kolada and i.scale is Scale.PROCENT}
    values = dump[dump["kpi"].isin(percent)]
    assert len(values) > 100_000
    outside = values[~values["value"].between(0, 100)]
    # What is known to be wrong is read as missing; a new fault is a fault.
    known = pd.read_csv(registers_folder() / "kolada_known_faults.csv", dtype=str)
    listed = set(zip(known["kpi"], known["region"], known["year"], known["sex"], strict=True))
    keys = zip(outside["kpi"], outside["geo"], outside["year"].astype(str), outside["gender"], strict=True)
    assert sorted(set(keys) - listed) == []


def test_answers_in_kolada_have_a_code_in_the_catalogue(catalogue: Catalogue, dump: pd.DataFrame) -> None:
    found = 0
    for indicator in catalogue.indicators:
        if indicator.is_answer and indicator.kolada:
            values = dump.loc[dump["kpi"] == indicator.kolada, "value"].unique()
            found += len(values)
            assert {f"{value:g}" for value in values} <= set(indicator.kolada_codes), indicator.id
    assert found > 0


def test_sexes_and_first_year_agree_with_kolada(catalogue: Catalogue, dump: pd.DataFrame) -> None:
    sexes = dump.groupby("kpi")["gender"].agg(set)
    begins = dump.groupby("kpi")["year"].min()
    compared = 0
    for indicator in catalogue.indicators:
        if indicator.kolada in sexes.index:
            compared += 1
            assert indicator.by_sex is ({"K", "M"} <= sexes[indicator.kolada]), indicator.id
            assert indicator.first_year is not None, indicator.id
            # The dump here begins in 2012; an earlier start can't be seen in it.
            assert max(indicator.first_year, 2012) == begins[indicator.kolada], indicator.id
    assert compared > 70

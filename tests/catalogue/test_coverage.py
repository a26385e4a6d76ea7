"""Every key figure of social services has one class, and the totals add up."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from lagesbild.catalogue.coverage import (
    SOCIAL_SERVICE_PREFIXES,
    KpiClass,
    area_coverage,
    class_counts,
    classify,
    unmapped_rules,
)
from lagesbild.catalogue.load import Catalogue, load_catalogue
from lagesbild.errors import CatalogueError
from lagesbild.sources.kolada_extent import read_extent, read_kpi_descriptions


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="module")
def kpis(shared_data: Path) -> pd.DataFrame:
    return read_kpi_descriptions(shared_data / "kolada" / "kpi.csv")


@pytest.fixture(scope="module")
def extent(shared_data: Path) -> pd.DataFrame:
    return read_extent(shared_data / "kolada" / "observations.parquet")


@pytest.fixture(scope="module")
def classified(kpis: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    return classify(kpis, catalogue=catalogue, rules=unmapped_rules())


def described(*rows: tuple[str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["id", "title"])
    return frame.assign(description="", municipality_type="K")


def test_every_social_service_kpi_has_exactly_one_class(kpis: pd.DataFrame, classified: pd.DataFrame) -> None:
    social = kpis.loc[kpis["id"].str.startswith(SOCIAL_SERVICE_PREFIXES), "id"]
    assert len(social) > 1_200
    assert list(classified["kpi"]) == sorted(social)
    assert set(classified["kpi_class"]) <= {str(one) for one in KpiClass}


def test_what_nobody_has_reviewed_is_little_and_has_no_values(classified: pd.DataFrame, extent: pd.DataFrame) -> None:
    left = classified[classified["kpi_class"] == KpiClass.EJ_GRANSKAD]
    assert len(left) <= 10
    assert not set(left["kpi"]) & set(extent["kpi"])


def test_the_classes_add_up(classified: pd.DataFrame, extent: pd.DataFrame) -> None:
    counts = class_counts(classified, extent).set_index("kpi_class")
    for column in ("kpis", "with_data"):
        assert counts.loc["summa", column] == counts[column].drop("summa").sum()
    assert counts.loc["summa", "kpis"] == len(classified)
    assert counts.loc["summa", "with_data"] == classified["kpi"].isin(extent["kpi"]).sum()


def test_the_areas_add_up_and_have_figures(catalogue: Catalogue, extent: pd.DataFrame) -> None:
    table = area_coverage(catalogue, year=2024, extent=extent).set_index("area")
    for column in ("indicators", "measured", "with_kpi", "with_data"):
        assert table.loc["summa", column] == table[column].drop("summa").sum()
    assert table.loc["summa", "indicators"] == len(catalogue.indicators)
    assert (table["with_data"] <= table["with_kpi"]).all()
    assert (table["with_kpi"] <= table["indicators"]).all()
    assert (table["with_data"] > 0).all()
    assert (table["kommuner"] <= 290).all()


def test_a_mapped_kpi_belongs_to_its_indicator_whatever_the_rules_say(catalogue: Catalogue) -> None:
    cost = catalogue.by_id("eb-kostnad")
    assert cost.kolada is not None
    found = classify(described((cost.kolada, "Kostnad, kr/inv")), catalogue=catalogue, rules=unmapped_rules())
    assert list(found["kpi_class"]) == ["katalogen"]
    assert list(found["indicator"]) == ["eb-kostnad"]


def test_the_first_rule_that_fits_decides_and_none_is_told(catalogue: Catalogue) -> None:
    rows = (
        ("N20999", "Kostnad något, kr/inv"),
        ("U28999", "Brukarbedömning gruppbostad LSS - Brukaren trivs hemma ibland, lägeskommun, andel (%)"),
        ("U28998", "Brukarbedömning gruppbostad LSS - Brukaren trivs alltid hemma, kommunal regi, andel (%)"),
        ("U39999", "Något helt nytt, andel (%)"),
        ("N15000", "Något i skolan"),
    )
    found = classify(described(*rows), catalogue=catalogue, rules=unmapped_rules()).set_index("kpi")["kpi_class"]
    assert found.to_dict() == {
        "N20999": "kostnad",
        "U28998": "regi",
        "U28999": "svarsalternativ",
        "U39999": "ej_granskad",
    }


def test_without_figures_their_number_is_unknown_not_zero(catalogue: Catalogue) -> None:
    found = classify(described(("U39999", "Något")), catalogue=catalogue, rules=unmapped_rules())
    assert class_counts(found)["with_data"].isna().all()
    assert area_coverage(catalogue, year=2024)["with_data"].isna().all()


def test_a_faulty_rule_is_named_by_row(tmp_path: Path) -> None:
    path = tmp_path / "rules.csv"
    path.write_text('class,field,pattern,reason\nkostnad,title,"(kr",Kostnader\n', encoding="utf-8")
    with pytest.raises(CatalogueError, match="no regular expression") as refused:
        unmapped_rules(path)
    assert refused.value.faults[0].row == 2
    path.write_text("class,field,pattern,reason\nkatalogen,title,kr,Kostnader\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="'katalogen' will not do"):
        unmapped_rules(path)

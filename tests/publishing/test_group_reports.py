"""Reports of groups: whose rows they read, what their means are of, and which files they become."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pikepdf
import pytest

from lagesbild.catalogue.analyst import OWN_GROUPS_FILE
from lagesbild.catalogue.regions import kommun, kommuner
from lagesbild.errors import NotBuiltError, ParameterError
from lagesbild.frame_bytes import parquet_bytes
from lagesbild.methods.cells import score
from lagesbild.publishing.group_documents import group_results
from lagesbild.publishing.group_reports import (
    lan_groups,
    make_group_reports,
    named_group,
    own_group,
    slug_of,
)
from lagesbild.publishing.group_rows import rows_path, write_group_rows
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.report_variants import variant_of


@pytest.fixture(scope="module")
def rows(world: Layout, tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """Return the world's rows of the report year, written in a root of their own that reads the world's analysis."""
    layout = Layout(root=tmp_path_factory.mktemp("rows"), source="demo", year=2024)
    layout.yearly.mkdir(parents=True)
    (layout.yearly / "analysis").symlink_to(world.yearly / "analysis")
    return pd.read_parquet(write_group_rows(layout))


def test_rows_are_released_totals_of_all_kommuner(rows: pd.DataFrame) -> None:
    assert not rows.duplicated(["indicator", "region"]).any()
    assert set(rows["region"]) == {one.kod for one in kommuner()}
    assert set(rows["year"]) == {2024}
    withheld = rows[rows["status"] == "sekretess"]
    assert len(withheld) > 50
    assert withheld[["value", "answer", "numerator", "denominator"]].isna().all(axis=None)


def test_means_are_of_the_shown_results_alone(rows: pd.DataFrame) -> None:
    members = lan_groups(["Hallands län"])[0].members
    codes = [one.kod for one in members]
    found = group_results(rows, members)
    assert len(found) > 200
    own = rows[rows["region"].isin(codes)].assign(score=score)
    plain = own.groupby("indicator")["score"].mean()
    counts = own.groupby("indicator")["score"].count()
    weighted = 0
    for name, result in found.items():
        assert result.unweighted == pytest.approx(plain[name])
        assert len(result.shown) == counts[name]
        if result.weighted is not None and result.indicator.scale == "procent":
            part = own[(own["indicator"] == name) & (own["status"] == "ok")]
            assert result.weighted == pytest.approx(100 * part["numerator"].sum() / part["denominator"].sum())
            weighted += 1
    assert weighted > 20


def test_a_withheld_result_leaves_no_trace_in_a_group(rows: pd.DataFrame) -> None:
    ok = rows[(rows["status"] == "ok") & rows["value"].notna() & (rows["region"] == "1440")].iloc[0]
    at = rows.index[(rows["indicator"] == ok["indicator"]) & (rows["region"] == "1440")]
    hidden = rows.copy()
    hidden.loc[at, ["value", "numerator", "denominator"]] = None
    hidden.loc[at, ["status", "skillnad_riket", "label"]] = ["sekretess", "", None]
    gone = rows.drop(index=at)
    members = (kommun("Ale"), kommun("Lerum"), kommun("Kungälv"))
    with_it, without = (group_results(frame, members)[ok["indicator"]] for frame in (hidden, gone))
    for figure in ("unweighted", "weighted", "riket", "spread", "values"):
        assert getattr(with_it, figure) == getattr(without, figure)
    assert kommun("Ale") not in [one.kommun for one in with_it.shown]


def test_a_group_is_made_once_and_a_variant_beside_it(world: Layout, tmp_path: Path) -> None:
    layout = Layout(root=tmp_path, source="demo", year=2024)
    layout.yearly.mkdir(parents=True)
    (layout.yearly / "analysis").symlink_to(world.yearly / "analysis")
    group = named_group(["Ale", "1482"])
    one, other = variant_of("krisberedskap"), variant_of("hemloshet")
    for variant in (one, other, one):
        make_group_reports(layout, [group], variant=variant, engine="embedded").raise_failures()
    folder = layout.release / "grupper" / "egen-1440-1482"
    made = sorted(path.name for path in folder.iterdir())
    assert made == ["grupprapport-hemloshet.pdf", "grupprapport-krisberedskap.pdf"]
    again = make_group_reports(layout, [group], variant=one, engine="embedded")
    assert not again.made
    with pikepdf.open(folder / made[1]) as pdf:
        assert pdf.docinfo["/Title"] == "Ale och Kungälv: krisberedskap 2024"
    assert not layout.twins.exists()
    assert rows_path(layout).is_file()


def test_lan_are_found_by_code_and_names_and_unknown_ones_suggest() -> None:
    for name in ("14", "Västra Götalands län", "västra götaland"):
        (group,) = lan_groups([name])
        assert (group.name, group.slug, len(group.members)) == ("Västra Götalands län", "14-vastra-gotaland", 49)
    assert len(lan_groups()) == 20
    assert sum(len(group.members) for group in lan_groups()) == 289
    with pytest.raises(ParameterError, match="Did you mean Västra Götalands län"):
        lan_groups(["Västra Götalans län"])


def test_own_groups_are_read_from_the_analysts_file(tmp_path: Path) -> None:
    layout = Layout(root=tmp_path, source="demo", year=2024)
    with pytest.raises(NotBuiltError, match=r"egna_grupper\.csv"):
        own_group(layout, "Nät 1")
    groups = pd.DataFrame({"group": ["Nät 1", "Nät 1", "nät-1"], "region": ["1440", "1482", "0180"]})
    layout.work.mkdir(parents=True)
    (layout.work / OWN_GROUPS_FILE).write_bytes(parquet_bytes(groups.astype("str")))
    first, second = own_group(layout, "nät 1"), own_group(layout, "nät-1")
    assert [one.namn for one in first.members] == ["Ale", "Kungälv"]
    assert first.slug != second.slug
    with pytest.raises(ParameterError, match="Did you mean"):
        own_group(layout, "Nät 2")


def test_groups_of_named_kommuner() -> None:
    assert named_group(["Ale", "Kungälv"]).name == "Ale och Kungälv"
    many = [named_group(["Ale", "Kungälv", "Lerum", last]) for last in ("Borås", "Göteborg")]
    assert many[0].name == "Egen grupp om 4 kommuner"
    assert many[0].slug != many[1].slug
    with pytest.raises(ParameterError, match="Did you mean Ale"):
        named_group(["Aale", "Kungälv"])
    with pytest.raises(ParameterError):
        named_group(["Ale", "1440"])


@pytest.mark.parametrize(("name", "slug"), [("Örebro & Co", "orebro-co"), ("../x", "x")])
def test_slugs_stay_inside_their_folder(name: str, slug: str) -> None:
    assert slug_of(name) == slug
    assert slug_of("///").isalnum()

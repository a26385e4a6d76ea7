"""A release's groups: Kolada's where given, our own where not, none where nothing is known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.background import FILE as BACKGROUND
from lagesbild.catalogue.background import TYPES, background_variables
from lagesbild.catalogue.peers import FILE as PEERS
from lagesbild.catalogue.regions import kommuner
from lagesbild.errors import NotBuiltError, ParameterError
from lagesbild.frame_bytes import parquet_bytes
from lagesbild.methods.comparison_groups import reference_means
from lagesbild.publishing.comparison_groups import release_groups
from lagesbild.publishing.kommun_data import SIMILAR_TYPES, read_similar
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.similar_kommuner import (
    agreement_of,
    peers_of,
    similar_frame,
    write_similar,
)

CODES = [one.kod for one in kommuner()]
WITHOUT = "2584"  # lacks the expected cost of äldreomsorg


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    """Return a source with every background variable, and groups of Ale's alone."""
    layout = Layout(root=tmp_path, source="demo", year=2024)
    random = np.random.default_rng(1)
    names = [variable.id for variable in background_variables()]
    rows = [(kod, 2023, name, float(random.uniform(1, 9))) for kod in CODES for name in names]
    frame = pd.DataFrame(rows, columns=list(TYPES)).astype(TYPES)
    frame = frame[~((frame["region"] == WITHOUT) & (frame["variable"] == "kostnad-aldreomsorg"))]
    layout.work.mkdir(parents=True)
    (layout.work / BACKGROUND).write_bytes(parquet_bytes(frame))
    title = "Liknande kommuner äldreomsorg, Ale, 2024"
    groups = pd.DataFrame([("G1", title, kod) for kod in CODES[:7]], columns=["group_id", "group_title", "member_id"])
    (layout.work / PEERS).write_bytes(parquet_bytes(groups.astype("str")))
    return layout


def test_koladas_groups_go_first_and_every_kommun_has_seven_others(layout: Layout) -> None:
    groups = release_groups(layout)
    for area in AREA_IDS:
        similar = groups.of(area).similar
        assert not (similar["region"] == similar["member"]).any()
        lacking = 1 if area in ("aldreomsorg", "halso-och-sjukvard") else 0
        assert similar.groupby("region").size().value_counts().to_dict() == {7: 290 - lacking}
    topic = groups.topic("äldreomsorg")
    assert topic.members.loc[topic.members["region"] == "1440", "member"].tolist() == CODES[:7]
    assert topic.members.groupby("source")["region"].nunique().to_dict() == {"egen": 288, "kolada": 1}
    assert groups.partitions["socioekonomi"].value_counts().to_dict() == dict.fromkeys("12345", 58)
    with pytest.raises(ParameterError, match="Did you mean aldreomsorg"):
        groups.of("aldreomsorgen")


def test_groups_are_formed_once_and_anew_when_a_file_changes(layout: Layout) -> None:
    first = release_groups(layout)
    assert release_groups(layout) is first
    (layout.work / PEERS).unlink()
    second = release_groups(layout)
    assert second is not first
    assert set(second.topic("äldreomsorg").members["source"]) == {"egen"}


def test_where_nothing_is_known_the_references_are_null(tmp_path: Path) -> None:
    layout = Layout(root=tmp_path, source="demo", year=2024)
    groups = release_groups(layout).of("aldreomsorg")
    own = pd.DataFrame({"indicator": "a", "year": 2024, "sex": "T", "region": CODES})
    scores = pd.Series(range(290), dtype="float64")
    got = reference_means(own, scores, groups, direction=pd.Series("hog", index=own.index))
    assert got["n_storlek"].gt(0).all()  # the register knows how many inhabitants there are
    assert got["n_socioekonomi"].eq(0).all()
    assert got["liknande"].isna().all()
    assert got["basta"].notna().all()
    assert similar_frame(release_groups(layout)).empty
    assert read_similar(layout, "1440").empty
    for ask in (lambda: agreement_of(layout), lambda: peers_of(layout, "Ale", "aldreomsorg")):
        with pytest.raises(NotBuiltError, match="lagesbild import"):
            ask()


def test_the_similar_kommuner_and_why_are_kept_for_the_reports(layout: Layout) -> None:
    write_similar(layout)
    frame = read_similar(layout, "1440")
    assert frame.dtypes.astype(str).to_dict() == SIMILAR_TYPES
    own = frame[frame["topic"] == "äldreomsorg"]
    assert own["member"].drop_duplicates().tolist() == CODES[:7]
    assert set(own["drawn"]) == {2024}
    assert own.groupby("member")["share"].sum().round(9).eq(1).all()
    pd.testing.assert_frame_equal(peers_of(layout, "Ale", "halso-och-sjukvard"), own.reset_index(drop=True))
    lacking = read_similar(layout, WITHOUT)
    assert "äldreomsorg" not in set(lacking["topic"])
    told = agreement_of(layout).set_index("topic")
    assert told.loc["äldreomsorg", "n"] == 1
    assert told.loc["IFO", "n"] == 0
    assert np.isnan(told.loc["IFO", "common"])
    assert told["chance"].round(4).eq(0.1696).all()

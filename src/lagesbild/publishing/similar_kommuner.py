"""Who the similar kommuner are and why, and how well our own neighbours agree with Kolada's: frames of a release."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.background import area_topics, topic_weights
from lagesbild.catalogue.regions import kommun as kommun_called
from lagesbild.catalogue.regions import kommuner
from lagesbild.errors import NotBuiltError
from lagesbild.files import write_atomic
from lagesbild.frame_bytes import parquet_bytes, parquet_bytes_by
from lagesbild.methods.neighbours import N_NEIGHBOURS, PUBLISHED, agreement, expected_by_chance, explained
from lagesbild.publishing.comparison_groups import ReleaseGroups, Topic, release_groups
from lagesbild.publishing.kommun_data import SIMILAR_TYPES
from lagesbild.publishing.layout import Layout


def similar_frame(groups: ReleaseGroups, regions: list[str] | None = None) -> pd.DataFrame:
    """Return the similar kommuner of every topic, and why each is one.

    Parameters
    ----------
    groups
        The release's groups.
    regions
        Kommuner to tell of; all where not given.

    Returns
    -------
    DataFrame
        `SIMILAR_TYPES`: a row per kommun, topic, similar kommun and variable of the topic
        (`lagesbild.methods.neighbours.explained`). `source` says who drew up the group (`PUBLISHED` or `OWN`), `drawn`
        for which year Kolada did, null for our own. Sorted by kommun, topic in the order of the register, and member.
    """
    parts = [_topic_frame(groups, groups.topic(name), regions) for name in topic_weights()]
    frame = pd.concat(parts).sort_values("region", kind="stable", ignore_index=True)
    return frame[list(SIMILAR_TYPES)].astype(SIMILAR_TYPES)


def _topic_frame(groups: ReleaseGroups, topic: Topic, regions: list[str] | None) -> pd.DataFrame:
    members = topic.members if regions is None else topic.members[topic.members["region"].isin(regions)]
    known = groups.background.reindex(sorted({*groups.background.index, *members["region"], *members["member"]}))
    found = explained(known, members, topic.weights, logs=groups.logs)
    found = found.merge(members, on=["region", "member"], how="left")
    drawn = np.where(found["source"] == PUBLISHED, float(topic.year or np.nan), np.nan)
    return found.assign(topic=topic.name, drawn=drawn)


def peers_of(layout: Layout, kommun: str | int, area: str) -> pd.DataFrame:
    """Return one kommun's similar kommuner in an area's topic, and why each is one (see `similar_frame`).

    Raises
    ------
    ParameterError
        For an unknown kommun or area; suggests the nearest.
    NotBuiltError
        If the source has neither groups nor background variables.
    """
    own, topic = kommun_called(kommun), area_topics()[area_called(area).id]
    groups = _groups(layout)
    return _topic_frame(groups, groups.topic(topic), [own.kod])[list(SIMILAR_TYPES)].astype(SIMILAR_TYPES)


def agreement_frame(groups: ReleaseGroups) -> pd.DataFrame:
    """Return how many similar kommuner Kolada's groups and our own neighbours have in common, by topic.

    Returns
    -------
    DataFrame
        A row per topic in the order of the register: ``topic, drawn`` (year of Kolada's groups, null where there are
        none), ``n`` (kommuner that have both), ``common`` (mean number in common, of seven; null where `n` is 0),
        ``chance`` (what groups drawn blindly would have in common), ``none`` (share of kommuner with none in common,
        0-1) and ``variables`` (ids of the variables, with their weights).
    """
    rows = []
    chance = expected_by_chance(N_NEIGHBOURS, N_NEIGHBOURS, len(kommuner()) - 1)
    for name in topic_weights():
        topic = groups.topic(name)
        common = agreement(topic.ours, topic.published)
        rows.append(
            {
                "topic": name,
                "drawn": float(topic.year) if topic.year else np.nan,
                "n": len(common),
                "common": float(common.mean()) if len(common) else np.nan,
                "chance": chance,
                "none": float((common == 0).mean()) if len(common) else np.nan,
                "variables": dict(topic.weights),
            }
        )
    return pd.DataFrame(rows)


def agreement_of(layout: Layout) -> pd.DataFrame:
    """Return the agreement of a source's groups (see `agreement_frame`).

    Raises
    ------
    NotBuiltError
        If the source has neither groups nor background variables.
    """
    return agreement_frame(_groups(layout))


def _groups(layout: Layout) -> ReleaseGroups:
    groups = release_groups(layout)
    if groups.background.empty and groups.listed.empty:
        raise NotBuiltError(
            f"the register of groups and background variables of the source {layout.source}",
            f"lagesbild import --source {layout.source}",
        )
    return groups


def write_similar(layout: Layout) -> None:
    """Write each kommun's similar kommuner for its report; a file whose content is the same is left untouched."""
    frame = similar_frame(release_groups(layout))
    by_kommun = parquet_bytes_by(frame, "region")
    nothing = parquet_bytes(frame.iloc[:0])
    for kommun in kommuner():
        write_atomic(layout.similar(kommun.kod), by_kommun.get(kommun.kod, nothing))

"""The groups that a release's kommuner are compared with, from what the import left in the source's work folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import pandas as pd

from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.background import FILE as BACKGROUND
from lagesbild.catalogue.background import (
    area_topics,
    background_of,
    background_variables,
    index_weights,
    read_background,
    topic_weights,
)
from lagesbild.catalogue.groups import size_class
from lagesbild.catalogue.peers import FILE as PEERS
from lagesbild.catalogue.peers import PEER_COLUMNS, similar_table
from lagesbild.catalogue.regions import kommuner
from lagesbild.methods.comparison_groups import Groups
from lagesbild.methods.neighbours import nearest, similar, standardised
from lagesbild.methods.partitions import partitions
from lagesbild.publishing.layout import Layout


@dataclass(frozen=True, kw_only=True)
class Topic:
    """Similar kommuner in one topic.

    Parameters
    ----------
    name
        As Kolada words it.
    year
        The year that Kolada's groups were drawn up for; null where it has none.
    published, ours, members
        Kolada's groups (``region, member``), our own nearest neighbours (with ``distance``), and those that are used
        (with ``source``): the published ones, else ours.
    weights
        The variables that ours are nearest in, and their weights.
    """

    name: str
    year: int | None
    published: pd.DataFrame
    ours: pd.DataFrame
    members: pd.DataFrame
    weights: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class ReleaseGroups:
    """Everything that kommuner are compared with, for one source and report year.

    The same groups are used for all years of a release, so that a series over time compares the same kommuner.

    Parameters
    ----------
    background
        Indexed by region, a column per variable (`lagesbild.catalogue.background.background_of`); maybe no rows.
    partitions
        See `lagesbild.methods.partitions.partitions`.
    listed
        Kolada's list of groups and members; maybe no rows.
    year
        The report year.
    """

    background: pd.DataFrame
    partitions: pd.DataFrame
    listed: pd.DataFrame
    year: int
    _topics: dict[str, Topic] = field(default_factory=dict, repr=False)

    @property
    def logs(self) -> tuple[str, ...]:
        """The variables that are compared by their logarithm."""
        return tuple(variable.id for variable in background_variables() if variable.log)

    def topic(self, name: str) -> Topic:
        """Return the similar kommuner in one topic; formed when first asked for."""
        if name not in self._topics:
            weights = {one.variable: one.weight for one in topic_weights()[name]}
            drawn, published = similar_table(self.listed, name, self.year)
            ours = nearest(standardised(self.background, logs=self.logs), weights)
            self._topics[name] = Topic(
                name=name,
                year=drawn,
                published=published,
                ours=ours,
                members=similar(published, ours),
                weights=weights,
            )
        return self._topics[name]

    def of(self, area: str) -> Groups:
        """Return the groups of one area.

        Raises
        ------
        ParameterError
            If there is no such area.
        """
        topic = self.topic(area_topics()[area_called(area).id])
        return Groups(partitions=self.partitions, similar=topic.members[["region", "member"]])


def release_groups(layout: Layout) -> ReleaseGroups:
    """Return the groups of a release; read and formed once per process as long as the files are the same.

    Where the import found no background variables or no groups of Kolada's, the groups that need them have no members,
    and the means of them are null.
    """
    work = layout.work.resolve()  # a notebook names the same folder from its own place
    return _read(work, layout.year, _state(work / BACKGROUND), _state(work / PEERS))


def _state(path: Path) -> tuple[int, int] | None:
    """Return what changes when a file does."""
    if not path.is_file():
        return None
    found = path.stat()
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=4)
def _read(work: Path, year: int, *states: tuple[int, int] | None) -> ReleaseGroups:
    background = background_of(read_background(work), year)
    path = work / PEERS
    listed = pd.read_parquet(path).astype("str") if path.is_file() else pd.DataFrame(columns=list(PEER_COLUMNS))
    weights = {one.variable: one.weight for one in index_weights()}
    logs = [variable.id for variable in background_variables() if variable.log]
    return ReleaseGroups(
        background=background,
        partitions=partitions(
            background,
            {one.kod: one.folkmangd for one in kommuner()},
            weights=weights,
            size_class=size_class,
            logs=logs,
        ),
        listed=listed,
        year=year,
    )

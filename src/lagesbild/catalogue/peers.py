"""Kommuner that resemble each other, and other groups, as Kolada draws them up each year.

"Liknande kommuner äldreomsorg, Ale, 2024" are the seven kommuner whose expected cost and size are closest to
Ale's. Such a group is a kommun's own: that Ale is like Kungälv doesn't make Kungälv like Ale.

Source: Kolada (RKA), municipality groups.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lagesbild.catalogue.regions import kommun, kommuner
from lagesbild.errors import NotBuiltError, ParameterError

#: The columns of the register's file, in order.
PEER_COLUMNS = ("group_id", "group_title", "member_id")

#: The register's name in a source's work folder. It is public and holds no measured value.
FILE = "kommungrupper.parquet"

_SIMILAR = re.compile(r"Liknande kommuner,? (?P<topic>[^,]+), (?P<kommun>[^,]+), (?P<year>(?:19|20)\d\d)")
_UNWEIGHTED = " (ovägt medel)"


@dataclass(frozen=True, kw_only=True)
class SimilarGroup:
    """The kommuner that are like one kommun in one respect.

    Parameters
    ----------
    kod
        The kommun whose group it is.
    topic
        In what they are alike, as Kolada words it ("äldreomsorg", "IFO").
    year
        Year for which the group was drawn up.
    members
        Codes, ascending; the kommun itself is not among them.
    """

    kod: str
    topic: str
    year: int
    members: tuple[str, ...]


class Peers:
    """The register of groups.

    Parameters
    ----------
    similar
        Groups of kommuner alike to one.
    groups
        Members (codes, ascending) of every other group, by its title without "(ovägt medel)".
    """

    def __init__(self, similar: Iterable[SimilarGroup], groups: Mapping[str, tuple[str, ...]]) -> None:
        self._similar: dict[tuple[str, str], list[SimilarGroup]] = {}
        for one in sorted(similar, key=lambda group: (group.kod, group.topic, group.year)):
            self._similar.setdefault((one.kod, one.topic), []).append(one)
        self._groups = dict(sorted(groups.items()))

    @property
    def topics(self) -> tuple[str, ...]:
        """What kommuner may be alike in, sorted."""
        return tuple(sorted({topic for _, topic in self._similar}))

    @property
    def groups(self) -> tuple[str, ...]:
        """Titles of the other groups, sorted."""
        return tuple(self._groups)

    def similar(self, kod: str, topic: str, year: int | None = None) -> SimilarGroup:
        """Return the kommuner like one in one respect, in the latest group drawn up for `year` or earlier.

        Parameters
        ----------
        kod
            Code or name of the kommun.
        topic
            One of `topics`; case doesn't matter.
        year
            Null for the latest there is.

        Raises
        ------
        ParameterError
            If there is no such kommun or topic, or no group of the kommun so early.
        """
        found = kommun(kod).kod
        names = {name.lower(): name for name in self.topics}
        if topic.lower() not in names:
            raise ParameterError("topic", topic, self.topics)
        own = self._similar.get((found, names[topic.lower()]), [])
        fitting = [group for group in own if year is None or group.year <= year]
        if not fitting:
            raise ParameterError("year", year, [str(group.year) for group in own])
        return fitting[-1]

    def similar_kommuner(self, kod: str, topic: str, year: int | None = None) -> tuple[str, ...]:
        """Return the codes of the kommuner like one; see `similar`."""
        return self.similar(kod, topic, year).members

    def members(self, title: str) -> tuple[str, ...]:
        """Return the members of a group that isn't one kommun's own ("Storstäder").

        Raises
        ------
        ParameterError
            If there is no such group.
        """
        if title not in self._groups:
            raise ParameterError("group", title, self._groups)
        return self._groups[title]


def peers(table: pd.DataFrame) -> Peers:
    """Return the register from Kolada's list of groups and members.

    Parameters
    ----------
    table
        `PEER_COLUMNS` at least, all text. Members that are no kommuner (regions) are left out, and so are groups
        of which nothing is left.
    """
    codes = {one.kod for one in kommuner()}
    names = {one.namn: one.kod for one in kommuner()}
    similar: list[SimilarGroup] = []
    groups: dict[str, tuple[str, ...]] = {}
    listed = table[table["member_id"].isin(codes)]
    for (_, title), rows in listed.groupby(["group_id", "group_title"], sort=True):
        members = tuple(sorted(set(rows["member_id"])))
        match = _SIMILAR.fullmatch(str(title))
        if match is None:
            name = str(title).removesuffix(_UNWEIGHTED)
            groups[name] = tuple(sorted({*groups.get(name, ()), *members}))
        elif match["kommun"] in names:
            own = names[match["kommun"]]
            others = tuple(code for code in members if code != own)
            similar.append(SimilarGroup(kod=own, topic=match["topic"], year=int(match["year"]), members=others))
    return Peers(similar, groups)


def read_peers(work: Path) -> Peers:
    """Return the register that an import left in a source's work folder.

    Raises
    ------
    NotBuiltError
        If the source has none.
    """
    path = work / FILE
    if not path.is_file():
        raise NotBuiltError("the register of Kolada's groups of kommuner", "lagesbild import")
    return peers(pd.read_parquet(path).astype("str"))


def similar_table(table: pd.DataFrame, topic: str, year: int) -> tuple[int | None, pd.DataFrame]:
    """Return every kommun's similar kommuner in one topic, as Kolada has drawn them up for one year.

    A division is used as a whole: the latest for `year` or earlier, else the first after it.

    Parameters
    ----------
    table
        Kolada's list of groups and members, `PEER_COLUMNS` at least, all text.
    topic
        As Kolada words it ("äldreomsorg").

    Returns
    -------
    tuple
        The division's year, null where there is none; and ``region, member``, sorted, without kommuner that would be
        their own likes.
    """
    names = {one.namn: one.kod for one in kommuner()}
    titles = table["group_title"].astype("str")
    own: dict[str, tuple[str, int]] = {}
    for title in titles[titles.str.startswith("Liknande kommuner")].unique():
        match = _SIMILAR.fullmatch(title)
        if match is not None and match["topic"] == topic and match["kommun"] in names:
            own[title] = (names[match["kommun"]], int(match["year"]))
    years = sorted({drawn for _, drawn in own.values()})
    chosen = next((one for one in reversed(years) if one <= year), years[0] if years else None)
    wanted = {title: kod for title, (kod, drawn) in own.items() if drawn == chosen}
    rows = pd.DataFrame({"region": titles.map(wanted), "member": table["member_id"].astype("str")})
    rows = rows[rows["region"].notna() & (rows["region"] != rows["member"]) & rows["member"].isin(names.values())]
    rows = rows.astype("str").drop_duplicates().sort_values(["region", "member"], ignore_index=True)
    return chosen, rows

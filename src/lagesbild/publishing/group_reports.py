"""Reports of groups of kommuner: the län, the analyst's own groups, and kommuner named one by one."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from lagesbild.catalogue.analyst import read_own_groups
from lagesbild.catalogue.regions import Kommun, kommuner, lan, lan_called
from lagesbild.catalogue.regions import kommun as kommun_called
from lagesbild.errors import NotBuiltError, ParameterError
from lagesbild.files import sha256
from lagesbild.publishing.batch import BatchResult
from lagesbild.publishing.group_rows import write_group_rows
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.report_variants import FULL, Variant
from lagesbild.publishing.reports import Report, make_reports

DOCUMENT = "reports/grupprapport/grupprapport.qmd"

#: Kommuner that are named in a group's name when it has no other.
_MOST_NAMED = 3


@dataclass(frozen=True, kw_only=True)
class Group:
    """A group of kommuner and what its files are called.

    Parameters
    ----------
    name
        As it stands in the title.
    slug
        Its folder in the release.
    members
        Its kommuner.
    is_lan
        Whether it is a län.
    """

    name: str
    slug: str
    members: tuple[Kommun, ...]
    is_lan: bool = False


def lan_groups(chosen: Sequence[str] | None = None) -> list[Group]:
    """Return some län, by code or name, or all that have more than one kommun (Gotland has its kommunrapport).

    Raises
    ------
    ParameterError
        For an unknown län; suggests the nearest.
    """
    wanted = [lan_called(name) for name in chosen] if chosen else lan()
    found = [
        Group(
            name=one.namn,
            slug=slug_of(f"{one.kod} {one.kort}"),
            members=tuple(kommun for kommun in kommuner() if kommun.lan == one.kod),
            is_lan=True,
        )
        for one in wanted
    ]
    return found if chosen else [group for group in found if len(group.members) > 1]


def own_group(layout: Layout, name: str) -> Group:
    """Return one of the groups in the analyst's file.

    Raises
    ------
    ParameterError
        For an unknown group; suggests the nearest.
    NotBuiltError
        If the import found no groups.
    """
    groups = read_own_groups(layout.work)
    if groups.empty:
        raise NotBuiltError("the analyst's own groups", "lagesbild import with a file egna_grupper.csv")
    names = sorted(groups["group"].unique())
    known = {one.casefold(): one for one in names}
    found = known.get(name.strip().casefold())
    if found is None:
        raise ParameterError("group", name, names)
    members = tuple(kommun_called(kod) for kod in groups.loc[groups["group"] == found, "region"])
    slug = slug_of(found)
    # Two names may differ only by what a path can't hold.
    alike = [one for one in names if slug_of(one) == slug]
    return Group(name=found, slug=slug if len(alike) == 1 else f"{slug}-{_digest(found)}", members=members)


def named_group(names: Sequence[str]) -> Group:
    """Return a group of kommuner given by code or name.

    Raises
    ------
    ParameterError
        For an unknown kommun; suggests the nearest.
    """
    members = tuple(sorted({kommun_called(name) for name in names}, key=lambda one: one.kod))
    # One kommun has a report of its own.
    if len(members) < 2:
        raise ParameterError("kommuner", ",".join(names), ())
    called = [one.namn for one in members]
    name = " och ".join([", ".join(called[:-1]), called[-1]]) if len(members) <= _MOST_NAMED else ""
    codes = "-".join(one.kod for one in members)
    short = codes if len(members) <= _MOST_NAMED else f"{len(members)}-kommuner-{_digest(codes)}"
    return Group(name=name or f"Egen grupp om {len(members)} kommuner", slug=f"egen-{short}", members=members)


def make_group_reports(
    layout: Layout,
    groups: Sequence[Group],
    *,
    variant: Variant = FULL,
    cores: int = 1,
    engine: str | None = None,
) -> BatchResult:
    """Make the reports of some groups.

    Parameters
    ----------
    layout
        Where things are.
    groups
        Which.
    variant
        Which areas.
    cores, engine
        See `lagesbild.publishing.reports.make_reports`.

    Raises
    ------
    NotBuiltError
        If an area has not been analysed.
    """
    rows = write_group_rows(layout)
    inputs = {rows.relative_to(layout.root).as_posix(): sha256(rows)}
    reports = []
    for group in groups:
        kind, folder = ("lanrapport", "lan") if group.is_lan else ("grupprapport", "grupper")
        place = f"{folder}/{group.slug}"
        reports.append(
            Report(
                name=f"{group.slug}{variant.suffix}",
                kind=kind,
                document=DOCUMENT,
                parameters={
                    "kommuner": ",".join(one.kod for one in group.members),
                    "namn": group.name,
                    "lan": group.is_lan,
                    "year": layout.year,
                    "source": layout.source,
                    **variant.parameters,
                },
                metadata=variant.metadata(layout, group.name, kind="Länsrapport" if group.is_lan else "Grupprapport"),
                inputs=inputs,
                pdf=layout.release / place / f"{kind}{variant.suffix}.pdf",
                twin=layout.variants / place / f"{kind}{variant.suffix}.ipynb",
                record=layout.records / f"{place}{variant.suffix}.json",
            )
        )
    title = "Länsrapporter" if all(group.is_lan for group in groups) else "Grupprapporter"
    return make_reports(layout, reports, title=title, cores=cores, engine=engine)


def slug_of(name: str) -> str:
    """Return a name as part of a path: ASCII letters and digits with single hyphens; a digest where none are left."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or _digest(name)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]

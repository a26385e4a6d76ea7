"""What the document of a group's report calls: parameters made right, rows read, a report object handed back."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import Kommun
from lagesbild.catalogue.regions import kommun as kommun_called
from lagesbild.catalogue.vocabulary import Status
from lagesbild.errors import NotBuiltError
from lagesbild.methods.estimates import estimates
from lagesbild.presentation.group.report import GroupReport
from lagesbild.presentation.group.view import GroupResult, GroupView, MemberResult, Spread
from lagesbild.presentation.kommun.report import by_name
from lagesbild.publishing.group_rows import rows_path
from lagesbild.publishing.layout import SOURCE_NAMES
from lagesbild.publishing.release_metadata import layout_of, metadata_block
from lagesbild.publishing.report_variants import variant_of

#: What is read of a kommun's row, in order.
_READ = ("indicator", "region", "riket", "value", "answer", "status", "skillnad_riket", "label", "denominator")


def group_front_matter(*, namn: str, lan: bool, year: int | str, source: str, areas: str = "") -> str:
    """Return the front matter of a group's report as a block that a cell prints."""
    return metadata_block(variant_of(areas).metadata(layout_of(source, year), namn, kind=kind_of(lan)))


def kind_of(lan: bool) -> str:
    """Return what the report of a län, or of a group of one's own, is called."""
    return "Länsrapport" if lan else "Grupprapport"


def group_document(
    *, kommuner: str | int, namn: str, lan: bool, year: int | str, source: str, areas: str = ""
) -> GroupReport:
    """Return the report of a group of kommuner.

    Parameters
    ----------
    kommuner
        Codes or names with commas between.
    namn
        The group's name.
    lan
        Whether it is a län.
    year, source
        Report year and name of the source.
    areas
        Areas with commas between; all ten where empty.

    Raises
    ------
    ParameterError
        For an unknown kommun, year, source or area; suggests the nearest.
    NotBuiltError
        If the rows have not been written.
    """
    layout = layout_of(source, year)
    members = {kommun_called(name.strip()) for name in str(kommuner).split(",") if name.strip()}
    chosen = variant_of(areas).areas or AREAS
    path = rows_path(layout)
    if not path.is_file():
        raise NotBuiltError(f"the rows of groups for {layout.year}", "lagesbild lan or lagesbild grupp")
    ordered = tuple(sorted(members, key=by_name))
    view = GroupView(
        name=namn,
        is_lan=bool(lan),
        kommuner=ordered,
        year=layout.year,
        results=group_results(_rows(path), ordered),
        catalogue=load_catalogue(),
        areas=chosen,
        synthetic=layout.synthetic,
        source=SOURCE_NAMES[source],
    )
    return GroupReport(view=view)


@lru_cache(maxsize=1)
def _rows(path: Path) -> pd.DataFrame:
    """Return all kommuner's rows; a worker that makes many groups' reports reads them once."""
    return pd.read_parquet(path)


def group_results(rows: pd.DataFrame, members: tuple[Kommun, ...]) -> dict[str, GroupResult]:
    """Return what the group's kommuner have of each indicator, and the means over their shown results.

    Parameters
    ----------
    rows
        As `lagesbild.publishing.group_rows.write_group_rows` leaves them.
    members
        The group's kommuner by name.

    Returns
    -------
    dict of str to GroupResult
        Indicators for which some kommun of the group has a result.
    """
    about = {one.id: one for one in load_catalogue().indicators}
    codes = {kommun.kod: place for place, kommun in enumerate(members)}
    known = rows[rows["indicator"].isin(about.keys())]
    own = known[known["region"].isin(codes.keys())]
    means = _means(own, codes)
    spreads = _spreads(known)
    found: dict[str, GroupResult] = {}
    # Plain rows, once: a frame for each indicator would take most of the report's time.
    ordered = own.assign(place=own["region"].map(codes)).sort_values(["indicator", "place"])
    plain = zip(*(ordered[name].tolist() for name in _READ), strict=True)
    for name, group in groupby(plain, key=itemgetter(0)):
        rows_of = list(group)
        result = GroupResult(
            indicator=about[name],
            members=tuple(_member(row, members[codes[row[1]]]) for row in rows_of),
            unweighted=means.get((name, "ovagd")),
            weighted=means.get((name, "vagd")),
            riket=_number(rows_of[0][2]),
            spread=spreads.get(name),
        )
        if result.shown:
            found[name] = result
    return found


def _member(row: tuple[Any, ...], kommun: Kommun) -> MemberResult:
    value, answer, status, against, label, base = row[3:]
    ok = status == Status.OK
    return MemberResult(
        kommun=kommun,
        value=_number(value) if ok else None,
        answer=_text(answer) or None if ok else None,
        status=status,
        against_riket=_text(against),
        trend=_text(label),
        base=_number(base),
    )


def _means(own: pd.DataFrame, codes: dict[str, int]) -> dict[tuple[str, str], float]:
    """Return the group's means by indicator and weighting, of shown results alone."""
    if own.empty:
        return {}
    groups = pd.DataFrame({"region": list(codes), "level": "grupp", "area": "grupp"})
    found = estimates(own.sort_values("region"), indicators=load_catalogue().indicators, groups=groups)
    found = found[found["value"].notna()]
    keys = zip(found["indicator"], found["weighting"], strict=True)
    return dict(zip(keys, found["value"].astype(float), strict=True))


def _spreads(known: pd.DataFrame) -> dict[str, Spread]:
    """Return how all kommuner's shown values spread, by indicator."""
    shown = known[(known["status"] == Status.OK) & known["value"].notna()]
    found = {}
    for name, values in shown.groupby("indicator", sort=False)["value"]:
        lowest, p25, median, p75, highest = np.quantile(values.to_numpy(), (0, 0.25, 0.5, 0.75, 1)).tolist()
        found[str(name)] = Spread(lowest=lowest, p25=p25, median=median, p75=p75, highest=highest)
    return found


def _number(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else value


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""

"""The examples of the method page on differences between groups, from a release's analysed figures."""

from __future__ import annotations

import pandas as pd

from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import kommuner, size_classes
from lagesbild.catalogue.vocabulary import Level
from lagesbild.methods.anova import anova
from lagesbild.methods.anova_clustered import pooled_anova
from lagesbild.methods.multiple_testing import expected_marks
from lagesbild.methods.panel import panel
from lagesbild.methods.rankability import rankability
from lagesbild.methods.standard_errors import standard_errors, yearly_spread
from lagesbild.methods.variance_shares import variance_shares
from lagesbild.presentation.group_differences_page import expected_words, shares_words
from lagesbild.publishing.audit_reports import groupings_of
from lagesbild.publishing.layout import SOURCE_NAMES
from lagesbild.publishing.release_metadata import layout_of
from lagesbild.publishing.underlag import read_frames

#: Years that are pooled, up to the report year, as many as Riksrevisionen's.
POOLED = 5


def kommun_groupings() -> dict[str, pd.Series]:
    """Return län and kommungrupp (the current classification) by region."""
    return {
        "lan": pd.Series({one.kod: one.lan for one in kommuner()}, dtype="str"),
        "kommungrupp": pd.Series({one.kod: one.kommungrupp_2023 for one in kommuner()}, dtype="str"),
    }


def group_example(*, area: str, year: int | str, source: str) -> str:
    """Return the Markdown of an area's marks, expected false marks, and where the variation lies.

    Raises
    ------
    ParameterError
        For an unknown area, year or source.
    NotBuiltError
        If the area has not been analysed.
    """
    layout, about = layout_of(source, year), area_called(area)
    records = {one.id: one for one in load_catalogue().in_area(about.id)}
    figures = read_frames(layout, "indikatorer", [about.id])
    kept = figures[(figures["level"] == Level.KOMMUN) & figures["year"].between(layout.year - POOLED + 1, layout.year)]
    rows = panel(kept.assign(unit=""), indicators=list(records.values()))
    if rows.empty:
        return f"Inga resultat finns för {about.name.lower()} {layout.year}.\n"
    groupings = groupings_of(layout)
    # Every indicator's last measured year of the period.
    last = rows[rows["year"] == rows.groupby("indicator")["year"].transform("max")]
    tests = []
    for name, groups in groupings.items():
        pooled = pooled_anova(rows, groups=groups)
        tests.append(anova(last, groups=groups).assign(group=name, kind="ett"))
        tests.append(pooled.assign(group=name, kind="alla"))
        tests.append(pooled.assign(group=name, kind="kommun", p=pooled["p_kommun"]))
    found = pd.concat([expected_marks(part, table=["group", "kind"]) for part in tests], ignore_index=True)
    years = f"{about.name}, {int(rows['year'].min())}–{int(rows['year'].max())}"
    sizes = size_classes()
    spread = yearly_spread(rows, size_class=sizes)
    estimates = standard_errors(last, indicators=list(records.values()), spread=spread, size_class=sizes)
    ranks = rankability(estimates)
    shares = variance_shares(rows, groups=groupings["kommungrupp"])
    return "\n".join(
        [
            expected_words(found[found["tests"] > 0], years=years, label="tbl-marken"),
            shares_words(shares, ranks, records, label="tbl-varians"),
            f"Källa: {SOURCE_NAMES[source]}.",
            "",
        ]
    )

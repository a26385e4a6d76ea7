"""What the repeated audit knows of one area: rows, results and tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.audit_rows import AUDITED, AuditRow

#: Groupings of kommuner in words: with an article for headings, and short for table heads.
GROUPING_WORDS = {"lan": "länet", "kommungrupp": "kommungruppen", "socioekonomi": "den socioekonomiska gruppen"}
GROUPING_HEADS = {"lan": "Län", "kommungrupp": "Kommungrupp", "socioekonomi": "Socioek. grupp"}


@dataclass(frozen=True, kw_only=True)
class AreaAudit:
    """The analysis of one area.

    Parameters
    ----------
    area
        The area.
    rows
        The rows of its tables, in order; those without results too.
    printed
        Whether the rows are Riksrevisionen's, so that its marks can stand beside.
    first, last
        The period.
    panel
        Columns ``indicator`` (a row's id), ``year, region, value``.
    pooled, single
        Grouping to `lagesbild.methods.anova_clustered.pooled_anova` of all years and
        `lagesbild.methods.anova.anova` of the last year with results.
    peers
        `lagesbild.methods.peer_effects.peer_effects`.
    shuffled
        `lagesbild.methods.peer_permutation.shuffled_marks`.
    users, n_users, n_others
        `lagesbild.methods.user_differences.user_differences` and how many kommuner say that they use öppna jämförelser
        and that they don't; null and 0 without a file of users.
    staffing
        `lagesbild.methods.staffing.staffing_effects` of what the source tells of single units, with the indicator's
        short title as ``name``; null where there is none.
    """

    area: Area
    rows: tuple[AuditRow, ...]
    printed: bool
    first: int
    last: int
    panel: pd.DataFrame
    pooled: Mapping[str, pd.DataFrame]
    single: Mapping[str, pd.DataFrame]
    peers: pd.DataFrame
    shuffled: pd.DataFrame
    users: pd.DataFrame | None = None
    n_users: int = 0
    n_others: int = 0
    staffing: pd.DataFrame | None = None

    @cached_property
    def known(self) -> tuple[AuditRow, ...]:
        """The rows that have results."""
        found = set(self.panel["indicator"])
        return tuple(row for row in self.rows if row.id in found)

    @cached_property
    def absent(self) -> tuple[AuditRow, ...]:
        """The rows without results."""
        return tuple(row for row in self.rows if row not in self.known)

    @property
    def audited(self) -> bool:
        """Whether Riksrevisionen audited the area."""
        return self.area.id in AUDITED

    @property
    def groupings(self) -> tuple[str, ...]:
        """The groupings that kommuner were compared in."""
        return tuple(self.pooled)

    def series(self, row: AuditRow) -> list[tuple[int, float | None]]:
        """Return year and mean over the kommuner with results, for the years with any."""
        return [(int(year), float(mean)) for year, mean in self._means.get(row.id, {}).items()]

    @cached_property
    def _means(self) -> dict[str, dict[int, float]]:
        means: dict[str, dict[int, float]] = {}
        table = self.panel.groupby(["indicator", "year"], as_index=False)["value"].mean()
        for name, year, mean in zip(table["indicator"], table["year"], table["value"], strict=True):
            means.setdefault(str(name), {})[int(year)] = float(mean)
        return means

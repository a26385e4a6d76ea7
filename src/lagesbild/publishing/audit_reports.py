"""The repeated audit: Riksrevisionen's statistical analysis for any years and areas, as one document."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lagesbild.catalogue.analyst import read_users
from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.audit_rows import AUDITED, AuditRow, printed_rows, rows_of, usual_rows
from lagesbild.catalogue.load import Catalogue, load_catalogue
from lagesbild.catalogue.regions import kommuner
from lagesbild.catalogue.resources import published_folder
from lagesbild.disclosure.released import read_released, released_years
from lagesbild.errors import NotBuiltError, ParameterError
from lagesbild.files import sha256, sha256_tree
from lagesbild.methods.anova import anova
from lagesbild.methods.anova_clustered import pooled_anova
from lagesbild.methods.audit_claims import FIRST, LAST
from lagesbild.methods.audit_comparison import AREA as COMPARED
from lagesbild.methods.audit_comparison import AuditComparison, audit_comparison
from lagesbild.methods.audit_panel import audit_panel, better_of, unit_panel, without_pandemic
from lagesbild.methods.cells import kommun_results
from lagesbild.methods.peer_effects import peer_effects
from lagesbild.methods.peer_permutation import shuffled_marks
from lagesbild.methods.staffing import staffing_effects
from lagesbild.methods.user_differences import user_differences
from lagesbild.presentation.audit.mark_tables import worth_table
from lagesbild.presentation.audit.report import AuditReport
from lagesbild.presentation.audit.view import AreaAudit
from lagesbild.presentation.tables import captioned
from lagesbild.publishing.batch import BatchResult
from lagesbild.publishing.comparison_groups import release_groups
from lagesbild.publishing.layout import SOURCE_NAMES, Layout
from lagesbild.publishing.release_metadata import common_metadata, layout_of, metadata_block
from lagesbild.publishing.reports import Report, make_reports

DOCUMENT = "reports/granskning/granskning.qmd"

#: Years of a period, as Riksrevisionen's, where no first year is given.
YEARS = 5
#: A figure of fewer kommuner doesn't count as a year with results.
_FEWEST_KOMMUNER = 30
_SEED = 2021
#: The first year of SKR's division of 2023.
NEW_GROUPS = 2023


def audit_areas(area: str) -> tuple[str, ...]:
    """Return the areas of a document: Riksrevisionen's three for "granskade", else the one named.

    Raises
    ------
    ParameterError
        For an unknown area; suggests the nearest.
    """
    return AUDITED if area in ("", "granskade") else (area_called(area).id,)


def first_year_of(layout: Layout, first_year: int | str = 0) -> int:
    """Return the first year of a period that ends with the report year; 0 is Riksrevisionen's five years.

    Raises
    ------
    ParameterError
        If it isn't a year before the report year.
    """
    if not str(first_year).isdigit() or int(first_year) >= layout.year or 0 < int(first_year) < 1990:
        raise ParameterError("first year", first_year, [str(layout.year - YEARS + 1)])
    return int(first_year) or layout.year - YEARS + 1


def audit_metadata(layout: Layout, area: str, first_year: int | str = 0) -> dict[str, object]:
    """Return the front matter of the repeated audit."""
    (one, *more) = audit_areas(area)
    period = f"{first_year_of(layout, first_year)}–{layout.year}"
    of = "" if more else f" – {area_called(one).name.lower()}"
    return {
        "title": f"Granskning av öppna jämförelser {layout.year}{of}",
        "subtitle": f"Riksrevisionens statistiska analys, upprepad för {period}",
        **common_metadata(layout),
    }


def audit_front_matter(*, area: str, year: int | str, first_year: int | str, source: str) -> str:
    """Return the front matter of the repeated audit as a block that a cell prints."""
    return metadata_block(audit_metadata(layout_of(source, year), area, first_year))


def audit_document(
    *, area: str, year: int | str, first_year: int | str, source: str, indicators: str = ""
) -> AuditReport:
    """Return the repeated audit for its document.

    Parameters
    ----------
    area
        "granskade" (Riksrevisionen's three areas) or one of the ten.
    year, first_year
        Last and first year; 0 as the first is five years in all.
    source
        "demo" or "kolada".
    indicators
        Ids of the catalogue separated by commas, instead of the usual rows; those of other areas are left out.

    Raises
    ------
    ParameterError, NotBuiltError
        For an unknown area, indicator, year or source, or a source without observations.
    """
    layout, catalogue = layout_of(source, year), load_catalogue()
    first = first_year_of(layout, first_year)
    asked = [catalogue.by_id(name.strip()) for name in indicators.split(",") if name.strip()]
    areas = []
    for name in audit_areas(area):
        rows = rows_of([one for one in asked if one.area == name]) if asked else None
        areas.append(audit_of(layout, catalogue, name, first, rows))
    return AuditReport(
        areas=areas,
        catalogue=catalogue,
        first=first,
        last=layout.year,
        source=SOURCE_NAMES[source],
        synthetic=layout.synthetic,
        user_survey=_user_survey(layout, [one.area.id for one in areas]),
    )


def audit_example(*, year: int | str, source: str) -> str:
    """Return the method page's example: what the marks of one of the audited areas are worth in this release.

    Raises
    ------
    ParameterError, NotBuiltError
        See `audit_document`.
    """
    layout = layout_of(source, year)
    for area in ("ekonomiskt-bistand", *AUDITED):
        audit = audit_of(layout, load_catalogue(), area, first_year_of(layout))
        drawn = worth_table(audit) if audit.known else ""
        if drawn:
            caption = f"{audit.area.name} {audit.first}–{audit.last}: regressioner med märke, alla kommuner"
            return captioned(drawn, caption=caption, label="tbl-exempel")
    return "Källan har inga resultat för de granskade områdena.\n"


def _user_survey(layout: Layout, areas: Sequence[str]) -> AuditComparison | None:
    """Return the user survey's marks of 2016-2019; null without äldreomsorgen, and for invented figures."""
    if layout.synthetic or COMPARED not in areas:
        return None
    years = [year for year in released_years(layout.released, COMPARED) if FIRST <= year <= LAST]
    if not years:
        return None
    return audit_comparison(read_released(layout.released, areas=[COMPARED], years=years))


def audit_of(
    layout: Layout, catalogue: Catalogue, area: str, first: int, rows: Sequence[AuditRow] | None = None
) -> AreaAudit:
    """Return the analysis of one area from the released observations of a period.

    Raises
    ------
    NotBuiltError
        If nothing has been imported.
    """
    indicators = catalogue.in_area(area)
    released = _released(layout, area, first)
    if area == "aldreomsorg":
        released = without_pandemic(released, indicators)
    if rows is None:
        own = kommun_results(released)
        per_year = own.groupby(["indicator", "year"]).size()
        often = per_year[per_year >= _FEWEST_KOMMUNER].groupby("indicator").size()
        rows = usual_rows(catalogue, area, {str(name): int(count) for name, count in often.items()})
    panel = audit_panel(released, rows)
    groupings, better = groupings_of(layout), better_of(rows, indicators)
    said = _users(layout, area)
    last = panel[panel["year"] == panel.groupby("indicator")["year"].transform("max")]
    units = unit_panel(released, indicators)
    staffing = staffing_effects(units, users=said) if len(units) else None
    if staffing is not None:
        staffing["name"] = staffing["measure"].map({one.id: one.short_title for one in indicators})
        tested = staffing.groupby("measure")["p"].transform(lambda p: p.notna().any())
        staffing = staffing[tested.astype(bool)].reset_index(drop=True)
    return AreaAudit(
        area=area_called(area),
        rows=tuple(rows),
        printed=tuple(rows) == printed_rows(area),
        first=first,
        last=layout.year,
        panel=panel,
        pooled={name: pooled_anova(panel, groups=groups) for name, groups in groupings.items()},
        single={name: anova(last, groups=groups) for name, groups in groupings.items()},
        peers=peer_effects(panel, groupings=groupings, better=better, users=said),
        shuffled=shuffled_marks(panel, groupings=groupings, better=better, seed=_SEED),
        users=None if said is None else user_differences(panel, said, first_year=first, last_year=layout.year),
        n_users=0 if said is None else int(said.sum()),
        n_others=0 if said is None else int((~said).sum()),
        staffing=staffing,
    )


def _released(layout: Layout, area: str, first: int) -> pd.DataFrame:
    """Return an area's released observations of the period; maybe no rows."""
    years = [year for year in released_years(layout.released, area) if first <= year <= layout.year]
    if years:
        return read_released(layout.released, areas=[area], years=years)
    known = ((one, released_years(layout.released, one)) for one in AREA_IDS)
    other = next(((one, some[0]) for one, some in known if some), None)
    if other is None:
        raise _not_imported(layout)
    return read_released(layout.released, areas=[other[0]], years=[other[1]]).iloc[:0]


def groupings_of(layout: Layout) -> dict[str, pd.Series]:
    """Return the groups of kommuner, those that the source tells of; kommungrupper of the division then in force."""
    regions = pd.Index([one.kod for one in kommuner()], name="region")
    new = layout.year >= NEW_GROUPS
    groups = [one.kommungrupp_2023 if new else one.kommungrupp_2017 for one in kommuner()]
    found = {
        "lan": pd.Series([one.lan for one in kommuner()], index=regions, dtype="str"),
        "kommungrupp": pd.Series(groups, index=regions, dtype="str"),
    }
    socio = release_groups(layout).partitions["socioekonomi"]
    return found | ({"socioekonomi": socio} if socio.notna().any() else {})


def _users(layout: Layout, area: str) -> pd.Series | None:
    """Return whether each kommun that has said so uses öppna jämförelser in the area, the latest word of the period.

    Null where nobody says one of the two: there is nothing to compare then.
    """
    told = read_users(layout.work)
    told = told[(told["area"] == area) & (told["year"] <= layout.year)].sort_values("year", kind="stable")
    said = told.drop_duplicates("region", keep="last").set_index("region")["user"].astype(bool)
    return said if min(int(said.sum()), int((~said).sum())) >= 1 else None


def _not_imported(layout: Layout) -> NotBuiltError:
    """Return the error of a source without released observations."""
    command = f"lagesbild import --source {layout.source} --data <folder>"
    return NotBuiltError(f"the released observations of {layout.source}", command)


def _inputs(layout: Layout, areas: Sequence[str]) -> dict[str, str]:
    """Return name and hash of what the document is made from."""
    found = {}
    for area in areas:
        digest = layout.released / f"{area}.digest"
        if not digest.is_file():
            raise _not_imported(layout)
        found[digest.relative_to(layout.root).as_posix()] = sha256(digest)
    for name in ("anvandare.parquet", "bakgrund.parquet"):
        path = layout.work / name
        if path.is_file():
            found[path.relative_to(layout.root).as_posix()] = sha256(path)
    # A change of what was printed makes the document anew.
    printed = published_folder()
    found["data/published"] = sha256_tree([path for path in printed.iterdir() if path.is_file()], printed)
    return found


def make_audit_reports(
    layout: Layout,
    chosen: Sequence[str] | None = None,
    *,
    first_year: int = 0,
    indicators: str = "",
    cores: int = 1,
    engine: str | None = None,
) -> BatchResult:
    """Make the repeated audit of Riksrevisionen's three areas, or of each of some areas.

    Parameters
    ----------
    layout
        Where things are; the report year is the last of the period.
    chosen
        Areas, a document each; one document of the three audited areas where not given.
    first_year, indicators
        See `audit_document`.

    Raises
    ------
    ParameterError
        For an unknown area; suggests the nearest.
    NotBuiltError
        If nothing has been imported.
    """
    reports = []
    for area in chosen or ["granskade"]:
        areas = audit_areas(area)
        name = "granskning" if len(areas) > 1 else f"granskning-{areas[0]}"
        reports.append(
            Report(
                name=name,
                kind="granskning",
                document=DOCUMENT,
                parameters={
                    "area": "granskade" if len(areas) > 1 else areas[0],
                    "year": layout.year,
                    "first_year": first_year_of(layout, first_year),
                    "source": layout.source,
                    "indicators": indicators,
                },
                metadata=audit_metadata(layout, area, first_year),
                inputs=_inputs(layout, areas),
                pdf=layout.release / "granskning" / f"{name}.pdf",
                twin=layout.twins / "granskning" / name / "index.ipynb",
                record=layout.records / "granskning" / f"{name}.json",
            )
        )
    return make_reports(layout, reports, title="Granskning", cores=cores, engine=engine)

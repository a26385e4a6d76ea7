"""A dump of Kolada joins the archive, and the archive gives the catalogue's observations.

Nothing is written here: what comes out is written once everything else has been read and found sound.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from lagesbild.catalogue.load import Catalogue
from lagesbild.errors import Fault, InputError
from lagesbild.observations.archive import read_archive
from lagesbild.observations.revisions import empty_log, merged, revisions
from lagesbild.sources.kolada import convert_rows
from lagesbild.sources.kolada_archive import KoladaArchive, archive_rows, archive_values
from lagesbild.sources.kolada_dump import KoladaDump, read_rows, unit_names
from lagesbild.sources.kolada_release import NOTE, checked_date, published
from lagesbild.sources.result import SourceResult

_ANEW = "To begin anew, remove the folder"


def read_kolada(
    folder: Path, *, catalogue: Catalogue, archive: Path | None = None, release_date: str | None = None
) -> SourceResult:
    """Read a dump, whole or of changes, and convert what the archive then holds.

    Parameters
    ----------
    folder
        The dump (see `kolada_dump.read_rows`). With `from_date` in its ``dump.json`` it holds changes only,
        which are put into the archive; without, it takes the archive's place.
    catalogue
        Says which KPIs become observations.
    archive
        The archive's folder; null to read the dump for itself.
    release_date
        ISO date of the release; else the one in ``dump.json``, else the one that Kolada's own calendar of
        publications gives (`kolada_release.published`).

    Returns
    -------
    SourceResult
        The observations, and in `archive` what `observations.archive.write_archive` is to write, with
        what changed since the release before at the end of its log. A first dump has no log.

    Raises
    ------
    InputError
        With every fault of every row; or if the release can't follow on the archive's: it is older, it has no
        date where the archive's has, or changes begin later than the archive's release.
    ParameterError
        If `release_date` is no date.
    """
    checked_date("release date", release_date)
    dump = read_rows(folder, catalogue=catalogue)
    convert = {"catalogue": catalogue, "titles": dump.titles, "file": dump.file}
    result = convert_rows(dump.rows, faults=dump.faults, units=dump.units, **convert)  # type: ignore[arg-type]
    old = read_archive(archive) if archive else None
    came = archive_values(dump.rows)
    date = release_date or dump.release.date or published(dump.tables["kpi"], _last_years(came))
    if dump.release.from_date is None:
        values, tables = came, dump.tables
    else:
        _check_changes(dump, old, folder)
        assert old is not None  # told by the check
        values, tables = merged(old.figures, came), _joined(old.tables, dump.tables)
    log = empty_log()
    if old is not None:
        log = old.revisions
        found = revisions(old.figures, values, release=date or "")
        if date is None and old.release is not None and len(found):
            action = f"Say which release it is: --release-date. {_ANEW} {archive}"
            fault = Fault(what="the release has no date, and the archive's has", file=str(folder / NOTE), action=action)
            raise InputError("Kolada dump refused", [fault])
        date = date or old.release
        if old.release is not None and date is not None and date < old.release:
            what = f"the release of {date} is older than the archive's, {old.release}"
            action = f"Import a later release. {_ANEW} {archive}"
            raise InputError("Kolada dump refused", [Fault(what=what, file=str(folder), action=action)])
        if old.release is not None:
            log = pd.concat([log, found], ignore_index=True)
    if dump.release.from_date is not None:
        titles = dict(zip(tables["kpi"]["id"], tables["kpi"]["title"], strict=True))
        convert |= {"titles": titles, "units": unit_names(tables.get("ou"))}
        result = convert_rows(archive_rows(values), **convert)  # type: ignore[arg-type]
    whole = KoladaArchive(figures=values, tables=tables, release=date, revisions=log)
    return replace(result, archive=whole)


def _check_changes(dump: KoladaDump, old: KoladaArchive | None, folder: Path) -> None:
    """Refuse changes that don't follow on what the archive holds."""
    begin = str(dump.release.from_date)
    if old is None:
        what = f"only the changes since {begin}, and there is no archive to put them into"
        action = "Import a whole dump first"
    elif old.release is None:
        what = f"only the changes since {begin}, and the archive's release has no date"
        action = "Import the whole dump again with --release-date first"
    elif begin > old.release:
        what = f"only the changes since {begin}, and the archive ends with the release of {old.release}"
        action = f"Fetch the changes since {old.release}"
    else:
        return
    raise InputError("Kolada dump refused", [Fault(what=what, file=str(folder / NOTE), action=action)])


def _joined(old: dict[str, pd.DataFrame], new: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the tables of both; what the new one describes takes the place of the old description."""
    tables = dict(old)
    for name, table in new.items():
        key = "group_id" if name.endswith("_groups") else "id"
        before = old.get(name)
        kept = [] if before is None else [before[~before[key].isin(table[key])]]
        both = pd.concat([*kept, table], ignore_index=True).fillna("").astype("str")
        tables[name] = both.sort_values(list(both.columns), ignore_index=True)
    return tables


def _last_years(values: pd.DataFrame) -> dict[str, int]:
    """Return the last year with a value, by KPI."""
    known = values[values["value"].notna()]
    return {str(kpi): int(year) for kpi, year in known.groupby("kpi", observed=True)["year"].max().items()}

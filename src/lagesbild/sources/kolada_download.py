"""Download from Kolada's API into a dump that `kolada_dump` reads; an interrupted download resumes."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from lagesbild.catalogue.load import Catalogue
from lagesbild.errors import Fault, InputError, ParameterError
from lagesbild.files import write_atomic
from lagesbild.sources.kolada_api import KoladaClient, batches
from lagesbild.sources.kolada_archive import TABLES
from lagesbild.sources.kolada_dump import UNIT_OBSERVATIONS
from lagesbild.sources.kolada_files import (
    KPI_COLUMNS,
    SCHEMA,
    UNIT_SCHEMA,
    group_rows,
    rows_of,
    sorted_rows,
    write_csv,
    write_parquet,
)
from lagesbild.sources.kolada_release import NOTE, Release, checked_date, read_release, release_note
from lagesbild.sources.raw_origins import KOLADA, usual_origin, write_origins

#: Called with the number of finished requests, of all, and what is being fetched.
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, kw_only=True)
class Request:
    """What to ask Kolada for.

    Parameters
    ----------
    kpis
        Ids of the key figures.
    years
        Years.
    units
        Also the values of single units, for the KPIs that have them.
    release
        `from_date`: only what was changed then or later. `date`: of the release, where the user gives it.
    retrieved
        ISO date of the day, which the table of origins beside the dump tells; not told where null.
    """

    kpis: tuple[str, ...]
    years: tuple[int, ...]
    units: bool = False
    release: Release = field(default_factory=Release)
    retrieved: str | None = None


def download(folder: Path, *, client: KoladaClient, request: Request, progress: Progress | None = None) -> Path:
    """Download key figures into `folder`, in the layout of a dump.

    Parameters
    ----------
    folder
        Where the dump goes (``data/raw/kolada``). Finished batches wait in ``parts/`` below it, each
        written whole or not at all; a new call with the same request takes them up and asks for the rest.
        A dump that is there already stays until the new one is complete.
    client, request
        Whom to ask, and for what.
    progress
        Told after each batch.

    Returns
    -------
    Path
        `folder`.

    Raises
    ------
    KoladaError
        If the API can't be reached; what was fetched is kept.
    ParameterError
        If one of the request's dates is no date.
    InputError
        If the folder holds a whole dump and changes are asked for, or the other way round.
    """
    checked_date("release date", request.release.date)
    checked_date("date of retrieval", request.retrieved)
    from_date = checked_date("from date", request.release.from_date)
    _same_kind(folder, request.release)
    places = sorted(client.municipalities(), key=lambda one: str(one["id"]))
    described = sorted(client.kpis(request.kpis), key=lambda one: str(one["id"]))
    parts = _Parts(folder / "parts", client.base_url, from_date, progress)
    tables: list[tuple[Path, pa.Schema, list[Batch], Callable[..., list[dict[str, Any]]]]]
    tables = [(folder / "observations.parquet", SCHEMA, _plan(request.kpis, _ids(places), request.years), client.data)]
    with_units = sorted(str(one["id"]) for one in described if one.get("has_ou_data"))
    units = []
    if request.units and with_units:
        units = sorted(client.units(), key=lambda one: str(one["id"]))
        plan = _plan(with_units, _ids(units), request.years)
        tables.append((folder / UNIT_OBSERVATIONS, UNIT_SCHEMA, plan, client.unit_data))
    fetched = [(path, schema, parts.fetch(schema, plan, ask)) for path, schema, plan, ask in tables]

    # Everything is here now; the values come last, for they are what makes a dump.
    write_csv(folder / "kpi.csv", KPI_COLUMNS, _columns(described, KPI_COLUMNS))
    write_csv(folder / "municipality.csv", ("id", "title", "type"), _columns(places, ("id", "title", "type")))
    for name, groups in (("municipality_groups", client.municipality_groups()), ("kpi_groups", client.kpi_groups())):
        write_csv(folder / f"{name}.csv", TABLES[name], group_rows(groups))
    if units:
        write_csv(folder / "ou.csv", TABLES["ou"], _columns(units, TABLES["ou"]))
    else:
        (folder / UNIT_OBSERVATIONS).unlink(missing_ok=True)
        (folder / "ou.csv").unlink(missing_ok=True)
    write_atomic(folder / NOTE, release_note(request.release))
    write_origins(folder, [usual_origin(KOLADA, retrieved=request.retrieved, address=client.base_url)])
    for path, schema, files in reversed(fetched):
        rows = pa.concat_tables([schema.empty_table(), *(pq.read_table(file) for file in files)])
        write_parquet(path, sorted_rows(rows))
    shutil.rmtree(folder / "parts", ignore_errors=True)
    return folder


def kpi_ids(catalogue: Catalogue) -> list[str]:
    """Return the KPIs the catalogue asks for, sorted, each once."""
    return sorted({one.kolada for one in catalogue.indicators if one.kolada})


def kpis_with_prefix(client: KoladaClient, prefixes: Iterable[str]) -> list[str]:
    """Return every KPI of Kolada whose id begins with one of the prefixes ("U2"), sorted.

    Raises
    ------
    ParameterError
        If there is none with one of them.
    """
    known = sorted(str(one["id"]) for one in client.all_kpis())
    wanted = tuple(prefixes)
    for prefix in wanted:
        if not any(kpi.startswith(prefix) for kpi in known):
            raise ParameterError("prefix", prefix, sorted({kpi[:2] for kpi in known}))
    return [kpi for kpi in known if kpi.startswith(wanted)]


def _same_kind(folder: Path, release: Release) -> None:
    """Refuse to put changes in a whole dump's place: a killed download could leave one under the other's note."""
    whole = read_release(folder / NOTE).release.from_date is None
    if (folder / "observations.parquet").exists() and whole != (release.from_date is None):
        what = f"the folder holds {'a whole dump' if whole else 'changes only'}"
        fault = Fault(what=what, file=str(folder), action="Give another folder")
        raise InputError("download refused", [fault])


Batch = tuple[list[str], list[str], list[int]]


class _Parts:
    """Batches fetched so far, each a file below one folder."""

    def __init__(self, folder: Path, base_url: str, from_date: str | None, progress: Progress | None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._base_url = base_url
        self._from_date = from_date
        self._progress = progress

    def fetch(self, schema: pa.Schema, plan: list[Batch], ask: Callable[..., list[dict[str, Any]]]) -> list[Path]:
        """Fetch what isn't there yet; return every batch's file."""
        paths = []
        for number, batch in enumerate(plan, start=1):
            name = json.dumps([self._base_url, schema.names[1], self._from_date, *batch])
            path = self._folder / f"{hashlib.sha256(name.encode()).hexdigest()[:20]}.parquet"
            if not path.is_file():
                write_parquet(path, rows_of(ask(*batch, from_date=self._from_date), schema))
            paths.append(path)
            if self._progress is not None:
                self._progress(number, len(plan), f"{batch[0][0]}-{batch[0][-1]}")
        return paths


def _plan(kpis: Sequence[str], places: Sequence[str], years: Sequence[int]) -> list[Batch]:
    """Return the requests: all combinations of batches of 25 KPIs, municipalities (or units) and years."""
    return [
        (of_kpis, of_places, of_years)
        for of_kpis in batches(kpis)
        for of_places in batches(places)
        for of_years in batches(sorted(years))
    ]


def _ids(objects: Iterable[dict[str, Any]]) -> list[str]:
    return [str(one["id"]) for one in objects]


def _columns(objects: Iterable[dict[str, Any]], names: Sequence[str]) -> Iterable[list[Any]]:
    return ([one.get(name) for name in names] for one in objects)

"""Download from Kolada's API into a dump that `kolada_dump` reads; an interrupted download resumes."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from lagesbild.catalogue.load import Catalogue
from lagesbild.sources.kolada import convert
from lagesbild.sources.kolada_api import KoladaClient, batches
from lagesbild.sources.kolada_files import KPI_COLUMNS, SCHEMA, rows_of, sorted_rows, write_csv, write_parquet
from lagesbild.sources.result import SourceResult

#: Called with the number of finished requests, of all, and what is being fetched.
Progress = Callable[[int, int, str], None]


def read_api(client: KoladaClient, *, catalogue: Catalogue, years: Sequence[int]) -> SourceResult:
    """Fetch the catalogue's KPIs and return them as observations, without storing anything.

    Raises
    ------
    KoladaError
        If the API can't be reached.
    InputError
        If what it gives is faulty; rows are counted in the order of the sorted answer.
    """
    kpis = kpi_ids(catalogue)
    municipalities = [one["id"] for one in client.municipalities()]
    objects = [one for batch in _plan(kpis, municipalities, years) for one in client.data(*batch)]
    titles = {one["id"]: one["title"] for one in client.kpis(kpis)}
    raw = sorted_rows(rows_of(objects)).to_pandas()
    return convert(raw, catalogue=catalogue, titles=titles, file=client.base_url)


def download(
    folder: Path,
    *,
    client: KoladaClient,
    catalogue: Catalogue,
    years: Sequence[int],
    progress: Progress | None = None,
) -> Path:
    """Download the catalogue's KPIs into `folder`, in the layout of a dump.

    Parameters
    ----------
    folder
        Where the dump goes (``data/raw/kolada``). Finished batches wait in ``parts/`` below it, each
        written whole or not at all; a new call with the same request takes them up and asks for the rest.
        A dump that is there already stays until the new one is complete.
    client, catalogue, years
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
    """
    kpis = kpi_ids(catalogue)
    parts = folder / "parts"
    parts.mkdir(parents=True, exist_ok=True)
    municipalities = sorted(client.municipalities(), key=lambda one: str(one["id"]))
    plan = _plan(kpis, [one["id"] for one in municipalities], years)
    paths = []
    for number, batch in enumerate(plan, start=1):
        path = parts / f"{_digest(client.base_url, batch)}.parquet"
        if not path.is_file():
            write_parquet(path, rows_of(client.data(*batch)))
        paths.append(path)
        if progress is not None:
            progress(number, len(plan), f"{batch[0][0]}-{batch[0][-1]}")
    groups = sorted(
        (str(group["id"]), str(group["title"]), str(member["id"]), str(member["title"]))
        for group in client.municipality_groups()
        for member in group.get("members", group.get("values", []))
    )
    described = sorted(client.kpis(kpis), key=lambda one: str(one["id"]))
    write_csv(folder / "kpi.csv", KPI_COLUMNS, ([one.get(name) for name in KPI_COLUMNS] for one in described))
    write_csv(
        folder / "municipality.csv",
        ("id", "title", "type"),
        ([one.get(name) for name in ("id", "title", "type")] for one in municipalities),
    )
    write_csv(folder / "municipality_groups.csv", ("group_id", "group_title", "member_id", "member_title"), groups)
    # The values come last: they are what makes a dump, so an old dump is replaced only by a whole one.
    tables = [pq.read_table(path) for path in paths]
    write_parquet(folder / "observations.parquet", sorted_rows(pa.concat_tables([SCHEMA.empty_table(), *tables])))
    shutil.rmtree(parts)
    return folder


def kpi_ids(catalogue: Catalogue) -> list[str]:
    """Return the KPIs the catalogue asks for, sorted, each once."""
    return sorted({one.kolada for one in catalogue.indicators if one.kolada})


def _plan(
    kpis: Sequence[str], municipalities: Sequence[str], years: Sequence[int]
) -> list[tuple[list[str], list[str], list[int]]]:
    """Return the requests: all combinations of batches of 25 KPIs, municipalities and years."""
    return [
        (of_kpis, of_municipalities, of_years)
        for of_kpis in batches(kpis)
        for of_municipalities in batches(municipalities)
        for of_years in batches(sorted(years))
    ]


def _digest(base_url: str, batch: tuple[list[str], list[str], list[int]]) -> str:
    """Return a name for a request's part, the same for the same request."""
    return hashlib.sha256(json.dumps([base_url, *batch]).encode()).hexdigest()[:20]

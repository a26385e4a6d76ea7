"""``lagesbild download`` and ``lagesbild revisions``: Kolada's key figures, and what changed in them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from lagesbild.cli.options import Root, Source, layout

_WHOLE = Path("data/raw/kolada")
_CHANGES = Path("data/raw/kolada-changes")


def download(
    output: Annotated[Path | None, typer.Option(help=f"Folder for the dump: {_WHOLE}, or {_CHANGES}.")] = None,
    from_year: Annotated[int, typer.Option(help="First year.")] = 2012,
    to_year: Annotated[int, typer.Option(help="Last year.")] = 2024,
    prefix: Annotated[
        list[str] | None, typer.Option(help="All key figures whose id begins so (U2); the catalogue's where not given.")
    ] = None,
    units: Annotated[bool, typer.Option(help="Also the figures of single units.")] = False,
    changes: Annotated[bool, typer.Option(help="Only what changed since the archive's release.")] = False,
    since: Annotated[str | None, typer.Option(help="Only what changed since this date (2026-03-01).")] = None,
    release_date: Annotated[str | None, typer.Option(help="Date of the release that is fetched.")] = None,
    source: Source = "kolada",
    root: Root = Path(),
    url: Annotated[str | None, typer.Option(help="Address of the API, where not Kolada's own.")] = None,
) -> None:
    """Download key figures from Kolada's API; an interrupted download is taken up again."""
    from lagesbild.catalogue.load import load_catalogue
    from lagesbild.errors import ParameterError
    from lagesbild.observations.archive import FOLDER, read_release_date
    from lagesbild.sources.kolada_api import BASE_URL, KoladaClient
    from lagesbild.sources.kolada_download import Request, kpi_ids, kpis_with_prefix
    from lagesbild.sources.kolada_download import download as download_dump
    from lagesbild.sources.kolada_release import Release

    if changes and since is None:
        since = read_release_date(layout(source, 0, root).work / "store" / FOLDER)
        if since is None:
            raise ParameterError("since", since, ["the archive's release has no date: say since when"])
    with KoladaClient(url or BASE_URL) as client:
        kpis = kpis_with_prefix(client, prefix) if prefix else kpi_ids(load_catalogue())
        request = Request(
            kpis=tuple(kpis),
            years=tuple(range(from_year, to_year + 1)),
            units=units,
            release=Release(date=release_date, from_date=since),
            # The one place for a clock: when raw files were fetched is a fact about them, and no product's.
            retrieved=datetime.now(tz=UTC).date().isoformat(),
        )
        folder = download_dump(output or (_CHANGES if since else _WHOLE), client=client, request=request)
    typer.echo(f"{len(kpis)} key figures in {folder}" + (f", changes since {since}" if since else ""))


def revisions(
    source: Source = "kolada",
    root: Root = Path(),
    release: Annotated[str | None, typer.Option(help="Date of one release; all where not given.")] = None,
    before: Annotated[
        Path | None, typer.Option(help="Folder of an earlier release's released observations, to compare with.")
    ] = None,
    output: Annotated[Path, typer.Option(help="File for that comparison.")] = Path("andrade-varden.csv"),
) -> None:
    """Count what changed in Kolada by release and key figure; with --before, list changed released results."""
    from lagesbild.errors import NotBuiltError, ParameterError
    from lagesbild.files import write_atomic
    from lagesbild.frame_bytes import csv_bytes
    from lagesbild.methods.released_changes import released_changes
    from lagesbild.observations.archive import FOLDER, read_log
    from lagesbild.observations.revisions import counts
    from lagesbild.observations.store import read_store

    work = layout(source, 0, root).work
    if before is not None:
        found = released_changes(read_store(before), read_store(work / "released"))
        write_atomic(output, csv_bytes(found))
        typer.echo(f"{len(found)} changed results in {output}")
        return
    log = read_log(work / "store" / FOLDER)
    if log is None:
        raise NotBuiltError("the archive of key figures", "lagesbild import")
    known = sorted(log["release"].unique())
    if release is not None and release not in known:
        raise ParameterError("release", release, known or ["no release has changed anything yet"])
    table = counts(log if release is None else log[log["release"] == release])
    for row in table.to_dict("records"):
        kinds = ", ".join(f"{row[kind]} {kind}" for kind in ("new", "changed", "withdrawn"))
        typer.echo(f"{row['release']}\t{row['kpi']}\t{kinds}")
    typer.echo(f"{len(log) if release is None else int((log['release'] == release).sum())} revisions")

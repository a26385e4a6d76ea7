"""Cells that were found again become places in files: hidden where nothing of them is released, hashed, with origin."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from lagesbild.catalogue.raw_files import RawFile, RawFiles
from lagesbild.catalogue.raw_hash import raw_hash, read_key
from lagesbild.catalogue.raw_place import ObservationKey, RawPlace
from lagesbild.errors import Fault, InputError
from lagesbild.files import sha256
from lagesbild.sources.found_cell import MAIN_FIELDS, FoundCell
from lagesbild.sources.kolada_dump import OBSERVATIONS


def archive_file(work: Path, name: str, listed: RawFiles) -> RawFile:
    """Return a file of the archive as a raw file: where it is from is where all earlier dumps are from."""
    path = work / name
    dumps = [one for one in listed.earlier if Path(one.path).name == OBSERVATIONS]

    def agreed(field: str) -> str | None:
        told = {getattr(one, field) for one in dumps}
        return told.pop() if len(told) == 1 else None

    origin, licence, retrieved, address = (agreed(name) for name in ("origin", "licence", "retrieved", "address"))
    return RawFile(
        path=name,
        sha256=sha256(path),
        bytes=path.stat().st_size,
        origin=origin,
        licence=licence,
        retrieved=retrieved,
        address=address,
    )


def unchanged(folder: Path, one: RawFile) -> Path:
    """Return the path of a listed file, if it is still what was imported."""
    path = folder / one.path
    if not path.is_file():
        action = "Give the folder that was imported: --data"
        raise InputError("no way back", [Fault(what="the file is not in the folder", file=one.path, action=action)])
    if raw_hash(path, read_key(folder) if one.keyed else None) != one.sha256:
        what, action = "the file has changed since it was imported", "Run lagesbild import again, or restore the file"
        raise InputError("no way back", [Fault(what=what, file=one.path, action=action)])
    return path


def told_places(
    cells: Iterable[FoundCell], file: RawFile, shown: Collection[str], *, api_path: str | None = None
) -> list[RawPlace]:
    """Return the cells that may be shown as places; the row alone where the figure itself may not be.

    Parameters
    ----------
    cells
        Those of one observation, that of the figure itself first.
    file
        What they stand in.
    shown
        What of the observation is released.
    api_path
        Where Kolada's API gives the same, below the file's address.
    """
    cells = list(cells)
    told = [one for one in cells if one.is_shown(shown)] if MAIN_FIELDS & set(shown) else []
    # The figure's own address tells a withheld figure just as its cell does.
    address = f"{file.address}/{api_path}" if told and api_path and file.address else None
    return [
        RawPlace(
            field=one.field,
            file=file.path,
            sheet=one.sheet,
            cell=one.cell,
            row=one.row,
            column=one.column,
            text=one.text,
            rule=one.rule,
            sha256=file.sha256,
            address=address,
            origin=file.origin,
            licence=file.licence,
            retrieved=file.retrieved,
        )
        for one in told or [cells[0].hidden()]
    ]


def lost(key: ObservationKey, source: str) -> InputError:
    """Return the error of an observation that no raw cell gives."""
    fault = Fault(
        what=f"no raw cell of {source} gives this observation (level {key.level}, sex {key.sex})",
        indicator=key.indicator,
        region=key.region,
        year=key.year,
        action="Run lagesbild import again: the released row and the raw files are not of one import",
    )
    return InputError("no way back", [fault])

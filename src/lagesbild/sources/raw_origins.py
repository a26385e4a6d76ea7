"""Whom raw files are from, under which terms and when they were fetched; the list of them that an import leaves.

A table ``ursprung.csv`` beside the files tells it (docs/raw-files.md). Where there is none, the reviewed register
``data/registers/kallor.csv`` tells whom the files of a source's folder are from, and nobody when they were fetched.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from lagesbild.catalogue.raw_files import RawFile, RawFiles
from lagesbild.catalogue.raw_hash import KEY_FILE, is_keyed, made_key, raw_hash, told_size
from lagesbild.catalogue.registers import TEXT, matching, read_register
from lagesbild.catalogue.resources import registers_folder
from lagesbild.errors import Fault, InputError, ParameterError
from lagesbild.files import write_atomic
from lagesbild.sources.analyst_files import ANALYST_FILES
from lagesbild.sources.kolada_dump import DUMP_FILES
from lagesbild.sources.kolada_release import NOTE, read_release
from lagesbild.sources.tidy import OWN_FILES

#: The table beside the files. In the folder of raw files, or in that of a dump.
BESIDE = "ursprung.csv"

KOLADA, SOCIALSTYRELSEN = "kolada", "socialstyrelsen"
_FOLDERS = (KOLADA, SOCIALSTYRELSEN, OWN_FILES, ANALYST_FILES)

_ANY = matching(r"(\S(.*\S)?)?", "text without spaces around it")
_DATE = matching(r"(\d{4}-[01]\d-[0-3]\d)?", "a date as 2026-03-01")
_WEB = matching(r"(https?://\S+)?", "an address that begins with https://")
#: A path, or a pattern such as ``socialstyrelsen/*``; whom from, terms, date, address of an API (see `RawFile`).
_COLUMNS = {"fil": TEXT, "ursprung": TEXT, "licens": _ANY, "hamtad": _DATE, "adress": _WEB}


@dataclass(frozen=True, kw_only=True)
class Origin:
    """What a table says of the files that a pattern names."""

    pattern: str
    origin: str
    licence: str | None = None
    retrieved: str | None = None
    address: str | None = None


def list_raw_files(folder: Path, *, analyst: Path | None = None) -> tuple[RawFile, ...]:
    """Return the files that an import of a folder reads, each with its hash and where it is from.

    The key that files of one's own are hashed with is made, where there are such files and it isn't there yet.

    Parameters
    ----------
    folder
        The folder of raw files, or a dump of Kolada itself.
    analyst
        The analyst's files, where they are not in the folder.

    Raises
    ------
    InputError
        If a table of origins has a fault, or names a file that isn't there; if there can be no key.
    """
    named = dict(_files(folder, analyst))
    key = made_key(folder) if any(is_keyed(name) for name in named) else None
    if key is not None:
        named[KEY_FILE] = folder / KEY_FILE
    told = list(_beside(folder, named))
    usual = _usual()
    found = []
    for name, path in sorted(named.items()):
        one = next((entry for entry in told if fnmatchcase(name, entry.pattern)), None)
        one = one or usual.get(name.partition("/")[0] if "/" in name else KOLADA)
        if name.endswith(BESIDE) and one not in told:
            one = Origin(pattern=name, origin="Uppgifter om råfilerna, lagda bredvid dem")
        if name == KEY_FILE and one not in told:
            one = Origin(pattern=name, origin="Nyckel som egna filers hashvärden är gjorda med")
        found.append(
            RawFile(
                path=name,
                sha256=raw_hash(path, key if is_keyed(name) else None),
                bytes=told_size(path, keyed=is_keyed(name)),
                keyed=is_keyed(name),
                origin=one.origin if one else None,
                licence=one.licence if one else None,
                retrieved=one.retrieved if one else None,
                address=one.address if one else None,
            )
        )
    return tuple(found)


def write_origins(folder: Path, origins: Iterable[Origin]) -> None:
    """Write the table of origins into a folder."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for one in origins:
        writer.writerow([one.pattern, one.origin, one.licence or "", one.retrieved or "", one.address or ""])
    write_atomic(folder / BESIDE, buffer.getvalue())


def usual_origin(source: str, *, retrieved: str | None, address: str | None) -> Origin:
    """Return what the register says of a source, for all files beside the table, with the day and the API's address."""
    return replace(_usual()[source], pattern="*", retrieved=retrieved, address=address)


def dump_folder(folder: Path) -> Path | None:
    """Return the folder of Kolada's dump in a folder of raw files, null where it holds other sources only."""
    if (folder / KOLADA).is_dir():
        return folder / KOLADA
    return None if any((folder / name).is_dir() for name in (SOCIALSTYRELSEN, OWN_FILES)) else folder


def with_earlier(files: tuple[RawFile, ...], before: RawFiles | None, folder: Path) -> RawFiles:
    """Return the list, with the dumps that an archive still has figures of where this one holds changes only."""
    dump = dump_folder(folder)
    if before is None or dump is None or read_release(dump / NOTE).release.from_date is None:
        return RawFiles(files=files)
    now = {one.sha256 for one in files}
    old = [*before.earlier, *(one for one in before.files if one.path.startswith(f"{KOLADA}/") or "/" not in one.path)]
    return RawFiles(files=files, earlier=tuple(one for one in dict.fromkeys(old) if one.sha256 not in now))


def _files(folder: Path, analyst: Path | None) -> Iterator[tuple[str, Path]]:
    """Yield the name and path of each file that an import reads."""
    dump = dump_folder(folder)
    names = [BESIDE, *(DUMP_FILES if dump == folder else ())]
    yield from ((name, folder / name) for name in names if (folder / name).is_file())
    for name in _FOLDERS:
        below = analyst if name == ANALYST_FILES and analyst is not None else folder / name
        for path in below.rglob("*"):
            parts = path.relative_to(below).parts
            if path.is_file() and not any(part.startswith((".", "~$")) for part in parts):
                yield "/".join((name, *parts)), path


def _beside(folder: Path, named: Iterable[str]) -> Iterator[Origin]:
    """Yield what the tables beside the files say; a dump's own comes first.

    Raises
    ------
    InputError
        With every fault of both tables.
    """
    faults: list[Fault] = []
    prefixes = (f"{KOLADA}/", "")
    found: list[Origin] = []
    for prefix in (one for one in prefixes if (folder / one / BESIDE).is_file()):
        try:
            rows = read_register(folder / prefix / BESIDE, _COLUMNS, key=("fil",))
        except InputError as error:
            faults += error.faults
            continue
        for number, row in enumerate(rows, start=2):
            pattern = prefix + row["fil"]
            if not any(fnmatchcase(name, pattern) for name in named):
                close = ParameterError("file", pattern, named).suggestions
                action = f"Did you mean {close[0].removeprefix(prefix)}?" if close else "Take the row away"
                what = f"there is no file {row['fil']}"
                faults.append(Fault(what=what, file=prefix + BESIDE, row=number, column="fil", action=action))
            found.append(_origin(pattern, row))
    if faults:
        raise InputError("the table of raw files' origins refused", faults)
    yield from found


def _usual() -> dict[str, Origin]:
    """Return whom the files of each source's folder are from, where nothing else is told."""
    columns = {"mapp": matching("|".join(_FOLDERS), " or ".join(_FOLDERS)), "ursprung": TEXT, "licens": _ANY}
    rows = read_register(registers_folder() / "kallor.csv", {**columns, "adress": _WEB}, key=("mapp",))
    return {row["mapp"]: _origin(row["mapp"], row) for row in rows}


def _origin(pattern: str, row: dict[str, str]) -> Origin:
    return Origin(
        pattern=pattern,
        origin=row["ursprung"],
        licence=row["licens"] or None,
        retrieved=row.get("hamtad") or None,
        address=row["adress"] or None,
    )

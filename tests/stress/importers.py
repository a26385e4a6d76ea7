"""Damaged outside files, one at a time, given to the importers: refused, read the same, or known by hash."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import xlwt
from damage import DAMAGES, damage
from fork_try import tried
from tally import Tally, over

from lagesbild.catalogue.load import Catalogue
from lagesbild.disclosure.context import analyst_frames
from lagesbild.disclosure.intake import read_source
from lagesbild.files import sha256
from lagesbild.observations.validate import validate
from lagesbild.sources.socialstyrelsen_book import open_book

#: The kinds of outside files, and where one of them is in the outside files of the small world.
KINDS = {
    "Kolada's figures (Parquet)": "kolada/observations.parquet",
    "Kolada's figures of units, no checksums (Parquet)": "kolada/oudata.parquet",
    "Kolada's tables (CSV)": "kolada/*.csv",
    "Kolada's note on the dump (JSON)": "kolada/dump.json",
    "Socialstyrelsen's workbooks (xlsx)": "socialstyrelsen/*.xlsx",
    "Socialstyrelsen's old workbooks (xls)": "socialstyrelsen/*.xls",
    "Socialstyrelsen's text files (CSV)": "socialstyrelsen/*.csv",
    "mappings (YAML)": "socialstyrelsen/mappings/*.yml",
    "a kommun's own files (CSV)": "egna/*.csv",
    "the analyst's files (CSV)": "analytiker/*.csv",
    "comments (Markdown)": "analytiker/kommentarer/*.md",
}


def small_source(raw: Path, folder: Path) -> Path:
    """Return a folder with a few outside files of every kind, made of those of a world."""
    shutil.copytree(raw / "kolada", folder / "kolada")
    shutil.copytree(raw / "analytiker", folder / "analytiker")
    shutil.copytree(raw / "egna", folder / "egna")
    books = folder / "socialstyrelsen"
    books.mkdir()
    names = sorted((raw / "socialstyrelsen").glob("*-krisberedskap-2024.xlsx"))
    names += sorted((raw / "socialstyrelsen").glob("brukarundersokning-vald-i-nara-relationer-2024.xlsx"))
    for path in names:
        shutil.copyfile(path, books / path.name)
    for path in sorted((raw / "socialstyrelsen").glob("*-ekonomiskt-bistand-2024.xlsx"))[:1]:
        _as_xls(path, books / f"{path.stem}.xls")
    for path in sorted((raw / "socialstyrelsen").glob("*-hemloshet-2024.xlsx"))[:1]:
        _as_csv(path, books)
    shutil.copytree(raw / "socialstyrelsen" / "mappings", books / "mappings")
    used = {path.stem.split("-")[0] for path in books.glob("*-*")}
    for path in (books / "mappings").glob("*.yml"):
        if not path.stem.endswith("-2024") or path.stem.removesuffix("-2024") not in used:
            path.unlink()
    figures = folder / "kolada" / "observations.parquet"
    rows = pd.read_parquet(figures)
    last = rows["year"].max()
    rows[rows["year"] == last].to_parquet(figures, index=False, write_page_checksum=True)
    (folder / "kolada" / "dump.json").write_text('{"release": "2025-06-20", "from_date": null}\n')
    return folder


def _sheets(path: Path) -> list[tuple[str, list[list[Any]]]]:
    sheets, faults = open_book(path)
    if faults:
        raise RuntimeError(str(faults[0]))
    return [(sheet.name, sheet.rows) for sheet in sheets]


def _as_xls(path: Path, target: Path) -> None:
    book = xlwt.Workbook()
    for name, rows in _sheets(path):
        sheet = book.add_sheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell not in ("", None):
                    sheet.write(number, place, cell)
    book.save(str(target))


def _as_csv(path: Path, folder: Path) -> None:
    for name, rows in _sheets(path):
        if "kommun" in name.lower() or len(rows) > 10:
            lines = [";".join("" if cell is None else str(cell).replace(".", ",") for cell in row) for row in rows]
            (folder / f"{path.stem}-{name.lower()}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def taken_in(folder: Path, catalogue: Catalogue) -> tuple[dict[str, str], pd.DataFrame]:
    """Return what the importers make of a folder: a hash of every frame, and the observations."""
    frames = analyst_frames(folder, None, catalogue)
    source = read_source(folder, catalogue=catalogue)
    valid = validate(source.observations, catalogue=catalogue, origin=folder.name)
    told = {name: _hash(frame) for name, frame in frames.items()}
    told["observations"] = _hash(valid)
    if source.archive is not None:
        told["release"] = str(source.archive.release)
        told |= {name: _hash(table) for name, table in source.archive.tables.items()}
        told["figures"] = _hash(source.archive.figures)
    return told, valid


def _hash(frame: pd.DataFrame) -> str:
    return f"{len(frame)} {','.join(frame.columns)} {int(pd.util.hash_pandas_object(frame, index=False).sum())}"


def hashes(folder: Path) -> dict[str, str]:
    """Return the hash of every outside file, as a release's manifest has them."""
    return {path.relative_to(folder).as_posix(): sha256(path) for path in folder.rglob("*") if path.is_file()}


def damaged_imports(
    source: Path, scratch: Path, *, catalogue: Catalogue, tries: int, chance: random.Random
) -> list[Tally]:
    """Damage one outside file at a time, each kind in each way, and import.

    Parameters
    ----------
    source
        As `small_source` makes it.
    scratch
        Folder for the damaged copies.
    tries
        How many for each kind and way.
    """
    whole, known = taken_in(source, catalogue)[0], hashes(source)
    tallies = []
    for kind, pattern in KINDS.items():
        files = sorted(path.relative_to(source) for path in source.glob(pattern))
        if not files:
            continue
        tally = Tally(part="Damaged outside files", what=kind, how=", ".join(DAMAGES))
        for how in DAMAGES:
            for number in range(tries):
                if number and over():
                    break
                name = chance.choice(files)
                folder = scratch / "in"
                shutil.rmtree(folder, ignore_errors=True)
                shutil.copytree(source, folder)
                if not damage(folder / name, how, chance):
                    continue
                tally.tries += 1
                kind_of, told = tried(lambda folder=folder: taken_in(folder, catalogue)[0])
                if kind_of == "refused":
                    named = name.name in told or name.stem in told
                    (tally.unclear.append(f"{name}: {told[:200]}") if not named else None)
                    tally.refused += 1
                elif kind_of != "gave":
                    tally.unclear.append(f"{name}, {how}: {kind_of} {told}")
                elif told == whole:
                    tally.right += 1
                else:
                    found = {one for one, digest in hashes(folder).items() if known.get(one) != digest}
                    if found == {name.as_posix()}:
                        tally.named += 1
                    else:
                        tally.wrong.append(f"{name}, {how}")
        tallies.append(tally)
    return tallies

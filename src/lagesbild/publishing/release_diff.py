"""What a release says otherwise than the one before it: figures, definitions of indicators, and products.

Only the two release folders are read, so nothing stands in the result that neither of them has published.
"""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from lagesbild.catalogue.vocabulary import Status
from lagesbild.errors import Fault, InputError
from lagesbild.files import sha256
from lagesbild.methods.figure_changes import BESIDE, KEY, figure_changes, joined_changes
from lagesbild.methods.release_comparison import LEFT_COLUMNS, ReleaseDiff, definition_changes, product_changes

#: Where a release's figures stand, one file per area and year.
FIGURES = "data/indikatorer"
#: What its indicators mean, a row each.
CATALOGUE = "data/katalog.csv"
#: The manifest and the data package tell what else the release is and holds.
MANIFEST, PACKAGE = "manifest.json", "data/datapackage.json"
#: Products that are made from the diff, or tell of all the others, are not compared.
_MADE_AFTER = ("site", "revideringar", MANIFEST)


def release_diff(old: Path, new: Path) -> ReleaseDiff:
    """Compare two release folders.

    Parameters
    ----------
    old, new
        Folders of the earlier and the later release of one source (``_release/<source>-<year>``).

    Raises
    ------
    InputError
        If one is no release, or they are of different sources.
    """
    _check(old, new)
    files = {side: _figure_files(folder) for side, folder in (("old", old), ("new", new))}
    log, counts = joined_changes(
        [_year_changes(files["old"].get(year, []), paths) for year, paths in files["new"].items()]
    )
    definitions, whole = _definitions(old, new, files)
    return ReleaseDiff(
        old=_name(old),
        new=_name(new),
        old_version=_version(old),
        new_version=_version(new),
        years=tuple(files["new"]),
        first_years=tuple(year for year in files["new"] if year not in files["old"]),
        log=log,
        counts=counts,
        left=_left(files["old"], files["new"]),
        definitions=definitions,
        whole_definitions=whole,
        products=product_changes(_hashes(old, told=True), _hashes(new)),
    )


def compared_files(release: Path) -> list[Path]:
    """Return the files of a release that a later one is compared with: all that `release_diff` reads of it."""
    named = [release / name for name in (MANIFEST, PACKAGE, CATALOGUE)]
    figures = [path for paths in _figure_files(release).values() for path in paths]
    return sorted([*(path for path in named if path.is_file()), *figures])


def says_synthetic(release: Path) -> bool:
    """Return whether a release says of itself that its figures are invented."""
    return "Syntetiska data" in str(_stated(release).get("description", ""))


def _check(old: Path, new: Path) -> None:
    faults = [
        Fault(
            what="no release: it has no figures",
            file=folder.name,
            expected=f"a folder with {FIGURES}/<area>-<year>.parquet",
            action="Name the folder of a whole release, such as _release/kolada-2023",
        )
        for folder in (old, new)
        if not _figure_files(folder)
    ]
    if not faults and old.resolve() == new.resolve():
        faults.append(Fault(what="both releases are the same folder", file=old.name, action="Name an earlier release"))
    source_of = {folder: _name(folder).rpartition("-")[0] for folder in (old, new)}
    if not faults and source_of[old] != source_of[new]:
        faults.append(
            Fault(
                what=f"the release before is of another source: {source_of[old]}, not {source_of[new]}",
                file=old.name,
                action="Compare two releases of one source",
            )
        )
    if faults:
        raise InputError("releases not compared", faults)


def _stated(release: Path) -> dict[str, object]:
    path = release / PACKAGE
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def _name(release: Path) -> str:
    """Return a release's name as it states it itself, so that a folder may be called otherwise."""
    return str(_stated(release).get("name", release.name)).removeprefix("lagesbild-")


def _version(release: Path) -> str | None:
    found = _stated(release).get("version")
    return None if found is None else str(found)


def _figure_files(release: Path) -> dict[int, list[Path]]:
    """Return the files of figures by year, both in order."""
    found: dict[int, list[Path]] = {}
    for path in sorted((release / FIGURES).glob("*.parquet")):
        year = path.stem.rpartition("-")[2]
        if year.isdecimal():
            found.setdefault(int(year), []).append(path)
    return dict(sorted(found.items()))


def _year_changes(old: list[Path], new: list[Path]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the changes of one year's figures, all areas together: an indicator may have moved between two."""
    after = _figures(new)
    return figure_changes(_figures(old) if old else after.iloc[:0], after)


def _figures(paths: list[Path]) -> pd.DataFrame:
    columns = [*KEY, "value", "answer", "status", *BESIDE]
    return pd.concat([pd.read_parquet(path, columns=columns) for path in paths], ignore_index=True)


def _left(old: dict[int, list[Path]], new: dict[int, list[Path]]) -> pd.DataFrame:
    rows = []
    for year in (year for year in old if year not in new):
        status = pd.concat([pd.read_parquet(path, columns=["status"]) for path in old[year]])
        rows.append((year, int((status["status"] == Status.OK).sum())))
    return pd.DataFrame(rows, columns=list(LEFT_COLUMNS))


def _definitions(old: Path, new: Path, files: dict[str, dict[int, list[Path]]]) -> tuple[pd.DataFrame, bool]:
    whole = all((folder / CATALOGUE).is_file() for folder in (old, new))
    if whole:
        return definition_changes(_register(old / CATALOGUE), _register(new / CATALOGUE)), True
    return definition_changes(_names(files["old"]), _names(files["new"])), False


def _register(path: Path) -> pd.DataFrame:
    frame = pd.read_csv(path, encoding="utf-8-sig", dtype="str", keep_default_na=False)
    return frame.drop(columns=["source"], errors="ignore").set_index("indicator")


def _names(files: dict[int, list[Path]]) -> pd.DataFrame:
    """Return names and units from the files of figures, for a release that has no register of definitions."""
    parts = []
    for path in (path for paths in files.values() for path in paths):
        known = [name for name in ("indicator", "title", "unit") if name in pq.read_schema(path).names]
        parts.append(pd.read_parquet(path, columns=known).drop_duplicates("indicator"))
    frame = pd.concat(parts).drop_duplicates("indicator", keep="last").set_index("indicator")
    return frame.fillna("")


def _hashes(release: Path, *, told: bool = False) -> dict[str, str]:
    """Return the hash of every product of a release, from its manifest where `told` and it has one.

    A release that is being built may have the manifest of its last time.
    """
    manifest = release / MANIFEST
    if told and manifest.is_file():
        stated = json.loads(manifest.read_text(encoding="utf-8"))
        known = {one["path"]: one["sha256"] for one in stated["products"]}
    else:
        paths = sorted(path for path in release.rglob("*") if path.is_file())
        known = {path.relative_to(release).as_posix(): "" for path in paths}
    names = sorted(name for name in known if name.partition("/")[0] not in _MADE_AFTER)
    return {name: known[name] or sha256(release / name) for name in names}

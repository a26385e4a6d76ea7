"""What the gate was when it ran: its rules, its solver, and which raw files each area's released figures come from.

The note is about the run, never about a cell: how many were withheld, and why, is not in it. It may be published whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.resources import catalogue_folder
from lagesbild.disclosure.tauargus import MINUTES
from lagesbild.files import sha256_tree, write_atomic

#: The note's name in a source's work folder.
FILE = "sekretessprovning.json"

_SOLVER = "pytauargus"
#: A survey's reviewed mapping stands here, beside its workbooks.
_MAPPINGS = "socialstyrelsen/mappings/"


def write_gate_note(work: Path, rows: pd.DataFrame, raw_files: Iterable[str], catalogue: Catalogue) -> None:
    """Write the note of a run.

    Parameters
    ----------
    work
        The source's work folder.
    rows
        The released observations.
    raw_files
        Paths of the raw files that were read.
    catalogue
        Says which area an indicator belongs to.
    """
    names = sorted(raw_files)
    areas = rows["indicator"].map({one.id: one.area for one in catalogue.indicators})
    labels = rows["source"].astype("str").groupby(areas).unique()
    note = {
        "rules": rules(),
        "solver": {"name": _SOLVER, "version": version(_SOLVER), "minutes": MINUTES},
        "raw": {str(area): files_of(set(found), names) for area, found in labels.items()},
    }
    write_atomic(work / FILE, json.dumps(note, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def read_gate_note(work: Path) -> Mapping[str, Any] | None:
    """Return the note of a source's work folder, null where the source was imported before notes were kept."""
    path = work / FILE
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def rules() -> dict[str, str]:
    """Return hashes of all that decides what is withheld: the gate's code, and the catalogue with its thresholds."""
    code = Path(__file__).resolve().parent
    known = [path for path in catalogue_folder().rglob("*") if path.is_file()]
    return {
        "src/lagesbild/disclosure": sha256_tree(list(code.glob("*.py")), code),
        "data/catalogue": sha256_tree(known, catalogue_folder()),
    }


def files_of(labels: Iterable[str], names: Iterable[str]) -> list[str]:
    """Return the raw files behind the labels that observations carry in `source`, in order.

    Parameters
    ----------
    labels
        ``kolada``, ``socialstyrelsen:<file stem>`` or ``egen:<file stem>``.
    names
        Paths of all raw files.
    """
    wanted = set(labels)
    return [name for name in sorted(names) if wanted & _labels(PurePosixPath(name), wanted)]


def _labels(name: PurePosixPath, wanted: Iterable[str]) -> set[str]:
    """Return the labels of observations that a raw file has a part in."""
    folder = name.parts[0] if len(name.parts) > 1 else "kolada"
    if folder == "kolada":
        return {"kolada"}
    if name.as_posix().startswith(_MAPPINGS):
        survey, _, year = name.stem.rpartition("-")
        return {one for one in wanted if one.startswith(f"socialstyrelsen:{survey}") and f"-{year}" in one}
    return {f"{'egen' if folder == 'egna' else folder}:{name.stem}"}

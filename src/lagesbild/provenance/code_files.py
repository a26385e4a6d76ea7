"""The files that a release is made with: code, notebooks, documents, catalogue and registers, each with its hash."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from lagesbild.catalogue.resources import project_root
from lagesbild.provenance.file_hashes import FileHashes, files_below

#: Folders of the project that decide what is built, beside the package itself; and single files.
FOLDERS = ("_extensions", "analysis", "data", "reports")
FILES = ("Makefile", "_quarto.yml", "pyproject.toml", "requirements.lock")
PACKAGE = "src/lagesbild"
PACKAGE_FOLDER = Path(__file__).resolve().parents[1]

#: Outside files may be kept here; they are no part of the project and git does not know of them.
_OUTSIDE = ("data", "raw")
#: What a file is, for people, by how its path begins.
_KINDS = (
    ("requirements.lock", "lock file"),
    ("analysis/", "notebook"),
    ("reports/site/", "page's document"),
    ("reports/", "document"),
    ("data/catalogue/rules/", "rule file"),
    ("data/catalogue/", "catalogue"),
    ("data/registers/", "register"),
    ("data/analys/", "analysts' prose"),
    ("data/", "reviewed data"),
    ("_extensions/", "template"),
    ("_quarto.yml", "template"),
    ("Makefile", "build graph"),
)
_LEFT = (".pyc", "~", ".tmp")


def code_files() -> dict[str, Path]:
    """Return every file that a release is made with by its path in the project, in order.

    What editors, Python and Jupyter leave beside them is passed over, so that two copies of the same code agree.
    """
    root, package = project_root(), PACKAGE_FOLDER
    found = {name: root / name for name in FILES if (root / name).is_file()}
    for folder in FOLDERS:
        found |= {path.relative_to(root).as_posix(): path for path in files_below(root / folder)}
    found |= {f"{PACKAGE}/{path.relative_to(package).as_posix()}": path for path in files_below(package)}
    return {name: found[name] for name in sorted(found) if _counts(name)}


def _counts(name: str) -> bool:
    parts = name.split("/")
    left = any(part.startswith(".") or part in ("__pycache__", "_project") for part in parts)
    return not left and not name.endswith(_LEFT) and tuple(parts[:2]) != _OUTSIDE


def code_hashes(hashes: FileHashes) -> dict[str, str]:
    """Return the SHA-256 of each of `code_files`, by its path in the project."""
    files = code_files()
    hashes.read(files.values())
    return {name: hashes.of(path) for name, path in files.items()}


def digest_of(files: Mapping[str, str], below: str = "") -> str:
    """Return one hash over the names and hashes of files, all or those of a folder or file; see `files.sha256_tree`."""
    digest = hashlib.sha256()
    for name in sorted(files):
        if not below or name == below or name.startswith(f"{below}/"):
            digest.update(f"{name}\0{files[name]}\n".encode())
    return digest.hexdigest()


def kind_of_code(name: str) -> str:
    """Return what a file that releases are made with is, for people."""
    return next((kind for start, kind in _KINDS if name.startswith(start)), "code")

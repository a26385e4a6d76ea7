"""Hashes of what decides a document beside its data: the code, the templates, what is known, its own source."""

from __future__ import annotations

from pathlib import Path

from lagesbild.catalogue.resources import project_root
from lagesbild.files import sha256, sha256_tree

#: Parts of the package that decide what a report looks like; a change there makes every report anew.
_DECIDING = ("catalogue", "methods", "presentation", "publishing")


def code_digests() -> dict[str, str]:
    """Return hashes of what every report depends on: the code, the templates, what is known, and the lock file."""
    root = project_root()
    package = Path(__file__).resolve().parents[1]
    code = [path for part in _DECIDING for path in (package / part).rglob("*") if path.suffix != ".pyc"]
    known = [*(root / "data" / "catalogue").rglob("*"), *(root / "data" / "registers").rglob("*")]
    lock = root / "requirements.lock"
    return {
        "src/lagesbild": sha256_tree([path for path in code if path.is_file()], package),
        "_extensions": sha256_tree([p for p in (root / "_extensions").rglob("*") if p.is_file()], root),
        "data": sha256_tree([path for path in known if path.is_file()], root),
        "_quarto.yml": sha256(root / "_quarto.yml"),
        **({"requirements.lock": sha256(lock)} if lock.is_file() else {}),
    }


def source_digest(document: str) -> dict[str, str]:
    """Return the name of a source document's folder with a hash of what is in it."""
    folder = (project_root() / document).parent
    siblings = [path for path in folder.rglob("*") if path.is_file()]
    return {folder.relative_to(project_root()).as_posix(): sha256_tree(siblings, folder)}

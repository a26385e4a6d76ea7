"""The list of raw files that a source was imported from, as the import leaves it in the source's work folder.

``raavaror.json`` holds ``files``: an object for each file that the import read, sorted by path, with `path` (relative
to the folder of raw files), `sha256`, `keyed`, `bytes`, `origin`, `licence`, `retrieved` and `address`; null where not
told. And ``earlier``: the same of files that earlier imports read and Kolada's archive still holds figures of, where
the folder's own dump holds changes only; they are not in the folder.

The list says nothing of what stands in the files, so it may be published whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from lagesbild.errors import NotBuiltError

#: The list's name in a source's work folder.
FILE = "raavaror.json"


@dataclass(frozen=True, kw_only=True)
class RawFile:
    """One raw file.

    Parameters
    ----------
    path
        Relative to the folder of raw files, with ``/``. The analyst's files are ``analytiker/...`` wherever they
        were given from.
    sha256, bytes
        Of its content when it was imported.
    keyed
        Whether the hash is made with a key and the size is rounded (see `lagesbild.catalogue.raw_hash`).
    origin
        Whom it is from, in Swedish for readers.
    licence
        Under which terms, in the same way.
    retrieved
        ISO date on which it was fetched; null where nobody has told, and for files that were made and not fetched.
    address
        Address of the API that gives the same figures one by one; null where there is none.
    """

    path: str
    sha256: str
    bytes: int
    keyed: bool = False
    origin: str | None = None
    licence: str | None = None
    retrieved: str | None = None
    address: str | None = None


@dataclass(frozen=True, kw_only=True)
class RawFiles:
    """The files that were imported, and those of earlier imports that figures still come from."""

    files: tuple[RawFile, ...]
    earlier: tuple[RawFile, ...] = ()

    def text(self) -> str:
        """Return the list as it is written."""
        document = {"files": _sorted(self.files), "earlier": _sorted(self.earlier)}
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def read_raw_files(work: Path) -> RawFiles:
    """Return the list of a source's work folder.

    Raises
    ------
    NotBuiltError
        If the source has not been imported since lists are kept.
    """
    path = work / FILE
    if not path.is_file():
        raise NotBuiltError(f"the list of raw files {FILE}", "lagesbild import")
    found = json.loads(path.read_text(encoding="utf-8"))
    files, earlier = (tuple(RawFile(**one) for one in found[name]) for name in ("files", "earlier"))
    return RawFiles(files=files, earlier=earlier)


def _sorted(files: Iterable[RawFile]) -> list[dict[str, object]]:
    return [asdict(one) for one in sorted(files, key=lambda one: (one.path, one.sha256))]

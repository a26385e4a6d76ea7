"""What the sections of the website have given, kept for the next build while nothing that they read has changed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from lagesbild.files import sha256, write_atomic
from lagesbild.publishing.code_digests import code_digests
from lagesbild.publishing.layout import Layout

#: What a section may read below the year's folder; the rest is made from it.
_READ = ("analysis", "underlag", "liknande", "tillagg", "stadsdelar")


def state(layout: Layout) -> str:
    """Return a hash of all that sections may read: the code, and the size and time of every file of data.

    Files of the release are known by their names, since pages lead to them; those of its open data by size too.
    """
    digest = hashlib.sha256(json.dumps(code_digests(), sort_keys=True).encode())
    folders = (layout.released, *(layout.yearly / name for name in _READ), layout.release / "data")
    loose = [path for path in layout.work.glob("*") if path.is_file()]
    for path in sorted((*loose, *(one for folder in folders for one in folder.rglob("*") if one.is_file()))):
        found = path.stat()
        digest.update(f"{path.relative_to(layout.root)} {found.st_size} {found.st_mtime_ns}\n".encode())
    for path in sorted(layout.release.glob("*/**/*")):
        if not path.is_relative_to(layout.site):
            digest.update(f"{path.relative_to(layout.root)}\n".encode())
    return digest.hexdigest()


def keep(layout: Layout, name: str, key: str, files: Mapping[str, str | bytes]) -> None:
    """Keep one part's files; the note of what they were made from comes last."""
    folder = _folder(layout, name)
    shutil.rmtree(folder, ignore_errors=True)
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    told = {path: sha256(folder / path) for path in files}
    write_atomic(folder / "nyckel.json", json.dumps({"key": key, "files": told}))


def kept(layout: Layout, name: str, key: str) -> bool:
    """Return whether one part's files are those that the key gives."""
    folder = _folder(layout, name)
    try:
        told = json.loads((folder / "nyckel.json").read_text(encoding="utf-8"))
        # What a bad disk has altered since is made anew too.
        return bool(told["key"] == key and all(sha256(folder / path) == one for path, one in told["files"].items()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def put(layout: Layout, name: str) -> Iterator[str]:
    """Put one part's files into the staged project, and yield their paths there."""
    folder = _folder(layout, name)
    for path in json.loads((folder / "nyckel.json").read_text(encoding="utf-8"))["files"]:
        target = layout.site_project / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        # Nobody writes into a staged file, so that it can be the kept one itself.
        os.link(folder / path, target)
        yield path


def _folder(layout: Layout, name: str) -> Path:
    return layout.yearly / "site-sections" / name

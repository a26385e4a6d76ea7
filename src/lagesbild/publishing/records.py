"""A record per document: what it was made from, and what it became.

A document is up to date when its record names the same inputs and its outputs still have the recorded
hashes; then a batch skips it. The records are the raw material of the release's manifest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lagesbild.files import sha256, write_atomic


@dataclass(frozen=True, kw_only=True)
class Record:
    """What one document was made from and what it became.

    Parameters
    ----------
    document
        Path of the source document or notebook, relative to the project.
    kind
        What the products are ("kommunrapport", "lägesrapport", "notebook").
    parameters
        Parameters the document ran with.
    engine
        Name of the render engine, empty for notebooks.
    inputs
        Input name to SHA-256.
    outputs
        Output path, relative to the root, to SHA-256.
    """

    document: str
    kind: str
    parameters: Mapping[str, object]
    engine: str
    inputs: Mapping[str, str]
    outputs: Mapping[str, str]

    @property
    def fingerprint(self) -> str:
        """One hash over everything that decides the outputs."""
        deciding = [self.document, dict(self.parameters), self.engine, dict(self.inputs)]
        return hashlib.sha256(json.dumps(deciding, sort_keys=True).encode()).hexdigest()

    def write(self, path: Path) -> None:
        """Write the record as JSON, atomically."""
        content = {
            "document": self.document,
            "kind": self.kind,
            "parameters": dict(self.parameters),
            "engine": self.engine,
            "inputs": dict(self.inputs),
            "outputs": dict(self.outputs),
        }
        write_atomic(path, json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def read_record(path: Path) -> Record | None:
    """Return the record at `path`, or None where there is none or it can't be read."""
    try:
        return Record(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def outputs_of(paths: list[Path], root: Path) -> dict[str, str]:
    """Return relative path to SHA-256 for the files at `paths`."""
    return {path.relative_to(root).as_posix(): sha256(path) for path in sorted(paths)}


def is_current(wanted: Record, path: Path, root: Path) -> bool:
    """Return whether the record at `path` says that `wanted` is already made, and its outputs still stand.

    `wanted` has the inputs of now; its outputs are not looked at.
    """
    made = read_record(path)
    if made is None or (made.kind, made.fingerprint) != (wanted.kind, wanted.fingerprint):
        return False
    for name, digest in made.outputs.items():
        output = root / name
        if not output.is_file() or sha256(output) != digest:
            return False
    return True

"""What a release was built with: nothing here differs between two machines with the same lock file and code."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import Any

from lagesbild.provenance.code_files import digest_of

#: The packages that make up the embedded engine.
_EMBEDDED = ("pypandoc_binary", "typst")


def environment(code: Mapping[str, str], engines: Iterable[str]) -> dict[str, Any]:
    """Return Python's version, the hash of the lock file and of all code, and the render engines with their versions.

    Parameters
    ----------
    code
        Hash of each file of code (`code_files.code_hashes`).
    engines
        Names of the engines that rendered something.
    """
    return {
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "lock": code.get("requirements.lock"),
        "code": digest_of(code),
        "engine": {name: _versions(name) for name in sorted(set(engines))},
    }


def _versions(engine: str) -> dict[str, str]:
    if engine == "quarto":
        program = shutil.which("quarto")
        told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False) if program else None
        found = re.match(r"[\d.]+", told.stdout) if told else None
        return {"quarto": found[0]} if found else {}
    return {name: version(name) for name in _EMBEDDED}

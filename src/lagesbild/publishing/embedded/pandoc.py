"""One call of Pandoc: Markdown in, Typst or HTML out, faults as errors with their place."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pypandoc
import yaml

from lagesbild.errors import DocumentError
from lagesbild.publishing.embedded.holdings import holds
from lagesbild.publishing.embedded.pipe_tables import write_tables
from lagesbild.publishing.embedded.raw_inlines import put_back, set_aside
from lagesbild.publishing.qmd import SourceLine

ENGINE_FILTER = Path(__file__).with_name("engine.lua")
_FAULT_MARK = "LAGESBILD "
_FILTER_FAILED = 65


def pandoc_path() -> Path:
    """Return the Pandoc that came with the package, never one that happens to be on PATH."""
    return Path(pypandoc.__file__).parent / "files" / "pandoc"


def convert(
    lines: Sequence[SourceLine],
    *,
    target: str,
    metadata: Mapping[str, Any],
    template: Path,
    settings: Mapping[str, Any],
    scratch: Path,
    filters: Sequence[Path] = (),
    arguments: Sequence[str] = (),
    variables: Mapping[str, Any] | None = None,
) -> str:
    """Return Markdown converted.

    Parameters
    ----------
    lines
        The document's Markdown with its places.
    target
        "typst" or "html".
    metadata
        The document's metadata; text in it is Markdown.
    template
        Pandoc template.
    settings
        What ``engine.lua`` needs to know.
    scratch
        Folder for the files of the call.
    filters
        Lua filters that run before the engine's own.
    arguments
        More arguments for Pandoc.
    variables
        Template variables, taken as they are.

    Raises
    ------
    DocumentError
        For faults that the filter found, or if Pandoc fails.
    """
    defaults = scratch / f"{target}-defaults.yaml"
    defaults.write_text(json.dumps({"variables": dict(variables or {})}, ensure_ascii=False), encoding="utf-8")
    header = yaml.safe_dump(dict(metadata), allow_unicode=True, sort_keys=True, width=10_000)
    tables = write_tables(lines, target, str(settings["words"]["tbl"]))
    shortened, kept = set_aside(tables, target)
    markdown = f"---\n{header}---\n\n" + "\n".join(line.text for line in shortened) + "\n"
    settings_file = scratch / f"{target}-settings.json"
    told = {**settings, "holds": holds(markdown, filters)}
    settings_file.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    command = [
        str(pandoc_path()), "--from=markdown", f"--to={'html5' if target == 'html' else target}", "--wrap=none",
        f"--template={template}", f"--defaults={defaults}",
        *(f"--lua-filter={path}" for path in (*filters, ENGINE_FILTER)), *arguments,
    ]  # fmt: skip
    environment = {"LAGESBILD_ENGINE": str(settings_file), "LC_ALL": "C.UTF-8", "HOME": str(scratch)}
    environment |= {key: os.environ[key] for key in ("PATH", "TMPDIR") if key in os.environ}
    done = subprocess.run(
        command, input=markdown.encode(), capture_output=True, check=False, env=environment, cwd=scratch
    )
    message = done.stderr.decode("utf-8", "replace")
    if done.returncode == _FILTER_FAILED and _FAULT_MARK in message:
        raise _first_fault(json.loads(message.split(_FAULT_MARK, 1)[1]), lines)
    if done.returncode:
        file = lines[0].file if lines else "document"
        raise DocumentError(file, None, f"Pandoc failed: {message.strip() or done.returncode}")
    return put_back(done.stdout.decode("utf-8"), kept)


def _first_fault(faults: Sequence[Mapping[str, str]], lines: Sequence[SourceLine]) -> DocumentError:
    """Return the fault that stands first in the document, with the count of the others."""
    placed = sorted((_place(fault, lines) for fault in faults), key=lambda place: place[0])
    order, file, line = placed[0]
    fault = next(fault for fault in faults if _place(fault, lines)[0] == order)
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    return DocumentError(file, line, fault["what"] + more, fault.get("action") or "")


def _place(fault: Mapping[str, str], lines: Sequence[SourceLine]) -> tuple[int, str, int | None]:
    """Return the position, file and line of a fault: as it says itself, or where its key stands."""
    file, _, number = fault.get("place", "").rpartition(":")
    if file:
        position = next((n for n, line in enumerate(lines) if (line.file, line.line) == (file, int(number))), 0)
        return position, file, int(number)
    key = fault.get("key", "")
    pattern = re.compile(rf"{re.escape(key)}(?![\w-])" if key[-1:].isalnum() else re.escape(key))
    for position, line in enumerate(lines):
        if key and pattern.search(line.text):
            return position, line.file, line.line
    return len(lines), lines[0].file if lines else "document", None

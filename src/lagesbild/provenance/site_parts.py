"""The generated parts of the website: which section gave each file, and what it may have been made from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.provenance.file_hashes import FileHashes
from lagesbild.provenance.nodes import CONTEXT, Node, node
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.site_sections import MODULES


def section_inputs(part: str) -> list[str]:
    """Return what a part of a section of the website may be made from."""
    own = [f"analysis/{part}", f"released/{part}"] if part in AREA_IDS else ["all/analysis", "all/released"]
    return [*own, "all/underlag", CONTEXT, "code/data", "code/src/lagesbild"]


def staged_nodes(layout: Layout, hashes: FileHashes) -> dict[str, Node]:
    """Return the nodes of the generated pages as they were staged, before they were rendered."""
    found = {}
    for name, (module, part) in section_files(layout):
        path = layout.site_project / name
        if name.endswith(".qmd") and path.is_file():
            inputs = [*section_inputs(part), f"code/{module}"]
            found[f"staged/{name.removesuffix('.qmd')}"] = node(hashes.of(path), inputs)
    return found


def section_files(layout: Layout) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the files that sections of the website have given, each with the section's module and its part."""
    modules = {section.name: name for name in MODULES for section in (import_module(name).SECTION,)}
    top = layout.yearly / "site-sections"
    for note in sorted(top.glob("*/*/nyckel.json")):
        section, part = note.relative_to(top).parts[:2]
        if section in modules:
            module = f"src/{modules[section].replace('.', '/')}.py"
            for name in json.loads(note.read_text(encoding="utf-8"))["files"]:
                yield name, (module, part)

"""A Quarto project as the embedded engine reads it: ``_quarto.yml``, ``_variables.yml`` and ``_extensions``."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from lagesbild.catalogue.resources import project_root
from lagesbild.errors import DocumentError
from lagesbild.publishing.front_matter import parse_yaml

#: Keys that say how to render, not what the document is; they don't reach the document's metadata.
ENGINE_KEYS = frozenset({"project", "website", "format", "execute", "filters", "jupyter", "kernelspec", "params"})

_HTML_OPTIONS = frozenset(
    {
        "anchor-sections", "css", "embed-resources", "filters", "include-after-body", "include-in-header",
        "link-external-newwindow", "number-sections", "page-layout", "smooth-scroll", "theme", "toc", "toc-depth",
        "toc-location", "toc-title",
    }
)  # fmt: skip
_TYPST_OPTIONS = frozenset(
    {
        "filters", "keep-typ", "number-sections", "pdf-standard", "section-numbering", "template-partials", "toc",
        "toc-depth", "toc-title",
    }
)  # fmt: skip
_PPTX_OPTIONS = frozenset({"filters", "reference-doc", "slide-level"})
_DOCX_OPTIONS = frozenset({"filters", "reference-doc", "toc", "toc-depth"})
_OPTIONS = {"html": _HTML_OPTIONS, "typst": _TYPST_OPTIONS, "pptx": _PPTX_OPTIONS, "docx": _DOCX_OPTIONS}


@dataclass(frozen=True)
class Project:
    """A folder with its settings.

    Parameters
    ----------
    folder
        The project's top folder.
    settings
        ``_quarto.yml``, empty where there is none.
    variables
        ``_variables.yml``, for the ``var`` shortcode.
    """

    folder: Path
    settings: Mapping[str, Any] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_website(self) -> bool:
        """Whether the project is a website."""
        return bool(self.settings.get("project", {}).get("type") == "website")

    @property
    def language(self) -> str:
        """The language tag, "en" where none is set, as Quarto has it."""
        return str(self.settings.get("lang", "en"))


@dataclass(frozen=True)
class Format:
    """One of a document's output formats.

    Parameters
    ----------
    name
        As the document says ("lagesbild-typst").
    base
        What it builds on ("typst", "html", "docx", ...).
    options
        Its options, from the extension, the project and the document, the last word with the document.
    partials
        The extension's Typst template partials, in Quarto's names.
    filters
        Lua filters, in order.
    """

    name: str
    base: str
    options: Mapping[str, Any]
    partials: tuple[Path, ...] = ()
    filters: tuple[Path, ...] = ()


def read_project(folder: Path) -> Project:
    """Return the project in `folder`.

    Raises
    ------
    DocumentError
        If a file is no YAML.
    """
    return Project(folder.resolve(), _yaml(folder / "_quarto.yml"), _yaml(folder / "_variables.yml"))


def document_formats(project: Project, front: Mapping[str, Any], file: str) -> list[Format]:
    """Return the formats a document asks for, else the project's, else HTML alone.

    Raises
    ------
    DocumentError
        For an unknown extension, or an option of Typst or HTML outside the supported subset.
    """
    own = _format_map(front.get("format"))
    shared = _format_map(project.settings.get("format"))
    names = list(own) or list(shared) or ["html"]
    return [_format(project, front, name, {**shared.get(name, {}), **own.get(name, {})}, file) for name in names]


def document_metadata(project: Project, front: Mapping[str, Any], choice: Format) -> dict[str, Any]:
    """Return a document's metadata for one format: the project's, the format's and its own, in rising order."""
    own_options = _format_map(front.get("format")).get(choice.name, {})
    merged = {**project.settings, **choice.options, **front, **own_options}
    merged.setdefault("lang", project.language)
    return {key: _plain(value) for key, value in merged.items() if key not in ENGINE_KEYS}


def execute_options(project: Project, front: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that hold for every cell of a document."""
    return {**project.settings.get("execute", {}), **front.get("execute", {})}


def _format(project: Project, front: Mapping[str, Any], name: str, options: Mapping[str, Any], file: str) -> Format:
    extension_name, _, base = name.rpartition("-")
    contributed: dict[str, Any] = {}
    partials: tuple[Path, ...] = ()
    filters: list[Path] = []
    if extension_name:
        extension = _extension(project, extension_name, file)
        formats = _yaml(extension / "_extension.yml").get("contributes", {}).get("formats", {})
        contributed = {**(formats.get("common") or {}), **(formats.get(base) or {})}
        partials = tuple(extension / partial for partial in contributed.pop("template-partials", []))
        filters += [extension / path for path in contributed.pop("filters", [])]
    for entry in (*_list(project.settings.get("filters")), *_list(front.get("filters"))):
        filters += _filters(project, str(entry), file)
    unknown = sorted(set(options) - _OPTIONS.get(base, frozenset(options)))
    if unknown:
        raise DocumentError(
            file, None, f"unknown option {unknown[0]!r} of format {name}",
            f"Known: {', '.join(sorted(_OPTIONS[base]))}",
        )  # fmt: skip
    unique = tuple(dict.fromkeys(path.resolve() for path in filters))
    return Format(name, base, {**contributed, **options}, partials, unique)


def _extension(project: Project, name: str, file: str) -> Path:
    for top in (project.folder, project_root()):
        candidate = top / "_extensions" / name
        if (candidate / "_extension.yml").is_file():
            return candidate
    raise DocumentError(file, None, f"there is no extension {name!r}", f"Put it in _extensions/{name}")


def _filters(project: Project, entry: str, file: str) -> list[Path]:
    """Return the filters that one entry of ``filters`` stands for: a Lua file, or an extension's."""
    if entry == "quarto":
        return []
    if entry.endswith(".lua"):
        return [project.folder / entry.lstrip("/")]
    extension = _extension(project, entry, file)
    contributed = _yaml(extension / "_extension.yml").get("contributes", {}).get("filters", [])
    return [extension / path for path in contributed]


def _format_map(value: Any) -> dict[str, dict[str, Any]]:
    if value is None:
        return {}
    if isinstance(value, str):
        return {value: {}}
    return {str(name): (dict(options) if isinstance(options, Mapping) else {}) for name, options in value.items()}


def _list(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _plain(value: Any) -> Any:
    """Return a metadata value as Pandoc reads it back: dates as text."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _yaml(path: Path) -> dict[str, Any]:
    try:
        stamp = path.stat().st_mtime_ns
    except FileNotFoundError:
        return {}
    return _read_yaml(path, stamp)


@lru_cache(maxsize=64)
def _read_yaml(path: Path, stamp: int) -> dict[str, Any]:
    """Read a file once for each time it has changed; callers don't change what they get."""
    return parse_yaml(path.read_text(encoding="utf-8"), path.name)

"""A stand-in for the ``quarto`` command: it reads a project, refuses what Quarto refuses, writes by Pandoc.

Quarto itself can't be installed everywhere. This knows no engine of ours: it takes the project's files alone, what
Quarto's documentation says of front matter, cell options and links, and the Pandoc that Quarto uses too. What Quarto
would only warn of (a link that leads nowhere, a cross-reference without target, a message of Pandoc's) is a fault here.

Run as ``python quarto_stand_in.py render FOLDER [--output-dir NAME]``.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import pypandoc
import yaml

SOURCES = (".qmd", ".ipynb")

#: Keys of front matter that mean something to Quarto; others are the document's own, and reach its filters.
FRONT = frozenset(
    {"title", "subtitle", "description", "lang", "format", "execute", "jupyter", "toc", "date", "filters", "author"}
)
PROJECT = frozenset({"type", "output-dir", "render", "resources", "execute-dir"})
WEBSITE = frozenset({"title", "description", "search", "navbar", "page-footer", "site-url", "favicon"})
FORMATS = {
    "html": frozenset({"toc", "toc-depth", "toc-title", "theme", "css", "embed-resources", "page-layout"}),
    "lagesbild-typst": frozenset({"toc", "toc-depth", "toc-title", "number-sections", "keep-typ"}),
    "docx": frozenset({"toc", "toc-depth", "reference-doc"}),
    "pptx": frozenset({"reference-doc", "slide-level"}),
}
CELL_OPTIONS = frozenset(
    {"tags", "output", "echo", "include", "warning", "error", "eval", "label", "fig-cap", "fig-alt", "tbl-cap"}
)
EXECUTE = frozenset({"echo", "warning", "error", "output", "include", "enabled", "freeze", "cache"})
_IMAGES = {"image/svg+xml": "svg", "image/png": "png"}

_OPTION = re.compile(r"^#\| ?(.*)$", re.MULTILINE)
_CODE = re.compile(r"^(`{3,})[^`\n]*\n.*?^\1`*[ \t]*$|(?<!`)(`+)(?!`).+?(?<!`)\2(?!`)", re.MULTILINE | re.DOTALL)
_RAW = re.compile(r"^`{3,} ?\{=html\}\n(.*?)^`{3,}[ \t]*$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<!\\)\]\(<?([^()\s<>]+)>?(?: +\"[^\"]*\")?\)")
_ATTRIBUTE = re.compile(r'\s(?:href|src)="([^"]*)"')
_LABEL = re.compile(r"\{[^{}\n]*#((?:fig|tbl|sec)-[\w-]+)")
_REFERENCE = re.compile(r"(?<![\w\\/.\[@-])@((?:fig|tbl|sec)-[\w-]*\w)")


@dataclass
class Page:
    """A source of the project, as Quarto reads it."""

    name: str
    front: dict[str, Any] = field(default_factory=dict)
    markdown: str = ""
    media: dict[str, bytes] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def read_page(path: Path, name: str) -> Page:
    """Return a source with its front matter and the Markdown that goes to Pandoc."""
    page = Page(name)
    if path.suffix == ".qmd":
        front, page.markdown = _split(path.read_text(encoding="utf-8"))
        if re.search(r"^`{3,} ?\{(?:python|r|julia)", page.markdown, re.MULTILINE):
            page.faults.append("a page that would have to be run")
    else:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        front = ""
        for number, cell in enumerate(notebook.cells):
            if number == 0 and cell.source.startswith("---\n"):
                front = _split(cell.source + "\n")[0]
            elif cell.cell_type == "code":
                page.markdown += "\n".join(_shown(cell, page)) + "\n\n"
            else:
                page.markdown += f"{cell.source}\n\n"
    try:
        page.front = yaml.safe_load(front) or {}
    except yaml.YAMLError as error:
        page.faults.append(f"front matter: {error}")
    page.faults += _unknown(page.front)
    return page


def _split(text: str) -> tuple[str, str]:
    match = re.match(r"---\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", text, re.MULTILINE | re.DOTALL)
    return (match[1], text[match.end() :]) if match else ("", text)


def _unknown(front: dict[str, Any]) -> Iterator[str]:
    """Yield keys that Quarto refuses: of another case than a known one, and options that a format hasn't."""
    for key in front:
        if key not in FRONT and key.lower().replace("_", "-") in FRONT:
            yield f"front matter: {key} is not {key.lower().replace('_', '-')}"
    formats = front.get("format", {})
    for name, options in ({formats: {}} if isinstance(formats, str) else formats).items():
        if name not in FORMATS:
            yield f"front matter: unknown format {name}"
        elif isinstance(options, dict):
            yield from (f"front matter: format {name} has no {key}" for key in options if key not in FORMATS[name])
    yield from (f"front matter: execute has no {key}" for key in front.get("execute", {}) if key not in EXECUTE)


def _shown(cell: Any, page: Page) -> Iterator[str]:
    """Yield what an executed cell shows: its text as it is, its pictures as files beside the page."""
    options = yaml.safe_load("\n".join(_OPTION.findall(cell.source))) or {}
    page.faults += [f"a cell has the option {key}" for key in options if key not in CELL_OPTIONS]
    label = options.get("label", "")
    for number, output in enumerate(cell.outputs):
        if output.output_type == "error":
            page.faults.append(f"a cell failed: {output.ename}")
        elif output.output_type == "stream":
            if output.name == "stdout":
                asis = options.get("output") == "asis"
                yield output.text if asis else f"```\n{output.text}\n```"
        else:
            kind = next((one for one in _IMAGES if one in output.data), None)
            if kind is not None:
                file = f"{cell.id}-{number}.{_IMAGES[kind]}"
                page.media[file] = str(output.data[kind]).encode()
                caption, alt = options.get("fig-cap", ""), options.get("fig-alt", "")
                if label and not alt:
                    page.faults.append(f"the figure {label} has no fig-alt")
                yield f"![{caption}]({file}){{{'#' + label if label else ''} fig-alt={json.dumps(alt)}}}"
            elif "text/markdown" in output.data:
                yield output.data["text/markdown"]


def settings_of(folder: Path) -> tuple[dict[str, Any], list[str]]:
    """Return ``_quarto.yml``, and what Quarto refuses in it."""
    settings = yaml.safe_load((folder / "_quarto.yml").read_text(encoding="utf-8"))
    faults = [
        f"_quarto.yml: {part} has no {key}"
        for part, known in (("project", PROJECT), ("website", WEBSITE), ("execute", EXECUTE))
        for key in settings.get(part, {})
        if key not in known
    ]
    website = settings.get("website", {})
    for bar in (website.get("navbar", {}), website.get("page-footer", {})):
        for side in ("left", "right"):
            items = bar.get(side, []) if isinstance(bar.get(side, []), list) else []
            faults += [f"_quarto.yml: no {one['href']}" for one in items if not (folder / one["href"]).is_file()]
    for name in settings.get("filters", []):
        if not (folder / "_extensions" / name / "_extension.yml").is_file():
            faults.append(f"_quarto.yml: no extension {name}")
    return settings, faults


def sources_of(folder: Path, settings: dict[str, Any]) -> list[str]:
    """Return the sources that the project lists, in order; without a list all that no underscore or dot hides."""
    patterns = settings.get("project", {}).get("render", ["**/*.ipynb", "**/*.qmd"])
    found = {path for pattern in patterns for path in folder.glob(pattern) if path.suffix in SOURCES}
    names = (path.relative_to(folder) for path in found)
    return sorted(name.as_posix() for name in names if not any(part[0] in "._" for part in name.parts))


def link_faults(page: Page, folder: Path, published: Path | None = None) -> Iterator[str]:
    """Yield links to what is neither in the project nor, from a page's address, in the published folder."""
    html = " ".join(_RAW.findall(page.markdown))
    prose = _CODE.sub("", page.markdown)
    for address in [*_LINK.findall(prose), *_ATTRIBUTE.findall(html)]:
        place = re.split("[?#]", address)[0]
        if not place or re.match(r"[a-z]+:", address) or address in page.media:
            continue
        if place.startswith("/") and not place.endswith(SOURCES):
            yield f"the address {address} is not relative"
        inside = Path(place.lstrip("/")) if place.startswith("/") else Path(page.name).parent / place
        if not any(_there(place, folder / inside) for folder in (folder, published) if folder is not None):
            yield f"the link {address} leads nowhere"


def _there(address: str, target: Path) -> bool:
    if address.endswith("/"):
        target /= "index.html"
    return target.is_file() or (target.suffix == ".html" and any(target.with_suffix(one).is_file() for one in SOURCES))


def reference_faults(page: Page) -> Iterator[str]:
    """Yield cross-references to figures, tables and sections that are not on the page, and labels that stand twice."""
    prose = _CODE.sub("", page.markdown)
    labels = _LABEL.findall(prose)
    yield from (f"the label {one} stands twice" for one in {one for one in labels if labels.count(one) > 1})
    yield from (f"no {one} on the page" for one in set(_REFERENCE.findall(prose)) - set(labels))


_WORKER = """
local asked = pandoc.json.decode(io.read("a"), false)
local answers = {}
for number, one in ipairs(asked) do
  local messages, text = pandoc.log.silence(function()
    local document = pandoc.read(one.text, one.from)
    for _, filter in ipairs(one.filters) do
      document = pandoc.utils.run_lua_filter(document, filter, setmetatable({ FORMAT = one.to }, { __index = _G }))
    end
    local made = pandoc.write(document, one.to)
    if not one.place then return made end
    local file = io.open(one.place, "wb")
    file:write(made)
    file:close()
  end)
  local said = {}
  for _, message in ipairs(messages) do
    local told = pandoc.json.decode(pandoc.json.encode(message), false)
    if told.verbosity ~= "INFO" then said[#said + 1] = told.pretty end
  end
  answers[number] = { text = text, said = said }
end
print(pandoc.json.encode(answers))
"""


def converted(
    pages: Iterable[tuple[Page, str]], filters: list[Path], places: Iterable[Path] | None = None, folder: Path = Path()
) -> list[tuple[str, list[str]]]:
    """Return what Pandoc makes of each page in a format, and what it warns of, all in one process.

    Parameters
    ----------
    pages
        Pages with the format of each.
    filters
        Lua filters.
    places
        Files that are written instead of returned, one for each page.
    folder
        Where pictures are looked for.
    """
    asked: list[dict[str, Any]] = [
        {
            "text": f"---\n{yaml.safe_dump(page.front, allow_unicode=True)}---\n\n{page.markdown}",
            "from": "markdown",
            "to": {"lagesbild-typst": "typst"}.get(target, target),
            "filters": [str(path) for path in filters],
        }
        for page, target in pages
    ]
    for one, place in zip(asked, places or (), strict=False):
        one["place"] = str(place)
    pandoc = Path(pypandoc.__file__).parent / "files" / "pandoc"
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as worker:
        worker.write(_WORKER)
        worker.flush()
        command = [pandoc, "lua", worker.name]
        done = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, check=False, cwd=folder)
    if done.returncode:
        raise AssertionError(done.stderr)
    return [(one.get("text", ""), list(one["said"])) for one in json.loads(done.stdout)]


def filters_of(folder: Path, settings: dict[str, Any]) -> list[Path]:
    """Return the Lua filters that the project's extensions bring."""
    found = []
    for name in settings.get("filters", []):
        extension = folder / "_extensions" / name
        contributed = yaml.safe_load((extension / "_extension.yml").read_text(encoding="utf-8"))["contributes"]
        found += [extension / path for path in contributed["filters"]]
    return found


def main(arguments: list[str]) -> None:
    """Render a project as the command does: every listed document in each of its formats."""
    folder = Path(arguments[1])
    output = folder / (arguments[arguments.index("--output-dir") + 1] if "--output-dir" in arguments else "_output")
    settings, faults = settings_of(folder)
    pages = [read_page(folder / name, name) for name in sources_of(folder, settings)]
    asked = [(page, target) for page in pages for target in (page.front.get("format") or settings["format"])]
    faults += [f"{page.name}: {one}" for page in pages for one in [*page.faults, *reference_faults(page)]]
    suffixes = {"lagesbild-typst": ".pdf"}
    places = [output.resolve() / Path(page.name).with_suffix(suffixes.get(to, f".{to}")) for page, to in asked]
    for page, place in zip((page for page, _ in asked), places, strict=True):
        place.parent.mkdir(parents=True, exist_ok=True)
        for name, content in page.media.items():
            ((folder / page.name).parent / name).write_bytes(content)
    results = converted(asked, filters_of(folder.resolve(), settings), places, folder)
    for (page, target), (_, said) in zip(asked, results, strict=True):
        faults += [f"{page.name} as {target}: {one}" for one in said]
    if faults:
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main(sys.argv[1:])

"""Parts of the website whose pages and files are generated: registered here, written in worker processes.

A section tells the addresses of its pages before any is made, since every page of the website may link to them, and
gives its files part by part. A page is a plain ``.qmd`` without code cells (`site_page.plain_page` writes one); any
other file (a picture, JSON, a calendar) is copied to the website as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import PurePosixPath

from lagesbild.errors import LagesbildError
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.section_store import keep, kept, put, state
from lagesbild.publishing.trace_ids import with_ids
from lagesbild.shared_work import in_processes

#: Modules with a section, each under the name ``SECTION``. They import what draws and reads first when a part is
#: made: every worker that renders a kommun's page asks for the addresses.
MODULES: tuple[str, ...] = (
    "lagesbild.publishing.indicator_pages",
    "lagesbild.publishing.method_section",
    "lagesbild.publishing.quality_section",
    "lagesbild.publishing.audit_guide_section",
    "lagesbild.publishing.compare_section",
    "lagesbild.publishing.similar_section",
    "lagesbild.publishing.calendar_section",
)

#: Kinds of files that stand in the website as they were staged.
FILES = (".css", ".csv", ".ics", ".js", ".json", ".parquet", ".png", ".rdf", ".svg", ".txt", ".woff2")


def _whole() -> Sequence[str]:
    return ("",)


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the website.

    Parameters
    ----------
    name
        In messages ("indikatorer").
    pages
        Returns the source of every page by its path in the staged project (``indikatorer/A1/index.qmd``): from the
        catalogue and the registers alone, whatever data there is.
    parts
        Returns names of pieces of work that can be done apart from each other (areas, say); one piece where not given.
    make
        Returns one part's files by their path in the staged project: pages as text, other files as text or bytes.
    """

    name: str
    pages: Callable[[], Sequence[str]]
    make: Callable[[Layout, str], Mapping[str, str | bytes]]
    parts: Callable[[], Sequence[str]] = _whole


@lru_cache(maxsize=1)
def sections() -> tuple[Section, ...]:
    """Return the registered sections."""
    return tuple(import_module(name).SECTION for name in MODULES)


def section_pages() -> list[str]:
    """Return the source of every page of the sections, by its path in the staged project."""
    return [page for section in sections() for page in section.pages()]


def write_sections(layout: Layout, *, cores: int) -> None:
    """Put the files of every section into the staged project; those that may have changed are made anew.

    Raises
    ------
    LagesbildError
        If a section gives a file of an unknown kind, or other pages than it has told of.
    """
    key = state(layout)
    tasks = [(number, part) for number, section in enumerate(sections()) for part in section.parts()]
    stale = [task for task in tasks if not kept(layout, _name(*task), key)]
    if cores > 1 and len(stale) > 1:
        in_processes(_make, ((layout, *task, key) for task in stale), jobs=cores)
    else:
        for task in stale:
            _make(layout, *task, key)
    written = [(number, name) for number, part in tasks for name in put(layout, _name(number, part))]
    for number, section in enumerate(sections()):
        told = set(section.pages())
        made = {name for one, name in written if one == number and name.endswith(".qmd")}
        if told != made:
            odd = sorted(told ^ made)[0]
            raise LagesbildError(f"the section {section.name} tells of other pages than it makes: {odd}")


def _name(number: int, part: str) -> str:
    """Return the folder in which a part is kept."""
    return f"{sections()[number].name}/{part or 'allt'}"


def _make(layout: Layout, number: int, part: str, key: str) -> None:
    """Make one part's files anew."""
    section = sections()[number]
    files = section.make(layout, part)
    for name in files:
        if PurePosixPath(name).suffix not in (".qmd", *FILES):
            raise LagesbildError(f"the section {section.name} gives {name}, and files of that kind aren't copied")
    keep(layout, _name(number, part), key, {name: _marked(name, content) for name, content in files.items()})


def _marked(name: str, content: str | bytes) -> str | bytes:
    """Return a page with the ids of its figures and tables; other files as they are."""
    if not name.endswith(".qmd") or isinstance(content, bytes):
        return content
    return with_ids(content, f"site/{name.removesuffix('.qmd')}.html")

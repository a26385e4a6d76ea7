"""Pages of the website rendered before, with their reports or by an earlier build, that a build takes over as they are.

A page's text depends on its notebook, on the settings and pages of the website and on the code. A hash of them all
stands beside the page, with one of the page itself; the site build takes over the page where both fit.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from nbformat import NotebookNode

from lagesbild.catalogue.resources import project_root
from lagesbild.files import sha256_tree, write_atomic
from lagesbild.publishing.code_digests import code_digests
from lagesbild.publishing.embedded.project import Project
from lagesbild.publishing.embedded.website import pictures_of, site_page
from lagesbild.publishing.layout import Layout, key_file
from lagesbild.publishing.site import page_sources
from lagesbild.publishing.site_settings import site_settings

if TYPE_CHECKING:
    from lagesbild.publishing.reports import Report


#: Files beside a page that it may show; the data that a script reads are none of the page.
PICTURES = (".png", ".svg")


@dataclass(frozen=True)
class Frame:
    """What the website gives each of its pages.

    Parameters
    ----------
    project
        The staged project's settings; its folder is the one where the style sheets are written, since a page names
        them and no more.
    pages
        Every page's source.
    digest
        Hash of it all and of the code.
    """

    project: Project
    pages: frozenset[str]
    digest: str


def frame(source: str) -> Frame:
    """Return what the website of a source's figures gives its pages, as it is now."""
    pages = page_sources()
    settings = site_settings(source, pages)
    deciding = json.dumps([settings, sorted(pages), code_digests()], sort_keys=True)
    project = Project(project_root() / "reports", settings)
    return Frame(project, pages, hashlib.sha256(deciding.encode()).hexdigest())


#: Once in each worker: nothing of it differs between the reports of a batch.
_frame_of_batch = lru_cache(maxsize=1)(frame)


def page_key(staged: bytes, name: str, site: Frame, beside: str = "") -> str:
    """Return the hash of what decides a page.

    Parameters
    ----------
    staged, name
        The page's source, and where it stands in the staged project.
    site
        The website.
    beside
        Hash of what stands beside the source, since a page may show pictures from there.
    """
    return hashlib.sha256(b"\n".join([staged, name.encode(), site.digest.encode(), beside.encode()])).hexdigest()


def keep_page(report: Report, notebook: NotebookNode, staged: str, root: Path) -> None:
    """Write a report's page of the website and its key, which comes last.

    Parameters
    ----------
    report
        Has a page, and a ``source`` among its parameters.
    notebook, staged
        The page's notebook, and the text of its file.
    root
        The folder that the report's paths are relative to.
    """
    assert report.page is not None
    site = _frame_of_batch(str(report.parameters["source"]))
    # `kommuner/1440-ale/index.ipynb`, whichever folder it is below.
    name = "/".join(report.page.with_suffix(".ipynb").parts[-3:])
    page = site_page(site.project, notebook, name, site.pages)
    path = root / report.page
    shutil.rmtree(pictures_of(path), ignore_errors=True)
    for key, content in page.files.items():
        write_atomic(path.parent / key, content)
    write_atomic(path, page.content)
    _write_key(path, page_key(staged.encode(), name, site))


def rendered_page(path: Path, key: str) -> bool:
    """Return whether the page at `path` is the one that its key says, and that key the one given."""
    there = key_file(path)
    return there.is_file() and there.read_bytes().split() == [key.encode(), _content(path).encode()]


def pages_that_fit(layout: Layout, site: Frame) -> dict[str, Path]:
    """Return the pages rendered before that the staged website would render the same, by their source."""
    found = {}
    for name in sorted(site.pages):
        staged, page = layout.site_project / name, _kept(layout, name)
        if staged.is_file() and page.is_file() and rendered_page(page, staged_key(staged, name, site)):
            found[name] = page
    return found


def keep_rendered(layout: Layout, site: Frame, rendered: Path, names: Iterable[str]) -> None:
    """Keep pages that have been rendered just now, for the next time.

    Parameters
    ----------
    rendered
        The folder of the rendered website.
    names
        The pages' sources.
    """
    for name in names:
        page = _kept(layout, name)
        shutil.rmtree(pictures_of(page), ignore_errors=True)
        key_file(page).unlink(missing_ok=True)
        page.parent.mkdir(parents=True, exist_ok=True)
        made = rendered / PurePosixPath(name).with_suffix(".html")
        shutil.copyfile(made, page)
        if pictures_of(made).is_dir():
            shutil.copytree(pictures_of(made), pictures_of(page))
        _write_key(page, staged_key(layout.site_project / name, name, site))


def staged_key(staged: Path, name: str, site: Frame) -> str:
    """Return the key of a staged page; see `page_key`."""
    beside = sorted(one for one in staged.parent.iterdir() if one.is_file() and one.suffix in PICTURES)
    return page_key(staged.read_bytes(), name, site, sha256_tree(beside, staged.parent) if beside else "")


def _kept(layout: Layout, name: str) -> Path:
    return (layout.pages / name).with_suffix(".html")


def _write_key(page: Path, key: str) -> None:
    write_atomic(key_file(page), f"{key} {_content(page)}\n")


def _content(page: Path) -> str:
    """Return the hash of a rendered page with its pictures."""
    pictures = sorted(pictures_of(page).iterdir()) if pictures_of(page).is_dir() else []
    return sha256_tree([page, *pictures], page.parent)

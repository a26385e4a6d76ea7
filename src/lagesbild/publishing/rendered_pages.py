"""Pages of the website rendered with their reports, so that the site build takes them over as they are.

A page's text depends on its notebook, on the settings and pages of the website and on the code. A hash of them all
stands beside the page, with one of the page itself; the site build takes over the page where both fit.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from nbformat import NotebookNode

from lagesbild.catalogue.resources import project_root
from lagesbild.files import sha256, write_atomic
from lagesbild.publishing.code_digests import code_digests
from lagesbild.publishing.embedded.project import Project
from lagesbild.publishing.embedded.website import site_page
from lagesbild.publishing.layout import key_file
from lagesbild.publishing.site import page_sources
from lagesbild.publishing.site_settings import site_settings

if TYPE_CHECKING:
    from lagesbild.publishing.reports import Report


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


def page_key(staged: bytes, name: str, site: Frame) -> str:
    """Return the hash of what decides a page: its staged notebook, where it stands, and the website."""
    return hashlib.sha256(b"\n".join([staged, name.encode(), site.digest.encode()])).hexdigest()


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
    write_atomic(path, page.content)
    # A page with images beside it is left to the site build.
    key = "" if page.files else f"{page_key(staged.encode(), name, site)} {sha256(path)}"
    write_atomic(key_file(path), f"{key}\n")


def rendered_page(path: Path, key: str) -> bool:
    """Return whether the page at `path` is the one that its key says, and that key the one given."""
    there = key_file(path)
    return there.is_file() and there.read_text(encoding="utf-8").split() == [key, sha256(path)]

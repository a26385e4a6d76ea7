"""The website: staged as a Quarto project of its own, then rendered by either engine.

The staged folder holds the hand-written pages, the area pages and the executed report notebooks at the
addresses they shall have (``/kommuner/1440-ale/``). Nothing in it needs this package: every notebook in it
has been run and every other page has no code, so ``quarto render`` there does the same.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import yaml
from nbformat import NotebookNode

from lagesbild.catalogue.areas import STATUS_REPORTS
from lagesbild.catalogue.regions import kommuner
from lagesbild.catalogue.resources import project_root
from lagesbild.errors import NotBuiltError
from lagesbild.files import holding, write_atomic
from lagesbild.publishing.engines import choose_engine, with_metadata
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.method_notebooks import method_notebook, run_method_pages
from lagesbild.publishing.method_pages import method_pages
from lagesbild.publishing.release_metadata import common_metadata
from lagesbild.publishing.run_document import run_document
from lagesbild.publishing.site_page import page_text
from lagesbild.publishing.site_sections import FILES, section_pages, write_sections
from lagesbild.publishing.site_settings import site_settings
from lagesbild.publishing.site_style import style_sheet
from lagesbild.publishing.web_fonts import font_files


def build_site(layout: Layout, *, cores: int = 1, engine: str | None = None) -> int:
    """Stage the website and render it into the release.

    The finished site replaces the earlier one in one move, so a failure leaves the earlier one standing. A run that
    comes while another is building the same site waits for it.

    Returns
    -------
    int
        Number of pages.

    Raises
    ------
    NotBuiltError
        If a report that is a page has not been made.
    DocumentError
        If a page can't be rendered.
    """
    with holding(layout.site_project):
        stage_site(layout, cores=cores)
        fresh = layout.yearly / "site-rendered"
        shutil.rmtree(fresh, ignore_errors=True)
        renderer = choose_engine(engine)
        rendered = pages_that_fit(layout) if renderer.name == "embedded" else {}
        renderer.render_project(layout.site_project, output=fresh, jobs=cores, rendered=rendered)
        _put_in_place(fresh, layout.site)
    return sum(1 for _ in layout.site.rglob("*.html"))


def pages_that_fit(layout: Layout) -> dict[str, Path]:
    """Return the pages rendered with their reports that this website would render the same, by their source."""
    from lagesbild.publishing.rendered_pages import frame, page_key, rendered_page  # noqa: PLC0415 - it reads this one

    site = frame(layout.source)
    found = {}
    for page in layout.pages.rglob("*.html"):
        name = page.relative_to(layout.pages).with_suffix(".ipynb").as_posix()
        staged = layout.site_project / name
        if staged.is_file() and rendered_page(page, page_key(staged.read_bytes(), name, site)):
            found[name] = page
    return found


def _put_in_place(fresh: Path, site: Path) -> None:
    """Swap the finished folder for the published one."""
    site.parent.mkdir(parents=True, exist_ok=True)
    old = fresh.with_name("site-replaced")
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.rename(old)
    fresh.rename(site)
    shutil.rmtree(old, ignore_errors=True)


def stage_site(layout: Layout, *, cores: int = 1) -> None:
    """Write the staged project anew: settings, pages run with this release's parameters, report twins, sections.

    Raises
    ------
    NotBuiltError
        If a report that is a page has not been made.
    """
    stage = layout.site_project
    shutil.rmtree(stage, ignore_errors=True)
    parameters = {"year": layout.year, "source": layout.source}
    for source, target in written_pages().items():
        _write(layout, _page(layout, f"reports/site/{source}", parameters, {}), target)
    shown = [method.slug for method in method_pages()]
    run_method_pages(layout, shown, cores=cores).raise_failures()
    for method in method_pages():
        page = nbformat.read(method_notebook(layout, method.slug), as_version=4)
        _write(layout, with_metadata(page, common_metadata(layout)), method.address)
    for kommun in kommuner():
        _copy_twin(layout, f"kommuner/{kommun.slug}/index")
    for report in STATUS_REPORTS:
        _copy_twin(layout, f"lagesrapporter/{report.id}/index")
    write_sections(layout, cores=cores)
    _copy_files(stage)
    shutil.copytree(project_root() / "_extensions", stage / "_extensions")
    write_atomic(stage / "lagesbild.css", style_sheet())
    for name, content in font_files().items():
        write_atomic(stage / name, content)
    write_atomic(
        stage / "_quarto.yml",
        yaml.safe_dump(site_settings(layout.source, page_sources()), allow_unicode=True, sort_keys=False),
    )


def _page(layout: Layout, document: str, parameters: dict[str, object], metadata: dict[str, object]) -> NotebookNode:
    notebook = run_document(project_root() / document, parameters, workdir=layout.root)
    return with_metadata(notebook, {**metadata, **common_metadata(layout)})


def written_pages() -> dict[str, str]:
    """Return the hand-written pages of ``reports/site`` but for the method pages, and where they are staged.

    ``om.qmd`` and ``om/index.qmd`` both become ``om/index``: every page's address is a folder.
    """
    top = project_root() / "reports" / "site"
    names = sorted(path.relative_to(top) for path in top.rglob("*.qmd"))
    pages = {}
    for name in names:
        if name.parts[0] == "metod":
            continue
        address = name.with_suffix("") if name.stem == "index" else name.with_suffix("") / "index"
        pages[name.as_posix()] = address.as_posix()
    return pages


def _copy_files(stage: Path) -> None:
    """Copy what stands beside the hand-written pages: scripts, pictures, calendars."""
    top = project_root() / "reports" / "site"
    for path in sorted(top.rglob("*")):
        if path.is_file() and path.suffix in FILES:
            target = stage / path.relative_to(top)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)


def _copy_twin(layout: Layout, address: str) -> None:
    twin = layout.twins / f"{address}.ipynb"
    if not twin.is_file():
        command = "kommun" if address.startswith("kommuner") else "lagesrapport"
        raise NotBuiltError(
            f"the report {address.split('/')[1]}",
            f"lagesbild {command} --source {layout.source} --year {layout.year}",
        )
    page = layout.site_project / f"{address}.ipynb"
    page.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(twin, page)


def _write(layout: Layout, notebook: NotebookNode, address: str) -> None:
    write_atomic(layout.site_project / f"{address}.ipynb", page_text(notebook))


def page_sources() -> frozenset[str]:
    """Return the source of every page in the staged project, by its path there: a notebook, or a section's text."""
    addresses = [
        *written_pages().values(),
        *(method.address for method in method_pages()),
        *(f"kommuner/{kommun.slug}/index" for kommun in kommuner()),
        *(f"lagesrapporter/{report.id}/index" for report in STATUS_REPORTS),
    ]
    return frozenset([*(f"{address}.ipynb" for address in addresses), *section_pages()])

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
from lagesbild.errors import DamagedError, NotBuiltError
from lagesbild.files import exchange, holding, sha256, sync_folder, write_atomic
from lagesbild.publishing.engines import RenderEngine, choose_engine, with_metadata
from lagesbild.publishing.handed_over import check_underlag
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.method_notebooks import method_notebook, run_method_pages
from lagesbild.publishing.method_pages import method_pages
from lagesbild.publishing.records import read_record
from lagesbild.publishing.release_metadata import common_metadata
from lagesbild.publishing.scratch import BESIDE, scratch_folder
from lagesbild.publishing.site_notebooks import page_notebook_file, run_written_pages, written_pages
from lagesbild.publishing.site_page import page_text
from lagesbild.publishing.site_search import write_search
from lagesbild.publishing.site_sections import FILES, section_pages, write_sections
from lagesbild.publishing.site_settings import site_settings
from lagesbild.publishing.site_style import style_sheet
from lagesbild.publishing.trace_ids import notebook_with_ids
from lagesbild.publishing.web_fonts import font_files
from lagesbild.sums import write_sums


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
    with holding(layout.site_project), scratch_folder():
        for left in layout.yearly.glob(f"{BESIDE}*"):  # of a build that was killed
            shutil.rmtree(left, ignore_errors=True)
        stage_site(layout, cores=cores)
        fresh = layout.yearly / "site-rendered"
        shutil.rmtree(fresh, ignore_errors=True)
        renderer = choose_engine(engine)
        if renderer.name == "embedded":
            _render(layout, renderer, fresh, cores)
        else:
            renderer.render_project(layout.site_project, output=fresh, jobs=cores)
        write_search(fresh)
        _put_in_place(fresh, layout.site)
        files = (path for path in layout.site.rglob("*") if path.is_file())
        write_sums(layout.product_sums("site"), files, layout.root)
    return sum(1 for _ in layout.site.rglob("*.html"))


def _render(layout: Layout, renderer: RenderEngine, fresh: Path, cores: int) -> None:
    """Render the pages that have changed, take over the others, and keep all for the next time."""
    from lagesbild.publishing.rendered_pages import frame, keep_rendered, pages_that_fit  # noqa: PLC0415 - reads this

    site = frame(layout.source)
    rendered = pages_that_fit(layout, site)
    renderer.render_project(layout.site_project, output=fresh, jobs=cores, rendered=rendered)
    staged = {name for name in site.pages if (layout.site_project / name).is_file()}
    # A report's page belongs to the report: written over here, it would make the report count as not made.
    own = {name for name in staged if (layout.twins / name).is_file()}
    keep_rendered(layout, site, fresh, sorted(staged - own - rendered.keys()))


def _put_in_place(fresh: Path, site: Path) -> None:
    """Swap the finished folder for the published one; at every moment one of them is published."""
    site.parent.mkdir(parents=True, exist_ok=True)
    if not site.exists():
        fresh.rename(site)
    else:
        exchange(fresh, site)
        shutil.rmtree(fresh, ignore_errors=True)
    sync_folder(site.parent)


def stage_site(layout: Layout, *, cores: int = 1) -> None:
    """Write the staged project anew: settings, pages run with this release's parameters, report twins, sections.

    Raises
    ------
    NotBuiltError
        If a report that is a page has not been made.
    DamagedError
        If what it is made from is not as the steps before left it.
    """
    check_underlag(layout)
    stage = layout.site_project
    shutil.rmtree(stage, ignore_errors=True)
    run_written_pages(layout, cores=cores).raise_failures()
    for address in written_pages().values():
        _write(layout, _executed(page_notebook_file(layout, address), layout), address)
    shown = [method.slug for method in method_pages()]
    run_method_pages(layout, shown, cores=cores).raise_failures()
    for method in method_pages():
        _write(layout, _executed(method_notebook(layout, method.slug), layout), method.address)
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


def _executed(notebook: Path, layout: Layout) -> NotebookNode:
    return with_metadata(nbformat.read(notebook, as_version=4), common_metadata(layout))


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
        command = f"{_command_of(address)} --source {layout.source} --year {layout.year}"
        raise NotBuiltError(f"the report {address.split('/')[1]}", command)
    # The notebook belongs to the report: it is the one that the report's record tells of.
    record = read_record(layout.records / f"{Path(address).parent}.json")
    told = {} if record is None else record.outputs
    name = twin.relative_to(layout.root).as_posix()
    if told.get(name, digest := sha256(twin)) != digest:
        raise DamagedError((name,), f"{_command_of(address)} --source {layout.source} --year {layout.year}")
    page = layout.site_project / f"{address}.ipynb"
    page.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(twin, page)


def _command_of(address: str) -> str:
    """Return the command that makes the report of an address."""
    return "lagesbild kommun" if address.startswith("kommuner") else "lagesbild lagesrapport"


def _write(layout: Layout, notebook: NotebookNode, address: str) -> None:
    marked = notebook_with_ids(notebook, f"site/{address}.html")
    write_atomic(layout.site_project / f"{address}.ipynb", page_text(marked))


def page_sources() -> frozenset[str]:
    """Return the source of every page in the staged project, by its path there: a notebook, or a section's text."""
    addresses = [
        *written_pages().values(),
        *(method.address for method in method_pages()),
        *(f"kommuner/{kommun.slug}/index" for kommun in kommuner()),
        *(f"lagesrapporter/{report.id}/index" for report in STATUS_REPORTS),
    ]
    return frozenset([*(f"{address}.ipynb" for address in addresses), *section_pages()])

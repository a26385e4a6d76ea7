"""A website of the two interactive pages alone, made as a release's is, and a server and browser to look at it with."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import yaml

from lagesbild.catalogue.resources import project_root
from lagesbild.publishing import compare_section, similar_section
from lagesbild.publishing.embedded.website import render_project
from lagesbild.publishing.engines import with_metadata
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.release_metadata import common_metadata
from lagesbild.publishing.run_document import run_document
from lagesbild.publishing.site_page import page_text
from lagesbild.publishing.site_settings import site_settings
from lagesbild.publishing.site_style import style_sheet
from lagesbild.publishing.web_fonts import font_files

PAGES = ("jamfor", "liknande")
AREA = "hemloshet"


def write_site(layout: Layout, stage: Path, site: Path) -> None:
    """Stage and render the two pages with the data of one area."""
    sources = []
    for name in PAGES:
        notebook = run_document(
            project_root() / f"reports/site/{name}.qmd",
            {"year": layout.year, "source": layout.source},
            workdir=layout.root,
        )
        page = stage / name / "index.ipynb"
        page.parent.mkdir(parents=True)
        page.write_text(page_text(with_metadata(notebook, common_metadata(layout))), encoding="utf-8")
        sources.append(f"{name}/index.ipynb")
    files: dict[str, str | bytes] = {}
    for part in ("diagram", AREA, "lista"):
        files |= compare_section.SECTION.make(layout, part)
    files |= similar_section.SECTION.make(layout, "")
    for path, content in files.items():
        target = stage / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    shutil.copytree(project_root() / "reports/site/skript", stage / "skript", dirs_exist_ok=True)
    shutil.copytree(project_root() / "_extensions", stage / "_extensions")
    shutil.copyfile(project_root() / "reports/site/ikon.svg", stage / "ikon.svg")
    (stage / "lagesbild.css").write_text(style_sheet(), encoding="utf-8")
    for name, content in font_files().items():
        (stage / name).parent.mkdir(parents=True, exist_ok=True)
        (stage / name).write_bytes(content)
    settings = yaml.safe_dump(site_settings(layout.source, frozenset(sources)), allow_unicode=True, sort_keys=False)
    (stage / "_quarto.yml").write_text(settings, encoding="utf-8")
    render_project(stage, output=site)


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine and give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()

"""The lägesrapport and the website: staged whole, rendered, swapped in one move."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pikepdf
import pytest
import yaml

from lagesbild.catalogue.areas import AREA_IDS, STATUS_REPORTS
from lagesbild.catalogue.regions import kommun
from lagesbild.errors import DocumentError, NotBuiltError, ParameterError
from lagesbild.files import sha256
from lagesbild.provenance.manifest import BESIDE, manifest, write_manifest
from lagesbild.provenance.products import product_table
from lagesbild.publishing import site, site_notebooks, site_sections
from lagesbild.publishing.batch import BatchResult
from lagesbild.publishing.kommun_reports import make_kommun_reports
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.method_pages import method_pages
from lagesbild.publishing.site import build_site, stage_site
from lagesbild.publishing.site_notebooks import written_pages
from lagesbild.publishing.site_page import plain_page
from lagesbild.publishing.site_sections import Section
from lagesbild.publishing.status_reports import make_status_reports

#: A lägesrapport and some twenty pages are run and rendered: half a minute of computing.
pytestmark = pytest.mark.slow


#: Hand-written pages that read neither the open data nor what costs seconds to work out.
_WRITTEN = ("index", "kommuner/index", "lagesrapporter/index", "matplan/index", "metod/index", "om/index", "sok/index")


def _area(layout: Layout, area: str) -> dict[str, str | bytes]:
    return {f"omraden/{area}/index.qmd": plain_page(layout, area, "Se [start](/index.ipynb).")}


#: Stands for the sections, which have tests of their own.
_AREAS = Section(
    name="omraden",
    pages=lambda: [f"omraden/{area}/index.qmd" for area in AREA_IDS],
    parts=lambda: AREA_IDS,
    make=_area,
)


@pytest.fixture(scope="module")
def built(world: Layout, tmp_path_factory: pytest.TempPathFactory) -> Layout:
    """Return a root with the report of one kommun, one lägesrapport and a website of that kommun alone."""
    layout = Layout(root=tmp_path_factory.mktemp("site"), source="demo", year=2024)
    for part in ("analysis", "underlag"):
        shutil.copytree(world.yearly / part, layout.yearly / part)
    make_kommun_reports(layout, ["1440"], engine="embedded").raise_failures()
    make_status_reports(layout, ["aldre"], engine="embedded").raise_failures()
    # The other two cost seconds each; their pages are stood in for by this one.
    for report in STATUS_REPORTS[:2]:
        shutil.copytree(layout.twins / "lagesrapporter" / "aldre", layout.twins / "lagesrapporter" / report.id)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site, "kommuner", lambda: (kommun("1440"),))
        # The build runs them all; here a page or two of each kind show that they are staged.
        patch.setattr(site, "method_pages", lambda: method_pages()[:1])
        pages = {name: address for name, address in written_pages().items() if address in _WRITTEN}
        for place in (site, site_notebooks):
            patch.setattr(place, "written_pages", lambda: pages)
        patch.setattr(site_sections, "sections", lambda: (_AREAS,))
        assert build_site(layout, engine="embedded") == len(list(layout.site.rglob("*.html")))
    return layout


def test_the_lagesrapport_is_a_tagged_swedish_pdf_and_is_skipped_when_up_to_date(built: Layout) -> None:
    with pikepdf.open(built.release / "lagesrapporter" / "aldre.pdf") as pdf:
        assert pdf.docinfo["/Title"] == "Vård och omsorg om äldre: lägesrapport 2024"
        assert str(pdf.Root.Lang).lower().startswith("sv")
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()
    assert make_status_reports(built, ["aldre"], engine="embedded").made == 0


def test_a_changed_area_makes_its_lagesrapport_again_and_no_other_area_does(
    built: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = {}
    monkeypatch.setattr(
        "lagesbild.publishing.status_reports.make_reports",
        lambda _, reports, **__: wanted.update({report.name: set(report.inputs) for report in reports}),
    )
    make_status_reports(built)
    names = {report: {Path(name).stem for name in inputs} for report, inputs in wanted.items()}
    assert names == {report.id: {area.id for area in report.areas} for report in STATUS_REPORTS}
    with pytest.raises(ParameterError, match="Did you mean aldre"):
        make_status_reports(built, ["alder"])


def test_the_website_has_every_kind_of_page_in_swedish_that_says_synthetic(built: Layout) -> None:
    wanted = list(_WRITTEN)
    wanted += [f"omraden/{area}/index" for area in AREA_IDS]
    wanted += ["kommuner/1440-ale/index", *(f"lagesrapporter/{report.id}/index" for report in STATUS_REPORTS)]
    wanted += [page.address for page in method_pages()[:1]]
    for address in wanted:
        page = (built.site / f"{address}.html").read_text(encoding="utf-8")
        assert '<html lang="sv"' in page or 'lang="sv"' in page[:500], address
        assert "Syntetiska data" in page, address
        assert str(built.root) not in page, address


def test_the_staged_project_needs_nothing_run_and_asks_for_html_alone(built: Layout) -> None:
    settings = yaml.safe_load((built.site_project / "_quarto.yml").read_text(encoding="utf-8"))
    assert settings["lang"] == "sv"
    assert list(settings["format"]) == ["html"]
    for item in [*settings["website"]["navbar"]["left"], *settings["website"]["page-footer"]["right"]]:
        assert (built.site_project / item["href"]).is_file(), item
    notebook = nbformat.read(built.site_project / "kommuner/1440-ale/index.ipynb", as_version=4)
    assert any(cell.get("outputs") for cell in notebook.cells)
    assert list(yaml.safe_load(notebook.cells[0].source.strip("-\n"))["format"]) == ["html"]


def _run_no_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a site be of reports alone."""
    for kind in ("written", "method"):
        monkeypatch.setattr(site, f"run_{kind}_pages", lambda *_, **__: BatchResult(outcomes=()))
        monkeypatch.setattr(site, f"{kind}_pages", dict)


def test_a_site_that_fails_leaves_the_earlier_one(built: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        name = "embedded"

        def render_project(self, *_: object, **__: object) -> None:
            raise DocumentError("index.ipynb", 1, "broken")

    before = (built.site / "index.html").read_bytes()
    monkeypatch.setattr(site, "kommuner", lambda: (kommun("1440"),))
    monkeypatch.setattr(site, "choose_engine", lambda _: Broken())
    monkeypatch.setattr(site, "write_sections", lambda *_, **__: None)
    _run_no_pages(monkeypatch)
    with pytest.raises(DocumentError):
        build_site(built)
    assert (built.site / "index.html").read_bytes() == before


def test_a_site_without_its_reports_is_refused_with_the_command(built: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    _run_no_pages(monkeypatch)
    with pytest.raises(NotBuiltError, match="lagesbild kommun --source demo --year 2024"):
        stage_site(built)


def test_the_manifest_names_every_file_and_what_the_reports_were_made_from(built: Layout) -> None:
    leftover = built.release / "kommuner" / ".a.pdf.17.tmp"
    leftover.write_bytes(b"half")
    write_manifest(built)
    assert not leftover.exists()
    told = manifest(built)
    paths = [product["path"] for product in told["products"]]
    files = {path.relative_to(built.release).as_posix() for path in built.release.rglob("*") if path.is_file()}
    assert set(paths) == files - set(BESIDE)
    assert paths == sorted(paths)
    assert told["synthetic"] is True
    report = next(one for one in told["products"] if one["path"] == "kommuner/1440-ale/kommunrapport.pdf")
    assert report["kind"] == "kommunrapport"
    assert report["engine"] == "embedded"
    assert report["parameters"]["kommun"] == "1440"
    underlag = report["inputs"]["underlag/1440"]
    assert told["nodes"]["underlag/1440"]["sha256"] == underlag == sha256(built.underlag / "1440.parquet")
    pages = [one for one in told["products"] if one["kind"] == "page"]
    assert len(pages) == len(list(built.site.rglob("*.html")))
    for one in told["products"]:
        assert all(one[name] for name in ("kind", "document", "document_sha256", "parameters", "engine", "inputs")), one
        assert set(one["inputs"]) <= set(told["nodes"]), one["path"]
    page = next(one for one in pages if one["path"] == "site/kommuner/1440-ale/index.html")
    assert page["document"] == report["document"]
    assert "underlag/1440" in told["nodes"]["twins/kommuner/1440-ale/index"]["inputs"]
    assert "analysis/aldreomsorg" in told["nodes"]["all/analysis"]["inputs"]
    assert str(built.root) not in (built.release / "manifest.json").read_text()


def test_the_table_counts_what_the_release_holds(built: Layout) -> None:
    table = product_table(built)
    counted = dict(zip(table.columns[0].cells, table.columns[1].cells, strict=True))
    assert counted["kommunrapporter (PDF)"] == "1"
    assert counted["lägesrapporter (PDF)"] == "1"
    assert counted["site pages (HTML)"] == str(len(list(built.site.rglob("*.html"))))

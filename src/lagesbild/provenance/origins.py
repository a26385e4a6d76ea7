"""Where a product comes from: its document, parameters, engine and inputs, from its record or from where it stands.

Documents and workbooks have a record. Open data, executed notebooks and the files of the website have none of their
own: what they were made from follows from their place and from what the steps before have kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.resources import project_root
from lagesbild.provenance.nodes import CONTEXT, node_name
from lagesbild.provenance.site_parts import section_files, section_inputs
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.records import Record

#: What writes products without a document: it stands where others have theirs.
_DATA = "src/lagesbild/publishing/open_data.py"
_DIFF = "src/lagesbild/publishing/release_diff.py"
_SITE = "src/lagesbild/publishing/site.py"
_SEARCH = "src/lagesbild/publishing/site_search.py"
_FONTS = "src/lagesbild/publishing/web_fonts.py"
_STYLE = "src/lagesbild/publishing/site_style.py"
_TRACES = "src/lagesbild/provenance/trace_index.py"

#: What made a product that no engine rendered.
PACKAGE, PAPERMILL, PAGEFIND = "lagesbild", "papermill", "pagefind"

#: What every page of the website depends on, beside its own source.
FRAME = ("code/_extensions", "code/_quarto.yml", "code/data", "code/src/lagesbild")
_STATEMENT = "code/data/registers/utgava.yml"

_KINDS = {
    ".html": "page",
    ".css": "style sheet",
    ".js": "script",
    ".woff2": "font",
    ".svg": "figure",
    ".png": "figure",
    ".ics": "calendar",
    ".json": "page data",
}


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where one product comes from.

    Parameters
    ----------
    kind
        What it is ("kommunrapport", "data", "page").
    document
        The document, notebook or module that it was made by, relative to the project.
    engine
        What rendered or wrote it.
    inputs
        Names of nodes.
    parameters
        What the document ran with.
    stated
        Hashes of inputs that its record states; of others the node's own counts.
    """

    kind: str
    document: str
    engine: str
    inputs: tuple[str, ...]
    parameters: Mapping[str, object]
    stated: Mapping[str, str]


class Origins:
    """Tells where each product of a release comes from."""

    def __init__(self, layout: Layout, records: Sequence[Record]) -> None:
        self._layout = layout
        self._records = {output: record for record in records for output in record.outputs}
        self._engine = next((record.engine for record in records if record.engine), "embedded")
        self._parts = dict(section_files(layout))
        self._plain: dict[str, object] = {"source": layout.source, "year": layout.year}
        self._twins = layout.twins.relative_to(layout.root).as_posix()

    def of(self, product: str, digest: str) -> Origin:
        """Return where a product comes from, by its path in the release and its hash."""
        name = f"{self._layout.release.relative_to(self._layout.root).as_posix()}/{product}"
        record = self._records.get(name)
        # A record tells of the file that it was written for, not of one that came later.
        if record is not None and record.outputs[name] == digest:
            return self._recorded(record, record.kind, record.engine or PACKAGE)
        path = PurePosixPath(product)
        first = path.parts[0]
        if first == "notebooks":
            return self._notebook(path)
        if first == "site":
            return self._site(PurePosixPath(*path.parts[1:]))
        return self._data(path)

    def _data(self, path: PurePosixPath) -> Origin:
        """Return where open data come from, and what tells of them."""
        first = path.parts[0]
        if first == "revideringar":
            return self._made("diff", _DIFF, ["all/analysis", "previous"])
        if first == "kommuner":
            own = [f"underlag/{path.parts[1][:4]}"] if path.parts[1][:4].isdigit() else ["all/underlag"]
            return self._made("data", _DATA, [*own, _STATEMENT])
        if first == "data":
            return self._made("data", _DATA, [*_data_inputs(path), _STATEMENT])
        # What else stands there tells of the products themselves.
        return self._made("index", _TRACES, ["all/notebooks"])

    def _made(
        self,
        kind: str,
        document: str,
        inputs: Iterable[str],
        *,
        engine: str = PACKAGE,
        parameters: Mapping[str, object] | None = None,
    ) -> Origin:
        return Origin(
            kind=kind,
            document=document,
            engine=engine,
            inputs=tuple(dict.fromkeys([*inputs, "code/src/lagesbild"])),
            parameters=parameters or self._plain,
            stated={},
        )

    def _recorded(self, record: Record, kind: str, engine: str) -> Origin:
        stated = {node_name(self._layout, name): value for name, value in record.inputs.items()}
        return Origin(
            kind=kind,
            document=record.document,
            engine=engine,
            inputs=tuple(stated),
            parameters=record.parameters,
            stated=stated,
        )

    def _notebook(self, path: PurePosixPath) -> Origin:
        area, year = path.parts[1], int(path.parts[2])
        document = f"analysis/{path.name}"
        return self._made(
            "notebook",
            document,
            [f"released/{area}", CONTEXT, f"code/{document}", "code/data"],
            engine=PAPERMILL,
            parameters={"area": area, "year": year, "source": self._layout.source, "report_year": self._layout.year},
        )

    def _site(self, path: PurePosixPath) -> Origin:
        """Return where a file of the website comes from."""
        kind = _KINDS.get(path.suffix, "page data")
        if path.parts[0] == "pagefind":
            return self._made("search index", _SEARCH, ["all/pages"], engine=PAGEFIND)
        page = self._page(path.with_suffix(""))
        if page is None and path.parent.name == "index_files":
            page = self._page(path.parent.parent / "index")
        if page is not None:
            return replace(page, kind=kind)
        found = self._parts.get(path.as_posix()) or self._parts.get(path.with_suffix(".qmd").as_posix())
        if found is not None:
            module, part = found
            staged = [f"staged/{path.with_suffix('').as_posix()}", *FRAME] if kind == "page" else []
            inputs = staged or section_inputs(part)
            return self._made(kind, module, inputs, engine=self._engine if staged else PACKAGE)
        return self._beside(path, kind)

    def _beside(self, path: PurePosixPath, kind: str) -> Origin:
        """Return where a file comes from that pages share."""
        written = f"reports/site/{path.as_posix()}"
        if (project_root() / written).is_file():
            return self._made(kind, written, [f"code/{written}"])
        if kind == "font":
            return self._made(kind, _FONTS, ["code/requirements.lock"])
        if kind == "style sheet":
            return self._made(kind, _STYLE, ["code/reports"])
        return self._made(kind, _SITE, FRAME, engine=self._engine)

    def _page(self, address: PurePosixPath) -> Origin | None:
        """Return where a page comes from that an executed notebook was rendered to."""
        for folder in (self._twins, f"{self._twins}/sidor"):
            notebook = f"{folder}/{address.as_posix()}.ipynb"
            record = self._records.get(notebook)
            if record is not None:
                twin = node_name(self._layout, notebook)
                page = self._recorded(record, "page", record.engine or self._engine)
                # A report's page is rendered from its notebook, which names what it was run with.
                report = any(output.endswith(".pdf") for output in record.outputs)
                stated = {} if report else page.stated
                inputs = (*FRAME, *stated, twin)
                return replace(page, inputs=inputs, stated={**stated, twin: record.outputs[notebook]})
        return None


def _data_inputs(path: PurePosixPath) -> list[str]:
    """Return what a file of open data was made from."""
    folder, stem = path.parts[1], path.stem
    if folder == "indikatorer":
        area, _, year = stem.rpartition("-")
        return [f"analysis/{area}/{year}/indikatorer"]
    if folder == "indikator" and path.suffix == ".csv":
        return [f"analysis/{load_catalogue().by_id(stem).area}"]
    if folder == "jamforelser" and stem in AREA_IDS:
        return [f"analysis/{stem}"]
    return ["all/analysis", "all/underlag", "code/data"]

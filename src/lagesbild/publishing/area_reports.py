"""Documents of which each area has one: the faktablad, the metodbeskrivning, the översyn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lagesbild.catalogue.areas import AREAS, Area
from lagesbild.catalogue.areas import area as area_called
from lagesbild.publishing.analysis_digests import analysis_digests
from lagesbild.publishing.batch import BatchResult
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.release_metadata import layout_of, metadata_block
from lagesbild.publishing.reports import Report, make_reports


@dataclass(frozen=True, kw_only=True)
class AreaDocument:
    """A document that each area has.

    Parameters
    ----------
    kind
        What it is in the manifest ("faktablad").
    title
        Shown with the progress.
    document
        Source document, relative to the project; its parameters are ``area``, ``year`` and ``source``.
    metadata
        Gives the front matter of an area's document.
    folder
        Folder of the records and the executed notebooks.
    pdf
        Where the PDF lands in the release, with ``{area}`` for the area's id.
    is_page
        Whether the executed notebook becomes a page of the website.
    """

    kind: str
    title: str
    document: str
    metadata: Callable[[Layout, Area], dict[str, object]]
    folder: str
    pdf: str
    is_page: bool = False

    def front_matter(self, *, area: str, year: int | str, source: str) -> str:
        """Return the front matter of an area's document as a block that a cell prints."""
        return metadata_block(self.metadata(layout_of(source, year), area_called(area)))

    def make(
        self, layout: Layout, chosen: Sequence[str] | None = None, *, cores: int = 1, engine: str | None = None
    ) -> BatchResult:
        """Make the documents of some areas, or of all ten; see `make_reports`.

        Raises
        ------
        ParameterError
            For an unknown area; suggests the nearest.
        NotBuiltError
            If an area has not been analysed.
        """
        areas = [area_called(name) for name in chosen] if chosen else AREAS
        reports = [self._report(layout, area) for area in areas]
        return make_reports(layout, reports, title=self.title, cores=cores, engine=engine)

    def _report(self, layout: Layout, area: Area) -> Report:
        notebooks = layout.twins if self.is_page else layout.variants
        return Report(
            name=area.id,
            kind=self.kind,
            document=self.document,
            parameters={"area": area.id, "year": layout.year, "source": layout.source},
            metadata=self.metadata(layout, area),
            inputs=analysis_digests(layout, [area.id]),
            pdf=layout.release / self.pdf.format(area=area.id),
            twin=notebooks / self.folder / area.id / "index.ipynb",
            record=layout.records / self.folder / f"{area.id}.json",
        )

"""Short reports of city districts."""

from __future__ import annotations

from lagesbild.catalogue.regions import Kommun, Stadsdel
from lagesbild.catalogue.regions import kommun as kommun_called
from lagesbild.files import sha256
from lagesbild.presentation.kommun.districts import district_report
from lagesbild.publishing.batch import BatchResult
from lagesbild.publishing.districts import district_called, read_districts
from lagesbild.publishing.documents import kommun_document
from lagesbild.publishing.group_reports import slug_of
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.release_metadata import common_metadata, layout_of, metadata_block
from lagesbild.publishing.reports import Report, make_reports

DOCUMENT = "reports/stadsdelsrapport/stadsdelsrapport.qmd"


def district_front_matter(*, kommun: str | int, stadsdel: str | int, year: int | str, source: str) -> str:
    """Return the front matter of a district's report as a block that a cell prints."""
    layout, own = layout_of(source, year), kommun_called(kommun)
    return metadata_block(_metadata(layout, own, district_called(layout, own.kod, _code(stadsdel))))


def district_document(*, kommun: str | int, stadsdel: str | int, year: int | str, source: str) -> str:
    """Return the Markdown of a district's report.

    Parameters
    ----------
    kommun, stadsdel
        Code or name of the kommun, and of its district.
    year, source
        Report year and name of the source.

    Raises
    ------
    ParameterError
        For an unknown kommun, district, year or source; suggests the nearest.
    NotBuiltError
        If the kommun's underlag has not been made, or it has no districts with results.
    """
    layout, own = layout_of(source, year), kommun_called(kommun)
    about = district_called(layout, own.kod, _code(stadsdel))
    district = next(one for one in read_districts(layout, own.kod) if one.kod == about.kod)
    return district_report(kommun_document(kommun=own.kod, year=year, source=source).view, district)


def make_district_report(layout: Layout, kommun: str, stadsdel: str, *, engine: str | None = None) -> BatchResult:
    """Make the short report of one district.

    Raises
    ------
    ParameterError, NotBuiltError
        See `district_document`.
    """
    own = kommun_called(kommun)
    about = district_called(layout, own.kod, stadsdel)
    name = f"stadsdel-{about.kod}-{slug_of(about.namn)}"
    files = [layout.underlag / f"{own.kod}.parquet", layout.districts(own.kod)]
    report = Report(
        name=f"{own.slug}-{name}",
        kind="stadsdelsrapport",
        document=DOCUMENT,
        parameters={"kommun": own.kod, "stadsdel": about.kod, "year": layout.year, "source": layout.source},
        metadata=_metadata(layout, own, about),
        inputs={path.relative_to(layout.root).as_posix(): sha256(path) for path in files},
        pdf=layout.kommun_folder(own.slug) / f"{name}.pdf",
        twin=layout.variants / "kommuner" / own.slug / f"{name}.ipynb",
        record=layout.records / "kommuner" / f"{own.slug}-{name}.json",
    )
    return make_reports(layout, [report], title="Stadsdelsrapporter", cores=1, engine=engine)


def _metadata(layout: Layout, kommun: Kommun, district: Stadsdel) -> dict[str, object]:
    return {
        "title": f"{district.namn}: öppna jämförelser {layout.year}",
        "subtitle": f"Stadsdelsrapport, {kommun.namn}",
        **common_metadata(layout),
    }


def _code(stadsdel: str | int) -> str:
    """Return a code that lost its leading zero on the way (``18012`` is ``018012``), or the name as it is."""
    text = str(stadsdel)
    return text.zfill(6) if text.isdecimal() else text

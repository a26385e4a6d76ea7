"""What a document's first cell calls: parameters made right, data read, a report object handed back.

It works where the document is run by papermill, by Quarto or by hand: the working root is found from the
current folder upwards. Quarto turns ``-P kommun:0180`` into the integer 180; the code is restored here.
"""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild.catalogue.areas import AREAS, Area
from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.load import Catalogue, load_catalogue
from lagesbild.catalogue.regions import kommun as kommun_called
from lagesbild.catalogue.vocabulary import Sex
from lagesbild.errors import ParameterError
from lagesbild.presentation.kommun.report import KommunReport
from lagesbild.presentation.kommun.view import KommunView
from lagesbild.publishing.districts import read_districts
from lagesbild.publishing.kommun_data import read_additions, read_similar, underlag_rows
from lagesbild.publishing.layout import SOURCE_NAMES
from lagesbild.publishing.release_metadata import common_metadata, layout_of, metadata_block
from lagesbild.publishing.report_variants import variant_of

#: How much of a kommun's report is made.
EXTENTS = ("full", "kort")


def kommun_front_matter(
    *, kommun: str | int, year: int | str, source: str, areas: str = "", omfattning: str = "full"
) -> str:
    """Return the front matter of a kommun's report as a block that a cell prints."""
    variant = variant_of(areas, short=omfattning == "kort")
    return metadata_block(variant.metadata(layout_of(source, year), kommun_called(kommun).namn))


def page_front_matter(*, year: int | str, source: str) -> str:
    """Return what every page's front matter has in common, as a block that a cell prints."""
    return metadata_block(common_metadata(layout_of(source, year)))


def kommun_document(
    *,
    kommun: str | int,
    year: int | str,
    source: str,
    index: str = "",
    areas: str = "",
    omfattning: str = "full",
) -> KommunReport:
    """Return the report of one kommun.

    Parameters
    ----------
    kommun
        Code or name; ``180`` is ``0180``.
    year, source
        Report year and name of the source.
    index
        The section on the composite index (`lagesbild.publishing.indexes.kommun_index`), where it is wanted.
    areas
        Ids of the areas that the report is about, with commas between; all ten where empty.
    omfattning
        ``full``, or ``kort`` for the first spread alone.

    Raises
    ------
    ParameterError
        For an unknown kommun, year, source, area or extent; suggests the nearest.
    NotBuiltError
        If the kommun's underlag has not been made.
    """
    if omfattning not in EXTENTS:
        raise ParameterError("omfattning", omfattning, EXTENTS)
    chosen = areas_of(areas)
    layout = layout_of(source, year)
    about = kommun_called(kommun)
    by_sex = underlag_rows(layout, about.kod)
    view = KommunView(
        kommun=about,
        year=layout.year,
        rows=by_sex[Sex.TOTAL],
        sexes=by_sex,
        additions=read_additions(layout, about.kod),
        catalogue=_catalogue_of(chosen),
        synthetic=layout.synthetic,
        source=SOURCE_NAMES[source],
    )
    return KommunReport(
        view=view,
        similar=read_similar(layout, about.kod),
        districts=read_districts(layout, about.kod),
        areas=chosen,
        index=index,
        short=omfattning == "kort",
    )


def areas_of(text: str) -> tuple[Area, ...]:
    """Return the areas named in a document's parameter, in the order of `AREAS`; all of them where it is empty.

    Raises
    ------
    ParameterError
        For an unknown area; suggests the nearest.
    """
    named = [area_called(name.strip()) for name in text.split(",") if name.strip()]
    return tuple(area for area in AREAS if area in named) if named else AREAS


def _catalogue_of(areas: Sequence[Area]) -> Catalogue:
    """Return the catalogue's indicators of some areas: what the report doesn't know of, no sentence can count."""
    catalogue = load_catalogue()
    if len(areas) == len(AREAS):
        return catalogue
    return Catalogue(tuple(one for area in areas for one in catalogue.in_area(area.id)))


def source_text(source: str) -> str:
    """Return where the figures come from, for the site's page about itself."""
    if source == "demo":
        return (
            "Syntetiska data: alla uppgifter på den här webbplatsen är påhittade för att visa systemet. "
            "De säger ingenting om verkliga kommuner."
        )
    return f"Uppgifterna kommer från {SOURCE_NAMES[source]}."

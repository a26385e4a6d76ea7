"""What the slides' document calls: a kommun's slides, and their front matter."""

from __future__ import annotations

from lagesbild.catalogue.regions import Kommun
from lagesbild.catalogue.regions import kommun as kommun_called
from lagesbild.presentation.kommun.slides import KommunSlides
from lagesbild.publishing.documents import kommun_document
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.release_metadata import common_metadata, layout_of, metadata_block


def kommun_slides(*, kommun: str | int, year: int | str, source: str) -> KommunSlides:
    """Return the slides of one kommun, from the same data as its report.

    Raises
    ------
    ParameterError, NotBuiltError
        See `lagesbild.publishing.documents.kommun_document`.
    """
    report = kommun_document(kommun=kommun, year=year, source=source)
    return KommunSlides(view=report.view, similar=report.similar)


def presentation_front_matter(*, kommun: str | int, year: int | str, source: str) -> str:
    """Return the front matter of a kommun's slides as a block that a cell prints."""
    return metadata_block(presentation_metadata(layout_of(source, year), kommun_called(kommun)))


def presentation_metadata(layout: Layout, kommun: Kommun) -> dict[str, object]:
    """Return the front matter of a kommun's slides: title, what they are about, and that invented figures are."""
    subtitle = "Socialtjänst och kommunal hälso- och sjukvård: underlag för nämndens möte"
    if layout.synthetic:
        subtitle += "\\\n**Syntetiska data.** Siffrorna är påhittade och beskriver inga verkliga kommuner."
    notes = (
        "Bilderna visar det viktigaste för ett möte på tio minuter. Anteckningarna under varje bild ger bakgrunden. "
        "Kommunrapporten har alla resultat."
    )
    return {
        "title": f"{kommun.namn}: öppna jämförelser {layout.year}",
        "subtitle": subtitle,
        "notes": notes,
        "ar": layout.year,
        **common_metadata(layout),
    }

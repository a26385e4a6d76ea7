"""The kvalitetsdeklarationer: a document per product, and the same text as a page of the website."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.load import load_catalogue
from lagesbild.presentation.quality_declaration.declaration import Declaration
from lagesbild.presentation.quality_declaration.figures import DeclarationFigures
from lagesbild.presentation.quality_declaration.products import PRODUCTS, Product, product
from lagesbild.publishing.analysis_digests import analysis_digests
from lagesbild.publishing.batch import BatchResult
from lagesbild.publishing.layout import SOURCE_NAMES, Layout
from lagesbild.publishing.release_metadata import common_metadata, layout_of, metadata_block
from lagesbild.publishing.reports import Report, make_reports

DOCUMENT = "reports/metod/kvalitetsdeklaration.qmd"

_TOTAL = [("sex", "==", "T")]
_NATIONAL = [("level", "==", "rike")]


def declaration_metadata(layout: Layout, about: Product) -> dict[str, object]:
    """Return the front matter of a product's kvalitetsdeklaration."""
    return {
        "title": f"{about.name}: kvalitetsdeklaration {layout.year}",
        "subtitle": "Hur säkra uppgifterna är, och vad de kan användas till",
        **common_metadata(layout),
    }


def declaration_front_matter(*, produkt: str, year: int | str, source: str) -> str:
    """Return the front matter of a product's kvalitetsdeklaration as a block that a cell prints."""
    return metadata_block(declaration_metadata(layout_of(source, year), product(produkt)))


def declaration_figures(layout: Layout) -> DeclarationFigures:
    """Return what the declarations of a release count, from the analysis of all areas.

    Raises
    ------
    NotBuiltError
        If an area has not been analysed.
    """
    analysis_digests(layout, AREA_IDS)
    results = ["indicator", "region", "status", "riket_weighting"]
    return DeclarationFigures(
        year=layout.year,
        years=layout.years,
        catalogue=load_catalogue(),
        quality=_of_the_year(layout, "kvalitet", ["indicator", "grade", "n_findings", "checks"]),
        nonresponse=_of_the_year(layout, "bortfall", ["survey", "n_answered", "n_not"]),
        results=_of_the_year(layout, "jamforelser", results, filters=_TOTAL),
        national_trends=_of_the_year(layout, "trender", ["indicator", "n_points"], filters=_NATIONAL),
        known_faults=_known_faults(layout),
    )


def _of_the_year(
    layout: Layout, step: str, columns: list[str], *, filters: list[tuple[str, str, str]] | None = None
) -> pd.DataFrame:
    """Return some columns of one step's frames of the report year, with a column ``area``."""
    frames = [
        pd.read_parquet(
            layout.analysis(area, layout.year) / f"{step}.parquet", columns=columns, filters=filters
        ).assign(area=area)
        for area in AREA_IDS
    ]
    return pd.concat(frames, ignore_index=True)


def _known_faults(layout: Layout) -> int:
    """Return how many of the source's values were read as missing since they are known to be wrong."""
    path = layout.work / "known_faults.csv"
    return len(pd.read_csv(path)) if path.is_file() else 0


def declaration_of(layout: Layout, about: Product) -> Declaration:
    """Return the kvalitetsdeklaration of one product of a release.

    Raises
    ------
    NotBuiltError
        If an area has not been analysed.
    """
    return Declaration(
        product=about,
        figures=declaration_figures(layout),
        source=SOURCE_NAMES[layout.source],
        synthetic=layout.synthetic,
    )


def declaration_document(*, produkt: str, year: int | str, source: str) -> Declaration:
    """Return the kvalitetsdeklaration of one product for its document.

    Raises
    ------
    ParameterError, NotBuiltError
        For an unknown product, year or source, or an area without analysis.
    """
    return declaration_of(layout_of(source, year), product(produkt))


def make_quality_declarations(
    layout: Layout, chosen: Sequence[str] | None = None, *, cores: int = 1, engine: str | None = None
) -> BatchResult:
    """Make the kvalitetsdeklarationer of some products, or of all.

    Raises
    ------
    ParameterError
        For an unknown product; suggests the nearest.
    NotBuiltError
        If an area has not been analysed.
    """
    inputs = analysis_digests(layout, AREA_IDS)
    reports = [
        Report(
            name=about.id,
            kind="kvalitetsdeklaration",
            document=DOCUMENT,
            parameters={"produkt": about.id, "year": layout.year, "source": layout.source},
            metadata=declaration_metadata(layout, about),
            inputs=inputs,
            pdf=layout.release / "metod" / f"kvalitetsdeklaration-{about.id}.pdf",
            twin=layout.variants / "kvalitetsdeklaration" / about.id / "index.ipynb",
            record=layout.records / "kvalitetsdeklaration" / f"{about.id}.json",
        )
        for about in ([product(name) for name in chosen] if chosen else PRODUCTS)
    ]
    return make_reports(layout, reports, title="Kvalitetsdeklarationer", cores=cores, engine=engine)

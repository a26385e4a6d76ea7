"""``dcat.rdf``: the release's open data as a catalogue in DCAT-AP-SE 3, which the national data portal can read.

An area's files are one data set with a distribution for each format: the Swedish profile gives files of one kind as
several download addresses of one distribution. Each indicator is a data set of its own, in its area's series.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, RDFS, XSD, Namespace

from lagesbild.catalogue.areas import AREAS
from lagesbild.publishing.datasets.files import CSV, DISCLOSURE, PARQUET, SYNTHETIC, Dataset, Writer, Written
from lagesbild.publishing.layout import SOURCE_NAMES

FILE = "data/dcat.rdf"
RDF_XML = "application/rdf+xml"

#: As of version 3, which rdflib's own list of its words does not know yet.
DCAT = Namespace("http://www.w3.org/ns/dcat#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
_EU = "http://publications.europa.eu/resource/authority/"
SWEDISH = URIRef(f"{_EU}language/SWE")
#: Population and society, and health.
THEMES = (URIRef(f"{_EU}data-theme/SOCI"), URIRef(f"{_EU}data-theme/HEAL"))
SWEDEN = URIRef("http://sws.geonames.org/2661886")
#: What DCAT-AP-SE asks that every catalogue be published under.
CC0 = URIRef("http://creativecommons.org/publicdomain/zero/1.0/")
_KEYWORDS = (
    ("öppna jämförelser", "sv"),
    ("socialtjänst", "sv"),
    ("kommuner", "sv"),
    ("social services", "en"),
    ("municipalities", "en"),
)
#: What the files follow: Table Schema for CSV, the format's own description for Parquet.
_STANDARDS = {
    CSV: URIRef("https://specs.frictionlessdata.io/table-schema/"),
    PARQUET: URIRef("https://parquet.apache.org/docs/file-format/"),
}
_FORMATS = {CSV: "CSV", PARQUET: "Parquet"}


def write_catalogue(writer: Writer, datasets: Sequence[Dataset]) -> Written:
    """Write the catalogue of what has been written."""
    return writer.put(FILE, catalogue_bytes(writer, datasets), RDF_XML)


def catalogue_bytes(writer: Writer, datasets: Sequence[Dataset]) -> bytes:
    """Return the catalogue as RDF/XML: the same data sets, the same bytes."""
    graph = _Graph(writer)
    graph.catalogue()
    for area in AREAS:
        if any(one.series == area.id for one in datasets):
            graph.series(area.id, area.name)
    for dataset in datasets:
        graph.dataset(dataset)
    return graph.serialised()


class _Graph:
    """Collects the statements."""

    def __init__(self, writer: Writer) -> None:
        self.layout, self.statement = writer.layout, writer.statement
        self.base = writer.statement.base
        self.graph = Graph()
        for prefix, space in (("dcat", DCAT), ("dcterms", DCTERMS), ("foaf", FOAF), ("vcard", VCARD)):
            self.graph.bind(prefix, space)
        for prefix, space in (("spdx", SPDX), ("adms", ADMS), ("dcatap", DCATAP)):
            self.graph.bind(prefix, space)
        self.publisher = URIRef(f"{self.base}data/dcat#utgivare")
        self.contact = URIRef(f"{self.base}data/dcat#kontakt")
        self.top = URIRef(f"{self.base}data/dcat#katalog")

    def add(self, subject: URIRef, *statements: tuple[URIRef, URIRef | Literal]) -> None:
        for predicate, value in statements:
            self.graph.add((subject, predicate, value))

    def catalogue(self) -> None:
        """Add the catalogue, its publisher, and whom to ask."""
        layout, statement = self.layout, self.statement
        note = f" {SYNTHETIC}" if layout.synthetic else ""
        self.add(
            self.top,
            (RDF.type, DCAT.Catalog),
            (DCTERMS.title, Literal(f"Öppna jämförelser {layout.year}: öppna data", lang="sv")),
            (DCTERMS.title, Literal(f"Open comparisons {layout.year}: open data", lang="en")),
            (
                DCTERMS.description,
                Literal(f"Indikatorer, jämförelser och register för Sveriges kommuner.{note}", lang="sv"),
            ),
            (DCTERMS.description, Literal(_english(layout.synthetic), lang="en")),
            (DCTERMS.publisher, self.publisher),
            (DCTERMS.license, CC0),
            (DCTERMS.language, SWEDISH),
            (DCTERMS.spatial, SWEDEN),
            (FOAF.homepage, URIRef(f"{self.base}site/index.html")),
            (DCAT.themeTaxonomy, URIRef(f"{_EU}data-theme")),
            (DCAT.version, Literal(statement.version)),
            *self._dates(),
        )
        self.add(URIRef(f"{self.base}site/index.html"), (RDF.type, FOAF.Document))
        self.add(
            self.publisher,
            (RDF.type, FOAF.Agent),
            (FOAF.name, Literal(statement.publisher, lang="sv")),
            (DCTERMS.type, URIRef(f"http://purl.org/adms/publishertype/{statement.publisher_kind}")),
            (FOAF.homepage, URIRef(statement.publisher_homepage)),
        )
        self.add(
            self.contact,
            (RDF.type, VCARD.Organization),
            (VCARD.fn, Literal(statement.contact)),
            (VCARD.hasEmail, URIRef(f"mailto:{statement.email}")),
        )
        self.add(SWEDEN, (RDF.type, DCTERMS.Location), (RDFS.label, Literal("Sverige", lang="sv")))

    def series(self, area: str, name: str) -> None:
        """Add an area's series of indicators."""
        subject = self._series(area)
        self.add(
            subject,
            (RDF.type, DCAT.DatasetSeries),
            (DCTERMS.title, Literal(f"Indikatorer: {name}", lang="sv")),
            (
                DCTERMS.description,
                Literal(f"Indikatorerna i området {name.lower()}, en datamängd per indikator.", lang="sv"),
            ),
            *self._common(),
        )
        self._period(subject, (self.layout.years.start, self.layout.year))
        self.add(self.top, (DCAT.dataset, subject))

    def dataset(self, dataset: Dataset) -> None:
        """Add a data set with a distribution for each of its formats."""
        subject = URIRef(f"{self.base}data/dcat#{dataset.name}")
        note = f" {SYNTHETIC}" if self.layout.synthetic else ""
        self.add(self.top, (DCAT.dataset, subject))
        self.add(
            subject,
            (RDF.type, DCAT.Dataset),
            (DCTERMS.identifier, Literal(dataset.name)),
            (DCTERMS.title, Literal(dataset.title, lang="sv")),
            (DCTERMS.description, Literal(f"{dataset.text}{note} {DISCLOSURE}", lang="sv")),
            (DCTERMS.accessRights, URIRef(f"{_EU}access-right/PUBLIC")),
            (DCTERMS.accrualPeriodicity, URIRef(f"{_EU}frequency/ANNUAL")),
            (DCTERMS.language, SWEDISH),
            (DCTERMS.provenance, self._provenance()),
            (DCAT.version, Literal(self.statement.version)),
            (DCAT.landingPage, URIRef(self._page(dataset))),
            *self._common(),
        )
        self.add(URIRef(self._page(dataset)), (RDF.type, FOAF.Document))
        if dataset.title_en:
            self.add(subject, (DCTERMS.title, Literal(dataset.title_en, lang="en")))
        if dataset.years:
            self._period(subject, dataset.years)
        if dataset.series and dataset.name.startswith("indikator/"):
            self.add(subject, (DCAT.inSeries, self._series(dataset.series)))
        for kind in sorted({one.kind for one in dataset.files}):
            self._distribution(subject, dataset, [one for one in dataset.files if one.kind == kind])

    def _distribution(self, subject: URIRef, dataset: Dataset, files: Sequence[Written]) -> None:
        kind = files[0].kind
        name = f"{subject}.{_FORMATS[kind].lower()}"
        own = URIRef(name)
        self.add(subject, (DCAT.distribution, own))
        self.add(
            own,
            (RDF.type, DCAT.Distribution),
            (DCTERMS.title, Literal(f"{dataset.title} ({_FORMATS[kind]})", lang="sv")),
            (DCTERMS.description, Literal(_what(files), lang="sv")),
            (DCAT.accessURL, URIRef(self.base + files[0].path) if len(files) == 1 else URIRef(self._page(dataset))),
            (DCTERMS["format"], Literal(kind)),
            (DCTERMS.license, URIRef(self.statement.licence.dcat)),
            (DCTERMS.language, SWEDISH),
            (DCTERMS.conformsTo, _STANDARDS[kind]),
            (DCATAP.availability, URIRef(f"{_EU}planned-availability/STABLE")),
            (ADMS.status, URIRef(f"{_EU}distribution-status/COMPLETED")),
            (DCAT.byteSize, Literal(sum(one.size for one in files), datatype=XSD.nonNegativeInteger)),
            *((DCAT.downloadURL, URIRef(self.base + one.path)) for one in files),
            *self._dates(),
        )
        self.add(_STANDARDS[kind], (RDF.type, DCTERMS.Standard))
        if len(files) == 1:
            checksum = URIRef(f"{name}-kontrollsumma")
            self.add(own, (SPDX.checksum, checksum))
            self.add(
                checksum,
                (RDF.type, SPDX.Checksum),
                (SPDX.algorithm, SPDX.checksumAlgorithm_sha256),
                (SPDX.checksumValue, Literal(files[0].digest, datatype=XSD.hexBinary)),
            )

    def _common(self) -> list[tuple[URIRef, URIRef | Literal]]:
        """Return what is said of every data set and series."""
        return [
            (DCTERMS.publisher, self.publisher),
            (DCAT.contactPoint, self.contact),
            (DCTERMS.spatial, SWEDEN),
            *((DCAT.theme, theme) for theme in THEMES),
            *((DCAT.keyword, Literal(word, lang=lang)) for word, lang in _KEYWORDS),
            *self._dates(),
        ]

    def _dates(self) -> list[tuple[URIRef, URIRef | Literal]]:
        """Return when the release came, where that is decided: no clock is asked."""
        if self.statement.issued is None:
            return []
        day = Literal(self.statement.issued, datatype=XSD.date)
        return [(DCTERMS.issued, day), (DCTERMS.modified, day)]

    def _period(self, subject: URIRef, years: tuple[int, int]) -> None:
        period = URIRef(f"{subject}-tid")
        self.add(subject, (DCTERMS.temporal, period))
        self.add(
            period,
            (RDF.type, DCTERMS.PeriodOfTime),
            (DCAT.startDate, Literal(f"{years[0]}-01-01", datatype=XSD.date)),
            (DCAT.endDate, Literal(f"{years[1]}-12-31", datatype=XSD.date)),
        )

    def _provenance(self) -> URIRef:
        origin = URIRef(f"{self.base}data/dcat#ursprung")
        text = f"Källa: {SOURCE_NAMES[self.layout.source]}. {self.statement.licence.words}"
        self.add(origin, (RDF.type, DCTERMS.ProvenanceStatement), (RDFS.label, Literal(text, lang="sv")))
        return origin

    def _series(self, area: str) -> URIRef:
        return URIRef(f"{self.base}data/dcat#serie/{area}")

    def _page(self, dataset: Dataset) -> str:
        """Return the page about a data set: an indicator's own, else the data catalogue."""
        if dataset.name.startswith("indikator/"):
            return f"{self.base}site/indikatorer/{dataset.name.partition('/')[2]}/index.html"
        return f"{self.base}site/data/index.html"

    def serialised(self) -> bytes:
        """Return the statements as RDF/XML in one order: the catalogue, then by kind and name.

        rdflib goes through sets, whose order is another in each process. Every subject has a name, so the elements
        and what each of them states can be sorted as they stand.
        """
        root = ElementTree.fromstring(self.graph.serialize(format="pretty-xml", max_depth=1, encoding="utf-8"))
        for prefix, space in self.graph.namespaces():
            ElementTree.register_namespace(prefix, str(space))
        for subject in root:
            subject[:] = sorted(subject, key=_written)
        root[:] = sorted(root, key=lambda one: (one.tag != f"{{{DCAT}}}Catalog", one.tag, sorted(one.attrib.items())))
        ElementTree.indent(root)
        text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
        return text + b"\n"


def _written(statement: ElementTree.Element) -> tuple[str, list[tuple[str, str]], str]:
    return statement.tag, sorted(statement.attrib.items()), statement.text or ""


def _english(synthetic: bool) -> str:
    note = " Synthetic data: every figure is invented." if synthetic else ""
    return f"Indicators, comparisons and registers of the municipalities of Sweden.{note}"


def _what(files: Sequence[Written]) -> str:
    if len(files) == 1:
        return f"Hela tabellen som {_FORMATS[files[0].kind]}."
    return f"{len(files)} filer i {_FORMATS[files[0].kind]}, en för varje del av tabellen."

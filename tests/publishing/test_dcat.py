"""The catalogue in RDF parses, holds what DCAT-AP-SE 3 asks for, says the same in the same bytes, escapes its texts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, XSD
from rdflib.term import Node

from lagesbild.catalogue.release_statement import release_statement
from lagesbild.publishing.datasets.dcat import catalogue_bytes
from lagesbild.publishing.datasets.figure_files import figures_table
from lagesbild.publishing.datasets.files import CSV, PARQUET, Dataset, Writer, Written
from lagesbild.publishing.datasets.registers import CATALOGUE
from lagesbild.publishing.layout import Layout

DCAT = Namespace("http://www.w3.org/ns/dcat#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
DCATAP = Namespace("http://data.europa.eu/r5r/")

#: The mandatory properties of each class in DCAT-AP-SE 3 (docs.dataportal.se, 3.0.1), and whether there is one alone.
MANDATORY: dict[URIRef, dict[URIRef, bool]] = {
    DCAT.Catalog: {DCTERMS.title: False, DCTERMS.description: False, DCTERMS.publisher: True, DCTERMS.license: True},
    DCAT.Dataset: {DCTERMS.title: False, DCTERMS.description: False, DCTERMS.publisher: True},
    DCAT.DatasetSeries: {DCTERMS.title: False, DCTERMS.description: False, DCTERMS.publisher: True},
    DCAT.Distribution: {DCAT.accessURL: True, DCTERMS["format"]: True},
    FOAF.Agent: {FOAF.name: False},
    VCARD.Organization: {VCARD.fn: True, VCARD.hasEmail: False},
    SPDX.Checksum: {SPDX.algorithm: True, SPDX.checksumValue: True},
}
#: Those it recommends, and that this catalogue always has.
RECOMMENDED: dict[URIRef, tuple[URIRef, ...]] = {
    DCAT.Catalog: (DCTERMS.language, DCTERMS.issued, DCTERMS.modified, FOAF.homepage, DCAT.themeTaxonomy, DCAT.dataset),
    DCAT.Dataset: (
        *(DCAT.contactPoint, DCAT.keyword, DCAT.theme, DCTERMS.issued, DCTERMS.spatial, DCTERMS.accessRights),
        *(DCAT.distribution, DCTERMS.accrualPeriodicity, DCAT.version, DCAT.landingPage),
    ),
    DCAT.Distribution: (
        DCTERMS.description,
        DCTERMS.license,
        DCAT.downloadURL,
        DCATAP.availability,
        DCTERMS.conformsTo,
    ),
    FOAF.Agent: (DCTERMS.type,),
}

FILES = tuple(
    Written(path=f"data/{name}", kind=kind, size=size, digest=f"{size:064x}")
    for name, kind, size in (
        ("indikator/ao-x.csv", CSV, 10),
        ("katalog.csv", CSV, 20),
        ("katalog.parquet", PARQUET, 30),
    )
)


def catalogue(title: str = "Nöjda med hemtjänsten", *, source: str = "demo") -> bytes:
    year = {"demo": 2024, "kolada": 2020}[source]
    layout = Layout(root=Path("nowhere"), source=source, year=year)
    table = figures_table("indikator/ao-x", title, "", title)
    figures = Dataset(
        name=table.name,
        title=title,
        title_en="",
        text=f"{title}, procent.",
        table=table,
        files=FILES[:1],
        rows=3,
        years=(year - 8, year),
        series="aldreomsorg",
    )
    yearly = replace(figures, name="indikatorer/aldreomsorg", files=(FILES[0], replace(FILES[0], path="data/b.csv")))
    register = replace(
        figures, name="katalog", title_en="Definitions", table=CATALOGUE, files=FILES[1:], years=None, series=""
    )
    writer = Writer(layout=layout, statement=release_statement(source, year))
    return catalogue_bytes(writer, [figures, yearly, register])


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph().parse(data=catalogue(), format="xml")


@pytest.mark.parametrize("kind", MANDATORY, ids=lambda one: one.rpartition("/")[2])
def test_everything_of_a_class_has_its_mandatory_properties(graph: Graph, kind: URIRef) -> None:
    found = list(graph.subjects(RDF.type, kind))
    assert found
    for subject in found:
        for name, alone in MANDATORY[kind].items():
            values = list(graph.objects(subject, name))
            assert values, f"{subject} lacks {name}"
            assert not alone or len(values) == 1, f"{subject} has several {name}"
        for name in RECOMMENDED.get(kind, ()):
            assert (subject, name, None) in graph, f"{subject} lacks {name}"


def test_what_the_profile_demands_of_values(graph: Graph) -> None:
    top = graph.value(predicate=RDF.type, object=DCAT.Catalog)
    # In Sweden the catalogue itself is always CC0.
    assert graph.value(top, DCTERMS.license) == URIRef("http://creativecommons.org/publicdomain/zero/1.0/")
    every = [*graph.subjects(RDF.type, DCAT.Dataset), *graph.subjects(RDF.type, DCAT.DatasetSeries)]
    assert set(graph.objects(top, DCAT.dataset)) == set(every)
    for name in (DCAT.accessURL, DCAT.downloadURL, DCAT.landingPage):
        addresses = list(graph.objects(None, name))
        assert addresses
        assert all(str(one).startswith("https://example.org/lagesbild/") for one in addresses)
    texts: list[Node] = [one for name in (DCTERMS.title, DCTERMS.description) for one in graph.objects(None, name)]
    assert all(isinstance(one, Literal) and one.language in ("sv", "en") for one in texts)
    assert {one.language for one in graph.objects(top, DCTERMS.title) if isinstance(one, Literal)} == {"sv", "en"}
    days = [one for name in (DCTERMS.issued, DCTERMS.modified) for one in graph.objects(None, name)]
    assert {str(one) for one in days} == {"2024-12-31"}
    assert all(isinstance(one, Literal) and one.datatype == XSD.date for one in days)
    assert set(map(str, graph.objects(None, DCTERMS["format"]))) == {CSV, PARQUET}


def test_files_by_year_are_addresses_of_one_distribution_and_a_single_file_has_its_checksum(graph: Graph) -> None:
    base = "https://example.org/lagesbild/data/dcat#"
    yearly = URIRef(f"{base}indikatorer/aldreomsorg.csv")
    assert len(list(graph.objects(yearly, DCAT.downloadURL))) == 2
    assert graph.value(yearly, SPDX.checksum) is None
    own = URIRef(f"{base}indikator/ao-x.csv")
    checksum = graph.value(own, SPDX.checksum)
    assert str(graph.value(checksum, SPDX.checksumValue)) == f"{10:064x}"
    assert int(str(graph.value(own, DCAT.byteSize))) == 10
    one = URIRef(f"{base}indikator/ao-x")
    assert graph.value(one, DCAT.inSeries) == URIRef(f"{base}serie/aldreomsorg")
    period = graph.value(one, DCTERMS.temporal)
    assert str(graph.value(period, DCAT.startDate)) == "2016-01-01"


def test_the_same_data_sets_give_the_same_bytes_and_invented_data_say_so() -> None:
    assert catalogue() == catalogue()
    assert "Syntetiska data" in catalogue().decode()
    real = catalogue(source="kolada").decode()
    assert "Syntetiska" not in real
    assert "dcterms:issued" not in real, "a day that nobody has decided is not told"


def test_what_is_stated_stands_in_one_order_whatever_the_hash_seed() -> None:
    root = ElementTree.fromstring(catalogue())
    assert root[0].tag == f"{{{DCAT}}}Catalog"
    about = f"{{{RDF}}}about"
    named = [(one.tag, one.get(about, "")) for one in root[1:]]
    assert len(named) > 10
    assert named == sorted(named)
    for subject in root:
        told = [(one.tag, sorted(one.attrib.items()), one.text or "") for one in subject]
        assert told == sorted(told)


def test_a_text_from_data_stays_text() -> None:
    evil = '<script>alert("å")</script>&amp;]]><x/>'
    back = Graph().parse(data=catalogue(evil), format="xml")
    assert (None, DCTERMS.title, Literal(evil, lang="sv")) in back

"""The manifest in the form of RO-Crate 1.1, so that others' programs can read what was made from what.

Made from the manifest and the release's statement alone. Files of the website are told of as one data set: the manifest
has each of them. Raw files and steps between are no part of the release; they are entities without a file.

Sources: RO-Crate Metadata Specification 1.1 (sections 4-5: root data entity and metadata descriptor, 10: provenance);
W3C PROV-O for ``prov:wasGeneratedBy`` and ``prov:used``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from lagesbild.catalogue.release_statement import ReleaseStatement, release_statement

_CONTEXT = [
    "https://w3id.org/ro/crate/1.1/context",
    {"prov": "http://www.w3.org/ns/prov#", "sha256": "http://schema.org/sha256"},
]
_SOFTWARE = "#lagesbild"
_CODE = "#code"
_IMPORT = "#import"
_SITE = "site/"
_ACTIVITY = ["CreateAction", "prov:Activity"]
_ENTITY = ["CreativeWork", "prov:Entity"]

_FORMATS = {
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".ipynb": "application/x-ipynb+json",
    ".json": "application/json",
    ".md": "text/markdown",
    ".parquet": "application/vnd.apache.parquet",
    ".pdf": "application/pdf",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".rdf": "application/rdf+xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

Entity = dict[str, Any]


def ro_crate_text(manifest: Mapping[str, Any], *, beside: Mapping[str, str]) -> str:
    """Return the content of ``ro-crate-metadata.json``: an entity a line.

    Parameters
    ----------
    manifest
        Of the release.
    beside
        Hash of each file that tells of the products and stands beside them (the manifest itself).
    """
    source, _, year = manifest["name"].rpartition("-")
    statement = release_statement(source, int(year))
    entities = [*_heads(manifest, statement, beside), *_software(manifest), *_steps(manifest), *_made(manifest)]
    lines = ",\n".join(f"  {json.dumps(one, ensure_ascii=False)}" for one in entities)
    return f'{{\n "@context": {json.dumps(_CONTEXT)},\n "@graph": [\n{lines}\n ]\n}}\n'


def _heads(manifest: Mapping[str, Any], statement: ReleaseStatement, beside: Mapping[str, str]) -> Iterator[Entity]:
    """Yield the descriptor, the release itself, its licence and its publisher."""
    source, _, year = manifest["name"].rpartition("-")
    products = [one for one in manifest["products"] if not one["path"].startswith(_SITE)]
    pages = len(manifest["products"]) - len(products)
    note = f" {manifest['note']}" if "note" in manifest else ""
    # The descriptor stands first, as in the specification's examples.
    yield {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": _id("https://w3id.org/ro/crate/1.1"),
        "about": _id("./"),
    }
    yield {
        "@id": "./",
        "@type": "Dataset",
        "name": f"Lägesbild, öppna jämförelser {year} ({source})",
        "description": f"Rapporter, arbetsböcker, öppna data och webbplats om öppna jämförelser {year}.{note}",
        "datePublished": statement.issued or year,
        "version": manifest["version"],
        "inLanguage": "sv",
        "license": _id(statement.licence.path),
        "publisher": _id(statement.publisher_homepage),
        "hasPart": [_file(name) for name in (*beside, *(one["path"] for one in products))] + [_id(_SITE)] * bool(pages),
        "mentions": [_id(_IMPORT), *(_id(name) for name in sorted({_action(one) for one in manifest["products"]}))],
    }
    yield {
        "@id": statement.licence.path,
        "@type": "CreativeWork",
        "name": statement.licence.title,
        "description": statement.licence.words,
    }
    yield {
        "@id": statement.publisher_homepage,
        "@type": "Organization",
        "name": statement.publisher,
        "contactPoint": _id(f"mailto:{statement.email}"),
    }
    yield {"@id": f"mailto:{statement.email}", "@type": "ContactPoint", "name": statement.contact}
    for name, digest in beside.items():
        entity = {
            **_file(name),
            "@type": "File",
            "name": "Manifestet" if name.endswith(".json") else "Dess kontrollsumma",
        }
        yield entity | {"encodingFormat": _format(name), "sha256": digest}
    if pages:
        yield {"@id": _SITE, "@type": "Dataset", "name": f"Webbplatsen, {pages} filer; manifestet räknar upp dem"}


def _software(manifest: Mapping[str, Any]) -> Iterator[Entity]:
    """Yield the package, its code and the engines."""
    about = manifest["environment"]
    engines = {name: value for one in about["engine"].values() for name, value in one.items()}
    yield {
        "@id": _SOFTWARE,
        "@type": "SoftwareApplication",
        "name": "Lägesbild",
        "softwareVersion": manifest["lagesbild"],
        "softwareRequirements": [_id(f"#{name}") for name in ("python", *sorted(engines))],
    }
    for name, value in {"python": about["python"], **dict(sorted(engines.items()))}.items():
        yield {"@id": f"#{name}", "@type": "SoftwareApplication", "name": name, "softwareVersion": value}
    lock = {"softwareRequirements": f"requirements.lock, sha256 {about['lock']}"} if about["lock"] else {}
    yield {"@id": _CODE, "@type": "SoftwareSourceCode", "name": "Koden", "sha256": about["code"], **lock}


def _steps(manifest: Mapping[str, Any]) -> Iterator[Entity]:
    """Yield the raw files, the import with the disclosure gate, and the released observations."""
    nodes = manifest["nodes"]
    for one in (*manifest["raw"], *manifest["earlier"]):
        known = {"identifier": f"hmac-sha256:{one['sha256']}"} if one.get("keyed") else {"sha256": one["sha256"]}
        entity = {"@id": _raw(one), "@type": _ENTITY, "name": one["path"], **known}
        told = {"creditText": one["origin"], "usageInfo": one["licence"], "dateCreated": one["retrieved"]}
        yield entity | {name: value for name, value in told.items() if value}
    released = [name for name in nodes if name.startswith("released/")]
    raw = [_id(_raw(one)) for one in (*manifest["raw"], *manifest["earlier"])]
    yield {
        "@id": _IMPORT,
        "@type": _ACTIVITY,
        "name": "Import och sekretessprövning",
        "instrument": [_id(_SOFTWARE)],
        "object": raw,
        "prov:used": raw,
        "result": [_id(f"#{name}") for name in released],
    }
    for name in released:
        entity = {"@id": f"#{name}", "@type": _ENTITY, "name": f"Frisläppta observationer: {name[9:]}"}
        yield entity | {"sha256": nodes[name]["sha256"], "prov:wasGeneratedBy": _id(_IMPORT)}


def _made(manifest: Mapping[str, Any]) -> Iterator[Entity]:
    """Yield the documents, an action for each of them, and the files that they became."""
    released = [_id(f"#{name}") for name in manifest["nodes"] if name.startswith("released/")]
    actions: dict[str, list[Mapping[str, Any]]] = {}
    for one in manifest["products"]:
        actions.setdefault(_action(one), []).append(one)
    documents = {one["document"]: one["document_sha256"] for one in manifest["products"]}
    for name in sorted(documents):
        entity = {"@id": _document(name), "@type": "SoftwareSourceCode", "name": name, "sha256": documents[name]}
        yield entity | {"isPartOf": _id(_CODE)}
    for action, members in sorted(actions.items()):
        first = members[0]
        files = [one["path"] for one in members if not one["path"].startswith(_SITE)]
        whole = [_id(_SITE)] if len(files) < len(members) else []
        yield {
            "@id": action,
            "@type": _ACTIVITY,
            "name": f"{first['kind']}: {first['document']}",
            "instrument": [_id(_SOFTWARE), _id(_document(first["document"]))],
            "object": released,
            "prov:used": released,
            "result": [*(_file(name) for name in files), *whole],
        }
        for one in members:
            if not one["path"].startswith(_SITE):
                entity = {**_file(one["path"]), "@type": "File", "name": one["kind"], "sha256": one["sha256"]}
                yield entity | {"encodingFormat": _format(one["path"]), "prov:wasGeneratedBy": _id(action)}


def _id(name: str) -> dict[str, str]:
    return {"@id": name}


def _file(path: str) -> dict[str, str]:
    return {"@id": quote(path)}


def _raw(one: Mapping[str, Any]) -> str:
    return f"#raw/{quote(one['path'])}/{one['sha256'][:12]}"


def _document(name: str) -> str:
    return f"#code/{quote(name)}"


def _action(product: Mapping[str, Any]) -> str:
    return f"#make/{quote(product['kind'])}/{quote(product['document'])}"


def _format(path: str) -> str:
    return _FORMATS.get(path[path.rfind(".") :], "application/octet-stream" if "." in path else "text/plain")

"""What a release says of itself: version, date, publisher, contact, licence and address, from a reviewed file."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lagesbild.catalogue.located import Located, read_located
from lagesbild.catalogue.resources import registers_folder
from lagesbild.errors import CatalogueError, Fault

#: The reviewed file, among the registers.
FILE = "utgava.yml"

_FIELDS = {
    "publisher": {"name", "kind", "homepage"},
    "contact": {"name", "email"},
    "licence": {"title", "path", "dcat", "words"},
}
_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True, kw_only=True)
class Licence:
    """What may be done with a source's figures.

    Parameters
    ----------
    title, words
        For readers, in Swedish.
    path, dcat
        Address of the terms, and the one that DCAT names the licence by.
    name
        Id at opendefinition.org, null where it has none.
    """

    title: str
    words: str
    path: str
    dcat: str
    name: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReleaseStatement:
    """What one release says of itself.

    Parameters
    ----------
    version
        Year and which time it is published ("2024.1").
    issued
        ISO date, null until it is decided.
    base
        Address that every address of the release begins with; ends with a slash.
    publisher, publisher_kind, publisher_homepage, contact, email
        Who publishes, and who answers questions.
    licence
        Of the source's figures.
    """

    version: str
    issued: str | None
    base: str
    publisher: str
    publisher_kind: str
    publisher_homepage: str
    contact: str
    email: str
    licence: Licence


def release_statement(source: str, year: int, *, path: Path | None = None) -> ReleaseStatement:
    """Return what the release of a source and year says of itself.

    A release that the file doesn't name is the first of its year, without a date.

    Parameters
    ----------
    source, year
        Which release.
    path
        The reviewed file, where it isn't the project's own.

    Raises
    ------
    CatalogueError
        With every fault of the file, by line.
    """
    path = path or registers_folder() / FILE
    document, faults = read_located(path)
    reader = _Reader(path.name, faults)
    top = reader.mapping(document, "the file", {"base", "publisher", "contact", "licences", "releases"})
    base = reader.address(top.get("base"), "base")
    if base and not base.endswith("/"):
        reader.fault("base has no slash at its end", top["base"], expected="https://.../")
    publisher = reader.mapping(top.get("publisher"), "publisher", _FIELDS["publisher"])
    contact = reader.mapping(top.get("contact"), "contact", _FIELDS["contact"])
    licences = reader.mapping(top.get("licences"), "licences", {source})
    licence = reader.mapping(licences.get(source), f"licences: {source}", _FIELDS["licence"], {"name"})
    releases = reader.mapping(top.get("releases"), "releases", set())
    own = releases.get(f"{source}-{year}")
    release = {} if own is None else reader.mapping(own, f"{source}-{year}", {"version"}, {"issued"})
    version = reader.text(release.get("version"), "version") if own is not None else f"{year}.1"
    if not re.fullmatch(rf"{year}\.[1-9]\d*", version):
        reader.fault(f"version {version!r} is no version of {year}", own, expected=f"{year}.1, {year}.2, ...")
    statement = ReleaseStatement(
        version=version,
        issued=reader.date(release.get("issued")),
        base=base,
        publisher=reader.text(publisher.get("name"), "publisher: name"),
        publisher_kind=reader.text(publisher.get("kind"), "publisher: kind"),
        publisher_homepage=reader.address(publisher.get("homepage"), "publisher: homepage"),
        contact=reader.text(contact.get("name"), "contact: name"),
        email=reader.text(contact.get("email"), "contact: email"),
        licence=Licence(
            title=reader.text(licence.get("title"), "licence: title"),
            words=reader.text(licence.get("words"), "licence: words"),
            path=reader.address(licence.get("path"), "licence: path"),
            dcat=reader.address(licence.get("dcat"), "licence: dcat"),
            name=reader.text(licence["name"], "licence: name") if "name" in licence else None,
        ),
    )
    if reader.faults:
        raise CatalogueError("statement of the release refused", reader.faults)
    return statement


class _Reader:
    """Takes values out of a file with lines, and collects what is wrong."""

    def __init__(self, file: str, faults: list[Fault]) -> None:
        self.file = file
        self.faults = list(faults)

    def fault(self, what: str, at: Located | None, expected: str | None = None) -> None:
        self.faults.append(Fault(what=what, file=self.file, row=at.line if at else 1, expected=expected))

    def mapping(
        self, found: Located | None, name: str, needed: set[str], allowed: set[str] | None = None
    ) -> dict[str, Located]:
        if found is None or not isinstance(found.value, dict):
            # What is absent has been told of where it should have stood.
            if found is not None or not self.faults:
                self.fault(f"{name} holds no fields", found, expected=", ".join(sorted(needed)) or "releases")
            return {}
        for key in sorted(needed - found.value.keys()):
            self.fault(f"{name} lacks {key}", found)
        if allowed is not None:
            for key in sorted(found.value.keys() - needed - allowed):
                self.fault(f"{name} has {key}, which is no field", found.value[key])
        return dict(found.value)

    def text(self, found: Located | None, name: str) -> str:
        value: Any = None if found is None else found.value
        if isinstance(value, str) and value.strip():
            return value.strip()
        if found is not None:
            self.fault(f"{name} is no text: {value!r}", found, expected="text, in quotes where it is a number")
        return ""

    def address(self, found: Located | None, name: str) -> str:
        text = self.text(found, name)
        if text and not _ADDRESS.fullmatch(text):
            self.fault(f"{name} is no address: {text!r}", found, expected="https://...")
        return text

    def date(self, found: Located | None) -> str | None:
        if found is None:
            return None
        if isinstance(found.value, datetime.date):
            return found.value.isoformat()
        self.fault(f"issued is no date: {found.value!r}", found, expected="2024-12-31")
        return None

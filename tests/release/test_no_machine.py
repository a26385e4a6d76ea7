"""The release tells nothing of the machine and the user that built it."""

from __future__ import annotations

import getpass
import re
import socket
from dataclasses import dataclass

import pytest
from built import Built
from pdfs import PdfFacts

#: Everything but these is read as text.
BINARY = (".pdf", ".parquet", ".png", ".otf", ".ttf", ".woff", ".woff2", ".ico", ".jpg")


#: Roots of absolute paths; a match counts where no word, host or relative path stands before it.
ROOTS = ("/home/", "/root/", "/tmp/", "/Users/", "/var/", "/usr/", "/opt/")


@dataclass(frozen=True)
class Telltales:
    """What no file may hold: the build's folder, paths of a machine, its host and user."""

    words: tuple[bytes, ...]
    paths: re.Pattern[bytes]

    @classmethod
    def of(cls, built: Built) -> Telltales:
        root = built.layout.root
        words = [str(folder) for folder in (root, root.parent) if len(folder.parts) > 2]
        words.append(f"/{getpass.getuser()}/")
        host = socket.gethostname()
        if len(host) > 4 and host != "localhost":
            words.append(host)
        roots = "|".join(re.escape(root) for root in ROOTS)
        return cls(tuple(word.encode() for word in words), re.compile(rf"(?<![\w.:/-])(?:{roots})\w".encode()))

    def found(self, content: bytes) -> bytes | None:
        """Return the first telltale in `content`, or None."""
        for word in self.words:
            if word in content:
                return word
        # Searching for fixed bytes first is many times faster than the pattern.
        if any(root.encode() in content for root in ROOTS) and (match := self.paths.search(content)):
            return match.group()
        return None


@pytest.fixture(scope="module")
def telltales(built: Built) -> Telltales:
    return Telltales.of(built)


def test_text_files(built: Built, telltales: Telltales) -> None:
    wrong = []
    for path in built.files:
        if path.suffix not in BINARY and (word := telltales.found(path.read_bytes())):
            wrong.append(f"{built.named(path)}: {word.decode()}")
    assert wrong == []


def test_metadata_of_pdfs(built: Built, telltales: Telltales, pdfs: list[PdfFacts]) -> None:
    assert [built.named(one.path) for one in pdfs if telltales.found(one.metadata.encode())] == []


def test_texts_of_pdfs(built: Built, telltales: Telltales, pdfs: list[PdfFacts]) -> None:
    assert [built.named(one.path) for one in pdfs if telltales.found(" ".join(one.pages).encode())] == []


def test_metadata_of_parquet_files(built: Built, telltales: Telltales) -> None:
    """A Parquet file's schema and statistics stand uncompressed in its last part."""
    parquet = [path for path in built.files if path.suffix == ".parquet"]
    assert [built.named(path) for path in parquet if telltales.found(path.read_bytes()[-65536:])] == []


def test_pages_and_data_carry_no_clock(built: Built) -> None:
    """The site's pages hold no time of day, which would differ from build to build.

    Midnight as the "created" of a data package is how its form writes the day that the release states.
    """
    clock = re.compile(rb"20[2-9]\d-\d\d-\d\dT\d\d:\d\d")
    stated = re.compile(rb'"created": "20[2-9]\d-\d\d-\d\dT00:00:00Z"')
    wrong, packages = [], 0
    for path in built.files:
        if path.suffix in (".html", ".json", ".ipynb", ".csv", ".xml"):
            content = path.read_bytes()
            if path.name == "datapackage.json":
                content, found = stated.subn(b"", content)
                packages += found
            if clock.search(content):
                wrong.append(built.named(path))
    assert wrong == []
    assert packages

"""Differences between two texts: a page's lines as a reader sees them, a drawing's or document's elements."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from xml.etree import ElementTree

from lagesbild.provenance.differences.found import Difference, cut, sequence_differences

_TAG = re.compile(r"<[^>]*>")
_NAMESPACE = re.compile(r"\{[^}]*\}")


def text_differences(old: bytes, new: bytes) -> Iterator[Difference]:
    """Yield the lines of two texts that differ."""
    yield from sequence_differences(old.decode().splitlines(), new.decode().splitlines(), word="line")


def page_differences(old: bytes, new: bytes) -> Iterator[Difference]:
    """Yield the lines of two pages that differ: what a reader sees of them, or their source where that is the same."""
    left, right = old.decode().splitlines(), new.decode().splitlines()
    for found in sequence_differences(left, right, word="line"):
        number = int(found.place.rpartition(" ")[2])
        # Both sides can only be set against each other where no line has come or gone.
        if len(left) == len(right):
            seen = _seen(left[number - 1]), _seen(right[number - 1])
            if seen[0] != seen[1]:
                short = cut(*seen)
                yield Difference(kind="text", place=found.place, old=short[0], new=short[1])
                continue
        yield found


def _seen(line: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", line)).split())


def xml_differences(old: bytes, new: bytes) -> Iterator[Difference]:
    """Yield where two XML texts differ: the element's number and name, its attributes and text."""
    left, right = (_elements(ElementTree.fromstring(data)) for data in (old, new))
    yield from sequence_differences(left, right, word="element")


def _elements(root: ElementTree.Element) -> list[str]:
    told = []
    for element in root.iter():
        attributes = "".join(f' {_NAMESPACE.sub("", key)}="{value}"' for key, value in element.attrib.items())
        text = f"<{_NAMESPACE.sub('', str(element.tag))}{attributes}>{element.text or ''}"
        told.append(text + (f"</>{element.tail}" if element.tail and element.tail.strip() else ""))
    return told

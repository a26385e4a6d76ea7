"""HTML as the standard has it: a strict parser finds nothing, and elements stand where they may."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import html5lib
from browser import KINDS
from built import Built
from lxml import etree
from pages import Page

#: Of the pages of one folder, so many are parsed strictly; all the others come from the same code.
_SAMPLED = 6

#: What may not stand in what, as paths that find it.
_MISPLACED = (
    "//a//a | //a//button | //button//a | //a//input | //button//button",
    "//p//div | //p//table | //p//ul | //p//p | //p//figure",
    "//ul/*[not(self::li or self::script)] | //ol/*[not(self::li or self::script)]",
    "//li[not(parent::ul or parent::ol)]",
    "//dl/*[not(self::dt or self::dd or self::div)]",
    "//figcaption[not(parent::figure)]",
    "//table//table | //form//form | //main//main | //label//label",
    "//tr/*[not(self::th or self::td)] | //*[self::th or self::td][not(parent::tr)]",
    "//h1//h2 | //h2//h3 | //h2//p | //h3//p | //h2//div",
    "//option[not(parent::select or parent::datalist or parent::optgroup)]",
    "//*[@role='presentation' and self::table]",
    "//label[@for and not(@for = //@id)]",
    "//style | //*[@style] | //script[not(@src) and not(@type='application/json')] | //base | //iframe | //object",
    "//@onclick | //@onload | //@onerror | //a[starts-with(@href, 'javascript:')]",
)


def test_a_strict_parser_finds_nothing(built: Built, pages: list[Page]) -> None:
    chosen = {built.site / name for name in KINDS}
    for _, folder in groupby(pages, key=lambda page: page.path.relative_to(built.site).parts[0]):
        paths = [page.path for page in folder]
        chosen |= set(paths[:: max(1, len(paths) // _SAMPLED)])
    faults = []
    for path in sorted(chosen):
        parser: Any = html5lib.HTMLParser(namespaceHTMLElements=False)
        parser.parse(path.read_text(encoding="utf-8"))
        faults += [f"{built.named(path)}: {place}: {code} {more}" for place, code, more in parser.errors[:3]]
    assert faults == []


def test_elements_stand_where_they_may(built: Built, pages: list[Page]) -> None:
    found = [etree.XPath(path) for path in _MISPLACED]
    faults = []
    for page in pages:
        for path in found:
            for one in path(page.tree)[:1]:
                told = etree.tostring(one)[:160] if isinstance(one, etree._Element) else str(one)
                faults.append(f"{built.named(page.path)}: {path.path}: {told!r}")
    assert faults[:20] == []


def test_every_page_has_the_policy(built: Built, pages: list[Page]) -> None:
    policy = (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'"
    )
    without = [
        built.named(page.path)
        for page in pages
        if page.tree.xpath("string(//head/meta[@http-equiv='Content-Security-Policy']/@content)") != policy
    ]
    assert without == []


def test_no_page_is_longer_than_it_may_be(built: Built, pages: list[Page]) -> None:
    """A page's own HTML, without the drawings that stand in it."""
    long = []
    for page in pages:
        drawings = sum(
            len(etree.tostring(one, with_tail=False)) for one in page.tree.xpath("//svg[not(ancestor::svg)]")
        )
        size = page.path.stat().st_size - drawings
        if size > 300_000:
            long.append(f"{built.named(page.path)}: {size} bytes")
    assert long == []

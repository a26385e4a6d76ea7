"""The website stands on its own: links resolve, nothing is fetched from elsewhere, and it can be read by all."""

from __future__ import annotations

from collections import Counter

from built import Built
from pages import Page, is_outside

#: Hosts that a plain link may lead to; the browser fetches nothing from them.
LINKED_HOSTS = (
    "https://creativecommons.org",
    "https://kolada.se",
    "https://skr.se",
    "https://www.kolada.se",
    "https://www.socialstyrelsen.se",
)


def test_links_lead_somewhere(built: Built, pages: list[Page]) -> None:
    """Every address within the release has a file, and every fragment its element."""
    ids = {page.path: set(page.ids) for page in pages}
    files = set(built.files)
    broken = set()
    for page in pages:
        for address in [*page.links, *page.fetched]:
            if is_outside(address):
                continue
            path, fragment = page.target(address)
            if path not in files:
                broken.add(f"{built.named(page.path)}: {address} has no file in the release")
            elif fragment and path in ids and fragment not in ids[path]:
                broken.add(f"{built.named(page.path)}: {address} has no such element")
    assert sorted(broken) == []


def test_every_page_can_be_reached(built: Built, pages: list[Page]) -> None:
    """Following links from the start page finds all pages."""
    by_path = {page.path: page for page in pages}
    start = built.site / "index.html"
    seen, queue = {start}, [start]
    while queue:
        page = by_path[queue.pop()]
        for address in page.links:
            path, _ = page.target(address) if not is_outside(address) else (None, "")
            if path in by_path and path not in seen:
                seen.add(path)
                queue.append(path)
    assert sorted(built.named(path) for path in set(by_path) - seen) == []


def test_kommun_and_report_pages_link_their_pdf(built: Built, pages: list[Page]) -> None:
    linked = {page.target(address)[0] for page in pages for address in page.links if not is_outside(address)}
    assert [built.named(path) for path in built.pdfs if path not in linked] == []


def test_nothing_is_fetched_from_outside(built: Built, pages: list[Page]) -> None:
    outside = {f"{built.named(page.path)}: {one}" for page in pages for one in page.fetched if is_outside(one)}
    for path in built.site.rglob("*.css"):
        style = path.read_text(encoding="utf-8")
        outside |= {
            built.named(path)
            for word in ("http://", "https://", "url(//")
            if f"url({word}" in style or "@import" in style
        }
    assert sorted(outside) == []


def test_links_out_are_the_listed_ones(built: Built, pages: list[Page]) -> None:
    unlisted = {
        one
        for page in pages
        for one in page.links
        if is_outside(one) and not one.startswith((*LINKED_HOSTS, "mailto:"))
    }
    assert sorted(unlisted) == []


def test_each_page_is_well_formed_for_assistive_technology(built: Built, pages: list[Page]) -> None:
    faults = [f"{built.named(page.path)}: {fault}" for page in pages for fault in _faults(page)]
    assert faults == []


def _faults(page: Page) -> list[str]:
    return [*_page_faults(page), *_picture_faults(page), *_heading_faults(page)]


def _page_faults(page: Page) -> list[str]:
    tree, faults = page.tree, []
    if tree.get("lang") != ("en" if page.english else "sv"):
        faults.append(f"its language is {tree.get('lang')}")
    faults += [f"not one {tag} but {len(found)}" for tag in ("h1", "main") if len(found := tree.xpath(f"//{tag}")) != 1]
    if not (tree.findtext(".//title") or "").strip():
        faults.append("no title")
    twice = sorted(name for name, count in Counter(page.ids).items() if count > 1)
    if twice:
        faults.append(f"ids given twice: {', '.join(twice[:5])}")
    for names in (str(value) for value in tree.xpath("//@aria-labelledby | //@aria-describedby")):
        faults += [f"no element {one}, which names another" for one in names.split() if one not in page.ids]
    if tree.xpath("//table[not(.//th)]"):
        faults.append("a table has no header cells")
    return faults


def _picture_faults(page: Page) -> list[str]:
    faults = []
    for picture in page.tree.xpath("//img"):
        if not (picture.get("alt") or "").strip():
            faults.append(f"img {picture.get('src', '')[:60]} has no alt")
    for picture in page.tree.xpath("//svg[not(ancestor::svg)]"):
        named = (picture.get("aria-label") or "").strip() and picture.get("role") == "img"
        if not named and picture.get("aria-hidden") != "true":
            faults.append("an svg has neither role img with a label nor aria-hidden")
    return faults


def _heading_faults(page: Page) -> list[str]:
    faults, deepest = [], 1
    for heading in page.tree.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5]"):
        level = int(heading.tag[1])
        if level > deepest + 1:
            faults.append(f"a heading of level {level} follows one of level {deepest}")
        deepest = level
    return faults

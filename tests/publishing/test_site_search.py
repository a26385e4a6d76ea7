"""The search index: what pages are found by, the same bytes each time, readable to the scan for withheld figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from lagesbild.provenance.published_text import texts_of
from lagesbild.publishing.site_search import FOLDER, pages_of, write_search

_PAGE = (
    '<html><head><meta name="description" content="Om &amp; kring"></head><body><nav>Meny</nav><main>'
    "<h1>Nöjda med <em>hemtjänsten</em></h1><p>Andelen nöjda, 4711.</p><table><tr><td>Ale 92</td></tr></table>"
    '<div class="document-note"><p>Källa</p></div></main></body></html>'
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in ("index.html", "indikatorer/ao-a/index.html", "kommuner/1440-ale/index.html", "en/index.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(_PAGE, encoding="utf-8")
    return tmp_path


def test_pages_are_found_by_their_words_and_kommuner_by_name(site: Path) -> None:
    found = {one.address: one for one in pages_of(site)}
    assert list(found) == ["", "indikatorer/ao-a/", "kommuner/1440-ale/"]
    indicator = found["indikatorer/ao-a/"]
    assert (indicator.kind, indicator.title, indicator.text) == ("Indikator", "Nöjda med hemtjänsten", "Om & kring")
    assert indicator.words == "Nöjda med hemtjänsten Andelen nöjda, 4711. Om & kring"
    assert found[""].kind == "Sida"
    kommun = found["kommuner/1440-ale/"]
    assert kommun.words == "Ale kommun 1440 Västra Götalands län"


def test_the_index_is_the_same_each_time_and_can_be_read(site: Path) -> None:
    write_search(site)
    made = {path.name: path.read_bytes() for path in (site / FOLDER).rglob("*") if path.is_file()}
    for path in (site / FOLDER).rglob("*.*"):
        path.unlink()
    write_search(site)
    assert made == {path.name: path.read_bytes() for path in (site / FOLDER).rglob("*") if path.is_file()}
    assert {"pagefind.js", "pagefind-entry.json", "wasm.sv.pagefind"} <= set(made)
    assert not any(name.startswith(("pagefind-ui", "pagefind-modular")) for name in made)
    fragments = sorted((site / FOLDER / "fragment").iterdir())
    assert len(fragments) == 3
    read = "\n".join(text for path in fragments for _, text in texts_of(path))
    assert "4711" in read
    assert "Nöjda med hemtjänsten" in read

"""The pages of the method site: found, ordered, staged at their own addresses and listed."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from lagesbild.catalogue.resources import project_root
from lagesbild.errors import DocumentError
from lagesbild.publishing.embedded.globs import matching
from lagesbild.publishing.method_pages import method_list, method_pages


def _write(folder: Path, name: str, front: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"---\n{front}\n---\n\nText.\n", encoding="utf-8")


def test_pages_are_in_swedish_order_with_their_addresses(tmp_path: Path) -> None:
    _write(tmp_path, "a-1.qmd", "title: Ärenden\ndescription: Svarar på ett.")
    _write(tmp_path, "b.qmd", "title: Zoner\ndescription: Svarar på *två*.")
    pages = method_pages(tmp_path)
    assert [page.title for page in pages] == ["Zoner", "Ärenden"]
    assert [page.address for page in pages] == ["metod/b/index", "metod/a-1/index"]
    lines = method_list(pages).splitlines()
    assert lines[0] == "- [Zoner](b/index.html): Svarar på *två*."
    assert len(lines) == 2


def test_no_pages_is_an_empty_list(tmp_path: Path) -> None:
    assert method_pages(tmp_path / "none") == ()
    assert method_list(()) == ""


@pytest.mark.parametrize(
    ("name", "front"),
    [("b.qmd", "title: Zoner"), ("b.qmd", "description: Ja."), ("b.qmd", "title: ''\ndescription: Ja.")],
)
def test_a_page_without_title_or_description_is_refused(tmp_path: Path, name: str, front: str) -> None:
    _write(tmp_path, name, front)
    with pytest.raises(DocumentError, match="title"):
        method_pages(tmp_path)


def test_a_name_that_is_no_address_is_refused(tmp_path: Path) -> None:
    _write(tmp_path, "Å b.qmd", "title: A\ndescription: B.")
    with pytest.raises(DocumentError, match="hyphens"):
        method_pages(tmp_path)


def test_quarto_alone_renders_every_method_page() -> None:
    settings = yaml.safe_load((project_root() / "_quarto.yml").read_text(encoding="utf-8"))
    rendered = matching(project_root(), settings["project"]["render"])
    assert {page.document for page in method_pages()} <= set(rendered)

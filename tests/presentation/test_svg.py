"""A figure gives every render engine what it needs, with its text alternative."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from xml.etree import ElementTree

import pypandoc

from lagesbild.presentation.svg import Figure, coordinate, described, document, tag, text


def test_coordinates_are_written_alike_everywhere() -> None:
    assert [coordinate(v) for v in (1, 1.0, 1.04, 1.25, -0.01, 0.1 + 0.2)] == ["1", "1", "1", "1.2", "0", "0.3"]


def test_text_in_a_drawing_is_escaped() -> None:
    root = ElementTree.fromstring(document(10, 10, text(0, 0, "<&>\"'`|{", size=8, fill="#000"), 'a "b" <c>'))
    assert root.get("aria-label") == 'a "b" <c>'
    assert root[0].text == "<&>\"'`|{"


def test_a_drawing_from_elsewhere_gets_its_alternative() -> None:
    drawing = described('<?xml version="1.0"?>\n<!DOCTYPE svg>\n<svg width="1"><g/></svg>\n', "En bild")
    assert drawing == '<svg role="img" aria-label="En bild" style="max-width:100%;height:auto" width="1"><g/></svg>'


def figure() -> Figure:
    body = tag("rect", width=20, height=10, fill="#005b82")
    return Figure(svg=document(20, 10, body, 'Blå "ruta"'), alt='Blå "ruta"')


def test_a_notebook_cell_can_return_a_figure() -> None:
    bundle, metadata = figure()._repr_mimebundle_()
    assert bundle["image/svg+xml"].startswith("<svg")
    assert "text/html" not in bundle
    assert metadata["image/svg+xml"]["alt"] == 'Blå "ruta"'


def test_a_figure_travels_inside_the_markdown(compile_typst: Callable[[str], bytes]) -> None:
    markdown = figure().block_markdown("En ruta", "fig-ruta")
    done = {
        to: subprocess.run(
            [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", to],
            input=markdown.encode(),
            capture_output=True,
            check=True,
        ).stdout.decode()
        for to in ("html", "typst")
    }
    assert 'aria-label="Blå &quot;ruta&quot;"' in done["html"]
    assert '<div id="fig-ruta">' in done["html"]
    assert 'alt: "Blå \\"ruta\\""' in done["typst"]
    assert compile_typst(figure().typst()).startswith(b"%PDF")

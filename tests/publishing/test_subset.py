"""What is outside the supported subset is refused with file and line, never dropped."""

from __future__ import annotations

from pathlib import Path

import pytest

from lagesbild.errors import DocumentError
from lagesbild.publishing.embedded.engine import EmbeddedEngine
from lagesbild.publishing.engines import Document
from lagesbild.publishing.run_document import run_document

PLOT = "```{python}\n#| label: fig-x\n#| fig-cap: X\nimport matplotlib.pyplot as plt\nplt.plot([1]);\n```"


def _render(path: Path, tmp_path: Path, base: str) -> None:
    notebook = run_document(path, {}, workdir=tmp_path / "w")
    document = Document(notebook=notebook, outputs={base: tmp_path / f"ut.{base}"})
    EmbeddedEngine().render_documents([document], project=path.parent)


@pytest.mark.parametrize("base", ["typst", "html"])
@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("a\n\n{{< video x.mp4 >}}", (9, "unknown shortcode video")),
        ("{{< meta saknas >}}", (7, "'saknas' is not in the metadata")),
        ("{{< var saknas >}}", (7, "is not in _variables.yml")),
        ("a\n\n::: {.column-margin}\nx\n:::", (9, "the class .column-margin")),
        ("::: aside\nx\n:::", (7, "the class .aside")),
        ("::: {.callout-danger}\nx\n:::", (7, "unknown callout .callout-danger")),
        ("::: {layout='[[1,1]]'}\nx\n:::", (7, "the attribute layout")),
        ("::: {#lst-a}\nx\n:::", (7, "the label #lst-a")),
        ("Se\n@fig-borta.", (8, "@fig-borta leads nowhere")),
        ("Enligt @svensson2020.", (7, "@svensson2020 leads nowhere")),
        ("a\n\n![](finns-inte.png){fig-alt='x'}", (9, "finns-inte.png does not exist")),
        ("::: {.content-visible when-format='pdf'}\nx\n:::", (7, 'format "pdf"')),
        ("a\n\n\\newpage", (9, "raw LaTeX")),
        ("::: {layout-ncol=x}\nx\n:::", (7, "no number of columns")),
        ("## A {#sec-a}\n\n## B {#sec-a}", (7, "used twice")),
        (PLOT, (8, "a figure without alt text")),
        ("```{python}\n#| label: tbl-x\nprint(1)\n```", (8, "has no caption")),
    ],
)
def test_it_is_refused(write_document, tmp_path: Path, base: str, body: str, place: tuple[int, str]) -> None:
    line, what = place
    with pytest.raises(DocumentError, match=what) as caught:
        _render(write_document(body), tmp_path, base)
    assert (caught.value.file, caught.value.line) == ("prov.qmd", line)
    assert not (tmp_path / f"ut.{base}").exists()


def test_an_unknown_format_option_is_refused(write_document, tmp_path: Path) -> None:
    path = write_document("x", front="title: A\nformat:\n  html:\n    code-fold: true")
    with pytest.raises(DocumentError, match="'code-fold' of format html"):
        _render(path, tmp_path, "html")


def test_an_unknown_extension_is_refused(write_document, tmp_path: Path) -> None:
    path = write_document("x", front="title: A\nformat:\n  okand-typst: default")
    with pytest.raises(DocumentError, match="no extension 'okand'"):
        _render(path, tmp_path, "typst")


def test_code_that_only_looks_like_quarto_is_left_alone(write_document, tmp_path: Path) -> None:
    body = "```\n{{< video x >}}\n::: {.column-margin}\n```\n\nSkriv `{.aside}` så."
    _render(write_document(body), tmp_path, "html")
    text = (tmp_path / "ut.html").read_text(encoding="utf-8")
    assert "{{&lt; video x &gt;}}" in text


def test_html_output_in_a_pdf_is_refused(write_document, tmp_path: Path) -> None:
    path = write_document("```{python}\nimport pandas as pd\npd.DataFrame({'a': [1]})\n```")
    with pytest.raises(DocumentError, match="HTML, which a PDF can't hold"):
        _render(path, tmp_path, "typst")

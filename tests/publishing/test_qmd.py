"""A .qmd read as a notebook: cells, options, includes, inline code, places."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from lagesbild.errors import DocumentError
from lagesbild.publishing.cell_options import cell_options, without_options
from lagesbild.publishing.inline_code import markdown_text
from lagesbild.publishing.qmd import read_qmd


def test_front_matter_is_the_first_raw_cell(project: Path) -> None:
    notebook = read_qmd(project / "reports" / "rapport.qmd")
    nbformat.validate(notebook)
    assert notebook.cells[0].cell_type == "raw"
    assert notebook.cells[0].source.startswith("---\ntitle: Rapport")


def test_the_parameters_tag_is_mirrored_to_the_cells_metadata(project: Path) -> None:
    notebook = read_qmd(project / "reports" / "rapport.qmd")
    tagged = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    assert [cell.source.split("\n")[1] for cell in tagged] == ['kommun = "1440"']


def test_a_cell_knows_the_line_its_source_begins_on(project: Path) -> None:
    path = project / "reports" / "rapport.qmd"
    lines = path.read_text(encoding="utf-8").split("\n")
    for cell in read_qmd(path).cells[1:]:
        place = cell.metadata["lagesbild"]
        if place["file"] == "reports/rapport.qmd" and not place.get("inline"):
            assert lines[place["line"] - 1] == cell.source.split("\n")[0]


def test_an_included_file_stands_in_its_place_and_keeps_its_own_lines(project: Path) -> None:
    cells = read_qmd(project / "reports" / "rapport.qmd").cells
    included = [cell for cell in cells if cell.metadata["lagesbild"]["file"] == "reports/_om.qmd"]
    assert included[0].source.startswith("## Om siffrorna")
    assert included[0].metadata["lagesbild"]["line"] == 1


def test_reading_twice_gives_the_same_notebook(project: Path) -> None:
    path = project / "reports" / "rapport.qmd"
    assert nbformat.writes(read_qmd(path)) == nbformat.writes(read_qmd(path))


def test_a_paragraph_with_inline_code_becomes_a_cell_that_prints_it(write_document) -> None:
    path = write_document("# Namn\n\nI `{python} namn` bor\n`{python} f(1)` personer.\n\n- punkt `{python} x`")
    cells = [cell for cell in read_qmd(path).cells if cell.metadata["lagesbild"].get("inline")]
    assert [cell.metadata["lagesbild"]["line"] for cell in cells] == [9, 12]
    assert "(f(1))" in cells[0].source


def test_inline_code_in_a_code_block_is_left_alone(write_document) -> None:
    path = write_document("```\n`{python} namn`\n```")
    assert not any(cell.cell_type == "code" for cell in read_qmd(path).cells)


def test_a_value_can_not_become_markup() -> None:
    assert markdown_text("*Ale* [x](y) <b> @fig-a") == r"\*Ale\* \[x\]\(y\) \<b\> \@fig\-a"


def test_a_value_that_is_none_is_an_error() -> None:
    with pytest.raises(ValueError, match="None"):
        markdown_text(None)


@pytest.mark.parametrize(
    ("body", "line", "what"),
    [
        ("text\n\n```{r}\n1\n```", 9, "a cell in r"),
        ("```{python}\n1", 7, "not closed"),
        ("```{python}\n#| fig-capp: x\n1\n```", 8, "fig-capp"),
        ("```{python}\n#| label: [\n1\n```", 8, "not valid YAML"),
        ("text `{python} 1 +`", 7, "no Python expression"),
        ("{{< include _borta.qmd >}}", 7, "_borta.qmd does not exist"),
        ("{{< include prov.qmd >}}", 7, "includes itself"),
        ("- x\n\n  ```{python}\n  1\n  ```", 9, "indented"),
    ],
)
def test_an_error_names_file_and_line(write_document, body: str, line: int, what: str) -> None:
    with pytest.raises(DocumentError, match=what) as caught:
        read_qmd(write_document(body))
    assert (caught.value.file, caught.value.line) == ("prov.qmd", line)


def test_front_matter_that_is_no_yaml_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.qmd"
    path.write_text("---\ntitle: A\nlang: [\n---\n", encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        read_qmd(path)
    assert caught.value.line in (3, 4)


def test_options_may_span_lines_and_the_code_comes_after_them() -> None:
    source = "#| label: fig-a\n#| fig-cap: |\n#|   Två\n#|   rader\nx = 1"
    assert cell_options(source, "f", 1) == {"label": "fig-a", "fig-cap": "Två\nrader"}
    assert without_options(source) == "x = 1"


def test_an_unknown_option_is_met_with_the_nearest() -> None:
    with pytest.raises(DocumentError, match="Did you mean fig-cap"):
        cell_options("#| fig-capt: x", "f", 1)

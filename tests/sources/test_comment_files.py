"""Comments are taken in from Markdown files: a stated subset of it, refused with file and line otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagesbild.catalogue.comment_text import Emphasis, Link, blocks_of, comment_faults
from lagesbild.catalogue.load import load_catalogue
from lagesbild.errors import InputError
from lagesbild.sources.analyst_files import read_analyst_files
from lagesbild.sources.comment_files import read_comment_files


def write(folder: Path, **files: str) -> Path:
    comments = folder / "kommentarer"
    comments.mkdir()
    for name, text in files.items():
        (comments / name.replace("_", "-").replace("-md", ".md")).write_text(text, "utf-8")
    return comments


def test_files_are_read_by_name_with_their_author(tmp_path: Path) -> None:
    folder = write(tmp_path, **{"0180_md": "Från: kommunen\r\n\r\nBra.\r\n", "1440_aldreomsorg_md": "\ufeffVi vet."})
    frame, faults = read_comment_files(folder)
    assert not faults
    assert frame is not None
    assert frame.to_numpy().tolist() == [
        ["0180", "", "kommunen", "Bra."],
        ["1440", "aldreomsorg", "analytikern", "Vi vet."],
    ]
    frames = read_analyst_files(tmp_path, catalogue=load_catalogue())
    assert list(frames) == ["kommentarer.parquet"]


def test_no_folder_is_no_comment(tmp_path: Path) -> None:
    assert read_comment_files(tmp_path / "kommentarer") == (None, [])


def test_every_fault_of_every_file_is_listed_with_its_line(tmp_path: Path) -> None:
    write(
        tmp_path,
        **{
            "1440_md": "Från: tomten\n\n# Rubrik\n\n<b>fet</b> `kod`",
            "1440_aldrevard_md": "Hej.",
            "9999_md": "Hej.",
            "ale_md": "Hej.",
            "0180_md": " \n",
        },
    )
    with pytest.raises(InputError) as refused:
        read_analyst_files(tmp_path, catalogue=load_catalogue())
    told = str(refused.value)
    for part in (
        "kommentarer/1440.md, row 1: a comment can't be from 'tomten'",
        "kommentarer/1440.md, row 3: a heading or rule",
        "kommentarer/1440.md, row 5: HTML is not allowed",
        "kommentarer/1440.md, row 5: code is not allowed",
        "kommentarer/1440-aldrevard.md: unknown area 'aldrevard'",
        "kommentarer/9999.md: no kommun has the code 9999",
        "kommentarer/ale.md: no name of a comment",
        "kommentarer/0180.md: the comment is empty",
    ):
        assert part in told
    assert "Did you mean aldreomsorg?" in told


@pytest.mark.parametrize(
    "bad",
    [
        "<script>alert(1)</script>",
        "`#import`{=typst}",
        "```{python}\nimport os\n```",
        "~~~\nx",
        "    indragen kod",
        "{{< include /etc/passwd >}}",
        "text {.klass}",
        "![bild](https://a.se/b.png)",
        "[x](javascript:alert(1))",
        "[x](http://a.se)",
        "[x][y]",
        "[x]: https://a.se",
        '[x](https://a.se "titel")',
        "::: callout",
        "> citat",
        "| a | b |",
        "Rubrik\n===",
        "a\\b",
        "dold \u202eriktning",
        "x" * 4000,
    ],
)
def test_what_could_run_or_pretend_is_refused(bad: str) -> None:
    assert comment_faults(f"Först en rad.\n\n{bad}", file="1440.md")


def test_paragraphs_lists_emphasis_and_links_are_told_apart() -> None:
    blocks = blocks_of("En rad\ntill:\n- *ett* och **två**\n- [tre](https://a.se/x)\n\n1. fyra\n\n2 * 3 = 6")
    assert [block.kind for block in blocks] == ["paragraph", "bullets", "numbers", "paragraph"]
    assert blocks[0].lines == (("En rad till:",),)
    assert blocks[1].lines[0] == (Emphasis(text="ett", strong=False), " och ", Emphasis(text="två", strong=True))
    assert blocks[1].lines[1] == (Link(text="tre", address="https://a.se/x"),)
    assert blocks[3].lines == (("2 * 3 = 6",),)
    assert not comment_faults("a - b, 1 < 2, 50 % och A & B", file="x")


@given(st.text(max_size=200))
def test_no_text_is_lost_or_invented(text: str) -> None:
    """Whatever is written, its letters come out in order; validated or not, nothing else is added."""
    pieces = [piece for block in blocks_of(text) for line in block.lines for piece in line]
    letters = "".join(
        one for piece in pieces for one in (piece if isinstance(piece, str) else piece.text) if one.isalpha()
    )
    rest = iter(text)
    assert all(letter in rest for letter in letters)

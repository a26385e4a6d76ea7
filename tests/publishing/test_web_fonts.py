"""The site's fonts: files of its own, small, with every sign the reports use, and the same each time."""

from __future__ import annotations

import io
from pathlib import Path

from fontTools.ttLib import TTFont

from lagesbild.publishing import web_fonts
from lagesbild.publishing.cut_fonts import cut_fonts
from lagesbild.publishing.web_fonts import font_faces, font_files, picture_font_faces


def test_regular_and_bold_hold_swedish_letters_and_the_marks_of_the_reports() -> None:
    regular, bold = (TTFont(io.BytesIO(content)) for content in font_files().values())
    for font in (regular, bold):
        assert set(map(ord, "ÅÄÖåäö▲■▼◆✓×−–→\u202f\u00a0")) <= set(font.getBestCmap())
    assert (regular["OS/2"].usWeightClass, bold["OS/2"].usWeightClass) == (400, 700)


def test_the_fonts_ask_no_other_host_stay_small_and_hide_no_text() -> None:
    rules = font_faces()
    assert "http" not in rules
    assert all(f'url("{name}")' in rules for name in font_files())
    assert rules.count("font-display: swap") == 2
    assert sum(map(len, font_files().values())) < 40_000
    assert len(picture_font_faces(bold=True)) < 30_000


def test_the_committed_fonts_are_those_of_the_package() -> None:
    fonts = cut_fonts()
    there = {path.name: path.read_bytes() for path in Path(web_fonts.__file__).with_name(web_fonts.FOLDER).iterdir()}
    assert there == fonts
    assert {f"{web_fonts.FOLDER}/{name}" for name in fonts} > set(font_files())

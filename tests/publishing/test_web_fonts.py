"""The site's fonts: files of its own, small, with every sign the reports use, and the same each time."""

from __future__ import annotations

import io

from fontTools.ttLib import TTFont

from lagesbild.publishing import web_fonts
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


def test_the_same_package_gives_the_same_fonts() -> None:
    first = font_files()
    web_fonts._cut.cache_clear()
    assert font_files() == first

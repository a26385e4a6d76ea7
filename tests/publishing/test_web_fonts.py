"""The site's fonts: in the style sheet, small, with every sign the reports use, and the same each time."""

from __future__ import annotations

import base64
import io
import re

from fontTools.ttLib import TTFont

from lagesbild.publishing.web_fonts import font_faces


def fonts() -> list[TTFont]:
    found = re.findall(r"base64,([A-Za-z0-9+/=]+)", font_faces())
    return [TTFont(io.BytesIO(base64.b64decode(data))) for data in found]


def test_regular_and_bold_hold_swedish_letters_and_the_marks_of_the_reports() -> None:
    regular, bold = fonts()
    for font in (regular, bold):
        assert set(map(ord, "ÅÄÖåäö▲■▼◆✓×−–→\u202f\u00a0")) <= set(font.getBestCmap())
    assert (regular["OS/2"].usWeightClass, bold["OS/2"].usWeightClass) == (400, 700)


def test_the_fonts_ask_no_other_host_and_stay_small() -> None:
    assert "http" not in font_faces()
    assert len(font_faces()) < 100_000


def test_the_same_package_gives_the_same_fonts() -> None:
    first = font_faces()
    font_faces.cache_clear()
    assert font_faces() == first

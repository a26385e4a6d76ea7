"""Every colour of the palette has a counterpart that can be read on the dark ground."""

from __future__ import annotations

import re

import pytest

from lagesbild.catalogue.resources import project_root
from lagesbild.presentation import palette
from lagesbild.presentation.dark_mode import DARK, GROUND, dark_rules


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


_TEXT = (palette.INK, palette.GREY_TEXT, palette.ACCENT, *(tone.text for tone in palette.tones()))
_MARKS = (palette.GREY_LINE, *(tone.fill for tone in palette.tones()))


def test_every_colour_of_the_palette_has_a_counterpart() -> None:
    plain = {value for name, value in vars(palette).items() if name.isupper() and isinstance(value, str)}
    tones = {colour for tone in palette.tones() for colour in (tone.text, tone.fill, tone.tint)}
    kept = {"#2a9d8f", "#f4c04e"}  # seen as well on a dark ground
    assert plain | tones <= set(DARK) | kept


@pytest.mark.parametrize("colour", _TEXT)
def test_text_keeps_its_contrast_on_the_ground(colour: str) -> None:
    assert _contrast(DARK[colour], GROUND) >= 4.5


@pytest.mark.parametrize("colour", _MARKS)
def test_marks_can_be_seen_on_the_ground(colour: str) -> None:
    assert _contrast(DARK.get(colour, colour), GROUND) >= 3


@pytest.mark.parametrize("tone", palette.tones(), ids=lambda tone: tone.name)
def test_a_tones_text_can_be_read_on_its_tint(tone: palette.Tone) -> None:
    assert _contrast(DARK[tone.text], DARK[tone.tint]) >= 4.5


def test_the_page_has_the_drawings_ground() -> None:
    sheet = (project_root() / "reports" / "morker.css").read_text(encoding="utf-8")
    assert re.search(r"--lb-ground: (#\w+);", sheet)[1] == GROUND  # type: ignore[index]
    assert f'svg [fill="{palette.INK}"]{{fill:{DARK[palette.INK]}}}' in dark_rules("svg ")

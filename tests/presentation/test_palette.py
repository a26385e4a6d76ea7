"""The colours can be read and told apart, also by those who see red and green alike."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from lagesbild.catalogue.vocabulary import Answer, Colour
from lagesbild.presentation import palette

Rgb = NDArray[np.float64]

# Machado, Oliveira and Fernandes (2009), severity 1.0, for linear RGB.
DEUTERANOPIA = np.array(
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
)
PROTANOPIA = np.array(
    [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
)
# Ottosson (2020), Oklab: linear RGB to cone response, and its cube root to Lab.
TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def linear(colour: str) -> Rgb:
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.2."""
    lights = sorted(float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def distance(one: Rgb, other: Rgb) -> float:
    """Return the Oklab distance, times 100: about 2 is just seen side by side."""
    lab = [TO_LAB @ np.cbrt(TO_LMS @ np.clip(rgb, 0, 1)) for rgb in (one, other)]
    return float(np.linalg.norm(lab[0] - lab[1])) * 100


def test_the_measures_know_black_from_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert distance(linear("#000000"), linear("#ffffff")) == pytest.approx(100, abs=0.1)
    # Pure red and a green of the same look to deuteranopes: the simulation must bring them close.
    red, green = linear("#c00000"), linear("#6b6b00")
    assert distance(DEUTERANOPIA @ red, DEUTERANOPIA @ green) < distance(red, green) / 2


@pytest.mark.parametrize("tone", palette.tones(), ids=lambda t: t.name)
def test_text_colours_have_contrast_enough(tone: palette.Tone) -> None:
    assert contrast(tone.text, palette.WHITE) >= 4.5
    assert contrast(tone.text, tone.tint) >= 4.5


@pytest.mark.parametrize("colour", [palette.INK, palette.GREY_TEXT, palette.ACCENT])
def test_other_text_colours_have_contrast_enough(colour: str) -> None:
    assert contrast(colour, palette.WHITE) >= 4.5


@pytest.mark.parametrize("sight", [np.eye(3), DEUTERANOPIA, PROTANOPIA], ids=["full", "deuteranopia", "protanopia"])
def test_the_colours_can_be_told_apart(sight: Rgb) -> None:
    fills = [*(tone.fill for tone in palette.tones()), palette.GREY_FILL]
    for one, other in itertools.combinations(fills, 2):
        assert distance(sight @ linear(one), sight @ linear(other)) >= 10, (one, other)
    for one, other in itertools.combinations([tone.text for tone in palette.tones()], 2):
        assert distance(sight @ linear(one), sight @ linear(other)) >= 8, (one, other)


def test_colour_is_never_alone() -> None:
    tones = palette.tones()
    for words in (
        [t.symbol for t in tones],
        [t.word for t in tones],
        [t.answer_symbol for t in tones],
        [t.answer_word for t in tones],
    ):
        assert len(set(words)) == 3
        assert all(words)


def test_answers_have_the_publishers_colours() -> None:
    assert [palette.answer_tone(a).name for a in Answer] == [Colour.GRON, Colour.GUL, Colour.ROD]


def test_an_unknown_colour_is_refused() -> None:
    with pytest.raises(ValueError, match="lila"):
        palette.tone("lila")
    assert all(f".{colour} " in palette.stylesheet() for colour in Colour)

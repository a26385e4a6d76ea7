"""Figures use the package's font, and it has every sign that is printed."""

from __future__ import annotations

from matplotlib import font_manager

from lagesbild.presentation import fonts, numbers, palette, wording
from lagesbild.presentation.font_files import font_file


def test_the_font_has_every_sign_we_print() -> None:
    signs = {t.symbol for t in palette.tones()} | {t.answer_symbol for t in palette.tones()}
    signs |= {numbers.THIN_SPACE, numbers.HARD_SPACE, numbers.MINUS, "–", "…", "å", "Ö", "é"}
    signs |= {
        wording.trend_cell(label, slope)[0]
        for label in ("sakerstalld_forbattring", "sakerstalld_okning")
        for slope in (1, -1)
    }
    for weight in (400, 700):
        characters = font_manager.get_font(str(font_file(weight))).get_charmap()
        assert not [sign for sign in signs if ord(sign) not in characters]


def test_matplotlib_takes_the_packages_files() -> None:
    family = fonts.register_fonts()
    for weight in (400, 700):
        wanted = font_manager.FontProperties(family=family, weight=weight)
        found = font_manager.findfont(wanted, fallback_to_default=False)
        assert found == str(font_file(weight))


def test_width_grows_with_text_size_and_weight() -> None:
    assert fonts.text_width("Ale", 10) < fonts.text_width("Malung-Sälen", 10)
    assert fonts.text_width("Ale", 20) == 2 * fonts.text_width("Ale", 10)
    assert fonts.text_width("Ale", 10, 700) > fonts.text_width("Ale", 10)


def test_wrapped_text_fits_and_says_when_it_was_cut() -> None:
    title = "Ej återaktualiserade personer med missbruk ett år efter avslutad insats"
    lines = fonts.wrapped(title, 8, 90, lines=2)
    assert len(lines) == 2
    assert all(fonts.text_width(line, 8) <= 90 for line in lines)
    assert lines[-1].endswith("…")
    assert " ".join(fonts.wrapped(title, 8, 400, lines=2)) == title


def test_a_word_wider_than_the_line_is_broken() -> None:
    lines = fonts.wrapped("Utomgymnasieskoleförvaltningschefer", 8, 60, lines=5)
    assert all(fonts.text_width(line, 8) <= 60 for line in lines)
    assert "".join(line.removesuffix("-") for line in lines) == "Utomgymnasieskoleförvaltningschefer"

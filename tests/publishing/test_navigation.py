"""The head, the way back and the foot of a website's pages."""

from __future__ import annotations

import pytest

from lagesbild.publishing.embedded.navigation import crumbs, folder_language, footer, navbar
from lagesbild.publishing.embedded.words import words
from lagesbild.publishing.site_settings import site_settings

_PAGES = frozenset(
    {
        "index.ipynb", "om/index.ipynb", "kommuner/index.ipynb", "kommuner/1440-ale/index.ipynb", "kalender/index.qmd",
        "sok/index.ipynb", "en/index.ipynb", "en/areas/index.ipynb", "omraden/index.ipynb",
    }
)  # fmt: skip
_SETTINGS = site_settings("demo", _PAGES)
_WEBSITE: dict[str, object] = _SETTINGS["website"]  # type: ignore[assignment]


def test_the_menu_marks_the_page_and_what_the_page_is_in() -> None:
    there = navbar(_WEBSITE, "kommuner/1440-ale/index.ipynb", _PAGES, words("sv"), search="sok/index.ipynb")
    assert '<a class="nav-link" href="../index.html" aria-current="true">Kommuner</a>' in there
    assert there.count("aria-current") == 1
    assert 'action="../../sok/index.html"' in there
    itself = navbar(_WEBSITE, "kommuner/index.ipynb", _PAGES, words("sv"))
    assert '<a class="nav-link" href="index.html" aria-current="page">Kommuner</a>' in itself


def test_pages_that_are_not_there_are_left_out() -> None:
    head = navbar(_WEBSITE, "index.ipynb", _PAGES, words("sv"))
    assert "Kommuner" in head
    assert "Lägesrapporter" not in head


def test_the_way_back_is_told_only_below_the_menus_own_pages() -> None:
    assert crumbs(_WEBSITE, "kommuner/index.ipynb", _PAGES, words("sv")) == ""
    assert crumbs(_WEBSITE, "index.ipynb", _PAGES, words("sv")) == ""
    way = crumbs(_WEBSITE, "kommuner/1440-ale/index.ipynb", _PAGES, words("sv"))
    assert '<li><a href="../../index.html">Start</a></li><li><a href="../index.html">Kommuner</a></li>' in way


@pytest.mark.parametrize(
    ("name", "language"),
    [("en/areas/index.qmd", "en"), ("en/index.ipynb", "en"), ("om/index.ipynb", ""), ("index.ipynb", ""), ("en", "")],
)
def test_a_folder_of_two_letters_is_a_language_only_if_it_is_one(name: str, language: str) -> None:
    assert folder_language(name) == language


def test_a_link_to_another_language_says_so() -> None:
    foot = footer(_WEBSITE["page-footer"], "index.ipynb", _PAGES)
    assert '<a lang="en" hreflang="en" href="en/index.html">In English</a>' in foot
    assert '<a href="kalender/index.html">Kalender</a>' in foot

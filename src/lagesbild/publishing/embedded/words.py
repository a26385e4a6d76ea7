"""The engine's own words, by language: what Quarto's language files say in the same places."""

from __future__ import annotations

_SWEDISH = {
    "fig": "Figur",
    "tbl": "Tabell",
    "sec": "Avsnitt",
    "and": "och",
    "callout-note": "Notera",
    "callout-tip": "Tips",
    "callout-warning": "Varning",
    "callout-important": "Viktigt",
    "callout-caution": "Försiktigt",
    "toc-document": "Innehåll",
    "toc-website": "På denna sida",
    "skip": "Hoppa till innehållet",
    "navigation": "Huvudmeny",
    "menu": "Meny",
    "start": "Start",
    "crumbs": "Här är du",
    "search": "Sök",
    "search-label": "Sök på webbplatsen",
    "moved": "Sidan finns på",
}

_ENGLISH = {
    "fig": "Figure",
    "tbl": "Table",
    "sec": "Section",
    "and": "and",
    "callout-note": "Note",
    "callout-tip": "Tip",
    "callout-warning": "Warning",
    "callout-important": "Important",
    "callout-caution": "Caution",
    "toc-document": "Table of contents",
    "toc-website": "On this page",
    "skip": "Skip to content",
    "navigation": "Main menu",
    "menu": "Menu",
    "start": "Start",
    "crumbs": "You are here",
    "search": "Search",
    "search-label": "Search this website (in Swedish)",
    "moved": "The page is at",
}


def words(language: str) -> dict[str, str]:
    """Return the words for a language tag ("sv", "sv-SE"); English for any other than Swedish."""
    return dict(_SWEDISH if language.partition("-")[0] == "sv" else _ENGLISH)

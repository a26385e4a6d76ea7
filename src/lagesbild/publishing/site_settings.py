"""The staged website's ``_quarto.yml``: menu, footer and what stands beside the pages, for the pages that there are."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import yaml

from lagesbild.catalogue.resources import project_root
from lagesbild.publishing.layout import SOURCE_NAMES
from lagesbild.publishing.site_sections import FILES

#: What stands in the menu and the footer, by address. A page that isn't there is left out.
_MENU = (
    ("Områden", "omraden"),
    ("Indikatorer", "indikatorer"),
    ("Kommuner", "kommuner"),
    ("Jämför", "jamfor"),
    ("Lägesrapporter", "lagesrapporter"),
    ("Metod", "metod"),
    ("Data", "data"),
    ("Om", "om"),
)
_FOOTER = (
    ("Kalender", "kalender"),
    ("Mätplan", "matplan"),
    ("Översyn", "oversyn"),
    ("Kvalitet", "kvalitet"),
    ("Revideringar", "revideringar"),
    ("Tillgänglighet", "tillganglighet"),
    ("In English", "en"),
)
_ENGLISH_MENU = (("Areas", "en/areas"), ("Methods", "en/methods"), ("Data", "en/data"))
_ENGLISH_FOOTER = (("På svenska", ""),)

#: Pages with a twin in English.
_TWINS = {"": "en", "omraden": "en/areas", "metod": "en/methods", "data": "en/data"}

#: The website's icon, beside the hand-written pages.
_ICON = "ikon.svg"


def site_settings(source: str, pages: Collection[str]) -> dict[str, object]:
    """Return the settings, with the language and look of the repository's own.

    Parameters
    ----------
    source
        Where the figures come from; the footer says so.
    pages
        Source of every page, by its path in the staged project.
    """
    own = yaml.safe_load((project_root() / "_quarto.yml").read_text(encoding="utf-8"))
    search = page_at("sok", pages)
    found = [{"text": "Sök", "href": search}] if search else []
    return {
        "project": {
            "type": "website",
            "output-dir": "_site",
            "render": ["**/*.ipynb", "**/*.qmd"],
            "resources": [f"**/*{suffix}" for suffix in FILES],
        },
        "lang": own["lang"],
        "website": {
            "title": own["website"]["title"],
            "description": own["website"]["description"],
            "search": False,
            "navbar": {"left": _links(_MENU, pages), **({"right": found} if found else {})},
            "page-footer": {"left": f"Källa: {SOURCE_NAMES[source]}", "right": _links(_FOOTER, pages)},
        },
        # What Quarto doesn't know of and the embedded engine adds.
        "lagesbild": {
            "search": search,
            "icon": _ICON,
            "alternates": {
                sv: en for one, other in _TWINS.items() if (sv := page_at(one, pages)) and (en := page_at(other, pages))
            },
            "languages": _english(source, pages),
        },
        "filters": own["filters"],
        "execute": own["execute"],
        "format": {"html": {"theme": "default", "css": "lagesbild.css", "toc": True}},
    }


def _english(source: str, pages: Collection[str]) -> dict[str, object]:
    home = page_at("en", pages)
    if not home:
        return {}
    told = "synthetic data, invented to show the system" if source == "demo" else SOURCE_NAMES[source]
    menu = {"left": _links(_ENGLISH_MENU, pages)}
    footer = {"left": f"Source: {told}", "right": _links(_ENGLISH_FOOTER, pages)}
    return {"en": {"home": home, "navbar": menu, "page-footer": footer}}


def _links(entries: Sequence[tuple[str, str]], pages: Collection[str]) -> list[dict[str, str]]:
    return [{"text": text, "href": page} for text, address in entries if (page := page_at(address, pages))]


def page_at(address: str, pages: Collection[str]) -> str:
    """Return the source of the page at an address, or nothing where there is none."""
    stem = f"{address}/index" if address else "index"
    return next((name for name in (f"{stem}.ipynb", f"{stem}.qmd") if name in pages), "")

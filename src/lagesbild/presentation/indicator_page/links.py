"""Addresses from an indicator's page to the rest of the website."""

from __future__ import annotations

from functools import lru_cache

from lagesbild.catalogue.regions import kommuner
from lagesbild.presentation.escape import markdown_text

#: From the folder of an indicator's page to the website's top.
TOP = "../../"
#: From there to the release's top.
RELEASE = "../../../"


@lru_cache(maxsize=1)
def _kommuner() -> dict[str, tuple[str, str]]:
    return {kommun.kod: (kommun.namn, kommun.slug) for kommun in kommuner()}


def kommun_link(code: str) -> str:
    """Return a link in Markdown to a kommun's page."""
    name, slug = _kommuner()[code]
    return f"[{markdown_text(name)}]({TOP}kommuner/{slug}/index.html)"


def kommun_address(code: str) -> tuple[str, str]:
    """Return a kommun's name and the address of its page."""
    name, slug = _kommuner()[code]
    return name, f"{TOP}kommuner/{slug}/"

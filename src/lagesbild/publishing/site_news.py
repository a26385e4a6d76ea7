"""What is new on the website: links to the pages that tell of it, those that there are."""

from __future__ import annotations

from lagesbild.publishing.site import page_sources
from lagesbild.publishing.site_settings import page_at

_NEWS = (
    ("revideringar", "Vad som har ändrats", "nya, ändrade och borttagna uppgifter sedan förra publiceringen"),
    ("kalender", "Vad som kommer", "när nästa mätningar görs och nästa resultat publiceras"),
    ("indikatorer", "Alla indikatorer", "vad som mäts, hur det går i landet och hur säkert det är"),
    ("jamfor", "Jämför", "upp till sex kommuner, län eller grupper, i diagram och tabell"),
)


def news_list() -> str:
    """Return a list of links from the start page."""
    pages = page_sources()
    items = [
        f"- [{text}]({page_at(address, pages)}): {what}" for address, text, what in _NEWS if page_at(address, pages)
    ]
    return "\n".join(items) + "\n"

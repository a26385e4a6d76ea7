"""The website's pages of the kvalitetsdeklarationer: ``/kvalitet/`` and one for each product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lagesbild.presentation.quality_declaration.products import PRODUCTS
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.site_page import plain_page
from lagesbild.publishing.site_sections import Section

_LIST = "kvalitet/index.qmd"


def _address(product_id: str) -> str:
    return f"kvalitet/{product_id}/index.qmd"


def _pages() -> Sequence[str]:
    return [_LIST, *(_address(one.id) for one in PRODUCTS)]


def _make(layout: Layout, _part: str) -> Mapping[str, str | bytes]:
    from lagesbild.publishing.quality_declarations import (  # noqa: PLC0415 - only who makes the pages reads figures
        declaration_metadata,
        declaration_of,
    )

    files: dict[str, str | bytes] = {_LIST: _overview(layout)}
    first = declaration_of(layout, PRODUCTS[0])
    for one in PRODUCTS:
        told = declaration_metadata(layout, one)
        link = f"[Deklarationen som PDF](../../../metod/kvalitetsdeklaration-{one.id}.pdf)"
        body = f"{link}\n\n{first.of(one).text()}"
        files[_address(one.id)] = plain_page(layout, str(told["title"]), body, subtitle=told["subtitle"])
    return files


def _overview(layout: Layout) -> str:
    """Return the page that lists the declarations."""
    products = "".join(
        f"- [{one.name}]({one.id}/index.html) ([PDF](../../metod/kvalitetsdeklaration-{one.id}.pdf)): {one.purpose}\n"
        for one in PRODUCTS
    )
    body = (
        "En kvalitetsdeklaration säger vad en produkt kan användas till och hur säker den är, under samma fem rubriker "
        "som svenska myndigheter använder för officiell statistik (SCB-FS 2016:17): relevans, tillförlitlighet, "
        "aktualitet och punktlighet, tillgänglighet och tydlighet samt jämförbarhet och samanvändbarhet. Det som inte "
        "är känt står för sig.\n\n"
        f"{products}\n"
        "Hur säkra uppgifterna är för en enskild indikator står i områdets "
        "[metodbeskrivning](../metod/index.html), och hur betygen sätts på sidan "
        "[Metod](../metod/index.html#sakerhet).\n"
    )
    return plain_page(layout, "Kvalitet", body, toc=False)


SECTION = Section(name="kvalitetsdeklarationer", pages=_pages, make=_make)

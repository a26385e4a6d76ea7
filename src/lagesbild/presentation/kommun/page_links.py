"""Links from a kommun's report, where it is a page of the website: to its indicators, and to the site's tools."""

from __future__ import annotations

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.regions import Kommun
from lagesbild.presentation.escape import html_text, typst_string
from lagesbild.presentation.tables import Markup


def indicator_link(indicator: Indicator, text: str) -> Markup:
    """Return the name of an indicator in a kommun's report: a link on its page of the website, plain in print.

    Parameters
    ----------
    indicator
        Whose page it leads to.
    text
        What is shown; escaped here.
    """
    link = f'<a href="../../indikatorer/{indicator.id}/index.html">{html_text(text)}</a>'
    return Markup(f"`{link}`{{=html}}`#{typst_string(text)}`{{=typst}}")


def kommun_tools(kommun: Kommun) -> str:
    """Return links from a kommun's page to the pages that compare it and find its like, with the kommun chosen."""
    return (
        f"::: {{.verktyg}}\n\n[Jämför med andra kommuner](../../jamfor/index.html?plats={kommun.kod}) "
        f"[Hitta liknande kommuner](../../liknande/index.html?kommun={kommun.kod})\n\n:::\n"
    )

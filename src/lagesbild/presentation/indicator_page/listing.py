"""The list of all indicators by area and part, with what each is and when it was last measured."""

from __future__ import annotations

from collections.abc import Mapping

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.load import Catalogue
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.numbers import number
from lagesbild.presentation.sections import TYPE_WORDS, by_section
from lagesbild.presentation.wording import joined


def indicator_list(catalogue: Catalogue, latest: Mapping[str, int], year: int) -> str:
    """Return the body of the page ``/indikatorer/`` as Markdown.

    Parameters
    ----------
    catalogue
        All indicators.
    latest
        The latest year with results of each indicator that has any.
    year
        The report year.
    """
    now = sum(one == year for one in latest.values())
    links = joined([f"[{markdown_text(area.name)}](#{area.id})" for area in AREAS])
    parts = [
        f"Öppna jämförelser har {number(len(catalogue.indicators))} indikatorer, nyckeltal och frågor i tio områden. "
        f"{number(now)} av dem har resultat för {year}. Varje indikator har en sida som berättar vad den mäter, hur "
        "det går i riket och i kommunerna, hur säkra uppgifterna är och hur den är definierad.",
        f"Gå till: {links}.",
        f"Efter varje indikator står om den gäller struktur, process eller resultat. Står inget annat är det senaste "
        f"resultatet från {year}.",
    ]
    for area in AREAS:
        parts.append(f"## {markdown_text(area.name)} {{#{area.id}}}")
        for section, indicators in by_section(catalogue.in_area(area.id), lambda one: one):
            parts.append(f"### {section.heading} {{#{area.id}-{section.key}}}")
            items = "".join(_item(one, latest.get(one.id), year) for one in indicators)
            parts.append(f"::: {{.spalter .breda}}\n\n{items}\n:::")
    return "\n\n".join(parts) + "\n"


def _item(indicator: Indicator, latest: int | None, year: int) -> str:
    when = "inga resultat" if latest is None else "" if latest == year else str(latest)
    told = ", ".join(filter(None, (TYPE_WORDS[indicator.type].lower(), when)))
    return f"- [{markdown_text(indicator.short_title)}]({indicator.id}/index.qmd) [({told})]{{.dampad}}\n"

"""Links from the website to the documents on methods and quality."""

from __future__ import annotations

from lagesbild.catalogue.areas import AREAS, Area


def method_documents(*, up: str = "", site: str = "../", files: str = "../../") -> str:
    """Return links to the metodbok, to each area's metodbeskrivning and to the kvalitetsdeklarationer, as Markdown.

    Parameters
    ----------
    up
        Path from the page to the website's folder ``metod``.
    site
        Path from the page to the website's top.
    files
        Path from the page to the release's top.
    """
    areas = "".join(
        f"- [{area.name}]({up}{area.id}/index.html) ([PDF]({files}omraden/{area.id}/metodbeskrivning.pdf), "
        f"[faktablad]({files}omraden/{area.id}/faktablad.pdf))\n"
        for area in AREAS
    )
    return (
        f"- [Metodboken (PDF)]({files}metod/metodbok.pdf): alla metodsidor i en bok, med gränserna i beräkningarna\n"
        f"- [Kvalitetsdeklarationer]({site}kvalitet/index.html): hur säkra produkterna är, och till vad\n\n"
        f"Metodbeskrivningar, med varje indikators definition, källa och ändringar:\n\n{areas}"
    )


def area_documents(area: Area, *, site: str = "../../", files: str = "../../../") -> str:
    """Return the links of an area's own page to its faktablad and metodbeskrivning, as lines of a list in Markdown.

    Parameters
    ----------
    area
        The area.
    site
        Path from the page to the website's top.
    files
        Path from the page to the release's top.
    """
    folder = f"{files}omraden/{area.id}"
    return (
        f"- [Faktablad, två sidor (PDF)]({folder}/faktablad.pdf)\n"
        f"- [Metodbeskrivning]({site}metod/{area.id}/index.html) ([PDF]({folder}/metodbeskrivning.pdf))\n"
    )

"""The lists and tables of the website's own pages: areas, kommuner, indicators and files."""

from __future__ import annotations

from itertools import groupby

from lagesbild.catalogue.areas import AREAS, STATUS_REPORTS, Area
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.regions import kommuner, lan
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.kommun.report import by_name
from lagesbild.presentation.tables import Cell, Column, captioned_table
from lagesbild.presentation.wording import joined


def area_list(catalogue: Catalogue, *, up: str = "") -> str:
    """Return a list of links to the ten area pages, each with its number of indicators.

    Parameters
    ----------
    catalogue
        The indicators.
    up
        Path from the page to the folder ``omraden`` ("omraden/" on the start page).
    """
    items = "".join(
        f"- [{area.name}]({up}{area.id}/index.html): {len(catalogue.in_area(area.id))} indikatorer\n" for area in AREAS
    )
    return f"::: {{.spalter .breda}}\n\n{items}\n:::\n"


def kommun_list() -> str:
    """Return links to the 290 kommun pages, by län in code order and by name within it."""
    names = {one.kod: one.namn for one in lan()}
    ordered = sorted(kommuner(), key=lambda kommun: kommun.lan)
    parts = []
    for code, members in groupby(ordered, key=lambda kommun: kommun.lan):
        links = [f"[{markdown_text(k.namn)}]({k.slug}/index.html)" for k in sorted(members, key=by_name)]
        items = "".join(f"- {link}\n" for link in links)
        parts.append(f"## {names[code]} {{#lan-{code}}}\n\n::: {{.spalter}}\n\n{items}\n:::")
    return "\n\n".join(parts)


def inside(area: Area) -> str:
    """Return an area's name inside a sentence: "äldreomsorg"."""
    return area.name[0].lower() + area.name[1:]


def lan_list(*, up: str = "") -> str:
    """Return links to each län's part of the list of kommuner, in code order.

    Parameters
    ----------
    up
        Path from the page to the folder ``kommuner`` ("kommuner/" on the start page).
    """
    items = "".join(f"- [{one.namn}]({up}index.html#lan-{one.kod})\n" for one in lan())
    return f"::: {{.spalter}}\n\n{items}\n:::\n"


def report_list(*, up: str = "", files: str = "../lagesrapporter/") -> str:
    """Return links to the three lägesrapporter, as page, as PDF and for Word.

    Parameters
    ----------
    up
        Path from the page to the site's folder ``lagesrapporter``.
    files
        Path from the page to the release's folder of PDFs.
    """
    return "".join(
        f"- [{report.name}]({up}{report.id}/index.html) ([PDF]({files}{report.id}.pdf), "
        f"[Word]({files}{report.id}.docx)): "
        f"{joined([inside(area) for area in report.areas])}\n"
        for report in STATUS_REPORTS
    )


def scrutiny_list(*, files: str = "../granskning/") -> str:
    """Return links to the repeated audit and to each area's review of its indicators, as PDF.

    Parameters
    ----------
    files
        Path from the page to the release's folder of PDFs.
    """
    reviews = "".join(f"- [{area.name}]({files}oversyn-{area.id}.pdf)\n" for area in AREAS)
    return (
        f"- [Riksrevisionens statistik, beräknad på nytt]({files}granskning.pdf): skillnader mellan grupper av "
        f"kommuner, och om jämförelser gör skillnad\n\nÖversyn av indikatorerna, ett område i taget:\n\n{reviews}"
    )


def column_table(columns: dict[str, tuple[str, str]]) -> str:
    """Return the description of the data files' columns: name, type and meaning."""
    kinds = {"string": "text", "integer": "heltal", "number": "tal"}
    heads = [Column(head="Kolumn", width=1.4), Column(head="Typ", width=0.8), Column(head="Betydelse", width=5)]
    rows: list[list[Cell]] = [[name, kinds[kind], meaning] for name, (kind, meaning) in columns.items()]
    return captioned_table(heads, rows, caption="Kolumner i datafilerna", label="tbl-kolumner")

"""The English pages of the website: areas, the year in brief and data, in plain English.

Names of indicators and kommuner stay Swedish, marked as such, since that is what a reader meets when reading on.
"""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild.catalogue.areas import AREAS, STATUS_REPORTS, Area
from lagesbild.catalogue.indicators import Indicator, IndicatorType, Scale
from lagesbild.catalogue.load import Catalogue
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.numbers import decimals_of, round_half_up
from lagesbild.presentation.sections import of_quality
from lagesbild.presentation.tables import Cell, Column, Markup, captioned_table

#: Each area's name in English, and what it is.
AREA_TEXTS = {
    "aldreomsorg": (
        "Care of older people",
        "Home care and special housing for people aged 65 or over.",
    ),
    "ekonomiskt-bistand": (
        "Financial assistance",
        "Income support for those who cannot support themselves in another way, and help towards an own income.",
    ),
    "funktionsnedsattning-lss": (
        "Support for people with disabilities, LSS",
        "Housing, daily activities and personal assistance under the Act concerning Support and Service for Persons "
        "with Certain Functional Impairments.",
    ),
    "halso-och-sjukvard": (
        "Municipal health care",
        "Health care at home and in special housing.",
    ),
    "krisberedskap": (
        "Emergency preparedness",
        "How social services and municipal health care are prepared to work during a crisis.",
    ),
    "missbruk-och-beroende": (
        "Substance use and addiction",
        "Support for adults with harmful use or addiction.",
    ),
    "hemloshet": (
        "Prevention of homelessness",
        "How people are kept from losing their homes, and support for those who have none.",
    ),
    "barn-och-unga": (
        "Child welfare",
        "Investigations, support at home and placements for children and young people aged 0–20.",
    ),
    "socialpsykiatri": (
        "Social psychiatry",
        "Support under the Social Services Act for people with mental disabilities.",
    ),
    "vald-i-nara-relationer": (
        "Violence in close relationships",
        "Support for those who are subjected to violence, children who have lived with it, and those who use it.",
    ),
}

_REPORTS = {
    "individ-och-familjeomsorg": "Individual and family services",
    "funktionsnedsattning": "Support for people with disabilities",
    "aldre": "Care of older people",
}


def number(value: float, decimals: int = 0) -> str:
    """Return `value` the English way: "12,345.6", with a real minus."""
    rounded = round_half_up(value, decimals)
    return f"{'−' if rounded < 0 else ''}{abs(rounded):,.{decimals}f}"


def swedish(text: str) -> str:
    """Return text from the catalogue as Markdown that a screen reader reads in Swedish."""
    return f"[{markdown_text(text)}]{{lang=sv}}"


def area_links(catalogue: Catalogue, *, up: str) -> str:
    """Return the ten areas as a list of links to their parts of the page on areas."""
    items = "".join(
        f"- [{AREA_TEXTS[area.id][0]}]({up}#{area.id}): {len(catalogue.in_area(area.id))} indicators\n"
        for area in AREAS
    )
    return f"::: {{.spalter .breda}}\n\n{items}\n:::\n"


def report_links(*, files: str) -> str:
    """Return the three national reports, as PDF in Swedish."""
    return "".join(
        f"- [{_REPORTS[report.id]} (PDF, in Swedish)]({files}{report.id}.pdf)\n" for report in STATUS_REPORTS
    )


def headlines(view: NationalView, areas: Sequence[Area], *, each: int = 3, named: bool = True) -> str:
    """Return the clearest national changes of some areas as a list, for the better first.

    Parameters
    ----------
    view
        The national figures of the areas.
    areas
        Which to tell of, in order.
    each
        The most lines for the better, and for the worse.
    named
        Whether each line names its area.

    Notes
    -----
    Percentages alone, whose trend is secured (`lagesbild.methods.trends`) and whose printed ends tell the same.
    """
    lines = []
    for label, word in (("sakerstalld_forbattring", "Better"), ("sakerstalld_forsamring", "Worse")):
        told = [
            line
            for area in areas
            for one in _of(view, area)
            if (line := _change(view, one, label, f" ({AREA_TEXTS[area.id][0]})" if named else ""))
        ]
        lines += [f"- {word}: {line}\n" for line in told[:each]]
    return "".join(lines) or "No national change is statistically secured.\n"


def _of(view: NationalView, area: Area) -> list[Indicator]:
    return [one for one in view.measured(area.id, answers=False) if one.scale is Scale.PROCENT and of_quality(one)]


def _change(view: NationalView, indicator: Indicator, label: str, where: str) -> str:
    """Return a change in words; empty where there is none of that kind."""
    ends, slope = view.trend_ends(indicator), view.slope(indicator)
    if view.trend(indicator) != label or ends is None or slope is None:
        return ""
    year, first, last = ends
    decimals = max(decimals_of(indicator.scale, value) for value in (first, last))
    before, after = number(first, decimals), number(last, decimals)
    if before == after or (last > first) != (slope > 0):
        return ""
    way = "rose" if last > first else "fell"
    return f"**{swedish(indicator.short_title)}**{where} {way} from {before} to {after} per cent since {year}."


def area_sections(catalogue: Catalogue, views: dict[str, NationalView], *, up: str) -> str:
    """Return a section for each area: what it is, how much is measured, what has changed, where to read on.

    Parameters
    ----------
    catalogue
        The indicators.
    views
        The national figures by area.
    up
        Path from the page to the root of the website.
    """
    parts = []
    for area in AREAS:
        name, about = AREA_TEXTS[area.id]
        view, indicators = views[area.id], catalogue.in_area(area.id)
        answers, figures = (view.measured(area.id, answers=asked) for asked in (True, False))
        parts.append(
            f"## {name} {{#{area.id}}}\n\n"
            f"{swedish(area.name)}. {about}\n\n"
            f"The catalogue has {len(indicators)} indicators in this area: {_types(indicators)}. For {view.year}, "
            f"{len(figures)} have a national figure, and {len(answers)} show how many kommuner answer yes.\n\n"
            f"{headlines(view, [area], each=2, named=False)}\n"
            f"[All indicators of the area, with figures (in Swedish)]({up}omraden/{area.id}/index.html)\n"
        )
    return "\n".join(parts)


def _types(indicators: Sequence[Indicator]) -> str:
    words = {
        IndicatorType.RESULTAT: "measure results for users",
        IndicatorType.PROCESS: "measure what is done",
        IndicatorType.STRUKTUR: "measure the conditions",
    }
    counts = ((words[kind], sum(one.type is kind for one in indicators)) for kind in words)
    return ", ".join(f"{count} {word}" for word, count in counts if count)


#: What the columns of the indicator files hold.
COLUMN_TEXTS = {
    "indicator": "The indicator's id in the catalogue",
    "unit": "Unit; empty for questions that are answered yes, partly or no",
    "year": "Year",
    "level": "rike (the nation), lan (county), kommungrupp (group of kommuner) or kommun",
    "region": "Code: 0000 the nation, two digits a county, four digits a kommun, a letter and a digit a group",
    "region_name": "Name of the region",
    "sex": "T all, K women, M men",
    "value": "The figure; for questions above the level of kommun the percentage of kommuner that answered yes",
    "answer": "The kommun's answer: ja (yes), delvis (partly) or nej (no)",
    "status": "ok, or why there is no figure: bortfall (not reported), ej_tillamplig (not applicable), sekretess "
    "(withheld to protect individuals), saknas (missing in the source), ej_matt (not measured that year)",
    "numerator": "Numerator, where it is known",
    "denominator": "Denominator, where it is known",
    "n_kommuner": "Number of kommuner with a result behind the figure",
    "weighting": "redovisad (the source's own figure), vagd (weighted) or ovagd (unweighted mean of kommuner)",
    "lower": "Lower limit of the 95 per cent confidence interval, where it can be computed",
    "upper": "Upper limit",
    "source": "Source, to be named when the figure is used",
}


def column_table() -> str:
    """Return the columns of the indicator files in English."""
    heads = [Column(head="Column", width=1.4), Column(head="Meaning", width=5)]
    rows: list[list[Cell]] = [[name, meaning] for name, meaning in COLUMN_TEXTS.items()]
    return captioned_table(heads, rows, caption="Columns of the files", label="tbl-columns")


def file_table(years: Sequence[int], *, files: str) -> str:
    """Return links to the files: an area a row, a year a column."""
    columns = [Column(head="Area", width=3), *(Column(head=str(year)) for year in years)]
    rows: list[list[Cell]] = [
        [AREA_TEXTS[area.id][0], *(Markup(f"[CSV]({files}{area.id}-{year}.csv)") for year in years)] for area in AREAS
    ]
    return captioned_table(columns, rows, caption="Figures by area and year", label="tbl-files")

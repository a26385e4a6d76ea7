"""How the kommungrupper differ in an area: a figure of one indicator, its extremes in words, and a table of several."""

from __future__ import annotations

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.groups import kommungrupp, kommungrupper
from lagesbild.catalogue.indicators import Indicator, Tier
from lagesbild.catalogue.vocabulary import Level
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.figures import group_dots
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.numbers import cell, row_decimals, with_unit
from lagesbild.presentation.sections import of_quality
from lagesbild.presentation.tables import Cell, Column, captioned_table
from lagesbild.presentation.wording import antal, count_word, unit_heading

#: The table of kommungrupper has room for this many indicators.
MOST_GROUP_COLUMNS = 5

#: The mean of fewer kommuner than this says little about the group: it is marked and is never called highest or lowest.
FEWEST_IN_GROUP = 5


def group_section(view: NationalView, area: Area, key: Indicator) -> str:
    """Return the Markdown of the differences between kommungrupper.

    Parameters
    ----------
    view
        The national figures.
    area
        The area.
    key
        The indicator of the figure.
    """
    values, counts = view.unweighted(key, Level.KOMMUNGRUPP), view.behind(key, Level.KOMMUNGRUPP)
    few = {group.namn for group in kommungrupper() if 0 < counts.get(group.kod, 0) < FEWEST_IN_GROUP}
    dots = group_dots(
        key,
        [(group.namn, values.get(group.kod)) for group in kommungrupper()],
        riket=view.riket(key, view.year),
        source=view.source,
        synthetic=view.synthetic,
        few=few,
    )
    what = "andel kommuner som svarat ja" if key.is_answer else "ovägt medelvärde av kommunernas resultat"
    caption = f"{key.short_title} {view.year} efter kommungrupp, {what}; {behind(view, key)}"
    parts = [dots.block_markdown(caption, f"fig-grupper-{area.id}")]
    if few:
        parts.append(f"Ring betyder att värdet bygger på färre än {count_word(FEWEST_IN_GROUP)} kommuner.")
    if values:
        parts.append(extremes(key, values, counts))
    return "\n\n".join([*parts, _group_table(view, area)])


def behind(view: NationalView, indicator: Indicator) -> str:
    """Return how many kommuner have a result of the report year that can be shown, as a clause."""
    return f"{antal(view.shown(indicator), 'kommun', 'kommuner')} har resultat som kan visas"


def extremes(key: Indicator, values: dict[str, float], counts: dict[str, int]) -> str:
    """Return which group is highest and which lowest, among those with enough kommuner."""
    enough = {code: value for code, value in values.items() if counts[code] >= FEWEST_IN_GROUP}
    fewest = count_word(FEWEST_IN_GROUP)
    if len(enough) < 2:
        number = "Bara en kommungrupp" if enough else "Ingen kommungrupp"
        return f"{number} har minst {fewest} kommuner med resultat som kan visas, så grupperna jämförs inte."
    high, low = max(enough, key=lambda k: enough[k]), min(enough, key=lambda k: enough[k])
    names = {code: markdown_text(kommungrupp(code).namn.lower()) for code in (high, low)}
    return (
        f"Bland grupper med minst {fewest} kommuner ligger {names[high]} högst med {with_unit(enough[high], key)} "
        f"({antal(counts[high], 'kommun', 'kommuner')}) och {names[low]} lägst med {with_unit(enough[low], key)} "
        f"({antal(counts[low], 'kommun', 'kommuner')})."
    )


def _columns(view: NationalView, area: Area) -> list[Indicator]:
    """Return the table's indicators: quality before costs, then those that enough kommuner of most groups have."""

    def rank(indicator: Indicator) -> tuple[bool, int, bool]:
        groups = view.behind(indicator, Level.KOMMUNGRUPP).values()
        covered = sum(count >= FEWEST_IN_GROUP for count in groups)
        return not of_quality(indicator), -covered, indicator.tier is not Tier.BAS

    measured = [*view.measured(area.id, answers=False), *view.measured(area.id, answers=True)]
    return sorted(measured, key=rank)[:MOST_GROUP_COLUMNS]


def _group_table(view: NationalView, area: Area) -> str:
    chosen = _columns(view, area)
    by_indicator = [
        (view.unweighted(indicator, Level.KOMMUNGRUPP), view.behind(indicator, Level.KOMMUNGRUPP))
        for indicator in chosen
    ]
    columns = [Column(head="Kommungrupp", width=2.4)]
    for indicator in chosen:
        unit = "ja, procent" if indicator.is_answer else unit_heading(indicator)
        columns.append(Column(head=f"{indicator.short_title}, {unit}", align="right", width=1.5))
    rows: list[list[Cell]] = []
    decimals = [row_decimals(one.scale, values.values()) for one, (values, _) in zip(chosen, by_indicator, strict=True)]
    for group in kommungrupper():
        cells = [
            f"{cell(values[group.kod], indicator.scale, decimals=places)} ({counts[group.kod]})"
            if group.kod in values
            else "–"
            for indicator, (values, counts), places in zip(chosen, by_indicator, decimals, strict=True)
        ]
        rows.append([f"{group.namn} ({group.kod})", *cells])
    note = (
        "Inom parentes står hur många kommuner i gruppen som har ett resultat som kan visas. Värden av färre än "
        f"{count_word(FEWEST_IN_GROUP)} kommuner säger lite om gruppen."
    )
    return (
        captioned_table(
            columns,
            rows,
            caption=f"{area.name}: ovägda medelvärden efter kommungrupp {view.year}",
            label=f"tbl-grupper-{area.id}",
        )
        + f"\n{note}"
    )

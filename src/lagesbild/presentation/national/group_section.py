"""How kommungrupper and län differ in an area: a figure of one indicator, its extremes in words, tests of several."""

from __future__ import annotations

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.groups import kommungrupp, kommungrupper
from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.vocabulary import Level
from lagesbild.methods.aggregates import FEWEST_IN_GROUP
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.figures import group_dots
from lagesbild.presentation.national.group_tests import differences_part
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.numbers import with_unit
from lagesbild.presentation.wording import antal, count_word


def group_section(view: NationalView, area: Area, key: Indicator) -> str:
    """Return the Markdown of the differences between kommungrupper and between län.

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
    ends = view.group_intervals(key, Level.KOMMUNGRUPP)
    dots = group_dots(
        key,
        [(group.namn, values.get(group.kod)) for group in kommungrupper()],
        riket=view.riket(key, view.year),
        source=view.source,
        synthetic=view.synthetic,
        few=few,
        intervals={group.namn: ends[group.kod] for group in kommungrupper() if group.kod in ends},
    )
    what = "andel kommuner som svarat ja" if key.is_answer else "ovägt medelvärde av kommunernas resultat"
    line = " med 95 procents intervall" if ends else ""
    ring = f". Ring: färre än {count_word(FEWEST_IN_GROUP)} kommuner" if few else ""
    caption = f"{key.short_title} {view.year} efter kommungrupp, {what}{line}; {behind(view, key)}{ring}"
    parts = [dots.block_markdown(caption, f"fig-grupper-{area.id}")]
    if values:
        shown = f"@fig-grupper-{area.id} visar *{markdown_text(key.short_title)}*."
        parts.append(f"{shown} {extremes(key, values, counts)}")
    return "\n\n".join([*parts, *differences_part(view, area)])


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

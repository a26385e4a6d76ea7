"""How many of the colours in a national report may be chance."""

from __future__ import annotations

import pandas as pd

from lagesbild.catalogue.areas import StatusReport
from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.regions import size_classes
from lagesbild.methods.misleading import ALL_SIZES, misleading_colours, summed
from lagesbild.presentation.differences_page import colours_table, percent
from lagesbild.presentation.national.view import NationalView

#: Years before the report year in which the measuring before is looked for.
BACK = 2


def chance_section(report: StatusReport, view: NationalView) -> str:
    """Return the section's Markdown without its heading; one sentence where no colour has been tested."""
    rows = view.comparisons
    rows = rows[(rows["year"] >= view.year - BACK) & rows["colour"].notna()]
    if "niva_riket" not in rows:
        return _NOTHING
    indicators = [one for area in report.areas for one in view.catalogue.in_area(area.id)]
    table = misleading_colours(rows, indicators=indicators, size_class=size_classes())
    table = table[(table["year"] == view.year) & (table["storleksklass"] == ALL_SIZES)]
    if not table[["n_provade_rod", "n_provade_gron"]].to_numpy().sum():
        return _NOTHING
    places = {one.id: area_called(one.area).name for one in indicators}
    by_area = summed(table.assign(grupp=table["indicator"].map(places)), ["grupp"])
    whole = summed(table.assign(grupp="Hela rapporten"), ["grupp"])
    shown = pd.concat([by_area, whole], ignore_index=True) if len(by_area) > 1 else by_area
    red, green = (percent(whole[f"andel_slump_{colour}"].iloc[0]) for colour in ("rod", "gron"))
    text = (
        "En fjärdedel av kommunerna är alltid bland de sämsta och en fjärdedel bland de bästa, också när skillnaderna "
        f"är små. {view.year} är skillnaden mot riket inte säkerställd för {red} procent av de prövade resultaten "
        f"bland de sämsta (▼) och för {green} procent av dem bland de bästa (▲): de ligger *inom slumpen*. "
        "*Igen, beräknat* är andelen som skulle få samma färg om de mättes en gång till. *Igen, sett* är andelen av "
        "dem som hade färgen vid förra mätningen och har den nu."
    )
    note = (
        "Där källan inte anger antalet personer räknas slumpen från hur mycket måttet brukar ändras mellan mätningar. "
        "Då ingår verkliga förändringar, och andelen inom slumpen är en övre gräns."
    )
    title = f"Färger som kan vara slump {view.year}"
    return "\n\n".join([text, colours_table(shown, "Område", title, "tbl-slump"), note])


_NOTHING = "Osäkerheten i resultaten är inte känd, så det går inte att säga hur många av färgerna som är slump."

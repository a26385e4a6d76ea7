"""An area's costs: what they are, how they spread, and whether they go together with the result."""

from __future__ import annotations

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.indicators import Indicator
from lagesbild.presentation.cost_scatter import cost_scatter
from lagesbild.presentation.four_fields import together_words
from lagesbild.presentation.national.measures import cost_and_quality, costs_of, panel_of
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.numbers import cell, difference_cell, number, row_decimals
from lagesbild.presentation.tables import Cell, Column, captioned_table
from lagesbild.presentation.traced import national
from lagesbild.presentation.wording import unit_heading

MOST_ROWS = 6
_FEWEST = 10
_NO_CAUSE = "Det visar inget orsakssamband."


def cost_section(view: NationalView, area: Area, *, level: int) -> list[str]:
    """Return the Markdown blocks on costs; none where the area has no cost with a national figure."""
    costs = costs_of(view, area.id)
    if not costs:
        return []
    parts = [f"{'#' * level} Kostnader", _table(view, area, costs[:MOST_ROWS])]
    if len(costs) > MOST_ROWS:
        parts.append("De övriga kostnadsmåtten finns i tabellen över riket.")
    found = cost_and_quality(view, area.id)
    if found is None:
        parts.append("För få kommuner har både en kostnad och ett resultat för att de ska kunna ställas mot varandra.")
        return parts
    cost, quality, how = found
    rows = panel_of(view, [cost, quality]).pivot(index="region", columns="indicator", values="value").dropna()
    points = rows.rename(columns={cost.id: "cost", quality.id: "quality"}).reset_index(drop=True)
    said = together_words(how)
    figure = cost_scatter(points, cost=cost, quality=quality, said=said, source=view.source, synthetic=view.synthetic)
    caption = f"{area.name}: {cost.short_title} och {quality.short_title} {view.year}, en prick per kommun"
    return [
        *parts,
        figure.block_markdown(caption, f"fig-kostnad-{area.id}"),
        f"{said} Varje kommun är en prick i @fig-kostnad-{area.id}. {_NO_CAUSE}",
    ]


def _table(view: NationalView, area: Area, costs: list[Indicator]) -> str:
    columns = [
        Column(head="Kostnad", width=3.6),
        Column(head=f"Riket {view.year}", align="right", width=1.0, fact="riket"),
        Column(head="Sedan förra mätningen", align="right", width=1.4, fact="change_riket"),
        Column(head="Lägsta tiondelen under", align="right", width=1.1),
        Column(head="Median", align="right", width=1.0),
        Column(head="Högsta tiondelen över", align="right", width=1.1),
        Column(head="Kommuner", align="right", width=0.9),
    ]
    rows: list[list[Cell]] = []
    for one in costs:
        values = view.kommun_values(one)
        enough = len(values) >= _FEWEST
        spread = [float(values.quantile(q)) for q in (0.1, 0.5, 0.9)] if enough else [None] * 3
        now, before = view.riket(one, view.year), view.previous(one)
        decimals = row_decimals(one.scale, [now, *spread])
        change = "–" if now is None or before is None else difference_cell(now - before[1], one.scale, decimals)
        unit = unit_heading(one)
        rows.append(
            [
                f"{one.short_title}, {unit}" if unit and unit not in one.short_title else one.short_title,
                "–" if now is None else cell(now, one.scale, decimals=decimals),
                f"{change} ({before[0]})" if before else change,
                *("–" if value is None else cell(value, one.scale, decimals=decimals) for value in spread),
                number(view.shown(one)),
            ]
        )
    return captioned_table(
        columns,
        rows,
        caption=f"{area.name}: kostnader i riket och kommunerna {view.year}",
        label=f"tbl-kostnader-{area.id}",
        about=[national(one.id, view.year) for one in costs],
    )

"""How kommungrupper and län differ: their means with intervals, and how the groups have gone."""

from __future__ import annotations

from lagesbild.catalogue.groups import kommungrupper
from lagesbild.catalogue.regions import lan
from lagesbild.catalogue.vocabulary import Level
from lagesbild.presentation.indicator_page.view import IndicatorView, Result
from lagesbild.presentation.marks import sparkline
from lagesbild.presentation.numbers import cell, interval, number, row_decimals
from lagesbild.presentation.series import known
from lagesbild.presentation.tables import Cell, Column, captioned_table
from lagesbild.presentation.traced import Subject
from lagesbild.presentation.wording import count_word, unit_heading

#: The mean of fewer kommuner than this says little about the group: it is given in parentheses.
FEWEST = 5


def groups_part(view: IndicatorView) -> str:
    """Return the tables of kommungrupper and län as Markdown; one sentence where no group has a result."""
    by_group, by_lan = view.groups(Level.KOMMUNGRUPP), view.groups(Level.LAN)
    year = view.latest or 0
    if not any(year in series for series in (*by_group.values(), *by_lan.values())):
        return f"Ingen kommungrupp och inget län har resultat som kan visas för {year}."
    what = "Andel kommuner som svarat ja" if view.indicator.is_answer else "Medelvärde av kommunerna"
    why = (
        f"{what}, där alla kommuner väger lika. Intervallet visar hur mycket värdet kan bero på vilka kommuner som "
        f"råkar ingå. Värden av färre än {count_word(FEWEST)} kommuner står inom parentes: de säger lite om gruppen."
    )
    groups = [(one.kod, f"{one.namn} ({one.kod})", by_group.get(one.kod, {})) for one in kommungrupper()]
    counties = [(one.kod, one.namn, by_lan.get(one.kod, {})) for one in lan()]
    return "\n\n".join(
        [
            why,
            _table(view, groups, "Kommungrupp", drawn=len(view.years) > 1),
            _table(view, counties, "Län", drawn=False),
        ]
    )


def _table(view: IndicatorView, rows: list[tuple[str, str, dict[int, Result]]], head: str, *, drawn: bool) -> str:
    year, indicator = view.latest or 0, view.indicator
    unit = "ja, procent" if indicator.is_answer else unit_heading(indicator)
    columns = [
        Column(head=head, width=2.8),
        Column(head=f"{year}, {unit}", align="right", width=1.3, fact="group_mean"),
        Column(head="Osäkerhet", align="right", width=1.3, fact="lower_group"),
        Column(head="Kommuner", align="right", width=0.9),
        *([Column(head=f"{view.years[0]}–{year}", width=1.3)] if drawn else []),
    ]
    places = row_decimals(indicator.scale, [series[year].value for _, _, series in rows if year in series])
    riket = [(one, result.value) for one, result in view.riket().items()]
    made: list[list[Cell]] = []
    for _, name, series in rows:
        now = series.get(year)
        cells: list[Cell] = ["–", "–", "0"]
        if now is not None and now.value is not None:
            many = now.n_kommuner or 0
            printed = cell(now.value, indicator.scale, decimals=places)
            ends = "–" if many < FEWEST else interval(now.lower, now.upper, max(1, places))
            cells = [f"({printed})" if many < FEWEST else printed, ends, number(many)]
        if drawn:
            points = [(one, result.value) for one, result in series.items()]
            short = name.partition(" (")[0]
            cells.append(sparkline(points, riket, indicator, name=short) if len(known(points)) > 1 else "–")
        made.append([name, *cells])
    slug = "lan" if head == "Län" else "kommungrupp"
    caption = f"{head} {year}{': linjen är gruppen, den grå linjen riket' if drawn else ''}"
    about = [Subject(indicator.id, year, code, level=slug) for code, _, _ in rows]
    return captioned_table(columns, made, caption=caption, label=f"tbl-{slug}", about=about)

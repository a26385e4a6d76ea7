"""How often colours mislead: the table for the release's open data and for ``lagesbild colours``."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from rich.table import Column, Table

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import size_classes
from lagesbild.methods.aggregates import indicator_frame
from lagesbild.methods.comparisons import comparison_frame
from lagesbild.methods.misleading import ALL_SIZES, JUDGED, misleading_colours, summed
from lagesbild.presentation.numbers import number
from lagesbild.presentation.palette import tone
from lagesbild.publishing.analysis_io import open_run
from lagesbild.publishing.known_years import known_years
from lagesbild.publishing.layout import SOURCE_NAMES, Layout

#: Years before the report year in which the measuring before is looked for.
BACK = 2

#: What the table is made from.
_READ = ("indicator", "year", "region", "sex", "value", "colour", "se", "niva_riket")

#: What the columns mean, for datapackage.json.
COLOUR_FIELDS: dict[str, tuple[str, str]] = {
    "indicator": ("string", "Indikatorns id i katalogen"),
    "title": ("string", "Indikatorns namn"),
    "year": ("integer", "År"),
    "storleksklass": ("string", "Kommunernas storlek; alla är kommuner av alla storlekar"),
    "n_kommuner": ("integer", "Antal kommuner med färg"),
    **{
        f"{name}_{colour}": (kind, f"{tone(colour).word}: {text}")
        for colour in JUDGED
        for name, kind, text in (
            ("n", "integer", "antal kommuner"),
            ("n_provade", "integer", "antal vars skillnad mot riket har prövats"),
            ("n_slump", "integer", "antal prövade vars skillnad mot riket inte är säkerställd (95 procent)"),
            (
                "andel_slump",
                "number",
                "den andelen, 0 till 1; övre gräns där osäkerheten är räknad från ändringar",
            ),
            ("igen", "number", "beräknad andel som skulle få samma färg om de mättes en gång till, 0 till 1"),
            ("n_forra", "integer", "antal som hade färgen vid förra mätningen och har någon färg nu"),
            ("igen_sett", "number", "andel av dem som har samma färg nu, 0 till 1"),
        )
    },
    "source": ("string", "Källa, som ska anges när uppgiften används"),
}


def colour_table(layout: Layout, comparisons: pd.DataFrame) -> pd.DataFrame:
    """Return the report year's table with titles and source, in the columns of `COLOUR_FIELDS`.

    Parameters
    ----------
    layout
        The release.
    comparisons
        ``jamforelser`` rows of the report year and, for what has been seen before, of earlier years.
    """
    indicators = load_catalogue().indicators
    table = misleading_colours(comparisons, indicators=indicators, size_class=size_classes())
    table = table[table["year"] == layout.year].reset_index(drop=True)
    table["title"] = table["indicator"].map({one.id: one.title for one in indicators})
    table["source"] = SOURCE_NAMES[layout.source]
    return table[list(COLOUR_FIELDS)]


def colour_frames(layout: Layout) -> dict[str, tuple[pd.DataFrame, dict[str, tuple[str, str]], str]]:
    """Return the open data's file on misleading colours: name to its rows, the description of its columns, its title.

    Formed from what has been analysed; areas and years that haven't are left out.
    """
    years = range(layout.year - BACK, layout.year + 1)
    paths = [layout.analysis(area.id, year) / "jamforelser.parquet" for area in AREAS for year in years]
    read = (pd.read_parquet(path, columns=list(_READ)) for path in paths if path.is_file())
    frames = [frame[frame["colour"].notna()] for frame in read]
    empty = pd.DataFrame(columns=list(COLOUR_FIELDS))
    table = colour_table(layout, pd.concat(frames, ignore_index=True)) if frames else empty
    return {"farger": (table, COLOUR_FIELDS, "Färger som kan vara slump")}


def compared_areas(layout: Layout, areas: Sequence[str], *, back: int = BACK) -> pd.DataFrame:
    """Return the comparisons of areas in the report year and the `back` years before, from the released rows.

    Raises
    ------
    ParameterError
        If there is no such area, or the source has nothing of the year.
    NotBuiltError
        If nothing of the source has been imported yet.
    """
    frames = []
    for name in areas:
        now = open_run("jamforelser", area=name, year=layout.year, source=layout.source, root=str(layout.root))
        for year in (year for year in known_years(layout) if layout.year - back <= year <= layout.year):
            run = open_run(
                "jamforelser",
                area=name,
                year=year,
                source=layout.source,
                root=str(layout.root),
                report_year=layout.year,
            )
            formed = indicator_frame(run.released(), indicators=now.indicators, members=now.members, year=year)
            frames.append(
                comparison_frame(
                    formed, indicators=now.indicators, members=now.members, groups=now.groups, spread=run.spread()
                )
            )
    return pd.concat(frames, ignore_index=True)


def by_area_table(table: pd.DataFrame) -> Table:
    """Return the shares in percent by area, by size class and for all, red (▼) and then green (▲).

    How many are tested; how many of them are within chance; how many would have the same colour if measured again; and
    how many of those that had it the time before have it still.
    """
    heads = [f"{tone(colour).symbol} {what}" for colour in JUDGED for what in ("prövade", "slump", "igen", "sett")]
    shown = Table(Column("Område eller storlek", min_width=22), *(Column(head, justify="right") for head in heads))
    places = {one.id: area_called(one.area).name for one in load_catalogue().indicators}
    every = table[table["storleksklass"] == ALL_SIZES].assign(grupp=lambda rows: rows["indicator"].map(places))
    _rows(shown, summed(every, ["grupp"]), order=[area.name for area in AREAS])
    sizes = table[table["storleksklass"] != ALL_SIZES].assign(grupp=lambda rows: rows["storleksklass"])
    shown.add_section()
    _rows(shown, summed(sizes, ["grupp"]), order=sorted(set(sizes["grupp"]), key=size_order))
    shown.add_section()
    _rows(shown, summed(every.assign(grupp="Alla"), ["grupp"]), order=["Alla"])
    return shown


def _rows(shown: Table, sums: pd.DataFrame, order: Sequence[str]) -> None:
    found = {str(row["grupp"]): row for row in sums.to_dict("records")}
    for name in (name for name in order if name in found):
        row = found[name]
        cells = []
        for colour in JUDGED:
            cells.append(number(row[f"n_provade_{colour}"]))
            cells += [_percent(row[f"{share}_{colour}"]) for share in ("andel_slump", "igen", "igen_sett")]
        shown.add_row(name, *cells)


def _percent(share: float) -> str:
    return "–" if pd.isna(share) else number(100.0 * share)


def size_order(name: str) -> tuple[bool, int]:
    """Return what sorts size classes by their first number; "färre än" before all."""
    digits = "".join(letter for letter in name.split("–", maxsplit=1)[0] if letter.isdigit())
    return not name.startswith("färre"), int(digits or 0)


def worst_lines(table: pd.DataFrame, count: int) -> list[str]:
    """Return a line for each of the indicators whose reds and greens are most often chance."""
    every = table[table["storleksklass"] == ALL_SIZES]
    tested, chance = (every[[f"{name}_{colour}" for colour in JUDGED]].sum(axis=1) for name in ("n_provade", "n_slump"))
    every = every.assign(tested=tested, share=chance / tested.where(tested > 0))
    order = every[every["tested"] >= 20].sort_values(["share", "indicator"], ascending=[False, True]).head(count)
    return [
        f"{place}. {number(100 * row['share'])} procent av {number(row['tested'])} röda och gröna inom slumpen: "
        f"{row['title']} ({row['indicator']})"
        for place, row in enumerate(order.to_dict("records"), start=1)
    ]

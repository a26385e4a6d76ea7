"""The examples of the method page on differences, from a release's analysed figures."""

from __future__ import annotations

import pandas as pd

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.indicators import Scale
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.vocabulary import Level, Sex
from lagesbild.methods.funnel import funnel
from lagesbild.methods.misleading import ALL_SIZES, summed
from lagesbild.presentation.differences_page import colours_table, readings_table
from lagesbild.presentation.funnel import funnel_figure
from lagesbild.publishing.layout import SOURCE_NAMES, Layout
from lagesbild.publishing.misleading_report import colour_frames, size_order
from lagesbild.publishing.release_metadata import layout_of
from lagesbild.publishing.underlag import read_frames

#: Fewer kommuner than this make no funnel.
FEWEST = 20


def readings_example(*, year: int | str, source: str) -> str:
    """Return how many results of each colour are secured, in the report year of all areas that are analysed."""
    layout = layout_of(source, year)
    columns = ["year", "sex", "colour", "skillnad_riket"]
    rows = _of_the_year(layout, columns)
    rows = rows[rows["colour"].notna() & (rows["skillnad_riket"] != "")]
    counts = pd.crosstab(rows["colour"], rows["skillnad_riket"]).reindex(["gron", "gul", "rod"]).fillna(0)
    return readings_table(counts, "tbl-tva-lasningar")


def colours_example(*, year: int | str, source: str) -> str:
    """Return the table of colours that may be chance, by area and by size class."""
    table = colour_frames(layout_of(source, year))["farger"][0]
    if table.empty:
        return "Inga färger finns att pröva.\n"
    places = {one.id: area_called(one.area).name for one in load_catalogue().indicators}
    every = table[table["storleksklass"] == ALL_SIZES]
    by_area = summed(every.assign(grupp=every["indicator"].map(places)), ["grupp"])
    by_area = pd.concat([by_area, summed(every.assign(grupp="Alla områden"), ["grupp"])], ignore_index=True)
    sizes = table[table["storleksklass"] != ALL_SIZES]
    by_size = summed(sizes.assign(grupp=sizes["storleksklass"]), ["grupp"])
    by_size = by_size.sort_values("grupp", key=lambda names: names.map(size_order), ignore_index=True)
    return "\n\n".join(
        [
            colours_table(by_area, "Område", "Färger som kan vara slump, efter område", "tbl-slump-omrade"),
            colours_table(
                by_size, "Storlek", "Färger som kan vara slump, efter kommunens storlek", "tbl-slump-storlek"
            ),
        ]
    )


def funnel_example(*, year: int | str, source: str) -> str:
    """Return the funnel of the percentage that most kommuner have a released denominator for, of all areas.

    Where the source gives no denominators, as Kolada seldom does, that is said.
    """
    layout = layout_of(source, year)
    wanted = {one.id: one for one in load_catalogue().indicators if one.scale is Scale.PROCENT}
    frames = []
    for area in AREAS:
        path = layout.analysis(area.id, layout.year) / "indikatorer.parquet"
        if path.is_file():
            frames.append(pd.read_parquet(path, columns=["indicator", "level", "sex", "value", "denominator"]))
    rows = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=["indicator", "level", "sex"])
    rows = rows[(rows["level"] == Level.KOMMUN) & (rows["sex"] == Sex.TOTAL) & rows["indicator"].isin(wanted)]
    rows = rows[rows["value"].notna() & (rows["denominator"] > 0)] if len(rows) else rows
    counts = rows["indicator"].value_counts().sort_index()
    if counts.empty or counts.max() < FEWEST:
        return f"Källan anger inte antalet personer bakom procenttalen {layout.year}, så ingen tratt kan ritas.\n"
    indicator = wanted[str(counts.idxmax())]
    points = rows[rows["indicator"] == indicator.id]
    found = funnel(points["value"] / 100.0 * points["denominator"], points["denominator"])
    source_name = SOURCE_NAMES[layout.source]
    figure = funnel_figure(points, found, indicator=indicator, source=source_name, synthetic=layout.synthetic)
    widened = "vidgade för överspridning" if found.over_dispersed else "räknade från slumpen allena"
    caption = (
        f"{indicator.short_title} {layout.year} i {len(points)} kommuner. Streckade gränser 95 procent, heldragna 99,8 "
        f"procent, {widened}. Den färgade linjen är riket; romber ligger utanför 99,8-procentsgränsen."
    )
    return figure.block_markdown(caption, "fig-tratt")


def _of_the_year(layout: Layout, columns: list[str]) -> pd.DataFrame:
    """Return the report year's comparisons of women and men together."""
    paths = [layout.analysis(area.id, layout.year) / "jamforelser.parquet" for area in AREAS]
    frames = [pd.read_parquet(path, columns=columns) for path in paths if path.is_file()]
    if not frames:
        return read_frames(layout, "jamforelser")  # says what isn't built
    rows = pd.concat(frames, ignore_index=True)
    return rows[(rows["year"] == layout.year) & (rows["sex"] == Sex.TOTAL)]

"""The tables of results: the nation's series, trends, comparisons, groups and similar kommuner."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import region_name
from lagesbild.catalogue.vocabulary import Level, Status
from lagesbild.methods.anova import anova
from lagesbild.methods.multiple_testing import adjust
from lagesbild.methods.panel import panel
from lagesbild.publishing.audit_reports import groupings_of
from lagesbild.publishing.comparison_groups import release_groups
from lagesbild.publishing.datasets.comparison_fields import COMPARISONS, TREND
from lagesbild.publishing.datasets.figures import (
    FIGURE_KEY,
    FIGURES,
    INDICATOR,
    LEVELS,
    REGION_TEXT,
    SOURCE,
    TO_CATALOGUE,
    YEAR,
)
from lagesbild.publishing.datasets.table import Field, Reference, Table
from lagesbild.publishing.layout import SOURCE_NAMES, Layout
from lagesbild.publishing.similar_kommuner import similar_frame

_TO_KOMMUN = Reference(column="region", table="kommuner", target="region")
_GROUPINGS = ("lan", "kommungrupp", "socioekonomi")
_TOPIC = "Ämne som likheten gäller"


def figures_of(layout: Layout, area: str, year: int) -> pd.DataFrame:
    """Return an area's and year's figures with units, names and source, in the columns of `FIGURES`."""
    frame = pd.read_parquet(layout.analysis(area, year) / "indikatorer.parquet")
    units = {one.id: one.unit_text for one in load_catalogue().in_area(area)}
    frame["unit"] = frame["indicator"].map(units)
    frame["region_name"] = frame["region"].map({code: region_name(code) for code in frame["region"].unique()})
    frame["source"] = figure_sources(layout, frame["weighting"])
    return frame[[one.name for one in FIGURES]]


def figure_sources(layout: Layout, weighting: pd.Series) -> pd.Series:
    """Return who stands behind each figure: what is formed from a source's is not the source's own."""
    if layout.synthetic:
        return pd.Series("Syntetiska data", index=weighting.index, dtype="str")
    own = SOURCE_NAMES[layout.source]
    return weighting.map({"redovisad": own}).fillna(f"Beräknat på {own}").astype("str")


def _frames(layout: Layout, name: str, **options: Any) -> pd.DataFrame:
    """Return what the analysis of the report year wrote, all areas that have been analysed."""
    paths = [layout.analysis(area.id, layout.year) / f"{name}.parquet" for area in AREAS]
    frames = [pd.read_parquet(path, **options) for path in paths if path.is_file()]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def _nation(layout: Layout) -> pd.DataFrame:
    parts = [
        figures_of(layout, area.id, year).query("level == 'rike'")
        for area in AREAS
        for year in layout.years
        if layout.analysis(area.id, year).is_dir()
    ]
    return pd.concat(parts, ignore_index=True).sort_values(list(FIGURE_KEY), ignore_index=True)


def _trends(layout: Layout) -> pd.DataFrame:
    frame = _frames(layout, "trender")
    return frame.assign(source=SOURCE_NAMES[layout.source]).sort_values(["indicator", "level", "region"])


def _comparisons(layout: Layout, area: str) -> pd.DataFrame:
    frame = pd.read_parquet(layout.analysis(area, layout.year) / "jamforelser.parquet")
    # Only a result can be compared; why the others have none stands in the files of figures.
    return frame[frame["status"] == Status.OK].assign(source=SOURCE_NAMES[layout.source])


def _groups(layout: Layout) -> pd.DataFrame:
    columns = ["indicator", "year", "level", "region", "sex", "value", "answer", "status", "numerator", "denominator"]
    figures = _frames(layout, "indikatorer", columns=columns, filters=[("level", "==", str(Level.KOMMUN))])
    rows = panel(figures.assign(unit=""), indicators=load_catalogue().indicators)
    found = [
        anova(rows, groups=groups).assign(grouping=name)
        for name, groups in groupings_of(layout).items()
        if name in _GROUPINGS
    ]
    tests = adjust(pd.concat(found, ignore_index=True), table=["grouping"])
    tests = tests[tests["n"] > 0].rename(columns={"first": "year"})
    return tests.assign(source=SOURCE_NAMES[layout.source]).sort_values(["grouping", "indicator"])


def _similar(layout: Layout) -> pd.DataFrame:
    frame = similar_frame(release_groups(layout)).rename(columns={"source": "drawn_by"})
    return frame.assign(source=SOURCE_NAMES[layout.source])


NATION = Table(
    name="riket",
    title="Rikets resultat, alla områden och år",
    title_en="National results, all areas and years",
    text=(
        "Rikets värde för varje indikator, år och kön: källans eget, vägt och ovägt. Det är de serier som "
        "lägesrapporterna bygger på."
    ),
    fields=FIGURES,
    frame=_nation,
    key=FIGURE_KEY,
    references=(TO_CATALOGUE,),
)
TRENDS = Table(
    name="trender",
    title="Trender",
    title_en="Trends",
    text=(
        "Hur varje indikator har utvecklats till och med redovisningsåret i riket, länen, kommungrupperna och "
        "kommunerna: ändring per år med osäkerhet, och om den är säkerställd."
    ),
    fields=(
        INDICATOR,
        Field(name="region", text=REGION_TEXT, required=True),
        Field(name="level", text="rike, lan, kommungrupp eller kommun", values=LEVELS, required=True),
        YEAR,
        *TREND,
        SOURCE,
    ),
    frame=_trends,
    key=("indicator", "level", "region"),
    references=(TO_CATALOGUE,),
)
GROUPS = Table(
    name="gruppskillnader",
    title="Skillnader mellan grupper av kommuner",
    title_en="Differences between groups of municipalities",
    text=(
        "Om län, kommungrupper och socioekonomiska grupper skiljer sig åt mer än slumpen ger under redovisningsåret: "
        "variansanalys av kommunernas resultat, en rad per indikator och indelning."
    ),
    fields=(
        Field(name="grouping", text="Indelning: lan, kommungrupp eller socioekonomi", values=_GROUPINGS, required=True),
        INDICATOR,
        YEAR,
        Field(name="n", kind="integer", text="Antal resultat", low=0, required=True),
        Field(name="n_groups", kind="integer", text="Antal grupper", low=0, required=True),
        Field(name="df_between", kind="number", text="Frihetsgrader mellan grupper"),
        Field(name="df_within", kind="number", text="Frihetsgrader inom grupper"),
        Field(name="f", kind="number", text="F-värde", low=0),
        Field(name="p", kind="number", text="p-värde", low=0, high=1),
        Field(name="p_fdr", kind="number", text="p-värde justerat för antalet prov i indelningen", low=0, high=1),
        Field(
            name="eta2",
            kind="number",
            text="Andel av skillnaderna mellan kommuner som ligger mellan grupper",
            low=0,
            high=1,
        ),
        Field(name="omega2", kind="number", text="Samma andel, rensad från det som slumpen ger"),
        Field(name="reason", text="Varför inget prov kunde göras"),
        SOURCE,
    ),
    frame=_groups,
    key=("grouping", "indicator"),
    references=(TO_CATALOGUE,),
)
SIMILAR = Table(
    name="liknande-kommuner",
    title="Liknande kommuner, och varför",
    title_en="Similar municipalities, and why",
    text=(
        "De sju kommuner som mest liknar var och en i varje ämne, en rad per bakgrundsvariabel: båda kommunernas "
        "värde och hur mycket variabeln bidrar till likheten."
    ),
    fields=(
        Field(name="region", text="Kommunens kod", required=True),
        Field(name="topic", text=_TOPIC, required=True),
        Field(name="drawn_by", text="kolada om gruppen är Koladas, annars egen", required=True),
        Field(name="drawn", kind="integer", text="Året som Koladas grupp gäller"),
        Field(name="member", text="Den liknande kommunens kod", required=True),
        Field(name="variable", text="Bakgrundsvariabel", required=True),
        Field(name="own", kind="number", text="Kommunens värde i variabelns enhet"),
        Field(name="other", kind="number", text="Den liknande kommunens värde"),
        Field(name="steps", kind="number", text="Skillnaden i standardavvikelser"),
        Field(
            name="share",
            kind="number",
            text="Andel av avståndet mellan de två kommunerna som variabeln står för, 0 till 1",
        ),
        Field(
            name="nearer",
            kind="number",
            text="Andel av de andra kommunerna som ligger närmare i just den variabeln, 0 till 1",
        ),
        SOURCE,
    ),
    frame=_similar,
    key=("region", "topic", "member", "variable"),
    references=(_TO_KOMMUN, Reference(column="member", table="kommuner", target="region")),
)


def comparison_tables() -> tuple[Table, ...]:
    """Return the tables of comparisons, one an area: all of them in one file would be too large for a spreadsheet."""
    return tuple(
        Table(
            name=f"jamforelser/{area.id}",
            title=f"Jämförelser: {area.name}",
            title_en=f"Comparisons: {area.name}",
            text=(
                f"Varje kommuns resultat under redovisningsåret i området {area.name.lower()}, med färg och plats, "
                "bredvid riket, länet, kommungruppen och liknande kommuner, och om skillnaderna är säkerställda."
            ),
            fields=COMPARISONS,
            frame=partial(_comparisons, area=area.id),
            key=("indicator", "year", "region", "sex"),
            references=(TO_CATALOGUE, _TO_KOMMUN),
        )
        for area in AREAS
    )

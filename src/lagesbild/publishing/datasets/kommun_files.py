"""Each kommun's own files, at an address that stays: its results beside what they are held to, and a gross list."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.priority_weights import Concern
from lagesbild.catalogue.regions import Kommun
from lagesbild.frame_bytes import csv_bytes
from lagesbild.publishing.datasets.comparison_fields import KOMMUN
from lagesbild.publishing.datasets.figures import INDICATOR
from lagesbild.publishing.datasets.files import CSV, Dataset, Writer
from lagesbild.publishing.datasets.table import Field, Table, typed
from lagesbild.publishing.layout import SOURCE_NAMES, Layout
from lagesbild.publishing.priority_lists import FILE, gross_list_frame
from lagesbild.publishing.underlag import read_underlag

#: The folder of the kommuner in a release.
FOLDER = "kommuner"
DATA = "data.csv"

_TO_FILL_IN = {
    "relaterad_till_overgripande_mal": "Om indikatorn hör till ett övergripande mål",
    "pagaende_satsningar": "Pågående satsningar",
    "bedomd_resursatgang": "Bedömd resursåtgång",
    "kommentarer": "Kommentarer",
    "prio_1_2_3": "Prioritet 1, 2 eller 3",
    "beslut": "Beslut",
}

#: The columns of a kommun's gross list.
GROSS_LIST: tuple[Field, ...] = (
    Field(name="kalla", text="Källa, som ska anges när uppgiften används", required=True),
    Field(name="kommun", text="Kommunens namn", required=True),
    Field(name="plats", kind="integer", text="Plats på listan; lika poäng delar plats", low=1, required=True),
    Field(name="omrade", text="Område", required=True),
    Field(name="indikator", text=INDICATOR.text, required=True),
    Field(name="namn", text="Indikatorns namn", required=True),
    Field(name="ar", kind="integer", text="År", required=True),
    Field(name="varde", kind="number", text="Värde i enheten"),
    Field(name="svar", text="Kommunens svar: ja, delvis eller nej"),
    Field(name="enhet", text="Enhet"),
    Field(name="poang", kind="number", text="Poäng, högst 100; högre talar mer för en analys", low=0, high=100),
    *(Field(name=f"poang_{one}", kind="number", text=f"Poäng för skälet {one}", low=0) for one in Concern),
    Field(name="uppgift_saknas_om", text="Skäl som det saknas uppgift om"),
    Field(name="motivering", text="Skälen i ord"),
    Field(name="fa_personer_eller_enheter", text="ja om resultatet bygger på få personer eller enheter"),
    *(Field(name=name, text=f"{text}; fylls i av kommunen") for name, text in _TO_FILL_IN.items()),
)

RESULTS = Table(
    name="data",
    title="En kommuns resultat",
    title_en="Results of a municipality",
    text=(
        "Alla kommunens resultat och år, med färg, plats, riket, länet, kommungruppen och liknande kommuner, trend, "
        "mål och uppgifternas kvalitet. En fil per kommun: kommuner/<kod-namn>/data.csv."
    ),
    fields=KOMMUN,
    key=("indicator", "year", "sex"),
)
LIST = Table(
    name="att-analysera",
    title="En kommuns indikatorer att analysera vidare",
    title_en="Indicators for a municipality to analyse further",
    text=(
        "Kommunens indikatorer i den ordning som skälen talar för en fördjupad analys, med tomma kolumner att fylla i."
    ),
    fields=GROSS_LIST,
    key=("indikator",),
)


def write_kommuner(writer: Writer, chosen: Sequence[Kommun]) -> list[Dataset]:
    """Write the files of some kommuner, and return the two data sets that they are."""
    titles = {one.id: one.title for one in load_catalogue().indicators}
    names = {area.id: area_called(area.id).name for area in AREAS}
    parts = []
    for kommun in chosen:
        underlag = read_underlag(writer.layout, kommun.kod)
        whole = gross_list_frame(writer.layout, kommun, underlag)
        results = _results(writer.layout, kommun, underlag, titles, names)
        folder = f"{FOLDER}/{kommun.slug}"
        parts.append(
            (
                (writer.put(f"{folder}/{DATA}", csv_bytes(results), CSV), len(results)),
                (writer.put(f"{folder}/{FILE}", csv_bytes(whole), CSV), len(whole)),
            )
        )
    layout = writer.layout
    return [
        Dataset(
            name=f"kommuner/{table.name}",
            title=table.title,
            title_en=table.title_en,
            text=table.text,
            table=table,
            files=tuple(one[place][0] for one in parts),
            rows=sum(one[place][1] for one in parts),
            years=(layout.years.start, layout.year),
        )
        for place, table in enumerate((RESULTS, LIST))
    ]


def _results(
    layout: Layout, kommun: Kommun, underlag: pd.DataFrame, titles: dict[str, str], names: dict[str, str]
) -> pd.DataFrame:
    frame = underlag.assign(
        source="Syntetiska data" if layout.synthetic else SOURCE_NAMES[layout.source],
        kommun=kommun.namn,
        title=underlag["indicator"].map(titles),
        area=underlag["area"].map(names),
    )
    return typed(frame, KOMMUN)

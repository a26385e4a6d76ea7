"""The registers as tables: the catalogue of indicators, areas, kommuner, län, kommungrupper and the measuring plan."""

from __future__ import annotations

import pandas as pd

from lagesbild.catalogue.areas import AREAS, STATUS_REPORTS
from lagesbild.catalogue.background import area_topics
from lagesbild.catalogue.groups import kommungrupper, size_class
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.plan import Standing, planned
from lagesbild.catalogue.regions import kommuner, lan
from lagesbild.publishing.datasets.figures import INDICATOR, TO_CATALOGUE, YEAR
from lagesbild.publishing.datasets.table import Field, Reference, Table
from lagesbild.publishing.layout import Layout

#: How far ahead the measuring plan is published.
AHEAD = 2

_CATALOGUE_FIELDS: tuple[Field, ...] = (
    INDICATOR,
    Field(name="area", text="Områdets id", values=tuple(area.id for area in AREAS), required=True),
    Field(name="title", text="Namn", required=True),
    Field(name="short_title", text="Kort namn, högst 60 tecken", required=True),
    Field(name="unit", text="Enhet; tom för frågor som besvaras med ja, delvis eller nej"),
    Field(name="part", text="Del av jämförelsen: kvalitet, valfard, hallbar_utveckling, nyckeltal"),
    Field(name="kind", text="indikator, utvecklingsindikator eller nyckeltal"),
    Field(name="dimension", text="Kvalitetsdimension; tom utanför kvalitetsdelen"),
    Field(name="type", text="struktur, process eller resultat"),
    Field(name="tier", text="bas eller fordjupning"),
    Field(name="direction", text="hog om ett högt värde är bra, lag om ett lågt är det, ingen annars"),
    Field(name="scale", text="Skala: procent, ja_nej, kronor, dagar med flera"),
    Field(name="survey", text="Datakälla: enkät, register eller räkenskapssammandrag"),
    Field(name="counted", text="Vad som räknas: personer, kommuner, enheter med flera"),
    Field(name="numerator", text="Täljare i ord"),
    Field(name="denominator", text="Nämnare i ord"),
    Field(name="levels", text="Nivåer som värden publiceras på, med semikolon mellan"),
    Field(name="by_sex", kind="boolean", text="Om kvinnor och män redovisas var för sig", required=True),
    Field(
        name="threshold",
        kind="integer",
        text="Minsta antal personer bakom ett värde som visas; tomt där inga personer räknas",
        low=0,
    ),
    Field(name="frequency", kind="integer", text="Mäts var så många år", low=1),
    Field(name="first_year", kind="integer", text="Första året som mäts; tomt om det är öppet"),
    Field(name="last_year", kind="integer", text="Sista året som mäts; tomt om det är öppet"),
    Field(name="model", kind="integer", text="2023 om indikatorn hör till det årets modell"),
    Field(name="lifecycle_state", text="Var i livet den är: aktiv, pausad, borttagen eller ersatt_av"),
    Field(name="lifecycle_year", kind="integer", text="Året för den senaste ändringen av det"),
    Field(name="lifecycle_reason", text="Skälet till den"),
    Field(name="lifecycle_successor", text="Indikatorn som har ersatt den"),
    Field(name="kolada", text="Nyckeltalets id i Kolada"),
    Field(name="source_note", text="Var indikatorn är beskriven"),
    Field(name="note", text="Var källorna skiljer sig, och vad som har bestämts"),
)


def _catalogue() -> pd.DataFrame:
    frame = load_catalogue().frame().rename(columns={"id": "indicator", "unit_text": "unit"})
    return frame.sort_values("indicator", ignore_index=True)


def _areas() -> pd.DataFrame:
    names = {report.id: report.name for report in STATUS_REPORTS}
    topics = area_topics()
    rows = [(area.id, area.name, area.about, area.report, names[area.report], topics[area.id]) for area in AREAS]
    return pd.DataFrame(rows, columns=["area", "name", "about", "report", "report_name", "topic"])


def _kommuner() -> pd.DataFrame:
    rows = [
        (
            *(one.kod, one.namn, one.lan, one.kommungrupp_2017, one.kommungrupp_2023, one.folkmangd),
            *(size_class(one.folkmangd), f"kommuner/{one.slug}/data.csv"),
        )
        for one in kommuner()
    ]
    columns = [
        "region",
        "name",
        "lan",
        "kommungrupp_2017",
        "kommungrupp_2023",
        "folkmangd_2019",
        "storleksklass",
        "data",
    ]
    return pd.DataFrame(rows, columns=columns)


def _lan() -> pd.DataFrame:
    counts = pd.Series([one.lan for one in kommuner()]).value_counts()
    rows = [(one.kod, one.namn, one.kort, int(counts[one.kod])) for one in lan()]
    return pd.DataFrame(rows, columns=["region", "name", "short_name", "n_kommuner"])


def _kommungrupper() -> pd.DataFrame:
    rows = [(one.kod, one.namn, one.description, one.size) for one in kommungrupper()]
    return pd.DataFrame(rows, columns=["region", "name", "description", "n_kommuner"])


def plan_years(layout: Layout) -> range:
    """Return the years that the measuring plan of a release tells of: those it covers and the next few."""
    return range(layout.years.start, layout.year + AHEAD + 1)


def _plan(layout: Layout) -> pd.DataFrame:
    rows = []
    for indicator in load_catalogue().indicators:
        for year in plan_years(layout):
            found = planned(indicator, year)
            rows.append(
                (
                    *(indicator.id, year, str(found.standing), found.measured, found.next_year, found.questions),
                    *(found.reason or None, found.successor),
                )
            )
    columns = ["indicator", "year", "standing", "measured", "next_year", "questions", "reason", "successor"]
    return pd.DataFrame(rows, columns=columns).sort_values(["indicator", "year"], ignore_index=True)


def _register(**fields: object) -> Table:
    return Table(theme="registers", yearly=False, **fields)  # type: ignore[arg-type]


CATALOGUE = _register(
    name="katalog",
    title="Indikatorernas definitioner",
    title_en="Definitions of the indicators",
    text=(
        "Alla indikatorer: namn, enhet, täljare och nämnare i ord, riktning, datakälla, hur ofta de mäts, gräns för "
        "sekretess och var de är beskrivna. De andra tabellerna pekar hit med indikatorns id."
    ),
    fields=_CATALOGUE_FIELDS,
    frame=lambda _: _catalogue(),
    key=("indicator",),
    references=(Reference(column="area", table="omraden", target="area"),),
)
AREA_TABLE = _register(
    name="omraden",
    title="Områden",
    title_en="Areas",
    text="De tio områdena, lägesrapporten som de ingår i, och ämnet som liknande kommuner väljs efter.",
    fields=(
        Field(name="area", text="Områdets id", required=True),
        Field(name="name", text="Namn", required=True),
        Field(name="about", text="Vad området är"),
        Field(name="report", text="Lägesrapportens id", required=True),
        Field(name="report_name", text="Lägesrapportens namn", required=True),
        Field(name="topic", text="Ämnet för liknande kommuner", required=True),
    ),
    frame=lambda _: _areas(),
    key=("area",),
)
KOMMUNER = _register(
    name="kommuner",
    title="Kommuner, deras län och grupper",
    title_en="Municipalities with counties and groups",
    text="De 290 kommunerna med län, kommungrupp, folkmängd och adressen till kommunens egen datafil.",
    fields=(
        Field(name="region", text="Kommunens kod, fyra siffror", required=True),
        Field(name="name", text="Namn", required=True),
        Field(name="lan", text="Länets kod", required=True),
        Field(name="kommungrupp_2017", text="Kommungrupp i SKR:s indelning 2017", required=True),
        Field(name="kommungrupp_2023", text="Kommungrupp i SKR:s indelning 2023", required=True),
        Field(name="folkmangd_2019", kind="integer", text="Folkmängd 31 december 2019 (SCB)", unit="invånare", low=0),
        Field(name="storleksklass", text="Storleksklass efter den folkmängden", required=True),
        Field(name="data", text="Adress till kommunens datafil, räknad från utgåvans adress", required=True),
    ),
    frame=lambda _: _kommuner(),
    key=("region",),
    references=(
        Reference(column="lan", table="lan", target="region"),
        Reference(column="kommungrupp_2023", table="kommungrupper", target="region"),
    ),
)
LAN = _register(
    name="lan",
    title="Län",
    title_en="Counties",
    text="De 21 länen.",
    fields=(
        Field(name="region", text="Länets kod, två siffror", required=True),
        Field(name="name", text="Namn", required=True),
        Field(name="short_name", text="Kort namn", required=True),
        Field(name="n_kommuner", kind="integer", text="Antal kommuner", low=1, required=True),
    ),
    frame=lambda _: _lan(),
    key=("region",),
)
KOMMUNGRUPPER = _register(
    name="kommungrupper",
    title="Kommungrupper",
    title_en="Groups of municipalities",
    text="SKR:s nio kommungrupper enligt indelningen 2023.",
    fields=(
        Field(name="region", text="Kommungruppens kod, bokstav och siffra", required=True),
        Field(name="name", text="Namn", required=True),
        Field(name="description", text="Vad som för en kommun dit"),
        Field(name="n_kommuner", kind="integer", text="Antal kommuner", low=1, required=True),
    ),
    frame=lambda _: _kommungrupper(),
    key=("region",),
)
PLAN = _register(
    name="matplan",
    title="Mätplan",
    title_en="Measuring plan",
    text=(
        "Vilka indikatorer som mäts varje år och varför de andra inte gör det. Ett år då en indikator vilar är en "
        "planerad lucka, inte en saknad uppgift."
    ),
    fields=(
        INDICATOR,
        YEAR,
        Field(
            name="standing",
            text=(
                "mats, rytm (vilar det året), pausad, borttagen, ersatt, ej_borjad, avslutad eller utveckling (data "
                "saknas ännu)"
            ),
            values=tuple(str(one) for one in Standing),
            required=True,
        ),
        Field(name="measured", kind="boolean", text="Om indikatorn mäts det året", required=True),
        Field(name="next_year", kind="integer", text="Nästa år som den mäts"),
        Field(name="questions", kind="integer", text="Antal frågor i kommunenkäten", low=0),
        Field(name="reason", text="Varför den är pausad, borttagen eller ersatt"),
        Field(name="successor", text="Indikatorn som har ersatt den"),
    ),
    frame=_plan,
    key=("indicator", "year"),
    references=(TO_CATALOGUE,),
)

REGISTERS = (CATALOGUE, AREA_TABLE, KOMMUNER, LAN, KOMMUNGRUPPER, PLAN)

"""What the columns of comparisons mean: those of the comparisons of a year, and those of a kommun's own file."""

from __future__ import annotations

from lagesbild.catalogue.vocabulary import Colour
from lagesbild.publishing.datasets.figures import ANSWER, INDICATOR, SEX, SOURCE, STATUS, YEAR
from lagesbild.publishing.datasets.table import Field

#: What kommuner are held against, in words.
_REFERENCES = {
    "riket": "riket",
    "lan": "de andra kommunerna i länet",
    "kommungrupp": "de andra kommunerna i kommungruppen",
    "storlek": "de andra kommunerna i samma storleksklass",
    "socioekonomi": "de andra kommunerna i samma socioekonomiska grupp",
    "liknande": "de liknande kommunerna",
    "basta": "den bästa fjärdedelen av de andra kommunerna",
}
_WAYS = ("battre", "samre", "hogre", "lagre", "ingen")
TREND_LABELS = (
    *(
        f"{how}_{way}"
        for how in ("sakerstalld", "mojlig")
        for way in ("forbattring", "forsamring", "okning", "minskning")
    ),
    *("slump", "stabil", "for_fa", "bibehallen", "tillkommen", "upphord", "vaxlande", "aldrig"),
)
LABEL = Field(
    name="label",
    text=(
        "Serien i ord: säkerställd eller möjlig förbättring, försämring, ökning eller minskning; slump, stabil, "
        "for_fa; för frågor bibehallen, tillkommen, upphord, vaxlande eller aldrig"
    ),
    values=TREND_LABELS,
)


def _number(name: str, text: str, unit: str = "") -> Field:
    return Field(name=name, kind="number", text=text, unit=unit)


def _whole(name: str, text: str, high: float | None = None) -> Field:
    return Field(name=name, kind="integer", text=text, low=0, high=high)


def _differences() -> tuple[Field, ...]:
    return tuple(
        _number(f"diff_{name}", f"Resultatet minus värdet för {words}; procentenheter för andelar, annars enheten")
        for name, words in _REFERENCES.items()
    )


def _readings() -> tuple[Field, ...]:
    fields = []
    for name, words in _REFERENCES.items():
        fields += [
            Field(
                name=f"skillnad_{name}",
                text=f"Om skillnaden mot {words} är säkerställd, och åt vilket håll; tomt när den inte har prövats",
                values=_WAYS,
            ),
            _number(
                f"niva_{name}", f"Nivån som skillnaden mot {words} är säkerställd på; 0 om den inte är det", "procent"
            ),
        ]
    return tuple(fields)


#: The columns of a kommun's results beside its references, after indicator, year, region and sex.
COMPARED: tuple[Field, ...] = (
    _number("value", "Värde i indikatorns enhet"),
    ANSWER,
    STATUS,
    Field(
        name="colour",
        text="gron bland den bästa fjärdedelen, rod bland den sämsta, gul däremellan; bara för båda könen tillsammans",
        values=tuple(str(one) for one in Colour),
    ),
    _whole("n_reporting", "Antal kommuner med resultat", 290),
    _whole("rank", "Plats bland kommunerna med resultat, 1 är bäst; lika resultat delar plats", 290),
    _number("riket", "Värde för riket"),
    Field(name="riket_weighting", text="Hur rikets värde har kommit till: redovisad, vagd eller ovagd"),
    _number("lan", "Ovägt medelvärde av de andra kommunerna i länet"),
    _number("kommungrupp", "Ovägt medelvärde av de andra kommunerna i kommungruppen"),
    _whole("n_lan", "Antal kommuner bakom länets medelvärde", 290),
    _whole("n_kommungrupp", "Antal kommuner bakom kommungruppens medelvärde", 290),
    _number("storlek", "Ovägt medelvärde av de andra kommunerna i samma storleksklass"),
    _number("socioekonomi", "Ovägt medelvärde av de andra kommunerna i samma socioekonomiska grupp"),
    _number("liknande", "Ovägt medelvärde av de liknande kommunerna"),
    _number("basta", "Ovägt medelvärde av den bästa fjärdedelen av de andra kommunerna"),
    *(
        _whole(f"n_{name}", f"Antal kommuner bakom medelvärdet för {_REFERENCES[name]}", 290)
        for name in ("storlek", "socioekonomi", "liknande", "basta")
    ),
    *_differences(),
    _number("se", "Värdets medelfel, där det kan räknas"),
    Field(
        name="se_kind",
        text="Hur medelfelet har räknats: rakning ur antalet personer, spridning ur hur värden brukar ändras",
        values=("rakning", "spridning"),
    ),
    _number("lower", "Nedre gräns för värdets osäkerhet (95 procents konfidensintervall)"),
    _number("upper", "Övre gräns för värdets osäkerhet"),
    *_readings(),
)

#: The columns of the comparisons of a year.
COMPARISONS: tuple[Field, ...] = (
    INDICATOR,
    YEAR,
    Field(name="region", text="Kommunens kod, fyra siffror", required=True),
    SEX,
    *COMPARED,
    SOURCE,
)

#: The columns of a trend, after what it is of.
TREND: tuple[Field, ...] = (
    _whole("n_points", "Antal mätningar i serien"),
    Field(name="first_year", kind="integer", text="Seriens första år"),
    Field(name="last_year", kind="integer", text="Seriens sista år"),
    _number("first_value", "Första värdet"),
    _number("last_value", "Sista värdet"),
    _number("change_previous", "Ändring sedan mätningen före"),
    Field(name="previous_year", kind="integer", text="Året för mätningen före"),
    _number("slope", "Ändring per år, utjämnad", "enheter per år"),
    _number("slope_lower", "Nedre gräns för ändringen per år (95 procent)", "enheter per år"),
    _number("slope_upper", "Övre gräns för ändringen per år", "enheter per år"),
    Field(name="p_value", kind="number", text="Trendens p-värde", low=0, high=1),
    LABEL,
)

_TREND_IN_KOMMUN = ("n_points", "first_year", "change_previous", "previous_year", "slope", "slope_lower", "slope_upper")
_TARGET: tuple[Field, ...] = (
    _number("target", "Kommunens mål"),
    Field(name="target_year", kind="integer", text="Året då målet ska vara nått"),
    _number("target_last_value", "Värdet som målet jämförs med"),
    Field(name="target_last_year", kind="integer", text="Året för det värdet"),
    _number("target_distance", "Hur långt det är kvar till målet"),
    _number("target_pace_needed", "Ändring per år som behövs för att nå målet", "enheter per år"),
    _number("target_forecast", "Prognos för målåret om takten håller i sig"),
    _number("target_forecast_lower", "Nedre gräns för prognosen (95 procent)"),
    _number("target_forecast_upper", "Övre gräns för prognosen"),
    Field(name="target_probability", kind="number", text="Sannolikhet att målet nås, 0 till 1", low=0, high=1),
    Field(name="target_verdict", text="natt, nar, nar_troligen, nar_troligen_inte, nar_inte eller gar_inte_att_saga"),
    _whole("target_n_others", "Antal kommuner som har haft lika långt kvar"),
    _whole("target_n_managed", "Antal av dem som nådde så långt på lika lång tid"),
    Field(name="target_decided_by", text="Vem som har beslutat om målet"),
    Field(name="target_decided", text="När målet beslutades"),
)

#: The columns of a kommun's own file.
KOMMUN: tuple[Field, ...] = (
    SOURCE,
    Field(name="kommun", text="Kommunens namn", required=True),
    INDICATOR,
    Field(name="title", text="Indikatorns namn", required=True),
    YEAR,
    Field(name="region", text="Kommunens kod, fyra siffror", required=True),
    SEX,
    *COMPARED,
    Field(name="area", text="Område", required=True),
    *(one for one in TREND if one.name in _TREND_IN_KOMMUN),
    *(one for one in TREND if one.name in ("p_value", "label")),
    *_TARGET,
    Field(name="denominator", kind="number", text="Nämnare, där den är känd", low=0),
    Field(
        name="quality",
        text="Uppgifternas betyg: A god, B godtagbar, C osäker, D bristfällig",
        values=("A", "B", "C", "D"),
    ),
    Field(name="quality_reasons", text="Skälen till betyget"),
    Field(name="quality_checks", text="De kontroller som drar ner betyget, med mellanslag mellan"),
    Field(name="finding", text="Avvikelse i kommunens egen uppgift"),
    _whole("n_same_rank", "Antal kommuner på samma plats", 290),
    _number("place", "Plats på en skala från 0 (sämst) till 100 (bäst)"),
    _number("place_low", "Nedre gräns för platsen på skalan"),
    _number("place_high", "Övre gräns för platsen på skalan"),
    _number("place_riket", "Rikets plats på skalan"),
    _number("place_liknande", "De liknande kommunernas plats på skalan"),
)

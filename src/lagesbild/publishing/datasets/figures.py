"""The indicators' results as published: the columns of the files by area and year, and of those by indicator."""

from __future__ import annotations

from lagesbild.catalogue.vocabulary import Answer, Level, Sex, Status
from lagesbild.publishing.datasets.table import Field, Reference

#: How a figure came about.
WEIGHTINGS = ("redovisad", "vagd", "ovagd")
LEVELS = tuple(str(one) for one in (Level.RIKE, Level.LAN, Level.KOMMUNGRUPP, Level.KOMMUN))

REGION_TEXT = "Kod: 0000 riket, två siffror län, fyra siffror kommun, bokstav och siffra kommungrupp"
SEX = Field(name="sex", text="T alla, K kvinnor, M män", values=tuple(str(one) for one in Sex), required=True)
SOURCE = Field(name="source", text="Källa, som ska anges när uppgiften används", required=True)
INDICATOR = Field(name="indicator", text="Indikatorns id i katalogen", required=True)
YEAR = Field(name="year", kind="integer", text="År", required=True, low=1990, high=2100)
STATUS = Field(
    name="status",
    text=(
        "Varför ett värde finns eller inte: ok, bortfall (inget svar), ej_tillamplig, sekretess (visas inte), saknas, "
        "ej_matt (mäts inte det året)"
    ),
    values=tuple(str(one) for one in Status),
    required=True,
)
ANSWER = Field(name="answer", text="Kommunens svar på en fråga", values=tuple(str(one) for one in Answer))

#: The columns of a figure.
FIGURES: tuple[Field, ...] = (
    INDICATOR,
    Field(name="unit", text="Enhet; tom för frågor som besvaras med ja, delvis eller nej"),
    YEAR,
    Field(name="level", text="rike, lan, kommungrupp eller kommun", values=LEVELS, required=True),
    Field(name="region", text=REGION_TEXT, required=True),
    Field(name="region_name", text="Namn på riket, länet, kommungruppen eller kommunen", required=True),
    SEX,
    Field(
        name="value",
        kind="number",
        text="Värde i enheten; för frågor på högre nivå än kommun procent av kommunerna som svarat ja",
    ),
    ANSWER,
    STATUS,
    Field(name="numerator", kind="number", text="Täljare, där den är känd"),
    Field(name="denominator", kind="number", text="Nämnare, där den är känd", low=0),
    Field(name="n_kommuner", kind="integer", text="Antal kommuner med resultat bakom värdet", low=0, high=290),
    Field(
        name="weighting",
        text="redovisad (källans eget värde), vagd (summa) eller ovagd (medelvärde av kommuner)",
        values=WEIGHTINGS,
        required=True,
    ),
    Field(
        name="lower",
        kind="number",
        text="Nedre gräns för värdets osäkerhet (95 procents konfidensintervall), där den kan räknas",
    ),
    Field(name="upper", kind="number", text="Övre gräns för värdets osäkerhet"),
    SOURCE,
)

#: What tells one figure from the others.
FIGURE_KEY = ("indicator", "year", "level", "region", "sex", "weighting")

TO_CATALOGUE = Reference(column="indicator", table="katalog", target="indicator")

"""The fixed words of the field: levels, sexes, answers, statuses and the observation table's columns."""

from __future__ import annotations

from enum import StrEnum

#: The columns of the one observation table, in order (one row per measured value).
OBSERVATION_COLUMNS = (
    "indicator",
    "year",
    "level",
    "region",
    "unit",
    "sex",
    "value",
    "numerator",
    "denominator",
    "n_answers",
    "n_asked",
    "answer",
    "status",
    "source",
    "revision",
)

#: The columns that together name one observation.
OBSERVATION_KEY = ("indicator", "year", "level", "region", "unit", "sex")


class Level(StrEnum):
    """What a row is about; `region` has two digits for a län, four for a kommun, six for a stadsdel."""

    RIKE = "rike"
    LAN = "lan"
    KOMMUNGRUPP = "kommungrupp"
    KOMMUN = "kommun"
    STADSDEL = "stadsdel"
    ENHET = "enhet"


class Sex(StrEnum):
    """Total, kvinnor (women, girls), män (men, boys), as Kolada codes them."""

    TOTAL = "T"
    KVINNOR = "K"
    MAN = "M"


class Answer(StrEnum):
    """What a kommun answered a question about its organisation."""

    JA = "ja"
    DELVIS = "delvis"
    NEJ = "nej"


class Status(StrEnum):
    """Why a value is there or not; every status but `OK` means that the value is null."""

    OK = "ok"
    BORTFALL = "bortfall"
    EJ_TILLAMPLIG = "ej_tillamplig"
    SEKRETESS = "sekretess"
    SAKNAS = "saknas"
    EJ_MATT = "ej_matt"


class Colour(StrEnum):
    """Öppna jämförelsers colour of a kommun's result; a result without direction has none."""

    GRON = "gron"
    GUL = "gul"
    ROD = "rod"

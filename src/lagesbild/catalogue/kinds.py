"""The words that say what kind of indicator one is: part, kind, dimension, type, tier, scale and the like."""

from __future__ import annotations

from enum import StrEnum


class Part(StrEnum):
    """The five parts of the 2023 model."""

    KVALITET = "kvalitet"
    VALFARD = "valfard"
    HALLBAR_UTVECKLING = "hallbar_utveckling"
    CENTRALT_NYCKELTAL = "centralt_nyckeltal"
    KOSTNADSNYCKELTAL = "kostnadsnyckeltal"


class Kind(StrEnum):
    """Indikator (has a direction), utvecklingsindikator (no data yet) or nyckeltal (background figure)."""

    INDIKATOR = "indikator"
    UTVECKLINGSINDIKATOR = "utvecklingsindikator"
    NYCKELTAL = "nyckeltal"


class Dimension(StrEnum):
    """The six quality dimensions of god vård och omsorg."""

    KUNSKAPSBASERAD = "kunskapsbaserad"
    SAKER = "saker"
    INDIVIDANPASSAD = "individanpassad"
    EFFEKTIV = "effektiv"
    JAMLIK = "jamlik"
    TILLGANGLIG = "tillganglig"


class IndicatorType(StrEnum):
    """Structure, process or result (Donabedian's three types)."""

    STRUKTUR = "struktur"
    PROCESS = "process"
    RESULTAT = "resultat"


class Tier(StrEnum):
    """Base (measured every year) or in-depth."""

    BAS = "bas"
    FORDJUPNING = "fordjupning"


class Direction(StrEnum):
    """Whether a high or a low value is good, or neither."""

    HOG = "hog"
    LAG = "lag"
    INGEN = "ingen"


class Scale(StrEnum):
    """What the value is: decides its unit in print, its range and how kommuner are summed."""

    PROCENT = "procent"  # 0-100
    JA_NEJ = "ja_nej"  # an answer; no number of its own
    JA_DELVIS_NEJ = "ja_delvis_nej"
    DAGAR = "dagar"
    KRONOR = "kronor"  # per inhabitant, user or hour, as the title says
    ANTAL = "antal"  # a count of its own, or per 1 000 or 10 000, as the title says
    MEDELVARDE = "medelvarde"
    INDEX = "index"


class Survey(StrEnum):
    """Where the figures come from."""

    KOMMUNENKAT = "kommunenkat"
    ENHETSUNDERSOKNING = "enhetsundersokning"
    BRUKARUNDERSOKNING = "brukarundersokning"
    REGISTER = "register"
    RAKENSKAPSSAMMANDRAG = "rakenskapssammandrag"


class Counted(StrEnum):
    """What the denominator counts; only figures on persons or households are withheld when small."""

    PERSONER = "personer"
    HUSHALL = "hushall"
    ENHETER = "enheter"
    KOMMUNER = "kommuner"
    KRONOR = "kronor"

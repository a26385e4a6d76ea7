"""What an indicator is: the record that the catalogue's files are read into."""

from __future__ import annotations

from dataclasses import dataclass
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


class LifecycleState(StrEnum):
    """Where an indicator stands in its life."""

    AKTIV = "aktiv"
    PAUSAD = "pausad"
    BORTTAGEN = "borttagen"
    ERSATT_AV = "ersatt_av"


@dataclass(frozen=True, kw_only=True)
class Lifecycle:
    """State with the year it began, the reason, and the successor's id where there is one."""

    state: LifecycleState = LifecycleState.AKTIV
    year: int | None = None
    reason: str | None = None
    successor: str | None = None


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One indicator of öppna jämförelser.

    Parameters
    ----------
    id
        The area's prefix and a readable slug: ``ao-hemtjanst-nojdhet``.
    area
        Id of the area.
    title, short_title
        For readers, in Swedish, without the unit. `short_title` has at most 60 characters (tables, figures).
    part, kind, dimension, type, tier, direction, scale, survey, counted
        See the enums of this module. `dimension` is null outside the quality part.
    unit_text
        The unit in print ("procent", "dagar", "kr per invånare"), empty for answers.
    frequency
        Measured every so many years.
    phase
        First year of the rhythm: measured in `phase`, `phase` + `frequency`, ...
    yearly_until
        Last year of an earlier yearly rhythm, null where there was none: in-depth indicators were measured
        every year until the model of 2023 gave them every second or fourth year.
    first_year, last_year
        First and last year measured, null where open.
    numerator, denominator
        In words; null for answers.
    levels
        Levels the figures are published at.
    by_sex
        Whether women and men are told apart.
    threshold
        Smallest count of persons that may be published; null where nothing personal is counted.
    lifecycle
        See `Lifecycle`.
    kolada
        Id of the KPI in Kolada, null where there is none.
    kolada_codes
        How Kolada codes the answers ("1" -> "ja"); empty for numbers.
    source_note
        Where the indicator is described (document and page, table or KPI).
    """

    id: str
    area: str
    title: str
    short_title: str
    part: Part
    kind: Kind
    dimension: Dimension | None
    type: IndicatorType
    tier: Tier
    direction: Direction
    scale: Scale
    unit_text: str
    survey: Survey
    counted: Counted
    frequency: int
    phase: int
    first_year: int | None
    last_year: int | None
    numerator: str | None
    denominator: str | None
    levels: tuple[str, ...]
    by_sex: bool
    threshold: int | None
    lifecycle: Lifecycle
    kolada: str | None
    kolada_codes: dict[str, str]
    source_note: str
    yearly_until: int | None = None

    @property
    def is_answer(self) -> bool:
        """Whether the indicator is an answer (ja, delvis, nej) rather than a number."""
        return self.scale in (Scale.JA_NEJ, Scale.JA_DELVIS_NEJ)

    def measured(self, year: int) -> bool:
        """Return whether the measuring plan has the indicator in `year`."""
        if self.kind is Kind.UTVECKLINGSINDIKATOR:
            return False
        if self.first_year is not None and year < self.first_year:
            return False
        if self.last_year is not None and year > self.last_year:
            return False
        ended = None if self.lifecycle.state is LifecycleState.AKTIV else self.lifecycle.year
        if ended is not None and year >= ended:
            return False
        if self.yearly_until is not None and year <= self.yearly_until:
            return True
        return (year - self.phase) % self.frequency == 0

"""What Socialstyrelsen asks of an indicator, and how close to the user it measures.

Source: Socialstyrelsen, Öppna jämförelser i utveckling (2023), table 1 (criteria), appendix 2 and 4 (process
steps); Riksrevisionen, RiR 2021:17, sections 2.4.2 (closeness) and 5.2 (the budget bill).
"""

from __future__ import annotations

from enum import StrEnum

from lagesbild.catalogue.kinds import IndicatorType, Kind, Survey


class Criterion(StrEnum):
    """The six criteria of table 1."""

    RIKTNING = "riktning"  # high or low values are good or bad
    RELEVANT = "relevant"  # about something the service needs to improve or follow
    VALID = "valid"  # measures what it is meant to, alike from year to year
    VEDERTAGEN = "vedertagen"  # rests on knowledge: law, guidelines, science, experience, consensus
    PAVERKBAR = "paverkbar"  # those responsible can influence the outcome
    MATBAR = "matbar"  # measurable with data collected nationally and continuously


#: Table 1: which kind must meet which criteria.
REQUIRED_CRITERIA: dict[Kind, frozenset[Criterion]] = {
    Kind.INDIKATOR: frozenset(Criterion),
    Kind.UTVECKLINGSINDIKATOR: frozenset(Criterion) - {Criterion.MATBAR},
    Kind.NYCKELTAL: frozenset({Criterion.RELEVANT, Criterion.VALID, Criterion.MATBAR}),
}


class ProcessStep(StrEnum):
    """The steps of a case that the report names; the figure with its whole list is missing in the text version.

    Appendix 4 names utredning och beslut and genomförande av insats, appendix 2 aktualisera.
    """

    AKTUALISERING = "aktualisering"
    UTREDNING_OCH_BESLUT = "utredning_och_beslut"
    GENOMFORANDE_AV_INSATS = "genomforande_av_insats"


class Closeness(StrEnum):
    """How close to the user an indicator measures (RiR 2.4.2)."""

    RESULTAT = "resultat"  # the outcome itself, the user's own answer included
    ENHET = "enhet"  # structure or process, asked of the unit that gives the service
    KOMMUN = "kommun"  # structure or process at the kommun's own level


class Tag(StrEnum):
    """What an indicator is used for elsewhere."""

    BUDGETPROPOSITION = "budgetproposition"  # one of the nine of the budget bill for 2021 (RiR 5.2)


def usual_closeness(type_: IndicatorType, survey: Survey) -> Closeness:
    """Return the closeness that follows from an indicator's type and survey.

    Results are close to the user; structures and processes are so only where units are asked (RiR 2.4.2).
    """
    if type_ is IndicatorType.RESULTAT:
        return Closeness.RESULTAT
    return Closeness.ENHET if survey is Survey.ENHETSUNDERSOKNING else Closeness.KOMMUN

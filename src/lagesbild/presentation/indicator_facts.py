"""What the catalogue knows of an indicator, as labelled facts in words: for method descriptions and indicator pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lagesbild.catalogue.indicators import (
    Counted,
    Direction,
    Indicator,
    IndicatorType,
    Kind,
    LifecycleEvent,
    LifecycleState,
    Part,
    Scale,
    Survey,
    Tier,
)
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.plan import Standing, next_measured, standing
from lagesbild.catalogue.recodings import RuleKind, series_rules
from lagesbild.catalogue.vocabulary import Level
from lagesbild.presentation.quality_words import SURVEY_WORDS
from lagesbild.presentation.sections import PART_NAMES, TYPE_WORDS, dimension_word
from lagesbild.presentation.wording import antal, count_word, joined, unit_heading

_KINDS = {
    Kind.INDIKATOR: "Indikator",
    Kind.UTVECKLINGSINDIKATOR: "Utvecklingsindikator: uppgifter att mäta den med saknas ännu",
    Kind.NYCKELTAL: "Nyckeltal: beskriver kommunen och dess förutsättningar",
}
_TIERS = {Tier.BAS: "Basindikator", Tier.FORDJUPNING: "Fördjupningsindikator"}
_DIRECTIONS = {
    Direction.HOG: "Höga värden är bra",
    Direction.LAG: "Låga värden är bra",
    Direction.INGEN: "Höga värden är varken bättre eller sämre än låga",
}
_ANSWER_DIRECTIONS = {
    Direction.HOG: "Ja är bra",
    Direction.LAG: "Nej är bra",
    Direction.INGEN: "Ja är varken bättre eller sämre än nej",
}
_ANSWERS = {Scale.JA_NEJ: "Svaret ja eller nej", Scale.JA_DELVIS_NEJ: "Svaret ja, delvis eller nej"}
_COUNTED = {
    Counted.PERSONER: "personer",
    Counted.HUSHALL: "hushåll",
    Counted.ENHETER: "enheter",
    Counted.KOMMUNER: "kommuner",
    Counted.KRONOR: "kronor",
}
_RHYTHMS = {1: "Varje år", 2: "Vartannat år", 3: "Vart tredje år", 4: "Vart fjärde år"}
_LEVELS = {
    Level.RIKE: "riket",
    Level.LAN: "län",
    Level.KOMMUNGRUPP: "kommungrupper",
    Level.KOMMUN: "kommuner",
    Level.STADSDEL: "stadsdelar",
    Level.ENHET: "enheter",
}
_STATES = {
    LifecycleState.AKTIV: "Mäts igen från",
    LifecycleState.PAUSAD: "Pausad från",
    LifecycleState.BORTTAGEN: "Borttagen från",
    LifecycleState.ERSATT_AV: "Ersatt från",
}


@dataclass(frozen=True)
class Fact:
    """A fact about an indicator: what it is about, and the fact in words. Both are plain text."""

    label: str
    text: str


@dataclass(frozen=True)
class Change:
    """A turn in an indicator's life or question.

    Parameters
    ----------
    year
        Its first year.
    text
        What happened, with its source; plain text.
    breaks
        Whether the series breaks.
    successor
        Id of the indicator that replaces this one, where one does.
    """

    year: int
    text: str
    breaks: bool = False
    successor: str | None = None


def facts(indicator: Indicator, year: int) -> tuple[Fact, ...]:
    """Return everything the catalogue tells of an indicator but its changes (`changes`), for the report year `year`."""
    return tuple(_facts(indicator, year))


def _facts(indicator: Indicator, year: int) -> Iterator[Fact]:
    if indicator.short_title != indicator.title:
        yield Fact("Kort namn", indicator.short_title)
    yield Fact("Hör till", _place(indicator))
    yield Fact("Typ", f"{TYPE_WORDS[indicator.type]}{_meaning(indicator.type)}")
    yield Fact("Mått", _measure(indicator))
    if indicator.numerator:
        yield Fact("Täljare", indicator.numerator)
    if indicator.denominator:
        yield Fact("Nämnare", indicator.denominator)
    yield Fact("Riktning", direction_words(indicator))
    yield Fact("Mäts", schedule(indicator, year))
    yield Fact("Källa", source_words(indicator))
    yield Fact("Redovisas för", _levels(indicator))
    yield Fact("Sekretess", threshold_words(indicator))
    if indicator.note:
        yield Fact("Kommentar", indicator.note)
    kolada = f"; i Kolada {indicator.kolada}" if indicator.kolada else ""
    yield Fact("Id", f"{indicator.id} i datafilerna{kolada}")


def _place(indicator: Indicator) -> str:
    if indicator.part is Part.KVALITET and indicator.dimension is not None:
        part = f"Kvalitet: {dimension_word(indicator.dimension).lower()}"
    else:
        part = PART_NAMES[indicator.part]
    kind = _KINDS[indicator.kind] if indicator.kind is not Kind.INDIKATOR else _TIERS[indicator.tier]
    return f"{part}. {kind}"


def _meaning(type_: IndicatorType) -> str:
    return {
        IndicatorType.STRUKTUR: ": vilka förutsättningar som finns",
        IndicatorType.PROCESS: ": vad som görs",
        IndicatorType.RESULTAT: ": hur det blev",
    }[type_]


def _measure(indicator: Indicator) -> str:
    if indicator.is_answer:
        of = "enheten" if indicator.survey is Survey.ENHETSUNDERSOKNING else "kommunen"
        return f"{_ANSWERS[indicator.scale]} från {of}. För riket och grupper: andelen kommuner som svarat ja, procent"
    unit = unit_heading(indicator)
    words = f"{unit[:1].upper()}{unit[1:]}" if unit else "Tal utan enhet"
    counted = _COUNTED[indicator.counted]
    told = counted in words.lower() or indicator.counted in (Counted.KRONOR, Counted.KOMMUNER)
    return words if told else f"{words}, räknat på {counted}"


def direction_words(indicator: Indicator) -> str:
    """Return which way is good: "Höga värden är bra"."""
    return (_ANSWER_DIRECTIONS if indicator.is_answer else _DIRECTIONS)[indicator.direction]


def schedule(indicator: Indicator, year: int) -> str:
    """Return how often an indicator is measured, since when, and when next: "Varje år sedan 2012. Nästa gång 2025"."""
    every = _RHYTHMS.get(indicator.frequency, f"En gång på {count_word(indicator.frequency)} år")
    now = standing(indicator, year)
    ended = now in (Standing.AVSLUTAD, Standing.BORTTAGEN, Standing.ERSATT)
    if now is Standing.UTVECKLING:
        return "Mäts inte ännu"
    first = indicator.first_year
    since = f" {'från' if ended or first > year else 'sedan'} {first}" if first else ""
    if indicator.yearly_until is not None and indicator.frequency > 1:
        begun = f" från {first}" if first else ""
        since = f"; varje år{begun} till och med {indicator.yearly_until}"
    sentences = [f"{every}{since}"]
    sentences.append("Mättes " + str(year) if now is Standing.MATS else f"Mättes inte {year}")
    coming = next_measured(indicator, year)
    over = f"Mäts inte efter {indicator.last_year}" if indicator.last_year else "Mäts inte mer"
    sentences.append(f"Nästa gång {coming}" if coming else over if ended else "Nästa gång är inte beslutad")
    return ". ".join(sentences)


def source_words(indicator: Indicator) -> str:
    """Return which survey or register the figures come from, and where the indicator is described."""
    described = f". Beskriven i {indicator.source_note}" if indicator.source_note else ""
    questions = f" ({antal(indicator.questions, 'fråga', 'frågor')})" if indicator.questions else ""
    return f"{SURVEY_WORDS[str(indicator.survey)]}{questions}{described}"


def _levels(indicator: Indicator) -> str:
    levels = joined([_LEVELS[Level(level)] for level in indicator.levels])
    return f"{levels}; kvinnor och män var för sig" if indicator.by_sex else f"{levels}; inte efter kön"


def threshold_words(indicator: Indicator) -> str:
    """Return from which number of persons a result is shown."""
    if indicator.threshold is None:
        return "Ingen gräns: måttet räknar inte personer"
    return f"Visas inte när det bygger på färre än {count_word(indicator.threshold)} {_COUNTED[indicator.counted]}"


def changes(indicator: Indicator) -> tuple[Change, ...]:
    """Return the turns of an indicator's life and the breaks in its series, the oldest first; plain text."""
    rules = series_rules()
    found = [Change(event.year, _event(event), successor=event.successor) for event in indicator.lifecycle]
    for rule in rules.recodings:
        if rule.kind is RuleKind.BROTT and rule.year is not None and indicator.id in rule.indicators:
            found.append(Change(rule.year, f"Serien bryts {rule.year}. {rule.text}", breaks=True))
        elif rule.kind is RuleKind.OMKODNING and indicator.id in rule.indicators:
            starts = [period.first for period in rule.periods if period.first is not None]
            found.append(Change(min(starts, default=0), f"Räknas ihop över ändrade frågor. {rule.text}"))
    for one in rules.changes:
        if indicator.id in one.indicators:
            found.append(Change(one.year, f"Serien bryts {one.year}. {one.text} Källa: {one.source}.", breaks=True))
    return tuple(sorted(found, key=lambda change: change.year))


def _event(event: LifecycleEvent) -> str:
    by = f" av {load_catalogue().by_id(event.successor).title}" if event.successor else ""
    source = f" Källa: {event.source}." if event.source else ""
    return f"{_STATES[event.state]} {event.year}{by}. {event.reason}{source}".rstrip()

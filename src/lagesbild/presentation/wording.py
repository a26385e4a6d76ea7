"""Sentences for the reports, in plain Swedish.

Every function is pure and returns plain text: a document escapes it (`escape.markdown_text`) where it goes
into Markdown. Every number carries its unit, and a change between percentages is in procentenheter. An
indicator without direction never gets "bättre" or "sämre".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lagesbild.catalogue.indicators import Direction, Indicator, Scale
from lagesbild.catalogue.vocabulary import Colour
from lagesbild.presentation import numbers

_WORDS = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")

_WAYS = {"forbattring": "förbättring", "forsamring": "försämring", "okning": "ökning", "minskning": "minskning"}

#: The labels of trender.parquet in words; those up to "för få mätningar" are of numbers, the rest of answers.
_TRENDS = {
    **{f"sakerstalld_{way}": f"säkerställd {word}" for way, word in _WAYS.items()},
    **{f"mojlig_{way}": f"möjlig {word}" for way, word in _WAYS.items()},
    "slump": "inom slumpen",
    "stabil": "stabil",
    "for_fa": "för få mätningar",
    "bibehallen": "ja även tidigare",
    "tillkommen": "ny sedan förra mätningen",
    "upphord": "finns inte längre",
    "vaxlande": "har växlat",
    "aldrig": "har inte funnits",
}
_TREND_SYMBOLS = {
    "sakerstalld_okning": "↑",
    "sakerstalld_minskning": "↓",
    "mojlig_okning": "↑",
    "mojlig_minskning": "↓",
    "stabil": "→",
    "tillkommen": "✓",
    "upphord": "×",
}

_COLOURS = {
    Colour.GRON: "bland de bästa",
    Colour.GUL: "i mitten",
    Colour.ROD: "bland de sämsta",
}


#: The codes of jamforelser.parquet's skillnad_* in words; untested differences have none.
_DIFFERENCES = {"battre": "bättre", "samre": "sämre", "hogre": "högre", "lagre": "lägre"}


def joined(items: Sequence[str], conjunction: str = "och") -> str:
    """Return "a, b och c" (no comma before "och", as Swedish has it); empty text for no items."""
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} {conjunction} {items[-1]}"


def count_word(n: int, *, neuter: bool = False) -> str:
    """Return a count in letters up to twelve, in digits from thirteen (Svenska skrivregler).

    `neuter` gives "ett" instead of "en".
    """
    if n == 1 and neuter:
        return "ett"
    return _WORDS[n] if 0 <= n < len(_WORDS) else numbers.number(n)


def antal(n: int, singular: str, plural: str, *, neuter: bool = False) -> str:
    """Return a count with its noun: "en kommun", "tre kommuner", "290 kommuner", "inga kommuner"."""
    if n == 0:
        return f"inga {plural}"
    return f"{count_word(n, neuter=neuter)} {singular if n == 1 else plural}"


def figures_words(some: Sequence[Indicator]) -> str:
    """Return a count of indicators by what they are: "52 indikatorer", "tre frågor", "112 indikatorer och frågor"."""
    asked = sum(one.is_answer for one in some)
    if asked == 0:
        return antal(len(some), "indikator", "indikatorer")
    if asked == len(some):
        return antal(asked, "fråga", "frågor")
    return f"{count_word(len(some))} indikatorer och frågor"


def capitalised(sentence: str) -> str:
    """Return `sentence` with its first letter large and the rest untouched ("LSS-boende" stays)."""
    return sentence[:1].upper() + sentence[1:]


def colour_words(colour: str) -> str:
    """Return what a colour means in running text: "bland de bästa", "i mitten", "bland de sämsta"."""
    return _COLOURS[Colour(colour)]


def trend_words(label: str) -> str:
    """Return a trend label of trender.parquet in words.

    Raises
    ------
    ValueError
        If the label is none of the known ones.
    """
    if label not in _TRENDS:
        raise ValueError(f"unknown trend label {label!r}; known are {', '.join(_TRENDS)}")
    return _TRENDS[label]


def trend_way(label: str | None) -> str | None:
    """Return which way a secured or possible trend goes ("förbättring", "ökning"), or None where it is neither."""
    return _WAYS.get((label or "").partition("_")[2])


def trend_cell(label: str, slope: float | None = None) -> str:
    """Return a trend for a table cell, words with an arrow where something moved.

    The arrow of förbättring and försämring shows which way the value went, which for waiting times is down
    when it gets better; it needs `slope` and is left out without it.
    """
    words = trend_words(label)
    if label.endswith(("_forbattring", "_forsamring")):
        if slope is None or numbers.is_missing(slope) or slope == 0:
            return words
        return f"{'↑' if slope > 0 else '↓'} {words}"
    symbol = _TREND_SYMBOLS.get(label)
    return f"{symbol} {words}" if symbol else words


def better_or_worse(change: float, direction: Direction) -> str | None:
    """Return "bättre" or "sämre" for a change or difference, or None where nothing can be said."""
    if direction is Direction.INGEN or change == 0:
        return None
    return "bättre" if (change > 0) == (direction is Direction.HOG) else "sämre"


def _printed(value: float, indicator: Indicator) -> str:
    """Return the number as it prints, without unit."""
    return numbers.number(value, numbers.decimals_of(indicator.scale, value))


def change_phrase(first: float, last: float, first_year: int, indicator: Indicator) -> str:
    """Return "har ökat från 81 till 87 procent sedan 2022", as the printed numbers say it.

    A change that doesn't show in the printed numbers is "ligger kvar på 87 procent sedan 2022": a reader
    would otherwise see "från 87 till 87".
    """
    before, after = _printed(first, indicator), _printed(last, indicator)
    now = numbers.with_unit(last, indicator)
    if before == after:
        return f"ligger kvar på {now} sedan {first_year}"
    return f"har {'ökat' if last > first else 'minskat'} från {before} till {now} sedan {first_year}"


def trend_phrase(first: float, last: float, first_year: int, indicator: Indicator, slope: float | None) -> str:
    """Return a secured trend in words: by its end points where they tell the same, else by its direction.

    A trend is tested on all years. Where first and last year print alike, or go the other way, end points
    would contradict it: then it is "har en nedåtgående trend sedan 2016, senast 81 procent".
    """
    before, after = _printed(first, indicator), _printed(last, indicator)
    if slope is None or (before != after and (last > first) == (slope > 0)):
        return change_phrase(first, last, first_year, indicator)
    way = "uppåtgående" if slope > 0 else "nedåtgående"
    return f"har en {way} trend sedan {first_year}, senast {numbers.with_unit(last, indicator)}"


def answers_sentence(yes: int, partly: int, no: int) -> str:
    """Return the count of answers: "Svaret är ja på 14 av 20 kvalitetsfrågor, delvis på 2 och nej på 4."."""
    asked = yes + partly + no
    if asked == 0:
        return "Kommunen har inte svarat på några kvalitetsfrågor."
    given = [(answer, n) for answer, n in (("ja", yes), ("delvis", partly), ("nej", no)) if n]
    if len(given) == 1:
        every = {1: "den enda kvalitetsfrågan", 2: "båda kvalitetsfrågorna"}
        return f"Svaret är {given[0][0]} på {every.get(asked, f'alla {count_word(asked)} kvalitetsfrågor')}."
    word = _alike(asked, neuter=False)
    (first, most), *others = given
    parts = [
        f"{first} på {word(most)} av {word(asked)} kvalitetsfrågor",
        *(f"{answer} på {word(n)}" for answer, n in others),
    ]
    return f"Svaret är {joined(parts)}."


def colours_sentence(green: int, yellow: int, red: int) -> str:
    """Return how many results are of each colour: "Av tre kvalitetsresultat ... ligger två bland de bästa och ett ...".

    A colour that no result has is left out.
    """
    total = green + yellow + red
    if total == 0:
        return "Inga kvalitetsresultat kan jämföras med andra kommuner i år."
    counts = ((Colour.GRON, green), (Colour.GUL, yellow), (Colour.ROD, red))
    there = [(_COLOURS[colour], n) for colour, n in counts if n]
    if len(there) == 1:
        every = {1: "Det enda kvalitetsresultatet", 2: "Båda kvalitetsresultaten"}
        head = every.get(total, f"Alla {count_word(total)} kvalitetsresultat")
        return f"{head} som kan jämföras ligger {there[0][0]}."
    word = _alike(total, neuter=True)
    parts = joined([f"{word(n)} {place}" for place, n in there])
    return f"Av {word(total)} kvalitetsresultat som kan jämföras ligger {parts}."


def secured_difference(code: str, level: float | None) -> str:
    """Return a tested difference for a table cell: "bättre (99,8 %)", "ingen", or "–" where untested.

    The column's head says that it is secured differences that are told.

    Parameters
    ----------
    code
        As `lagesbild.methods.differences.difference_words` gives it.
    level
        The level in percent at which it is secured.
    """
    if code in _DIFFERENCES and level is not None:
        return f"{_DIFFERENCES[code]} ({numbers.number(level, 0 if level == round(level) else 1)}{numbers.HARD_SPACE}%)"
    return "ingen" if code == "ingen" else "–"


def secured_sentence(best: tuple[int, int], worst: tuple[int, int]) -> str:
    """Return how many of the greens and reds differ from riket by more than chance gives; empty where there are none.

    Parameters
    ----------
    best, worst
        How many are among the best (the worst), and how many of those are secured better (worse) than riket.
    """
    ends = (
        (best, _COLOURS[Colour.GRON], "bättre än riket"),
        (worst, _COLOURS[Colour.ROD], "sämre än riket"),
    )
    parts = [_of_them(*counts, place, verdict) for counts, place, verdict in ends if counts[0]]
    return f"{capitalised(joined(parts))}." if parts else ""


def _of_them(whole: int, part: int, place: str, verdict: str) -> str:
    """Return "två av de fyra bland de bästa är säkerställt bättre än riket"."""
    said = f"{place} är {{}}säkerställt {verdict}"
    if whole == 1:
        return f"det enda {said.format('' if part else 'inte ')}"
    word = _alike(whole, neuter=True)
    if part == whole:
        return f"{'båda' if whole == 2 else f'alla {word(whole)}'} {said.format('')}"
    return f"{word(part)} av de {word(whole)} {said.format('')}"


def _alike(whole: int, *, neuter: bool) -> Callable[[int], str]:
    """Return how the parts of `whole` are written: in letters up to twelve, from there in digits but none and one."""
    none, one = ("inget", "ett") if neuter else ("ingen", "en")
    if whole < len(_WORDS):
        return lambda n: none if n == 0 else count_word(n, neuter=neuter)
    return lambda n: (none, one)[n] if n < 2 else numbers.number(n)


def series_phrase(points: Sequence[tuple[int, float | None]], indicator: Indicator) -> str:
    """Return a series in words, for text alternatives: "från 81 procent 2016 till 87 procent 2024".

    Years without a value between the first and the last are named.
    """
    known = [(year, value) for year, value in points if value is not None and not numbers.is_missing(value)]
    if not known:
        return "inga värden"
    (first_year, first), (last_year, last) = known[0], known[-1]
    end = f"{numbers.with_unit(last, indicator)} {last_year}"
    if len(known) == 1:
        return f"{end}, enda mätningen"
    missing = [str(y) for y, v in points if first_year < y < last_year and (v is None or numbers.is_missing(v))]
    gap = f", utan värde {joined(missing)}" if missing else ""
    return f"från {numbers.with_unit(first, indicator)} {first_year} till {end}{gap}"


def unit_heading(indicator: Indicator) -> str:
    """Return the unit for a column head or axis: "procent", "dagar", "kr per invånare", "ja eller nej"."""
    if indicator.is_answer:
        return "ja, delvis eller nej" if indicator.scale is Scale.JA_DELVIS_NEJ else "ja eller nej"
    return numbers.unbroken(indicator.unit_text)

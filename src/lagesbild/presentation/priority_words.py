"""The grounds of a gross list in words: every place in the list explains itself."""

from __future__ import annotations

from lagesbild.catalogue.indicators import Counted, Indicator, Scale
from lagesbild.catalogue.priority_weights import Concern
from lagesbild.methods.priorities import Priority
from lagesbild.methods.priority_points import Points
from lagesbild.presentation.numbers import difference, number
from lagesbild.presentation.wording import joined

#: What the grounds are called, for heads and for what is missing.
CONCERN_WORDS = {
    Concern.FARG: "plats eller svar",
    Concern.SKILLNAD: "skillnad mot riket",
    Concern.TREND: "utveckling",
    Concern.LIKNANDE: "liknande kommuner",
    Concern.INVANARE: "antal berörda",
    Concern.DATA: "datakvalitet",
    Concern.AKTUALITET: "aktualitet",
}
#: The outcomes of the grounds with steps, in words.
OUTCOME_WORDS = {
    (Concern.FARG, "rod"): "bland de sämsta",
    (Concern.FARG, "gul"): "i mitten bland kommunerna",
    (Concern.FARG, "gron"): "bland de bästa",
    (Concern.FARG, "nej"): "svaret är nej",
    (Concern.FARG, "delvis"): "svaret är delvis",
    (Concern.FARG, "ja"): "svaret är ja",
    (Concern.SKILLNAD, "samre_998"): "mycket säkert sämre än riket",
    (Concern.SKILLNAD, "samre_95"): "säkert sämre än riket",
    (Concern.SKILLNAD, "ingen"): "ingen säkerställd skillnad mot riket",
    (Concern.SKILLNAD, "battre"): "säkert bättre än riket",
    (Concern.TREND, "sakerstalld_forsamring"): "försämras säkerställt",
    (Concern.TREND, "mojlig_forsamring"): "försämras kanske",
    (Concern.TREND, "slump"): "ändras inte mer än slumpen kan ge",
    (Concern.TREND, "stabil"): "ligger stilla",
    (Concern.TREND, "mojlig_forbattring"): "förbättras kanske",
    (Concern.TREND, "sakerstalld_forbattring"): "förbättras säkerställt",
    (Concern.TREND, "upphord"): "fanns tidigare men inte nu",
    (Concern.TREND, "vaxlande"): "svaret har växlat",
    (Concern.TREND, "aldrig"): "har inte funnits tidigare heller",
    (Concern.TREND, "bibehallen"): "ja även tidigare",
    (Concern.TREND, "tillkommen"): "nytt sedan förra mätningen",
    (Concern.DATA, "A"): "data goda, A",
    (Concern.DATA, "B"): "data godtagbara, B",
    (Concern.DATA, "C"): "data osäkra, C",
    (Concern.DATA, "D"): "data bristfälliga, D",
}


def points_text(points: float) -> str:
    """Return points as they print: whole, or with one decimal where they are not."""
    rounded = round(points, 6)
    return number(rounded, 0 if rounded.is_integer() else 1)


def ground_words(ground: Points, indicator: Indicator) -> str:
    """Return one known ground in words, without its points."""
    if ground.concern is Concern.LIKNANDE:
        return _similar(ground.figure, indicator)
    if ground.concern is Concern.INVANARE:
        noun = "hushåll" if indicator.counted is Counted.HUSHALL else "personer"
        return f"resultatet gäller {number(ground.figure)} {noun}"
    if ground.concern is Concern.AKTUALITET:
        return f"mätt {ground.figure:.0f}"
    return OUTCOME_WORDS[ground.concern, ground.outcome]


def _similar(ahead: float, indicator: Indicator) -> str:
    if indicator.is_answer:
        # The kommun's own nej is 0, its ja 100: what is ahead is what the others answer.
        share = ahead if ahead >= 0 else 100.0 + ahead
        return f"{number(share)} procent av liknande kommuner svarar ja"
    told = difference(abs(ahead), indicator).lstrip("+")
    if told == "ingen skillnad":
        return "liknande kommuner ligger lika"
    unit = " indexenheter" if indicator.scale is Scale.INDEX else ""  # an index has no unit that tells what it is
    return f"liknande kommuner ligger {told}{unit} {'bättre' if ahead > 0 else 'sämre'}"


def explained(priority: Priority, *, points: bool = True) -> str:
    """Return why an indicator has its place: each ground in words with its points, last what nothing is known of.

    Plain text; escape it where it goes into Markdown.
    """
    told = []
    for ground in priority.grounds:
        if ground.known:
            words = ground_words(ground, priority.indicator)
            told.append(f"{words} (+{points_text(ground.points)})" if points else words)
    unknown = [CONCERN_WORDS[one.concern] for one in priority.grounds if not one.known]
    if unknown:
        words = f"uppgift saknas om {joined(unknown)}"
        told.append(f"{words} (+{points_text(priority.unknown_points)})" if points else words)
    text = ", ".join(told)
    return text[:1].upper() + text[1:]

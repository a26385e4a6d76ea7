"""What an indicator measures, how far it can be trusted, and riket's result with its change in words."""

from __future__ import annotations

from typing import NamedTuple

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.catalogue.plan import Standing, planned
from lagesbild.catalogue.recodings import breaks
from lagesbild.catalogue.vocabulary import Sex
from lagesbild.methods.interval_difference import Estimate, difference, is_secured
from lagesbild.methods.quality_grade import Grade
from lagesbild.presentation import numbers
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.indicator_facts import direction_words
from lagesbild.presentation.indicator_page.view import IndicatorView, Result, Trend
from lagesbild.presentation.quality_words import grade_text
from lagesbild.presentation.wording import antal, better_or_worse, capitalised, trend_words

#: Titles of percentages that name what is counted: "andelen" can stand before them.
_COUNTED = (
    "Anhöriga", "Barn", "Biståndsmottagare", "Boende", "Bostäder", "Dagliga verksamheter", "Deltagare", "Elever",
    "Enheter", "Handläggare", "Hushåll", "Invånare", "Nya ansökningar", "Omsorgspersonal", "Personer", "Placerade",
    "Särskilda boenden", "Unga", "Vuxna", "Vårdnadshavare", "Yngre barn", "Äldre",
)  # fmt: skip
_NO_RESULTS = {
    Standing.UTVECKLING: "Den är en utvecklingsindikator: det finns ännu inga uppgifter att mäta den med.",
    Standing.EJ_BORJAD: "Den har inte börjat mätas.",
    Standing.PAUSAD: "Den är pausad.",
    Standing.BORTTAGEN: "Den är borttagen.",
    Standing.ERSATT: "Den är ersatt av en annan indikator.",
    Standing.AVSLUTAD: "Den har slutat mätas.",
}


_GRADES = {
    Grade.GOD: "Kontrollerna har inte funnit något av betydelse.",
    Grade.GODTAGBAR: "Det finns mindre brister.",
    Grade.OSAKER: "Uppgifterna ska tolkas med försiktighet.",
    Grade.BRISTFALLIG: "Det går knappast att dra slutsatser av uppgifterna.",
}


def measures(indicator: Indicator) -> str:
    """Return in a sentence or two what the indicator measures, and which way is good; plain text."""
    title, way = _inside(indicator.title), f"{direction_words(indicator)}."
    if indicator.is_answer:
        answers = "ja, delvis eller nej" if indicator.scale is Scale.JA_DELVIS_NEJ else "ja eller nej"
        asked = f"Kommunerna svarar {answers} på om detta finns eller stämmer: {title}."
        return f"{asked} {way}"
    unit = numbers.unbroken(indicator.unit_text)
    if indicator.scale is Scale.PROCENT and indicator.title.startswith(_COUNTED):
        return f"Måttet visar andelen {title}, i {unit}. {way}"
    return f"Måttet visar {title} ({unit}). {way}"


def _inside(title: str) -> str:
    """Return a title inside a sentence; an abbreviation keeps its capitals."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def quality_text(view: IndicatorView) -> str:
    """Return how far the latest figures can be trusted, as Markdown; empty where they haven't been graded."""
    grade, reasons = view.grade
    if not grade:
        return ""
    said = f"**Uppgifternas säkerhet {view.latest}: {grade_text(grade)}.** {_GRADES[Grade(grade)]}"
    return f"{said} {markdown_text(reasons)}".rstrip()


def no_results(view: IndicatorView, first: int) -> str:
    """Return why an indicator has no figures in the years from `first` to the report year, as Markdown."""
    plan = planned(view.indicator, view.year)
    said = [f"Det finns inga resultat att visa för åren {first}–{view.year}."]
    if plan.standing in _NO_RESULTS:
        said.append(_NO_RESULTS[plan.standing])
    elif view.indicator.kolada is None and not view.synthetic:
        said.append("Uppgifterna finns inte i källan, Kolada.")
    if plan.next_year is not None:
        said.append(f"Enligt mätplanen mäts den nästa gång {plan.next_year}.")
    return " ".join(said)


def older_note(view: IndicatorView) -> str:
    """Return that the results are of an earlier year than the report's, and when the next are due; else nothing."""
    if view.latest is None or view.latest == view.year:
        return ""
    plan = planned(view.indicator, view.year)
    said = f"Det finns inga resultat för {view.year}. Resultaten här gäller {view.latest}."
    if plan.standing in _NO_RESULTS:
        return f"{said} {_NO_RESULTS[plan.standing]}"
    return f"{said} Nästa mätning är {plan.next_year}." if plan.next_year else said


def national_text(view: IndicatorView) -> str:
    """Return riket's latest result, its change and its trend, and women's and men's, as Markdown paragraphs."""
    series = view.riket()
    if view.latest is None or view.latest not in series:
        return "Riket har inget resultat."
    now = series[view.latest]
    parts = [f"{_result(view, now)} {_change(view, series)}".rstrip(), _trend(view.indicator, view.national_trend)]
    if view.indicator.scale is Scale.KRONOR:
        parts.append("Beloppen är i löpande priser, så en del av en ökning är allmänna prishöjningar.")
    sexes = _sexes(view)
    return "\n\n".join([" ".join(part for part in parts if part), *([sexes] if sexes else [])])


def _result(view: IndicatorView, now: Result) -> str:
    indicator, value = view.indicator, now.value or 0.0
    if indicator.is_answer:
        counts = view.answers_in(view.latest or 0)
        share = numbers.with_unit(value, indicator)
        return (
            f"**{share} av kommunerna svarade ja {view.latest}**, {counts['ja']} av {sum(counts.values())} som svarat."
        )
    said = f"**{capitalised(numbers.with_unit(value, indicator))} i riket {view.latest}**"
    if now.lower is not None and now.upper is not None:
        places = max(1, numbers.decimals_of(indicator.scale, value)) if abs(value) < 1000 else 0
        said += f" (osäkerhet {numbers.interval(now.lower, now.upper, places)})"
    return f"{said}. {_kind(view, now)}"


def _kind(view: IndicatorView, now: Result) -> str:
    many = "" if now.n_kommuner is None else antal(now.n_kommuner, "kommun", "kommuner")
    return {
        "redovisad": "Värdet är källans eget för hela landet.",
        "vagd": f"Värdet är beräknat av uppgifter från {many}, där stora kommuner väger mer.",
        "ovagd": f"Värdet är ett medelvärde av {many}, där alla väger lika.",
    }.get(view.weighting, "")


class Change(NamedTuple):
    """Riket's change since the measuring before: when that was, how much, and whether it is more than chance."""

    before: int
    gap: float
    secured: bool | None  # None where it can't be tested


def change(view: IndicatorView) -> Change | None:
    """Return riket's change since the measuring before the latest; None where there is none to compare with."""
    series, latest = view.riket(), view.latest or 0
    earlier = [year for year in series if year < latest]
    if latest not in series or not earlier or _broken(view, earlier[-1]):
        return None
    now, before = series[latest], series[earlier[-1]]
    gap = _difference(now, before)
    return Change(earlier[-1], (now.value or 0.0) - (before.value or 0.0), None if gap is None else is_secured(gap))


def _broken(view: IndicatorView, before: int) -> bool:
    """Tell whether question or method has changed between a year and the latest."""
    return any(before < year <= (view.latest or 0) for year in breaks(view.indicator.id))


def _change(view: IndicatorView, series: dict[int, Result]) -> str:
    earlier = [year for year in series if year < (view.latest or 0)]
    if not earlier:
        return "Det finns ingen tidigare mätning att jämföra med."
    if _broken(view, earlier[-1]):
        return f"Resultatet kan inte jämföras med {earlier[-1]}, eftersom frågan eller metoden har ändrats."
    found = change(view)
    return "" if found is None else _changed(view.indicator, found)


def _changed(indicator: Indicator, found: Change) -> str:
    """Return a change and whether it is more than chance, in a sentence or two."""
    told = numbers.difference(found.gap, indicator)
    if told == "ingen skillnad":
        return f"Det är ingen skillnad mot {found.before}."
    way = "ökat" if found.gap > 0 else "minskat"
    said = f"Sedan {found.before} har resultatet {way} med {told.lstrip('+' + numbers.MINUS)}"
    if found.secured is None:
        return f"{said}. Om det är mer än slumpen går inte att pröva, eftersom underlaget inte är känt."
    if not found.secured:
        return f"{said}, vilket ryms inom slumpen."
    return f"{said}. Det är {_named(found.gap, indicator)}."


def _named(change: float, indicator: Indicator) -> str:
    way = better_or_worse(change, indicator.direction)
    word = {"bättre": "förbättring", "sämre": "försämring"}.get(way or "", "ökning" if change > 0 else "minskning")
    return f"en statistiskt säkerställd {word}"


def _difference(first: Result, second: Result) -> Estimate | None:
    pairs = [(one.value, one.lower, one.upper) for one in (first, second)]
    if any(part is None for pair in pairs for part in pair):
        return None
    one, other = (Estimate(*(part or 0.0 for part in pair)) for pair in pairs)
    return difference(one, other)


def _trend(indicator: Indicator, trend: Trend | None) -> str:
    if trend is None or trend.first_year is None:
        return ""
    if trend.label == "for_fa":
        return "Mätningarna är för få för att visa en trend."
    years = f"{trend.first_year}–{trend.last_year}"
    if trend.label == "slump":
        return f"På längre sikt, {years}, syns ingen trend utöver slumpen."
    if trend.label == "stabil":
        return f"På längre sikt, {years}, är resultatet stabilt."
    said = f"På längre sikt, {years}, är utvecklingen en {trend_words(trend.label)}"
    if trend.slope is None:
        return f"{said}."
    return f"{said}; trenden är {numbers.difference(trend.slope, indicator)} per år."


def _sexes(view: IndicatorView) -> str:
    """Return women's and men's results in riket and whether they differ; empty where they aren't told apart."""
    women, men = (view.riket(sex).get(view.latest or 0) for sex in (Sex.KVINNOR, Sex.MAN))
    if women is None or men is None or women.value is None or men.value is None:
        return ""
    indicator = view.indicator
    places = numbers.row_decimals(indicator.scale, [women.value, men.value])
    said = f"Kvinnor: {numbers.with_unit(women.value, indicator, places)}. "
    said += f"Män: {numbers.with_unit(men.value, indicator, places)}."
    gap = _difference(women, men)
    if gap is None:
        return said
    if not is_secured(gap):
        return f"{said} Skillnaden ryms inom slumpen."
    higher = "högre" if gap.value > 0 else "lägre"
    size = numbers.difference(abs(gap.value), indicator).lstrip("+")
    if size == "ingen skillnad":
        return said
    return f"{said} Kvinnornas resultat är {size} {higher}, och skillnaden är statistiskt säkerställd."

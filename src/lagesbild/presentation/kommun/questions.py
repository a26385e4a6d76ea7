"""Questions to ask: those of the analysis handbook's steps, put to the kommun's own results.

Analyshandbok för öppna jämförelser (Socialstyrelsen and SKL, 2012) asks step by step: what seems a problem and why,
what type of indicator it is, what it rests on, who has solved it already. Each question here names a result, and the
page of the handbook that it comes from. The words are our own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.indicators import IndicatorType, Part, Scale
from lagesbild.catalogue.vocabulary import Answer, Colour
from lagesbild.methods.priorities import Priority
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.kommun.costs_beside import away_share
from lagesbild.presentation.kommun.priorities import on_few
from lagesbild.presentation.kommun.sex_gaps import SexGap, gap_phrase
from lagesbild.presentation.kommun.to_phone import ToPhone, phone_names
from lagesbild.presentation.kommun.view import KommunView, Result
from lagesbild.presentation.numbers import cell, number, row_decimals
from lagesbild.presentation.sections import of_quality
from lagesbild.presentation.wording import antal, count_word

#: An answer nej is asked about when it has stood for so many years.
LASTING = 3
#: A cost is asked about when it is this share away from similar kommuner.
FAR = 0.15

HANDBOOK = "Analyshandbok för öppna jämförelser (Socialstyrelsen och Sveriges Kommuner och Landsting, 2012)"


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """What the questions are put from.

    Parameters
    ----------
    view
        The kommun.
    found
        The gross list (`lagesbild.methods.priorities.priorities`).
    gaps
        Differences between women and men.
    chosen
        Kommuner to phone.
    areas
        The report's areas.
    """

    view: KommunView
    found: Sequence[Priority]
    gaps: Sequence[SexGap]
    chosen: Sequence[ToPhone]
    areas: Sequence[Area]


def questions_section(grounds: Grounds) -> str:
    """Return the section, without its heading: an introduction and the questions step by step."""
    parts = [
        f"Siffrorna säger var kommunen ligger, inte varför. Frågorna följer stegen i {HANDBOOK}; sidan står inom "
        "parentes. De är ställda till kommunens egna resultat och besvaras bäst av dem som känner verksamheten."
    ]
    for step, askers in _STEPS.items():
        asked = [question for question in (ask(grounds) for ask in askers) if question]
        if asked:
            parts.append(f"**{step}**\n\n" + "\n".join(f"- {question}" for question in asked))
    return "\n\n".join(parts)


def _named(result: Result) -> str:
    one = result.indicator
    return f"*{markdown_text(one.short_title)}* ({area_called(one.area).name})"


def _first(grounds: Grounds) -> str:
    firm = next((one for one in grounds.found if not on_few(one)), None)
    if firm is None:
        return ""
    one = firm.indicator
    return (
        f"Flest skäl talar för att analysera *{markdown_text(one.short_title)}* ({area_called(one.area).name}). Hänger "
        "det ihop med nämndens mål, hur många berörs, och pågår det redan något som inte hunnit synas i siffrorna? "
        "(s. 27)"
    )


def _worse(grounds: Grounds) -> str:
    found = [one for one in _quality(grounds.view) if one.trend == "sakerstalld_forsamring" and not one.small_base]
    if not found:
        return ""
    one = found[0]
    more = f" Detsamma gäller {antal(len(found) - 1, 'resultat', 'resultat', neuter=True)} till." if found[1:] else ""
    return (
        f"{_named(one)} har säkert blivit sämre sedan {grounds.view.trend_begins(one.indicator)}.{more} Vad ändrades "
        "då, och fortsätter det om inget görs? (s. 23–24)"
    )


def _good(grounds: Grounds) -> str:
    found = [one for one in _quality(grounds.view) if one.colour == Colour.GRON and one.secured and not one.small_base]
    if not found:
        return ""
    one = min(found, key=lambda result: ((result.rank or 0) / (result.n_reporting or 1), result.indicator.id))
    return (
        f"{_named(one)} ligger bland de bästa och är säkert bättre än riket. Vad beror det på, och behöver något göras "
        "för att det ska bestå? (s. 23)"
    )


def _used(grounds: Grounds) -> str:
    """Ask where much is in place and results are still bad."""
    best: tuple[float, str] = (0.0, "")
    for area in grounds.areas:
        results = [one for one in grounds.view.results(area.id) if one.known and of_quality(one.indicator)]
        answers = [one for one in results if one.answer]
        yes = sum(one.answer == Answer.JA for one in answers)
        bad = sum(one.colour == Colour.ROD and one.indicator.type is IndicatorType.RESULTAT for one in results)
        if len(answers) >= 3 and yes / len(answers) >= 0.75 and bad > best[0]:
            noun = antal(bad, "resultat ligger", "resultat ligger", neuter=True)
            text = (
                f"I {area.name.lower().replace('lss', 'LSS')} svarar kommunen ja på {count_word(yes)} av "
                f"{count_word(len(answers))} kvalitetsfrågor, men {noun} bland de sämsta. Används det som finns på "
                "plats, och når det fram till dem som får stöd? (s. 34)"
            )
            best = (bad, text)
    return best[1]


def _lasting_no(grounds: Grounds) -> str:
    found = []
    for one in grounds.view.results(answers=True):
        if one.answer == Answer.NEJ and of_quality(one.indicator):
            given = [(year, answer) for year, answer in grounds.view.answers(one.indicator) if answer]
            since = given[-1][0]
            for year, answer in reversed(given):
                if answer != Answer.NEJ:
                    break
                since = year
            if grounds.view.year - since >= LASTING:
                found.append((since, one))
    if not found:
        return ""
    since, one = min(found, key=lambda pair: (pair[0], pair[1].indicator.id))
    rest = len(found) - 1
    more = f" {count_word(rest).capitalize()} nej till har stått i minst {count_word(LASTING)} år." if rest else ""
    return (
        f"{_named(one)} har haft svaret nej sedan {since}.{more} Är det ett val, och vem kan besluta om annat? "
        "(s. 35–36)"
    )


def _women_and_men(grounds: Grounds) -> str:
    found = [one for one in grounds.gaps if one.told]
    if not found:
        return ""
    one = min(found, key=lambda gap: (not gap.secured, -abs(gap.gap), gap.indicator.id))
    sure = "Skillnaden är säker" if one.secured else f"Så har det varit {count_word(one.same_way)} mätningar i rad"
    return (
        f"*{markdown_text(one.indicator.short_title)}* ({area_called(one.indicator.area).name}): {gap_phrase(one)}. "
        f"{sure}. Får kvinnor och män olika stöd, eller har de olika behov? Vad säger brukarna själva? (s. 32, 37)"
    )


def _units(grounds: Grounds) -> str:
    spreads = [
        (one, grounds.view.additions.units[one.indicator.id])
        for one in _quality(grounds.view)
        if one.indicator.id in grounds.view.additions.units and one.indicator.scale is Scale.PROCENT
    ]
    wide = [pair for pair in spreads if pair[1].chance is not None and pair[1].chance < 0.05]
    if not wide:
        return ""
    one, spread = max(wide, key=lambda pair: (pair[1].highest - pair[1].lowest, pair[0].indicator.id))
    decimals = row_decimals(one.indicator.scale, (spread.lowest, spread.highest))
    low, high = (cell(value, one.indicator.scale, decimals=decimals) for value in (spread.lowest, spread.highest))
    return (
        f"{_named(one)}: enheterna ligger mellan {low} och {high} procent, mer än slumpen ger. Vad gör de olika, och "
        "har någon enhet redan löst det som är svårt för andra? (s. 37, 45)"
    )


def _costs(grounds: Grounds) -> str:
    costs = [
        (one, share)
        for one in grounds.view.results(answers=False)
        if one.known and one.indicator.part is Part.KOSTNADSNYCKELTAL and one.indicator.scale is Scale.KRONOR
        if one.liknande is not None and (share := away_share(one)) is not None and abs(share) >= FAR
    ]
    if not costs:
        return ""
    one, share = max(costs, key=lambda pair: (abs(pair[1]), pair[0].indicator.id))
    return (
        f"{_named(one)} är {number(100 * abs(share))} procent {'högre' if share > 0 else 'lägre'} än i liknande "
        "kommuner. Vilka behov, förutsättningar och beslut ligger bakom, och vad får brukarna för pengarna? (s. 22, 32)"
    )


def _doubtful(grounds: Grounds) -> str:
    found = [one for one in grounds.view.results() if one.known and one.finding]
    if not found:
        return ""
    noun = antal(len(found), "uppgift", "uppgifter")
    which = f"bland annat {_named(found[0])}. Stämmer de" if found[1:] else f"{_named(found[0])}. Stämmer den"
    return f"Kontrollerna undrar över {noun} (†), {which} med det som kommunen har lämnat? (s. 23)"


def _phone(grounds: Grounds) -> str:
    if not grounds.chosen:
        return ""
    return (
        f"Vad har {phone_names(grounds.chosen)} gjort som går att använda här? Deras resultat står i [Kommuner att "
        "ringa](#sec-ringa). (s. 45)"
    )


def _goal(grounds: Grounds) -> str:
    return (
        "Vad ska förändringen leda till för brukarna, vem gör vad och när, och vilken siffra i den här rapporten ska "
        "ha ändrats om två år? (s. 47, 53)"
    )


def _quality(view: KommunView) -> list[Result]:
    return [one for one in view.results(answers=False) if one.value is not None and of_quality(one.indicator)]


#: The handbook's steps and who asks in each.
_STEPS: dict[str, tuple[Callable[[Grounds], str], ...]] = {
    "Steg 2. Vad ska analyseras vidare?": (_first, _worse, _good, _doubtful),
    "Steg 3. Vad påverkar resultaten?": (_used, _lasting_no, _women_and_men, _units, _costs),
    "Steg 4 och 5. Vad kan göras, och hur följs det upp?": (_phone, _goal),
}

"""What the three types of indicator say in an area: conditions (structure), ways of working (process), results."""

from __future__ import annotations

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.indicators import Indicator, IndicatorType, Tier
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.national.changes import BETTER, WORSE
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.numbers import difference, number, with_unit
from lagesbild.presentation.pair_dots import Pair, pair_dots
from lagesbild.presentation.sections import TYPE_WORDS, of_quality
from lagesbild.presentation.tables import Cell, Column, captioned_table
from lagesbild.presentation.wording import antal, capitalised, count_word

#: Rows in the picture of the kommuner's answers, by whether there is room.
MOST_ROWS = {False: 6, True: 10}
#: Shares of kommuner that answer ja from which something is called common, and under which it is called rare.
COMMON, RARE = 90.0, 50.0

_MEANING = {
    IndicatorType.STRUKTUR: "Förutsättningar: det som ska finnas på plats, till exempel rutiner och personal",
    IndicatorType.PROCESS: "Arbetssätt: det som görs, till exempel utredning, uppföljning och väntetid",
    IndicatorType.RESULTAT: "Utfall: det som insatserna ger för den enskilde",
}


def types_section(view: NationalView, area: Area, *, level: int) -> list[str]:
    """Return the Markdown blocks of what structure, process and result say; none where nothing is measured."""
    numbers = view.measured(area.id, answers=False)
    answers = view.measured(area.id, answers=True)
    quality = [one for one in [*numbers, *answers] if of_quality(one)]
    if not quality:
        return []
    parts = [f"{'#' * level} Struktur, process och resultat", _table(view, area, quality)]
    for kind, word in ((IndicatorType.STRUKTUR, "Struktur"), (IndicatorType.PROCESS, "Process")):
        told = _answers_told(view, [one for one in answers if one.type is kind])
        if told:
            parts.append(f"**{word}.** {told}")
    results = [one for one in numbers if one.type is IndicatorType.RESULTAT and of_quality(one)]
    if results:
        parts.append(f"**Resultat.** {_results_told(view, results)}")
    return [*parts, *_picture(view, area, answers)]


def _table(view: NationalView, area: Area, quality: list[Indicator]) -> str:
    columns = [
        Column(head="Typ", width=1.0),
        Column(head="Vad den säger", width=3.6),
        Column(head="Mätta", align="right", width=0.8),
        Column(head="Säkert bättre", align="right", width=0.9),
        Column(head="Säkert sämre", align="right", width=0.9),
        Column(head="Går inte att säga", align="right", width=1.0),
    ]
    rows: list[list[Cell]] = []
    for kind, meaning in _MEANING.items():
        own = [one for one in quality if one.type is kind]
        labels = [view.trend(one) or "for_fa" for one in own]
        short = sum(label == "for_fa" for label in labels)
        if not own:
            rows.append([TYPE_WORDS[kind], meaning, "0", "–", "–", "–"])
            continue
        counts = [number(labels.count(label)) for label in (BETTER, WORSE)]
        rows.append([TYPE_WORDS[kind], meaning, number(len(own)), *counts, number(short)])
    caption = (
        f"{area.name}: indikatorer om kvalitet med nationellt resultat {view.year} efter typ, antal. Går inte att "
        f"säga: "
        "färre än tre mätningar"
    )
    return captioned_table(columns, rows, caption=caption, label=f"tbl-typer-{area.id}")


def _answers_told(view: NationalView, answers: list[Indicator]) -> str:
    """Return how common the conditions or ways of working are, and which has changed most; empty without any."""
    shares = [(one, view.riket(one, view.year)) for one in answers]
    known = [(one, share) for one, share in shares if share is not None]
    if not known:
        return ""
    common = sum(share >= COMMON for _, share in known)
    rare = sum(share < RARE for _, share in known)
    noun = antal(len(known), "fråga", "frågor")
    sentences = [
        f"Av {noun} svarar minst {number(COMMON)} procent av kommunerna ja på {_none_or(common)} och färre än hälften "
        f"på {_none_or(rare)}."
        if len(known) > 1
        else f"På den enda frågan svarar {with_unit(known[0][1], known[0][0])} av kommunerna ja."
    ]
    if len(known) > 1:
        (high, most), (low, least) = (
            max(known, key=lambda p: (p[1], p[0].id)),
            min(known, key=lambda p: (p[1], p[0].id)),
        )
        sentences.append(
            f"Vanligast är *{markdown_text(high.short_title)}* ({with_unit(most, high)}) och ovanligast "
            f"*{markdown_text(low.short_title)}* ({with_unit(least, low)})."
        )
    moved = [(now - before[1], one, before[0]) for one, now in known if (before := view.previous(one)) is not None]
    if moved:
        up, down = sum(change >= 0.05 for change, _, _ in moved), sum(change <= -0.05 for change, _, _ in moved)
        change, one, year = max(moved, key=lambda item: (abs(item[0]), item[1].id))
        sentences.append(
            f"Sedan förra mätningen har andelen ökat i {_none_or(up)} och minskat i {_none_or(down)} av "
            f"{count_word(len(moved))} frågor, mest i *{markdown_text(one.short_title)}* "
            f"({markdown_text(difference(change, one))} sedan {year})."
        )
    return " ".join(sentences)


def _results_told(view: NationalView, results: list[Indicator]) -> str:
    labels = [view.trend(one) or "for_fa" for one in results]
    better, worse, short = (labels.count(label) for label in (BETTER, WORSE, "for_fa"))
    still = len(labels) - better - worse - short
    parts = [
        f"{_none_or(better, neuter=True)} förbättrats säkert",
        f"{_none_or(worse, neuter=True)} försämrats säkert",
    ]
    told = f"Av {antal(len(results), 'resultatmått', 'resultatmått', neuter=True)} har {' och '.join(parts)}."
    if still:
        told += f" {capitalised(count_word(still, neuter=True))} visar ingen säkerställd förändring."
    if short:
        told += f" För {count_word(short, neuter=True)} finns för få mätningar för att säga något."
    return told


def _none_or(n: int, *, neuter: bool = False) -> str:
    return ("inget" if neuter else "ingen") if n == 0 else count_word(n, neuter=neuter)


def _picture(view: NationalView, area: Area, answers: list[Indicator]) -> list[str]:
    """Return the kommuner's answers now and at the measuring before, base questions and the largest changes first."""
    pairs = []
    years = set()
    for one in answers:
        now, before = view.riket(one, view.year), view.previous(one)
        if now is not None and before is not None and of_quality(one):
            pairs.append(Pair(indicator=one, value=now, other=before[1]))
            years.add(before[0])
    if len(pairs) < 2:
        return []
    pairs.sort(key=lambda one: (one.indicator.tier is not Tier.BAS, -abs(one.value - one.other), one.indicator.id))
    chosen = sorted(pairs[: MOST_ROWS[view.roomy]], key=lambda one: (-one.value, one.indicator.id))
    earlier = str(years.pop()) if len(years) == 1 else "förra mätningen"
    figure = pair_dots(
        chosen,
        names=(str(view.year), earlier),
        title=f"Andel kommuner som svarar ja, procent, {view.year} och {earlier}",
        source=view.source,
        synthetic=view.synthetic,
    )
    rest = (
        "" if len(chosen) == len(pairs) else f"; basfrågor och de som har ändrats mest, {len(chosen)} av {len(pairs)}"
    )
    caption = f"{area.name}: andel kommuner som svarar ja {view.year} och {earlier}, procent{rest}"
    said = f"@fig-svar-{area.id} visar hur vanliga svaren är nu och var vid förra mätningen."
    return [said, figure.block_markdown(caption, f"fig-svar-{area.id}")]

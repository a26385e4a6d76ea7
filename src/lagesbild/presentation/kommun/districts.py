"""City districts: a section of their kommun's report, and a short report of one district."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.indicators import Counted, Indicator, Scale
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.kommun.view import KommunView, Result
from lagesbild.presentation.numbers import HARD_SPACE, is_missing, number, row_decimals, status_text
from lagesbild.presentation.tables import Cell, Column, Markup, captioned_table
from lagesbild.presentation.wording import antal, capitalised, joined, unit_heading

#: A table has at most so many indicators side by side.
_MOST_COLUMNS = 5

#: Signs of a difference from the rest of the kommun that is more than chance.
_SIGNS = {"battre": "▲", "samre": "▼", "hogre": "↑", "lagre": "↓"}
_WORDS = {
    "battre": "▲ bättre",
    "samre": "▼ sämre",
    "hogre": "↑ högre",
    "lagre": "↓ lägre",
    "ingen": "ingen säker skillnad",
}


@dataclass(frozen=True, kw_only=True)
class DistrictResult:
    """One district's result of one indicator in the report year.

    Parameters
    ----------
    indicator
        What is measured.
    value, status
        The result; null with a status that says why.
    base
        How many persons or units it is about, null where that isn't known.
    against
        Whether it differs from the rest of the kommun (`lagesbild.methods.district_differences`).
    previous, previous_year
        The latest earlier result, null where there is none.
    """

    indicator: Indicator
    value: float | None
    status: str
    base: float | None
    against: str
    previous: float | None
    previous_year: int | None


@dataclass(frozen=True, kw_only=True)
class District:
    """A city district with its results in the catalogue's order."""

    kod: str
    name: str
    results: tuple[DistrictResult, ...]


def districts_section(view: KommunView, districts: Sequence[District]) -> str:
    """Return the districts beside their kommun and riket, a table per area; empty where there are none."""
    known = {one.id: one for one in view.catalogue.indicators}
    asked = {r.indicator.id for district in districts for r in district.results if r.indicator.id in known}
    # A column of nothing but withheld results tells less than a sentence.
    shown = {r.indicator.id for district in districts for r in district.results if r.value is not None}
    hidden = [known[name] for name in sorted(asked - shown)]
    asked &= shown
    tables = []
    for area in AREAS:
        chosen = [one for one in view.catalogue.indicators if one.id in asked and one.area == area.id]
        for start in range(0, len(chosen), _MOST_COLUMNS):
            part = chosen[start : start + _MOST_COLUMNS]
            label = f"tbl-stadsdelar-{area.id}" + (f"-{start // _MOST_COLUMNS + 1}" if start else "")
            tables.append(_table(view, districts, part, caption=f"{area.name} i stadsdelarna {view.year}", label=label))
    if not tables and not hidden:
        return ""
    name = markdown_text(view.kommun.namn)
    tested = sum(bool(r.against) for district in districts for r in district.results if r.indicator.id in asked)
    parts = [
        f"{capitalised(antal(len(districts), 'stadsdel', 'stadsdelar'))} i {name} har resultat för "
        f"{antal(len(asked), 'mått', 'mått', neuter=True)}. Inom parentes står hur många personer eller enheter "
        "resultatet bygger på. ▲ är säkert bättre och ▼ säkert sämre än resten av kommunen; utan tecken kan "
        f"skillnaden vara slump. {number(tested)} prövningar har gjorts, så omkring {number(0.05 * tested)} tecken "
        "kan vara slump. Resultat som bygger på för få personer, eller som skulle avslöja ett sådant, visas inte "
        f"({status_text('sekretess')}).",
        *tables,
    ]
    if hidden:
        names = joined([f"*{markdown_text(one.short_title)}*" for one in hidden])
        parts.append(f"Resultatet kan inte visas för någon stadsdel: {names}.")
    return "\n\n".join(parts)


def _table(
    view: KommunView, districts: Sequence[District], chosen: Sequence[Indicator], *, caption: str, label: str
) -> str:
    columns = [
        Column(head="Stadsdel", width=1.9),
        *(Column(head=_head(one), align="right", width=1.5) for one in chosen),
    ]
    own = {result.indicator.id: result for result in view.results()}
    rows: list[list[Cell]] = [
        [Markup("**Hela kommunen**"), *(_kommun_cell(own.get(one.id)) for one in chosen)],
        [Markup("**Riket**"), *(_riket_cell(own.get(one.id)) for one in chosen)],
    ]
    for district in districts:
        found = {result.indicator.id: result for result in district.results}
        rows.append([district.name, *(_cell(found.get(one.id)) for one in chosen)])
    return captioned_table(columns, rows, caption=caption, label=label)


def _head(indicator: Indicator) -> str:
    unit = "" if indicator.scale is Scale.PROCENT else f" ({unit_heading(indicator)})"
    return f"{indicator.short_title}{unit}"


def _cell(result: DistrictResult | None) -> str:
    if result is None:
        return "–"
    if result.value is None:
        return status_text(result.status)
    sign = _SIGNS.get(result.against, "")
    return f"{sign}{HARD_SPACE if sign else ''}{_printed(result.indicator, result.value)}{_base(result.base)}"


def _kommun_cell(result: Result | None) -> str:
    if result is None:
        return "–"
    if result.value is None:
        return status_text(result.status)
    return f"{_printed(result.indicator, result.value)}{_base(result.base)}"


def _riket_cell(result: Result | None) -> str:
    missing = result is None or result.riket is None or is_missing(result.riket)
    return "–" if missing or result is None else _printed(result.indicator, float(result.riket or 0.0))


def _printed(indicator: Indicator, value: float) -> str:
    return number(value, row_decimals(indicator.scale, [value]))


def _base(base: float | None) -> str:
    return "" if base is None or is_missing(base) else f"{HARD_SPACE}({number(base)})"


def district_report(view: KommunView, district: District) -> str:
    """Return the whole text of one district's short report."""
    name, kommun = markdown_text(district.name), markdown_text(view.kommun.namn)
    own = {result.indicator.id: result for result in view.results()}
    shown = [one for one in district.results if one.value is not None]
    hidden = sum(one.status == "sekretess" for one in district.results)
    columns = [
        Column(head="Indikator", width=3.0),
        Column(head="Stadsdel", align="right", width=1.05),
        Column(head="Antal", align="right", width=0.8),
        Column(head="Förra mätningen", align="right", width=1.3),
        Column(head="Kommunen", align="right", width=1.15),
        Column(head="Riket", align="right", width=0.8),
        Column(head="Mot resten av kommunen", width=2.2),
    ]
    rows: list[list[Cell]] = [
        [
            Markup(markdown_text(_head(one.indicator))),
            status_text(one.status) if one.value is None else _printed(one.indicator, one.value),
            "–" if one.base is None else number(one.base),
            "–" if one.previous is None else f"{_printed(one.indicator, one.previous)} ({one.previous_year})",
            _kommun_cell(own.get(one.indicator.id)).partition(HARD_SPACE + "(")[0],
            _riket_cell(own.get(one.indicator.id)),
            _WORDS.get(one.against, "–"),
        ]
        for one in district.results
    ]
    noun = capitalised(antal(len(shown), "mått", "mått", neuter=True))
    withheld = f" {capitalised(antal(hidden, 'resultat', 'resultat', neuter=True))} visas inte." if hidden else ""
    parts = [
        f"## Så står {name} {{#sec-sammanfattning}}",
        f"{noun} visas för stadsdelen {name} i {kommun} {view.year}.{withheld} {_verdicts(district)}",
        captioned_table(
            columns, rows, caption=f"{name} {view.year}: resultat i procent där inget annat anges", label="tbl-stadsdel"
        ),
        "## Så läser du {#sec-lasa}",
        _reading(shown),
        f"Källa: {view.source}. Fler mått finns i kommunrapporten för {kommun} (*kommunrapport.pdf*) och på "
        "webbplatsen.",
    ]
    return "\n\n".join(parts) + "\n"


def _verdicts(district: District) -> str:
    """Return in words where the district is better and worse than the rest of its kommun."""
    told = []
    for verdict, words in (("battre", "säkert bättre"), ("samre", "säkert sämre")):
        names = [f"*{markdown_text(r.indicator.short_title)}*" for r in district.results if r.against == verdict]
        if names:
            told.append(f"{words} än resten av kommunen i {joined(names)}")
    if not told:
        return "Inget resultat skiljer sig säkert från resten av kommunen."
    return f"Stadsdelen är {joined(told)}."


def _reading(shown: Sequence[DistrictResult]) -> str:
    units = any(one.indicator.counted is Counted.ENHETER for one in shown)
    counted = "personer eller enheter" if units else "personer"
    return "\n".join(
        [
            f"- Antal är hur många {counted} resultatet bygger på. Ju färre, desto mer kan slumpen betyda.",
            "- Bättre eller sämre står bara när skillnaden mot resten av kommunen är större än slumpen, med 95 "
            "procents säkerhet. Av 20 prövningar utan verklig skillnad blir ungefär en säker ändå.",
            f"- {status_text('sekretess')} betyder att resultatet bygger på för få personer, eller skulle avslöja "
            "ett sådant.",
        ]
    )

"""The kommun's own targets: how far away they are, at what pace, and what they lack of being SMARTA."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.kommun.view import KommunView
from lagesbild.presentation.numbers import difference, difference_cell, is_missing, number, row_decimals
from lagesbild.presentation.tables import Cell, Column, Markup, captioned_table
from lagesbild.presentation.traced import Subject
from lagesbild.presentation.wording import antal, capitalised, count_word, joined

#: The verdicts of `lagesbild.methods.targets` in words.
VERDICT_WORDS = {
    "natt": "✓ målet är nått",
    "ej_natt": "× målet nåddes inte",
    "nar": "▲ når målet med nuvarande takt",
    "nar_troligen_inte": "▼ når troligen inte målet",
    "gar_inte_att_saga": "går inte att säga",
}

#: Whether the pace so far is more than chance, by the first part of a trend's label.
_CHANCE = {"sakerstalld": "säkerställd", "mojlig": "möjlig", "stabil": "stabil", "inom": "inom slumpen"}

#: A target and its indicator.
Aimed = tuple[Indicator, Mapping[str, Any]]


def targets_section(view: KommunView) -> str:
    """Return the text on the kommun's targets, without a heading; empty for a kommun that has none."""
    found = [
        (indicator, row)
        for indicator in view.catalogue.indicators
        for row in view.rows.get(indicator.id, ())
        if row["year"] == view.year and row.get("target_verdict") in VERDICT_WORDS
    ]
    if not found:
        return ""
    columns = [
        Column(head="Indikator", width=2.8),
        Column(head="Nu", width=1.35, fact="value_or_answer"),
        Column(head="Mål", width=1.35),
        Column(head="Kvar", align="right", width=0.9),
        Column(head="Takt per år: behövs / hittills", width=2.3),
        Column(head="Bedömning", width=1.7),
    ]
    noun = capitalised(antal(len(found), "mål", "mål", neuter=True))
    parts = [
        f"{noun} har angetts för {markdown_text(view.kommun.namn)}. *Behövs* är det som är kvar delat med åren som är "
        "kvar. *Hittills* är lutningen i kommunens egen serie, och inom parentes om den är mer än slump. *Når målet "
        "med nuvarande takt* betyder att sannolikheten är minst 80 procent om utvecklingen fortsätter som hittills, "
        "*når troligen inte* att den är högst 20 procent. Det är ingen prognos.",
        captioned_table(
            columns,
            [_row(indicator, row) for indicator, row in found],
            caption="Kommunens mål: avstånd, takt och bedömning. Skillnader mellan procenttal är i procentenheter.",
            label="tbl-mal",
            about=[
                None if is_missing(year := row["target_last_year"]) else Subject(one.id, int(year), view.kommun.kod)
                for one, row in found
            ],
        ),
        _realistic(found),
        _lacking(found),
    ]
    return "\n\n".join(filter(None, parts))


def _row(indicator: Indicator, row: Mapping[str, Any]) -> list[Cell]:
    last, distance = row["target_last_value"], row["target_distance"]
    # A decimal more than elsewhere: a target that is missed by little must not print as met.
    decimals = max(int(indicator.scale is Scale.PROCENT), row_decimals(indicator.scale, [last, row["target"]]))
    silent = row["target_verdict"] == "natt" or indicator.is_answer or is_missing(distance)
    return [
        Markup(markdown_text(indicator.short_title)),
        "–" if is_missing(last) else f"{_said(indicator, last, decimals)} ({int(row['target_last_year'])})",
        f"{_said(indicator, row['target'], decimals)} ({int(row['target_year'])})",
        "–" if silent else difference_cell(float(distance), indicator.scale, decimals),
        _paces(row, indicator),
        VERDICT_WORDS[str(row["target_verdict"])],
    ]


def _said(indicator: Indicator, value: float, decimals: int) -> str:
    """Return a result or target as it reads: an answer as ja or nej, a percentage with its sign."""
    if indicator.is_answer:
        return "ja" if value == 100.0 else "nej"
    sign = "\u00a0%" if indicator.scale is Scale.PROCENT else ""
    return f"{number(float(value), decimals)}{sign}"


def _paces(row: Mapping[str, Any], indicator: Indicator) -> str:
    """Return the pace that is needed beside the kommun's own: "+2,7 / +2,0 (säkerställd)"."""
    needed, own = row["target_pace_needed"], row.get("slope")
    if is_missing(needed) and is_missing(own):
        return "–"
    chance = _CHANCE.get(str(row.get("label") or "").partition("_")[0])
    said = f" ({chance})" if chance and not is_missing(own) else ""
    paces = [None if value is None or is_missing(value) else float(value) for value in (needed, own)]
    known = [abs(pace) for pace in paces if pace is not None]
    # Both alike, and fine enough that a small pace doesn't print as none.
    decimals = 0 if max(known) >= 100 else 2 if min(known) < 0.05 else 1
    told = ["–" if pace is None else difference_cell(pace, indicator.scale, decimals) for pace in paces]
    return f"{' / '.join(told)}{said}"


def _realistic(found: Sequence[Aimed]) -> str:
    """Return what other kommuner have managed, a line for each target that lies ahead."""
    lines = []
    for indicator, row in found:
        others = row.get("target_n_others")
        if is_missing(others) or is_missing(row["target_pace_needed"]):
            continue
        left = int(row["target_year"] - row["target_last_year"])
        count, n = int(row["target_n_managed"]), int(others or 0)
        change = difference(float(row["target_distance"]), indicator)
        lines.append(
            f"- *{markdown_text(indicator.short_title)}*: {markdown_text(change)} på "
            f"{count_word(left, neuter=True)} år. {_managed(count, n)}"
        )
    if not lines:
        return ""
    return (
        "**Är målen realistiska?** Så här många andra kommuner har kommit lika långt på lika många år, räknat bakåt "
        "från kommunens senaste mätning. Också slumpen flyttar resultat, mest i små kommuner.\n\n" + "\n".join(lines)
    )


def _managed(count: int, n: int) -> str:
    if count == 0:
        return f"Ingen av {number(n)} andra kommuner har klarat det."
    # A share that rounds to nothing would read as none.
    share = 100.0 * count / n
    printed = "under 1" if share < 1 else number(share)
    return f"{number(count)} av {number(n)} ({printed} procent) har klarat det."


def _lacking(found: Sequence[Aimed]) -> str:
    """Return which of the targets lack something of being SMARTA: specific, measurable, accepted, realistic, dated."""
    total = len(found)
    lacks = [
        ("mätbart", "kommunen har inget resultat att följa upp målet med", _unmeasured),
        ("accepterat", "filen säger inte vem som har beslutat målet", lambda row: not _text(row, "target_decided_by")),
        ("accepterat", "filen säger inte när målet beslutades", lambda row: not _text(row, "target_decided")),
        ("realistiskt", "ingen annan kommun har kommit lika långt på lika många år", _unmanaged),
        ("realistiskt", "för få andra kommuner har mätningar med så många år emellan för att säga det", _untold),
    ]
    lines = []
    for word, what, lacking in lacks:
        names = [f"*{markdown_text(indicator.short_title)}*" for indicator, row in found if lacking(row)]
        if names:
            which = "alla mål" if len(names) == total > 1 else joined(names)
            lines.append(f"- {capitalised(word)}? {capitalised(what)}: {which}.")
    start = (
        "**Är målen SMARTA?** Mål bör vara specifika, mätbara, attraktiva och accepterade, realistiska och "
        "tidsbestämda. Alla mål här är specifika och tidsbestämda: de anger en indikator, ett målvärde och ett år."
    )
    decided = _decisions(found)
    if not lines:
        return f"{start} Inget saknas i kommunens mål. {decided}".rstrip()
    return f"{start} {decided} Det här saknas eller bör prövas:\n\n".replace("  ", " ") + "\n".join(lines)


def _decisions(found: Sequence[Aimed]) -> str:
    """Return who decided the targets, with how many: "Fyra mål är beslutade av socialnämnden"."""
    bodies: dict[str, int] = {}
    for _, row in found:
        body = _text(row, "target_decided_by")
        if body:
            bodies[body] = bodies.get(body, 0) + 1
    told = [
        f"{antal(count, 'mål är beslutat', 'mål är beslutade', neuter=True)} av {markdown_text(body)}"
        for body, count in sorted(bodies.items(), key=lambda one: (-one[1], one[0]))
    ]
    return f"{capitalised(joined(told))}." if told else ""


def _unmeasured(row: Mapping[str, Any]) -> bool:
    return is_missing(row["target_last_value"])


def _unmanaged(row: Mapping[str, Any]) -> bool:
    others = row.get("target_n_others")
    return not is_missing(others) and not is_missing(row["target_pace_needed"]) and row["target_n_managed"] == 0


def _untold(row: Mapping[str, Any]) -> bool:
    return is_missing(row.get("target_n_others")) and not is_missing(row["target_pace_needed"])


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""

"""Riksrevisionen's marks and claims on the user survey of äldreomsorgen, beside what the public figures give."""

from __future__ import annotations

from lagesbild.methods.audit_claims import CLAIMS, STABLE, Outcome
from lagesbild.methods.audit_comparison import AuditComparison, user_survey_rows
from lagesbild.presentation.audit.mark_tables import mark_text, rows_named
from lagesbild.presentation.audit.view import GROUPING_HEADS
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.numbers import number
from lagesbild.presentation.tables import Cell, Column, captioned_table
from lagesbild.presentation.wording import antal, capitalised, joined

#: Marks of the six rows by län and kommungrupp, all years and the last.
_ALL = 24
_PERIODS = {"alla_ar": "2016–2019", "sista_aret": "2019"}

_OUTCOMES = {
    Outcome.HOLDS: "stämmer",
    Outcome.HOLDS_WITH_CHANGE: "stämmer, men förändringen är säkerställd",
    Outcome.FAILS: "stämmer inte",
    Outcome.UNTESTED: "kan inte prövas",
}

_READINGS = {
    "kommuner": "med varje kommun räknad en gång",
    "utan_sma": "utan kommuner med färre än 10 000 invånare",
    "kommungrupp_2023": "med 2023 års kommungrupper",
    "ombytta_rader": "om hemtjänstens och de särskilda boendenas rader hade bytt plats",
    **{f"sista_aret_{year}": f"med {year} i stället för 2019 som sista år" for year in (2016, 2017, 2018)},
}


def user_survey_section(found: AuditComparison) -> str:
    """Return how the marks agree, which other readings agree better, and which claims hold."""
    if not len(found.marks):
        return "Källan har inga resultat från brukarundersökningen 2016–2019, så de 24 märkena kan inte jämföras.\n"
    return "\n\n".join([_agreement(found), _marks(found), _others(found), _claims(found)])


def _agreement(found: AuditComparison) -> str:
    marks, agree = len(found.marks), int(found.marks["agrees"].sum())
    pooled = found.marks["period"] == "alla_ar"
    missing = [name for row, name in rows_named(user_survey_rows()) if row.id not in set(found.marks["row"])]
    text = (
        f"Riksrevisionens tabell 2 har {_ALL} märken för brukarundersökningen efter län och kommungrupp. {agree} av de "
        f"{marks} som källan har resultat för blir desamma här: {int(found.marks['agrees'][pooled].sum())} av "
        f"{int(pooled.sum())} för 2016–2019 och {int(found.marks['agrees'][~pooled].sum())} av "
        f"{int((~pooled).sum())} för 2019."
    )
    return (
        f"{text} Resultat saknas för {markdown_text(joined([name[0].lower() + name[1:] for name in missing]))}."
        if missing
        else text
    )


def _marks(found: AuditComparison) -> str:
    cells = {
        (row["row"], row["group"], row["period"]): f"{mark_text(row['mark'])}\u00a0({mark_text(row['printed'])})"
        for row in found.marks.to_dict("records")
    }
    kinds = [(group, period) for period in _PERIODS for group in ("lan", "kommungrupp")]
    columns = [Column(head="Fråga", width=3.5)]
    columns += [Column(head=f"{GROUPING_HEADS[g]}, {_PERIODS[p]}", align="center", width=1.3) for g, p in kinds]
    rows: list[list[Cell]] = [
        [name, *(cells.get((row.id, *kind), "–") for kind in kinds)]
        for row, name in rows_named(user_survey_rows())
        if any((row.id, *kind) in cells for kind in kinds)
    ]
    return captioned_table(columns, rows, caption="Märken här, och inom parentes Riksrevisionens", label="tbl-brukare")


def _others(found: AuditComparison) -> str:
    rows = found.readings.set_index("reading")["agree"]
    told = [f"{words} {int(rows[name])}" for name, words in _READINGS.items() if name in rows.index]
    text = (
        f"Så många blir lika om något görs på ett annat sätt: {'; '.join(told)}. Inget av sätten är känt som "
        "Riksrevisionens."
    )
    if not len(found.rounding):
        return text
    same = int(100 * float(found.rounding["same_mark"].min()))
    return (
        f"{text} Resultaten är avrundade till hela procent. Dras det oavrundade av en slump blir 2019 års märke "
        "detsamma i "
        f"minst {same} procent av dragningarna, för varje fråga och indelning."
    )


def _claims(found: AuditComparison) -> str:
    names = {row.id: name for row, name in rows_named(user_survey_rows())}
    columns = [
        Column(head="Påstående och fråga", width=4.2),
        Column(head="Riket 2016", align="right", width=0.9),
        Column(head="Riket 2019", align="right", width=0.9),
        Column(head="Kommunernas förändring, procentenheter", align="right", width=1.9),
        Column(head="Utfall", width=2.0),
    ]
    rows: list[list[Cell]] = []
    for claim in CLAIMS:
        part = found.claims[(found.claims["claim"] == claim.id) & (found.claims["outcome"] != Outcome.UNTESTED)]
        for row in part.to_dict("records"):
            change = f"{number(row['change'], 1)} ({number(row['lower'], 1)} till {number(row['upper'], 1)})"
            ends = [number(row["riket_first"], 0), number(row["riket_last"], 0)]
            name = names.get(row["row"], row["row"])
            rows.append(
                [f"{claim.text}: {name[0].lower()}{name[1:]}", *ends, change, _OUTCOMES[Outcome(row["outcome"])]]
            )
    untested = int((found.claims["outcome"] == Outcome.UNTESTED).sum())
    rest = (
        f" {capitalised(antal(untested, 'prövning', 'prövningar'))} till saknar uppgifter i källan." if untested else ""
    )
    if not rows:
        return f"Inget av påståendena i avsnitt 4.2.5 kan prövas.{rest}"
    drawn = captioned_table(columns, rows, caption="Påståenden i RiR 2021:17, avsnitt 4.2.5", label="tbl-pastaenden")
    return (
        f"{drawn}\n\nFörändringen är medelvärdet för kommuner med resultat båda åren, med 95 procents intervall. Att "
        f"läget är stabilt har vi läst som att riket har ändrats högst {number(STABLE, 0)} procentenheter. "
        f"Riksrevisionen säger inte var gränsen går.{rest}"
    )

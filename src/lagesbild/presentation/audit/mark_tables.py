"""Tables of marks: what was computed, and in parentheses what Riksrevisionen printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from lagesbild.catalogue.audit_rows import UNREADABLE, AuditRow, printed_peers, printed_users, printed_variance
from lagesbild.presentation.audit.view import GROUPING_HEADS, GROUPING_WORDS, AreaAudit
from lagesbild.presentation.numbers import number
from lagesbild.presentation.tables import Cell, Column, table
from lagesbild.presentation.wording import capitalised

#: No secured difference, and a test that couldn't be made.
NOTHING, UNTESTED = "·", "ej"

Marks = Mapping[tuple[str, str], str]

#: How the heads of columns begin, by who is in them.
SAMPLES = {"alla": "", "anvandare": "ÖJ, "}
OUTCOMES = {"niva": "nivå", "forbattring": "bättre", "medel": "medel", "lagst": "lägsta"}


def mark_text(mark: str) -> str:
    """Return a mark as it is printed here: a real minus, and a point for none."""
    return mark.replace("-", "−") or NOTHING


def cell(found: Marks, printed: Marks, row: str, column: str) -> str:
    """Return the computed mark, and the printed one in parentheses where the row was printed."""
    own = mark_text(found[row, column]) if (row, column) in found else UNTESTED
    return f"{own}\u00a0({mark_text(printed[row, column])})" if (row, column) in printed else own


def rows_named(rows: Sequence[AuditRow]) -> list[tuple[AuditRow, str]]:
    """Return rows with their names; of rows that share a name, with what their heading is about ("hemtjänsten")."""
    names = [row.name for row in rows]
    return [
        (row, f"{row.name}, {_about(row.head)}" if names.count(row.name) > 1 and row.head else row.name) for row in rows
    ]


def _about(head: str) -> str:
    """Return what a heading is about: the words after its last "inom" or "på"."""
    return head.replace(" på ", " inom ").rpartition(" inom ")[2]


def _head(sample: str, outcome: str, lag: int) -> str:
    """Return a column's head in Riksrevisionen's notation: "Nivå, t−1"."""
    return capitalised(f"{SAMPLES[sample]}{OUTCOMES[outcome]}, t−{lag}")


def variance_marks(audit: AreaAudit, *, by_kommun: bool = False) -> dict[tuple[str, str], str]:
    """Return the marks of differences between groups, row and column ("lan", "lan_sista") to mark.

    With `by_kommun` the pooled marks are those of the kommuner's means over the years.
    """
    found: dict[tuple[str, str], str] = {}
    for grouping in audit.groupings:
        pooled, single = audit.pooled[grouping], audit.single[grouping]
        mark, p = ("mark_kommun", "p_kommun") if by_kommun else ("mark", "p")
        for frame, column, value, tested in ((pooled, grouping, mark, p), (single, f"{grouping}_sista", "mark", "p")):
            kept = frame[frame[tested].notna()]
            found |= {(str(name), column): str(one) for name, one in zip(kept["indicator"], kept[value], strict=True)}
    return found


def peer_marks(audit: AreaAudit, grouping: str, mark: str = "mark") -> dict[tuple[str, str], str]:
    """Return the marks of others' results in a grouping, row and column ("alla_niva_t1") to mark."""
    tested = {"mark": "p", "mark_cluster": "p_cluster", "mark_held": "p_held"}[mark]
    rows = audit.peers[(audit.peers["grouping"] == grouping) & audit.peers[tested].notna()]
    columns = rows["sample"] + "_" + rows["outcome"] + "_t" + rows["lag"].astype("str")
    return {(str(r), str(c)): str(m) for r, c, m in zip(rows["indicator"], columns, rows[mark], strict=True)}


def user_marks(audit: AreaAudit) -> dict[tuple[str, str], str]:
    """Return the marks of users against non-users, row and column ("totalt") to mark."""
    if audit.users is None:
        return {}
    rows = audit.users[audit.users["p"].notna()]
    names = {str(audit.first): f"ar_{audit.first}"}
    columns = [f"ar_{c}" if c.isdigit() else c for c in rows["column"]]
    return {(str(r), names.get(c, c)): str(m) for r, c, m in zip(rows["indicator"], columns, rows["mark"], strict=True)}


def variance_table(audit: AreaAudit) -> str:
    """Return the table of differences between groups (Riksrevisionen's tables 2, 9 and 14)."""
    found, printed = variance_marks(audit), printed_variance(audit.area.id) if audit.printed else {}
    spans = {"": f"{audit.first}–{audit.last}", "_sista": "sista året"}
    columns = {f"{g}{end}": f"{GROUPING_HEADS[g]}, {span}" for end, span in spans.items() for g in audit.groupings}
    return _table(audit, found, printed, columns)


def peer_table(audit: AreaAudit, grouping: str) -> str:
    """Return the table of one grouping's peer regressions (Riksrevisionen's tables 3-5, 10-12 and 15-17)."""
    printed = printed_peers(audit.area.id, grouping) if audit.printed else {}
    samples = [name for name in SAMPLES if name in set(audit.peers["sample"])]
    columns = {
        f"{sample}_{outcome}_t{lag}": _head(sample, outcome, lag)
        for sample in samples
        for outcome in ("niva", "forbattring")
        for lag in (1, 2)
    }
    return _table(audit, peer_marks(audit, grouping), printed, columns)


def user_table(audit: AreaAudit) -> str:
    """Return the table of users against non-users (Riksrevisionen's tables 8 and 13)."""
    printed = printed_users(audit.area.id) if audit.printed else {}
    columns = {"totalt": "Alla år"} | {f"ar_{year}": str(year) for year in range(audit.first, audit.last + 1)}
    columns["forandring"] = f"{audit.last}–{audit.first}"
    return _table(audit, user_marks(audit), printed, columns)


def staffing_table(staffing: pd.DataFrame) -> str:
    """Return the table of changes against earlier differences between units (Riksrevisionen's tables 6 and 7)."""
    samples = [name for name in SAMPLES if name in set(staffing["sample"])]
    kinds = [(s, outcome, lag) for s in samples for outcome in ("medel", "lagst") for lag in (1, 2)]
    columns = [Column(head="Uppgift per enhet", width=4.0)]
    columns += [Column(head=_head(s, outcome, lag), align="center", width=1.3) for s, outcome, lag in kinds]
    marks = {
        (str(row["measure"]), row["sample"], row["outcome"], row["lag"]): mark_text(row["mark"])
        for row in staffing[staffing["p"].notna()].to_dict("records")
    }
    names = staffing.drop_duplicates("measure")
    rows: list[list[Cell]] = [
        [str(name), *(marks.get((str(measure), *kind), UNTESTED) for kind in kinds)]
        for measure, name in zip(names["measure"], names["name"], strict=True)
    ]
    return table(columns, rows)


def worth_table(audit: AreaAudit) -> str:
    """Return what the peer tables' marks are worth: how many there are, and how many random groups give."""
    columns = [
        Column(head="Eget resultat, andras resultat", width=3.0),
        Column(head="Prövade", align="right", width=1.0),
        Column(head="Med märke, som Riksrevisionen", align="right", width=1.6),
        Column(head="Samma, slumpade grupper", align="right", width=1.5),
        Column(head="Med märke, kluster", align="right", width=1.3),
        Column(head="Samma, slumpade grupper", align="right", width=1.5),
        Column(head="Med märke, eget tidigare resultat lika", align="right", width=1.8),
        Column(head="Samma, slumpade grupper", align="right", width=1.5),
    ]
    everyone = audit.peers[audit.peers["sample"] == "alla"]
    rows: list[list[Cell]] = []
    for outcome in ("niva", "forbattring"):
        for lag in (1, 2):
            part = everyone[(everyone["outcome"] == outcome) & (everyone["lag"] == lag)]
            if not part["p"].notna().any():
                continue
            chance = audit.shuffled[(audit.shuffled["outcome"] == outcome) & (audit.shuffled["lag"] == lag)]
            row: list[Cell] = [_head("alla", outcome, lag), number(int(part["p"].notna().sum()))]
            for mark, p, share in (
                ("mark", "p", "share"),
                ("mark_cluster", "p_cluster", "share_cluster"),
                ("mark_held", "p_held", "share_held"),
            ):
                tested = int(part[p].notna().sum())
                mean = chance[share].mean()
                expected = "–" if pd.isna(mean) else number(float(mean) * tested, 1)
                row += [number(int((part[mark] != "").sum())), expected]
            rows.append(row)
    return table(columns, rows) if rows else ""


def agreement(found: Marks, printed: Marks) -> tuple[int, int, int, int]:
    """Return how many marks are both computed and printed legibly, how many of them are the same, how many have
    the same direction or both none, and how many printed marks can't be read."""
    legible = [key for key in found if printed.get(key, UNREADABLE) != UNREADABLE]
    same = sum(found[key] == printed[key] for key in legible)
    alike = sum(found[key][:1] == printed[key][:1] for key in legible)
    return len(legible), same, alike, sum(1 for key in found if printed.get(key) == UNREADABLE)


def all_marks(audit: AreaAudit) -> list[tuple[str, Marks, Marks]]:
    """Return every kind of table of an area with its computed and printed marks."""
    kinds: list[tuple[str, Marks, Marks]] = [
        ("Skillnader mellan grupper", variance_marks(audit), printed_variance(audit.area.id))
    ]
    for grouping in audit.groupings:
        name = f"Andra kommuner i {GROUPING_WORDS[grouping]}"
        kinds.append((name, peer_marks(audit, grouping), printed_peers(audit.area.id, grouping)))
    if audit.users is not None:
        kinds.append(("Användare och icke-användare", user_marks(audit), printed_users(audit.area.id)))
    return kinds


def _table(audit: AreaAudit, found: Marks, printed: Marks, columns: Mapping[str, str]) -> str:
    heads = [Column(head="Indikator", width=4.0)]
    heads += [Column(head=head, align="center", width=1.3) for head in columns.values()]
    rows: list[list[Cell]] = [
        [name, *(cell(found, printed, row.id, column) for column in columns)] for row, name in rows_named(audit.known)
    ]
    return table(heads, rows)

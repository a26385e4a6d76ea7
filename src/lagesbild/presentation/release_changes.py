"""What a release says otherwise than the one before it, for readers: a summary, and tables by indicator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.regions import RIKET
from lagesbild.methods import release_comparison
from lagesbild.methods.figure_changes import DETAILS, NOW_WITHHELD, OTHER_REASON
from lagesbild.methods.release_comparison import CHANGED, NEW, WITHDRAWN, ReleaseDiff
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.numbers import answer_text, is_missing, number, row_decimals, with_unit
from lagesbild.presentation.tables import Cell, Column, captioned_table
from lagesbild.presentation.wording import antal, capitalised, joined

#: Rows that a table shows at most; the files have them all.
MOST_ROWS = 60

#: A changed text longer than this is cut in the table.
_MOST_LETTERS = 160

_SEXES = {"T": "alla", "K": "kvinnor", "M": "män"}
_WEIGHTINGS = {"redovisad": "källans värde", "vagd": "vägt", "ovagd": "ovägt medelvärde"}

#: Headings of the columns of a definition, for readers.
FIELD_WORDS = {
    "title": "Namn",
    "unit": "Enhet",
    "area": "Område",
    "numerator": "Täljare",
    "denominator": "Nämnare",
    "direction": "Riktning",
    "survey": "Datakälla",
    "frequency": "Hur ofta",
    "threshold": "Minsta antal",
}


def release_changes(diff: ReleaseDiff, catalogue: Catalogue, *, synthetic: bool = False) -> str:
    """Return the whole account as Markdown: summary, and a section for each kind of change that there is."""
    parts = [summary(diff, synthetic=synthetic), *sections(diff, catalogue)]
    return "\n\n".join(part.strip() for part in parts if part) + "\n"


def summary(diff: ReleaseDiff, *, synthetic: bool = False) -> str:
    """Return what changed as a list of a few sentences, with a note that the figures are invented where they are."""
    note = "Syntetiska data: alla uppgifter är påhittade.\n\n" if synthetic else ""
    lead = f"Utgåvan {_release(diff.new, diff.new_version)} jämförd med {_release(diff.old, diff.old_version)}.\n\n"
    if diff.nothing:
        return f"{note}{lead}Inget har ändrats.\n"
    sums = diff.counts.drop(columns=["indicator", "year"]).sum()
    lines = _figure_lines(diff, sums)
    lines += _definition_lines(diff.definitions)
    lines += _product_lines(diff.products)
    return note + lead + "".join(f"- {line}\n" for line in lines)


def sections(diff: ReleaseDiff, catalogue: Catalogue) -> list[str]:
    """Return the sections with tables: figures by indicator, riket's changed figures, definitions and products."""
    known = {one.id: one for one in catalogue.indicators}
    return [
        part
        for part in (
            _new_years(diff, known),
            _by_indicator(diff, known),
            _nation(diff, known),
            _definitions(diff, known),
            _products(diff.products),
        )
        if part
    ]


def _release(name: str, version: str | None) -> str:
    return f"{markdown_text(version)} ({markdown_text(name)})" if version else markdown_text(name)


def _results(n: int, adjective: str, plural: str) -> str:
    return antal(n, f"{adjective} resultat", f"{plural} resultat", neuter=True)


def _figure_lines(diff: ReleaseDiff, sums: pd.Series) -> list[str]:
    lines = []
    first = diff.counts["year"].isin(diff.first_years)
    new_years = int(diff.counts.loc[first, NEW].sum())
    others = int(sums[NEW]) - new_years
    if new_years:
        named = joined([str(year) for year in diff.first_years])
        lines.append(f"{number(new_years)} resultat för {named}, som inte fanns i den förra utgåvan.")
    if others:
        lines.append(f"{capitalised(_results(others, 'nytt', 'nya'))} för år som redan fanns.")
    earlier = diff.counts[~first]
    for kind, words in (
        (CHANGED, ("ändrat", "ändrade")),
        (WITHDRAWN, ("tillbakadraget", "tillbakadragna")),
    ):
        if sums[kind]:
            where = int((earlier[kind] > 0).groupby(earlier["indicator"]).any().sum())
            lines.append(
                f"{capitalised(_results(int(sums[kind]), *words))} i {antal(where, 'indikator', 'indikatorer')}."
            )
    if sums[NOW_WITHHELD]:
        n = int(sums[NOW_WITHHELD])
        lines.append(
            f"{capitalised(antal(n, 'resultat', 'resultat', neuter=True))} som visades förut visas inte längre, "
            "av sekretesskäl. Vilka de är och vad de var upprepas inte här."
        )
    if sums[DETAILS]:
        n = int(sums[DETAILS])
        lines.append(
            f"{capitalised(antal(n, 'resultat', 'resultat', neuter=True))} är oförändrade men har en annan täljare, "
            "nämnare eller osäkerhet."
        )
    if sums[OTHER_REASON]:
        n = int(sums[OTHER_REASON])
        lines.append(f"{capitalised(antal(n, 'uppgift', 'uppgifter'))} saknar värde av ett annat skäl än förut.")
    for row in diff.left.to_dict("records"):
        lines.append(
            f"År {row['year']} ingår inte längre. De {number(row['figures'])} resultaten från det året finns kvar i "
            "den förra utgåvan."
        )
    return lines or ["Inga resultat har ändrats."]


def _definition_lines(definitions: pd.DataFrame) -> list[str]:
    changed = definitions.groupby("change")["indicator"].nunique()
    words = {
        NEW: ("ny indikator", "nya indikatorer"),
        WITHDRAWN: ("indikator finns inte längre", "indikatorer finns inte längre"),
        CHANGED: ("indikator beskrivs på ett annat sätt", "indikatorer beskrivs på ett annat sätt"),
    }
    return [f"{capitalised(antal(int(changed[kind]), *words[kind]))}." for kind in words if kind in changed.index]


def _product_lines(products: pd.DataFrame) -> list[str]:
    counts = products["change"].value_counts()
    named = [
        antal(int(counts[kind]), f"{kind} fil", plural)
        for kind, plural in ((NEW, "nya filer"), (CHANGED, "ändrade filer"), (WITHDRAWN, "tillbakadragna filer"))
        if kind in counts.index
    ]
    return [f"{capitalised(joined(named))}."] if named else []


def _new_years(diff: ReleaseDiff, known: Mapping[str, Indicator]) -> str:
    """Return how many results the new years have, by area."""
    counts = diff.counts[diff.counts["year"].isin(diff.first_years) & (diff.counts[NEW] > 0)]
    if counts.empty:
        return ""
    places = counts["indicator"].map({key: one.area for key, one in known.items()}).fillna("")
    rows: list[list[Cell]] = []
    for area in AREAS:
        own = counts[places == area.id]
        if len(own):
            rows.append([area.name, number(own["indicator"].nunique()), number(int(own[NEW].sum()))])
    years = joined([str(year) for year in diff.first_years])
    if not rows:
        return ""
    columns = [
        Column(head="Område", width=3),
        *(Column(head=head, align="right") for head in ("Indikatorer", "Resultat")),
    ]
    table = captioned_table(columns, rows, caption=f"Nya resultat för {years}, efter område", label="tbl-nya-ar")
    return f"## Nya resultat för {years}\n\n{table}"


def _by_indicator(diff: ReleaseDiff, known: Mapping[str, Indicator]) -> str:
    """Return how many results of each indicator are otherwise, an area at a time."""
    counts = diff.counts[~diff.counts["year"].isin(diff.first_years)]
    if counts.empty:
        return ""
    words = {NEW: "Nya", CHANGED: "Ändrade", WITHDRAWN: "Tillbaka\u00addragna", NOW_WITHHELD: "Skyddade nu"}
    # A column of nothing but zeros says nothing.
    kinds = [kind for kind in words if counts[kind].any()]
    if not kinds:
        return ""
    sums = counts.groupby("indicator")[kinds].sum()
    years = counts.groupby("indicator")["year"].agg(_span)
    sums = sums[sums.sum(axis=1) > 0]
    counted = {str(key): {kind: int(row[kind]) for kind in kinds} for key, row in sums.iterrows()}
    columns = [
        Column(head="Indikator", width=4),
        Column(head="År", width=1.2),
        *(Column(head=words[kind], align="right", width=1.2) for kind in kinds),
    ]
    parts = []
    for key, name in [*((area.id, area.name) for area in AREAS), ("", "Indikatorer som inte längre finns")]:
        own = [one for one in counted if (known[one].area if one in known else "") == key]
        own = sorted(own, key=lambda one: (-sum(counted[one].values()), one))
        if not own:
            continue
        rows: list[list[Cell]] = [
            [_title(one, known), years[one], *(number(counted[one][kind]) for kind in kinds)] for one in own[:MOST_ROWS]
        ]
        label = f"tbl-andringar-{key or 'borta'}"
        table = captioned_table(columns, rows, caption=f"Antal resultat som skiljer sig: {name}", label=label)
        parts.append(f"### {name}\n\n{_rest(len(own))}{table}")
    return "## Ändringar i år som redan fanns\n\n" + "\n\n".join(parts) if parts else ""


def _span(years: pd.Series) -> str:
    first, last = int(years.min()), int(years.max())
    return str(first) if first == last else f"{first}–{last}"


def _nation(diff: ReleaseDiff, known: Mapping[str, Indicator]) -> str:
    """Return riket's changed figures, before and now."""
    log = diff.log[(diff.log["region"] == RIKET) & diff.log["change"].isin([CHANGED, WITHDRAWN])]
    log = log[log["indicator"].isin(list(known))]
    if log.empty:
        return ""
    columns = [
        Column(head="Indikator", width=4),
        Column(head="År", width=0.8),
        Column(head="Kön", width=1),
        Column(head="Slag av värde", width=1.6),
        Column(head="Förut", width=1.6, align="right"),
        Column(head="Nu", width=1.6, align="right"),
    ]
    # The last year first: that is what is read most.
    shown = log.sort_values(["year", "indicator", "sex", "weighting"], ascending=[False, True, False, True])
    rows: list[list[Cell]] = [
        [
            _title(row["indicator"], known),
            str(row["year"]),
            _SEXES.get(row["sex"], row["sex"]),
            _WEIGHTINGS.get(row["weighting"], row["weighting"]),
            *_before_and_now(row, known[row["indicator"]]),
        ]
        for row in _records(shown.head(MOST_ROWS))
    ]
    table = captioned_table(columns, rows, caption="Rikets ändrade resultat, förut och nu", label="tbl-andrade-riket")
    return f"## Rikets ändrade resultat\n\n{_rest(len(log))}{table}"


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _before_and_now(row: Mapping[str, object], indicator: Indicator) -> tuple[str, str]:
    if row["change"] == WITHDRAWN:
        return "upprepas inte", "tillbakadraget"
    if is_missing(row["old_value"]) and is_missing(row["old_answer"]):
        return "upprepas inte", _figure(row["new_value"], row["new_answer"], indicator)
    if is_missing(row["old_value"]) or is_missing(row["new_value"]):
        before = _figure(row["old_value"], row["old_answer"], indicator)
        return before, _figure(row["new_value"], row["new_answer"], indicator)
    pair = [float(str(row[f"{side}_value"])) for side in ("old", "new")]
    # A change that doesn't show with the usual decimals gets one more.
    usual = row_decimals(indicator.scale, pair)
    before, now = (with_unit(value, indicator, usual) for value in pair)
    if before == now:
        before, now = (with_unit(value, indicator, usual + 1) for value in pair)
    return before, f"{now} (samma avrundat)" if before == now else now


def _figure(value: object, answer: object, indicator: Indicator) -> str:
    if not is_missing(value):
        return with_unit(float(str(value)), indicator)
    return answer_text(str(answer))


def _definitions(diff: ReleaseDiff, known: Mapping[str, Indicator]) -> str:
    if diff.definitions.empty:
        return ""
    rows: list[list[Cell]] = []
    for row in diff.definitions.head(MOST_ROWS).to_dict("records"):
        title = _title(row["indicator"], known)
        if row["change"] == CHANGED:
            field = FIELD_WORDS.get(row["field"], row["field"])
            rows.append([title, field, _cut(row["old"]), _cut(row["new"])])
        else:
            rows.append([title, "Ny indikator" if row["change"] == NEW else "Finns inte längre", "–", "–"])
    columns = [
        Column(head="Indikator", width=3),
        Column(head="Vad", width=1.4),
        Column(head="Förut", width=3),
        Column(head="Nu", width=3),
    ]
    table = captioned_table(columns, rows, caption="Ändrade beskrivningar av indikatorer", label="tbl-definitioner")
    part = (
        ""
        if diff.whole_definitions
        else "Den förra utgåvan har ingen förteckning över indikatorernas beskrivningar. "
        "Därför jämförs bara namn och enhet.\n\n"
    )
    return f"## Ändrade beskrivningar av indikatorer\n\n{part}{_rest(len(diff.definitions))}{table}"


def _cut(text: str) -> str:
    return (text if len(text) <= _MOST_LETTERS else f"{text[:_MOST_LETTERS].rstrip()} …") or "–"


def _products(products: pd.DataFrame) -> str:
    """Return how many files of each kind are new, changed or withdrawn."""
    if products.empty:
        return ""
    kinds = products["path"].map(product_kind)
    table = pd.crosstab(kinds, products["change"]).reindex(columns=list(release_comparison.KINDS), fill_value=0)
    rows: list[list[Cell]] = [
        [str(kind), *(number(int(table.loc[kind, change])) for change in release_comparison.KINDS)]
        for kind in table.index
    ]
    heads = ("Nya", "Ändrade", "Tillbaka\u00addragna")
    columns = [Column(head="Slag av fil", width=4), *(Column(head=head, align="right") for head in heads)]
    drawn = captioned_table(columns, rows, caption="Filer som skiljer sig, efter slag", label="tbl-filer-andrade")
    return f"## Filer\n\n{drawn}"


def product_kind(path: str) -> str:
    """Return a product's kind by its path: the folders that stand for one kommun, area or year are left open."""
    parts = path.split("/")
    if len(parts) > 2 or (len(parts) == 2 and parts[0] in ("lagesrapporter", "granskning")):
        return "/".join(
            [parts[0], *("…" for _ in parts[1:-1]), parts[-1] if parts[0] == "kommuner" else _open(parts[-1])]
        )
    return path


def _open(name: str) -> str:
    return f"….{name.rpartition('.')[2]}"


def _title(indicator: str, known: Mapping[str, Indicator]) -> str:
    return known[indicator].title if indicator in known else indicator


def _rest(n: int) -> str:
    if n <= MOST_ROWS:
        return ""
    return f"Tabellen visar {number(MOST_ROWS)} av {number(n)} rader. Alla finns i filerna.\n\n"

"""The first spread of a group's report: its kommuner against riket, what changed, and where they differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.group.view import GroupResult, GroupView, MemberResult
from lagesbild.presentation.kommun.view import SMALL_BASE
from lagesbild.presentation.numbers import number, row_decimals, with_unit
from lagesbild.presentation.tables import Cell, Column, captioned_table
from lagesbild.presentation.wording import antal, capitalised, count_word, joined

#: Longest list of indicators, and of kommuner named in one sentence.
LONGEST_LIST = 5
MOST_NAMED = 4
#: A difference within the group is told of where at least so many kommuner have results.
FEWEST_KOMMUNER = 4


def introduction(view: GroupView) -> str:
    """Return who the group is, and how much is known of it."""
    size = len(view.kommuner)
    who = antal(size, "kommun", "kommuner")
    shown = sum(len(one.shown) for one in [*view.quality, *view.checklist])
    wanted = sum(len(one.members) for one in [*view.quality, *view.checklist])
    place = f"i {markdown_text(view.name)} " if view.is_lan else ""
    names = joined([markdown_text(one.namn) for one in view.kommuner]) if size <= 3 * MOST_NAMED else ""
    listed = f": {names}" if names and size > 1 else ""
    kinds = [antal(len(view.quality), "mått", "mått", neuter=True)] if view.quality else []
    kinds += [f"{antal(len(view.checklist), 'fråga', 'frågor')} i checklistor"] if view.checklist else []
    known = (
        f" {capitalised(joined(kinds))} beskriver kvaliteten. "
        f"{number(100 * shown / wanted)} procent av kommunernas resultat och svar kan visas."
        if wanted
        else " Inga resultat finns för året."
    )
    alone = (
        f"Länet har en enda kommun. Kommunrapporten om {markdown_text(view.kommuner[0].namn)} säger mer."
        if size == 1
        else "Rapporten rangordnar inte kommunerna. Den är till för att se var de skiljer sig åt och kan lära av "
        "varandra."
    )
    return f"Rapporten visar {who} {place}{view.year}{listed}.{known} {alone}"


def kommun_table(view: GroupView) -> str:
    """Return the table of how many of each kommun's results are secured better or worse than riket, and changed."""
    columns = [
        Column(head="Kommun", width=2.4),
        Column(head="▲ Säkert bättre än riket", align="right", width=1.2),
        Column(head="▼ Säkert sämre än riket", align="right", width=1.2),
        Column(head="Ingen säker skillnad", align="right", width=1.2),
        Column(head="↑ Säkert förbättrat", align="right", width=1.2),
        Column(head="↓ Säkert försämrat", align="right", width=1.2),
    ]
    counts: dict[str, list[int]] = {kommun.kod: [0] * 5 for kommun in view.kommuner}
    for result in view.quality:
        for one in result.shown:
            row = counts[one.kommun.kod]
            for place, verdict in enumerate(("battre", "samre", "ingen")):
                row[place] += one.against_riket == verdict
            for place, way in enumerate(("forbattring", "forsamring"), start=3):
                row[place] += one.trend == f"sakerstalld_{way}"
    rows: list[list[Cell]] = [
        [kommun.namn, *(number(count) for count in counts[kommun.kod])] for kommun in view.kommuner
    ]
    tested = sum(sum(row[:3]) for row in counts.values()) / len(counts)
    table = captioned_table(
        columns,
        rows,
        caption="Antal mått där kommunens skillnad mot riket, eller förändring över åren, är större än slumpen",
        label="tbl-kommuner",
    )
    return (
        f"{table}\n\nEn stor kommun har fler säkra skillnader än en liten, åt båda håll, eftersom slumpen spelar "
        f"mindre roll där. Antalen säger därför inte vilken kommun som är bäst. I genomsnitt prövas "
        f"{number(tested)} mått per kommun mot riket. Omkring {number(0.05 * tested)} av dem skulle se säkra ut av "
        "en ren slump."
    )


def against_riket(view: GroupView) -> str:
    """Return where most of the kommuner are secured better, and worse, than riket."""
    return _two_lists(
        view,
        ("Flest säkert bättre än riket", lambda result: result.against("battre")),
        ("Flest säkert sämre än riket", lambda result: result.against("samre")),
    )


def changes(view: GroupView) -> str:
    """Return what has improved, and worsened, in most of the kommuner."""
    return _two_lists(
        view,
        ("Förbättrat i flest kommuner", lambda result: result.trending("forbattring")),
        ("Försämrat i flest kommuner", lambda result: result.trending("forsamring")),
    )


def _two_lists(view: GroupView, *lists: tuple[str, Callable[[GroupResult], list[MemberResult]]]) -> str:
    return "\n\n".join(f"**{head}**\n\n{_most(view.quality, chosen)}" for head, chosen in lists)


def _most(results: Sequence[GroupResult], chosen: Callable[[GroupResult], list[MemberResult]]) -> str:
    found = [(result, chosen(result)) for result in results]
    found = sorted((pair for pair in found if pair[1]), key=lambda pair: (-len(pair[1]), pair[0].indicator.id))
    if not found:
        return "Ingen av kommunerna.\n"
    lines = [
        f"- *{markdown_text(result.indicator.short_title)}*{_how_many(result, members)}"
        for result, members in found[:LONGEST_LIST]
    ]
    more = len(found) - LONGEST_LIST
    if more > 0:
        lines.append(f"- Ytterligare {antal(more, 'mått', 'mått', neuter=True)} finns i områdenas tabeller.")
    return "\n".join(lines) + "\n"


def _how_many(result: GroupResult, members: Sequence[MemberResult]) -> str:
    """Return how many of the kommuner with a result, and which; nothing in a group of one."""
    if len(result.members) == 1:
        return ""
    of = antal(len(result.shown), "kommun", "kommuner")
    return f": {count_word(len(members))} av {of} ({names_of(members)})"


def names_of(members: Sequence[MemberResult]) -> str:
    """Return the kommuner's names, the first few of many: "Ale, Kungälv och fyra till"."""
    names = [markdown_text(one.kommun.namn) for one in members[:MOST_NAMED]]
    more = len(members) - MOST_NAMED
    return joined([*names, f"{count_word(more)} till"] if more > 0 else names)


def differing(view: GroupView) -> list[GroupResult]:
    """Return the numbers by which the kommuner differ most, measured by how all kommuner of the country do.

    The distance from the lowest to the highest steady result, by that between the country's quartiles; results on few
    persons don't count.
    """
    ranked = []
    for result in view.quality:
        steady, spread = result.steady, result.spread
        if len(steady) < min(FEWEST_KOMMUNER, len(view.kommuner)) or len(steady) < 2 or spread is None:
            continue
        middle = spread.p75 - spread.p25
        if middle > 0:
            ranked.append(((steady[-1][0] - steady[0][0]) / middle, result))
    return [result for _, result in sorted(ranked, key=lambda pair: (-pair[0], pair[1].indicator.id))]


def within(view: GroupView) -> str:
    """Return where the kommuner differ most among themselves."""
    found = differing(view)[:LONGEST_LIST]
    if not found:
        return "För få resultat för att jämföra kommunerna inbördes.\n"
    lines = []
    for result in found:
        (lowest, first), (highest, last) = result.steady[0], result.steady[-1]
        decimals = row_decimals(result.indicator.scale, [lowest, highest])
        said = f"från {number(lowest, decimals)} i {markdown_text(first.namn)} till "
        said += f"{markdown_text(with_unit(highest, result.indicator, decimals))} i {markdown_text(last.namn)}"
        lines.append(f"- *{markdown_text(result.indicator.short_title)}*: {said}")
    return (
        "\n".join(lines)
        + "\n\nAvståndet mäts mot hur mycket landets kommuner brukar skilja sig åt. Resultat som bygger på "
        f"färre än {SMALL_BASE} personer räknas inte med, där antalet är känt. En del av avståndet är slump, mer ju "
        "fler kommunerna är.\n"
    )

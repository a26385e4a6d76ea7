"""``lagesbild new-year``: prepare a report year, and say what people have to do. Nothing that exists is overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.load import Catalogue, load_catalogue
from lagesbild.catalogue.plan import Standing, checked_year, measuring_plan
from lagesbild.files import write_atomic
from lagesbild.presentation.wording import antal, capitalised
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.new_year_files import NewYear
from lagesbild.publishing.new_year_mappings import copy_mappings, without_source
from lagesbild.publishing.new_year_texts import copy_comments, copy_prose
from lagesbild.publishing.prose_files import prose_folder

CHECKLIST = "checklista.md"
#: The checklist as it would be now, where the first one stands and somebody may have ticked it.
CHECKLIST_NOW = "checklista-nu.md"
_MAPPINGS = "data/mappings/socialstyrelsen"


def prepare_year(
    layout: Layout, *, before: int, data: Path | None = None, analyst: Path | None = None, previous: Path | None = None
) -> NewYear:
    """Prepare the report year of `layout` from the year before it.

    Parameters
    ----------
    layout
        Source and new year.
    before
        The year whose files are copied.
    data
        Folder of outside files, whose ``socialstyrelsen/mappings`` are copied too.
    analyst
        The analyst's folder; its comments are copied to a folder of the new year beside it.
    previous
        Release that the newest release is compared with; the one of `before` where not given.

    Raises
    ------
    ParameterError
        If the measuring plan does not reach the year.
    """
    catalogue = load_catalogue()
    checked_year(catalogue, layout.year)
    made = NewYear(checklist=prose_folder(layout) / CHECKLIST)
    parts = [
        f"# Att göra inför {layout.year}\n\nSkriven av `lagesbild new-year {layout.year}`. Bocka av det som är klart.",
        _schedule(catalogue, before, layout.year),
        _mappings(made, catalogue, _folders(layout, data), before, layout.year),
        copy_prose(made, layout, catalogue, before),
        copy_comments(made, analyst, before, layout.year),
        _diff(layout, before, previous),
        _steps(layout),
    ]
    made.text = "\n\n".join(part for part in parts if part) + "\n"
    _write_checklist(made)
    return made


def _write_checklist(made: NewYear) -> None:
    now = made.checklist.with_name(CHECKLIST_NOW)
    if not made.checklist.exists():
        write_atomic(made.checklist, made.text)
        made.written.append(made.checklist)
    elif made.checklist.read_text(encoding="utf-8") != made.text:
        write_atomic(now, made.text)
        made.kept.append(made.checklist)


def _folders(layout: Layout, data: Path | None) -> list[Path]:
    """Return the folders with mappings: the repository's, and the outside files' own."""
    # Never those of an installed package: they are not the analyst's to write in.
    folders = (layout.root / _MAPPINGS, (data or layout.raw) / "socialstyrelsen" / "mappings")
    return [folder for folder in folders if folder.is_dir()]


def _named(indicators: Sequence[Indicator], *, box: bool = False) -> str:
    return "\n".join(f"- {'[ ] ' if box else ''}{one.id}: {one.title}" for one in indicators)


def _schedule(catalogue: Catalogue, before: int, year: int) -> str:
    """Return what is measured in the year by area, and what is otherwise than the year before."""
    parts = [f"## Vad som mäts {year}"]
    for area in AREAS:
        indicators = catalogue.in_area(area.id)
        then, now = ({row.indicator.id: row for row in measuring_plan(indicators, one)} for one in (before, year))
        measured = [one for one in indicators if now[one.id].measured]
        come = [one for one in measured if not then[one.id].measured]
        rest = [one for one in indicators if then[one.id].measured and not now[one.id].measured]
        groups = (
            ("Nya", [one for one in come if one.first_year == year]),
            (f"Mäts igen (inte {before})", [one for one in come if one.first_year != year]),
            (f"Vilar {year} enligt planen", [one for one in rest if now[one.id].standing is Standing.RYTM]),
            ("Slutar mätas eller har ersatts", [one for one in rest if now[one.id].standing is not Standing.RYTM]),
            ("Pausade", [one for one in indicators if now[one.id].standing is Standing.PAUSAD]),
        )
        parts.append(f"### {area.name}\n\n{capitalised(antal(len(measured), 'indikator', 'indikatorer'))} mäts.")
        parts += [f"{head}: {len(found)}\n\n{_named(found)}" for head, found in groups if found]
    return "\n\n".join(parts)


def _mappings(made: NewYear, catalogue: Catalogue, folders: Sequence[Path], before: int, year: int) -> str:
    """Copy the mappings and return what is to be reviewed and what has none."""
    parts = [
        f"## Mappningar att granska {year}",
        "Varje kopierad mappning vägras av `lagesbild import` tills raden `att_granska` är borttagen.",
    ]
    tied: list[Path] = []
    for folder in folders:
        for template in copy_mappings(folder, catalogue, before, year):
            (made.written if template.written else made.kept).append(template.new)
            tied.append(template.new)
            lines = [f"- [ ] `{template.new.name}` (från `{template.old.name}`)"]
            if template.not_measured:
                lines.append(f"\nMäts inte {year}, så kolumnerna kan saknas:\n\n{_named(template.not_measured)}")
            if template.absent:
                lines.append(f"\nMäts {year} men har ingen kolumn i mappningen:\n\n{_named(template.absent, box=True)}")
            parts.append("\n".join(lines))
    if not tied:
        parts.append(f"Ingen mappning för {before} finns att kopiera.")
    kpis = [one for one in catalogue.indicators if one.measured(year) and one.kolada]
    parts.append(
        f"### Kolada\n\n- [ ] {capitalised(antal(len(kpis), 'indikator', 'indikatorer'))} som mäts {year} har ett "
        "nyckeltal i Kolada. Kör `lagesbild catalogue coverage` mot årets uppgifter och se om något har bytt id."
    )
    bare = without_source(catalogue, year, tied)
    parts.append(
        f"### Utan mappning\n\n{capitalised(antal(len(bare), 'indikator', 'indikatorer'))} som mäts {year} har varken "
        f"nyckeltal i Kolada eller mappning:\n\n{_named(bare)}"
        if bare
        else "### Utan mappning\n\nAlla indikatorer som mäts har nyckeltal eller mappning."
    )
    return "\n\n".join(parts)


def _diff(layout: Layout, before: int, previous: Path | None) -> str:
    """Return what the newest release says otherwise than the one before it, or how to see it."""
    from lagesbild.presentation.release_changes import summary  # noqa: PLC0415 - reads releases, seldom there
    from lagesbild.publishing.release_diff import release_diff  # noqa: PLC0415

    releases = [
        Layout(root=layout.root, source=layout.source, year=one).release for one in range(before - 1, before + 2)
    ]
    there = [one for one in releases if (one / "data" / "datapackage.json").is_file()]
    pair = [previous, *there[-1:]] if previous is not None else there[-2:]
    head = "## Skillnader mot den förra publiceringen\n\n"
    if len(pair) < 2:
        command = f"lagesbild diff _release/{layout.source}-{before} _release/{layout.source}-{layout.year}"
        return f"{head}Två publiceringar att jämföra finns inte ännu. Kör sedan `{command}`."
    told = summary(release_diff(*pair), synthetic=layout.synthetic).strip()
    return f"{head}- [ ] Läs skillnaderna mellan `{pair[0].name}` och `{pair[1].name}`.\n\n{told}"


def _steps(layout: Layout) -> str:
    at = f"--source {layout.source} --year {layout.year}"
    return (
        "## Sedan\n\n"
        f"- [ ] `lagesbild import --source {layout.source} --data <mapp med årets filer>`\n"
        f"- [ ] `lagesbild analyse {at}`\n"
        f"- [ ] `lagesbild prosa {at}` tills allt stämmer; `lagesbild lagesrapport {at} --utkast` visar ett utkast\n"
        f"- [ ] `lagesbild kalender --kolada <mapp med kpi.csv> --write` för nya publiceringsdatum\n"
        f"- [ ] `make SOURCE={layout.source} YEAR={layout.year}`"
    )

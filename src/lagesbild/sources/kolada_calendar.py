"""When Kolada publishes the catalogue's key figures, as its own metadata tell: rows of the calendar."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from pathlib import Path

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.calendar import COLUMNS, FILE
from lagesbild.catalogue.kinds import Survey
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.registers import read_register
from lagesbild.catalogue.resources import registers_folder
from lagesbild.errors import NotBuiltError
from lagesbild.files import write_atomic

#: What the rows of Kolada's are called, before date and survey.
PREFIX = "kolada"

_FROM = {
    Survey.KOMMUNENKAT: "kommunenkäten",
    Survey.ENHETSUNDERSOKNING: "enhetsundersökningarna",
    Survey.BRUKARUNDERSOKNING: "brukarundersökningarna",
    Survey.REGISTER: "register",
    Survey.RAKENSKAPSSAMMANDRAG: "kommunernas räkenskapssammandrag",
}
_SOURCE = "Kolada (RKA), nyckeltalens metadata ({}), lästa våren 2026"


def publication_rows(folder: Path, catalogue: Catalogue) -> list[dict[str, str]]:
    """Return the calendar's rows of Kolada's, one a date, survey and year that the figures are of.

    Parameters
    ----------
    folder
        A folder with Kolada's ``kpi.csv``.
    catalogue
        The indicators; key figures that none of them is are left out.

    Returns
    -------
    list of dict
        `lagesbild.catalogue.calendar.COLUMNS`, sorted by date and id; key figures without a date come last, a row a
        survey.

    Raises
    ------
    NotBuiltError
        If there is no such file.
    """
    path = folder / "kpi.csv"
    if not path.is_file():
        raise NotBuiltError("Kolada's kpi.csv", f"lagesbild download --output {folder}")
    with path.open(encoding="utf-8", newline="") as handle:
        metadata = {row["id"]: row for row in csv.DictReader(handle)}
    grouped: dict[tuple[str, str, Survey, str], list[str]] = defaultdict(list)
    for one in catalogue.indicators:
        told = metadata.get(one.kolada or "")
        if told is None:
            continue
        refers = told["publ_period"].removesuffix(".0")
        grouped["publicering", told["publication_date"], one.survey, refers].append(one.area)
        if told["prel_publication_date"]:
            grouped["preliminar", told["prel_publication_date"], one.survey, refers].append(one.area)
    rows = [_row(*key, areas) for key, areas in grouped.items()]
    return sorted(rows, key=lambda row: (not row["nar"], row["nar"], row["id"]))


def _row(kind: str, when: str, survey: Survey, refers: str, areas: list[str]) -> dict[str, str]:
    of = f" för {refers}" if refers else ""
    what = f"Uppgifter från {_FROM[survey]}{of} i Kolada"
    if kind == "preliminar":
        what = f"Preliminära uppgifter från {_FROM[survey]}{of} i Kolada"
    name = "-".join(part for part in (PREFIX, kind, when or "okant", str(survey), refers) if part)
    field = "prel_publication_date" if kind == "preliminar" else "publication_date"
    values = {
        "id": name,
        "slag": kind,
        "nar": when,
        "vad": what,
        "undersokning": str(survey),
        "avser": refers,
        "omraden": " ".join(area for area in AREA_IDS if area in areas),
        "antal": str(len(areas)),
        "sakerhet": "angivet" if when else "okant",
        "kalla": _SOURCE.format(field),
    }
    return {name: values[name] for name in COLUMNS}


def register_differences(rows: list[dict[str, str]]) -> tuple[list[str], list[str]]:
    """Return the rows of Kolada's that the calendar has and Kolada hasn't, and the other way round, as lines."""
    now, then = ({_line(row) for row in of} for of in (rows, _kept(of_kolada=True)))
    return sorted(then - now), sorted(now - then)


def register_with(rows: list[dict[str, str]]) -> None:
    """Write the calendar anew with these rows in place of Kolada's earlier ones."""
    whole = sorted([*_kept(of_kolada=False), *rows], key=lambda row: (not row["nar"], row["nar"], row["id"]))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(COLUMNS), lineterminator="\n")
    writer.writeheader()
    writer.writerows(whole)
    write_atomic(registers_folder() / FILE, out.getvalue())


def _kept(*, of_kolada: bool) -> list[dict[str, str]]:
    """Return the register's rows that are Kolada's, or those that aren't."""
    rows = read_register(registers_folder() / FILE, COLUMNS, key=("id",))
    return [row for row in rows if row["id"].startswith(f"{PREFIX}-") == of_kolada]


def _line(row: dict[str, str]) -> str:
    return f"{row['nar'] or 'no date'} {row['vad']}: {row['antal']} ({row['omraden']})"

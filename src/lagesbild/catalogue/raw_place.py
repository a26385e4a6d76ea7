"""Where a released observation stands in the raw files: the words in which the way back is told.

`lagesbild.observations.trace_back` finds the places; what stands behind the gate knows only these words.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from lagesbild.catalogue.vocabulary import Sex, Status

#: Fields of an observation that a raw cell may give, in the order in which places are told.
FIELDS = ("value", "answer", "numerator", "denominator", "n_answers", "n_asked", "status")


@dataclass(frozen=True, kw_only=True)
class ObservationKey:
    """What names one observation (`OBSERVATION_KEY`): a unit's `unit` is its name, else empty."""

    indicator: str
    year: int
    level: str
    region: str
    unit: str = ""
    sex: str = Sex.TOTAL.value


@dataclass(frozen=True, kw_only=True)
class RawPlace:
    """One raw cell, and what of an observation was read from it.

    An observation with several raw cells has one place for each: its figure in one, numerator and denominator in
    others. A cell that gives two fields (a mark gives the status and the lack of a value) is told once.

    Parameters
    ----------
    field
        What was read: ``value`` or ``answer`` for the figure itself, ``status`` for a mark or word that says why there
        is none, else the name of the count.
    file
        Path in the folder of raw files, with ``/``: ``socialstyrelsen/register-aldreomsorg-2018.xlsx``. For what an
        earlier dump brought to Kolada's archive, path in the source's work folder: ``store/kolada/values/...``.
    sheet
        Name of the sheet; null in a file that has none.
    cell
        The cell as a spreadsheet names it (``D17``), in CSV files too; null in a Parquet file.
    row
        The row, counted from one: as the spreadsheet shows it, or the row of the Parquet file.
    column
        The column's head, or its name in a Parquet file.
    text
        What stands in the cell, as printed in the file. Of a withheld observation one place is told, its row: `cell`
        and `text` are null and `column` empty, and nothing tells why it is withheld.
    rule
        How the text becomes the field, in words.
    sha256
        Of the file's bytes, in hexadecimal.
    address
        Where the same figure stands in public (Kolada's API); null where it stands nowhere else.
    origin, licence, retrieved
        Whom the file is from, under which terms, and the ISO date on which it was fetched; null where not told.
    """

    field: str
    file: str
    sheet: str | None
    cell: str | None
    row: int
    column: str
    text: str | None
    rule: str
    sha256: str
    address: str | None = None
    origin: str | None = None
    licence: str | None = None
    retrieved: str | None = None


def shown_fields(released: Mapping[str, object]) -> frozenset[str]:
    """Return the fields of a released row whose raw text may be shown: what the row itself tells, no more.

    Parameters
    ----------
    released
        A row of the released table; of a withheld one nothing is shown, not even why.
    """
    if released["status"] == Status.SEKRETESS.value:
        return frozenset()
    return frozenset(name for name in FIELDS if _told(released.get(name)))


def _told(value: object) -> bool:
    return value is not None and value != "" and not (isinstance(value, float) and math.isnan(value))

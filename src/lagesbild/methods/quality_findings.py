"""What a check of data quality finds: one row a finding, pointing to the cell that it concerns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import IntEnum, StrEnum
from typing import Any, cast

import pandas as pd

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.catalogue.vocabulary import Level, Sex

#: Columns of ``avvikelser.parquet``, in order; the first five name the cell.
FINDING_COLUMNS = ("indicator", "year", "level", "region", "sex", "check", "severity", "text")

_TEXT = ("indicator", "level", "region", "sex", "check", "text")


class Check(StrEnum):
    """The checks, by what they look at."""

    HOPP = "hopp"  # a change out of proportion to the indicator's own
    FRAM_OCH_TILLBAKA = "fram_och_tillbaka"  # such a change, and back again
    GEMENSAMT_HOPP = "gemensamt_hopp"  # most kommuner moved the same way at once
    VAXLANDE_SVAR = "vaxlande_svar"  # ja, nej, ja
    KON_MOT_TOTAL = "kon_mot_total"  # women and men against the total
    TALJARE_NAMNARE = "taljare_namnare"  # numerator and denominator against the value
    OMOJLIGT_VARDE = "omojligt_varde"  # outside what the scale allows
    RIKET_MOT_KOMMUNER = "riket_mot_kommuner"  # the national row against the kommuner's
    TACKNING = "tackning"  # few kommuner have reported
    SVARSANDEL = "svarsandel"  # few of those asked have answered
    PARTIELLT_BORTFALL = "partiellt_bortfall"  # answered the survey but not this question
    SENA_UPPGIFTER = "sena_uppgifter"  # the plan has the indicator, the source is years behind
    SERIEBROTT = "seriebrott"  # the question or definition changed
    DUBBELT_NYCKELTAL = "dubbelt_nyckeltal"  # the figures of another indicator
    UPPREPADE_VARDEN = "upprepade_varden"  # the figures of an earlier year


class Severity(IntEnum):
    """How much a finding takes from the trust in a figure."""

    UPPLYSNING = 0  # good to know; takes nothing
    LINDRIG = 1
    TYDLIG = 2
    ALLVARLIG = 3


def each(frame: pd.DataFrame) -> Iterator[Any]:
    """Return the rows as named tuples; pandas' own types for them fit no arithmetic."""
    return cast("Iterator[Any]", frame.itertuples())


def no_findings() -> pd.DataFrame:
    """Return a frame of findings without rows, with the types that all such frames have."""
    return _typed(pd.DataFrame(columns=list(FINDING_COLUMNS)))


def national_cells(names: Sequence[str], year: int) -> pd.DataFrame:
    """Return riket's cell (total) of each indicator, for a finding that concerns the indicator as a whole."""
    return pd.DataFrame({"indicator": list(names)}).assign(
        year=year, level=str(Level.RIKE), region="0000", sex=str(Sex.TOTAL)
    )


def as_findings(
    cells: pd.DataFrame, *, check: Check, severity: Sequence[int] | Severity, text: Sequence[str] | str
) -> pd.DataFrame:
    """Return one finding for each row of `cells`.

    Parameters
    ----------
    cells
        Has ``indicator, year, level, region, sex``.
    check
        Which check found them.
    severity, text
        One for all, or one for each row, in order. The text is Swedish, a sentence without its full stop.

    Returns
    -------
    DataFrame
        `FINDING_COLUMNS`.
    """
    if cells.empty:
        return no_findings()
    frame = (
        cells[["indicator", "year", "level", "region", "sex"]]
        .reset_index(drop=True)
        .assign(
            check=str(check),
            severity=int(severity) if isinstance(severity, Severity) else list(severity),
            text=text if isinstance(text, str) else list(text),
        )
    )
    return _typed(frame)


def gathered(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return the findings of several checks as one frame in fixed order, each cell and check once.

    Where one check found the same cell twice the more severe finding stays.
    """
    some = [part for part in parts if len(part)]
    if not some:
        return no_findings()
    frame = pd.concat(some, ignore_index=True)
    frame = frame.sort_values([*FINDING_COLUMNS[:6], "severity", "text"], ascending=[True] * 6 + [False, True])
    return _typed(frame.drop_duplicates(list(FINDING_COLUMNS[:6]))).reset_index(drop=True)


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    types = dict.fromkeys(_TEXT, "str") | {"year": "int16", "severity": "int8"}
    return frame[list(FINDING_COLUMNS)].astype(types)


def printed(value: float) -> str:
    """Return a number as a finding's text has it: decimal comma, one decimal under a hundred, half-up.

    `lagesbild.presentation.numbers` has the full rules for print; it stands above this layer.
    """
    whole = abs(value) >= 100 or float(value).is_integer()
    exact = Decimal(format(float(value), ".12g"))
    rounded = exact.quantize(Decimal(1) if whole else Decimal("0.1"), rounding=ROUND_HALF_UP)
    return f"{abs(rounded) if rounded == 0 else rounded:,}".replace(",", "\u202f").replace(".", ",").replace("-", "−")


def unit_words(indicator: Indicator) -> str:
    """Return the unit with a space before it, as it follows a number; empty for means, counts and indexes."""
    named = indicator.scale in (Scale.PROCENT, Scale.DAGAR, Scale.KRONOR)
    return f" {indicator.unit_text.replace('kr ', 'kronor ')}" if named and indicator.unit_text else ""

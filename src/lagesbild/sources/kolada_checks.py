"""Everything that can be wrong with rows from Kolada, found at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import pandas as pd

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.catalogue.vocabulary import Sex, Status
from lagesbild.errors import Fault
from lagesbild.sources.kolada_regions import level_and_region, unknown_region
from lagesbild.sources.kolada_rows import DELETED, live

#: Kolada's status words; an empty one stands beside a value. `Missing` is what Kolada prints as "-".
STATUSES: Mapping[str, Status] = {
    "": Status.OK,
    "Missing": Status.BORTFALL,
    "Privacy": Status.SEKRETESS,
    "Not applicable": Status.EJ_TILLAMPLIG,
}

#: Rounding errors in the source's floats that are no fault.
_TOLERANCE = 1e-6

_FIRST_YEAR, _LAST_YEAR = 1990, 2099

#: Scales whose values can't be negative. Kronor can: revenues may exceed costs, and corrections of an
#: earlier year are booked in the next (Kolada has such cells). So can an index and a mean.
_NEVER_NEGATIVE = (Scale.PROCENT, Scale.DAGAR, Scale.ANTAL)


def key_faults(raw: pd.DataFrame, *, file: str) -> Iterator[Fault]:
    """Yield the faults in what the rows are about: region, year, sex, status and duplicates.

    Parameters
    ----------
    raw
        Rows as `kolada_rows.normalise` returns them, uncatalogued KPIs too.
    file
        Name of the file for messages; `row` in a fault is the frame's `row`.
    """
    for geo, row, count in _where(raw["geo"], raw["row"], lambda text: level_and_region(text) is None):
        yield unknown_region(geo, file=file, row=row, count=count)
    for year, row, count in _where(raw["year_text"], raw["row"], lambda text: not _is_year(text)):
        what = f"year {year!r} is no year ({count} row{'s' if count != 1 else ''}, this is the first)"
        yield Fault(what=what, file=file, row=row, column="year", expected=f"{_FIRST_YEAR}-{_LAST_YEAR}")
    for gender, row, count in _where(raw["gender"], raw["row"], lambda text: text not in set(Sex)):
        what = f"gender {gender!r} is unknown ({count} row{'s' if count != 1 else ''}, this is the first)"
        yield Fault(what=what, file=file, row=row, column="gender", expected="T, K or M")
    for status, row, count in _where(raw["status"], raw["row"], lambda text: text not in {*STATUSES, DELETED}):
        what = f"status {status!r} is unknown ({count} row{'s' if count != 1 else ''}, this is the first)"
        expected = "empty, " + ", ".join(name for name in STATUSES if name)
        yield Fault(what=what, file=file, row=row, column="status", expected=expected)
    yield from _duplicates(live(raw), file=file)


def number_faults(rows: pd.DataFrame, labels: Mapping[str, str], *, file: str) -> Iterator[Fault]:
    """Yield the values that are no numbers.

    Parameters
    ----------
    rows
        Rows as `kolada_rows.normalise` returns them.
    labels
        What to call a KPI in a message, by its id. An infinite value of such a KPI is left to `value_faults`,
        which knows its scale.
    file
        As in `key_faults`.
    """
    infinite = np.isinf(rows["value"].to_numpy()) & ~rows["kpi"].isin(list(labels)).to_numpy()
    for line in rows[infinite | (rows["value_text"] != "").to_numpy()].to_dict("records"):
        yield Fault(
            what=f"value {line['value_text'] or line['value']!r} is no number",
            file=file,
            row=int(line["row"]) or None,
            column="value",
            indicator=labels.get(str(line["kpi"]), str(line["kpi"])),
            region=str(line["geo"]),
            expected="a number with decimal point",
        )


def _where(column: pd.Series, rows: pd.Series, bad: Callable[[str], bool]) -> Iterator[tuple[str, int, int]]:
    """Yield each distinct bad text of a categorical column with its first row and number of rows."""
    codes = column.cat.codes.to_numpy()
    for code, text in enumerate(column.cat.categories):
        if bad(str(text)):
            hits = np.flatnonzero(codes == code)
            if len(hits):
                yield text, int(rows.iloc[hits[0]]), len(hits)


def _is_year(text: str) -> bool:
    return text.isdecimal() and _FIRST_YEAR <= int(text) <= _LAST_YEAR


def _duplicates(raw: pd.DataFrame, *, file: str) -> Iterator[Fault]:
    """Yield a fault for each row whose KPI, region, year and sex stand in an earlier row too."""
    # "0" and "0000" are both riket, so duplicates are told by our region and not by Kolada's code.
    regions = [(level_and_region(geo) or ("", geo))[1] for geo in raw["geo"].cat.categories]
    region_codes = pd.factorize(pd.Series(regions, dtype="str"))[0]
    key = raw["kpi"].cat.codes.to_numpy("int64")
    parts = (
        (region_codes[raw["geo"].cat.codes.to_numpy()] if regions else key, len(regions)),
        (raw["year_text"].cat.codes.to_numpy("int64"), raw["year_text"].cat.categories.size),
        (raw["gender"].cat.codes.to_numpy("int64"), raw["gender"].cat.categories.size),
        (raw["unit"].cat.codes.to_numpy("int64"), raw["unit"].cat.categories.size),
    )
    for codes, size in parts:
        key = key * (size + 1) + codes
    keys = pd.Series(key, index=raw.index)
    repeated = keys[keys.duplicated(keep="first")]
    if repeated.empty:
        return
    first = raw["row"].groupby(keys).min()
    for line, value in zip(raw.loc[repeated.index].to_dict("records"), repeated, strict=True):
        yield Fault(
            what=f"KPI {line['kpi']} for this region, year and sex ({line['gender']}) stands already in row "
            f"{int(first[value])}",
            file=file,
            row=int(line["row"]),
            region=str(line["geo"]),
            year=int(line["year_text"]) if _is_year(line["year_text"]) else None,
            action="Keep one of the rows",
        )


def value_faults(rows: pd.DataFrame, indicator: Indicator, *, file: str) -> Iterator[Fault]:
    """Yield the values that the indicator's scale can't have.

    Parameters
    ----------
    rows
        The indicator's rows whose status is `ok`; `value` float64, `row` and `geo` for the message.
    indicator
        Says the scale and, for answers, Kolada's codes.
    file
        Name of the file for messages.
    """
    values = rows["value"].to_numpy()
    expected = None
    if indicator.is_answer:
        bad = np.array([answer_code(value) not in indicator.kolada_codes for value in values], dtype=bool)
        expected = ", ".join(f"{code} ({word})" for code, word in sorted(indicator.kolada_codes.items()))
    else:
        bad = ~np.isfinite(values)
        if indicator.scale in _NEVER_NEGATIVE:
            bad |= values < -_TOLERANCE
            expected = "0 or more"
        if indicator.scale is Scale.PROCENT:
            bad |= values > 100 + _TOLERANCE
            expected = "0-100"
    noun = {Scale.PROCENT: "percentage", Scale.DAGAR: "number of days", Scale.ANTAL: "number"}
    for line in rows[bad].to_dict("records"):
        yield Fault(
            what=f"value {answer_code(line['value'])} is no {noun.get(indicator.scale, 'possible value')}",
            file=file,
            row=int(line["row"]) or None,
            column="value",
            indicator=f"{indicator.id} ({indicator.kolada})",
            region=str(line["geo"]),
            year=int(line["year_text"]) if _is_year(line["year_text"]) else None,
            expected=expected,
            action="Correct the value or ask the source",
        )


def answer_code(value: float) -> str:
    """Return a value as Kolada's codes are written in the catalogue: 1.0 is "1", 101.25 is "101.25"."""
    return f"{value:.15g}"

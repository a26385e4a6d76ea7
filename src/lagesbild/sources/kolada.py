"""Kolada's rows become rows of the observation table; the same for a dump and for the API.

Source: Kolada (RKA), https://www.kolada.se. A row is a KPI's value for a region, a year and a sex.
"""

from __future__ import annotations

import pandas as pd

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.vocabulary import Level, Status
from lagesbild.errors import Fault, InputError
from lagesbild.sources.kolada_checks import STATUSES, answer_code, key_faults, value_faults
from lagesbild.sources.kolada_known_faults import without_known_faults
from lagesbild.sources.kolada_regions import level_and_region
from lagesbild.sources.kolada_rows import COUNTS, normalise
from lagesbild.sources.result import UNMAPPED_COLUMNS, SourceResult, observation_frame


def convert(raw: pd.DataFrame, *, catalogue: Catalogue, titles: dict[str, str], file: str) -> SourceResult:
    """Turn rows from Kolada into observations.

    Parameters
    ----------
    raw
        Rows as `kolada_rows.normalise` takes them.
    catalogue
        Says which KPIs are ours. Rows of other KPIs are checked for region, year, sex and duplicates but
        not converted.
    titles
        Title of each KPI, for the list of what was left out.
    file
        What to call the rows in messages.

    Returns
    -------
    SourceResult
        Observations with source "kolada" and revision "1". `numerator` and the other counts are null
        unless the rows have them. A set status is binding even where a value stands beside it; a null
        value without status is `saknas`. For answers, riket and län are left out: an answer is a kommun's.

    Raises
    ------
    InputError
        With every fault of every row.
    """
    rows = normalise(raw)
    faults = list(key_faults(rows, file=file))
    ours = [indicator for indicator in catalogue.indicators if indicator.kolada]
    rows, known = without_known_faults(rows)
    by_kpi = dict(tuple(rows[rows["kpi"].isin({one.kolada for one in ours})].groupby("kpi", observed=True)))
    parts, left_out = [], _uncatalogued(rows, {one.kolada for one in ours}, titles)
    for indicator in ours:
        kpi = str(indicator.kolada)
        if kpi not in by_kpi:
            left_out.append((kpi, indicator.id, 0, "in the catalogue, but the source has no rows"))
            continue
        part, n_dropped = _rows_of(by_kpi[kpi], indicator)
        if n_dropped:
            reason = "riket and län have no answer of their own"
            left_out.append((kpi, titles.get(kpi, ""), n_dropped, reason))
        faults += _text_faults(part, indicator, file=file)
        valued = part[(part["our_status"] == Status.OK) & (part["value_text"] == "")]
        faults += value_faults(valued, indicator, file=file)
        parts.append(part)
    if faults:
        raise InputError(f"Kolada data refused: {file}", sorted(faults, key=lambda fault: fault.row or 0))
    unmapped = pd.DataFrame(sorted(left_out), columns=list(UNMAPPED_COLUMNS))
    return SourceResult(observations=_observations(parts), unmapped=unmapped, known_faults=known)


def _rows_of(rows: pd.DataFrame, indicator: Indicator) -> tuple[pd.DataFrame, int]:
    """Return an indicator's rows with our level, region, status and answer, and the number dropped."""
    found = {geo: level_and_region(geo) for geo in rows["geo"].unique()}
    rows = rows.assign(
        indicator=indicator.id,
        level=[str((found[geo] or ("", ""))[0]) for geo in rows["geo"]],
        region=[(found[geo] or ("", ""))[1] for geo in rows["geo"]],
        our_status=[str(STATUSES.get(word, Status.OK)) for word in rows["status"]],
    )
    empty = rows["value"].isna() & (rows["value_text"] == "") & (rows["our_status"] == Status.OK)
    rows.loc[empty, "our_status"] = str(Status.SAKNAS)
    if not indicator.is_answer:
        return rows.assign(answer=None), 0
    n_before = len(rows)
    rows = rows[~rows["level"].isin([Level.RIKE, Level.LAN])]
    codes = [answer_code(value) for value in rows["value"]]
    answers = pd.Series([indicator.kolada_codes.get(code) for code in codes], index=rows.index, dtype="str")
    return rows.assign(answer=answers), n_before - len(rows)


def _text_faults(rows: pd.DataFrame, indicator: Indicator, *, file: str) -> list[Fault]:
    return [
        Fault(
            what=f"value {line['value_text']!r} is no number",
            file=file,
            row=int(line["row"]),
            column="value",
            indicator=f"{indicator.id} ({indicator.kolada})",
            region=str(line["geo"]),
            expected="a number with decimal point",
        )
        for line in rows[rows["value_text"] != ""].to_dict("records")
    ]


def _observations(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Return the observation table of the indicators' rows; nulls every number whose status isn't `ok`."""
    if not parts:
        return observation_frame({"year": pd.Series(dtype="int64")})
    rows = pd.concat(parts, ignore_index=True)
    ok = rows["our_status"] == Status.OK
    is_number = ok & rows["answer"].isna()
    columns: dict[str, object] = {
        "indicator": rows["indicator"],
        "year": rows["year_text"].astype("str").astype("int64"),
        "level": rows["level"],
        "region": rows["region"],
        "sex": rows["gender"].astype("str"),
        "value": rows["value"].where(is_number),
        "answer": rows["answer"].where(ok, None),
        "status": rows["our_status"],
        "source": "kolada",
        "revision": "1",
    }
    # Counts stay where the value is withheld or missing: the gate and the response rates need them.
    columns |= {name: rows[name] for name in COUNTS if name in rows}
    return observation_frame(columns)


def _uncatalogued(rows: pd.DataFrame, ours: set[str | None], titles: dict[str, str]) -> list[tuple[str, str, int, str]]:
    counts = rows["kpi"].value_counts()
    reason = "not in the catalogue"
    return [(str(k), titles.get(str(k), ""), int(n), reason) for k, n in counts.items() if n and k not in ours]

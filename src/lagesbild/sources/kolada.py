"""Kolada's rows become rows of the observation table; the same for a dump and for the API.

Source: Kolada (RKA), https://www.kolada.se. A row is a KPI's value for a region, a year and a sex.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.vocabulary import Level, Status
from lagesbild.errors import Fault, InputError
from lagesbild.sources.kolada_checks import STATUSES, answer_code, key_faults, number_faults, value_faults
from lagesbild.sources.kolada_known_faults import without_known_faults
from lagesbild.sources.kolada_regions import level_and_region
from lagesbild.sources.kolada_rows import COUNTS, live, normalise
from lagesbild.sources.result import UNMAPPED_COLUMNS, SourceResult, observation_frame


def convert(raw: pd.DataFrame, *, catalogue: Catalogue, titles: Mapping[str, str], file: str) -> SourceResult:
    """Turn rows from Kolada into observations.

    Parameters
    ----------
    raw
        Rows as `kolada_rows.normalise` takes them.
    catalogue, titles, file
        As in `convert_rows`.

    Returns
    -------
    SourceResult
        As `convert_rows` gives it.

    Raises
    ------
    InputError
        With every fault of every row, of KPIs outside the catalogue too.
    """
    rows = normalise(raw)
    faults = row_faults(rows, catalogue=catalogue, file=file)
    return convert_rows(rows, catalogue=catalogue, titles=titles, file=file, faults=faults)


def row_faults(rows: pd.DataFrame, *, catalogue: Catalogue, file: str) -> list[Fault]:
    """Return what is wrong with rows whatever their KPI: region, year, sex, status, repeats, and no number.

    Parameters
    ----------
    rows
        As `kolada_rows.normalise` returns them.
    catalogue
        Names the indicators in the messages.
    file
        What to call the rows in messages.
    """
    labels = {str(one.kolada): f"{one.id} ({one.kolada})" for one in catalogue.indicators if one.kolada}
    return [*key_faults(rows, file=file), *number_faults(rows, labels, file=file)]


def convert_rows(
    rows: pd.DataFrame,
    *,
    catalogue: Catalogue,
    titles: Mapping[str, str],
    file: str,
    faults: Sequence[Fault] = (),
    units: Mapping[str, str] | None = None,
    places: bool = False,
) -> SourceResult:
    """Turn normalised rows into observations.

    Parameters
    ----------
    rows
        As `kolada_rows.normalise` or `kolada_archive.archive_rows` returns them.
    catalogue
        Says which KPIs are ours. Rows of other KPIs are not converted.
    titles
        Title of each KPI, for the list of what was left out.
    file
        What to call the rows in messages.
    faults
        What is already known to be wrong with the rows (see `row_faults`); told together with the values that
        an indicator's scale can't have.
    units
        Name of each unit by Kolada's id; the id itself stands in where there is no name.
    places
        Whether each observation keeps the `row` that it was made of, as a last column (for a trace; no import does).

    Returns
    -------
    SourceResult
        Observations with source "kolada" and revision "1". `numerator` and the other counts are null
        unless the rows have them. A set status is binding even where a value stands beside it; a null
        value without status is `saknas`; a taken-back value is no observation. For answers, riket and län are
        left out: an answer is a kommun's. A unit's row has level enhet and its kommun as region.

    Raises
    ------
    InputError
        With every fault of every row.
    """
    found = list(faults)
    rows = live(rows)
    ours = [indicator for indicator in catalogue.indicators if indicator.kolada]
    rows, known = without_known_faults(rows)
    mapped = _placed(rows[rows["kpi"].isin({one.kolada for one in ours})].reset_index(drop=True))
    by_kpi = dict(tuple(mapped.groupby("kpi", observed=True)))
    parts: list[tuple[str, pd.DataFrame]] = []
    left_out = _uncatalogued(rows, {one.kolada for one in ours}, titles)
    for indicator in ours:
        kpi = str(indicator.kolada)
        if kpi not in by_kpi:
            left_out.append((kpi, indicator.id, 0, "in the catalogue, but the source has no rows"))
            continue
        part, n_dropped = _rows_of(by_kpi[kpi], indicator)
        if n_dropped:
            reason = "riket and län have no answer of their own"
            left_out.append((kpi, titles.get(kpi, ""), n_dropped, reason))
        valued = part[(part["our_status"] == Status.OK) & (part["value_text"] == "")]
        found += value_faults(valued, indicator, file=file)
        parts.append((indicator.id, part))
    if found:
        raise InputError(f"Kolada data refused: {file}", sorted(found, key=lambda fault: fault.row or 0))
    unmapped = pd.DataFrame(sorted(left_out), columns=list(UNMAPPED_COLUMNS))
    return SourceResult(observations=_observations(parts, units or {}, places), unmapped=unmapped, known_faults=known)


def _placed(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with our level, region and status beside Kolada's, as categories.

    Few texts are distinct, so each is looked at once and not in every row.
    """
    found = [level_and_region(str(geo)) or ("", "") for geo in rows["geo"].cat.categories]
    codes = rows["geo"].cat.codes.to_numpy()
    level = _categories([str(level) for level, _ in found], codes)
    is_unit = (rows["unit"] != "").to_numpy()
    if is_unit.any():
        level = level.astype("str").mask(is_unit, str(Level.ENHET)).astype("category")
    words = [str(STATUSES.get(str(word), Status.OK)) for word in rows["status"].cat.categories]
    status = _categories([*words, str(Status.SAKNAS)], rows["status"].cat.codes.to_numpy())
    empty = (rows["value"].isna() & (rows["value_text"] == "") & (status.to_numpy() == Status.OK)).to_numpy()
    status[empty] = str(Status.SAKNAS)
    region = _categories([region for _, region in found], codes)
    return rows.assign(**{"level": level.array, "region": region.array, "our_status": status.array})


def _categories(names: list[str], codes: npt.NDArray[np.integer[Any]]) -> pd.Series:
    """Return the name of each code as sorted categories; several codes may share a name."""
    distinct, places = np.unique(np.array(names, dtype=object), return_inverse=True)
    return pd.Series(pd.Categorical.from_codes(places[codes], categories=pd.Index(distinct.astype(str))))


def _rows_of(rows: pd.DataFrame, indicator: Indicator) -> tuple[pd.DataFrame, int]:
    """Return an indicator's rows with its answers, and the number dropped."""
    if not indicator.is_answer:
        return rows.assign(answer=pd.Series(None, index=rows.index, dtype="str")), 0
    n_before = len(rows)
    rows = rows[~rows["level"].isin([Level.RIKE, Level.LAN])]
    codes = {value: indicator.kolada_codes.get(answer_code(value)) for value in rows["value"].dropna().unique()}
    answers = pd.Series([codes.get(value) for value in rows["value"].tolist()], index=rows.index, dtype="str")
    return rows.assign(answer=answers), n_before - len(rows)


def _observations(parts: Sequence[tuple[str, pd.DataFrame]], units: Mapping[str, str], places: bool) -> pd.DataFrame:
    """Return the observation table of the indicators' rows; nulls every number whose status isn't `ok`."""
    if not parts:
        empty = {"year": pd.Series(dtype="int64"), "row": pd.Series(dtype="int64")}
        return observation_frame(dict(empty), beside=("row",) if places else ())
    parts = sorted(parts, key=lambda part: part[0])
    rows = pd.concat([part for _, part in parts], ignore_index=True)
    names = pd.Index([name for name, _ in parts])
    counts = [len(part) for _, part in parts]
    rows["indicator"] = pd.Categorical.from_codes(np.repeat(np.arange(len(parts)), counts), categories=names)
    ok = (rows["our_status"] == Status.OK).to_numpy()
    years = rows["year_text"].cat.categories.astype("int64").to_numpy()
    unit = rows["unit"].cat.codes.to_numpy()
    columns: dict[str, object] = {
        "indicator": rows["indicator"],
        "year": years[rows["year_text"].cat.codes.to_numpy()],
        "level": rows["level"],
        "region": rows["region"],
        "unit": _categories([units.get(str(one), str(one)) for one in rows["unit"].cat.categories], unit),
        "sex": rows["gender"],
        "value": rows["value"].where(ok & rows["answer"].isna()),
        "answer": rows["answer"].where(ok, None),
        "status": rows["our_status"],
        "source": "kolada",
        "revision": "1",
    }
    # Counts stay where the value is withheld or missing: the gate and the response rates need them.
    columns |= {name: rows[name] for name in COUNTS if name in rows}
    return observation_frame(columns | {"row": rows["row"]}, beside=("row",)) if places else observation_frame(columns)


def _uncatalogued(
    rows: pd.DataFrame, ours: set[str | None], titles: Mapping[str, str]
) -> list[tuple[str, str, int, str]]:
    counts = rows["kpi"].value_counts()
    reason = "not in the catalogue"
    return [(str(k), titles.get(str(k), ""), int(n), reason) for k, n in counts.items() if n and k not in ours]

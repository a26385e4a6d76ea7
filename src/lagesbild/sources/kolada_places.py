"""From an observation or a background variable back to Kolada's rows: the dump's, and the API's address of the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.raw_place import ObservationKey
from lagesbild.catalogue.regions import RIKET
from lagesbild.catalogue.vocabulary import OBSERVATION_KEY, Level, Status
from lagesbild.sources.found_cell import FoundCell
from lagesbild.sources.kolada import convert_rows
from lagesbild.sources.kolada_checks import answer_code
from lagesbild.sources.kolada_dump import (
    OBSERVATIONS,
    UNIT_COLUMNS,
    UNIT_OBSERVATIONS,
    read_observations,
    read_table,
    unit_names,
)
from lagesbild.sources.kolada_regions import level_and_region
from lagesbild.sources.kolada_rows import COUNTS, REQUIRED_COLUMNS, normalise


@dataclass(frozen=True, kw_only=True)
class KoladaCells:
    """The cells of one observation in one file, and where the API gives the same (a path below its address)."""

    file: str
    cells: tuple[FoundCell, ...]
    api_path: str


def kolada_indicator(key: ObservationKey, catalogue: Catalogue) -> Indicator | None:
    """Return the indicator of an observation, null where the catalogue has none or it has no key figure."""
    return next((one for one in catalogue.indicators if one.id == key.indicator and one.kolada), None)


@dataclass(frozen=True, kw_only=True, eq=False)
class DumpRows:
    """A dump as its files hold it, row by row, and the names and kommuner of units."""

    files: dict[str, pd.DataFrame]
    units: dict[str, str]
    kommuner: dict[str, str]


def dump_rows(folder: Path) -> DumpRows:
    """Read the values of a dump that an import has found sound."""
    wanted = {OBSERVATIONS: REQUIRED_COLUMNS, UNIT_OBSERVATIONS: UNIT_COLUMNS}
    files = {
        name: read_observations(folder / name, columns) for name, columns in wanted.items() if (folder / name).is_file()
    }
    ou = read_table(folder / "ou.csv") if (folder / "ou.csv").is_file() else None
    kommuner = {} if ou is None else dict(zip(ou["id"], ou["municipality"], strict=True))
    return DumpRows(files=files, units=unit_names(ou), kommuner=kommuner)


def dump_cells(dump: DumpRows, key: ObservationKey, *, catalogue: Catalogue) -> KoladaCells | None:
    """Return the cells of one observation in a dump, null where it has no such row."""
    indicator = kolada_indicator(key, catalogue)
    if indicator is None:
        return None
    kpi = str(indicator.kolada)
    for name, raw in dump.files.items():
        found = row_of(_figure(raw, kpi, key.year, dump.kommuner), key, indicator=indicator, units=dump.units)
        if found is not None:
            return KoladaCells(file=name, cells=tuple(cells_of(*found, indicator)), api_path=api_path(found[0], kpi))
    return None


def _figure(raw: pd.DataFrame, kpi: str, year: int, kommuner: dict[str, str]) -> pd.DataFrame:
    """Return a key figure's rows of one year as an import reads them, `row` counting the file's rows from one."""
    raw = raw[raw["kpi"].isin([one for one in raw["kpi"].unique() if str(one).strip() == kpi])]
    if "ou" in raw:
        raw = raw.assign(geo=raw["ou"].astype("str").map(kommuner))
    rows = normalise(raw).assign(row=raw.index.to_numpy() + 1)
    return rows[rows["year_text"] == str(year)]


def row_of(
    rows: pd.DataFrame, key: ObservationKey, *, indicator: Indicator, units: dict[str, str]
) -> tuple[pd.Series, str] | None:
    """Return the row that an import makes this observation of, and its status; null where there is none.

    The row is put through the import's own conversion, which says itself what it is about.
    """
    regions = {str(geo): level_and_region(str(geo)) for geo in rows["geo"].unique()}
    here = [geo for geo, found in regions.items() if found is not None and found[1] == key.region]
    near = rows[rows["geo"].isin(here) & (rows["gender"] == key.sex)]
    for at in range(len(near)):
        one = near.iloc[[at]]
        made = convert_rows(one, catalogue=Catalogue(indicators=(indicator,)), titles={}, file="", units=units)
        for line in made.observations.to_dict("records"):
            if all(line[name] == getattr(key, name) for name in OBSERVATION_KEY):
                return one.iloc[0], str(line["status"])
    return None


def cells_of(row: pd.Series, status: str, indicator: Indicator) -> Iterator[FoundCell]:
    """Yield the cells of a row: the value, or the status that is binding beside it; counts where the dump has them."""
    told = f"{indicator.kolada}, {row['geo']}, {row['year_text']}, {row['gender']}"

    def cell(field: str, column: str, text: object, rule: str) -> FoundCell:
        return FoundCell(
            field=field, sheet=None, cell=None, row=int(row["row"]), column=column, text=str(text), rule=rule
        )

    if row["status"]:
        yield cell("status", "status", row["status"], f"Kolada's word ({told}); a value beside it would not count")
    elif not pd.isna(row["value"]) and status != Status.OK.value:
        rule = f"known to be wrong and read as {status} (data/registers/kolada_known_faults.csv; {told})"
        yield cell("status", "value", _number(row["value"]), rule)
    elif pd.isna(row["value"]):
        yield cell("status", "value", "", f"no value and no status: saknas ({told})")
    elif indicator.is_answer:
        code = answer_code(row["value"])
        word = indicator.kolada_codes.get(code)
        yield cell("answer", "value", _number(row["value"]), f"Kolada's code {code} stands for {word} ({told})")
    else:
        yield cell("value", "value", _number(row["value"]), f"the number as it stands ({told})")
    for name in COUNTS:
        if name in row and not pd.isna(row[name]):
            yield cell(name, name, _number(row[name]), "the number as it stands")


def api_path(row: pd.Series, kpi: str) -> str:
    """Return the path of the API's request for a row alone: riket is 0000 there, and region 01 is 0001."""
    year = row["year_text"]
    if row["unit"]:
        return f"oudata/kpi/{kpi}/ou/{row['unit']}/year/{year}"
    level, region = level_and_region(str(row["geo"])) or (Level.KOMMUN, str(row["geo"]))
    place = RIKET if level is Level.RIKE else region.zfill(4) if level is Level.LAN else region
    return f"data/kpi/{kpi}/municipality/{place}/year/{year}"


def _number(value: float) -> str:
    """Return a stored number with all its digits; a Parquet file has no text of its own."""
    return repr(float(value)).removesuffix(".0")

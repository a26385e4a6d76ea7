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
from lagesbild.catalogue.vocabulary import OBSERVATION_KEY, Level, Sex, Status
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
from lagesbild.sources.kolada_rows import COUNTS, REQUIRED_COLUMNS, live, normalise


@dataclass(frozen=True, kw_only=True)
class KoladaCells:
    """The cells of one observation in one file, and where the API gives the same (a path below its address)."""

    file: str
    cells: tuple[FoundCell, ...]
    api_path: str


def kolada_indicator(key: ObservationKey, catalogue: Catalogue) -> Indicator | None:
    """Return the indicator of an observation, null where the catalogue has none or it has no key figure."""
    return next((one for one in catalogue.indicators if one.id == key.indicator and one.kolada), None)


class FigureRows:
    """The rows of key figures, each tied to the observation that an import makes of it.

    Parameters
    ----------
    indicator
        Whose key figure it is.
    rows
        All rows of the key figure, normalised, `row` counting from one in their file.
    units
        Names of units by id.
    """

    def __init__(self, indicator: Indicator, rows: pd.DataFrame, units: dict[str, str]) -> None:
        self._indicator = indicator
        self._rows = rows.set_index("row", drop=False)
        catalogue = Catalogue(indicators=(indicator,))
        made = convert_rows(rows, catalogue=catalogue, titles={}, file="", units=units, places=True).observations
        keys = zip(*(made[name].tolist() for name in OBSERVATION_KEY), strict=True)
        self._made = dict(zip(keys, zip(made["row"].tolist(), made["status"].tolist(), strict=True), strict=True))

    def cells(self, key: ObservationKey, file: str) -> KoladaCells | None:
        """Return the cells of one observation, null where no row gives it; `file` is what the rows' file is called."""
        found = self._made.get(tuple(getattr(key, name) for name in OBSERVATION_KEY))
        if found is None:
            return None
        row = self._rows.loc[found[0]]
        cells = tuple(_cells(row, found[1], self._indicator))
        return KoladaCells(file=file, cells=cells, api_path=_api_path(row, str(self._indicator.kolada)))


class DumpRows:
    """A dump that an import has found sound, as its files hold it, row by row.

    Parameters
    ----------
    folder
        The dump.
    """

    def __init__(self, folder: Path) -> None:
        wanted = {OBSERVATIONS: REQUIRED_COLUMNS, UNIT_OBSERVATIONS: UNIT_COLUMNS}
        present = {name: columns for name, columns in wanted.items() if (folder / name).is_file()}
        self._files = {name: read_observations(folder / name, columns) for name, columns in present.items()}
        ou = read_table(folder / "ou.csv") if (folder / "ou.csv").is_file() else None
        self._units = unit_names(ou)
        self._kommuner = {} if ou is None else dict(zip(ou["id"], ou["municipality"], strict=True))
        self._normal: dict[tuple[str, str], pd.DataFrame] = {}
        self._figures: dict[tuple[str, str], FigureRows] = {}

    def cells(self, key: ObservationKey, *, catalogue: Catalogue) -> KoladaCells | None:
        """Return the cells of one observation, null where the dump has no such row."""
        indicator = kolada_indicator(key, catalogue)
        if indicator is None:
            return None
        found = (self._figure(name, indicator).cells(key, name) for name in self._files)
        return next((one for one in found if one is not None), None)

    def kommun_cells(self, kpi: str, region: str, year: int) -> KoladaCells | None:
        """Return the cell of a key figure of a whole kommun, catalogued or not; null where the dump has no value."""
        rows = live(self._rows(OBSERVATIONS, kpi))
        mine = (rows["geo"] == region) & (rows["year_text"] == str(year)) & (rows["gender"] == Sex.TOTAL.value)
        rows = rows[mine & (rows["status"] == "") & rows["value"].notna()]
        if rows.empty:
            return None
        row = rows.iloc[0]
        rule = f"the number as it stands ({kpi}, {region}, {year}, {Sex.TOTAL.value})"
        cell = _cell(row, field=kpi, column="value", text=_number(row["value"]), rule=rule)
        return KoladaCells(file=OBSERVATIONS, cells=(cell,), api_path=_api_path(row, kpi))

    def _figure(self, name: str, indicator: Indicator) -> FigureRows:
        if (name, indicator.id) not in self._figures:
            rows = self._rows(name, str(indicator.kolada))
            self._figures[name, indicator.id] = FigureRows(indicator, rows, self._units)
        return self._figures[name, indicator.id]

    def _rows(self, name: str, kpi: str) -> pd.DataFrame:
        raw = self._files[name]
        if (name, kpi) in self._normal:
            return self._normal[name, kpi]
        # An import takes spaces around an id away.
        raw = raw[raw["kpi"].isin([one for one in raw["kpi"].unique() if str(one).strip() == kpi])]
        if "ou" in raw:
            raw = raw.assign(geo=raw["ou"].astype("str").map(self._kommuner))
        self._normal[name, kpi] = normalise(raw).assign(row=raw.index.to_numpy() + 1)
        return self._normal[name, kpi]


def _cells(row: pd.Series, status: str, indicator: Indicator) -> Iterator[FoundCell]:
    """Yield the cells of a row: the value, or the status that is binding beside it; counts where the dump has them."""
    told = f"{indicator.kolada}, {row['geo']}, {row['year_text']}, {row['gender']}"

    def cell(field: str, column: str, text: object, rule: str) -> FoundCell:
        return _cell(row, field=field, column=column, text=str(text), rule=rule)

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


def _cell(row: pd.Series, *, field: str, column: str, text: str, rule: str) -> FoundCell:
    return FoundCell(field=field, sheet=None, cell=None, row=int(row["row"]), column=column, text=text, rule=rule)


def _api_path(row: pd.Series, kpi: str) -> str:
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

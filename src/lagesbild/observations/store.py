"""The store: observations as Parquet, one file per area and year, each of them always whole.

A file is written beside its place, forced to disk and moved there in one step; a process that dies in
between leaves the old file or the new one, never half of either. A file whose content would be the same is
left alone, so that what is built from it is not built again.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.vocabulary import OBSERVATION_COLUMNS
from lagesbild.errors import NotBuiltError
from lagesbild.files import remove_unfinished, sync_folder, write_atomic
from lagesbild.observations.keys import key_numbers
from lagesbild.observations.schema import DTYPES, with_dtypes
from lagesbild.observations.store_years import years_in

_ARROW_TYPES = {"int16": pa.int16(), "float64": pa.float64(), "str": pa.string()}
_ROWS_PER_GROUP = 1 << 20
#: What makes the store; told where something is missing from it.
_BUILD_COMMAND = "make"


def write_store(observations: pd.DataFrame, folder: Path, catalogue: Catalogue) -> list[Path]:
    """Write the observations to ``<folder>/<area>/<year>.parquet`` and remove partitions they don't have.

    New content comes first, removals last: a reader who comes in between finds too much, never too little.

    Parameters
    ----------
    observations
        Validated observations, raw or released, of all areas and years there are.
    folder
        The store; made if absent.
    catalogue
        Says which area an indicator belongs to.

    Returns
    -------
    list of Path
        Every partition of the store, changed or not, by area and year.

    Raises
    ------
    ParameterError
        If an indicator is unknown.
    OSError
        If the disk is full or the like; every partition is then whole, old or new.
    """
    areas = {name: catalogue.by_id(name).area for name in observations["indicator"].unique()}
    # Sorted and turned into columns of Parquet once; the partitions are then slices of one table.
    frame = with_dtypes(observations)
    area = frame["indicator"].map(areas).to_numpy()
    order = np.lexsort((key_numbers(frame), frame["year"].to_numpy(), pd.factorize(area, sort=True)[0]))
    table = _table(frame.iloc[order])
    places = pd.DataFrame({"area": area[order], "year": frame["year"].to_numpy()[order]})
    kept = []
    for (area_id, year), rows in places.groupby(["area", "year"], sort=True):
        path = folder / str(area_id) / f"{year}.parquet"
        write_atomic(path, _parquet_bytes(table.slice(int(rows.index[0]), len(rows))))
        kept.append(path)
    for path in sorted(set(_partitions(folder)) - set(kept)):
        path.unlink()
        sync_folder(path.parent)
    remove_unfinished(folder)
    return kept


def read_store(folder: Path, *, areas: Iterable[str] | None = None, years: Iterable[int] | None = None) -> pd.DataFrame:
    """Read observations from the store.

    Parameters
    ----------
    folder
        The store.
    areas, years
        Which partitions; all there are where left out.

    Returns
    -------
    DataFrame
        The observation table, areas in their order, then
        years, rows in canonical order; index 0 to n-1.

    Raises
    ------
    ParameterError
        If there is no such area.
    NotBuiltError
        If the store, or a partition asked for by name, isn't there.
    """
    wanted = AREA_IDS if areas is None else tuple(area_called(name).id for name in areas)
    chosen_years = None if years is None else sorted(set(years))
    paths = []
    for area_id in wanted:
        found = years_in(folder, area_id) if chosen_years is None else chosen_years
        paths += [folder / area_id / f"{year}.parquet" for year in found]
        if areas is not None and not found:
            raise NotBuiltError(f"the store of {area_id}", _BUILD_COMMAND)
    if areas is None and chosen_years is not None:
        paths = [path for path in paths if path.exists()]
    if not paths:
        raise NotBuiltError("the store of observations", _BUILD_COMMAND)
    return pd.concat([_read(path) for path in paths], ignore_index=True)


def _partitions(folder: Path) -> list[Path]:
    """Return the partition files there are."""
    return sorted(path for area_id in AREA_IDS for path in (folder / area_id).glob("[0-9]*.parquet"))


def _table(frame: pd.DataFrame) -> pa.Table:
    """Return the rows as columns of Parquet."""
    schema = pa.schema([(name, _ARROW_TYPES[DTYPES[name]]) for name in frame.columns])
    # pandas would add its own and pyarrow's versions to the schema's metadata; a plain schema has none.
    return pa.Table.from_pandas(frame, schema=schema, preserve_index=False).replace_schema_metadata(None)


def _parquet_bytes(table: pa.Table) -> bytes:
    """Return one partition as Parquet: the same rows give the same bytes."""
    sink = pa.BufferOutputStream()
    pq.write_table(
        table,
        sink,
        compression="zstd",
        compression_level=3,
        version="2.6",
        row_group_size=_ROWS_PER_GROUP,
        store_schema=False,
    )
    return bytes(sink.getvalue().to_pybytes())


def _read(path: Path) -> pd.DataFrame:
    """Read one partition with the dtypes of the observation table."""
    if not path.exists():
        raise NotBuiltError(f"the store of {path.parent.name} {path.stem}", _BUILD_COMMAND)
    frame = pq.read_table(path, partitioning=None).to_pandas()
    missing = [name for name in OBSERVATION_COLUMNS if name not in frame]
    if missing:  # made by an earlier version of the code
        raise NotBuiltError(f"{path.parent.name} {path.stem} with the column {missing[0]}", _BUILD_COMMAND)
    return with_dtypes(frame)

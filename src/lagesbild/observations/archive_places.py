"""From an observation back to the row of Kolada's archive, for what an earlier dump brought."""

from __future__ import annotations

from pathlib import Path

from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.raw_place import ObservationKey
from lagesbild.observations.archive import FOLDER, read_archive_table, read_values
from lagesbild.sources.kolada_archive import archive_rows
from lagesbild.sources.kolada_dump import unit_names
from lagesbild.sources.kolada_places import FigureRows, KoladaCells, kolada_indicator


def archive_cells(work: Path, key: ObservationKey, *, catalogue: Catalogue) -> KoladaCells | None:
    """Return the cells of one observation in the archive, null where it has none; `file` is a path in `work`."""
    indicator = kolada_indicator(key, catalogue)
    folder = work / "store" / FOLDER
    found = read_values(folder, key.year)
    if indicator is None or found is None:
        return None
    path, values = found
    rows = archive_rows(values[values["kpi"] == str(indicator.kolada)])
    rows["row"] = rows.index.to_numpy() + 1
    units = unit_names(read_archive_table(folder, "ou"))
    return FigureRows(indicator, rows, units).cells(key, path.relative_to(work).as_posix())

"""The gate's private record: which step withheld which row. It never leaves the work folder."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from lagesbild.catalogue.load import Catalogue
from lagesbild.files import remove_unfinished, write_atomic
from lagesbild.frame_bytes import parquet_bytes

#: One column a step, in the order of the steps.
REASONS = ("reason_source", "reason_primary", "reason_propagated", "reason_secondary", "reason_audit")


def write_record(record: pd.DataFrame, folder: Path, catalogue: Catalogue) -> list[Path]:
    """Write the withheld rows of a record to ``<folder>/<area>/<year>.parquet``, readable by the owner alone.

    Parameters
    ----------
    record
        Of `lagesbild.disclosure.gate.pass_gate`.
    folder
        ``_work/<source>/gate``; made if absent.
    catalogue
        Says which area an indicator belongs to.
    """
    withheld = record[record[list(REASONS)].any(axis=1)]
    areas = {name: catalogue.by_id(name).area for name in withheld["indicator"].unique()}
    written = []
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    for (area, year), part in withheld.groupby([withheld["indicator"].map(areas), "year"], sort=True):
        path = folder / str(area) / f"{year}.parquet"
        write_atomic(path, parquet_bytes(part))
        written.append(path)
    for path in sorted(set(folder.glob("*/*.parquet")) - set(written)):
        path.unlink()
    remove_unfinished(folder)
    return written

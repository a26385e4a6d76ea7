"""All years' results of an indicator as CSV beside its page."""

from __future__ import annotations

import csv
import io

from lagesbild.catalogue.regions import region_name
from lagesbild.presentation.indicator_page.view import IndicatorView

#: Name of the file.
FILE = "data.csv"

#: Columns: what they mean stands on the page Data.
COLUMNS = (
    "year", "level", "region", "region_name", "sex", "value", "answer", "status", "lower", "upper", "n_kommuner",
    "weighting",
)  # fmt: skip

_ORDER = {"rike": 0, "lan": 1, "kommungrupp": 2, "kommun": 3}


def data_csv(view: IndicatorView) -> str:
    """Return the rows as CSV: UTF-8 with BOM (Excel reads it right), comma, decimal point, LF.

    Riket comes first, with women and men; then län, kommungrupper and kommuner, each by code and year. A first line
    would make the file something else than CSV, so that data are invented is told by a column.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    note = ("note",) if view.synthetic else ()
    writer.writerow([*COLUMNS, *note])
    told = ("Syntetiska data",) if view.synthetic else ()
    for level, region, sex, weighting in sorted(view.results, key=lambda key: (_ORDER[key[0]], *key[1:])):
        name = region_name(region)
        for year, one in sorted(view.results[level, region, sex, weighting].items()):
            figures = [_plain(one.value), one.answer or "", one.status, _plain(one.lower), _plain(one.upper)]
            many = "" if one.n_kommuner is None else one.n_kommuner
            writer.writerow([year, level, region, name, sex, *figures, many, weighting, *told])
    return "\ufeff" + buffer.getvalue()


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"

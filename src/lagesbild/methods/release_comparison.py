"""What changed from one release of ours to the next: its parts in one record, and how definitions are compared."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

DEFINITION_COLUMNS = ("indicator", "change", "field", "old", "new")
PRODUCT_COLUMNS = ("path", "change")
LEFT_COLUMNS = ("year", "figures")

#: Kinds of change of definitions and products, as readers see them.
NEW, CHANGED, WITHDRAWN = "ny", "ändrad", "tillbakadragen"
KINDS = (NEW, CHANGED, WITHDRAWN)


@dataclass(frozen=True, kw_only=True)
class ReleaseDiff:
    """What changed from one release to the next.

    Parameters
    ----------
    old, new
        Names of the releases ("demo-2023").
    old_version, new_version
        Their versions, null where a release states none.
    years
        Years that the new release covers.
    first_years
        Those of them that the old release had no figure of.
    log, counts
        See `lagesbild.methods.figure_changes.figure_changes`; the years that left the release are not in them.
    left
        `LEFT_COLUMNS`: figures of years that the new release no longer covers; the old release keeps them.
    definitions
        `DEFINITION_COLUMNS`, sorted: indicators that are new, withdrawn, or described otherwise. `change` is one of
        `KINDS`; `field` is null where the whole indicator came or went.
    whole_definitions
        Whether both releases have a register of definitions; else only names and units are compared.
    products
        `PRODUCT_COLUMNS`, sorted: files that are new, changed or withdrawn.
    """

    old: str
    new: str
    old_version: str | None
    new_version: str | None
    years: tuple[int, ...]
    first_years: tuple[int, ...]
    log: pd.DataFrame
    counts: pd.DataFrame
    left: pd.DataFrame
    definitions: pd.DataFrame
    whole_definitions: bool
    products: pd.DataFrame

    @property
    def nothing(self) -> bool:
        """Whether the two releases show the same."""
        return not any(len(one) for one in (self.counts, self.left, self.definitions, self.products))


def definition_changes(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return the indicators that are new, withdrawn, or described otherwise.

    Parameters
    ----------
    before, after
        A row of texts per indicator, indexed by its id; the columns that both have are compared.

    Returns
    -------
    DataFrame
        `DEFINITION_COLUMNS`, sorted by indicator, a row per field that differs, in the order of the columns.
    """
    fields = [name for name in after.columns if name in before.columns]
    rows: list[tuple[str, str, str | None, str | None, str | None]] = []
    for key in sorted({*before.index, *after.index}):
        if key not in after.index or key not in before.index:
            rows.append((key, NEW if key in after.index else WITHDRAWN, None, None, None))
            continue
        pairs = [(name, str(before.loc[key, name]), str(after.loc[key, name])) for name in fields]
        rows += [(key, CHANGED, name, was, now) for name, was, now in pairs if was != now]
    return pd.DataFrame(rows, columns=list(DEFINITION_COLUMNS))


def product_changes(before: dict[str, str], after: dict[str, str]) -> pd.DataFrame:
    """Return the products that are new, changed or withdrawn.

    Parameters
    ----------
    before, after
        Hashes of the files' contents by path.

    Returns
    -------
    DataFrame
        `PRODUCT_COLUMNS`, sorted by path.
    """
    rows = [
        (path, NEW if path not in before else WITHDRAWN if path not in after else CHANGED)
        for path in sorted({*before, *after})
        if before.get(path) != after.get(path)
    ]
    return pd.DataFrame(rows, columns=list(PRODUCT_COLUMNS))

"""Background variables: what kommuner differ in that their social services have no say in.

Reviewed tables in ``data/registers`` name each variable and the key figures of Kolada that it is formed from, which
variables make two kommuner alike in a topic, which topic an area belongs to, and what the socio-economic index is
made of. The import leaves the variables in a source's work folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.arithmetic import names_in
from lagesbild.catalogue.registers import TEXT, matching, read_register
from lagesbild.catalogue.resources import registers_folder
from lagesbild.errors import CatalogueError, Fault

#: The variables' name in a source's work folder. They are public figures on whole kommuner.
FILE = "bakgrund.parquet"

#: Columns and types of the file: kommun, year, the variable's id, its value in its own unit.
TYPES = {"region": "str", "year": "int64", "variable": "str", "value": "float64"}

_ID = matching(r"[a-z0-9-]+", "small letters, digits and hyphens")
_ANY = matching(r".*", "any text")


@dataclass(frozen=True, kw_only=True)
class BackgroundVariable:
    """One variable.

    Parameters
    ----------
    id, name, unit
        "folkmangd", "Folkmängd", "invånare".
    formula
        Arithmetic on ids of key figures ("N30005 / (1 + N30001 / 100)"); see `lagesbild.catalogue.arithmetic`.
    log
        Whether kommuner are compared by the variable's logarithm.
    decimals
        Digits after the decimal sign in print.
    note
        For readers; may be empty.
    """

    id: str
    name: str
    unit: str
    formula: str
    log: bool
    decimals: int
    note: str

    @property
    def kpis(self) -> tuple[str, ...]:
        """The key figures that it is formed from, sorted."""
        return names_in(self.formula)


@dataclass(frozen=True, kw_only=True)
class Weight:
    """A variable's weight, and why it has one."""

    variable: str
    weight: float
    reason: str


@lru_cache(maxsize=1)
def background_variables() -> tuple[BackgroundVariable, ...]:
    """Return the variables, in the order of the table.

    Raises
    ------
    CatalogueError
        If the table breaks its form or a formula is none.
    """
    file = "bakgrundsvariabler.csv"
    columns = {
        "variabel": _ID,
        "namn": TEXT,
        "enhet": TEXT,
        "formel": TEXT,
        "omvandling": matching(r"ingen|log", "ingen or log"),
        "decimaler": matching(r"[0-3]", "0-3"),
        "anmarkning": _ANY,
    }
    rows = read_register(registers_folder() / file, columns, key=("variabel",))
    faults = []
    for number, row in enumerate(rows, start=2):
        try:
            names_in(row["formel"])
        except ValueError as error:
            faults.append(Fault(what=str(error), file=file, row=number, column="formel", expected="arithmetic on KPIs"))
    if faults:
        raise CatalogueError("register refused", faults)
    return tuple(
        BackgroundVariable(
            id=row["variabel"],
            name=row["namn"],
            unit=row["enhet"],
            formula=row["formel"],
            log=row["omvandling"] == "log",
            decimals=int(row["decimaler"]),
            note=row["anmarkning"],
        )
        for row in rows
    )


def background_kpis() -> tuple[str, ...]:
    """Return the key figures that the variables are formed from, sorted."""
    return tuple(sorted({kpi for variable in background_variables() for kpi in variable.kpis}))


@lru_cache(maxsize=1)
def topic_weights() -> dict[str, tuple[Weight, ...]]:
    """Return, for each topic in which Kolada draws up similar kommuner, the variables that make kommuner alike."""
    columns = {"amne": TEXT, "variabel": _ID, "vikt": matching(r"\d+(\.\d+)?", "a number"), "skal": TEXT}
    rows = _known(read_register(registers_folder() / "liknande_kommuner.csv", columns, key=("amne", "variabel")))
    found: dict[str, list[Weight]] = {}
    for row in rows:
        weight = Weight(variable=row["variabel"], weight=float(row["vikt"]), reason=row["skal"])
        found.setdefault(row["amne"], []).append(weight)
    return {topic: tuple(weights) for topic, weights in found.items()}


@lru_cache(maxsize=1)
def area_topics() -> dict[str, str]:
    """Return the topic of each area."""
    columns = {"omrade": matching("|".join(AREA_IDS), "an area"), "amne": TEXT, "skal": TEXT}
    file = "omradenas_amnen.csv"
    rows = read_register(registers_folder() / file, columns, key=("omrade",))
    topics = {row["omrade"]: row["amne"] for row in rows}
    faults = [Fault(what=f"{area} has no topic", file=file) for area in AREA_IDS if area not in topics]
    known = topic_weights()
    faults += [
        Fault(what=f"{row['amne']!r} is no topic", file=file, row=number, column="amne", expected=", ".join(known))
        for number, row in enumerate(rows, start=2)
        if row["amne"] not in known
    ]
    if faults:
        raise CatalogueError("register refused", faults)
    return topics


@lru_cache(maxsize=1)
def index_weights() -> tuple[Weight, ...]:
    """Return the variables of the socio-economic index; a negative weight lowers it."""
    columns = {"variabel": _ID, "vikt": matching(r"-?\d+(\.\d+)?", "a number"), "skal": TEXT}
    rows = _known(read_register(registers_folder() / "socioekonomiskt_index.csv", columns, key=("variabel",)))
    return tuple(Weight(variable=row["variabel"], weight=float(row["vikt"]), reason=row["skal"]) for row in rows)


def _known(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return the rows if every variable in them is one."""
    known = {variable.id for variable in background_variables()}
    faults = [
        Fault(what=f"{row['variabel']!r} is no background variable", row=number, column="variabel")
        for number, row in enumerate(rows, start=2)
        if row["variabel"] not in known
    ]
    if faults:
        raise CatalogueError("register refused", faults)
    return rows


def read_background(work: Path) -> pd.DataFrame:
    """Return the variables that an import left in a source's work folder, every kommun and year; maybe no rows."""
    path = work / FILE
    if path.is_file():
        return pd.read_parquet(path).astype(TYPES)
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in TYPES.items()})


def background_of(background: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return one row per kommun: each variable's value of the latest year up to `year`, else of the first after it.

    Parameters
    ----------
    background
        As `read_background` returns it.

    Returns
    -------
    DataFrame
        Indexed by region, sorted; a column per variable of `background_variables` (float64, its own unit), null where
        the kommun has none.
    """
    known = background[background["value"].notna()]
    later = known["year"] > year
    order = np.where(later, known["year"], -known["year"])
    chosen = known.assign(_later=later, _order=order).sort_values(["_later", "_order"], kind="stable")
    chosen = chosen.drop_duplicates(["region", "variable"])
    table = chosen.set_index(["region", "variable"])["value"].unstack("variable").sort_index()  # noqa: PD010
    wanted = [variable.id for variable in background_variables()]
    return table.reindex(columns=wanted).astype("float64").rename_axis(columns=None)

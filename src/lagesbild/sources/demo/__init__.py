"""A believable Sweden of synthetic figures, written in the formats of the real sources."""

from __future__ import annotations

from pathlib import Path

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.raw_hash import KEY_FILE
from lagesbild.catalogue.regions import kommuner
from lagesbild.files import write_atomic
from lagesbild.sources.analyst_files import ANALYST_FILES
from lagesbild.sources.demo.analyst import write_analyst_files
from lagesbild.sources.demo.assumptions import load_assumptions
from lagesbild.sources.demo.districts import write_districts
from lagesbild.sources.demo.kolada_files import SYNTHETIC, write_kolada
from lagesbild.sources.demo.land import land_of
from lagesbild.sources.demo.model import simulate_all
from lagesbild.sources.demo.road import Road, road
from lagesbild.sources.demo.workbook_files import write_workbooks
from lagesbild.sources.raw_origins import Origin, write_origins
from lagesbild.sources.tidy import OWN_FILES

#: The years that the demo release covers.
DEMO_YEARS = range(2016, 2025)
DEMO_SEED = 2024

__all__ = ["DEMO_SEED", "DEMO_YEARS", "generate"]


def generate(folder: Path, *, catalogue: Catalogue, seed: int = DEMO_SEED, years: range = DEMO_YEARS) -> None:
    """Write a synthetic Sweden into ``folder/kolada``, ``socialstyrelsen``, ``egna``, ``analytiker``; and its origin.

    Parameters
    ----------
    catalogue
        Every indicator of it that is measured in `years` arrives by exactly one of the two roads.
    seed
        Same seed and catalogue: the same bytes. An indicator's figures do not depend on the other indicators.
    years
        Consecutive years.

    Raises
    ------
    CatalogueError
        If the tables in ``data/demo`` have no row for an indicator.
    """
    land = land_of(kommuner())
    assumptions = load_assumptions()
    roads: dict[Road, list[Indicator]] = {one: [] for one in Road}
    for indicator in catalogue.indicators:
        roads[road(indicator)].append(indicator)
    truth = {
        one: simulate_all(seed=seed, indicators=tuple(members), assumptions=assumptions, land=land, years=years)
        for one, members in roads.items()
    }
    measured = set(truth[Road.KOLADA]["indicator"])
    write_kolada(
        folder / "kolada",
        truth=truth[Road.KOLADA],
        indicators=[one for one in roads[Road.KOLADA] if one.id in measured],
        land=land,
        seed=seed,
        years=years,
    )
    write_workbooks(
        folder / "socialstyrelsen",
        truth=truth[Road.SOCIALSTYRELSEN],
        indicators=roads[Road.SOCIALSTYRELSEN],
        land=land,
    )
    write_districts(folder / OWN_FILES, truth=truth[Road.SOCIALSTYRELSEN], seed=seed)
    write_analyst_files(
        folder / ANALYST_FILES,
        seed=seed,
        land=land,
        indicators=catalogue.indicators,
        assumptions=assumptions,
        last_year=years[-1],
    )
    # An invented key: nothing here is secret, and every machine shall write the same manifest.
    write_atomic(folder / KEY_FILE, f"{SYNTHETIC}: nyckel utan hemlighet, frö {seed}\n")
    words = f"{SYNTHETIC}: påhittade och framställda av Lägesbild (frö {seed}), inte hämtade någonstans"
    write_origins(folder, [Origin(pattern="*", origin=words, licence="Creative Commons CC0 1.0")])

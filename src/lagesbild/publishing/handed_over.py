"""Nothing is made from files that are not as the step before left them: each step asks here before it reads.

A turned bit in a Parquet file is another figure, which nothing in the file itself gives away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lagesbild.disclosure.context_files import DIGEST, context_files
from lagesbild.errors import DamagedError
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.records import Record
from lagesbild.sums import check_digest, check_sums, read_sums


def check_released(layout: Layout, areas: Iterable[str]) -> None:
    """Refuse released observations, or what stands beside them, that are not as the import left them.

    Raises
    ------
    DamagedError
        Naming the area.
    """
    command = f"lagesbild import --source {layout.source} --data <folder>, then make"
    for area in areas:
        files = (layout.released / area).glob("*.parquet")
        check_digest(layout.released / f"{area}.digest", files, layout.released, command)
    check_digest(layout.work / DIGEST, context_files(layout.work), layout.work, command)


def check_analysis(layout: Layout, area: str) -> None:
    """Refuse an area's analysis that is not as its notebooks left it.

    Raises
    ------
    DamagedError
        Naming the area.
    """
    folder = layout.analysis(area)
    command = _command(layout, "analyse", f" --area {area}")
    check_digest(folder.parent / f"{area}.digest", folder.glob("*/*.parquet"), folder, command)


def check_notebooks(layout: Layout, area: str) -> None:
    """Refuse an area's executed notebooks that are not as the analysis left them.

    Raises
    ------
    DamagedError
        Naming the notebooks.
    """
    check_sums(layout.notebook_sums(area), layout.root, _command(layout, "analyse", f" --area {area}"))


def check_underlag(layout: Layout, found: Mapping[str, str] | None = None) -> None:
    """Refuse files of the kommuner's underlag that are not as they were left: those found, or all.

    Parameters
    ----------
    layout
        Where things are.
    found
        Hash of each file that is to be used, by its path below the root.

    Raises
    ------
    DamagedError
        Naming the files.
    """
    check_sums(layout.underlag_sums, layout.root, _command(layout, "underlag"), found)


def check_products(layout: Layout, records: Iterable[Record], products: Mapping[str, str]) -> None:
    """Refuse products of the release that are not as the steps that made them left them.

    Parameters
    ----------
    layout
        Where things are.
    records
        Of the products that have one.
    products
        Hash of every product, by its path in the release.

    Raises
    ------
    DamagedError
        Naming the products.
    """
    top = layout.release.relative_to(layout.root).as_posix()
    found = {f"{top}/{name}": digest for name, digest in products.items()}
    for step in ("data", "revideringar", "site"):
        listed = read_sums(layout.product_sums(step))
        there = {name: found.get(name, "") for name in listed}
        check_sums(layout.product_sums(step), layout.root, _command(layout, step), there)
    recorded = {name: digest for record in records for name, digest in record.outputs.items()}
    odd = sorted(name for name, digest in found.items() if recorded.get(name, digest) != digest)
    if odd:
        command = f"remove {'it' if len(odd) == 1 else 'them'} and run make SOURCE={layout.source} YEAR={layout.year}"
        raise DamagedError(tuple(odd), command)


def _command(layout: Layout, step: str, rest: str = "") -> str:
    return f"lagesbild {step} --source {layout.source} --year {layout.year}{rest}"

"""Measure the import of a whole Kolada dump, step by step, against a naive import of the same rows in the same run.

    python benchmarks/kolada_import.py ../shared/data/kolada 3

Each way runs in a process of its own, one after the other, several times; the median counts. Seconds are told by the
wall and by the processor: on a machine that does other work too, only the latter compare. Memory is the highest
proportional set size of the process (see measure.py). The naive way is what one would first write with pandas:
read the file, sort it, and write each year's rows. It checks and converts nothing.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import children, memory

#: What each way does, in order. All but the naive one start from an empty work folder.
WAYS = {
    "naive": "pandas: read, sort, write one Parquet file a year",
    "archive": "every value checked and written to the archive",
    "store": "the archive, and the catalogue's observations validated and stored",
    "import": "the whole `lagesbild import`: the same, the gate and the released observations",
    "again": "`lagesbild import` of the same dump once more, compared with the archive",
}


def naive(data: Path, work: Path) -> None:
    """Read, sort and write by year."""
    import pandas as pd

    rows = pd.read_parquet(data / "observations.parquet").sort_values(["year", "kpi", "geo", "gender"])
    for year, part in rows.groupby("year"):
        part.to_parquet(work / f"{year}.parquet", index=False, compression="zstd")


def archive(data: Path, work: Path, *, store: bool = False) -> None:
    """Take the dump into the archive and, with `store`, convert, validate and store its observations."""
    from lagesbild.catalogue.load import load_catalogue
    from lagesbild.observations.archive import write_archive
    from lagesbild.observations.kolada_intake import read_kolada
    from lagesbild.observations.store import write_store
    from lagesbild.observations.validate import validate
    from lagesbild.sources.kolada_archive import KoladaArchive, archive_values
    from lagesbild.sources.kolada_dump import read_rows

    catalogue = load_catalogue()
    if not store:
        dump = read_rows(data, catalogue=catalogue)
        assert not dump.faults
        write_archive(KoladaArchive(figures=archive_values(dump.rows), tables=dump.tables), work / "store" / "kolada")
        return
    result = read_kolada(data, catalogue=catalogue, archive=work / "store" / "kolada")
    valid = validate(result.observations, catalogue=catalogue, origin=data.name)
    assert result.archive is not None
    write_archive(result.archive, work / "store" / "kolada")
    write_store(valid, work / "store", catalogue)


def whole(data: Path, work: Path) -> None:
    """Import as the command does."""
    from lagesbild.catalogue.load import load_catalogue
    from lagesbild.disclosure.intake import take_in

    take_in(data, work=work, catalogue=load_catalogue())


def measured(way: str, data: Path, work: Path) -> tuple[float, float, float]:
    """Run one way in a process of its own; return its seconds, processor seconds and peak of memory in MiB."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, __file__, "--run", way, str(data), str(work)])
    peak = 0
    while process.poll() is None:
        peak = max(peak, memory(children(process.pid)))
        time.sleep(0.1)
    wall = time.perf_counter() - start
    if process.returncode:
        raise SystemExit(process.returncode)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
    return wall, cpu, peak / 2**20


def main(data: Path, runs: int) -> None:
    """Measure every way and print the table."""
    found: dict[str, list[tuple[float, float, float]]] = {way: [] for way in WAYS}
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as scratch:
            for way in WAYS:
                # "again" finds what "import" left.
                work = Path(scratch) / ("import" if way == "again" else way)
                work.mkdir(exist_ok=True)
                found[way].append(measured(way, data, work))
    medians = {way: [statistics.median(figure) for figure in zip(*those, strict=True)] for way, those in found.items()}
    head = ("way", "wall s", "x naive", "CPU s", "x naive", "peak MiB", "x naive", "what")
    sys.stdout.write(f"| {' | '.join(head)} |\n|{' --- |' * len(head)}\n")
    for way, figures in medians.items():
        pairs = zip(figures, medians["naive"], (".1f", ".1f", ".0f"), strict=True)
        cells = [f"{figure:{form}} | {figure / base:.1f}" for figure, base, form in pairs]
        sys.stdout.write(f"| {way} | {' | '.join(cells)} | {WAYS[way]} |\n")


if __name__ == "__main__":
    if sys.argv[1] == "--run":
        way, data, work = sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])
        if way == "naive":
            naive(data, work)
        elif way in ("archive", "store"):
            archive(data, work, store=way == "store")
        else:
            whole(data, work)
    else:
        main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3)

"""Measure the kommuner's reports: many at once, one by one with stock papermill, one from the command line, none.

    lagesbild underlag --source demo --year 2024        # after import and analyse; or `make`
    python benchmarks/reports.py .
    python benchmarks/reports.py . --sizes 10 --stock 1      # a short run

The folder holds ``_work`` with the underlag; nothing in it is changed. Every batch is made into a folder of its own:
executed notebook, PDF and HTML of each report, with its record. 2,900 documents are all kommuner ten times over.

Beside it the same documents are made one at a time, each in a fresh process: stock papermill with a Jupyter kernel,
then the same renderer. The ratio of documents per second tells what the fast path gives; both are measured in one run.
"""

from __future__ import annotations

import argparse
import itertools
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat
from measure import children, memory

from lagesbild.catalogue.regions import kommuner
from lagesbild.catalogue.resources import project_root
from lagesbild.publishing.engines import Document, choose_engine, with_metadata
from lagesbild.publishing.kommun_reports import kommun_reports
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.reports import Report, make_reports
from lagesbild.publishing.run_document import run_document

#: What reports become, beside the release; a batch's own folder begins without it.
_MADE = ("records", "twins", "varianter", "site-project", "site-rendered")
_HEAD = (
    "| what | documents | s | documents/s | s/document | CPU s/document | peak MiB |\n| --- |" + " ---: |" * 6 + "\n"
)


@dataclass
class Used:
    """What a piece of work took: wall and CPU seconds, and the most memory of all its processes in MiB."""

    wall: float = 0.0
    cpu: float = 0.0
    peak: float = 0.0


@contextmanager
def measured() -> Iterator[Used]:
    """Measure a block of this process and of all that it starts."""
    used = Used()
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.2):
            used.peak = max(used.peak, memory(children(os.getpid())) / 2**20)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    start, before = time.perf_counter(), _cpu()
    try:
        yield used
    finally:
        used.wall, used.cpu = time.perf_counter() - start, _cpu() - before
        over.set()
        watcher.join()


def _cpu() -> float:
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def place(layout: Layout, folder: Path) -> Layout:
    """Return a layout in `folder` that reads the same data and has made nothing yet."""
    own = replace(layout, root=folder)
    own.yearly.mkdir(parents=True)
    for there in layout.work.iterdir():
        if there != layout.yearly:
            (own.work / there.name).symlink_to(there)
    for there in layout.yearly.iterdir():
        if there.name not in _MADE:
            (own.yearly / there.name).symlink_to(there)
    return own


def copies(reports: list[Report], layout: Layout, count: int) -> list[Report]:
    """Return `count` reports: those given over and over, each time into a folder of its own."""
    made: list[Report] = []
    for turn in itertools.count():
        for report in reports[: count - len(made)]:
            moved = {
                name: layout.root / f"{turn}" / getattr(report, name).relative_to(layout.root)
                for name in ("pdf", "page", "twin", "record")
                if getattr(report, name, None) is not None
            }
            made.append(replace(report, name=f"{report.name}-{turn}", **moved) if turn else report)
        if len(made) == count:
            return made
    raise AssertionError


def stock(report: Report, layout: Layout) -> None:
    """Make one report as without the fast path: a Jupyter kernel of its own, then the renderer."""
    source = project_root() / report.document
    notebook = run_document(source, report.parameters, workdir=layout.root, engine="nbclient")
    notebook = with_metadata(notebook, report.metadata)
    outputs = {"typst": report.pdf, "html": report.pdf.with_suffix(".html")}
    choose_engine("embedded").render_documents([Document(notebook=notebook, outputs=outputs)], project=project_root())
    report.twin.parent.mkdir(parents=True, exist_ok=True)
    report.twin.write_text(nbformat.writes(notebook), encoding="utf-8")


def line(name: str, count: int, used: Used) -> str:
    """Return a row of the table."""
    return (
        f"| {name} | {count:,} | {used.wall:.1f} | {count / used.wall:.2f} | {used.wall / count:.3f} | "
        f"{used.cpu / count:.3f} | {used.peak:.0f} |\n"
    )


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("root", type=Path, help="folder that holds _work")
    asked.add_argument("--source", default="demo")
    asked.add_argument("--year", type=int, default=2024)
    asked.add_argument("--sizes", type=int, nargs="*", default=[10, 100, 290, 2900], help="documents in each batch")
    asked.add_argument("--stock", type=int, default=5, help="documents made one at a time with stock papermill")
    asked.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    asked.add_argument("--one", help=argparse.SUPPRESS)
    asked.add_argument("--batch", type=int, help=argparse.SUPPRESS)
    asked.add_argument("--scratch", type=Path, help="folder for what is made (the system's own for scratch files)")
    options = asked.parse_args()
    layout = Layout(root=options.root.resolve(), source=options.source, year=options.year)
    if options.one:
        stock(kommun_reports(layout, [options.one])[0], layout)
        return
    if options.batch:
        reports = copies(kommun_reports(layout), layout, options.batch)
        make_reports(layout, reports, title="batch", cores=options.jobs, engine="embedded").raise_failures()
        return
    with tempfile.TemporaryDirectory(prefix="lagesbild-bench-", dir=options.scratch) as folder:
        table(layout, options, Path(folder))


def table(layout: Layout, options: argparse.Namespace, scratch: Path) -> None:
    """Measure and print, in folders under `scratch`."""
    out = sys.stdout.write
    out(f"{options.jobs} processes, {options.source} {options.year}\n\n")
    out(_HEAD)
    chosen = [one.kod for one in kommuner()]
    spread = chosen[:: max(1, len(chosen) // max(options.stock, 1))][: options.stock]
    alone = Used()
    if spread:
        own = place(layout, scratch / "stock")
        with measured() as alone:
            for kod in spread:
                _again(own, "--one", kod)
        out(line("stock papermill, one at a time", len(spread), alone))
    rates = {}
    for size in options.sizes:
        own = place(layout, scratch / f"{size}")
        with measured() as used:
            _again(own, "--batch", str(size), "--jobs", str(options.jobs))
        out(line("batch", size, used))
        sys.stdout.flush()
        rates[size] = size / used.wall
    lagesbild = str(Path(sys.executable).with_name("lagesbild"))
    command = [lagesbild, "kommun", "--source", layout.source, "--year", str(layout.year)]
    with measured() as used:
        subprocess.run(
            [*command, "Ale", "--root", str(place(layout, scratch / "one").root)], check=True, stdout=subprocess.DEVNULL
        )
    out(line("one from the command line", 1, used))
    if options.sizes and max(options.sizes) >= len(chosen):
        built = next(size for size in options.sizes if size >= len(chosen))
        with measured() as used:
            subprocess.run([*command, "--root", str(scratch / f"{built}")], check=True, stdout=subprocess.DEVNULL)
        out(line("nothing to do", len(chosen), used))
    out("\n")
    for size, rate in rates.items():
        if alone.wall:
            times = rate * alone.wall / len(spread)
            out(f"batch of {size:,} against stock papermill: {times:.1f} times the documents per second\n")


def _again(layout: Layout, *arguments: str) -> None:
    """Run this file in a process of its own, whose seconds are then known with those of all that it starts."""
    place = ["--source", layout.source, "--year", str(layout.year), str(layout.root)]
    subprocess.run([sys.executable, __file__, *arguments, *place], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()

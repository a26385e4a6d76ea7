"""Run a command and print its wall time, CPU time and the peak memory of its whole process tree.

    python benchmarks/measure.py make
    python benchmarks/measure.py make SOURCE=kolada DATA=../shared/data/kolada YEAR=2020

Memory is the sum of the processes' proportional set size (pages that processes share are counted once), sampled
five times a second; Linux only.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from pathlib import Path


def children(root: int) -> set[int]:
    """Return the process ids of `root` and everything it has started that still runs."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(stat.parent.name)] = int(fields[1])
    family = {root}
    while True:
        more = {child for child, parent in parents.items() if parent in family} - family
        if not more:
            return family
        family |= more


def memory(processes: set[int]) -> int:
    """Return the proportional set size of some processes, in bytes; those that have ended count nothing."""
    total = 0
    for process in processes:
        try:
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        except OSError:
            continue
        total += sum(int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:"))
    return total


def main(command: list[str]) -> int:
    """Run `command` and print the figures; return its exit code."""
    start = time.perf_counter()
    process = subprocess.Popen(command)
    peak = 0
    while process.poll() is None:
        peak = max(peak, memory(children(process.pid)))
        time.sleep(1)
    wall = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cores = len(os.sched_getaffinity(0))
    sys.stdout.write(
        f"\n{' '.join(command)}: {wall:.1f} s wall, {used.ru_utime + used.ru_stime:.1f} s CPU, "
        f"peak {peak / 2**20:.0f} MiB, {cores} cores, exit {process.returncode}\n"
    )
    return process.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

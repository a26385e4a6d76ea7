"""Break the project in every way at hand and tell what came of it: `make stress`, or a part of it by hand.

    python tests/stress/run.py --output docs/stress.md
    python tests/stress/run.py --only kills-site --share 0.3

The project is copied and trimmed first (`small_world`), so that nothing here touches what is built, and an edit
meanwhile changes nothing. The parts run as processes of their own, as many at a time as there are cores.
"""

from __future__ import annotations

import argparse
import os
import pickle
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from full_disk import can_fill, fill_disk
from handed import damaged_handovers
from importers import damaged_imports, small_source
from kills import kill_step
from load import many_runs, readers_beside_writers
from small_world import YEAR, Project, World, made_world, state
from surroundings import other_surroundings, settings
from tally import END, Tally, complaints, table, together

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.load import load_catalogue

HERE = Path(__file__).resolve().parent

#: The steps that are killed and starved of disk: command, how many rounds of how many kills.
STEPS: dict[str, tuple[tuple[str, ...], int, int]] = {
    "import": (("lagesbild", "import", "--data", "_work/demo/raw"), 3, 6),
    "analyse": (("lagesbild", "analyse", "--area", "krisberedskap"), 3, 6),
    "underlag": (("lagesbild", "underlag"), 3, 6),
    "kommun": (("lagesbild", "kommun", "--jobs", "2"), 4, 6),
    "arbetsbok": (("lagesbild", "arbetsbok", "--jobs", "2"), 3, 6),
    "lagesrapport": (("lagesbild", "lagesrapport", "aldre"), 2, 4),
    "data": (("lagesbild", "data"), 2, 6),
    "site": (("lagesbild", "site", "--jobs", "1"), 3, 5),
    "manifest": (("lagesbild", "manifest"), 3, 5),
}
#: Of these a disk is filled.
FILLED = ("import", "analyse", "underlag", "kommun", "arbetsbok", "data", "site")
SEED = 20241122
#: The worlds whose outside files are invented, and from which seed.
_SEEDS = {"v1": 2024, "other": 7}
_VICTIMS = "the run, all its processes, or one of them"


def scaled(count: int, share: float) -> int:
    """Return a number of tries, at least one."""
    return max(1, round(count * share))


def kills(name: str, top: Path, share: float) -> list[Tally]:
    """Kill one step."""
    command, rounds, times = STEPS[name]
    snapshot, after, seconds = _step(name, top)
    tally = Tally(part="Killed with SIGKILL", what=f"lagesbild {name}", how=_VICTIMS)
    kill_step(
        snapshot,
        top / f"kill-{name}",
        command,
        after,
        seconds=seconds,
        rounds=scaled(rounds, share),
        kills=times if share >= 1 else scaled(times, share),
        chance=random.Random(f"{SEED} {name}"),
        tally=tally,
    )
    return [tally]


def killed_make(top: Path, share: float) -> list[Tally]:
    """Kill make in the middle of import, analyses and underlag, and run it again."""
    snapshot, _, seconds = _step("import", top)
    after = pickle.loads((top / "steps" / "underlag.state").read_bytes())
    tally = Tally(
        part="Killed with SIGKILL", what="make (import, analyses, underlag)", how="make, all it started, or one of them"
    )
    kill_step(
        snapshot,
        top / "kill-make",
        ("make", "--jobs=2", f"_work/demo/{YEAR}/underlag.stamp"),
        after,
        seconds=seconds * 5,
        rounds=1,
        kills=scaled(8, share),
        chance=random.Random(f"{SEED} make"),
        tally=tally,
    )
    return [tally]


def starved(top: Path, share: float) -> list[Tally]:
    """Fill the disk under steps."""
    if not can_fill():
        return []
    chance = random.Random(f"{SEED} disk")
    tallies = []
    for name in FILLED:
        snapshot, after, _ = _step(name, top)
        tally = Tally(part="A full disk", what=f"lagesbild {name}", how="less room than it needs, then enough")
        tries = scaled(2, share)
        fill_disk(snapshot, top / "disk", after, command=STEPS[name][0], tries=tries, chance=chance, tally=tally)
        tallies.append(tally)
    for name in ("kommun", "site"):
        snapshot, after, _ = _step(name, top)
        tally = Tally(part="A full disk", what=f"lagesbild {name}", how="no room for temporary files, then enough")
        fill_disk(
            snapshot, top / "disk", after, command=STEPS[name][0], tries=1, chance=chance, tally=tally, temporary=True
        )
        tallies.append(tally)
    return tallies


def imports(top: Path, share: float) -> list[Tally]:
    """Damage outside files."""

    folder = top / "importers"
    source = small_source(top / "v1" / "_work" / "demo" / "raw", folder / "source")
    chance = random.Random(f"{SEED} importers")
    return damaged_imports(source, folder, catalogue=load_catalogue(), tries=scaled(6, share), chance=chance)


def handovers(top: Path, share: float) -> list[Tally]:
    """Damage files between the steps."""
    chance = random.Random(f"{SEED} handed")
    return damaged_handovers(top / "v1", top / "handed", tries=scaled(3, share), chance=chance)


def elsewhere(part: int, top: Path, share: float) -> list[Tally]:
    """Make the same in other surroundings; every other setting."""
    wanted, _ = settings(top / f"locales-{part}")
    chosen = wanted[part::2] if share >= 1 else wanted[part :: max(2, round(2 / share))]
    finished = World(top / "v1", Project(top / "project"))
    return other_surroundings(finished, top / f"elsewhere-{part}", wanted=chosen, chance=random.Random(part))


def load(top: Path, share: float) -> list[Tally]:
    """Put many runs and readers on the same files."""
    chance = random.Random(f"{SEED} load")
    return [
        many_runs(top / "load", documents=scaled(60, share), runs=4, rounds=scaled(3, share), chance=chance),
        readers_beside_writers(top, top / "readers", seconds=20 * share, chance=chance),
    ]


PARTS: dict[str, Callable[[Path, float], list[Tally]]] = {
    **{f"kills-{name}": partial(kills, name) for name in STEPS},
    "kills-make": killed_make,
    "disk": starved,
    "importers": imports,
    "handed": handovers,
    "elsewhere-0": partial(elsewhere, 0),
    "elsewhere-1": partial(elsewhere, 1),
    "load": load,
}
#: The longest first, so that no core waits for one at the end.
ORDER = ("kills-site", "kills-make", "handed", "elsewhere-0", "elsewhere-1", "kills-kommun", "kills-import", "disk")


def _step(name: str, top: Path) -> tuple[World, dict[str, str], float]:
    """Return the world before a step, the state after it, and how long the step took."""
    after, seconds = pickle.loads((top / "steps" / f"{name}.after").read_bytes())
    return World(top / "steps" / name, Project(top / "project")), after, seconds


def prepared(top: Path, cores: int) -> None:
    """Make two finished worlds of the same project, and on the way the world before each step of the second.

    The second is made upon the first: before each step stands what the first release had, as in a new year.
    """
    project = Project.copied(top / "project")
    with ThreadPoolExecutor(2) as threads:
        worlds = {name: threads.submit(made_world, top / name, project, seed=seed) for name, seed in _SEEDS.items()}
        first = worlds["v1"].result()
        worlds["other"].result()
    first.must(*STEPS["import"][0])
    _others(first, AREA_IDS)
    for name in ("underlag", "kommun", "arbetsbok"):
        first.must(*STEPS[name][0])
    first.must("lagesbild", "lagesrapport", "--jobs", str(cores))
    for name in ("data", "site", "manifest"):
        first.must(*STEPS[name][0])
    second_world(top, project, first, cores)


def second_world(top: Path, project: Project, first: World, cores: int) -> None:
    """Make the second world upon the first, and keep the world before each step."""
    second = first.copy(top / "v2")
    shutil.rmtree(second.root / "_work" / "demo" / "raw")
    shutil.copytree(top / "other" / "_work" / "demo" / "raw", second.root / "_work" / "demo" / "raw")
    (second.root / "_work" / "demo" / "raw.stamp").touch()
    for name, (command, *_) in STEPS.items():
        second.copy(top / "steps" / name)
        start = time.perf_counter()
        second.must(*command)
        seconds = time.perf_counter() - start
        (top / "steps" / f"{name}.after").write_bytes(pickle.dumps((state(second.root), seconds)))
        if name == "analyse":
            _others(second, [area for area in AREA_IDS if area != "krisberedskap"])
        if name == "underlag":
            (top / "steps" / "underlag.state").write_bytes(pickle.dumps(state(second.root)))


def _others(world: World, areas: Sequence[str]) -> None:
    """Analyse areas in two processes, each of which begins once."""
    halves = [[word for area in areas[half::2] for word in ("--area", area)] for half in (0, 1)]
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda half: world.must("lagesbild", "analyse", *half), halves))


def main() -> int:
    """Prepare, run the parts and write the table; return 1 where anything was wrong, lost or unclear."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--output", type=Path, help="file for the table; printed where not given")
    asked.add_argument("--share", type=float, default=1.0, help="share of the tries")
    asked.add_argument("--minutes", type=float, default=13.0, help="begin no try later than this")
    asked.add_argument("--only", nargs="*", choices=sorted(PARTS), help="parts to run")
    asked.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    asked.add_argument("--keep", type=Path, help="folder for everything, kept and used again")
    asked.add_argument("--part", help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.part:
        (options.keep / f"{options.part}.tallies").write_bytes(
            pickle.dumps(PARTS[options.part](options.keep, options.share))
        )
        return 0
    with tempfile.TemporaryDirectory(prefix="lagesbild-stress-") as folder:
        return report(options, options.keep or Path(folder))


def report(options: argparse.Namespace, top: Path) -> int:
    """Run the parts in a folder and write the table."""
    start = time.perf_counter()
    os.environ[END] = str(time.time() + 60 * options.minutes)
    if not (top / "ready").exists():
        prepared(top, options.jobs)
        (top / "ready").write_text(f"{time.perf_counter() - start:.0f}")
        taken = 0.0
    else:  # another run has prepared it, which counts as this one's time
        taken = float((top / "ready").read_text() or 0)
    say(f"prepared in {(top / 'ready').read_text()} s")
    names = [*ORDER, *(name for name in PARTS if name not in ORDER)]
    names = [name for name in names if not options.only or name in options.only]
    with ThreadPoolExecutor(options.jobs) as threads:
        found = list(threads.map(partial(_part, top=top, share=options.share), names))
    order = {name: number for number, name in enumerate(PARTS)}
    tallies = [
        tally for _, some in sorted(zip(names, found, strict=True), key=lambda one: order[one[0]]) for tally in some
    ]
    whole, minutes = together(tallies), (taken + time.perf_counter() - start) / 60
    text = document(tallies, top, minutes, options)
    if options.output:
        options.output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    sys.stderr.write(complaints(tallies))
    bad = f"{len(whole.wrong)} wrong, {len(whole.lost)} lost, {len(whole.unclear)} unclear"
    say(f"{whole.tries:,} tries, {bad}, {minutes:.1f} minutes")
    return 0 if whole.sound and whole.tries else 1


def _part(name: str, *, top: Path, share: float) -> list[Tally]:
    """Run one part in a process of its own, with the trimmed copy of the project."""
    start = time.perf_counter()
    result = top / f"{name}.tallies"
    result.unlink(missing_ok=True)
    scratch = top / f"{name}.scratch"
    scratch.mkdir(exist_ok=True)
    command = [sys.executable, __file__, "--part", name, "--share", str(share), "--keep", str(top)]
    environment = Project(top / "project").environment(name, scratch)
    environment |= {key: value for key, value in os.environ.items() if key in ("FAKETIME_LIBRARY", END)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    say(f"{name}: {time.perf_counter() - start:.0f} s")
    if done.returncode:
        failed = Tally(part="Not run to its end", what=name, how="")
        failed.unclear.append(done.stderr[-2000:])
        return [failed]
    tallies: list[Tally] = pickle.loads(result.read_bytes())
    return tallies


def say(what: str) -> None:
    """Tell how far it has come."""
    sys.stderr.write(f"{what}\n")
    sys.stderr.flush()


def document(tallies: list[Tally], top: Path, minutes: float, options: argparse.Namespace) -> str:
    """Return the page of documentation."""
    _, missing = settings(top / "locales-asked")
    if not can_fill():
        missing.append("a full disk (this machine lets no user mount one)")
    untried = "".join(f"- {one}\n" for one in missing) or "- nothing of what is listed here\n"
    text = (HERE / "stress.md").read_text(encoding="utf-8")
    return text.format(
        tables=table(tallies),
        python=platform.python_version(),
        cores=options.jobs,
        minutes=f"{minutes:.0f}",
        share="" if options.share == 1 else f", with {options.share:.0%} of the tries",
        untried=untried,
    )


if __name__ == "__main__":
    sys.exit(main())

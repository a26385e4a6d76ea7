"""The same work on another clock, in another language and time zone, with other seeds, cores and order of files."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

from small_world import World, state
from tally import Tally, over

#: Where Debian's package puts the library that the command `faketime` preloads.
_FAKETIME = ("/usr/lib/*/faketime/libfaketime.so.1", "/usr/local/lib/faketime/libfaketime.so.1")
#: A module that Python loads by itself, which changes what the system says.
CHANGED = Path(__file__).with_name("elsewhere")


@dataclass(frozen=True)
class Setting:
    """One way in which a machine may differ.

    Parameters
    ----------
    kind, name
        What differs, and how, in the table.
    variables
        Variables of the environment; null takes one away.
    before
        Command that starts the commands.
    jobs
        Processes asked for.
    plain
        Whether the folder's name is to be of ASCII: Arrow opens no other where the language has no other letters.
    """

    kind: str
    name: str
    variables: Mapping[str, str] = field(default_factory=dict)
    before: Sequence[str] = ()
    jobs: int = 2
    plain: bool = False


def faketime() -> str | None:
    """Return the library that gives a process another clock, or null where it is not installed."""
    given = os.environ.get("FAKETIME_LIBRARY")
    if given:
        return given
    return next((str(path) for name in _FAKETIME for path in sorted(Path("/").glob(name[1:]))), None)


def clocks() -> list[Setting]:
    """Return settings of the clock; none where no clock can be given."""
    library = faketime()
    if library is None:
        return []
    # The clock that measures spans goes on as it does: processes wait by it.
    told = {"LD_PRELOAD": library, "FAKETIME_DONT_FAKE_MONOTONIC": "1", "PYTHONPATH": str(CHANGED)}
    moments = ("@1999-12-31 23:59:55", "@2038-01-19 03:14:00", "@2024-02-29 12:00:00", "-400d x0.5")
    return [Setting("clock", moment, told | {"FAKETIME": moment}) for moment in moments]


def languages(folder: Path) -> tuple[list[Setting], list[str]]:
    """Return settings of the language, and what could not be had; locales are made in `folder`."""
    ascii_alone = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    settings = [
        Setting("language", "C", {"LC_ALL": "C"}),
        Setting("language", "C without UTF-8, in a folder with an ASCII name", ascii_alone, plain=True),
    ]
    missing = []
    for name in ("sv_SE", "tr_TR"):
        target = folder / f"{name}.UTF-8"
        made = shutil.which("localedef") is not None
        if made and not target.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            command = ["localedef", "-i", name, "-f", "UTF-8", str(target)]
            made = subprocess.run(command, capture_output=True, check=False).returncode in (0, 1) and target.is_dir()
        if made:
            told = {"LC_ALL": f"{name}.UTF-8", "LANG": f"{name}.UTF-8", "LOCPATH": str(folder)}
            settings.append(Setting("language", f"{name}.UTF-8", told))
        else:
            missing.append(f"the language {name} (no localedef, or no source of that locale)")
    return settings, missing


def settings(folder: Path) -> tuple[list[Setting], list[str]]:
    """Return every setting that this machine can give, and what it cannot.

    Several things differ in each, since each takes a minute; where one gives other bytes, they are tried one by one.
    """
    spoken, missing = languages(folder)
    told = clocks()
    if not told:
        missing.append("the clock (the Debian package faketime is not installed)")
    # As POSIX writes them, so that no time-zone files are needed: fourteen hours ahead, three and a half behind.
    zones = [Setting("time zone", zone, {"TZ": zone}) for zone in ("LINT-14", "NST3:30NDT", "UTC", "CHAST-12:45CHADT")]
    seeds = [Setting("hash seed", seed, {"PYTHONHASHSEED": seed}) for seed in ("0", "1", "4711", "20241122")]
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS")
    cores = [Setting("cores", "five processes, three threads each", dict.fromkeys(threads, "3"), jobs=5)]
    if shutil.which("taskset"):
        cores.append(Setting("cores", "one", dict.fromkeys(threads, "1"), ("taskset", "--cpu-list", "0"), jobs=1))
    else:
        missing.append("one core alone (no taskset)")
    orders = [
        Setting("order of files", f"shuffled, seed {seed}", {"PYTHONPATH": str(CHANGED), "SHUFFLED": seed})
        for seed in ("1", "2", "3")
    ]
    umask = ("sh", "-c", 'umask 077; exec "$0" "$@"')
    rights = [Setting("rights and home", "umask 077, no HOME", {"HOME": "/nonexistent"}, umask)]
    return [*_abreast(told, zones, seeds), *_abreast(spoken, orders, cores, [*rights])], missing


def _abreast(*kinds: Sequence[Setting]) -> list[Setting]:
    """Return settings in which the first of each kind differ together, then the second..."""
    joined = []
    for some in zip_longest(*kinds):
        several = [one for one in some if one is not None]
        variables = {name: value for one in several for name, value in one.variables.items()}
        joined.append(
            Setting(
                ", ".join(one.kind for one in several),
                "; ".join(one.name for one in several),
                variables,
                tuple(word for one in several for word in one.before),
                jobs=next((one.jobs for one in several if one.jobs != 2), 2),
                plain=any(one.plain for one in several),
            )
        )
    return joined


#: What is made in each setting, from the outside files on, but for the analysis of nine of the ten areas.
AREA = "krisberedskap"


def chain(world: World, jobs: int, *, only: Sequence[str] = ()) -> None:
    """Make from the outside files what a release has one of each of, with the steps' own commands.

    Parameters
    ----------
    only
        Steps to make; all where not given.
    """
    steps: dict[str, tuple[str, ...]] = {
        "import": ("import", "--data", "_work/demo/raw"),
        "analyse": ("analyse", "--area", AREA),
        "underlag": ("underlag",),
        "kommun": ("kommun", "1440", "0180", "--jobs", str(jobs)),
        "arbetsbok": ("arbetsbok", "1440", "0180", "--jobs", str(jobs)),
        "data": ("data",),
    }
    for name, command in steps.items():
        if not only or name in only:
            world.must("lagesbild", *command)


def other_surroundings(
    finished: World, folder: Path, *, wanted: Sequence[Setting], chance: random.Random, only: Sequence[str] = ()
) -> list[Tally]:
    """Make everything anew in each setting and compare every byte.

    Parameters
    ----------
    finished
        A world in which all has been made.
    folder
        Where to try.
    """
    whole = state(finished.root)
    tallies: dict[str, Tally] = {}
    for setting in wanted:
        if tallies and over():
            break
        tally = tallies.setdefault(setting.name, Tally(part="Other surroundings", what=setting.kind, how=setting.name))
        place = "elsewhere" if setting.plain else "på annat håll"
        world = finished.copy(folder / f"{place} {chance.randrange(100)}")
        for name in ("released", "store", "gate", f"2024/analysis/{AREA}", f"2024/notebooks/{AREA}", "2024/underlag"):
            if not only or name in only:
                shutil.rmtree(world.root / "_work" / "demo" / name, ignore_errors=True)
        for name in ("2024/records", "2024/twins"):
            shutil.rmtree(world.root / "_work" / "demo" / name, ignore_errors=True)
        for name in ("data", "notebooks", "kommuner/1440-ale", "kommuner/0180-stockholm"):
            shutil.rmtree(world.root / "_release" / "demo-2024" / name, ignore_errors=True)
        paths = [world.project.folder / "src", *(Path(one) for one in [setting.variables.get("PYTHONPATH")] if one)]
        variables = {**setting.variables, "PYTHONPATH": os.pathsep.join(str(path) for path in reversed(paths))}
        changed = World(world.root, world.project, variables, tuple(setting.before))
        tally.tries += 1
        try:
            chain(changed, setting.jobs, only=only)
        except RuntimeError as error:
            tally.unclear.append(str(error)[-400:])
            continue
        found = state(changed.root)
        odd = sorted(name for name in whole if name not in found or found[name] != whole[name])
        odd = [name for name in odd if not name.startswith("_work/demo/2024/records") or name in found]
        odd = [name for name in odd if "/twins/" not in name or name in found]
        tally.wrong += [f"{name}: {setting.name}" for name in odd[:5]]
        tally.right += not odd
        shutil.rmtree(changed.root)
    return list(tallies.values())

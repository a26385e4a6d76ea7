"""Steps on a disk that fills up, and the same steps once there is room."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from kills import judged
from small_world import World, state
from tally import Tally, over

_INSIDE = ("unshare", "--user", "--map-root-user", "--mount")


def can_fill() -> bool:
    """Return whether this machine lets a user mount a small disk of his own."""
    if not shutil.which("unshare"):
        return False
    return subprocess.run([*_INSIDE, "true"], check=False, capture_output=True).returncode == 0


def fill_disk(
    snapshot: World,
    folder: Path,
    after: dict[str, str],
    *,
    command: Sequence[str],
    tries: int,
    chance: random.Random,
    tally: Tally,
    temporary: bool = False,
) -> None:
    """Run a step on a small disk with less room than it needs, then make room and run it again.

    Parameters
    ----------
    snapshot, folder, after, command
        As for `kills.kill_step`.
    temporary
        Whether it is the disk of temporary files that is full.
    """
    before = state(snapshot.root)
    size = sum(path.stat().st_size for path in (snapshot.root / "_work").rglob("*") if path.is_file())
    size += sum(path.stat().st_size for path in (snapshot.root / "_release").rglob("*") if path.is_file())
    finished = snapshot.root.parents[1] / "v2"
    sizes = [(finished / name).stat().st_size for name, content in after.items() if before.get(name) != content]
    files = sum(1 for top in ("_work", "_release") for _ in (snapshot.root / top).rglob("*"))
    for _ in range(tries):
        if tally.tries and over():
            break
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        world = World(folder / "disk", snapshot.project, snapshot.more)
        disk = folder / "disk"
        disk.mkdir()
        # New files take the place of old ones, so that a step may need no more room than its largest file.
        room = 40_000 if temporary else int(chance.random() * chance.choice((max(sizes), sum(sizes) / 4)))
        whole = size + 4096 * files + (64 << 20)
        program = " ".join(f"'{one}'" for one in ("./.venv/bin/lagesbild", *command[1:]))
        place = folder / "tmp" if temporary else disk
        script = f"""
        mkdir '{folder}/tmp'
        mount -t tmpfs -o size={"300k" if temporary else whole} none '{place}'
        cp -a '{snapshot.root}/.' '{disk}/'
        free=$(df --output=avail -B1 '{place}' | tail -1)
        head -c $((free - {room})) /dev/zero > '{place}/ballast' 2> /dev/null
        cd '{disk}'
        {program} > '{folder}/first.out' 2>&1; echo $? > '{folder}/first.rc'
        rm '{place}/ballast'
        cp -a '{disk}' '{folder}/after-first'
        {f"umount '{folder}/tmp'" if temporary else ""}
        {program} > '{folder}/second.out' 2>&1; echo $? > '{folder}/second.rc'
        cp -a '{disk}' '{folder}/after-second'
        """
        told = subprocess.run(
            [*_INSIDE, "sh", "-c", script],
            check=False,
            capture_output=True,
            text=True,
            env=world.project.environment(str(folder), folder / "tmp", {"PWD": str(disk)}),
        )
        tally.tries += 1
        codes = [(folder / f"{name}.rc").read_text().strip() for name in ("first", "second")]
        said = (folder / "first.out").read_text(errors="replace")
        wrong, lost = judged(state(folder / "after-first"), before, after)
        tally.wrong += wrong
        tally.lost += lost
        if codes[0] != "0":
            if "the disk is full" in said:
                tally.refused += 1
            else:
                tally.unclear.append(said[-300:])
        found = state(folder / "after-second", leftovers=True)
        odd = sorted(name for name in found.keys() | after.keys() if found.get(name) != after.get(name))
        if codes[1] != "0":
            tally.unclear.append(f"does not go on: {(folder / 'second.out').read_text()[-300:]}{told.stderr[-200:]}")
        else:
            tally.wrong += [f"{name} when gone on with" for name in odd]
            tally.right += not odd
    shutil.rmtree(folder, ignore_errors=True)

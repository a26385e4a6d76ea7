"""Steps killed at random moments, again and again on what the kill before left, and then run to their end."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from small_world import World, state
from tally import Tally, over

#: What is killed: the process that was started, all that it has started too, or any one of them.
VICTIMS = ("run", "all", "one")


def judged(found: dict[str, str], before: dict[str, str], after: dict[str, str]) -> tuple[list[str], list[str]]:
    """Return which files are neither as before nor as they shall become, and which that are in both are gone.

    The website is one thing: it is the one before or the one after, and no mixture.
    """
    wrong = [name for name, content in found.items() if content not in (before.get(name), after.get(name))]
    lost = sorted(name for name in before.keys() & after.keys() if name not in found)
    site = [_site(one) for one in (found, before, after)]
    if site[0] not in site[1:] and not (wrong or lost):
        wrong.append("a website of two builds")
    return wrong, lost


def _site(files: dict[str, str]) -> dict[str, str]:
    return {name: content for name, content in files.items() if "/site/" in name and name.startswith("_release")}


def strike(world: World, leader: int, victim: str, chance: random.Random) -> None:
    """Kill, as the kernel does where memory is short and a cable where it is pulled."""
    family = world.processes()
    if victim == "run":
        chosen = [leader]
    elif victim == "all":
        chosen = family
    else:
        chosen = [chance.choice(family)] if family else []
    for process in chosen:
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            continue
    if victim == "all":
        for process in world.processes():  # what was born meanwhile
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue


def kill_step(
    snapshot: World,
    folder: Path,
    command: Sequence[str],
    after: dict[str, str],
    *,
    seconds: float,
    rounds: int,
    kills: int,
    chance: random.Random,
    tally: Tally,
) -> None:
    """Kill a step `kills` times in a row and run it to its end, `rounds` times.

    Parameters
    ----------
    snapshot
        The world as it is before the step: with what an earlier release made of it, from other data.
    folder
        Where to try.
    command
        The step.
    after
        The state of a world in which the step was not disturbed.
    seconds
        How long it takes undisturbed.
    """
    before = state(snapshot.root)
    for _ in range(rounds):
        if tally.tries and over():
            break
        world = snapshot.copy(folder)
        for _ in range(kills):
            victim = chance.choice(VICTIMS)
            moment = chance.uniform(0.2, 1.0) * seconds
            running = world.start(*command)
            end = time.monotonic() + moment
            while running.poll() is None and time.monotonic() < end:
                time.sleep(0.005)
            if running.poll() is None:
                strike(world, running.pid, victim, chance)
            told, _ = running.communicate()
            if not world.settled():
                tally.unclear.append(f"processes of a killed {command[1]} live on")
            tally.tries += 1
            wrong, lost = judged(state(world.root), before, after)
            tally.wrong += [f"{name} after {moment:.2f} s, {victim}" for name in wrong]
            tally.lost += [f"{name} after {moment:.2f} s, {victim}" for name in lost]
            if running.returncode == 1 and "Error: " not in told:
                tally.unclear.append(told[-300:])
        code, told = world.run(*command)
        if code:
            tally.unclear.append(f"does not go on: {told[-300:]}")
            continue
        found = state(world.root, leftovers=True)
        odd = sorted(name for name in found.keys() | after.keys() if found.get(name) != after.get(name))
        tally.wrong += [f"{name} when gone on with" for name in odd]
        if not odd:
            tally.right += kills

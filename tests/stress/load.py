"""Many runs over the same documents, each struck by faults; readers of files that are being rewritten."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

from tally import Tally

from lagesbild.files import exchange, write_atomic

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "publishing" / "tiny"))

from tiny_batch import Batch

#: What strikes a document's making, see `tiny_documents`.
_FAULTS = ("child", "worker", "half a file", "between files", "run")


def _contents(root: Path) -> dict[str, str]:
    files = (path for path in root.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def many_runs(folder: Path, *, documents: int, runs: int, rounds: int, chance: random.Random) -> Tally:
    """Let several runs make the same documents at once while faults strike every fourth, until all are made."""
    # Two workers each: with one the run makes documents itself, and who started it would be struck for it.
    how = f"{runs} runs at once, every fourth document's process killed, {documents} documents"
    tally = Tally(part="Load", what="a batch of documents", how=how)
    calm = Batch(folder / "calm", documents).prepared()
    first = calm.start("--cores", "2")
    first.communicate()
    whole = _contents(calm.root)
    for number in range(rounds):
        batch = Batch(folder / f"{number}", documents).prepared()
        for struck in chance.sample(range(documents), max(1, documents // 4)):
            batch.fault(struck, chance.choice(_FAULTS))
        started = [batch.start("--cores", "2") for _ in range(runs)]
        for _ in range(documents):  # more often than faults can strike
            codes = [run.wait() for run in started]
            for run in started:
                run.communicate()
            found = _contents(batch.root)
            tally.wrong += [name for name, content in found.items() if whole.get(name) != content]
            if not any(codes):
                break
            started = [batch.start("--cores", "2") for code in codes if code]
        tally.tries += documents
        missing = whole.keys() - _contents(batch.root).keys()
        tally.lost += sorted(missing)
        tally.right += 0 if missing or tally.wrong else documents
    shutil.rmtree(folder)
    return tally


def readers_beside_writers(top: Path, folder: Path, *, seconds: float, chance: random.Random) -> Tally:
    """Read published files while another process rewrites them with those of another release, without a pause."""
    tally = Tally(part="Load", what="reading what is published", how="beside a process that rewrites it all the time")
    states = [top / name / "_release" / "demo-2024" for name in ("v1", "v2")]
    shutil.copytree(states[0], folder / "release")
    shutil.copytree(states[1] / "site", folder / "site-next")
    names = sorted(
        path.relative_to(states[0])
        for path in states[0].glob("data/**/*")
        if path.is_file() and (states[1] / path.relative_to(states[0])).is_file()
    )
    contents = {name: [(one / name).read_bytes() for one in states] for name in names}
    pages = [(one / "site" / "index.html").read_bytes() for one in states]
    writer = os.fork()
    if writer == 0:
        turn = 0
        while True:
            turn += 1
            exchange(folder / "site-next", folder / "release" / "site")
            for name, both in contents.items():
                write_atomic(folder / "release" / name, both[turn % 2])
    try:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            name = chance.choice(names)
            _read(tally, folder / "release" / name, contents[name])
            _read(tally, folder / "release" / "site" / "index.html", pages)
    finally:
        os.kill(writer, signal.SIGKILL)
        os.waitpid(writer, 0)
    shutil.rmtree(folder)
    return tally


def _read(tally: Tally, path: Path, known: list[bytes]) -> None:
    tally.tries += 1
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        tally.lost.append(path.name)
        return
    if content in known:
        tally.right += 1
    else:
        tally.wrong.append(path.name)

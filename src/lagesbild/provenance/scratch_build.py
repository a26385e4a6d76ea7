"""A release built anew: in a folder of its own, from copies of the code, the raw files and the lock file alone."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from lagesbild.errors import BuildFailedError
from lagesbild.provenance.material import PREVIOUS, RAW, Material
from lagesbild.publishing.engine_names import ENGINES
from lagesbild.publishing.layout import Layout

#: Make's variables: what the caller of ``make reproduce`` gave is told to the inner one anew, or not at all.
_VARIABLES = ("ARCHIVE", "A", "CORES", "DATA", "ENGINE", "FIGURE", "JOBS", "K", "PREVIOUS", "SOURCE", "VERSION", "YEAR")
_OTHERS = ("PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "VIRTUAL_ENV")
#: What make knows the demo's raw files by.
_RAW_STAMP = "_work/demo/raw.stamp"
#: So many lines of a failed build are told.
_LINES = 15


def lay_out(material: Material, folder: Path, raw_files: Iterable[str]) -> Layout:
    """Copy what a release is built from into a folder and return the folders that the build will use.

    Parameters
    ----------
    material
        Where it is.
    folder
        The folder, which is there and empty.
    raw_files
        Which raw files to copy.
    """
    for name in material.code_files:
        _copy(material.root / name, folder / name)
    layout = material.layout(folder)
    if material.raw is not None:
        for name in raw_files:
            if (material.raw / name).is_file():
                _copy(material.raw / name, raw_folder(layout) / name)
        if layout.synthetic:
            layout.work.mkdir(parents=True, exist_ok=True)
            (layout.root / _RAW_STAMP).touch()
    if material.previous is not None:
        shutil.copytree(material.previous, folder / PREVIOUS)
    return layout


def raw_folder(layout: Layout) -> Path:
    """Return where the raw files are copied to."""
    return layout.raw if layout.synthetic else layout.root / RAW


def make_command(material: Material, layout: Layout, jobs: int) -> list[str]:
    """Return the command that builds the whole release anew, with the engine that it was made with."""
    engines = {str(one.get("engine")) for one in material.manifest.get("products", ())} & set(ENGINES)
    variables = {
        "SOURCE": layout.source,
        "YEAR": str(layout.year),
        "DATA": "" if layout.synthetic else RAW,
        "PREVIOUS": PREVIOUS if material.previous is not None else "",
        "ENGINE": engines.pop() if len(engines) == 1 else "",
        "CORES": str(jobs),
    }
    # The demo's raw files are there: make shall take them, and not make others for any reason.
    kept = [f"--old-file={_RAW_STAMP}"] if layout.synthetic and material.raw is not None else []
    return ["make", "--no-print-directory", *kept, *(f"{name}={value}" for name, value in variables.items())]


def run_build(commands: Sequence[Sequence[str]], folder: Path, log: Path) -> None:
    """Run the commands of a build, one after the other.

    Parameters
    ----------
    commands
        What to run.
    folder
        Where.
    log
        Gets all that they print.

    Raises
    ------
    BuildFailedError
        If one fails; tells the last lines it printed.
    """
    with log.open("wb") as printed:
        for command in commands:
            printed.write(f"$ {' '.join(command)}\n".encode())
            printed.flush()
            done = subprocess.run(
                command, cwd=folder, env=environment(os.environ), stdout=printed, stderr=subprocess.STDOUT, check=False
            )
            if done.returncode:
                lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
                raise BuildFailedError(" ".join(command), done.returncode, "\n".join(lines[-_LINES:]))


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """Return the caller's environment without what would lead a build to other code or other products."""
    return {
        name: value
        for name, value in given.items()
        if name not in _VARIABLES and name not in _OTHERS and not name.startswith(("MAKE", "MFLAGS", "LAGESBILD_"))
    }


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    shutil.copymode(source, target)

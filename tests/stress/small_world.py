"""A small Sweden to break: the project with few kommuner and pages, and two states of its data.

The project is copied first, so that a stress run tests one state of the code however long it takes. A world is a
folder with its own ``_work`` and ``_release`` that leads to the copy for all else: ``make`` and every command run in
it as in a checkout.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lagesbild.catalogue.resources import project_root

#: Large, middling and small; two län with several, so that sums must be protected.
KOMMUNER = ("0114", "0180", "0186", "1401", "1440", "1480", "2480", "2505")
YEAR = 2024
#: Marks the processes of one run, so that what they have started can be found and waited for.
MARK = "LAGESBILD_STRESS"

_COPIED = ("src", "data", "reports", "analysis", "_extensions", "_quarto.yml", "requirements.lock", "pyproject.toml")
#: Pages beside those of the kommuner and the reports; the others are of the same kinds.
_PAGES = ("index.qmd", "kommuner", "lagesrapporter", "omraden", "metod.qmd", "om.qmd", "sok.qmd", "data.qmd")

#: Generated pages that are left out: there are hundreds of them.
_SECTIONS = ("indicator_pages", "compare_section", "method_section")

#: What is compared: the published, and what a step hands to the next. Caches have keys, and show in what is made.
OUTCOMES = ("_release", "_work/demo/store", "_work/demo/gate", "_work/demo/released", f"_work/demo/{YEAR}")
_APART = tuple(
    f"_work/demo/{YEAR}/{name}/"
    for name in ("site-project", "site-rendered", "site-replaced", "site-sections", "pages")
)


def unfinished(name: str) -> bool:
    """Return whether a file is one that a killed process left beside what it was making."""
    last = name.rpartition("/")[2]
    return "/.lagesbild-" in name or (last.startswith(".") and last.endswith((".tmp", ".lock")))


def state(root: Path, *, leftovers: bool = False) -> dict[str, str]:
    """Return the SHA-256 of everything in a world that is compared, by path."""
    found = {}
    for top in OUTCOMES:
        for path in sorted((root / top).rglob("*")):
            name = path.relative_to(root).as_posix()
            if name.startswith(_APART) or name.endswith(".stamp") or (unfinished(name) and not leftovers):
                continue
            try:
                if path.is_file():
                    found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
            except FileNotFoundError:  # moved while we looked
                continue
    return found


@dataclass(frozen=True)
class Project:
    """A copy of the project, and how commands are run with it.

    Parameters
    ----------
    folder
        Where the copy is.
    """

    folder: Path

    @classmethod
    def copied(cls, folder: Path, *, small: bool = True) -> Project:
        """Return a copy of this project in `folder`, with few kommuner and pages."""
        top = project_root()
        folder.mkdir(parents=True)
        for name in _COPIED:
            source = top / name
            if source.is_dir():
                shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
            elif source.is_file():
                shutil.copyfile(source, folder / name)
        shutil.copyfile(top / "Makefile", folder / "Makefile")
        bin_folder = folder / ".venv" / "bin"
        bin_folder.mkdir(parents=True)
        start = "from lagesbild.cli import app; app(prog_name='lagesbild')"
        for name, arguments in (("python", ""), ("lagesbild", f' -c "{start}"')):
            program = bin_folder / name
            program.write_text(f'#!/bin/sh\nexec "{sys.executable}"{arguments} "$@"\n')
            program.chmod(0o755)
        if small:
            _trim(folder)
        subprocess.run([sys.executable, "-m", "compileall", "-q", str(folder / "src")], check=True)
        (folder / ".venv" / "ready").touch()
        return cls(folder)

    def environment(self, mark: str, scratch: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return the variables of a command: nothing of the run that started it but the path."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/"),
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(self.folder / "src"),
            "TMPDIR": str(scratch),
            MARK: mark,
            **(more or {}),
        }


def _trim(folder: Path) -> None:
    """Leave few kommuner in the register, and few pages on the website."""
    register = folder / "data" / "registers" / "kommuner.csv"
    _keep_rows(register, KOMMUNER)
    _keep_rows(register.with_name("lan.csv"), tuple(sorted({code[:2] for code in KOMMUNER})))
    shutil.rmtree(folder / "data" / "analys")  # prose on the figures of the whole country
    pages = folder / "reports" / "site"
    sections = folder / "src" / "lagesbild" / "publishing" / "site_sections.py"
    code = sections.read_text(encoding="utf-8")
    for name in _SECTIONS:
        code = code.replace(f'    "lagesbild.publishing.{name}",\n', "")
    sections.write_text(code, encoding="utf-8")
    for path in sorted(pages.rglob("*.qmd")):
        name = path.relative_to(pages).as_posix()
        if not name.startswith(_PAGES):
            path.unlink()


def _keep_rows(register: Path, codes: tuple[str, ...]) -> None:
    head, *rows = register.read_text(encoding="utf-8").splitlines(keepends=True)
    register.write_text(head + "".join(row for row in rows if row.startswith(codes)), encoding="utf-8")


@dataclass(frozen=True)
class World:
    """A folder in which commands are run.

    Parameters
    ----------
    root
        Holds ``_work`` and ``_release``.
    project
        The copy that it leads to.
    """

    root: Path
    project: Project
    more: Mapping[str, str] = field(default_factory=dict)
    before: Sequence[str] = ()

    @classmethod
    def new(cls, root: Path, project: Project) -> World:
        """Return an empty world."""
        root.mkdir(parents=True)
        for path in project.folder.iterdir():
            (root / path.name).symlink_to(path)
        return cls(root, project)

    def copy(self, root: Path) -> World:
        """Return a copy of the world; times are kept, as make and caches look at them."""
        if root.exists():
            shutil.rmtree(root)
        shutil.copytree(self.root, root, symlinks=True)
        return World(root, self.project, self.more, self.before)

    @property
    def scratch(self) -> Path:
        """Folder for temporary files of the world's commands."""
        return self.root.with_name(f"{self.root.name}.tmp")

    def start(self, *command: str) -> subprocess.Popen[str]:
        """Start a command in the world: ``lagesbild`` or ``make`` with arguments."""
        self.scratch.mkdir(exist_ok=True)
        own = self.root / ".venv" / "bin" / command[0]
        program = str(own) if own.exists() else command[0]
        return subprocess.Popen(
            [*self.before, program, *command[1:]],
            cwd=self.root,
            env=self.project.environment(str(self.root), self.scratch, self.more),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            errors="replace",
            start_new_session=True,
        )

    def run(self, *command: str) -> tuple[int, str]:
        """Run a command to its end; return its exit code and what it said."""
        running = self.start(*command)
        told, _ = running.communicate()
        return running.returncode, told

    def must(self, *command: str) -> str:
        """Run a command that has to succeed."""
        code, told = self.run(*command)
        if code:
            raise RuntimeError(f"{' '.join(command)} in {self.root.name} ended with {code}:\n{told[-3000:]}")
        return told

    def processes(self) -> list[int]:
        """Return the living processes that commands of this world have started."""
        mark = f"{MARK}={self.root}".encode()
        found = []
        for path in Path("/proc").glob("[0-9]*/environ"):
            try:
                if mark in path.read_bytes().split(b"\0"):
                    found.append(int(path.parent.name))
            except OSError:  # gone, or somebody else's
                continue
        return found

    def settled(self, seconds: float = 60.0) -> bool:
        """Wait until no process of the world is left; return whether that came about."""
        end = time.monotonic() + seconds
        while self.processes():
            if time.monotonic() > end:
                return False
            time.sleep(0.02)
        return True


#: Kept of Socialstyrelsen's workbooks: answers of all areas, and persons and units of two.
_BOOKS = ("kommunenkat-", "brukarundersokning-vald-", "brukarundersokning-hemloshet-", "register-krisberedskap-")

_DEMO = f"""
import sys
from pathlib import Path
from lagesbild.catalogue.load import load_catalogue
from lagesbild.sources.demo import generate
generate(Path("_work/demo/raw"), catalogue=load_catalogue(), seed=int(sys.argv[1]), years=range({YEAR}, {YEAR + 1}))
"""


def made_world(root: Path, project: Project, *, seed: int) -> World:
    """Return a world that holds outside files, invented from a seed, and nothing else yet."""
    world = World.new(root, project)
    world.must("python", "-c", _DEMO, str(seed))
    for path in sorted((world.root / "_work" / "demo" / "raw" / "socialstyrelsen").glob("*.xlsx")):
        if not path.name.startswith(_BOOKS):
            path.unlink()
    # As make would have left it: else it makes the outside files anew, from another seed.
    (world.root / "_work" / "demo" / "last-year.txt").write_text(f"{YEAR}\n")
    (world.root / "_work" / "demo" / "raw.stamp").touch()
    return world

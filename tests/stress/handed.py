"""What one step hands to the next, damaged: it is refused, or made anew, or nothing comes of the damage."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
from damage import DAMAGES, damage
from fork_try import tried
from small_world import YEAR
from tally import Tally, over

from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.resources import project_root
from lagesbild.observations.archive import read_archive
from lagesbild.provenance.manifest import manifest
from lagesbild.publishing.analyse import analyse_area
from lagesbild.publishing.kommun_reports import make_kommun_reports
from lagesbild.publishing.kommun_workbooks import make_kommun_workbooks
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.run_document import run_document
from lagesbild.publishing.site import stage_site
from lagesbild.publishing.underlag import write_underlag

AREA, KOD, SLUG = "krisberedskap", "1440", "1440-ale"


@dataclass(frozen=True)
class Case:
    """A kind of file, and what is made of it.

    Parameters
    ----------
    what
        In the table.
    files
        Which files are damaged, below the world's root.
    work
        Makes something of them and returns what came of it; the same from the same files.
    """

    what: str
    files: str
    work: Callable[[Layout], Any]


def _made(layout: Layout, *patterns: str) -> dict[str, str]:
    paths = sorted(path for pattern in patterns for path in layout.root.glob(pattern) if path.is_file())
    return {path.relative_to(layout.root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def _analysis(layout: Layout) -> Any:
    shutil.rmtree(layout.analysis(AREA))
    analyse_area(layout, AREA)
    return _made(layout, f"_work/demo/{YEAR}/analysis/{AREA}/*/*", f"_work/demo/{YEAR}/notebooks/{AREA}/*/*")


def _underlag(layout: Layout) -> Any:
    shutil.rmtree(layout.underlag)
    write_underlag(layout)
    return _made(layout, *(f"_work/demo/{YEAR}/{name}/*" for name in ("underlag", "liknande", "tillagg", "stadsdelar")))


def _report(layout: Layout) -> Any:
    make_kommun_reports(layout, [KOD], engine="embedded").raise_failures()
    return _made(layout, f"_release/demo-{YEAR}/kommuner/{SLUG}/*", f"_work/demo/{YEAR}/twins/kommuner/{SLUG}/*")


def _anew(layout: Layout) -> Any:
    (layout.records / "kommuner" / f"{SLUG}.json").unlink(missing_ok=True)
    return _report(layout)


def _workbook(layout: Layout) -> Any:
    (layout.records / "arbetsbocker" / f"{SLUG}.json").unlink(missing_ok=True)
    make_kommun_workbooks(layout, [KOD]).raise_failures()
    return _made(layout, f"_release/demo-{YEAR}/kommuner/{SLUG}/*.xlsx")


def _staged(layout: Layout) -> Any:
    stage_site(layout)
    return _made(layout, f"_work/demo/{YEAR}/site-project/**/*")


def _archive(layout: Layout) -> Any:
    archive = read_archive(layout.work / "store" / "kolada")
    assert archive is not None
    frames = {"figures": archive.figures, "revisions": archive.revisions, **archive.tables}
    return {name: frame.to_csv() for name, frame in frames.items()} | {"release": archive.release}


def _notebook(layout: Layout) -> Any:
    parameters = {"area": AREA, "year": YEAR, "source": "demo", "report_year": YEAR}
    return nbformat.writes(
        run_document(layout.root / "notebook" / "indikatorer.ipynb", parameters, workdir=layout.root)
    )


def _manifest(layout: Layout) -> Any:
    return manifest(layout)


CASES = (
    Case("released observations, for the analysis", f"_work/demo/released/{AREA}/*.parquet", _analysis),
    Case("released observations, for the underlag", "_work/demo/released/*/*.parquet", _underlag),
    Case("groups, background and the analyst's frames", "_work/demo/*.parquet", _underlag),
    Case("analysis frames, for the underlag", f"_work/demo/{YEAR}/analysis/*/*/*.parquet", _underlag),
    Case("underlag, for a kommun's report", f"_work/demo/{YEAR}/underlag/{KOD}.parquet", _anew),
    Case("additions and similar kommuner, for a report", f"_work/demo/{YEAR}/[tl]i*/{KOD}.*", _anew),
    Case("underlag, for a workbook", f"_work/demo/{YEAR}/underlag/{KOD}.parquet", _workbook),
    Case("a report's record", f"_work/demo/{YEAR}/records/kommuner/{SLUG}.json", _report),
    Case("a report's PDF", f"_release/demo-{YEAR}/kommuner/{SLUG}/kommunrapport.pdf", _report),
    Case("a report's notebook", f"_work/demo/{YEAR}/twins/kommuner/{SLUG}/index.ipynb", _report),
    Case("a report's notebook, for the website", f"_work/demo/{YEAR}/twins/kommuner/{SLUG}/index.ipynb", _staged),
    Case("kept pages of the website's sections", f"_work/demo/{YEAR}/site-sections/*/*/**/*", _staged),
    Case("the archive of key figures", "_work/demo/store/kolada/**/*", _archive),
    Case("an analytic notebook", "notebook/indikatorer.ipynb", _notebook),
    Case("products, for the manifest", f"_release/demo-{YEAR}/[dk]*/**/*", _manifest),
)


def damaged_handovers(root: Path, scratch: Path, *, tries: int, chance: random.Random) -> list[Tally]:
    """Damage a file of a finished world at a time, and let the step that reads it go.

    Parameters
    ----------
    root
        The finished world; it stays as it is.
    scratch
        Folder for what is damaged.
    tries
        How many for each kind and way.
    """
    load_catalogue()
    world = scratch / "world"
    tallies = []
    for case in CASES:
        tally = Tally(part="Damaged files between the steps", what=case.what, how=", ".join(DAMAGES))
        whole = _try(case, root, world, lambda: True)
        if whole is None or whole[0] != "gave":
            tally.unclear.append(f"undisturbed: {whole}")
        else:
            for how in DAMAGES:
                for number in range(tries):
                    if number and over():
                        break
                    files = sorted(path for path in root.glob(case.files) if path.is_file() and path.stat().st_size)
                    files = files or sorted(_notebook_folder(root).glob("*"))
                    damaged = chance.choice(files)
                    name = damaged.relative_to(root).as_posix()
                    came = _try(case, root, world, partial(damage, world / name, how, chance))
                    if came is not None:
                        _count(tally, case, came, whole[1], f"{name}, {how}")
        tallies.append(tally)
    return tallies


def _notebook_folder(root: Path) -> Path:
    """Return a folder of the world with the notebook that is damaged, as a project of its own."""
    folder = root / "notebook"
    if not folder.is_dir():
        folder.mkdir()
        (folder / "_quarto.yml").touch()
        shutil.copyfile(project_root() / "analysis" / "indikatorer.ipynb", folder / "indikatorer.ipynb")
    return folder


def _try(case: Case, root: Path, world: Path, harm: Callable[[], bool]) -> tuple[str, Any] | None:
    """Let a case's step go in a copy of the world that `harm` has been done to; null where it did none."""
    _notebook_folder(root)
    shutil.rmtree(world, ignore_errors=True)
    # Links are enough: what is damaged is taken away first, and steps put whole files in the place of others.
    shutil.copytree(root, world, symlinks=True, ignore=shutil.ignore_patterns("raw"), copy_function=os.link)
    if not harm():
        return None
    layout = Layout(root=world, source="demo", year=YEAR)

    def work() -> Any:
        os.chdir(world)
        return case.work(layout)

    return tried(work)


def _count(tally: Tally, case: Case, came: tuple[str, Any], whole: Any, about: str) -> None:
    tally.tries += 1
    kind, told = came
    if kind == "refused":
        tally.refused += 1
    elif kind != "gave":
        tally.unclear.append(f"{about}: {kind} {told}")
    elif told == whole:
        tally.right += 1
    elif case.work is _notebook:
        tally.named += 1  # the record of what it gives names the notebook by its hash
    else:
        tally.wrong.append(about)

"""A batch of tiny documents, run as a command by the tests that kill it.

Each tells a log when it is executed. A file of a document's number in the folder of faults says what shall be killed
when it is executed next: the forked child, the worker, the run or the cluster's worker, the worker while it writes the
PDF or between the files. The file goes first, so each fault strikes once. Where there is a file "<number>.error", the
cell fails every time.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from pathlib import Path

from lagesbild.catalogue.resources import project_root
from lagesbild.errors import LagesbildError
from lagesbild.files import sha256, write_atomic
from lagesbild.publishing.batch import BatchResult
from lagesbild.publishing.jobs import Job, run_jobs
from lagesbild.publishing.records import Record

DOCUMENT = Path(__file__).with_name("tiny.qmd")


def prepare(root: Path, count: int) -> None:
    """Write what the documents are made from."""
    for number in range(count):
        write_atomic(root / "_work" / f"{number}.txt", f"Indata {number}\n")


def read(number: int) -> str:
    """Return a document's data, as its cell does; the fault strikes here."""
    with Path(os.environ["TINY_LOG"]).open("a", encoding="utf-8") as log:
        log.write(f"{number}\n")
    parent = os.getppid()
    if Path(os.environ["TINY_FAULTS"], f"{number}.error").is_file():
        raise ValueError(f"inget underlag för {number}")
    if struck(number, "child"):
        os.kill(os.getpid(), signal.SIGKILL)
    if struck(number, "worker"):
        os.kill(parent, signal.SIGKILL)
    if struck(number, "run"):  # the run that started the worker; on a cluster its worker
        stat = Path(f"/proc/{parent}/stat").read_text(encoding="ascii")
        run = int(stat.rsplit(")", 1)[1].split()[1])
        if run > 1:  # else it is gone already, and 0 would be this process's whole group
            os.kill(run, signal.SIGKILL)
    return Path("_work", f"{number}.txt").read_text(encoding="utf-8")


def struck(number: int, what: str) -> bool:
    """Return whether a fault strikes now, once."""
    fault = Path(os.environ["TINY_FAULTS"], str(number))
    if fault.is_file() and fault.read_text(encoding="utf-8") == what:
        fault.unlink()
        return True
    return False


def killing(*_: object) -> None:
    """End this process, in the place of something that would go on."""
    os.kill(os.getpid(), signal.SIGKILL)


def make(number: int, root: Path) -> None:
    """Make one document: a PDF and its executed notebook."""
    # Not at the top: the run itself needs none of this.
    import nbformat  # noqa: PLC0415

    from lagesbild.publishing.embedded.engine import EmbeddedEngine  # noqa: PLC0415
    from lagesbild.publishing.engines import Document  # noqa: PLC0415
    from lagesbild.publishing.run_document import run_document  # noqa: PLC0415

    notebook = run_document(DOCUMENT, {"number": number}, workdir=root)
    if struck(number, "half a file"):
        os.fsync = killing
    pdf = root / "_release" / str(number) / "tiny.pdf"
    EmbeddedEngine().render_documents([Document(notebook=notebook, outputs={"typst": pdf})], project=project_root())
    if struck(number, "between files"):
        killing()
    write_atomic(root / "_work" / "twins" / f"{number}.ipynb", nbformat.writes(notebook) + "\n")


def run(root: Path, count: int, *, cores: int, scheduler: str | None = None) -> BatchResult:
    """Make the documents that are not up to date."""
    jobs = [
        Job(
            name=f"nr-{number}",
            task=number,
            wanted=Record(
                document=DOCUMENT.name,
                kind="prov",
                parameters={"number": number},
                engine="embedded",
                inputs={f"_work/{number}.txt": sha256(root / "_work" / f"{number}.txt")},
                outputs={},
            ),
            record=f"_work/records/{number}.json",
            reads=(f"_work/{number}.txt",),
            writes=(f"_release/{number}/tiny.pdf", f"_work/twins/{number}.ipynb"),
        )
        for number in range(count)
    ]
    return run_jobs(make, jobs, root=root, title="Prov", cores=cores, scheduler=scheduler)


def main() -> int:
    """Run the batch from the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("root", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--scheduler")
    asked = parser.parse_args()
    # Workers know this module by its name.
    import tiny_documents  # noqa: PLC0415

    try:
        result = tiny_documents.run(asked.root, asked.count, cores=asked.cores, scheduler=asked.scheduler)
        print(f"{result.made} made, {result.current} up to date")
        result.raise_failures()
    except LagesbildError as error:
        sys.stderr.write(f"Error: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""One product of a release as a job: its record is put together in one place for every kind."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lagesbild.publishing.jobs import Job
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.records import Record


def product_job(
    layout: Layout,
    *,
    name: str,
    kind: str,
    task: Any,
    document: str,
    subject: Mapping[str, object],
    read: Mapping[str, str],
    deciding: Mapping[str, str],
    folder: str,
    file: Path,
    engine: str = "",
) -> Job:
    """Return the job that makes one file of a release.

    Parameters
    ----------
    layout
        Where things are.
    name, kind
        Name in messages and of the record ("1440-ale"), and what kind of product it is ("arbetsbok").
    task
        What the maker is given.
    document
        The document, or the code that stands in its place.
    subject
        Which of its kind it is (``{"kommun": "1440"}``); year and source are added.
    read
        Hash of each file it is made from, by its path below the root.
    deciding
        Hash of what else decides it: code, template, lock file.
    folder
        Folder of the records of its kind.
    file
        The product.
    engine
        What renders it, where that is a choice.
    """
    record = layout.records / folder / f"{name}.json"
    return Job(
        name=name,
        task=task,
        wanted=Record(
            document=document,
            kind=kind,
            parameters={**subject, "year": layout.year, "source": layout.source},
            engine=engine,
            inputs={**read, **deciding},
            outputs={},
        ),
        record=record.relative_to(layout.root).as_posix(),
        reads=tuple(read),
        writes=(file.relative_to(layout.root).as_posix(),),
    )

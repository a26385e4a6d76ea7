"""A built release on disk: what it claims to be, where its files are, and what was withheld from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from lagesbild.publishing.layout import Layout

#: What invented figures must say, and real ones never.
SYNTHETIC = "Syntetiska data"

KEY = ["indicator", "year", "region", "sex"]


@dataclass(frozen=True)
class Built:
    """One release.

    Parameters
    ----------
    layout
        The folders it was built in.
    """

    layout: Layout

    @classmethod
    def at(cls, folder: Path) -> Built:
        """Return the release in `folder`, whose name is ``<source>-<year>``.

        Raises
        ------
        AssertionError
            If there is no such folder.
        """
        folder = folder.resolve()
        assert folder.is_dir(), f"LAGESBILD_RELEASE names {folder}, which is no folder"
        source, _, year = folder.name.rpartition("-")
        return cls(Layout(root=folder.parents[1], source=source, year=int(year)))

    @property
    def folder(self) -> Path:
        return self.layout.release

    @property
    def site(self) -> Path:
        return self.layout.site

    @property
    def synthetic(self) -> bool:
        return self.layout.synthetic

    @cached_property
    def files(self) -> list[Path]:
        """Every file of the release, in order."""
        return sorted(path for path in self.folder.rglob("*") if path.is_file())

    @property
    def pdfs(self) -> list[Path]:
        return [path for path in self.files if path.suffix == ".pdf"]

    def named(self, path: Path) -> str:
        """Return a file's path within the release, for messages."""
        return path.relative_to(self.folder).as_posix()

    @cached_property
    def withheld(self) -> pd.DataFrame:
        """The kommuner's withheld cells of the release's years, with the figures of the raw store.

        One row per indicator, year, region and sex: `area`, and `value`, `numerator`, `denominator` and `answer`
        as they were before the gate.
        """
        frames = []
        for path in sorted(self.layout.released.glob("*/*.parquet")):
            if int(path.stem) not in self.layout.years:
                continue
            after = pd.read_parquet(path)
            gone = after[(after["status"] == "sekretess") & (after["level"] == "kommun")]
            before = pd.read_parquet(self.layout.work / "store" / path.parent.name / path.name)
            before = before[before["level"] == "kommun"]
            figures = [*KEY, "value", "numerator", "denominator", "answer"]
            joined = gone[KEY].merge(before[figures], on=KEY, how="left", validate="one_to_one")
            frames.append(joined.assign(area=path.parent.name))
        return pd.concat(frames, ignore_index=True)

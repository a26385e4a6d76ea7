"""Where every file of one source and year lands: the one place that knows folder names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

#: A report for year Y shows the nine years that end with Y.
WINDOW = 9

#: Who the figures come from, by source, as it stands after "Källa:".
SOURCE_NAMES = {
    "demo": "Syntetiska data, påhittade för att visa systemet",
    "kolada": "Kolada (RKA)",
}


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The folders of one source (``demo``, ``kolada``) and release year under one root.

    Parameters
    ----------
    root
        The folder that holds ``_work`` and ``_release``.
    source
        Name of the source; decides both folders' names.
    year
        The year that is reported.
    """

    root: Path
    source: str
    year: int

    @property
    def years(self) -> range:
        """The years that the release covers, oldest first."""
        return range(self.year - WINDOW + 1, self.year + 1)

    @property
    def synthetic(self) -> bool:
        """Whether the figures are invented, so that every product must say so."""
        return self.source == "demo"

    @property
    def work(self) -> Path:
        """Store, executed notebooks and caches: never published."""
        return self.root / "_work" / self.source

    @property
    def raw(self) -> Path:
        """Outside files that the demo generator wrote."""
        return self.work / "raw"

    @property
    def released(self) -> Path:
        """Observations after the disclosure gate, by area and year."""
        return self.work / "released"

    @property
    def yearly(self) -> Path:
        """Everything made for this report year from the released observations."""
        return self.work / str(self.year)

    def analysis(self, area: str, year: int | None = None) -> Path:
        """Return the folder of an area's analysis frames, for all years or one."""
        folder = self.yearly / "analysis" / area
        return folder if year is None else folder / str(year)

    def executed(self, area: str, year: int) -> Path:
        """Return the folder of an area's executed notebooks for one year."""
        return self.yearly / "notebooks" / area / str(year)

    @property
    def underlag(self) -> Path:
        """One Parquet file per kommun with all that its report needs, for this report year."""
        return self.yearly / "underlag"

    def underlag_of(self, kod: str) -> Path:
        """Return the file of one kommun's underlag."""
        return self.underlag / f"{kod}.parquet"

    @property
    def underlag_sums(self) -> Path:
        """The hashes of all that `lagesbild underlag` has written for the kommuner."""
        return self.yearly / "underlag.sha256"

    def product_sums(self, step: str) -> Path:
        """Return the file of the hashes of a step's products that have no records: of ``data``, ``site``..."""
        return self.yearly / f"{step}.sha256"

    def notebook_sums(self, area: str) -> Path:
        """Return the file of the hashes of an area's executed notebooks."""
        return self.yearly / "notebooks" / f"{area}.sha256"

    def additions(self, kod: str) -> Path:
        """Return the file of a kommun's units, good examples and comments (`lagesbild.publishing.additions`)."""
        return self.yearly / "tillagg" / f"{kod}.json"

    def districts(self, kod: str) -> Path:
        """Return the file of one kommun's city districts; only a kommun with results of districts has one."""
        return self.yearly / "stadsdelar" / f"{kod}.json"

    def similar(self, kod: str) -> Path:
        """Return the file of one kommun's similar kommuner: a change in its group makes one report anew, not 290."""
        return self.yearly / "liknande" / f"{kod}.parquet"

    @property
    def records(self) -> Path:
        """One record per document: what it was made from and what it became."""
        return self.yearly / "records"

    @property
    def twins(self) -> Path:
        """Executed report notebooks that become pages of the website."""
        return self.yearly / "twins"

    @property
    def pages(self) -> Path:
        """Those of the twins that were rendered with their reports, for a website that is like the one they are for."""
        return self.yearly / "pages"

    @property
    def variants(self) -> Path:
        """Executed report notebooks that don't: reports of chosen areas, short versions, reports of groups."""
        return self.yearly / "varianter"

    @property
    def site_project(self) -> Path:
        """The staged website: a Quarto project by itself."""
        return self.yearly / "site-project"

    @property
    def release(self) -> Path:
        """The release; nothing here but what may be published."""
        return self.root / "_release" / f"{self.source}-{self.year}"

    @property
    def site(self) -> Path:
        """The rendered website."""
        return self.release / "site"

    def kommun_folder(self, slug: str) -> Path:
        """Return the release folder of one kommun (``1440-ale``)."""
        return self.release / "kommuner" / slug


def key_file(page: Path) -> Path:
    """Return the file that tells what a rendered page in `Layout.pages` was made from."""
    return page.with_suffix(".key")

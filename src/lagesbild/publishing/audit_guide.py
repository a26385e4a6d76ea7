"""The audit guide of a release: what it counts, gathered in one file, and the document made of that file."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath

import pandas as pd

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.indicators import Scale
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.raw_files import FILE as RAW_FILES
from lagesbild.catalogue.raw_files import read_raw_files
from lagesbild.catalogue.regions import region_name
from lagesbild.catalogue.release_statement import release_statement
from lagesbild.catalogue.vocabulary import Level, Sex, Status
from lagesbild.disclosure.released_years import released_years
from lagesbild.errors import NotBuiltError
from lagesbild.files import sha256, write_atomic
from lagesbild.presentation.audit_guide.figures import Example, GuideFigures, Kind
from lagesbild.presentation.audit_guide.guide import AuditGuide
from lagesbild.publishing.batch import BatchResult
from lagesbild.publishing.layout import SOURCE_NAMES, Layout
from lagesbild.publishing.release_metadata import common_metadata, layout_of, metadata_block
from lagesbild.publishing.reports import Report, make_reports

DOCUMENT = "reports/granskningsguide/granskningsguide.qmd"

#: Where the guide lands in the release.
GUIDE = "granskning/granskningsguide.pdf"

#: Kinds of products in the order of the guide's table: words, pattern of the path, and folder as readers are told it.
KINDS = (
    ("Lägesrapporter (PDF, Word)", "lagesrapporter/*", "lagesrapporter/"),
    ("Kommunrapporter (PDF)", "kommuner/*/kommunrapport.pdf", "kommuner/<kommun>/"),
    ("Presentationer (PPTX)", "kommuner/*/presentation.pptx", "kommuner/<kommun>/"),
    ("Kommunernas arbetsböcker (XLSX)", "kommuner/*/arbetsbok.xlsx", "kommuner/<kommun>/"),
    ("Kommunernas datafiler (CSV)", "kommuner/*/*.csv", "kommuner/<kommun>/"),
    ("Nationella arbetsböcker (XLSX)", "omraden/*/*.xlsx", "omraden/<område>/"),
    ("Faktablad och metodbeskrivningar (PDF)", "omraden/*/*.pdf", "omraden/<område>/"),
    ("Metodbok och kvalitetsdeklarationer (PDF)", "metod/*", "metod/"),
    ("Granskning och översyner (PDF)", "granskning/*", "granskning/"),
    ("Öppna data (CSV, Parquet) och deras beskrivning", "data/*", "data/"),
    ("Beskrivning av kommunernas datafiler", "kommuner/*", "kommuner/"),
    ("Körda anteckningsböcker", "notebooks/*", "notebooks/"),
    ("Övriga filer", "*", ""),
)

#: Made after the guide, so that it can't count them.
_LATER = ("site", "revideringar")


def guide_metadata(layout: Layout) -> dict[str, object]:
    """Return the front matter of the guide."""
    return {
        "title": f"Granskningsguide {layout.year}",
        "subtitle": "Vad du själv kan kontrollera på en timme och på en dag",
        **common_metadata(layout),
    }


def guide_front_matter(*, year: int | str, source: str) -> str:
    """Return the front matter of the guide as a block that a cell prints."""
    return metadata_block(guide_metadata(layout_of(source, year)))


def guide_file(layout: Layout) -> Path:
    """Return the file of what the guide counts: its only input."""
    return layout.yearly / "granskningsguide.json"


def guide_document(*, year: int | str, source: str) -> AuditGuide:
    """Return the guide for its document.

    Raises
    ------
    ParameterError, NotBuiltError
        For an unknown year or source, or where nothing has been counted.
    """
    layout = layout_of(source, year)
    path = guide_file(layout)
    if not path.is_file():
        command = f"lagesbild granskningsguide --source {layout.source} --year {layout.year}"
        raise NotBuiltError(f"the figures of the audit guide {layout.year}", command)
    return AuditGuide(figures=GuideFigures.of_values(json.loads(path.read_text(encoding="utf-8"))))


def guide_figures(layout: Layout) -> GuideFigures:
    """Count what the guide of a release tells.

    Raises
    ------
    NotBuiltError
        If nothing has been imported.
    """
    statement = release_statement(layout.source, layout.year)
    observations, withheld = _observations(layout)
    raw_files, raw_bytes = _raw(layout)
    return GuideFigures(
        source=layout.source,
        source_name=SOURCE_NAMES[layout.source],
        year=layout.year,
        first_year=layout.years[0],
        version=statement.version,
        synthetic=layout.synthetic,
        areas=len(AREA_IDS),
        observations=observations,
        withheld=withheld,
        raw_files=raw_files,
        raw_bytes=raw_bytes,
        kinds=product_kinds(layout),
        example=_example(layout),
        contact=statement.contact,
        email=statement.email,
    )


def product_kinds(layout: Layout) -> tuple[Kind, ...]:
    """Return how many files of each kind the release holds, without what is made after the guide and itself.

    A file counts as the first kind whose pattern fits it, so that every file counts once.
    """
    counts = dict.fromkeys(KINDS, 0)
    for path in layout.release.rglob("*"):
        name = PurePosixPath(path.relative_to(layout.release).as_posix())
        if len(name.parts) == 1 or name.parts[0] in _LATER or str(name) == GUIDE or not path.is_file():
            continue
        # The last pattern of a folder names the folder alone.
        kind = next(one for one in KINDS if name.match(one[1]) or one[1] == f"{name.parts[0]}/*")
        counts[kind] += 1
    return tuple(Kind(words=words, number=n, place=place) for (words, _, place), n in counts.items())


def _observations(layout: Layout) -> tuple[int, int]:
    """Return how many observations of the release's years there are, and how many show that they are hidden."""
    rows = hidden = 0
    for area in AREA_IDS:
        for year in released_years(layout.released, area):
            if year in layout.years:
                status = pd.read_parquet(layout.released / area / f"{year}.parquet", columns=["status"])["status"]
                rows += len(status)
                hidden += int((status == Status.SEKRETESS).sum())
    if not rows:
        raise NotBuiltError(f"released observations of {layout.source}", f"lagesbild import --source {layout.source}")
    return rows, hidden


def _raw(layout: Layout) -> tuple[int, int]:
    """Return number and size of the raw files; nothing where the source was imported before they were listed."""
    if not (layout.work / RAW_FILES).is_file():
        return 0, 0
    files = read_raw_files(layout.work).files
    return len(files), sum(one.bytes for one in files)


def _example(layout: Layout) -> Example | None:
    """Return a share whose counts are published: of the first indicator that has any, in its middle kommun."""
    for area in AREA_IDS:
        path = layout.release / "data" / "indikatorer" / f"{area}-{layout.year}.csv"
        if not path.is_file():
            continue
        found = pd.read_csv(path, dtype={"region": "str"}, encoding="utf-8-sig")
        of_kommuner = (found["level"] == Level.KOMMUN) & (found["sex"] == Sex.TOTAL) & (found["status"] == Status.OK)
        whole = found[["numerator", "denominator", "value", "lower", "upper"]].notna().all(axis=1)
        shares = {one.id for one in load_catalogue().in_area(area) if one.scale is Scale.PROCENT}
        rows = found[of_kommuner & whole & found["indicator"].isin(shares)]
        if rows.empty:
            continue
        rows = rows[rows["indicator"] == rows["indicator"].iloc[0]].sort_values(["denominator", "region"])
        row = rows.iloc[len(rows) // 2]
        return Example(
            indicator=str(row["indicator"]),
            title=load_catalogue().by_id(str(row["indicator"])).title,
            region=str(row["region"]),
            name=region_name(str(row["region"])),
            file=path.relative_to(layout.release).as_posix(),
            **{name: float(row[name]) for name in ("numerator", "denominator", "value", "lower", "upper")},
        )
    return None


def make_audit_guide(layout: Layout, *, cores: int = 1, engine: str | None = None) -> BatchResult:
    """Count what the guide tells, and make it.

    Raises
    ------
    NotBuiltError
        If nothing has been imported.
    """
    path = guide_file(layout)
    values = guide_figures(layout).as_values()
    write_atomic(path, json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    name = "granskningsguide"
    report = Report(
        name=name,
        kind=name,
        document=DOCUMENT,
        parameters={"year": layout.year, "source": layout.source},
        metadata=guide_metadata(layout),
        inputs={path.relative_to(layout.root).as_posix(): sha256(path)},
        pdf=layout.release / GUIDE,
        twin=layout.variants / name / "index.ipynb",
        record=layout.records / f"{name}.json",
    )
    return make_reports(layout, [report], title="Granskningsguide", cores=cores, engine=engine)

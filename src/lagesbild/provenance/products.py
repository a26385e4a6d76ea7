"""The table of products that a build ends with: kind, number, folder and seconds."""

from __future__ import annotations

from rich.table import Table

from lagesbild.publishing.layout import Layout
from lagesbild.publishing.timings import seconds_of

#: Kind, pattern in the release, and the steps whose time it took.
KINDS = (
    ("indicator files (CSV and Parquet)", "data/indikatorer/*.*", ("demo", "import", "analyse", "data")),
    ("indicators, all years (CSV)", "data/indikator/*.csv", ()),
    ("comparisons by area (CSV and Parquet)", "data/jamforelser/*.*", ()),
    ("national tables (CSV and Parquet)", "data/*.[cp]*", ()),
    ("changes since the release before", "revideringar/*", ("revideringar",)),
    ("executed notebooks", "notebooks/*/*/*.ipynb", ()),
    ("lägesrapporter (PDF)", "lagesrapporter/*.pdf", ("lagesrapport",)),
    ("lägesrapporter (DOCX)", "lagesrapporter/*.docx", ()),
    ("kommunrapporter (PDF)", "kommuner/*/kommunrapport.pdf", ("underlag", "kommun")),
    ("kommun slides (PPTX)", "kommuner/*/presentation.pptx", ("presentation",)),
    ("kommun workbooks (XLSX)", "kommuner/*/arbetsbok.xlsx", ("arbetsbok",)),
    ("national workbooks (XLSX)", "omraden/*/*.xlsx", ("omradesbok",)),
    ("kommun data files (CSV)", "kommuner/*/*.csv", ()),
    ("reviews of the indicators (PDF)", "granskning/oversyn-*.pdf", ("oversyn",)),
    ("the audit's statistics repeated (PDF)", "granskning/granskning.pdf", ("granskning",)),
    ("audit guide (PDF)", "granskning/granskningsguide.pdf", ("granskningsguide",)),
    ("faktablad (PDF)", "omraden/*/faktablad.pdf", ("faktablad",)),
    ("metodbeskrivningar (PDF)", "omraden/*/metodbeskrivning.pdf", ("metodbeskrivning",)),
    ("metodbok (PDF)", "metod/metodbok.pdf", ("metodbok",)),
    ("kvalitetsdeklarationer (PDF)", "metod/kvalitetsdeklaration-*.pdf", ("kvalitetsdeklaration",)),
    ("site pages (HTML)", "site/**/*.html", ("site",)),
    ("site search index", "site/pagefind/**/*.*", ()),
    ("site figures to compare (JSON)", "site/jamfor/data/*.json", ()),
)


def product_table(layout: Layout) -> Table:
    """Return the table of what the release holds; seconds are those of the last time each step ran."""
    table = Table(title=f"Release {layout.source}-{layout.year}")
    table.add_column("product")
    table.add_column("number", justify="right")
    table.add_column("folder")
    table.add_column("seconds", justify="right")
    for kind, pattern, steps in KINDS:
        number = sum(1 for _ in layout.release.glob(pattern))
        folder = (layout.release / pattern.split("*")[0]).relative_to(layout.root).as_posix()
        taken = sum(seconds_of(layout, step) for step in steps)
        table.add_row(kind, str(number), folder + "/", f"{taken:.1f}" if steps else "")
    return table

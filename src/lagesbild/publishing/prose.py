"""Analysts' prose of a release: read, held against the released figures, and made Markdown of a report.

All files are read and all faults told at once: what can't be read, a typed number, a value that the release doesn't
have, a claim that no longer holds, and what is still marked to be reviewed. A draft shows the faults in its text.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from lagesbild.catalogue.areas import StatusReport
from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.prose_parts import Claim, Value
from lagesbild.catalogue.prose_text import read_prose
from lagesbild.errors import Fault, InputError, NotBuiltError
from lagesbild.methods.prose_figures import DIFFERENCE_COLUMNS, FIGURE_COLUMNS, ProseFigures
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.prose_check import check_prose
from lagesbild.publishing.prose_files import prose_paths, strange_files
from lagesbild.publishing.prose_release import ReleaseProse


def release_prose(layout: Layout, reports: Sequence[StatusReport]) -> ReleaseProse:
    """Return the prose of some lägesrapporter, held against the release's figures; faults are noted, not raised.

    Raises
    ------
    NotBuiltError
        If an area that the prose names has not been analysed.
    """
    catalogue = load_catalogue()
    faults, found = strange_files(layout, reports), {}
    named: dict[str, Indicator] = {}
    for report in reports:
        known = {area.id for area in report.areas}
        for part, path in prose_paths(layout, report).items():
            file = path.relative_to(layout.root).as_posix()
            prose, wrong = read_prose(_text(path, file), file=file, catalogue=catalogue)
            faults += wrong
            found[report.id, part] = prose
            pieces: list[Value | Claim] = [*prose.inline_values, *prose.claims]
            for piece in pieces:
                if piece.indicator.area in known:
                    named[piece.indicator.id] = piece.indicator
                else:
                    what = f"{piece.indicator.id} is of an area that the lägesrapport {report.id} is not about"
                    faults.append(Fault(what=what, file=file, row=piece.line, action="Take it out, or move the text"))
    release = ReleaseProse(figures=prose_figures(layout, list(named.values())), texts=found, faults=faults)
    for prose in found.values():
        check_prose(release, prose, named)
    release.faults.sort(key=lambda fault: (fault.file or "", fault.row or 0))
    return release


def report_prose(layout: Layout, report: StatusReport, *, level: int, draft: bool = False) -> dict[str, str]:
    """Return a lägesrapport's prose as Markdown, by part; parts without prose are left out.

    Parameters
    ----------
    layout, report
        Which.
    level
        Level of its headings.
    draft
        Whether what does not hold is marked in the text instead of refused.

    Raises
    ------
    ProseError
        If anything is wrong with it, and it is no draft.
    """
    if not prose_paths(layout, report):
        return {}
    release = release_prose(layout, [report])
    if not draft:
        release.check()
    return {part: release.markdown(report.id, part, level=level, draft=draft) for _, part in release.texts}


def _text(path: Path, file: str) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            "prose refused", [Fault(what="no UTF-8 text", file=file, action="Save it as UTF-8")]
        ) from error


def prose_figures(layout: Layout, indicators: Sequence[Indicator]) -> ProseFigures:
    """Return the released figures of some indicators, all years of the window.

    Raises
    ------
    NotBuiltError
        If the report year of one of their areas has not been analysed.
    """
    frames: dict[str, list[pd.DataFrame]] = {"indikatorer": [], "jamforelser": []}
    columns = {"indikatorer": FIGURE_COLUMNS, "jamforelser": DIFFERENCE_COLUMNS}
    for area in sorted({one.area for one in indicators}):
        wanted = [one.id for one in indicators if one.area == area]
        for step, names in columns.items():
            for year in layout.years:
                path = layout.analysis(area, year) / f"{step}.parquet"
                if path.is_file():
                    rows = pd.read_parquet(path, columns=list(names), filters=[("indicator", "in", wanted)])
                    frames[step].append(rows)
                elif year == layout.year:
                    command = f"lagesbild analyse --source {layout.source} --year {layout.year} --area {area}"
                    raise NotBuiltError(f"the analysis of {area} {layout.year}", command)
    figures, differences = (
        pd.concat(frames[step], ignore_index=True) if frames[step] else pd.DataFrame(columns=list(names))
        for step, names in columns.items()
    )
    return ProseFigures(figures=figures, differences=differences, year=layout.year, years=layout.years)

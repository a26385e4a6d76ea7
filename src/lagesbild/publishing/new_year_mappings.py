"""Mappings of Socialstyrelsen's workbooks for a new year: last year's copied as templates, and what has none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lagesbild.catalogue.indicators import Indicator, Survey
from lagesbild.catalogue.load import Catalogue
from lagesbild.files import write_atomic

#: What a mapping's first line says until somebody has reviewed it; the import refuses a file with the field.
REVIEW_FIELD = "att_granska"

_NAME = re.compile(r"([a-z]+)-(\d{4})\.yml")
_YEAR = re.compile(r"^year:.*$", re.MULTILINE)
_INDICATOR = re.compile(r"\bindicator:\s*([\w-]+)")


@dataclass(frozen=True, kw_only=True)
class MappingTemplate:
    """One mapping of last year's and its template for the new one.

    Parameters
    ----------
    old, new
        The files.
    written
        Whether the new one was written now; false where it stood there already.
    not_measured
        Indicators that it ties and the plan does not have in the new year: their columns may be gone.
    absent
        Indicators of its survey and areas that the plan has in the new year and it does not tie.
    """

    old: Path
    new: Path
    written: bool
    not_measured: tuple[Indicator, ...]
    absent: tuple[Indicator, ...]


def copy_mappings(folder: Path, catalogue: Catalogue, old: int, new: int) -> list[MappingTemplate]:
    """Copy last year's mappings in a folder as templates for the new year; an existing file is never touched."""
    templates = []
    for path in sorted(folder.glob(f"*-{old}.yml")):
        found = _NAME.fullmatch(path.name)
        if found is None or found[1] not in {str(survey) for survey in Survey}:
            continue
        text = path.read_text(encoding="utf-8")
        target = path.with_name(f"{found[1]}-{new}.yml")
        written = not target.exists()
        if written:
            write_atomic(target, _template(text, path.name, new))
        tied = set(_INDICATOR.findall(text))
        mapped = [one for one in catalogue.indicators if one.id in tied]
        areas = {one.area for one in mapped}
        mine = [one for one in catalogue.indicators if str(one.survey) == found[1] and one.area in areas]
        templates.append(
            MappingTemplate(
                old=path,
                new=target,
                written=written,
                not_measured=tuple(one for one in mapped if not one.measured(new)),
                absent=tuple(one for one in mine if one.measured(new) and one.id not in tied),
            )
        )
    return templates


def _template(text: str, name: str, new: int) -> str:
    """Return a mapping's text for the new year, with the field that says that nobody has reviewed it."""
    marked = f'{REVIEW_FIELD}: "kopierad från {name}: läs varje rubrik mot årets fil och ta bort den här raden"\n'
    return marked + _YEAR.sub(f"year: {new}", text, count=1)


def without_source(catalogue: Catalogue, year: int, tied: Sequence[Path]) -> list[Indicator]:
    """Return the indicators that the plan has in a year and that neither Kolada nor a mapping brings.

    Parameters
    ----------
    catalogue, year
        The indicators, and the year.
    tied
        Mappings whose indicators have a source.
    """
    mapped = {name for path in tied for name in _INDICATOR.findall(path.read_text(encoding="utf-8"))}
    return [one for one in catalogue.indicators if one.measured(year) and one.kolada is None and one.id not in mapped]

"""Read a mapping's YAML file and list every fault in it with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.indicators import Indicator, Survey
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.located import Located, read_located
from lagesbild.catalogue.resources import project_root
from lagesbild.catalogue.vocabulary import Answer, Sex, Status
from lagesbild.errors import Fault, InputError, ParameterError
from lagesbild.sources.mapping import ColumnMapping, Mapping, SheetMapping, normal
from lagesbild.sources.result import NUMBER_COLUMNS

#: Field of a template that `lagesbild new-year` has made of last year's mapping.
REVIEW_FIELD = "att_granska"

#: Folder of a source's own mappings, beside its files.
BESIDE = "mappings"
_ROOT_KEYS = ("survey", "year", "source", "sheets")
_SHEET_KEYS = ("area", "sheet", "units", "columns")
_COLUMN_KEYS = ("head", "group", "indicator", "scale", "field", "sex", "answers", "units", "unmapped")
#: What an answer's text may stand for: an answer, or why there is none.
_MEANINGS = (*(one.value for one in Answer), *(one.value for one in Status if one is not Status.OK))


def mapping_path(folder: Path, survey: str, year: int) -> Path | None:
    """Return the file with the mapping for a survey and year, or null where there is none.

    A folder of sources may bring its own in ``mappings``; otherwise the project's reviewed one counts.
    """
    reviewed = project_root() / "data" / "mappings" / "socialstyrelsen"
    paths = [place / f"{survey}-{year}.yml" for place in (folder / BESIDE, reviewed)]
    return next((path for path in paths if path.is_file()), None)


def load_mapping(path: Path, *, catalogue: Catalogue) -> Mapping:
    """Read and check a mapping called ``<survey>-<year>.yml``.

    Parameters
    ----------
    path
        The file.
    catalogue
        The indicators that may be named.

    Raises
    ------
    InputError
        With every fault of the file, each with its line.
    """
    document, faults = read_located(path)
    reader = _Reader(file=path.name, known={one.id: one for one in catalogue.indicators}, faults=faults)
    mapping = None if document is None else reader.mapping(document, path.stem)
    if mapping is None or faults:
        raise InputError(f"mapping {path.name} refused", faults)
    return mapping


@dataclass(kw_only=True)
class _Reader:
    """Reads one file; faults gather on the way."""

    file: str
    known: dict[str, Indicator]
    faults: list[Fault]
    survey: str = ""
    area: str = ""
    seen: dict[object, int] = field(default_factory=dict)

    def mapping(self, found: Located, stem: str) -> Mapping | None:
        copied = found.value.pop(REVIEW_FIELD, None) if isinstance(found.value, dict) else None
        if copied is not None:
            what = "the mapping is a copy of another year's that nobody has reviewed"
            action = f"Read each head against this year's file and take the line {REVIEW_FIELD} away"
            self.faults.append(Fault(what=what, file=self.file, row=copied.line, action=action))
        root = self._keys(found, _ROOT_KEYS, required=("survey", "year", "source", "sheets"))
        self.survey = self._word(root.get("survey"), [one.value for one in Survey], "survey")
        year = root["year"].value if "year" in root else None
        if stem != f"{self.survey}-{year}":
            self._fault(found.line, f"the file of {self.survey} {year} is called {self.file}", "<survey>-<year>.yml")
        sheets = tuple(self._sheets(root.get("sheets")))
        return Mapping(file=self.file, survey=self.survey, year=year, sheets=sheets) if isinstance(year, int) else None

    def _sheets(self, listed: Located | None) -> Iterator[SheetMapping]:
        for one in self._list(listed, "sheets"):
            values = self._keys(one, _SHEET_KEYS, required=("area", "sheet", "columns"))
            self.area = self._word(values.get("area"), list(AREA_IDS), "area")
            names = tuple(normal(name) for name in self._texts(values.get("sheet"), "sheet"))
            for name in names:
                self._once(("sheet", self.area, name), one.line, f"the sheet {name!r} stands already")
            self.seen = {key: line for key, line in self.seen.items() if isinstance(key, tuple) and key[0] == "sheet"}
            units = self._units(values.get("units"))
            columns = [self._column(column, units) for column in self._list(values.get("columns"), "columns")]
            yield SheetMapping(area=self.area, names=names, columns=tuple(columns))

    def _column(self, one: Located, units: dict[str, tuple[str, ...]]) -> ColumnMapping:
        values = self._keys(one, _COLUMN_KEYS, required=("head",))
        head, group, reason = (self._text(values.get(name), name) for name in ("head", "group", "unmapped"))
        self._once(("head", normal(head), normal(group)), one.line, "a column with this head stands already")
        indicator = self._indicator(values)
        if (indicator is None and "indicator" not in values) is (reason is None):
            self._fault(one.line, "a column is either tied or not", "indicator, or unmapped with the reason")
        what = self._word(values.get("field"), list(NUMBER_COLUMNS), "field") if "field" in values else "value"
        sex = self._word(values.get("sex"), [one.value for one in Sex], "sex") if "sex" in values else Sex.TOTAL.value
        if indicator is not None:
            self._once((indicator.id, what, sex), one.line, f"the {what} of {indicator.id}, sex {sex}, stands already")
        return ColumnMapping(
            head=normal(head),
            group=normal(group) if group else None,
            indicator=indicator,
            reason=reason,
            field=what,
            sex=sex,
            answers=self._answers(values.get("answers")),
            units=units | self._units(values.get("units")),
            line=one.line,
        )

    def _indicator(self, values: dict[str, Located]) -> Indicator | None:
        if "indicator" not in values:
            return None
        name, line = values["indicator"].value, values["indicator"].line
        indicator = self.known.get(name)
        if indicator is None:
            close = ParameterError("indicator", name, self.known).suggestions
            hint = f"Did you mean {close[0]}?" if close else None
            self._fault(line, f"the catalogue has no indicator {name!r}", action=hint)
            return None
        for label, stated, known in (
            ("area", self.area, indicator.area),
            ("survey", self.survey, indicator.survey.value),
            ("scale", values["scale"].value if "scale" in values else indicator.scale.value, indicator.scale.value),
        ):
            if stated != known:
                self._fault(line, f"{indicator.id} has the {label} {known}, not {stated}", f"{label} {known}")
        return indicator

    def _answers(self, found: Located | None) -> dict[str, str]:
        if found is None:
            return {}
        if not isinstance(found.value, dict):
            self._fault(found.line, "the answers are no mapping", '{"Ja, för alla": ja}')
            return {}
        return {normal(text): self._word(one, _MEANINGS, "answer") for text, one in found.value.items()}

    def _units(self, found: Located | None) -> dict[str, tuple[str, ...]]:
        if found is None:
            return {}
        if not isinstance(found.value, dict):
            self._fault(found.line, "the filter of units is no mapping", '{"Regiform": [Offentlig]}')
            return {}
        return {
            normal(head): tuple(normal(text) for text in self._texts(one, "units")) for head, one in found.value.items()
        }

    def _keys(self, found: Located, known: tuple[str, ...], *, required: tuple[str, ...]) -> dict[str, Located]:
        if not isinstance(found.value, dict):
            self._fault(found.line, "not a mapping", ", ".join(known))
            return {}
        for name, one in found.value.items():
            if name not in known:
                self._fault(one.line, f"unknown field {name!r}", f"one of {', '.join(known)}")
        for name in required:
            if name not in found.value:
                self._fault(found.line, f"the field {name} is missing")
        return found.value

    def _list(self, found: Located | None, name: str) -> list[Located]:
        if found is None:
            return []
        if not isinstance(found.value, list) or not found.value:
            self._fault(found.line, f"{name} lists nothing", "one or more")
            return []
        return found.value

    def _texts(self, found: Located | None, name: str) -> list[str]:
        several = found is not None and isinstance(found.value, list)
        listed = found.value if found is not None and several else [found]
        return [text for one in listed if (text := self._text(one, name)) is not None]

    def _text(self, found: Located | None, name: str) -> str | None:
        if found is None:
            return None
        if not isinstance(found.value, str) or not found.value.strip():
            self._fault(found.line, f"{name} is no text", 'a text, in quotes: "..."')
            return None
        return re.sub(r"\s+", " ", found.value)

    def _word(self, found: Located | None, known: Any, name: str) -> str:
        if found is None:
            return ""
        if found.value not in known:
            self._fault(found.line, f"unknown {name} {found.value!r}", f"one of {', '.join(known)}")
        return str(found.value)

    def _once(self, key: object, line: int, what: str) -> None:
        if key in self.seen:
            self._fault(line, f"{what} on line {self.seen[key]}", "each once")
        self.seen.setdefault(key, line)

    def _fault(self, line: int, what: str, expected: str | None = None, action: str | None = None) -> None:
        self.faults.append(Fault(what=what, file=self.file, row=line, expected=expected, action=action))

"""Reading of one mapping of a file: its fields parsed by name, its faults told with the line they stand on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from lagesbild.catalogue.located import Located
from lagesbild.catalogue.parsers import Parser, suggestion
from lagesbild.errors import Fault


@dataclass(frozen=True)
class Place:
    """The file, and the indicator if there is one, that faults are about."""

    file: str
    indicator: str | None = None

    def fault(self, line: int, field: str, what: str, expected: str | None = None, action: str | None = None) -> Fault:
        """Return a fault at a field (empty for the whole mapping) on a line."""
        return Fault(
            what=what,
            file=self.file,
            row=line,
            column=field or None,
            indicator=self.indicator,
            expected=expected,
            action=action or None,
        )


def parsed_fields(
    found: Mapping[str, Located], parsers: Mapping[str, Parser], place: Place, *, required: Collection[str]
) -> tuple[dict[str, Any], list[Fault]]:
    """Parse each field that is set; a field written as null counts as left out.

    Returns
    -------
    tuple
        The values by name, and a fault for each field that is unknown, wrong, or null although `required`. That a
        required field is absent altogether is the caller's to tell.
    """
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, located in found.items():
        if name not in parsers:
            hint = suggestion(name, parsers)
            faults.append(place.fault(located.line, name, f"unknown field {name!r}", action=hint))
        elif located.value is not None:
            try:
                values[name] = parsers[name](located)
            except ValueError as error:
                faults.append(place.fault(located.line, name, *error.args))
        elif name in required:
            faults.append(place.fault(located.line, name, f"the field {name} is empty"))
    return values, faults

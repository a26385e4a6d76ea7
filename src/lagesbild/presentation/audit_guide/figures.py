"""What the audit guide counts: plain values, as they are kept in a file between counting and writing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of product: what it is called, how many files there are, and where in the release."""

    words: str
    number: int
    place: str


@dataclass(frozen=True, kw_only=True)
class Example:
    """A published share that can be worked out by hand from the counts beside it.

    Parameters
    ----------
    indicator, title
        Id and title.
    region, name
        The kommun's code and name.
    numerator, denominator, value
        As published; the value in per cent.
    lower, upper
        Ends of its published interval.
    file
        Where it stands in the release.
    """

    indicator: str
    title: str
    region: str
    name: str
    numerator: float
    denominator: float
    value: float
    lower: float
    upper: float
    file: str


@dataclass(frozen=True, kw_only=True)
class GuideFigures:
    """What a release's guide tells in figures.

    Parameters
    ----------
    source, source_name, year, first_year, version
        Which release, who the figures come from, and the years that it covers.
    synthetic
        Whether the figures are invented.
    areas
        Number of areas.
    observations, withheld
        Released observations of those years, and how many of them show ".." for reasons of confidentiality.
    raw_files, raw_bytes
        The files that they were read from.
    kinds
        Products but the website and what is made after it.
    example
        Null where no share in the release has its counts beside it.
    contact, email
        Who answers questions.
    """

    source: str
    source_name: str
    year: int
    first_year: int
    version: str
    synthetic: bool
    areas: int
    observations: int
    withheld: int
    raw_files: int
    raw_bytes: int
    kinds: tuple[Kind, ...]
    example: Example | None
    contact: str
    email: str

    def as_values(self) -> dict[str, Any]:
        """Return the figures as plain values for a JSON file."""
        return asdict(self)

    @staticmethod
    def of_values(values: Mapping[str, Any]) -> GuideFigures:
        """Return the figures that `as_values` gave."""
        example = values["example"]
        return GuideFigures(
            **{
                **values,
                "kinds": tuple(Kind(**one) for one in values["kinds"]),
                "example": None if example is None else Example(**example),
            }
        )

"""A kommun's report in other forms: of chosen areas, or its first spread alone; each with a file of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lagesbild.catalogue.areas import AREAS, Area
from lagesbild.catalogue.areas import area as area_called
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.release_metadata import common_metadata

#: More areas than this stand in a file's name by their prefixes ("ao-bou-eb").
_MOST_NAMED = 2


@dataclass(frozen=True, kw_only=True)
class Variant:
    """Which form of a report is wanted.

    Parameters
    ----------
    areas
        Areas in the catalogue's order; empty for all ten.
    short
        Whether only the first spread is wanted.
    """

    areas: tuple[Area, ...] = ()
    short: bool = False

    @property
    def suffix(self) -> str:
        """What the file's name ends with: "" for the full report, "-aldreomsorg", "-kort", "-aldreomsorg-kort"."""
        of_areas = [area.id if len(self.areas) <= _MOST_NAMED else area.prefix for area in self.areas]
        return "".join(f"-{part}" for part in (*of_areas, *(["kort"] if self.short else [])))

    @property
    def parameters(self) -> dict[str, object]:
        """The document's parameters that make it this variant; none for the full report."""
        asked = {"areas": ",".join(area.id for area in self.areas)} if self.areas else {}
        return {**asked, **({"omfattning": "kort"} if self.short else {})}

    def metadata(self, layout: Layout, name: str, *, kind: str = "Kommunrapport") -> dict[str, object]:
        """Return the front matter of a report of this variant.

        Parameters
        ----------
        layout
            Where the report belongs.
        name
            Whose report it is ("Ale").
        kind
            What the report is called.
        """
        called = f"{kind} i kortversion" if self.short else kind
        title = f"{name}: öppna jämförelser {layout.year}"
        # The short version has a picture that needs the first page's room: its subtitle is one line.
        subtitle = called if self.short else f"{called} om socialtjänst och kommunal hälso- och sjukvård"
        if len(self.areas) == 1:
            title = f"{name}: {_lower(self.areas[0].name)} {layout.year}"
            subtitle = f"{called} om ett område i öppna jämförelser"
        elif self.areas:
            subtitle = f"{called}: {'; '.join(_lower(area.name) for area in self.areas)}"
        return {"title": title, "subtitle": subtitle, **common_metadata(layout)}


#: The report with everything.
FULL = Variant()


def variant_of(areas: Sequence[str] | str = (), *, short: bool = False) -> Variant:
    """Return the variant that a command or a document's parameters ask for.

    Parameters
    ----------
    areas
        Ids or names, in a list or with commas between.
    short
        Whether only the first spread is wanted.

    Raises
    ------
    ParameterError
        For an unknown area; suggests the nearest.
    """
    listed = [areas] if isinstance(areas, str) else areas
    named = {area_called(name.strip()) for text in listed for name in text.split(",") if name.strip()}
    chosen = tuple(area for area in AREAS if area in named)
    return Variant(areas=() if len(chosen) == len(AREAS) else chosen, short=short)


def _lower(name: str) -> str:
    """Return an area's name inside a sentence."""
    return name[:1].lower() + name[1:]

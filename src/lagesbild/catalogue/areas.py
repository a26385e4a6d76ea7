"""The ten areas of öppna jämförelser and the three lägesrapporter that cover them."""

from __future__ import annotations

from dataclasses import dataclass

from lagesbild.errors import ParameterError


@dataclass(frozen=True, kw_only=True)
class Area:
    """One of the ten areas.

    Parameters
    ----------
    id
        Name in paths and parameters ("aldreomsorg").
    name
        Name for readers ("Äldreomsorg").
    prefix
        What the ids of the area's indicators begin with ("ao").
    report
        Id of the lägesrapport that covers the area.
    """

    id: str
    name: str
    prefix: str
    report: str


@dataclass(frozen=True, kw_only=True)
class StatusReport:
    """One of the three national lägesrapporter."""

    id: str
    name: str

    @property
    def areas(self) -> tuple[Area, ...]:
        """The areas the report covers, in the order of `AREAS`."""
        return tuple(area for area in AREAS if area.report == self.id)


_IFO = "individ-och-familjeomsorg"
_FUNK = "funktionsnedsattning"
_ALDRE = "aldre"

STATUS_REPORTS = (
    StatusReport(id=_IFO, name="Individ- och familjeomsorg"),
    StatusReport(id=_FUNK, name="Stöd till personer med funktionsnedsättning"),
    StatusReport(id=_ALDRE, name="Vård och omsorg om äldre"),
)

# Krisberedskap spans all social services. It stands in the report on individ- och familjeomsorg, where
# the kommun's joint functions (budget counselling, mottagning, våld i nära relationer) are described too.
AREAS = (
    Area(id="aldreomsorg", name="Äldreomsorg", prefix="ao", report=_ALDRE),
    Area(id="ekonomiskt-bistand", name="Ekonomiskt bistånd", prefix="eb", report=_IFO),
    Area(id="funktionsnedsattning-lss", name="Funktionsnedsättning, LSS", prefix="lss", report=_FUNK),
    Area(id="halso-och-sjukvard", name="Kommunal hälso- och sjukvård", prefix="hs", report=_ALDRE),
    Area(id="krisberedskap", name="Krisberedskap", prefix="kris", report=_IFO),
    Area(id="missbruk-och-beroende", name="Missbruks- och beroendevård", prefix="mb", report=_IFO),
    Area(id="hemloshet", name="Motverka hemlöshet", prefix="hem", report=_IFO),
    Area(id="barn-och-unga", name="Social barn- och ungdomsvård", prefix="bu", report=_IFO),
    Area(id="socialpsykiatri", name="Socialpsykiatri", prefix="sp", report=_FUNK),
    Area(id="vald-i-nara-relationer", name="Våld i nära relationer", prefix="vnr", report=_IFO),
)

AREA_IDS = tuple(area.id for area in AREAS)


def area(area_id: str) -> Area:
    """Return the area called `area_id`.

    Raises
    ------
    ParameterError
        If there is none; the message suggests the nearest.
    """
    for candidate in AREAS:
        if candidate.id == area_id:
            return candidate
    raise ParameterError("area", area_id, AREA_IDS)


def status_report(report_id: str) -> StatusReport:
    """Return the lägesrapport called `report_id`.

    Raises
    ------
    ParameterError
        If there is none; the message suggests the nearest.
    """
    for candidate in STATUS_REPORTS:
        if candidate.id == report_id:
            return candidate
    raise ParameterError("lägesrapport", report_id, [report.id for report in STATUS_REPORTS])

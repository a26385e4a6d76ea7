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
    purpose
        What the area is for and what it covers, in two sentences for readers.
    """

    id: str
    name: str
    prefix: str
    report: str
    purpose: str = ""

    @property
    def about(self) -> str:
        """What the area is, for readers: a sentence on what is given and to whom."""
        return _ABOUT[self.id]


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
    Area(
        id="aldreomsorg",
        name="Äldreomsorg",
        prefix="ao",
        report=_ALDRE,
        purpose=(
            "Äldreomsorgen ska göra det möjligt för äldre att leva ett värdigt liv och känna välbefinnande. "
            "Området omfattar hemtjänst, särskilt boende, dagverksamhet och annat stöd till personer som är 65 år "
            "eller äldre."
        ),
    ),
    Area(
        id="ekonomiskt-bistand",
        name="Ekonomiskt bistånd",
        prefix="eb",
        report=_IFO,
        purpose=(
            "Ekonomiskt bistånd är det yttersta skyddsnätet för den som inte kan försörja sig på annat sätt. "
            "Socialtjänsten ska ge en skälig levnadsnivå och stödja vägen till egen försörjning."
        ),
    ),
    Area(
        id="funktionsnedsattning-lss",
        name="Funktionsnedsättning, LSS",
        prefix="lss",
        report=_FUNK,
        purpose=(
            "Stöd och service enligt LSS ska ge personer med stora och varaktiga funktionsnedsättningar goda "
            "levnadsvillkor och möjlighet att leva som andra. Området omfattar bland annat bostad med särskild "
            "service och daglig verksamhet."
        ),
    ),
    Area(
        id="halso-och-sjukvard",
        name="Kommunal hälso- och sjukvård",
        prefix="hs",
        report=_ALDRE,
        purpose=(
            "Kommunen ger hälso- och sjukvård, dock inte av läkare, till den som bor i särskilt boende eller "
            "deltar i dagverksamhet, och i de flesta län också i hemmet. Vården ska vara god, säker och samordnad "
            "med regionens."
        ),
    ),
    Area(
        id="krisberedskap",
        name="Krisberedskap",
        prefix="kris",
        report=_IFO,
        purpose=(
            "Socialtjänsten ska fungera också när något allvarligt händer, som ett långt strömavbrott, en pandemi "
            "eller ett krig. Området visar hur kommunerna förbereder sig med analyser, planer, övningar och "
            "bemanning."
        ),
    ),
    Area(
        id="missbruk-och-beroende",
        name="Missbruks- och beroendevård",
        prefix="mb",
        report=_IFO,
        purpose=(
            "Kommunen ska förebygga och motverka missbruk, och den som har ett missbruk eller beroende ska få den "
            "hjälp och vård som behövs för att komma ifrån det. Området visar hur arbetet är ordnat och vad det "
            "leder till."
        ),
    ),
    Area(
        id="hemloshet",
        name="Motverka hemlöshet",
        prefix="hem",
        report=_IFO,
        purpose=(
            "Socialtjänsten ska förebygga att människor blir av med sin bostad och stödja dem som saknar en. "
            "Området visar hur kommunerna arbetar mot vräkningar och hemlöshet, och för att barn inte ska "
            "drabbas."
        ),
    ),
    Area(
        id="barn-och-unga",
        name="Social barn- och ungdomsvård",
        prefix="bu",
        report=_IFO,
        purpose=(
            "Barn och unga ska växa upp under trygga och goda förhållanden. Socialtjänsten utreder deras behov av "
            "stöd och skydd och ger insatser, från öppenvård i hemmet till placering i familjehem eller på "
            "institution."
        ),
    ),
    Area(
        id="socialpsykiatri",
        name="Socialpsykiatri",
        prefix="sp",
        report=_FUNK,
        purpose=(
            "Socialpsykiatrin ger stöd i boende, sysselsättning och vardag till personer med psykisk "
            "funktionsnedsättning. Stödet ska göra det möjligt att leva så självständigt som möjligt och ta del i "
            "samhället."
        ),
    ),
    Area(
        id="vald-i-nara-relationer",
        name="Våld i nära relationer",
        prefix="vnr",
        report=_IFO,
        purpose=(
            "Den som utsätts för våld av en närstående ska få stöd, hjälp och skydd, liksom barn som upplever "
            "våld. Området visar hur kommunerna upptäcker våld, utreder behov, ger insatser och arbetar med dem "
            "som utövar våld."
        ),
    ),
)

_ABOUT = {
    "aldreomsorg": "Äldreomsorg är hemtjänst och särskilt boende för personer som är 65 år eller äldre.",
    "ekonomiskt-bistand": "Ekonomiskt bistånd är försörjningsstöd till den som inte kan försörja sig på annat sätt, "
    "och stöd på vägen till egen försörjning.",
    "funktionsnedsattning-lss": "Området är stöd enligt lagen om stöd och service till vissa funktionshindrade (LSS): "
    "boende, daglig verksamhet och personlig assistans.",
    "halso-och-sjukvard": "Kommunal hälso- och sjukvård är hemsjukvård och vård i särskilt boende.",
    "krisberedskap": "Krisberedskap är socialtjänstens och den kommunala hälso- och sjukvårdens förmåga att fungera "
    "också i en kris.",
    "missbruk-och-beroende": "Missbruks- och beroendevård är stöd till vuxna med skadligt bruk eller beroende.",
    "hemloshet": "Att motverka hemlöshet är att förebygga att människor förlorar sin bostad och att ge stöd till den "
    "som saknar en.",
    "barn-och-unga": "Social barn- och ungdomsvård är utredning, öppna insatser och placeringar för barn och unga "
    "0–20 år.",
    "socialpsykiatri": "Socialpsykiatri är stöd enligt socialtjänstlagen till personer med psykisk "
    "funktionsnedsättning.",
    "vald-i-nara-relationer": "Området är stöd till den som utsatts för våld i en nära relation, till barn som upplevt "
    "våld och till den som utövat det.",
}

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

"""The tables on the quality of the data, and on colours that may be chance."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from lagesbild.publishing.datasets.figures import TO_CATALOGUE
from lagesbild.publishing.datasets.table import Described, Field, Reference, Table, fields_of
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.misleading_report import COLOUR_FIELDS, colour_frames
from lagesbild.publishing.quality_data import FINDING_FIELDS, GRADE_FIELDS, NONRESPONSE_FIELDS, quality_frame

_SHARE: dict[str, object] = {"low": 0, "high": 1}
_REQUIRED = {"indicator": {"required": True}, "year": {"required": True}, "source": {"required": True}}


def _quality(name: str) -> Callable[[Layout], pd.DataFrame]:
    return lambda layout: quality_frame(layout, name)


def _table(name: str, described: Described, **more: object) -> Table:
    return Table(name=name, fields=_fields(described), theme="quality", **more)  # type: ignore[arg-type]


def _fields(described: Described) -> tuple[Field, ...]:
    more: dict[str, dict[str, object]] = {name: dict(known) for name, known in _REQUIRED.items() if name in described}
    if "grade" in described:
        more["grade"] = {"values": ("A", "B", "C", "D")}
    if "severity" in described:
        more["severity"] = {"low": 0.0, "high": 3.0}
    if "verdict" in described:
        more["verdict"] = {"values": ("skiljer_sig", "ingen_skillnad", "for_fa")}
        more["p_value"] = _SHARE
    return fields_of(described, **more)


GRADES = _table(
    "kvalitet",
    GRADE_FIELDS,
    title="Betyg på uppgifterna",
    title_en="Quality grades of the data",
    text="Varje indikators betyg och skälen till det, år för år.",
    frame=_quality("kvalitet"),
    key=("indicator", "year"),
    references=(TO_CATALOGUE,),
)
FINDINGS = _table(
    "avvikelser",
    FINDING_FIELDS,
    title="Avvikelser i uppgifterna",
    title_en="Findings in the data",
    text=(
        "Varje uppgift som en kontroll har funnit något ovanligt med, och vad den fann. En avvikelse behöver inte vara "
        "ett fel."
    ),
    frame=_quality("avvikelser"),
    key=("indicator", "year", "region", "sex", "check"),
    references=(TO_CATALOGUE,),
)
NONRESPONSE = _table(
    "bortfall",
    NONRESPONSE_FIELDS,
    title="Vilka som inte har svarat",
    title_en="Non-response",
    text="Hur många kommuner som har svarat på varje undersökning, och om de skiljer sig från dem som inte har svarat.",
    frame=_quality("bortfall"),
    key=("area", "year", "survey", "question"),
    references=(Reference(column="area", table="omraden", target="area"),),
)
COLOURS = _table(
    "farger",
    COLOUR_FIELDS,
    title="Färger som kan vara slump",
    title_en="Colours that may be chance",
    text="Hur många röda och gröna markeringar som slumpen kan ha gett, per indikator och storleksklass.",
    frame=lambda layout: colour_frames(layout)["farger"][0],
    key=("indicator", "year", "storleksklass"),
    references=(TO_CATALOGUE,),
)

QUALITY = (GRADES, FINDINGS, NONRESPONSE, COLOURS)

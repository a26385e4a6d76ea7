"""What the analytic notebooks show in words: a heading, paragraphs and tables."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from IPython.display import display

from lagesbild.catalogue.indicators import Indicator
from lagesbild.presentation.numbers import interval, number
from lagesbild.presentation.svg import SYNTHETIC_NOTE
from lagesbild.publishing.analysis_io import AnalysisRun

#: Words for what the frames name by codes.
LEVELS = {
    "rike": "Riket",
    "lan": "Län",
    "kommungrupp": "Kommungrupp",
    "kommun": "Kommun",
    "stadsdel": "Stadsdel",
    "enhet": "Enhet",
}
STATUSES = {
    "ok": "Resultat finns",
    "bortfall": "Kommunen har inte svarat, eller för få har svarat",
    "ej_tillamplig": "Frågan är inte aktuell för kommunen",
    "sekretess": "Resultatet får inte visas av sekretesskäl",
    "saknas": "Uppgift saknas i källan",
}
WEIGHTING_WORDS = {"redovisad": "källans eget", "vagd": "vägt", "ovagd": "ovägt"}

_SOURCE_NOTES = {"kolada": "Källa: Kolada (RKA)"}


def source_note(run: AnalysisRun) -> str:
    """Return what must stand at every table and figure: the source, or that the data are synthetic."""
    return SYNTHETIC_NOTE if run.layout.synthetic else _SOURCE_NOTES[run.layout.source]


def text(words: str) -> None:
    """Show Markdown; readers without Markdown see the same words."""
    show_bundle({"text/markdown": words, "text/plain": words})


def show_bundle(bundle: dict[str, str]) -> None:
    """Show one thing in several forms, MIME type to content."""
    # As a bundle, because the display objects of IPython name their Python class as their text form.
    display(bundle, raw=True)


def heading(run: AnalysisRun) -> None:
    """Show area and year, and the source; for the demo that the data are synthetic."""
    lines = [f"## {run.area.name}, {run.year}", ""]
    if run.layout.synthetic:
        lines.append(
            f"**{SYNTHETIC_NOTE}.** Siffrorna är påhittade och visar bara hur underlaget ser ut. "
            "De säger ingenting om någon verklig kommun."
        )
    else:
        lines.append(f"{source_note(run)}.")
    text("\n".join(lines))


def titles(indicators: tuple[Indicator, ...]) -> dict[str, str]:
    """Return each indicator's short title by id, for tables and figures."""
    return {indicator.id: indicator.short_title for indicator in indicators}


def units(indicators: tuple[Indicator, ...]) -> dict[str, str]:
    """Return each indicator's unit by id; an answer's figures are percent of kommuner that said ja."""
    return {i.id: "procent ja" if i.is_answer else i.unit_text for i in indicators}


def _printed(value: object) -> str:
    """Return a cell as readers expect it; null is an en dash."""
    if value is None or (isinstance(value, float | np.floating) and np.isnan(value)):
        return "–"
    if isinstance(value, int | np.integer):
        return number(int(value))
    if isinstance(value, float | np.floating):
        return number(float(value), 0 if abs(float(value)) >= 1000 else 1)
    return str(value).replace("|", "\\|").replace("\n", " ")


def intervals(lower: pd.Series[float], upper: pd.Series[float]) -> list[str]:
    """Return intervals in the units of their figures, an en dash where there is none."""
    pairs = zip(lower, upper, strict=True)
    return [interval(low, high, 0 if abs(high) >= 1000 else 1) for low, high in pairs]


def table(frame: pd.DataFrame, caption: str, *, names: Mapping[str, str]) -> None:
    """Show the columns in `names` as a Markdown table under a caption.

    Parameters
    ----------
    frame
        The rows, in the order they are shown. Whole numbers, and others from 1 000 on, are
        printed whole, the rest with one decimal.
    caption
        What the table shows, a sentence.
    names
        Column to Swedish column head; columns that are not named are not shown.
    """
    if frame.empty:
        text(f"*{caption}* Inga rader.")
        return
    heads = "| " + " | ".join(names.values()) + " |"
    rules = ["---:" if pd.api.types.is_numeric_dtype(frame[name]) else ":---" for name in names]
    rows = [
        "| " + " | ".join(_printed(value) for value in row) + " |"
        for row in frame[list(names)].itertuples(index=False, name=None)
    ]
    text("\n".join([f"*{caption}*", "", heads, "| " + " | ".join(rules) + " |", *rows]))

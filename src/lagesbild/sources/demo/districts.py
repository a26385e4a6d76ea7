"""An invented own file with results of city districts: the kommun's persons, divided among its stadsdelar."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lagesbild.catalogue.regions import stadsdelar
from lagesbild.catalogue.vocabulary import Level, Sex, Status
from lagesbild.files import write_atomic
from lagesbild.sources.demo.frames import percent
from lagesbild.sources.demo.kolada_files import SYNTHETIC
from lagesbild.sources.demo.streams import stream
from lagesbild.sources.tidy_columns import TIDY_COLUMNS

Ints = NDArray[np.int64]

FILE = "stadsdelar.csv"
#: The large kommuner whose districts have results, and the indicators: a few, so that an import costs no more.
KOMMUNER = ("0180", "1280", "1480")
INDICATORS = (
    "ao-hemtjanst-nojdhet",
    "ao-hemtjanst-trygghet",
    "ao-sarskilt-boende-nojdhet",
    "ao-sarskilt-boende-trygghet",
    "lss-daglig-verksamhet-trivs",
    "lss-assistans-trivs",
)
#: A board without an area of its own.
_NO_AREA = "148030"
#: How much districts differ, on the logit scale, and how evenly people live in them.
_SPREAD, _EVENNESS = 0.3, 5.0


def write_districts(folder: Path, *, truth: pd.DataFrame, seed: int) -> None:
    """Write ``stadsdelar.csv`` in the form of own files, where `truth` has any of its figures.

    A kommun's districts add up to the kommun: so the gate must hide more than one where one is small.

    Parameters
    ----------
    folder
        Folder of own files.
    truth
        Kommuner's rows with counts (`lagesbild.sources.demo.frames.TRUTH_COLUMNS`).
    seed
        Of the synthetic Sweden.
    """
    rows = list(_rows(truth, seed))
    if not rows:
        return
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, [one.head for one in TIDY_COLUMNS], delimiter=";", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_atomic(folder / FILE, f"{buffer.getvalue()}Källa: {SYNTHETIC}\n")


def _rows(truth: pd.DataFrame, seed: int) -> Iterator[dict[str, object]]:
    chosen = truth[
        truth["indicator"].isin(INDICATORS)
        & (truth["level"] == Level.KOMMUN)
        & truth["region"].isin(KOMMUNER)
        & (truth["sex"] == Sex.TOTAL)
        & (truth["status"] == Status.OK)
        & truth["numerator"].notna()
    ].sort_values(["indicator", "region", "year"])
    for row in chosen.to_dict("records"):
        codes = [one.kod for one in stadsdelar() if one.kommun == row["region"] and one.kod != _NO_AREA]
        share = stream(seed, "size of districts", row["region"]).dirichlet(np.full(len(codes), _EVENNESS))
        effect = stream(seed, "districts", row["indicator"], row["region"]).normal(0.0, _SPREAD, len(codes))
        random = stream(seed, "district answers", row["indicator"], row["region"], row["year"])
        whole = random.multinomial(int(row["denominator"]), share)
        part = _divided(int(row["numerator"]), whole, effect)
        for code, numerator, denominator, value in zip(codes, part, whole, _percent(part, whole), strict=True):
            if denominator:
                yield {
                    "indikator": row["indicator"],
                    "år": row["year"],
                    "kod": code,
                    "kön": Sex.TOTAL.value,
                    "värde": f"{value:.1f}".replace(".", ","),
                    "täljare": int(numerator),
                    "nämnare": int(denominator),
                }


def _divided(total: int, whole: Ints, effect: NDArray[np.float64]) -> Ints:
    """Return whole numerators that add up to `total`, none above its denominator, higher where the effect is."""
    if total in (0, int(whole.sum())):
        return whole if total else np.zeros_like(whole)
    low, high = -50.0, 50.0
    for _ in range(80):
        middle = (low + high) / 2
        expected = whole / (1.0 + np.exp(-(effect + middle)))
        low, high = (middle, high) if expected.sum() < total else (low, middle)
    part = np.floor(expected).astype(np.int64)
    # What is left goes to those that rounding took most from.
    part[np.argsort(part - expected, kind="stable")[: total - int(part.sum())]] += 1
    return part


def _percent(part: Ints, whole: Ints) -> NDArray[np.float64]:
    return percent(part.astype(np.float64), whole.astype(np.float64))

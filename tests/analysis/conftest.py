"""A small released store of one area, made without any of the sources."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lagesbild.catalogue.indicators import Scale
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import kommuner
from lagesbild.observations.store import write_store

AREA = "aldreomsorg"
YEARS = tuple(range(2016, 2025))


def made_up(area: str = AREA, years: tuple[int, ...] = YEARS) -> pd.DataFrame:
    """Return released rows of every kommun but the last ten; a tenth withheld, a twentieth unanswered."""
    codes = [kommun.kod for kommun in kommuner()][:-10]
    rng = np.random.default_rng(5)
    parts = []
    for indicator in load_catalogue().in_area(area):
        for year in years:
            if not indicator.measured(year):
                continue
            n = len(codes)
            part = pd.DataFrame({"region": codes, "indicator": indicator.id, "year": year})
            chance = rng.random(n)
            part["status"] = np.select([chance < 0.1, chance < 0.15], ["sekretess", "bortfall"], "ok")
            part["value"] = (rng.normal(60, 10, n) + year - 2016).round(1).clip(0, 100)
            part["answer"] = rng.choice(["ja", "nej"], n) if indicator.is_answer else None
            part.loc[part["status"] != "ok", ["value", "answer"]] = None
            if indicator.is_answer:
                part["value"] = np.nan
            elif indicator.scale is Scale.PROCENT:
                part["denominator"] = 100.0
                part["numerator"] = part["value"].round()
            parts.append(part)
    frame = pd.concat(parts, ignore_index=True)
    hidden = frame["status"] != "ok"
    frame.loc[hidden, ["numerator", "denominator"]] = np.nan
    fixed = {"level": "kommun", "unit": "", "sex": "T", "source": "kolada", "revision": "1"}
    frame = frame.assign(**fixed, n_answers=np.nan, n_asked=np.nan)
    text = ["answer", "status", "region", "indicator", *fixed]
    return frame.astype(dict.fromkeys(text, "str") | {"year": "int16"})


@pytest.fixture(scope="session")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a root whose ``_work`` holds the demo's released rows of one area, 2016-2024."""
    root = tmp_path_factory.mktemp("root")
    rows = made_up()
    for source in ("demo", "kolada"):
        write_store(rows, root / "_work" / source / "released", load_catalogue())
    return root

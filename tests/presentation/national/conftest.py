"""National figures made by hand: a result, a question and a cost, in two years, for four kommuner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from lagesbild.catalogue.indicators import Direction, Indicator, Scale
from lagesbild.catalogue.load import Catalogue
from lagesbild.presentation.national.view import NationalView

#: Kommun to result of the report year; Storfors has none.
RESULTS = {"1440": 90.0, "0180": 80.0, "2403": 70.0, "1760": None}


@pytest.fixture
def national_view(indicator: Callable[..., Indicator]) -> Callable[..., NationalView]:
    """Return a maker of views; it can be told riket's trend label, its value in 2023 and an indicator's title."""

    def made(
        *, label: str = "sakerstalld_forbattring", before: float = 75.0, title: str = "Nöjda med hemtjänsten"
    ) -> NationalView:
        numbers = replace(indicator(Scale.PROCENT, Direction.HOG, title), id="ao-nojda")
        answer = replace(indicator(Scale.JA_NEJ, Direction.HOG, "Rutin vid misstanke om våld"), id="ao-rutin")
        rows = []
        for year, riket, share in ((2023, before, 50.0), (2024, 80.0, 2 / 3 * 100)):
            for kommun, value in RESULTS.items():
                status = "ok" if value is not None else "bortfall"
                common = {"year": year, "region": kommun, "sex": "T", "status": status, "colour": "gul"}
                said = None if value is None else ("ja" if value > 75 else "nej")
                rows.append(
                    {
                        **common,
                        "indicator": "ao-nojda",
                        "value": value,
                        "answer": None,
                        "riket": riket,
                        "riket_weighting": "ovagd",
                    }
                )
                rows.append(
                    {
                        **common,
                        "indicator": "ao-rutin",
                        "value": None,
                        "answer": said,
                        "riket": share,
                        "riket_weighting": "ovagd",
                    }
                )
        figures = [
            {"indicator": "ao-nojda", "year": 2024, "sex": "T", "weighting": "ovagd", "level": "kommungrupp", **group}
            for group in (
                {"region": "A1", "value": 80.0, "n_kommuner": 1},
                {"region": "A2", "value": 90.0, "n_kommuner": 5},
                {"region": "B3", "value": 70.0, "n_kommuner": 6},
            )
        ]
        trends = [
            {"indicator": "ao-nojda", "label": label, "slope": 1.5, "first_value": before, "last_value": 80.0},
            {"indicator": "ao-rutin", "label": "for_fa", "slope": None, "first_value": 50.0, "last_value": 2 / 3 * 100},
        ]
        asked = {"year": 2024, "n_kommuner": 3, "n_kommuner_expected": 4}
        few = "3 av 4 kommuner har redovisat."
        grades = [
            {"indicator": "ao-nojda", "grade": "A", "reasons": "", "checks": "", **asked},
            {"indicator": "ao-rutin", "grade": "C", "reasons": few, "checks": "tackning", **asked},
        ]
        return NationalView(
            year=2024,
            years=range(2016, 2025),
            figures=pd.DataFrame(figures),
            comparisons=pd.DataFrame(rows).astype({"value": "float64"}),
            trends=pd.DataFrame(trends).assign(level="rike", year=2024, first_year=2023),
            catalogue=Catalogue((numbers, answer)),
            synthetic=True,
            source="Syntetiska data",
            quality=pd.DataFrame(grades),
        )

    return made

"""What is true of a kommun in the report year, worked out from released observations by other means than the product's.

Nothing of the product's methods or wording is used, only its catalogue of what the indicators are and when they are
measured. Places come from
sorted lists, a proportion's interval from statsmodels, a trend's slope from numpy; whether a trend or a difference is
secured is taken from the analysis, where its methods are tested by themselves, and held against these.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

import numpy as np
import pandas as pd
from built import Built
from statsmodels.stats.proportion import proportion_confint

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.plan import PLANNED_GAPS, Standing, standing

#: Fewest kommuner with a result for a place among the best or the worst.
FEWEST = 8


@dataclass(frozen=True)
class Place:
    """A number's place: how many kommuner are better, how many there are in all, how many share it; its quarter."""

    better: int
    total: int
    same: int
    quarter: str

    @property
    def rank(self) -> int:
        return self.better + 1


class Country:
    """The released observations of all kommuner, both sexes together, and the analysis made of them."""

    def __init__(self, built: Built, year: int | None = None) -> None:
        layout = built.layout
        self.built, self.year = built, year or layout.year
        self._earlier: dict[int, Country] = {}
        files = [path for area in AREAS for path in sorted((layout.work / "released" / area.id).glob("*.parquet"))]
        rows = pd.concat([pd.read_parquet(path) for path in files if int(path.stem) <= self.year], ignore_index=True)
        plain = (rows["sex"] == "T") & (rows["unit"].fillna("") == "") & rows["level"].isin(["kommun", "rike"])
        self.rows = rows[plain]
        # Only what says how good the work is: of the quality part, and with a direction.
        self.quality: dict[str, Indicator] = {
            one.id: one
            for one in load_catalogue().indicators
            if one.part.value == "kvalitet" and one.direction.value in ("hog", "lag")
        }
        analysis = layout.yearly / "analysis"
        frames = {
            name: pd.concat(
                [pd.read_parquet(analysis / area.id / str(self.year) / f"{name}.parquet") for area in AREAS],
                ignore_index=True,
            )
            for name in ("jamforelser", "trender")
        }
        compared, trends = frames["jamforelser"], frames["trender"]
        self.compared = compared[compared["sex"] == "T"].set_index(["indicator", "region"])
        self.trends = trends[trends["level"] == "kommun"].set_index(["indicator", "region"])

    def in_year(self, year: int) -> Country:
        """Return the same country as it stood in an earlier year."""
        if year == self.year:
            return self
        if year not in self._earlier:
            self._earlier[year] = Country(self.built, year)
        return self._earlier[year]

    @cached_property
    def sorted_values(self) -> dict[str, list[float]]:
        """Every indicator's values of all kommuner in the report year, turned so that less is better, sorted."""
        found = {}
        now = self.rows[(self.rows["year"] == self.year) & (self.rows["level"] == "kommun")]
        now = now[(now["status"] == "ok") & now["value"].notna()]
        for name, values in now.groupby("indicator")["value"]:
            if name in self.quality:
                found[name] = sorted(turned(self.quality[name], value) for value in values)
        return found

    @cached_property
    def answered(self) -> Counter[str]:
        """How many kommuner have an answer to each question in the report year."""
        now = self.rows[(self.rows["year"] == self.year) & (self.rows["level"] == "kommun")]
        return Counter(now.loc[now["answer"].notna(), "indicator"])


def turned(indicator: Indicator, value: float) -> float:
    """Return a value with its sign such that less is better."""
    return round(-value if indicator.direction.value == "hog" else value, 10)


class Facts:
    """One kommun's results of quality in the report year."""

    def __init__(self, country: Country, kod: str) -> None:
        self.country, self.kod, self.year = country, kod, country.year
        mine = country.rows[(country.rows["region"] == kod) & country.rows["indicator"].isin(country.quality)]
        self.history = mine.sort_values("year")
        now = mine[mine["year"] == self.year].set_index("indicator")
        assert now.index.is_unique
        self.now = now
        self.ever = set(mine["indicator"])

    def indicator(self, name: str) -> Indicator:
        return self.country.quality[name]

    @cached_property
    def listed(self) -> list[str]:
        """Indicators that exist or have existed by the report year, by the plan or by what there is."""
        gone = (Standing.EJ_BORJAD, Standing.UTVECKLING)
        begun = {n for n, one in self.country.quality.items() if standing(one, self.year) not in gone}
        return sorted(begun | set(self.measured))

    def rests(self, name: str) -> bool:
        """Whether the plan has the indicator rest this year: another year of its rhythm, or paused."""
        return standing(self.indicator(name), self.year) in PLANNED_GAPS

    @cached_property
    def measured(self) -> list[str]:
        """Indicators that some kommun has a result for this year."""
        return sorted(
            n for n in self.country.quality if self.status(n) != "ej_matt" and (self.known(n) or self.others(n))
        )

    def others(self, name: str) -> int:
        """Return how many kommuner have a result this year."""
        return len(self.country.sorted_values.get(name, [])) or self.country.answered[name]

    def status(self, name: str) -> str:
        """Return why there is no result, or ok; where others have one and the kommun has no row, it is missing."""
        if name in self.now.index:
            return str(self.now.loc[name, "status"])
        return "saknas" if self.others(name) else "ej_matt"

    def known(self, name: str) -> bool:
        """Whether the kommun's own result is released."""
        if name not in self.now.index:
            return False
        row = self.now.loc[name]
        return bool(row["status"] == "ok" and (pd.notna(row["value"]) or pd.notna(row["answer"])))

    def value(self, name: str) -> float:
        return float(self.now.loc[name, "value"])

    @cached_property
    def places(self) -> dict[str, Place]:
        """The place of every number that can be compared, from the sorted list of all kommuner."""
        found = {}
        for name in self.measured:
            if not self.known(name) or self.indicator(name).is_answer:
                continue
            values = self.country.sorted_values[name]
            own = turned(self.indicator(name), self.value(name))
            low, high = bisect_left(values, own), bisect_right(values, own)
            if len(values) < FEWEST:
                continue
            # A group of equals has the quarter in which more than half of its places lie.
            n, middle = len(values), (low + high) / 2
            quarter = "best" if middle < n / 4 else "worst" if middle > 3 * n / 4 else "middle"
            found[name] = Place(low, n, high - low, quarter)
        return found

    @cached_property
    def answers(self) -> dict[str, str]:
        return {
            n: str(self.now.loc[n, "answer"]) for n in self.measured if self.known(n) and self.indicator(n).is_answer
        }

    def on_few(self, name: str) -> bool:
        """Whether fewer than 30 persons or households, or fewer than five units, stand behind the result."""
        counted, base = self.indicator(name).counted.value, self.now.loc[name, "denominator"]
        if pd.isna(base):
            return False
        return (counted == "enheter" and 0 < base < 5) or (counted in ("personer", "hushall") and base < 30)

    def secured(self, name: str) -> str:
        """Return "battre", "samre" or "": the analysis's word, which an interval made by other means must bear out."""
        row = self.country.compared.loc[(name, self.kod)]
        word = str(row["skillnad_riket"])
        if word not in ("battre", "samre"):
            return ""
        value, riket, base = self.value(name), float(row["riket"]), self.now.loc[name, "denominator"]
        better = (value > riket) == (self.indicator(name).direction.value == "hog")
        assert better == (word == "battre"), f"{name} {self.kod}: {value} against {riket} is called {word}"
        if self.indicator(name).scale.value == "procent" and base > 0:
            low, high = (100 * one for one in proportion_confint(value / 100 * base, base, method="wilson"))
        else:
            low, high = value - 1.959964 * float(row["se"]), value + 1.959964 * float(row["se"])
        assert not low <= riket <= high, f"{name} {self.kod}: {riket} lies within {low}-{high} and is called {word}"
        return word

    def trend(self, name: str) -> pd.Series | None:
        return self.country.trends.loc[(name, self.kod)] if (name, self.kod) in self.country.trends.index else None

    def trend_label(self, name: str) -> str:
        """Return the trend's label, borne out for a secured one by numpy's own slope and by the interval."""
        row = self.trend(name)
        label = "" if row is None else str(row["label"] or "")
        if row is None or not label.startswith("sakerstalld"):
            return label
        slope = self.slope(name, int(row["first_year"]))
        good = (slope > 0) == (self.indicator(name).direction.value == "hog")
        assert good == label.endswith("forbattring"), f"{name} {self.kod}: slope {slope} is called {label}"
        assert row["slope_lower"] > 0 or row["slope_upper"] < 0, f"{name} {self.kod}: {label}, interval holds 0"
        return label

    def points(self, name: str, begins: int) -> list[tuple[int, float]]:
        mine = self.history[(self.history["indicator"] == name) & (self.history["year"] >= begins)]
        mine = mine[(mine["status"] == "ok") & mine["value"].notna()]
        return [(int(year), float(value)) for year, value in zip(mine["year"], mine["value"], strict=True)]

    def slope(self, name: str, begins: int) -> float:
        """Return the slope of the line through the points, weighted by the people behind each where known."""
        years, values = np.array(self.points(name, begins)).T
        mine = self.history[(self.history["indicator"] == name) & self.history["year"].isin(years)]
        base = mine["denominator"].to_numpy(dtype="float64")
        weighted = self.indicator(name).scale.value == "procent" and bool((base > 0).all())
        return float(np.polyfit(years, values, 1, w=np.sqrt(base) if weighted else None)[0])

    def previous_answer(self, name: str) -> str | None:
        """Return the kommun's answer when the question was last put and answered, before the report year."""
        mine = self.history[(self.history["indicator"] == name) & (self.history["year"] < self.year)]
        given = mine.loc[mine["answer"].notna(), "answer"].tolist()
        return str(given[-1]) if given else None


def half_up(value: float, decimals: int = 0) -> Decimal:
    """Round as printed tables do: a half upwards in size."""
    return Decimal(repr(round(value, 9))).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)

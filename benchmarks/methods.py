"""Measure every method on everything that has been imported from a source, and against a plain loop over kommuner.

    lagesbild import --source kolada --data ../shared/data/kolada
    python benchmarks/methods.py _work/kolada

All indicators, kommuner and years of the released observations go through all methods, two processes side by side
over the years and areas; the table tells each method's CPU seconds and the last line the wall's seconds and the
peak memory of both processes. Then three methods are compared with the loop that one would first write, one series or
cell at a time, in one process after the other; only ratios count.
"""

from __future__ import annotations

import os

# One thread a process: two processes share two cores. Set before numpy is imported.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import sys
import threading
import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd
import statsmodels.api as sm
from joblib import Parallel, delayed
from measure import children, memory

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.indicators import Direction, Indicator, Scale
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.recodings import breaks
from lagesbild.catalogue.regions import kommuner, size_classes
from lagesbild.disclosure.released import read_released, released_years
from lagesbild.methods.aggregates import indicator_frame
from lagesbild.methods.anova import anova
from lagesbild.methods.anova_clustered import pooled_anova
from lagesbild.methods.cells import membership
from lagesbild.methods.comparisons import comparison_frame
from lagesbild.methods.composite_index import standardised
from lagesbild.methods.cost_quality import together
from lagesbild.methods.index_robustness import index_with_ranks
from lagesbild.methods.misleading import misleading_colours
from lagesbild.methods.multiple_testing import adjust, expected_marks
from lagesbild.methods.panel import panel, wide
from lagesbild.methods.peer_effects import peer_effects
from lagesbild.methods.rankability import rankability
from lagesbild.methods.standard_errors import standard_errors, yearly_spread
from lagesbild.methods.targets import target_frame
from lagesbild.methods.trends import WINDOW, as_frame, fitted
from lagesbild.methods.variance_shares import variance_shares
from lagesbild.publishing.comparison_groups import release_groups
from lagesbild.publishing.layout import Layout

#: One series of so many is looped over, and the loop's time multiplied: a whole loop takes hours.
SHARE = 100

Used = dict[str, float]


@contextmanager
def clock(used: Used, name: str) -> Iterator[None]:
    """Add the CPU seconds of a block to those of a method."""
    start = time.process_time()
    yield
    used[name] += time.process_time() - start


def whole_areas(work: Path, areas: Sequence[str]) -> tuple[Used, int]:  # noqa: PLR0915 - one line a method
    """Put some areas' every indicator, kommun and year through all methods; return seconds by method and results."""
    warnings.simplefilter("error")
    used: Used = defaultdict(float)
    years = sorted({year for area in areas for year in released_years(work / "released", area)})
    groups = release_groups(Layout(root=work.parent.parent, source=work.name, year=years[-1]))
    catalogue = load_catalogue()
    indicators = [one for area in areas for one in catalogue.in_area(area)]
    in_area = {area: {one.id for one in catalogue.in_area(area)} for area in areas}
    members, classes = membership(kommuner()), size_classes()
    with clock(used, "read"):
        released = read_released(work / "released", areas=areas)
        rows = panel(released, indicators=indicators)
        of_year = dict(iter(released.groupby("year")))
    broken = {one.id: breaks(one.id) for one in indicators}
    frames: dict[int, pd.DataFrame] = {}
    for year in years:
        with clock(used, "estimates with intervals"):
            frames[year] = indicator_frame(of_year[year], indicators=indicators, members=members, year=year)
        with clock(used, "standard errors"):
            window = rows[rows["year"].between(year - WINDOW + 1, year)]
            spread = yearly_spread(window, size_class=classes)
            now = rows[rows["year"] == year]
            errors = standard_errors(now, indicators=indicators, spread=spread, size_class=classes)
        with clock(used, "comparisons and secured differences"):
            parts = []
            for area in areas:
                own = frames[year][frames[year]["indicator"].isin(in_area[area])]
                known = catalogue.in_area(area)
                parts.append(
                    comparison_frame(own, indicators=known, members=members, groups=groups.of(area), spread=spread)
                )
            comparisons = pd.concat(parts, ignore_index=True)
        with clock(used, "misleading colours"):
            misleading_colours(comparisons, indicators=indicators, size_class=classes)
        with clock(used, "trend or chance, targets"):
            series = pd.concat([frames[one] for one in years if year - WINDOW < one <= year], ignore_index=True)
            found = fitted(series, indicators=indicators, year=year, breaks=broken, size_class=classes)
            trends = as_frame(found, indicators=indicators, year=year)
            target_frame(found, _targets(trends, year), indicators=indicators, year=year)
        with clock(used, "rankability"):
            rankability(errors)
        for area in areas:
            known = catalogue.in_area(area)
            with clock(used, "index and its ranks"):
                index_with_ranks(standardised(errors[errors["indicator"].isin(in_area[area])], indicators=known))
            with clock(used, "costs and results"):
                _costs(now[now["indicator"].isin(in_area[area])], known, year)
        # A trend reads nine years; what is older is done with.
        frames.pop(year - WINDOW + 1, None)
    divisions = _divisions()
    for groups_of in divisions.values():
        with clock(used, "differences between groups"):
            tests = anova(rows, groups=groups_of)
            pooled_anova(rows, groups=groups_of)
            adjust(tests)
            expected_marks(tests)
        with clock(used, "variance shares"):
            variance_shares(rows, groups=groups_of)
    with clock(used, "do comparisons move kommuner"):
        directed = [one for one in indicators if one.direction is not Direction.INGEN]
        signs = {one.id: 1 if one.direction is Direction.HOG else -1 for one in directed}
        users = pd.Series(np.arange(290) % 3 > 0, index=sorted(one.kod for one in kommuner()))
        peer_effects(rows, groupings=divisions, better=signs, users=users)
    return dict(used), len(rows)


def _halves(work: Path) -> tuple[list[str], list[str]]:
    """Return the areas in two parts with about as much to do."""
    halves: tuple[list[str], list[str]] = ([], [])
    size = {area: len(read_released(work / "released", areas=[area])) for area in AREA_IDS}
    for area in sorted((one for one in AREA_IDS if size[one]), key=lambda one: -size[one]):
        min(halves, key=lambda half: sum(size[one] for one in half)).append(area)
    return halves


def _targets(trends: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return a target for every kommun's every number: ten percent up, in five years."""
    own = trends[(trends["level"] == "kommun") & trends["last_value"].notna()]
    return pd.DataFrame(
        {
            "indicator": own["indicator"],
            "region": own["region"],
            "target": own["last_value"] * 1.1,
            "year": year + 5,
        }
    )


def _costs(rows: pd.DataFrame, indicators: Sequence[Indicator], year: int) -> None:
    """Set every cost beside every result that has a direction."""
    there = set(rows["indicator"])
    costs = [one for one in indicators if one.id in there and one.scale is Scale.KRONOR]
    results = [one for one in indicators if one.id in there and one.direction is not Direction.INGEN]
    for cost in costs:
        for quality in results:
            if cost.id != quality.id:
                together(rows, cost=cost, quality=quality, year=year)


def _divisions() -> dict[str, pd.Series]:
    """Return the divisions of kommuner, group by region."""
    table = membership(kommuner()).set_index("region")
    return {"lan": table["lan"], "kommungrupp": table["kommungrupp"], "storlek": size_classes()}


def all_methods(work: Path) -> None:
    """Run everything, two processes side by side, and print the table."""
    peak = [0]
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.2):
            peak[0] = max(peak[0], memory(children(os.getpid())))

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    start = time.perf_counter()
    found = Parallel(n_jobs=2, batch_size=1)(delayed(whole_areas)(work, half) for half in _halves(work))
    wall = time.perf_counter() - start
    done.set()
    thread.join()
    total: Used = defaultdict(float)
    for used, _ in found:
        for name, seconds in used.items():
            total[name] += seconds
    out = sys.stdout.write
    out("| method | CPU s |\n| --- | ---: |\n")
    for name, seconds in total.items():
        out(f"| {name} | {seconds:.1f} |\n")
    out(f"| all | {sum(total.values()):.1f} |\n\n")
    results = sum(n for _, n in found)
    out(f"{results:,} results of kommuner, {wall:.1f} s wall on two processes, peak {peak[0] / 2**20:.0f} MiB\n\n")


def loop_trends(years: np.ndarray, results: np.ndarray) -> None:
    """Fit one line at a time, as one would first write it."""
    for row in results:
        known = ~np.isnan(row)
        if known.sum() > 2 and np.ptp(row[known]) > 0:
            fit = sm.OLS(row[known], sm.add_constant(years[known].astype(float))).fit()
            fit.conf_int()


def loop_differences(rows: pd.DataFrame, lan: pd.Series) -> None:
    """Hold each kommun against riket and the rest of its län, one kommun, indicator and year at a time."""
    for (_, _), cell in rows.groupby(["indicator", "year"]):
        for one in cell.itertuples():
            others = cell[cell["region"] != one.region]
            for held in (others, others[others["region"].map(lan) == lan[one.region]]):
                gap = one.value - held["value"].mean()
                error = np.sqrt(one.se**2 + (held["se"] ** 2).sum() / max(len(held), 1) ** 2)
                abs(gap) > 1.96 * error  # noqa: B015 - only its time counts


def loop_groups(rows: pd.DataFrame, lan: pd.Series) -> None:
    """Test one indicator and year at a time by the regression on group dummies."""
    for (_, _), cell in rows.groupby(["indicator", "year"]):
        if len(cell) > 40 and np.ptp(cell["value"]) > 0:
            dummies = pd.get_dummies(cell["region"].map(lan), dtype=float)
            assert sm.OLS(cell["value"], dummies).fit().f_pvalue is not None


def against_loops(work: Path) -> None:
    """Compare three methods with plain loops, one after the other in this process."""
    catalogue = load_catalogue()
    indicators, classes = catalogue.indicators, size_classes()
    rows = panel(read_released(work / "released"), indicators=[one for one in indicators if not one.is_answer])
    rows = standard_errors(
        rows, indicators=indicators, spread=yearly_spread(rows, size_class=classes), size_class=classes
    )
    last = int(rows["year"].max())
    recent = rows[rows["year"].between(last - WINDOW + 1, last)]
    lan = _divisions()["lan"]
    members = membership(kommuner())
    frame = recent.drop(columns=["se", "se_kind"]).assign(
        level="kommun", sex="T", status="ok", answer=None, weighting="redovisad", n_kommuner=1.0
    )
    arrays = wide(recent)
    pairs = recent[["indicator", "year"]].drop_duplicates().iloc[::SHARE]
    some = recent.merge(pairs, on=["indicator", "year"])
    ways: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "trend or chance": (
            lambda: fitted(frame, indicators=indicators, year=last, size_class=classes),
            lambda: loop_trends(arrays.years, arrays.results[::SHARE]),
        ),
        "comparisons and secured differences": (
            lambda: comparison_frame(frame, indicators=indicators, members=members),
            lambda: loop_differences(some, lan),
        ),
        "differences between groups": (lambda: anova(recent, groups=lan), lambda: loop_groups(some, lan)),
    }
    sys.stdout.write("| method | vectorised, CPU s | loop, CPU s (1 of 100 looped, times 100) | loop / vectorised |\n")
    sys.stdout.write("| --- | ---: | ---: | ---: |\n")
    for name, (ours, loop) in ways.items():
        seconds = []
        for run in (ours, loop):
            start = time.process_time()
            run()
            seconds.append(time.process_time() - start)
        seconds[1] *= SHARE
        sys.stdout.write(f"| {name} | {seconds[0]:.2f} | {seconds[1]:.0f} | {seconds[1] / seconds[0]:.0f} |\n")


if __name__ == "__main__":
    given = Path(sys.argv[1]).resolve()
    all_methods(given)
    against_loops(given)

"""What a printed number is: the method that gives it, the observations it is made of, and its value computed anew."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from lagesbild.catalogue.vocabulary import Level, Sex, Status
from lagesbild.methods import (
    cells,
    colours,
    comparison_groups,
    comparisons,
    differences,
    estimates,
    intervals,
    moderated_slopes,
    readings,
    trend_labels,
    trends,
)
from lagesbild.methods.aggregates import indicator_frame
from lagesbild.presentation.indicator_page.groups import FEWEST
from lagesbild.presentation.numbers import is_missing
from lagesbild.presentation.traced import Subject
from lagesbild.provenance.trace_evidence import Evidence

_GROUPS = ("lan", "kommungrupp", "storlek", "socioekonomi", "liknande", "basta")


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One number or word, made of observations.

    Parameters
    ----------
    value
        Computed anew; null where there is none.
    how
        What was done, in one sentence.
    methods
        The functions that do it; empty for an observation as it is.
    rows
        The released rows that it is made of.
    """

    value: float | str | None
    how: str
    methods: tuple[Callable[..., Any], ...] = ()
    rows: pd.DataFrame


#: Gives a fact about a subject.
Maker = Callable[[Evidence, Subject], Fact]


def fact(name: str, evidence: Evidence, about: Subject) -> Fact | None:
    """Return a fact by the name that a table's column has for it; null where no such fact is computed anew."""
    maker = FACTS.get(name)
    return None if maker is None else maker(evidence, about)


def name_of(method: Callable[..., Any]) -> str:
    """Return a function's name with its module."""
    return f"{method.__module__}.{method.__qualname__}"


def cited(method: Callable[..., Any]) -> str:
    """Return what a function's docstring, or its module's, gives as its source; else its first line."""
    for text in (inspect.getdoc(method), inspect.getdoc(inspect.getmodule(method))):
        found = re.search(r"^References\n-+\n(.+?)(?=\n\n|\Z)", text or "", re.MULTILINE | re.DOTALL)
        if found:
            return " ".join(found[1].split())
    first = " ".join((inspect.getdoc(method) or "").split("\n\n")[0].split())
    return f"the project's own rule: {first}"


def _number(value: object) -> float | str | None:
    if is_missing(value) or value == "":
        return None
    return value if isinstance(value, str) else float(value)  # type: ignore[arg-type]


def _sex(about: Subject, sex: str) -> Subject:
    return about._replace(sex=sex)


def _value(evidence: Evidence, about: Subject) -> Fact:
    rows = evidence.rows(about.year, about.level, about.region, about.sex)
    value = None if rows.empty else _number(rows["value"].iloc[0])
    if value is None and len(rows):
        value = _number(rows["answer"].iloc[0])
    return Fact(value=value, how="the released observation as it is", rows=rows)


def _riket(evidence: Evidence, about: Subject) -> Fact:
    found = evidence.riket(about.year, about.sex)
    if found is None:
        return Fact(value=None, how="riket has no figure", rows=evidence.released.iloc[:0])
    if found["weighting"] == "redovisad":
        rows = evidence.rows(about.year, Level.RIKE, sex=about.sex)
        how = "the source's own figure for riket"
        return Fact(value=_number(found["value"]), how=how, methods=(comparisons.national_figures,), rows=rows)
    rows = evidence.results(about.year, about.sex)
    ways = {
        "vagd": "the kommuner weighted by their denominators",
        "ovagd": "per cent of the kommuner that answered ja"
        if evidence.indicator.is_answer
        else "plain mean of kommuner",
    }
    how = f"{ways[str(found['weighting'])]}, of {len(rows)} with a released result"
    methods = (comparisons.national_figures, estimates.estimates)
    return Fact(value=_number(found["value"]), how=how, methods=methods, rows=rows)


def _lower_riket(evidence: Evidence, about: Subject) -> Fact:
    made, found = _riket(evidence, about), evidence.riket(about.year, about.sex)
    methods = (
        estimates.own_bounds if found and found["weighting"] == "redovisad" else estimates.estimates,
        intervals.proportion_interval,
    )
    how = f"lower bound of the 95 per cent interval: {made.how}"
    return Fact(value=_number(found["lower"]) if found else None, how=how, methods=methods, rows=made.rows)


def _group(name: str) -> Maker:
    def made(evidence: Evidence, about: Subject) -> Fact:
        own = evidence.own(about.year, about.region, about.sex)
        members = _members(evidence, name, about.region)
        rows = evidence.results(about.year, about.sex)
        rows = rows[rows["region"].isin(members)]
        how = f"plain mean of {len(rows)} other kommuner ({name}) with a released result"
        methods = (
            comparison_groups.reference_means if name not in ("lan", "kommungrupp") else comparisons.comparison_frame,
        )
        return Fact(value=_number(own[name]) if own else None, how=how, methods=methods, rows=rows)

    return made


def _members(evidence: Evidence, name: str, region: str) -> set[str]:
    """Return the other kommuner of a kommun's group."""
    if name == "liknande":
        pairs = evidence.groups.similar
        return set(pairs.loc[pairs["region"] == region, "member"])
    if name in {"riket", "basta"}:
        return set(evidence.members["region"]) - {region}
    table = (
        evidence.members.set_index("region")[name]
        if name in ("lan", "kommungrupp")
        else evidence.groups.partitions[name]
    )
    return set(table.index[table == table.get(region)]) - {region}


def _colour(evidence: Evidence, about: Subject) -> Fact:
    own = evidence.own(about.year, about.region, about.sex)
    if evidence.indicator.is_answer:
        rows = evidence.rows(about.year, Level.KOMMUN, about.region)
        how = "the colour of the answer"
    else:
        rows = evidence.results(about.year)
        how = f"place among the {len(rows)} kommuner with a released result"
    return Fact(value=_number(own["colour"]) if own else None, how=how, methods=(colours.colours,), rows=rows)


def _difference(name: str) -> Maker:
    def made(evidence: Evidence, about: Subject) -> Fact:
        own = evidence.own(about.year, about.region, about.sex)
        rows = evidence.results(about.year, about.sex)
        rows = rows[rows["region"].isin(_members(evidence, name, about.region) | {about.region})]
        how = (
            f"the kommun's result tested against {name} ({len(rows)} kommuner with a released result, the own included)"
        )
        value = _number(own[f"skillnad_{name}"]) if own else None
        return Fact(value=value, how=how, methods=(readings.reading, differences.secured), rows=rows)

    return made


def _trend(level: str) -> Maker:
    def made(evidence: Evidence, about: Subject) -> Fact:
        region = "0000" if level == Level.RIKE else about.region
        found = evidence.trend(about.year, region, level)
        rows = _series(evidence, about, level, found)
        how = (
            f"a line through the kommun's {len(rows)} released results, its spread moderated over all kommuner's series"
        )
        if level == Level.RIKE:
            how = f"a line through riket's figures of {rows['year'].nunique()} years"
        if level == Level.KOMMUN and evidence.indicator.is_answer:
            how = f"the answers of {len(rows)} years"
        return Fact(value=_number(found["label"]) if found else None, how=how, methods=_TREND, rows=rows)

    return made


_TREND = (trends.trend_frame, moderated_slopes.moderated, trend_labels.number_labels)


def _series(evidence: Evidence, about: Subject, level: str, found: dict[str, object] | None) -> pd.DataFrame:
    """Return the released rows behind a series: the region's own, or all kommuner's for a mean of them."""
    first = 0 if found is None or is_missing(found["first_year"]) else int(found["first_year"])  # type: ignore[call-overload]
    years = range(max(first, about.year - trends.WINDOW + 1), about.year + 1)
    if level == Level.KOMMUN:
        parts = [evidence.rows(year, level, about.region) for year in years]
    else:
        parts = [_riket(evidence, about._replace(year=year, sex=Sex.TOTAL)).rows for year in years]
    rows = pd.concat(parts)
    return rows[rows["status"] == Status.OK]


def _change_since_first(evidence: Evidence, about: Subject) -> Fact:
    found = evidence.trend(about.year, about.region, Level.KOMMUN)
    rows = _series(evidence, about, Level.KOMMUN, found)
    ends = rows.sort_values("year").iloc[[0, -1]] if len(rows) else rows
    value = float(ends["value"].iloc[1] - ends["value"].iloc[0]) if len(ends) else None
    return Fact(value=value, how="the result less the first one of the series", methods=_TREND[:1], rows=ends)


def _change_riket(evidence: Evidence, about: Subject) -> Fact:
    earlier = [int(year) for year in sorted(set(evidence.released["year"])) if year < about.year]
    now = evidence.riket(about.year)
    for year in reversed(earlier):
        before = evidence.riket(year)
        if now is not None and before is not None and before["weighting"] == now["weighting"]:
            rows = pd.concat([_riket(evidence, about._replace(year=one)).rows for one in (year, about.year)])
            value = float(now["value"]) - float(before["value"])  # type: ignore[arg-type]
            how = f"riket's figure less that of {year}"
            return Fact(value=value, how=how, methods=(comparisons.national_figures,), rows=rows)
    return Fact(value=None, how="riket has no earlier figure of the same kind", rows=evidence.released.iloc[:0])


def _pair(maker: Maker, what: str) -> Maker:
    """Return women's fact less men's."""

    def made(evidence: Evidence, about: Subject) -> Fact:
        women, men = (maker(evidence, _sex(about, sex)) for sex in (Sex.KVINNOR, Sex.MAN))
        known = isinstance(women.value, float) and isinstance(men.value, float)
        value = women.value - men.value if known else None  # type: ignore[operator]
        rows = pd.concat([women.rows, men.rows])
        return Fact(value=value, how=f"{what}: women's result less men's", methods=women.methods, rows=rows)

    return made


def _of_sex(maker: Maker, sex: str) -> Maker:
    return lambda evidence, about: maker(evidence, _sex(about, sex))


def _against_others(evidence: Evidence, about: Subject) -> Fact:
    own, other = _value(evidence, about), _group("liknande")(evidence, about)
    name = "similar kommuner's mean"
    if other.value is None:
        other, name = _riket(evidence, about), "riket"
    known = isinstance(own.value, float) and isinstance(other.value, float)
    value = own.value - other.value if known else None  # type: ignore[operator]
    rows = pd.concat([own.rows, other.rows])
    return Fact(value=value, how=f"the result less {name}", methods=other.methods, rows=rows)


def _unit(end: str) -> Maker:
    def made(evidence: Evidence, about: Subject) -> Fact:
        rows = evidence.units(about.year, about.region)
        shown = rows[rows["status"] == Status.OK]
        if end == "count":
            return Fact(value=float(len(shown)), how="units whose result is released", rows=shown)
        value = _number(getattr(shown["value"], end)())
        which = shown[shown["value"] == value]
        return Fact(value=value, how=f"the {end} of {len(shown)} released units", rows=which)

    return made


def _quantile(q: float) -> Maker:
    def made(evidence: Evidence, about: Subject) -> Fact:
        rows = evidence.results(about.year)
        how = f"the {100 * q:g} per cent quantile of {len(rows)} kommuner with a released result"
        return Fact(value=_number(rows["value"].quantile(q)), how=how, methods=(cells.kommun_cells,), rows=rows)

    return made


def _n_kommuner(evidence: Evidence, about: Subject) -> Fact:
    rows = evidence.results(about.year)
    return Fact(value=float(len(rows)), how="kommuner with a released result", rows=rows)


def _of_group(column: str) -> Maker:
    """Return a figure of the unweighted mean of a län or kommungrupp."""

    def made(evidence: Evidence, about: Subject) -> Fact:
        frame = evidence.frame(about.year)
        found = frame[(frame["level"] == about.level) & (frame["region"] == about.region) & (frame["sex"] == about.sex)]
        found = found[found["weighting"] == "ovagd"]
        codes = evidence.members.loc[evidence.members[about.level] == about.region, "region"]
        rows = evidence.results(about.year, about.sex)
        rows = rows[rows["region"].isin(set(codes))]
        value = None if found.empty else _number(found[column].iloc[0])
        how = f"plain mean of {len(rows)} kommuner with a released result"
        if column == "lower":
            how += f", lower bound; of fewer than {FEWEST} kommuner none is printed"
            value = None if len(rows) < FEWEST else value
        return Fact(value=value, how=how, methods=(indicator_frame, estimates.estimates), rows=rows)

    return made


#: Facts by the names that columns of tables have for them.
FACTS: dict[str, Maker] = {
    "value": _value,
    "answer": _value,
    "value_or_answer": _value,
    "women": _of_sex(_value, Sex.KVINNOR),
    "men": _of_sex(_value, Sex.MAN),
    "gap": _pair(_value, "the kommun"),
    "riket": _riket,
    "riket_women": _of_sex(_riket, Sex.KVINNOR),
    "riket_men": _of_sex(_riket, Sex.MAN),
    "gap_riket": _pair(_riket, "riket"),
    "lower_riket": _lower_riket,
    "change_riket": _change_riket,
    "trend_riket": _trend(Level.RIKE),
    "trend": _trend(Level.KOMMUN),
    "change_since_first": _change_since_first,
    "colour": _colour,
    "against_others": _against_others,
    "lowest_unit": _unit("min"),
    "highest_unit": _unit("max"),
    "n_units": _unit("count"),
    "n_kommuner": _n_kommuner,
    "lower_quartile": _quantile(0.25),
    "lowest": _quantile(0.0),
    "group_mean": _of_group("value"),
    "lower_group": _of_group("lower"),
    **{name: _group(name) for name in _GROUPS},
    **{f"skillnad_{name}": _difference(name) for name in ("riket", *_GROUPS)},
}

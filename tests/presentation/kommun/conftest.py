"""A kommun's underlag made by hand: a few indicators of two areas, each row as the analysis gives it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from lagesbild.catalogue.indicators import Direction, Indicator, Scale
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.regions import kommun
from lagesbild.presentation.kommun.view import KommunView
from lagesbild.presentation.marks import Mark
from lagesbild.presentation.tables import Column, Markup, table

YEAR = 2024

#: Makes an indicator; see `make_indicator` beside the other tests of presentation.
Maker = Callable[..., Indicator]


def row(year: int = YEAR, **known: Any) -> dict[str, Any]:
    """Return one row of an underlag: what is not given is null, and the status follows from what is there."""
    empty = dict.fromkeys(("value", "answer", "colour", "rank", "riket", "lan", "kommungrupp", "label", "slope"))
    status = "ok" if known.get("value") is not None or known.get("answer") else "saknas"
    return {"year": year, "status": status, "n_reporting": 250, "n_lan": 48, "n_kommungrupp": 21, **empty, **known}


@pytest.fixture
def kommun_view(indicator: Maker) -> Callable[..., KommunView]:
    """Return a maker of views: indicators with their rows, in catalogue order."""

    def made(
        measured: Sequence[tuple[Indicator, list[dict[str, Any]]]], *, name: str = "Ale", **more: Any
    ) -> KommunView:
        return KommunView(
            kommun=kommun(name),
            year=YEAR,
            rows={one.id: rows for one, rows in measured},
            catalogue=Catalogue(tuple(one for one, _ in measured)),
            synthetic=True,
            source="Syntetiska data",
            **more,
        )

    return made


@pytest.fixture
def measured(indicator: Maker) -> list[tuple[Indicator, list[dict[str, Any]]]]:
    """Return a small äldreomsorg: better, worse, a cost, a withheld and an unmeasured result, and two answers."""

    def named(name: str, title: str, scale: Scale = Scale.PROCENT, way: Direction = Direction.HOG) -> Indicator:
        return replace(indicator(scale, way, title), id=f"ao-{name}")

    series = [row(year, value=70.0 + (year - 2019) * 2, riket=80.0) for year in range(2019, YEAR)]
    return [
        (
            named("nojda", "Nöjda med hemtjänsten"),
            [
                *series,
                row(
                    value=94.0,
                    riket=91.0,
                    lan=93.0,
                    kommungrupp=90.0,
                    colour="gron",
                    skillnad_riket="battre",
                    niva_riket=99.8,
                    liknande=92.0,
                    n_liknande=7,
                    skillnad_liknande="ingen",
                    niva_liknande=0.0,
                    rank=12,
                    label="sakerstalld_forbattring",
                    slope=2.0,
                ),
            ],
        ),
        (
            named("vantetid", "Väntetid till särskilt boende", Scale.DAGAR, Direction.LAG),
            [
                row(2022, value=40.0),
                row(value=45.0, riket=32.0, colour="rod", rank=240, skillnad_riket="ingen", niva_riket=0.0),
            ],
        ),
        (
            named("kostnad", "Kostnad för hemtjänst", Scale.KRONOR, Direction.INGEN),
            [row(2023, value=12000.0), row(value=12345.0, riket=11000.0, label="sakerstalld_okning")],
        ),
        (named("ensamhet", "Besväras av ensamhet"), [row(status="sekretess", riket=12.0)]),
        (named("kontakt", "Fast omsorgskontakt"), [row(2023, value=60.0), row(status="ej_matt")]),
        (
            named("rutin", "Rutin vid misstanke om våld", Scale.JA_NEJ),
            [row(2022, answer="nej"), row(answer="ja", riket=74.0, lan=70.0, kommungrupp=75.0)],
        ),
        (
            named("plan", "Plan för uppföljning", Scale.JA_DELVIS_NEJ),
            [row(2023, answer="delvis"), row(answer="delvis", riket=40.0)],
        ),
    ]


#: Modules of the report's areas that draw tables.
_DRAWING = ("result_tables", "checklist", "costs_beside", "sex_gaps", "units", "to_phone")


def _words(cell: Any) -> str:
    return cell.alt if isinstance(cell, Mark) else (cell.markdown if isinstance(cell, Markup) else cell)


@pytest.fixture
def plain_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let tables be one line a row with "; " between the cells, whatever format they are drawn in."""

    def drawn(
        columns: Sequence[Column], rows: Sequence[Sequence[Any]], *, caption: str, label: str, about: Sequence[Any] = ()
    ) -> str:
        table(columns, rows)  # a wrong row is still an error
        assert len(about) in (0, len(rows))
        lines = ["; ".join(column.head for column in columns), *("; ".join(map(_words, cells)) for cells in rows)]
        plain = [_LINK.sub(r"\1", _DRAWING_MARK.sub("(serie)", line)) for line in lines]
        return "\n".join(f"| {line}" for line in plain) + f"\n{{#{label}}} {caption}\n"

    for name in _DRAWING:
        monkeypatch.setattr(f"lagesbild.presentation.kommun.{name}.captioned_table", drawn)


#: A drawing in a cell beside text, as `Mark.markdown` gives it.
# An indicator's name that is a link where the report is a page; the tests read the name.
_LINK = re.compile(r'`<a href="\.\./\.\./indikatorer/[\w-]+/index\.html">([^<]*)</a>`\{=html\}`#"[^`]*"`\{=typst\}')
_DRAWING_MARK = re.compile(r"`<svg.*?`\{=html\}`.*?`\{=typst\}")

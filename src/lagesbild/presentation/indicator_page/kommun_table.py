"""All kommuner's results by län, folded away: the map as text."""

from __future__ import annotations

from itertools import groupby

from lagesbild.catalogue.regions import kommuner, lan
from lagesbild.presentation.escape import html_text
from lagesbild.presentation.indicator_page.classes import ResultClass
from lagesbild.presentation.indicator_page.links import kommun_address
from lagesbild.presentation.indicator_page.view import IndicatorView, Result
from lagesbild.presentation.kommun.report import by_name
from lagesbild.presentation.numbers import interval, result_cell, row_decimals
from lagesbild.presentation.wording import unit_heading


def kommun_tables(view: IndicatorView, classes: tuple[ResultClass, ...]) -> str:
    """Return a table for each län, as raw HTML in one folded block.

    Parameters
    ----------
    view
        The indicator.
    classes
        As on the map: the column that says what the map's colours say.
    """
    named = {code: _place(one) for one in classes for code in one.kommuner}
    unit = "" if view.indicator.is_answer else f", {unit_heading(view.indicator)}"
    bounds = any(one.lower is not None for one in view.kommuner.values())
    places = row_decimals(view.indicator.scale, [one.value for one in view.kommuner.values()])
    heads = ["Kommun", f"Resultat{unit}{' (osäkerhet)' if bounds else ''}", "Läge"]
    top = "".join(f'<th scope="col">{html_text(head)}</th>' for head in heads)
    names = {one.kod: one.namn for one in lan()}
    ordered = sorted(kommuner(), key=lambda one: (one.lan, by_name(one)))
    body = ""
    for code, members in groupby(ordered, key=lambda one: one.lan):
        rows = "".join(
            _row(view, one.kod, result, named.get(one.kod, ""), places)
            for one in members
            if (result := view.kommuner.get(one.kod)) is not None
        )
        body += (
            f'<div class="table-responsive"><table class="table kommuner"><caption>{html_text(names[code])}</caption>'
            f"<thead><tr>{top}</tr></thead><tbody>\n{rows}</tbody></table></div>\n"
        )
    summary = f"Visa alla kommuners resultat {view.latest}, län för län"
    return f'```{{=html}}\n<details class="alla-kommuner"><summary>{summary}</summary>\n{body}</details>\n```'


def _place(one: ResultClass) -> str:
    """Return a class as the column says it; why there is no result has its mark in the result's own column."""
    return f"{one.symbol} {one.word}" if one.symbol and one.symbol not in ("..", ".", "–") else one.word


def _row(view: IndicatorView, code: str, result: Result, named: str, places: int) -> str:
    name, address = kommun_address(code)
    shown = result_cell(result.value, result.answer, result.status, view.indicator.scale, decimals=places)
    if result.lower is not None:
        shown += f" ({interval(result.lower, result.upper, max(1, places))})"
    link = f'<a href="{address}">{html_text(name)}</a>'
    cells = f'<td class="tal">{html_text(shown)}</td><td>{html_text(named)}</td>'
    return f'<tr><th scope="row">{link}</th>{cells}</tr>\n'

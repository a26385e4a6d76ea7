"""The parts of an indicator's page: sentences that follow from figures, charts that show them, chance allowed for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from lagesbild.catalogue.indicators import Direction, Indicator, Scale
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import kommuner
from lagesbild.presentation.coarse_geometry import INSETS, SWEDEN, coarse_paths
from lagesbild.presentation.indicator_page.chart import value_axis
from lagesbild.presentation.indicator_page.classes import result_classes
from lagesbild.presentation.indicator_page.headline import change, measures, national_text, older_note
from lagesbild.presentation.indicator_page.kommun_map import kommun_map, legend
from lagesbild.presentation.indicator_page.lines import riket_chart
from lagesbild.presentation.indicator_page.movers import movers_part
from lagesbild.presentation.indicator_page.spread import answer_bars, histogram
from lagesbild.presentation.indicator_page.view import IndicatorView, Result, Trend, latest_year, quantile

Make = Callable[..., Indicator]
_CODES = [one.kod for one in kommuner()]


def _value(value: float | None, width: float | None = 1.0, status: str = "ok") -> Result:
    ends = (None, None) if value is None or width is None else (value - width, value + width)
    return Result(value, None, status, ends[0], ends[1], 1)


def _view(indicator: Indicator, riket: dict[int, Result], **more: Any) -> IndicatorView:
    results = {("rike", "0000", "T", "redovisad"): riket, **more.pop("results", {})}
    latest = latest_year(results)
    return IndicatorView(
        indicator=indicator, year=2024, latest=latest, results=results, synthetic=False, source="Kolada (RKA)", **more
    )


def _plain(text: str) -> str:
    """Return a text with ordinary spaces and without the escapes of Markdown."""
    return text.replace("\u00a0", " ").replace("\\", "")


def _kommuner(values: list[Result], year: int = 2024) -> dict[tuple[str, str, str, str], dict[int, Result]]:
    return {("kommun", code, "T", "redovisad"): {year: one} for code, one in zip(_CODES, values, strict=False)}


def test_a_change_is_told_as_secured_or_chance_and_never_across_a_break(an_indicator: Make) -> None:
    good = an_indicator("ao-x")
    secured = _view(good, {2023: _value(80.0), 2024: _value(84.0)})
    assert "ökat med 4,0 procentenheter. Det är en statistiskt säkerställd förbättring." in _plain(
        national_text(secured)
    )
    chance = _view(good, {2023: _value(80.0), 2024: _value(81.0)})
    assert "ökat med 1,0 procentenheter, vilket ryms inom slumpen." in _plain(national_text(chance))
    low = an_indicator("ao-x", direction=Direction.LAG)
    assert "en statistiskt säkerställd försämring" in national_text(_view(low, {2023: _value(80), 2024: _value(84)}))
    untested = _view(good, {2023: _value(80.0, None), 2024: _value(84.0, None)})
    assert "går inte att pröva" in national_text(untested)
    broken = load_catalogue().by_id("eb-vantetid-beslut")
    before = _view(broken, {2017: _value(14.0), 2018: _value(20.0)})
    assert change(before) is None
    assert "kan inte jämföras med 2017" in national_text(before)


def test_what_is_measured_is_one_plain_sentence(an_indicator: Make) -> None:
    people = an_indicator("ao-x", title="Personer som känner sig trygga")
    assert measures(people) == "Måttet visar andelen personer som känner sig trygga, i procent. Höga värden är bra."
    answer = an_indicator("ao-x", title="AUDIT används", scale=Scale.JA_DELVIS_NEJ, unit_text="")
    assert "svarar ja, delvis eller nej på om detta finns eller stämmer: AUDIT används." in measures(answer)
    days = an_indicator("ao-x", title="Väntetid", scale=Scale.DAGAR, unit_text="dagar", direction=Direction.LAG)
    assert measures(days) == "Måttet visar väntetid (dagar). Låga värden är bra."


def test_an_older_result_says_which_year_it_is_of(an_indicator: Make) -> None:
    view = _view(an_indicator("ao-x", frequency=2, phase=2023), {2023: _value(80.0)})
    assert older_note(view) == "Det finns inga resultat för 2024. Resultaten här gäller 2023. Nästa mätning är 2025."
    assert older_note(_view(an_indicator("ao-x"), {2024: _value(80.0)})) == ""


def _trend(adjusted: float, slope: float = 2.0) -> Trend:
    return Trend("sakerstalld_forbattring", slope, 1.0, 3.0, 2016, 2024, 0.01, adjusted, 9)


def test_kommuner_that_changed_are_told_only_where_all_tests_together_allow_it(an_indicator: Make) -> None:
    codes = _CODES[:40]
    series = {
        ("kommun", code, "T", "redovisad"): {2016: _value(60.0), 2024: _value(76.0 + n)} for n, code in enumerate(codes)
    }
    chance = {("kommun", code): _trend(0.4) for code in codes}
    text = movers_part(_view(an_indicator("ao-x"), {2024: _value(80)}, results=series, trends=chance))
    assert "40 kommuner" in text
    assert "ungefär två skulle vara det av ren slump" in text
    assert "Inga säkerställda förändringar" in text
    kept = {("kommun", code): _trend(0.001 if n < 7 else 0.4, 2.0 + n / 10) for n, code in enumerate(codes)}
    text = movers_part(_view(an_indicator("ao-x"), {2024: _value(80)}, results=series, trends=kept))
    told = re.findall(r"^\| \[(.*?)\]", text, re.MULTILINE)
    names = {one.kod: one.namn for one in kommuner()}
    assert told == [names[code].replace("-", "\\-") for code in (codes[n] for n in (6, 5, 4, 3, 2))]
    assert "+20,8 procentenheter" in _plain(text)


def test_every_kommun_is_in_one_class_and_one_shape_of_the_map(an_indicator: Make) -> None:
    values = [_value(float(n)) for n in range(200)]
    values += [_value(None, None, status) for status in ("sekretess", "saknas", "bortfall", "ej_tillamplig")] * 20
    values += [_value(None, None, "sekretess")] * 10
    indicator = an_indicator("ao-x", direction=Direction.INGEN)
    view = _view(indicator, {2024: _value(90.0)}, results=_kommuner(values))
    classes = result_classes(view)
    assert sorted(code for one in classes for code in one.kommuner) == _CODES
    assert [len(one.kommuner) for one in classes] == [50, 50, 50, 50, 30, 20, 40]
    assert "..\u00a0Visas inte, sekretess: 30 kommuner" in legend(classes)
    drawn = kommun_map(classes, synthetic=True)
    assert "Syntetiska data" in drawn
    assert len(drawn) < 60_000
    assert set(coarse_paths(SWEDEN)) == set(_CODES)
    for window in (SWEDEN, *(window for _, window in INSETS)):
        for shape in coarse_paths(window).values():
            assert re.fullmatch(r"(M-?\d+ -?\d+l-?\d+(?: ?-?\d+)+z)+", shape)


@pytest.mark.parametrize("values", [[0.2, 0.3], [97.0, 99.9], [50.0, 50.0], [12.0, 88.0]])
def test_a_percentage_axis_is_round_holds_the_values_and_is_never_too_narrow(
    an_indicator: Make, values: list[float]
) -> None:
    axis = value_axis(an_indicator("ao-x"), values)
    assert 0 <= axis.low <= min(values)
    assert max(values) <= axis.high <= 100
    assert axis.high - axis.low >= 6
    assert len({words for _, words in axis.ticks}) == len(axis.ticks) >= 3


def test_charts_tell_their_figures_in_words_and_begin_anew_at_a_break(an_indicator: Make) -> None:
    indicator = an_indicator("ao-x")
    riket = {year: _value(70.0 + year - 2016) for year in range(2016, 2025)}
    figure, _ = riket_chart(indicator, riket, {2024: (60.0, 85.0)}, breaks=(2020,), synthetic=True)
    assert figure.svg.count("<polyline") == 2
    assert "Riket från 70 procent 2016 till 78 procent 2024" in _plain(figure.alt)
    assert "mellan 60 och 85 procent" in _plain(figure.alt)
    assert "Syntetiska data" in figure.svg
    values = sorted(float(n % 50) for n in range(100))
    drawn = histogram(indicator, values, 20.0, synthetic=False)
    low, high = quantile(values, 0.25), quantile(values, 0.75)
    assert f"hälften mellan {low:.0f} och {high:.0f}" in drawn.alt.replace(",0", "")
    bars = answer_bars({2024: {"ja": 3, "delvis": 0, "nej": 1}}, synthetic=False)
    assert "2024: ja 75\u00a0%, nej 25\u00a0%" in bars.alt
    assert "Delvis" not in bars.svg

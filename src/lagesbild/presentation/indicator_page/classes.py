"""How kommuner's results are put in classes on a map and in words: colours, quarters or answers, and why none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lagesbild.catalogue.indicators import Direction
from lagesbild.catalogue.vocabulary import Answer, Colour, Status
from lagesbild.presentation import palette
from lagesbild.presentation.indicator_page.view import IndicatorView, Result, quantile
from lagesbild.presentation.numbers import MINUS, cell, row_decimals, with_unit

#: Light to dark, for results that are neither good nor bad.
QUARTERS = ("#b7cad2", "#7fa2b2", "#477b92", "#105572")
_QUARTER_WORDS = (
    "Lägsta fjärdedelen",
    "Näst lägsta fjärdedelen",
    "Näst högsta fjärdedelen",
    "Högsta fjärdedelen",
)


@dataclass(frozen=True, kw_only=True)
class ResultClass:
    """A class of results.

    Parameters
    ----------
    key
        Name in the drawing ("gron", "q1", "sekretess").
    symbol, word
        How it is told without colour; the symbol may be empty.
    fill, mark
        Colour of its areas, and the pattern drawn on it: "", "prickar", "streck" or "rutor".
    kommuner
        Codes of the kommuner in it.
    values
        The lowest and the highest value in it with the unit, printed; empty for answers and for no result.
    """

    key: str
    symbol: str
    word: str
    fill: str
    mark: str
    kommuner: tuple[str, ...]
    values: str = ""

    @property
    def named(self) -> str:
        """Symbol and word together: "▲ Bland de bästa"."""
        return f"{self.symbol}\u00a0{self.word}" if self.symbol else self.word


_NO_RESULT = (
    ("sekretess", "..", "Visas inte, sekretess", palette.GREY_FILL, "rutor", (Status.SEKRETESS,)),
    ("ejaktuellt", ".", "Inte aktuellt i kommunen", palette.GREY_GRID, "streck", (Status.EJ_TILLAMPLIG,)),
    ("inget", "–", "Inget resultat", palette.WHITE, "", (Status.BORTFALL, Status.SAKNAS, Status.EJ_MATT)),
)
_MARKS = {Colour.GRON: "", Colour.GUL: "prickar", Colour.ROD: "streck"}


def result_classes(view: IndicatorView) -> tuple[ResultClass, ...]:
    """Return the classes that have a kommun, those of results first, then those without."""
    known = {code: one for code, one in view.kommuner.items() if one.known}
    found = [*_answers(known), *_colours(view, known), *_quarters(view, known)]
    for key, symbol, word, fill, mark, statuses in _NO_RESULT:
        codes = tuple(code for code, one in view.kommuner.items() if not one.known and one.status in statuses)
        found.append(ResultClass(key=key, symbol=symbol, word=word, fill=fill, mark=mark, kommuner=codes))
    return tuple(one for one in found if one.kommuner)


def _answers(known: dict[str, Result]) -> list[ResultClass]:
    found = []
    for answer in Answer:
        tone = palette.answer_tone(answer)
        codes = tuple(code for code, one in known.items() if one.answer == answer)
        found.append(_toned(tone, tone.answer_symbol, tone.answer_word, codes, ""))
    return found


def _toned(tone: palette.Tone, symbol: str, word: str, codes: tuple[str, ...], values: str) -> ResultClass:
    mark = _MARKS[Colour(tone.name)]
    return ResultClass(
        key=tone.name, symbol=symbol, word=word, fill=tone.fill, mark=mark, kommuner=codes, values=values
    )


def _colours(view: IndicatorView, known: dict[str, Result]) -> list[ResultClass]:
    """Return öppna jämförelsers three colours; a result without one (too few to compare) is in none of them."""
    if view.indicator.direction is Direction.INGEN or view.indicator.is_answer:
        return []
    found = []
    for colour in Colour:
        codes = tuple(code for code in known if view.colours.get(code) == colour)
        tone = palette.tone(colour)
        found.append(_toned(tone, tone.symbol, tone.word, codes, _range(view, known, codes)))
    without = tuple(code for code in known if code not in view.colours)
    values = _range(view, known, without)
    word = "Jämförs inte"
    return [
        *found,
        ResultClass(key="plain", symbol="", word=word, fill=QUARTERS[1], mark="", kommuner=without, values=values),
    ]


def _quarters(view: IndicatorView, known: dict[str, Result]) -> list[ResultClass]:
    if view.indicator.direction is not Direction.INGEN or view.indicator.is_answer or not known:
        return []
    values = sorted(one.value for one in known.values() if one.value is not None)
    limits = [quantile(values, share) for share in (0.25, 0.5, 0.75)]
    found = []
    for place, (fill, word) in enumerate(zip(QUARTERS, _QUARTER_WORDS, strict=True)):
        codes = tuple(
            code for code, one in known.items() if sum((one.value or 0.0) > limit for limit in limits) == place
        )
        found.append(
            ResultClass(
                key=f"q{place + 1}",
                symbol=str(place + 1),
                word=word,
                fill=fill,
                mark="",
                kommuner=codes,
                values=_range(view, known, codes),
            )
        )
    return found


def _range(view: IndicatorView, known: dict[str, Result], codes: Sequence[str]) -> str:
    values = [value for code in codes if (value := known[code].value) is not None]
    if not values:
        return ""
    scale = view.indicator.scale
    places = row_decimals(scale, [min(values), max(values)])
    low, high = (cell(value, scale, decimals=places) for value in (min(values), max(values)))
    named = with_unit(max(values), view.indicator, places)
    return named if low == high else f"{low}{' till ' if MINUS in low + high else '–'}{named}"

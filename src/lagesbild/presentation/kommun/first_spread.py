"""The first spread of a kommun's report: where it stands, what changed, what to look at first, what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild.catalogue.areas import Area
from lagesbild.methods.priorities import Priority
from lagesbild.presentation.kommun import summary
from lagesbild.presentation.kommun.changes import changed_answers, secured_trends
from lagesbild.presentation.kommun.priorities import first_look
from lagesbild.presentation.kommun.standing_picture import signs, standing_picture
from lagesbild.presentation.kommun.standing_rows import AreaRows, standing_rows
from lagesbild.presentation.kommun.view import KommunView
from lagesbild.presentation.quality_words import MARK
from lagesbild.presentation.traced import Subject
from lagesbild.presentation.wording import capitalised

#: The chapters beside those of the areas, the most that there are.
OTHER_CHAPTERS = 8

# In Typst's first pass no heading is known. The room that the contents will need is kept from then on, lest every
# table after it moves and is laid out again.
_CONTENTS = """```{=typst}
#context {
  let found = query(heading.where(level: 1, outlined: true))
  let rows = calc.ceil((if found.len() == 0 { EXPECTED } else { found.len() }) / 3)
  let entry(one) = link(one.location(), [
    #numbering("1", ..counter(heading).at(one.location()))
    #h(0.3em) #one.body
    #box(width: 1fr, repeat(text(fill: luma(150))[.], gap: 2pt))
    #counter(page).at(one.location()).first()
  ])
  set text(size: 8.5pt)
  set par(spacing: 4.5pt)
  set underline(stroke: 0pt)
  block(breakable: false, above: 1.6em)[
    #block(below: 6pt, text(size: 11pt, weight: "bold")[Innehåll])
    #block(height: rows * 10.4pt, columns(3, gutter: 14pt, found.map(entry).join(parbreak())))
  ]
}
```"""


def first_spread(view: KommunView, areas: Sequence[Area], found: Sequence[Priority], *, alone: bool = False) -> str:
    """Return the spread's Markdown, without its heading.

    Parameters
    ----------
    view
        The kommun.
    areas
        The areas that the report is about.
    found
        The kommun's gross list.
    alone
        Whether nothing follows that links could lead to: the short version.
    """
    look = first_look(found)
    if not alone:
        look += "\nHela listan med alla skäl finns i avsnittet [Att analysera vidare](#sec-prioritering).\n"
    parts = [
        f"{summary.introduction(view)} {summary.standing(view)}",
        _picture(view, standing_rows(view, areas)),
        "### Vad som har blivit bättre {#sec-battre}\n\n" + secured_trends(view, "sakerstalld_forbattring"),
        "### Vad som har blivit sämre {#sec-samre}\n\n" + secured_trends(view, "sakerstalld_forsamring"),
        summary.chance_of_trends(view),
        "### Titta först på {#sec-forst}\n\n" + look,
        "### Svar i checklistorna och det som saknas {#sec-saknas}\n\n" + changed_answers(view),
        summary.what_is_missing(view),
        *([] if alone else [_contents(len(areas) + OTHER_CHAPTERS)]),
    ]
    return "\n\n".join(part.rstrip("\n") for part in parts if part.strip()) + "\n"


def _contents(expected: int) -> str:
    """Return the short table of contents, in print; the page of the website has its own beside the text."""
    return _CONTENTS.replace("EXPECTED", str(expected))


def _picture(view: KommunView, rows: Sequence[AreaRows]) -> str:
    """Return the picture with what is to be known to read it, and what it shows at its best end."""
    if not rows:
        return ""
    caption = (
        f"Nyckelindikatorer {view.year}: plats bland alla kommuner med resultat. Längre åt höger är alltid bättre. "
        "Osäkerhet: så långt kan slumpen i kommunens eget resultat flytta platsen (95 procent). "
        f"Streck: riket. Ring: medelvärdet av liknande kommuner.{_signs_told(rows)} Källa: {view.source}."
    )
    about = [Subject(one.result.indicator.id, view.year, view.kommun.kod) for area in rows for one in area.rows]
    figure = standing_picture(view, rows).block_markdown(caption, "fig-laget", about)
    best = summary.strongest(view)
    return f"{figure}\n{best}" if best else figure


def _signs_told(areas: Sequence[AreaRows]) -> str:
    """Return what the signs beside values and ranks mean, as far as they occur."""
    shown = [row.result for area in areas for row in area.rows if row.place is not None]
    used = {sign for result in shown for sign in signs(result)}
    few = any(result.small_base for result in shown)
    told = [
        *(["få: färre än 30 personer eller fem enheter"] if few else []),
        *(["C: osäkra uppgifter"] if "C" in used else []),
        *(["D: bristfälliga uppgifter"] if "D" in used else []),
        *([f"{MARK}: bör ses över"] if MARK in used else []),
    ]
    return f" {capitalised('; '.join(told))}." if told else ""

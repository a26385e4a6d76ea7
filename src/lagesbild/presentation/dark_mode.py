"""Drawings in dark mode: each colour of the palette has a counterpart on a dark ground.

A drawing carries its colours as attributes, which a style sheet may overrule. So one list of rules serves the drawings
that stand in a page and those in files of their own, and none has to be drawn twice.
"""

from __future__ import annotations

from lagesbild.presentation import palette

#: The page's ground in dark mode, where it is white in light.
GROUND = "#14191e"

#: What a colour of a drawing becomes. Text keeps 4.5:1 against `GROUND` and marks 3:1; a scale of blues from light to
#: dark becomes one from dark to light, since what stands out most is what differs most from the ground.
DARK = {
    palette.INK: "#e6ebf0",
    palette.GREY_TEXT: "#a9b4be",
    palette.GREY_LINE: "#8d98a1",
    palette.GREY_FILL: "#3a444d",
    palette.GREY_BAR: "#56626c",
    palette.GREY_GRID: "#2b343c",
    palette.WHITE: GROUND,
    palette.ACCENT: "#6cb8e0",
    "#d5e3ec": "#22394a",
    "#b3400f": "#f59a6c",
    "#b7cad2": "#2a424e",
    "#7fa2b2": "#41687a",
    "#477b92": "#6197b1",
    "#105572": "#8cc6e0",
    "#262626": "#e6ebf0",
    "#000000": "#e6ebf0",
    **dict(zip(palette.SERIES, palette.SERIES_DARK, strict=True)),
    # The three tones: text, fill and tint.
    "#00695f": "#6fd0c3",
    "#e3f3f1": "#12312e",
    "#8a6000": "#f0c35a",
    "#fdf5e0": "#352a0c",
    "#8f1d14": "#f59a8c",
    "#a83018": "#dc6a50",
    "#f9e9e6": "#3f1b15",
}


def dark_rules(within: str = "", *, of: str | None = None) -> str:
    """Return the rules, for ``@media screen and (prefers-color-scheme: dark)``.

    Parameters
    ----------
    within
        Selector that the drawings stand in ("svg ", with a space after it).
    of
        A drawing, where rules for its own colours are enough.
    """
    rules = []
    for light, dark in DARK.items():
        if of is not None and light not in of:
            continue
        for name in ("fill", "stroke", "stop-color"):
            rules.append(f'{within}[{name}="{light}"]{{{name}:{dark}}}')
    return "".join(rules)

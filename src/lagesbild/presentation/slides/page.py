"""Where things stand on a slide (16:9, 960 by 540 points), and how large its text is.

The same numbers make the layouts of the reference document (`lagesbild.publishing.slide_template`) and decide what
fits when the text is written: nothing is shrunk to fit, so what doesn't fit is told shorter or left to the report.
"""

from __future__ import annotations

from dataclasses import dataclass

#: A font that every Office has; LibreOffice has one of the same widths in its place.
FONT = "Arial"

#: Office's unit of length.
EMU = 12_700

TITLE_SIZE = 28.0
#: Text over the whole slide, and text beside a table or a picture.
BODY_SIZE = 24.0
BESIDE_SIZE = 20.0
TABLE_SIZE = 16.0
SMALL_SIZE = 12.0

#: A line is this much higher than its letters, and a paragraph stands this far from the one before.
LINE = 1.2
PARAGRAPH_GAP = 10.0
#: How far a bullet's text stands in from its sign.
BULLET_INDENT = 20.0


@dataclass(frozen=True)
class Box:
    """A rectangle in points from the slide's upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height


SLIDE = Box(0, 0, 960, 540)
TITLE = Box(44, 28, 700, 76)
BODY = Box(44, 122, 872, 364)
LEFT = Box(44, 122, 296, 364)
RIGHT = Box(364, 122, 552, 364)
BADGE = Box(772, 44, 144, 28)
FOOTER = Box(44, 502, 760, 22)
NUMBER = Box(836, 502, 80, 22)
OPENING_TITLE = Box(72, 150, 780, 120)
OPENING_SUBTITLE = Box(72, 284, 780, 140)


def emu(points: float) -> int:
    """Return a length in Office's unit."""
    return round(points * EMU)

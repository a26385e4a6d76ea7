"""Office's own shapes as raw OpenXML: native tables, drawings of lines and marks, the frame around a slide.

Pandoc, alone or inside Quarto, puts such a block into the slide as it stands. A table is then a table to a screen
reader and to whoever edits the slide, and a drawing is sharp at any size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from lagesbild.presentation import palette
from lagesbild.presentation.escape import html_text
from lagesbild.presentation.slides.page import (
    BADGE,
    LINE,
    SMALL_SIZE,
    TABLE_SIZE,
    Box,
    emu,
)
from lagesbild.presentation.slides.text_fit import line_count

Align = Literal["l", "r", "ctr"]

LANGUAGE = "sv-SE"

#: What a slide number is known by to Office.
PAGE_FIELD = "{C5EF2332-01BF-834F-8236-50238282D533}"

#: Space between a cell's text and its edges.
CELL_MARGIN = 6.0
_ROW_PADDING = 5.0


@dataclass(frozen=True, kw_only=True)
class Run:
    """A piece of text in one style."""

    text: str
    size: float = TABLE_SIZE
    bold: bool = False
    colour: str = palette.INK

    def xml(self) -> str:
        """Return the run."""
        bold = ' b="1"' if self.bold else ""
        return (
            f'<a:r><a:rPr lang="{LANGUAGE}" sz="{round(self.size * 100)}"{bold}>{_fill(self.colour)}</a:rPr>'
            f"<a:t>{html_text(self.text)}</a:t></a:r>"
        )


@dataclass(frozen=True, kw_only=True)
class TableColumn:
    """A column: head, width in points, and which way its text is aligned."""

    head: str
    width: float
    align: Align = "l"


@dataclass(frozen=True)
class TableCell:
    """A cell: plain text, in the colour of a tone where it has one (symbol and word stand in the text)."""

    text: str
    tone: palette.Tone | None = None
    bold: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """A native table.

    Parameters
    ----------
    name, description
        What the table is called in the list of the slide's objects, and its text alternative.
    columns, rows
        The first column names the rows.
    """

    name: str
    description: str
    columns: Sequence[TableColumn]
    rows: Sequence[Sequence[TableCell]]
    size: float = field(default=TABLE_SIZE)

    def heights(self) -> list[float]:
        """Return the height of the head and of each row, in points."""
        head = [TableCell(column.head, bold=True) for column in self.columns]
        return [self._height(row) for row in (head, *self.rows)]

    def _height(self, row: Sequence[TableCell]) -> float:
        lines = max(
            line_count(cell.text, column.width - 2 * CELL_MARGIN, self.size, bold=cell.bold or cell.tone is not None)
            for cell, column in zip(row, self.columns, strict=True)
        )
        return lines * self.size * LINE + 2 * _ROW_PADDING

    def fitted(self, height: float) -> Table:
        """Return the table with as many rows, from the first, as the height has room for."""
        rows, heights = list(self.rows), self.heights()
        while len(rows) > 1 and sum(heights[: len(rows) + 1]) > height:
            rows.pop()
        return Table(name=self.name, description=self.description, columns=self.columns, rows=rows, size=self.size)

    def xml(self, x: float, y: float, number: int = 101) -> str:
        """Return the table with its upper left corner at a point."""
        heights = self.heights()
        grid = "".join(f'<a:gridCol w="{emu(column.width)}"/>' for column in self.columns)
        head = [TableCell(column.head, bold=True) for column in self.columns]
        rows = "".join(
            f'<a:tr h="{emu(height)}">{self._cells(row, head=not n)}</a:tr>'
            for n, (row, height) in enumerate(zip((head, *self.rows), heights, strict=True))
        )
        box = Box(x, y, sum(column.width for column in self.columns), sum(heights))
        return (
            f"<p:graphicFrame><p:nvGraphicFramePr>{_properties(number, self.name, self.description)}"
            '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
            f'<p:xfrm>{_place(box)}</p:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/'
            f'2006/table"><a:tbl><a:tblPr firstRow="1" firstCol="1"/><a:tblGrid>{grid}</a:tblGrid>{rows}</a:tbl>'
            "</a:graphicData></a:graphic></p:graphicFrame>"
        )

    def _cells(self, row: Sequence[TableCell], *, head: bool) -> str:
        return "".join(self._cell(cell, column, head=head) for cell, column in zip(row, self.columns, strict=True))

    def _cell(self, cell: TableCell, column: TableColumn, *, head: bool) -> str:
        tone = cell.tone
        ink = tone.text if tone else palette.GREY_TEXT if head else palette.INK
        run = Run(text=cell.text, size=self.size, bold=cell.bold or tone is not None, colour=ink).xml()
        below = _line("lnB", palette.GREY_LINE if head else palette.GREY_GRID, 1.5 if head else 0.75)
        none = "".join(f"<a:{side}><a:noFill/></a:{side}>" for side in ("lnL", "lnR", "lnT"))
        margin, padding = emu(CELL_MARGIN), emu(_ROW_PADDING)
        return (
            f'<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn="{column.align}"/>{run}</a:p></a:txBody>'
            f'<a:tcPr marL="{margin}" marR="{margin}" marT="{padding}" marB="{padding}" anchor="ctr">{none}{below}'
            f"{_fill(tone.tint) if tone else '<a:noFill/>'}</a:tcPr></a:tc>"
        )


def text_box(
    box: Box,
    paragraphs: Sequence[Sequence[Run]],
    *,
    number: int,
    name: str,
    align: Align = "l",
    fill: str | None = None,
) -> str:
    """Return a box of text without margins; the text stands in its middle, from above to below."""
    written = "".join(f'<a:p><a:pPr algn="{align}"/>{"".join(run.xml() for run in runs)}</a:p>' for runs in paragraphs)
    return (
        f'<p:sp><p:nvSpPr>{_properties(number, name)}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
        f"{_geometry(box, 'rect', fill)}"
        '<p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/><a:lstStyle/>'
        f"{written}</p:txBody></p:sp>"
    )


def shape(
    box: Box, kind: str, fill: str, *, number: int, name: str, turned: bool = False, outlined: bool = False
) -> str:
    """Return a filled shape of one of Office's kinds ("rect", "triangle"), upside down where `turned`."""
    return (
        f"<p:sp><p:nvSpPr>{_properties(number, name)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
        f"{_geometry(box, kind, fill, turned=turned, outlined=outlined)}</p:sp>"
    )


def drawing(box: Box, shapes: Sequence[str], *, number: int, name: str, description: str) -> str:
    """Return shapes as one picture with a text alternative."""
    place = _place(box)
    inner = place.replace("<a:off", "<a:chOff").replace("<a:ext", "<a:chExt")
    return (
        f"<p:grpSp><p:nvGrpSpPr>{_properties(number, name, description)}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
        f"<p:grpSpPr><a:xfrm>{place}{inner}</a:xfrm></p:grpSpPr>{''.join(shapes)}</p:grpSp>"
    )


def frame(footer: str, *, synthetic: bool) -> str:
    """Return what stands around every slide: footer, slide number, and the mark of invented figures."""
    badge = ""
    if synthetic:
        mark = Run(text="Syntetiska data", size=SMALL_SIZE + 2, bold=True, colour="#7a3b00")
        badge = text_box(BADGE, [[mark]], number=901, name="Syntetiska data", align="ctr", fill="#fdf5e0")
    style = f'<a:rPr lang="{LANGUAGE}" sz="{round(SMALL_SIZE * 100)}"><a:latin typeface="+mn-lt"/></a:rPr>'
    text = f'<a:pPr algn="l"/><a:r>{style}<a:t>{html_text(footer)}</a:t></a:r>'
    page = f'<a:pPr algn="r"/><a:fld id="{PAGE_FIELD}" type="slidenum">{style}<a:t>‹#›</a:t></a:fld>'
    return (
        badge
        + _placeholder("Sidfot", "ftr", 11, text, number=902)
        + _placeholder("Bildnummer", "sldNum", 12, page, number=903)
    )


def raw(xml: str) -> str:
    """Return shapes as the raw block of Markdown that puts them into a slide."""
    return f"```{{=openxml}}\n{xml}\n```"


def _placeholder(name: str, kind: str, index: int, content: str, *, number: int) -> str:
    return (
        f'<p:sp><p:nvSpPr>{_properties(number, name)}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{kind}" sz="quarter" idx="{index}"/></p:nvPr></p:nvSpPr><p:spPr/>'
        f"<p:txBody><a:bodyPr/><a:lstStyle/><a:p>{content}</a:p></p:txBody></p:sp>"
    )


def _properties(number: int, name: str, description: str = "") -> str:
    told = f' descr="{html_text(description)}"' if description else ""
    return f'<p:cNvPr id="{number}" name="{html_text(name)}"{told}/>'


def _place(box: Box) -> str:
    return f'<a:off x="{emu(box.x)}" y="{emu(box.y)}"/><a:ext cx="{emu(box.width)}" cy="{emu(box.height)}"/>'


def _geometry(box: Box, kind: str, fill: str | None, *, turned: bool = False, outlined: bool = False) -> str:
    flip = ' flipV="1"' if turned else ""
    filled = _fill(fill) if fill else "<a:noFill/>"
    outline = f'<a:ln w="{emu(0.75)}">{_fill(palette.INK)}</a:ln>' if outlined else "<a:ln><a:noFill/></a:ln>"
    return (
        f'<p:spPr><a:xfrm{flip}>{_place(box)}</a:xfrm><a:prstGeom prst="{kind}"><a:avLst/></a:prstGeom>{filled}'
        f"{outline}</p:spPr>"
    )


def _fill(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour.lstrip("#").upper()}"/></a:solidFill>'


def _line(side: str, colour: str, width: float) -> str:
    return f'<a:{side} w="{emu(width)}">{_fill(colour)}</a:{side}>'

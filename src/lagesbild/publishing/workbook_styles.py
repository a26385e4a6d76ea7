"""How the cells of a workbook look: named styles, so that people find them again in Excel's gallery.

Colours are the palette's; each stands with a word in the cell. What people fill in has a frame of dots as well as a
tint, and is the only thing that is unlocked.
"""

from __future__ import annotations

from openpyxl import Workbook as Book
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle

from lagesbild.presentation import palette
from lagesbild.presentation.workbook.model import Width

#: Most decimals that any scale prints with.
MOST_DECIMALS = 3

#: Height of a line of text, in points.
LINE = 15
FONT = "Calibri"
_FILL_IN = "FFF9E5"
_HAIR = Side(style="hair", color=palette.GREY_LINE[1:])
#: Width of the columns in characters, by what they hold.
WIDTHS = {
    Width.SHORT: 8.0,
    Width.NUMBER: 13.0,
    Width.NAMED_NUMBER: 19.0,
    Width.WORDS: 28.0,
    Width.TEXT: 40.0,
    Width.TITLE: 52.0,
    Width.LONG: 90.0,
}
_DOTS = Side(style="dotted", color=palette.GREY_TEXT[1:])
_LINES = Border(bottom=_HAIR)
_FRAME = Border(left=_DOTS, right=_DOTS, top=_DOTS, bottom=_DOTS)
_TOP = Alignment(vertical="top", wrap_text=True)
_RIGHT = Alignment(vertical="top", horizontal="right", indent=1)

#: Style by what a cell is: kind, decimals, signed or tone.
Key = tuple[str | int | bool, ...]


def add_styles(book: Book) -> dict[Key, int]:
    """Add all styles to a workbook and return the number that a cell's XML names each by."""
    sheet = book.active
    numbers: dict[Key, int] = {}
    for key, style in _styles().items():
        book.add_named_style(style)
        cell = sheet["A1"]
        cell.style = style.name
        numbers[key] = cell.style_id
    del sheet._cells[1, 1]
    return numbers


def highlight(tone: str) -> DifferentialStyle:
    """Return how a cell is shown that a rule colours."""
    shown = palette.tone(tone)
    return DifferentialStyle(
        font=Font(color=shown.text[1:], bold=True),
        fill=PatternFill(bgColor=shown.tint[1:], fill_type="solid"),
    )


def _styles() -> dict[Key, NamedStyle]:
    """Return every style there is, in fixed order."""
    styles: dict[Key, NamedStyle] = {
        ("title",): _style("Titel", bold=True, size=15, color=palette.ACCENT, alignment=None),
        ("line",): _style("Förklaring", color=palette.GREY_TEXT, alignment=None),
        ("synthetic",): _style("Viktigt", bold=True, color=palette.tone("rod").text, alignment=None),
        ("head",): _style("Tabellhuvud", bold=True, color=palette.WHITE, fill=palette.ACCENT, border=_LINES),
        ("head", "fill"): _style("Tabellhuvud att fylla i", bold=True, color=palette.INK, fill=_FILL_IN, border=_FRAME),
        ("text",): _style("Text", border=_LINES),
        ("key",): _style("Radrubrik", bold=True, border=_LINES),
        ("link",): _style("Länk till blad", color=palette.ACCENT, underline=True, border=_LINES),
        ("mark",): _style("Uppgift saknas", color=palette.GREY_TEXT, border=_LINES),
        ("mark", "number"): _style("Tal saknas", color=palette.GREY_TEXT, border=_LINES, alignment=_RIGHT),
        ("fill",): _style("Fyll i", fill=_FILL_IN, border=_FRAME, locked=False),
        ("fill", "date"): _style("Fyll i datum", fill=_FILL_IN, border=_FRAME, locked=False, form="yyyy-mm-dd"),
        ("formula",): _style("Räknas ut", color=palette.INK, border=_LINES),
        ("year",): _style("Heltal", border=_LINES, alignment=_RIGHT, form="0"),
    }
    for decimals in range(MOST_DECIMALS + 1):
        form = f"#,##0{'.' if decimals else ''}{'0' * decimals}"
        name = {0: "Tal", 1: "Tal, en decimal"}.get(decimals, f"Tal, {decimals} decimaler")
        styles["number", decimals, False] = _style(name, border=_LINES, alignment=_RIGHT, form=form)
        signed = f"+{form};-{form};{form}"
        apart = name.replace("Tal", "Skillnad", 1)
        styles["number", decimals, True] = _style(apart, border=_LINES, alignment=_RIGHT, form=signed)
    for tone in palette.tones():
        styles["tone", tone.name] = _style(tone.word, bold=True, color=tone.text, fill=tone.tint, border=_LINES)
    return styles


def _style(
    name: str,
    *,
    bold: bool = False,
    underline: bool = False,
    size: int = 11,
    color: str = palette.INK,
    fill: str | None = None,
    border: Border | None = None,
    alignment: Alignment | None = _TOP,
    locked: bool = True,
    form: str = "General",
) -> NamedStyle:
    # A percentage of "General" would become a fraction where people overwrite it: the format is always given.
    return NamedStyle(
        name=name,
        font=Font(name=FONT, size=size, bold=bold, color=color.lstrip("#"), underline="single" if underline else None),
        fill=PatternFill("solid", fgColor=fill.lstrip("#")) if fill else PatternFill(),
        border=border or Border(),
        alignment=alignment or Alignment(),
        protection=Protection(locked=locked),
        number_format=form,
    )

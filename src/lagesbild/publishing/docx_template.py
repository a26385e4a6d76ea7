"""The reference document of the lägesrapporter in Word: Pandoc's own with our page, styles, colours and font.

Pandoc and Quarto take a document's look from such a file. It is committed as ``reports/lagesrapport/mall.docx``,
because Quarto reads it where nothing of ours runs. ``make mall`` makes it anew, the same bytes each time::

    python -m lagesbild.publishing.docx_template reports/lagesrapport/mall.docx
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pypandoc

from lagesbild.files import write_atomic
from lagesbild.presentation import palette
from lagesbild.publishing.pptx_file import LANGUAGE, packed

#: A font that every Word has; LibreOffice has one of the same widths in its place.
FONT = "Arial"
#: What stands in the head and the foot until a document's own words do.
TITLE_PLACE, MARK_PLACE, NOTE_PLACE = "LAGESBILD-TITEL", "LAGESBILD-MARKE", "LAGESBILD-FOTNOT"

_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
#: The text's width on A4 with margins of 20 mm, in twentieths of a point.
TEXT_WIDTH = 9638


@dataclass(frozen=True, kw_only=True)
class Style:
    """A style of paragraphs or of letters; sizes and spaces in points."""

    id: str
    name: str
    kind: str = "paragraph"
    based: str = ""
    size: float | None = None
    bold: bool | None = None
    italic: bool = False
    colour: str = ""
    before: float = 0
    after: float = 0
    level: int | None = None
    more: str = ""

    def xml(self) -> str:
        """Return the style as it stands in the styles' part."""
        default = ' w:default="1"' if self.id in ("Normal", "DefaultParagraphFont") else ""
        based = f'<w:basedOn w:val="{self.based}"/>' if self.based else ""
        letters = "" if self.bold is None else ("<w:b/>" if self.bold else '<w:b w:val="0"/>')
        letters += "<w:i/>" if self.italic else ""
        letters += f'<w:color w:val="{self.colour[1:].upper()}"/>' if self.colour else ""
        letters += (
            f'<w:sz w:val="{round(2 * self.size)}"/><w:szCs w:val="{round(2 * self.size)}"/>' if self.size else ""
        )
        paragraph = ""
        if self.kind == "paragraph":
            outline = f'<w:outlineLvl w:val="{self.level}"/>' if self.level is not None else ""
            space = f'<w:spacing w:before="{round(20 * self.before)}" w:after="{round(20 * self.after)}"/>'
            paragraph = f"<w:pPr>{self.more}{space}{outline}</w:pPr>"
        return (
            f'<w:style w:type="{self.kind}"{default} w:styleId="{self.id}"><w:name w:val="{self.name}"/>{based}'
            f"<w:qFormat/>{paragraph}{f'<w:rPr>{letters}</w:rPr>' if letters else ''}</w:style>"
        )


_KEEP = "<w:keepNext/>"
_TABS = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>'
_STYLES = (
    Style(id="Normal", name="Normal", after=6),
    Style(id="DefaultParagraphFont", name="Default Paragraph Font", kind="character"),
    Style(id="BodyText", name="Body Text", based="Normal", before=5, after=5),
    Style(id="FirstParagraph", name="First Paragraph", based="BodyText", before=5, after=5),
    Style(id="Compact", name="Compact", based="Normal", after=2),
    Style(id="Title", name="Title", based="Normal", size=26, bold=True, colour=palette.ACCENT, after=4),
    Style(id="Subtitle", name="Subtitle", based="Normal", size=14, colour=palette.GREY_TEXT, after=16),
    *(
        Style(
            id=f"Heading{level}", name=f"heading {level}", based="Normal", size=size, bold=True, colour=colour,
            before=before, after=4, level=level - 1, more=f"{_KEEP}<w:keepLines/>",
        )
        for level, size, colour, before in (
            (1, 18, palette.ACCENT, 20),
            (2, 14, palette.INK, 14),
            (3, 11.5, palette.INK, 10),
            (4, 10.5, palette.INK, 8),
        )
    ),
    Style(id="TOCHeading", name="TOC Heading", based="Normal", size=14, bold=True, colour=palette.ACCENT, after=4),
    Style(id="TOC1", name="toc 1", based="Normal", after=2),
    Style(id="TOC2", name="toc 2", based="Normal", after=1, more='<w:ind w:left="284"/>'),
    Style(id="TableCaption", name="Table Caption", based="Normal", size=9.5, bold=True, before=10, after=3, more=_KEEP),
    Style(id="ImageCaption", name="Image Caption", based="Normal", size=9.5, bold=True, before=2, after=10),
    Style(id="CaptionedFigure", name="Captioned Figure", based="Normal", before=8, more=_KEEP),
    Style(id="Figure", name="Figure", based="Normal", before=8, after=8),
    Style(id="Tabelltext", name="Tabelltext", based="Normal", size=8, before=1, after=1),
    Style(id="SyntetiskaData", name="Syntetiska data", based="Normal", bold=True, before=6, after=10),
    Style(id="Ruta", name="Ruta", based="Normal", before=3, after=3, more='<w:ind w:left="284" w:right="284"/>'),
    Style(id="BlockText", name="Block Text", based="Normal", before=3, after=6, more='<w:ind w:left="284"/>'),
    Style(id="Header", name="header", based="Normal", size=8.5, colour=palette.GREY_TEXT, more=_TABS),
    Style(id="Footer", name="footer", based="Normal", size=8.5, colour=palette.GREY_TEXT, more=_TABS),
    Style(id="VerbatimChar", name="Verbatim Char", kind="character"),
    Style(id="Hyperlink", name="Hyperlink", kind="character", colour=palette.ACCENT),
    *(
        Style(id=tone.name.capitalize(), name=tone.name, kind="character", bold=True, colour=tone.text)
        for tone in palette.tones()
    ),
    Style(id="Sparkod", name="sparkod", kind="character", bold=False, size=7, colour=palette.GREY_TEXT),
)  # fmt: skip

_LINE = f'w:val="single" w:sz="4" w:space="0" w:color="{palette.GREY_LINE[1:].upper()}"'
_THIN = f'w:val="single" w:sz="2" w:space="0" w:color="{palette.GREY_GRID[1:].upper()}"'
_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="Table"><w:name w:val="Table"/><w:qFormat/><w:tblPr>'
    f"<w:tblBorders><w:top {_LINE}/><w:bottom {_LINE}/><w:insideH {_THIN}/></w:tblBorders>"
    '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>'
    f'<w:bottom {_LINE}/></w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>'
)


def reference_document() -> bytes:
    """Return the reference document.

    Raises
    ------
    CalledProcessError
        If Pandoc doesn't give its own.
    """
    pandoc = Path(pypandoc.__file__).parent / "files" / "pandoc"
    done = subprocess.run([str(pandoc), "--print-default-data-file", "reference.docx"], capture_output=True, check=True)
    with zipfile.ZipFile(io.BytesIO(done.stdout)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts.pop("docProps/app.xml")
    text = {name: parts[name].decode() for name in parts if name.endswith((".xml", ".rels"))}
    text["word/styles.xml"] = _styles()
    text["word/theme/theme1.xml"] = _theme(text["word/theme/theme1.xml"])
    text["word/header1.xml"], text["word/footer1.xml"] = _header(), _footer()
    text["word/document.xml"] = _page(text["word/document.xml"])
    text["word/settings.xml"] = text["word/settings.xml"].replace("en-US", LANGUAGE).replace(
        '<w:decimalSymbol w:val="." />', '<w:decimalSymbol w:val="," />'
    ).replace('<w:listSeparator w:val="," />', '<w:listSeparator w:val=";" />')  # fmt: skip
    # Long Swedish words in narrow columns are divided where Swedish divides them.
    text["word/settings.xml"] = text["word/settings.xml"].replace(
        "<w:defaultTabStop", "<w:autoHyphenation/><w:defaultTabStop", 1
    )
    relations = "".join(
        f'<Relationship Id="rIdLagesbild{kind}" Type="{_RELATIONS}/{kind}" Target="{kind}1.xml"/>'
        for kind in ("header", "footer")
    )
    name = "word/_rels/document.xml.rels"
    text[name] = text[name].replace("</Relationships>", f"{relations}</Relationships>")
    types = "".join(
        f'<Override PartName="/word/{kind}1.xml" ContentType="{_WORD}.{kind}+xml"/>' for kind in ("header", "footer")
    )
    listed = re.sub(r"<Override [^>]*app\.xml[^>]*/>", "", text["[Content_Types].xml"])
    text["[Content_Types].xml"] = listed.replace("</Types>", f"{types}</Types>")
    text["_rels/.rels"] = re.sub(r"<Relationship [^>]*app\.xml[^>]*/>", "", text["_rels/.rels"])
    text["docProps/core.xml"] = re.sub(
        r"(<dcterms:(?:created|modified)[^>]*>)[^<]*<", r"\g<1>1980-01-01T00:00:00Z<", text["docProps/core.xml"]
    )
    return packed({**parts, **{name: content.encode() for name, content in text.items()}})


def _styles() -> str:
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}" '
        f'w:eastAsia="{FONT}"/><w:color w:val="{palette.INK[1:].upper()}"/><w:sz w:val="20"/><w:szCs w:val="20"/>'
        f'<w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault>'
        '<w:pPr><w:spacing w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )
    return f"{_HEAD}<w:styles {_W}>{defaults}{''.join(style.xml() for style in _STYLES)}{_TABLE}</w:styles>"


def _theme(xml: str) -> str:
    xml = re.sub(r'<a:latin typeface="[^"]*"', f'<a:latin typeface="{FONT}"', xml)
    return xml.replace('name="Office Theme"', 'name="Lägesbild"')


def _run(words: str, *, bold: bool = False) -> str:
    return f'<w:r>{"<w:rPr><w:b/></w:rPr>" if bold else ""}<w:t xml:space="preserve">{words}</w:t></w:r>'


def _header() -> str:
    runs = f"{_run(TITLE_PLACE)}<w:r><w:tab/></w:r>{_run(MARK_PLACE, bold=True)}"
    return f'{_HEAD}<w:hdr {_W}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{runs}</w:p></w:hdr>'


def _footer() -> str:
    field = "".join(
        f"<w:r>{part}</w:r>"
        for part in (
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    runs = f"{_run(NOTE_PLACE)}<w:r><w:tab/></w:r>{field}"
    return f'{_HEAD}<w:ftr {_W}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{runs}</w:p></w:ftr>'


def _page(xml: str) -> str:
    """Return the document's part with an A4 page that has the head and the foot."""
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rIdLagesbildheader"/>'
        '<w:footerReference w:type="default" r:id="rIdLagesbildfooter"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1304" w:right="1134" w:bottom="1134" w:left="1134" '
        'w:header="567" w:footer="510" w:gutter="0"/></w:sectPr>'
    )
    if "xmlns:r=" not in xml[: xml.index("<w:body")]:
        xml = xml.replace("<w:document ", f'<w:document xmlns:r="{_RELATIONS}" ', 1)
    return re.sub(r"<w:sectPr>.*?</w:sectPr>", section, xml, flags=re.DOTALL)


if __name__ == "__main__":
    write_atomic(Path(sys.argv[1]), reference_document())

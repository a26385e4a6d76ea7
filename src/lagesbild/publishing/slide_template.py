"""The reference document of the slides: Pandoc's own with our layouts, colours and font.

Pandoc and Quarto take a presentation's look from such a file. It is committed as ``reports/presentation/mall.pptx``,
because Quarto reads it where nothing of ours runs. ``make mall`` makes it anew, the same bytes each time::

    python -m lagesbild.publishing.slide_template reports/presentation/mall.pptx
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from lagesbild.files import write_atomic
from lagesbild.presentation import palette
from lagesbild.presentation.slides import page
from lagesbild.presentation.slides.page import Box, emu
from lagesbild.presentation.slides.shapes import PAGE_FIELD
from lagesbild.publishing.embedded.pandoc_process import pandoc_path
from lagesbild.publishing.pptx_file import packed

_NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TREE = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>'
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/>'
    '<a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)


@dataclass(frozen=True, kw_only=True)
class Placeholder:
    """A place for text or content in a layout."""

    name: str
    kind: str
    index: int | None
    box: Box
    prompt: str = "Text"
    size: float | None = None
    colour: str | None = None
    bold: bool = False
    anchor: str = "t"
    align: str = "l"
    bullets: bool = False


_FOOT = (
    Placeholder(name="Sidfot", kind="ftr", index=11, box=page.FOOTER, prompt="", size=page.SMALL_SIZE, anchor="ctr"),
    Placeholder(
        name="Bildnummer", kind="sldNum", index=12, box=page.NUMBER, prompt="‹#›", size=page.SMALL_SIZE, anchor="ctr",
        align="r",
    ),
)  # fmt: skip
_TITLE = Placeholder(name="Rubrik", kind="title", index=None, box=page.TITLE, prompt="Rubrik", anchor="ctr")


def _content(box: Box, index: int, kind: str = "") -> Placeholder:
    size = page.BODY_SIZE if box is page.BODY else page.BESIDE_SIZE
    return Placeholder(name=f"Innehåll {index}", kind=kind, index=index, box=box, size=size, bullets=True)


_HALF = page.BODY.height / 2
#: The layouts that Pandoc asks for, by the names it asks with.
_LAYOUTS: dict[str, tuple[str, tuple[Placeholder, ...]]] = {
    "Title Slide": (
        "title",
        (
            Placeholder(
                name="Rubrik", kind="ctrTitle", index=None, box=page.OPENING_TITLE, prompt="Rubrik", size=40,
                colour=palette.WHITE, bold=True, anchor="b",
            ),
            Placeholder(
                name="Underrubrik", kind="subTitle", index=1, box=page.OPENING_SUBTITLE, prompt="Underrubrik",
                size=22, colour=palette.WHITE,
            ),
        ),
    ),
    "Title and Content": ("obj", (_TITLE, _content(page.BODY, 1), *_FOOT)),
    "Section Header": ("secHead", (_TITLE, _content(page.BODY, 1, "body"), *_FOOT)),
    "Two Content": ("twoObj", (_TITLE, _content(page.LEFT, 1), _content(page.RIGHT, 2), *_FOOT)),
    "Comparison": (
        "twoTxTwoObj",
        (
            _TITLE,
            _content(Box(page.LEFT.x, page.LEFT.y, page.LEFT.width, 40), 1, "body"),
            _content(Box(page.LEFT.x, page.LEFT.y + 44, page.LEFT.width, page.LEFT.height - 44), 2),
            _content(Box(page.RIGHT.x, page.RIGHT.y, page.RIGHT.width, 40), 3, "body"),
            _content(Box(page.RIGHT.x, page.RIGHT.y + 44, page.RIGHT.width, page.RIGHT.height - 44), 4),
            *_FOOT,
        ),
    ),
    "Content with Caption": ("objTx", (_TITLE, _content(page.RIGHT, 1), _content(page.LEFT, 2, "body"), *_FOOT)),
    "Blank": ("blank", _FOOT),
}  # fmt: skip


def reference_document() -> bytes:
    """Return the reference document.

    Raises
    ------
    CalledProcessError
        If Pandoc doesn't give its own.
    """
    command = [str(pandoc_path()), "--print-default-data-file", "reference.pptx"]
    done = subprocess.run(command, capture_output=True, check=True)
    with zipfile.ZipFile(io.BytesIO(done.stdout)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    dropped = ("ppt/slides/", "ppt/notesSlides/", "ppt/slideLayouts/", "docProps/app.xml")
    parts = {name: content for name, content in parts.items() if not name.startswith(dropped)}
    for name in ("ppt/theme/theme1.xml", "ppt/theme/theme2.xml"):
        parts[name] = _theme(parts[name].decode()).encode()
    parts["ppt/slideMasters/slideMaster1.xml"] = _master(len(_LAYOUTS)).encode()
    parts["ppt/slideMasters/_rels/slideMaster1.xml.rels"] = _master_relations(len(_LAYOUTS)).encode()
    for number, (name, (kind, places)) in enumerate(_LAYOUTS.items(), 1):
        parts[f"ppt/slideLayouts/slideLayout{number}.xml"] = _layout(name, kind, places).encode()
        relation = _relation("rId1", "slideMaster", "../slideMasters/slideMaster1.xml")
        parts[f"ppt/slideLayouts/_rels/slideLayout{number}.xml.rels"] = _relations(relation).encode()
    parts["ppt/presentation.xml"] = _presentation(parts["ppt/presentation.xml"].decode()).encode()
    parts["ppt/_rels/presentation.xml.rels"] = _without_slides(
        parts["ppt/_rels/presentation.xml.rels"].decode()
    ).encode()
    parts["[Content_Types].xml"] = _types(parts["[Content_Types].xml"].decode()).encode()
    parts["_rels/.rels"] = re.sub(r"<Relationship [^>]*app\.xml[^>]*/>", "", parts["_rels/.rels"].decode()).encode()
    parts["docProps/core.xml"] = _core().encode()
    return packed(parts)


def _theme(xml: str) -> str:
    """Return a theme with our colours and font."""
    scheme = {
        "dk1": palette.INK, "lt1": palette.WHITE, "dk2": palette.ACCENT, "lt2": palette.GREY_GRID,
        "accent1": palette.ACCENT, "accent2": palette.tone("gron").fill, "accent3": palette.tone("gul").fill,
        "accent4": palette.tone("rod").fill, "accent5": palette.GREY_LINE, "accent6": palette.GREY_BAR,
        "hlink": palette.ACCENT, "folHlink": palette.GREY_TEXT,
    }  # fmt: skip
    colours = "".join(f'<a:{key}><a:srgbClr val="{value[1:].upper()}"/></a:{key}>' for key, value in scheme.items())
    xml = re.sub(
        r"<a:clrScheme .*?</a:clrScheme>", f'<a:clrScheme name="Lägesbild">{colours}</a:clrScheme>', xml, flags=re.S
    )
    fonts = "".join(
        f'<a:{kind}><a:latin typeface="{page.FONT}"/><a:ea typeface=""/><a:cs typeface=""/></a:{kind}>'
        for kind in ("majorFont", "minorFont")
    )
    xml = re.sub(
        r"<a:fontScheme .*?</a:fontScheme>", f'<a:fontScheme name="Lägesbild">{fonts}</a:fontScheme>', xml, flags=re.S
    )
    return xml.replace('name="Office Theme"', 'name="Lägesbild"')


def _shape(number: int, place: Placeholder) -> str:
    kind = f' type="{place.kind}"' if place.kind else ""
    index = f' idx="{place.index}"' if place.index is not None else ""
    style = ""
    if place.size:
        bold = ' b="1"' if place.bold else ' b="0"'
        ink = f'<a:solidFill><a:srgbClr val="{place.colour[1:].upper()}"/></a:solidFill>' if place.colour else ""
        indent = "" if place.bullets else ' marL="0" indent="0"'
        style = (
            f'<a:lvl1pPr{indent} algn="{place.align}">{"" if place.bullets else "<a:buNone/>"}'
            f'<a:defRPr lang="sv-SE" sz="{round(place.size * 100)}"{bold}>{ink}<a:latin typeface="+mn-lt"/></a:defRPr>'
            "</a:lvl1pPr>"
        )
    swedish = '<a:rPr lang="sv-SE"/>'
    if place.kind == "sldNum":
        run = f'<a:fld id="{PAGE_FIELD}" type="slidenum">{swedish}<a:t>‹#›</a:t></a:fld>'
    else:
        run = f"<a:r>{swedish}<a:t>{place.prompt}</a:t></a:r>" if place.prompt else '<a:endParaRPr lang="sv-SE"/>'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{place.name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph{kind}{index}/></p:nvPr></p:nvSpPr><p:spPr>{_frame(place.box)}</p:spPr><p:txBody>"
        f'<a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{place.anchor}"><a:noAutofit/></a:bodyPr>'
        f"<a:lstStyle>{style}</a:lstStyle><a:p>{run}</a:p></p:txBody></p:sp>"
    )


def _frame(box: Box) -> str:
    return (
        f'<a:xfrm><a:off x="{emu(box.x)}" y="{emu(box.y)}"/><a:ext cx="{emu(box.width)}" cy="{emu(box.height)}"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    )


def _rectangle(number: int, box: Box, colour: str) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Färgfält {number}"/><p:cNvSpPr/><p:nvPr userDrawn="1"/>'
        f'</p:nvSpPr><p:spPr>{_frame(box)}<a:solidFill><a:srgbClr val="{colour[1:].upper()}"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )


def _layout(name: str, kind: str, places: tuple[Placeholder, ...]) -> str:
    opening = kind == "title"
    shapes = "".join(_shape(number, place) for number, place in enumerate(places, 2))
    background = ""
    if opening:
        fill = palette.ACCENT[1:].upper()
        background = f'<p:bg><p:bgPr><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
        shapes = _rectangle(20, Box(72, 132, 96, 6), palette.tone("gul").fill) + shapes
    hidden = ' showMasterSp="0"' if opening else ""
    return (
        f'{_HEAD}<p:sldLayout {_NAMESPACES}{hidden} type="{kind}" preserve="1"><p:cSld name="{name}">{background}'
        f"<p:spTree>{_TREE}{shapes}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def _master(layouts: int) -> str:
    body = Placeholder(name="Text", kind="body", index=1, box=page.BODY)
    foot = [Placeholder(**{**vars(place), "index": number}) for number, place in zip((3, 4), _FOOT, strict=True)]
    shapes = _rectangle(20, Box(0, 0, 960, 8), palette.ACCENT)
    shapes += "".join(_shape(number, place) for number, place in enumerate((_TITLE, body, *foot), 2))
    ids = "".join(f'<p:sldLayoutId id="{2147483649 + n}" r:id="rId{n + 1}"/>' for n in range(layouts))
    colours = (
        '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
        'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
    )
    return (
        f'{_HEAD}<p:sldMaster {_NAMESPACES}><p:cSld><p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg>'
        f"<p:spTree>{_TREE}{shapes}</p:spTree></p:cSld>{colours}<p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst>"
        f"<p:txStyles>{_text_styles()}</p:txStyles></p:sldMaster>"
    )


def _text_styles() -> str:
    def ink(colour: str) -> str:
        return f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill><a:latin typeface="+mn-lt"/>'

    title = (
        '<p:titleStyle><a:lvl1pPr algn="l"><a:lnSpc><a:spcPct val="100000"/></a:lnSpc><a:buNone/>'
        f'<a:defRPr lang="sv-SE" sz="{round(page.TITLE_SIZE * 100)}" b="1" kern="1200">{ink("tx2")}</a:defRPr>'
        "</a:lvl1pPr></p:titleStyle>"
    )
    levels, gap = "", round(page.PARAGRAPH_GAP * 100)
    for level in range(1, 10):
        left = round(emu(page.BULLET_INDENT) * level)
        size = page.BODY_SIZE if level == 1 else page.TABLE_SIZE
        levels += (
            f'<a:lvl{level}pPr marL="{left}" indent="-{emu(page.BULLET_INDENT)}" algn="l"><a:lnSpc>'
            f'<a:spcPct val="100000"/></a:lnSpc><a:spcBef><a:spcPts val="{gap}"/></a:spcBef>'
            '<a:buFont typeface="Arial"/><a:buChar char="•"/>'
            f'<a:defRPr lang="sv-SE" sz="{round(size * 100)}" kern="1200">{ink("tx1")}</a:defRPr></a:lvl{level}pPr>'
        )
    other = f'<a:lvl1pPr algn="l"><a:defRPr lang="sv-SE" sz="1800" kern="1200">{ink("tx1")}</a:defRPr></a:lvl1pPr>'
    return f"{title}<p:bodyStyle>{levels}</p:bodyStyle><p:otherStyle>{other}</p:otherStyle>"


def _relation(identifier: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{identifier}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'


def _relations(content: str) -> str:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{_HEAD}<Relationships xmlns="{space}">{content}</Relationships>'


def _master_relations(layouts: int) -> str:
    entries = [
        _relation(f"rId{n}", "slideLayout", f"../slideLayouts/slideLayout{n}.xml") for n in range(1, layouts + 1)
    ]
    return _relations("".join(entries) + _relation(f"rId{layouts + 1}", "theme", "../theme/theme1.xml"))


def _presentation(xml: str) -> str:
    xml = re.sub(r"<p:sldIdLst>.*?</p:sldIdLst>", "", xml, flags=re.S)
    size = f'<p:sldSz cx="{emu(page.SLIDE.width)}" cy="{emu(page.SLIDE.height)}"/>'
    return re.sub(r"<p:sldSz [^>]*/>", size, xml).replace('lang="en-US"', 'lang="sv-SE"')


def _without_slides(xml: str) -> str:
    return re.sub(r'<Relationship [^>]*Target="slides/[^>]*/>', "", xml)


def _types(xml: str) -> str:
    xml = re.sub(r'<Override PartName="/(ppt/(slides|notesSlides|slideLayouts)/|docProps/app)[^>]*/>', "", xml)
    kind = "application/vnd.openxmlformats-officedocument.presentationml.slideLayout+xml"
    layouts = "".join(
        f'<Override PartName="/ppt/slideLayouts/slideLayout{n}.xml" ContentType="{kind}"/>'
        for n in range(1, len(_LAYOUTS) + 1)
    )
    return xml.replace("</Types>", f"{layouts}</Types>")


def _core() -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Lägesbild: mall för bilder</dc:title>'
        "<dc:language>sv-SE</dc:language></cp:coreProperties>"
    )


if __name__ == "__main__":
    write_atomic(Path(sys.argv[1]), reference_document())

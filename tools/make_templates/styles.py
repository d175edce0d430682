"""The styles of an official document, as a clerk finds and restyles them in Word.

Each paragraph style names its font in all four slots (``w:eastAsia`` above all), so that a figure
filled into it is set like the characters around it. The styles themselves stand in ``styles.toml``.

The page has a grid of 22 × 28 (page.py), but no style leans on it: each says its own line height,
and body text its own pitch. LibreOffice gives a character that is wider than its cell, as 3号 is,
two cells, and Word makes a line as high as the font at hand asks for; said in the style, 22 lines
of 28 characters come out in every program and with every font.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from tools.make_templates.markup import Element, w
from tools.make_templates.page import BODY_POINTS, LINE_PITCH

FANGSONG = "仿宋_GB2312"
TIGHTER = 6
"""Twips taken from each character of 3号, so that 28 of them fit into 156 mm: 28 × 15.7 pt.

5 would do in Word; LibreOffice takes it for 4, and then only 27 fit.
"""
CHARACTER = BODY_POINTS * 20 - TIGHTER
"""The width of a body character, in twips."""

_TABLE_FILE = Path(__file__).with_name("styles.toml")


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style.

    Attributes:
        name: as Word lists it; its built-in names are English in the file and local on the screen.
        font: for Chinese, and for Latin too if ``latin`` names no other.
        first: indent of the first line, in body characters.
        left: indent of all lines, in body characters.
        right: the same on the right.
        hanging: how many characters the first line starts before the others.
        before: space above, in lines.
        after: space below, in lines.
        line: height of a line in points, whatever the font.
        outline: 1 for a heading of the first level; 0 for none.
    """

    id: str
    name: str
    font: str = FANGSONG
    latin: str = ""
    points: float = BODY_POINTS
    align: str = ""
    first: float = 0
    left: float = 0
    right: float = 0
    hanging: float = 0
    before: int = 0
    after: int = 0
    line: float = LINE_PITCH / 20
    outline: int = 0
    keep_next: bool = False
    new_page: bool = False
    color: str = ""
    next: str = ""


STYLES = tuple(Style(**row) for row in tomllib.loads(_TABLE_FILE.read_text("utf-8"))["style"])
"""The paragraph styles, from ``styles.toml``."""

LEAD = "GwLead"
"""The character style 要点, for the words that open a numbered item."""
TABLE = "GwTable"
"""The table style 统计表, in 小四, for the table of an annex."""
GRID = "GwGrid"
"""The table style 统计表（小）, for tables of many columns amid the text."""

_BUILT_IN = {"Title", "heading 1", "heading 2", "heading 3", "footer"}


def style_sheet() -> Element:
    """Write the part ``styles.xml``."""
    return w(
        "styles",
        _defaults(),
        w(
            "latentStyles",
            defLockedState=0,
            defUIPriority=99,
            defSemiHidden=1,
            defUnhideWhenUsed=1,
            defQFormat=0,
            count=376,
        ),
        _normal(),
        _named("character", "DefaultParagraphFont", "Default Paragraph Font", "1"),
        _table_normal(),
        _named("numbering", "NoList", "No List", "1"),
        *map(_paragraph_style, STYLES),
        _lead(),
        _table_style(TABLE, "统计表", points=12, above=40, beside=108),
        _table_style(GRID, "统计表（小）", points=10, above=20, beside=30),
    )


def fonts_of(font: str, latin: str = "") -> Element:
    """Name the font of every script."""
    latin = latin or font
    return w("rFonts", ascii=latin, hAnsi=latin, eastAsia=font, cs=latin)


def _defaults() -> Element:
    language = w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    run = w("rPr", *_size(FANGSONG, BODY_POINTS), language)
    return w("docDefaults", w("rPrDefault", run), w("pPrDefault"))


def _normal() -> Element:
    """Write the style that the grid counts its characters by: 16 pt, no gap before Latin.

    A single line may stand at the top of a page, or a page would have 21 lines.
    """
    return w(
        "style",
        w("name", val="Normal"),
        w("qFormat"),
        w(
            "pPr",
            w("widowControl", val=0),
            # Word's own default, said because LibreOffice 7 reads it the wrong way round and then
            # hangs no marks out of the lines; of those that it hangs it forgets to print some.
            w("overflowPunct", val=1),
            w("autoSpaceDE", val=0),
            w("autoSpaceDN", val=0),
            w("jc", val="both"),
        ),
        w("rPr", *_size(FANGSONG, BODY_POINTS)),
        type="paragraph",
        default=1,
        styleId="Normal",
    )


def _paragraph_style(style: Style) -> Element:
    custom = {} if style.name in _BUILT_IN else {"customStyle": 1}
    return w(
        "style",
        w("name", val=style.name),
        w("basedOn", val="Normal"),
        w("next", val=style.next) if style.next else None,
        w("uiPriority", val=1),
        w("qFormat"),
        w("pPr", *_paragraph_properties(style)),
        w("rPr", *_run_properties(style)),
        type="paragraph",
        **custom,
        styleId=style.id,
    )


def _paragraph_properties(style: Style) -> list[Element | None]:
    """Write what a style says of its paragraphs, in the order of the schema."""
    return [
        w("keepNext") if style.keep_next else None,
        w("pageBreakBefore") if style.new_page else None,
        w("snapToGrid", val=0),
        _spacing(style),
        _indents(style),
        w("jc", val=style.align) if style.align else None,
        w("outlineLvl", val=style.outline - 1) if style.outline else None,
    ]


def _spacing(style: Style) -> Element:
    said: dict[str, str | int] = {}
    for side, lines in (("before", style.before), ("after", style.after)):
        if lines:
            said |= {f"{side}Lines": lines * 100, side: lines * LINE_PITCH}
    return w("spacing", **said, line=round(style.line * 20), lineRule="exact")


def _indents(style: Style) -> Element | None:
    """Write the indents of body text in characters too: Word goes by them when the size changes."""
    said: dict[str, str | int] = {}
    for side in ("left", "right", "hanging", "first"):
        characters: float = getattr(style, side)
        name = "firstLine" if side == "first" else side
        if characters:
            said |= {f"{name}Chars": round(characters * 100)} if style.points == BODY_POINTS else {}
            said[name] = round(characters * CHARACTER)
    return w("ind", **said) if said else None


def _run_properties(style: Style) -> list[Element | None]:
    _, *size = _size(style.font, style.points)
    return [
        fonts_of(style.font, style.latin),
        w("color", val=style.color) if style.color else None,
        w("spacing", val=-TIGHTER) if style.points == BODY_POINTS else None,
        *size,
    ]


def _size(font: str, points: float) -> list[Element]:
    half = round(points * 2)
    return [fonts_of(font), w("sz", val=half), w("szCs", val=half)]


def _named(kind: str, style_id: str, name: str, default: str) -> Element:
    return w(
        "style",
        w("name", val=name),
        w("uiPriority", val=1 if kind == "character" else 99),
        w("semiHidden"),
        w("unhideWhenUsed"),
        type=kind,
        default=default,
        styleId=style_id,
    )


def _table_normal() -> Element:
    style = _named("table", "TableNormal", "Normal Table", "1")
    style.append(w("tblPr", w("tblInd", w=0, type="dxa"), _cell_margins()))
    return style


def _lead() -> Element:
    return w(
        "style",
        w("name", val="要点"),
        w("basedOn", val="DefaultParagraphFont"),
        w("uiPriority", val=1),
        w("qFormat"),
        w("rPr", fonts_of(FANGSONG), w("b"), w("bCs")),
        type="character",
        customStyle=1,
        styleId=LEAD,
    )


def _table_style(style_id: str, name: str, points: float, above: int, beside: int) -> Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = (w(side, val="single", sz=4, space=0, color="auto") for side in sides)
    return w(
        "style",
        w("name", val=name),
        w("basedOn", val="TableNormal"),
        w("uiPriority", val=1),
        w("qFormat"),
        w("rPr", *_size(FANGSONG, points)),
        w("tblPr", w("tblBorders", *borders), _cell_margins(above, beside)),
        type="table",
        customStyle=1,
        styleId=style_id,
    )


def _cell_margins(above: int = 0, beside: int = 108) -> Element:
    margins = (("top", above), ("left", beside), ("bottom", above), ("right", beside))
    return w("tblCellMar", *(w(side, w=width, type="dxa") for side, width in margins))

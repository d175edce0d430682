"""The page of GB/T 9704-2012: paper, text area, grid, page number. Lengths are twips (1/20 pt).

=====================  =====================================================================
5.1    paper           A4, 210 × 297 mm
5.2.1  text area       156 × 225 mm, 37 mm from the top and 28 mm from the binding
5.2.3  grid            22 lines of 28 characters that fill the text area
7.5    page number     — 1 —, 4号 half-width 宋体, its dashes 7 mm below the text area;
                       odd pages: right, one character in; even pages: left, one character in
=====================  =====================================================================
"""

from tools.make_templates.markup import Element, R, text, w

PAGE = (11906, 16838)
TOP, BOTTOM, LEFT, RIGHT = 2098, 1984, 1588, 1474
TEXT_WIDTH = PAGE[0] - LEFT - RIGHT
TEXT_HEIGHT = PAGE[1] - TOP - BOTTOM

LINES, CHARACTERS = 22, 28
BODY_POINTS = 16  # 3号
LINE_PITCH = TEXT_HEIGHT // LINES
"""579, that is 28.95 pt. Rounded up to 580, 22 lines would be 4 twips too high for the page."""
CHARACTER_SPACE = -849
"""What the grid adds to a body character, in 1/4096 pt.

28 characters of 16 pt are wider than 156 mm: each is given 15.79 pt. Rounded to -848 instead, 28 of
them would be too wide for the line by less than a hundredth of a point, and 27 would stand there.
"""

FOOTER_BOTTOM = 1441
"""From the paper's lower edge to the footer's; puts the dashes 28 mm above the edge."""


def section_properties() -> Element:
    """Write the page of a section whose footers are ``rId2`` (odd pages) and ``rId3`` (even)."""
    return w(
        "sectPr",
        _footer_reference("default", "rId2"),
        _footer_reference("even", "rId3"),
        w("pgSz", w=PAGE[0], h=PAGE[1]),
        w(
            "pgMar",
            top=TOP,
            right=RIGHT,
            bottom=BOTTOM,
            left=LEFT,
            header=851,
            footer=FOOTER_BOTTOM,
            gutter=0,
        ),
        w("cols", space=425),
        w("docGrid", type="linesAndChars", linePitch=LINE_PITCH, charSpace=CHARACTER_SPACE),
    )


def footer(style: str) -> Element:
    """Write a footer that holds the page number between two dashes."""
    return w("ftr", w("p", w("pPr", w("pStyle", val=style)), *_page_number()))


def settings() -> Element:
    """Write the document's settings: odd and even footers, Word's own layout of today."""
    return w(
        "settings",
        w("zoom", percent=100),
        w("bordersDoNotSurroundHeader"),
        w("bordersDoNotSurroundFooter"),
        w("defaultTabStop", val=420),
        w("evenAndOddHeaders"),
        w("drawingGridVerticalSpacing", val=LINE_PITCH),
        w("displayHorizontalDrawingGridEvery", val=0),
        w("displayVerticalDrawingGridEvery", val=1),
        w("characterSpacingControl", val="compressPunctuation"),
        w(
            "compat",
            *(
                w("compatSetting", name=name, uri="http://schemas.microsoft.com/office/word", val=v)
                for name, v in _COMPATIBILITY
            ),
        ),
        w("themeFontLang", val="en-US", eastAsia="zh-CN"),
        w("decimalSymbol", val="."),
        w("listSeparator", val=","),
    )


_COMPATIBILITY = (
    ("compatibilityMode", 15),
    ("overrideTableStyleFontSizeAndJustification", 1),
    ("enableOpenTypeFeatures", 1),
    ("doNotFlipMirrorIndents", 1),
    ("differentiateMultirowTableHeaders", 1),
)


def _footer_reference(kind: str, relationship: str) -> Element:
    reference = w("footerReference", type=kind)
    reference.set(f"{{{R}}}id", relationship)
    return reference


def _page_number() -> list[Element]:
    instruction = w("instrText")
    instruction.text = "PAGE"
    return [
        w("r", text("— ")),
        w("r", w("fldChar", fldCharType="begin")),
        w("r", instruction),
        w("r", w("fldChar", fldCharType="separate")),
        w("r", text("1")),
        w("r", w("fldChar", fldCharType="end")),
        w("r", text(" —")),
    ]

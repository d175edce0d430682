"""Take the listed differences out of two documents before they are compared.

Each function stands for one line of docs/reference/docxtpl.md; what is left must be the same.
"""

import re
from collections.abc import Iterable

from lxml import etree

from tests.support.packages import diff_packages, read_parts, write_package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_FILLED = re.compile(r"word/(document|header|footer|footnotes)\d*\.xml")
_RUN = (
    *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "strike", "color", "sz", "szCs", "u", "shd"),
    *("vertAlign", "rtl", "lang"),
)
_CELL = ("tcW", "gridSpan", "vMerge", "shd", "vAlign")


def undeclared_differences(ours: bytes, theirs: bytes, *, widths: bool = True) -> str:
    """Write how two documents differ, but for order and completeness of properties, and ids.

    Args:
        ours: a document.
        theirs: the same of docxtpl.
        widths: whether widths of cells count.
    """
    mine, other = read_parts(ours), read_parts(theirs)
    names = [name for name in {**other, **mine} if mine.get(name) != other.get(name)]
    actual, expected = (
        write_package({name: _levelled(name, one[name], widths) for name in names if name in one})
        for one in (mine, other)
    )
    return diff_packages(actual, expected)


def _levelled(name: str, data: bytes, widths: bool) -> bytes:
    if not _FILLED.fullmatch(name):
        return data
    root = etree.fromstring(data)
    _sort(root.iter(f"{_W}rPr"), _RUN)
    _sort(root.iter(f"{_W}tcPr"), _CELL)
    _complete(root)
    for number, drawing in enumerate(root.iter(_DRAWING)):
        drawing.set("id", str(number))
    if not widths:
        etree.strip_elements(root, f"{_W}tcW", with_tail=False)
    return etree.tostring(root)


def _sort(holders: Iterable[etree._Element], order: tuple[str, ...]) -> None:
    """Put properties into schema order."""
    names = [f"{_W}{name}" for name in order]
    for holder in holders:
        holder[:] = sorted(holder, key=lambda one: names.index(one.tag) if one.tag in names else 99)


def _complete(root: etree._Element) -> None:
    """Say of a shading that it is one; set a font for all scripts."""
    for shading in root.iter(f"{_W}shd"):
        for name, value in (("val", "clear"), ("color", "auto")):
            shading.set(f"{_W}{name}", shading.get(f"{_W}{name}", value))
    for fonts in root.iter(f"{_W}rFonts"):
        latin = fonts.get(f"{_W}ascii")
        if latin is not None and fonts.get(f"{_W}eastAsia") is None:
            fonts.set(f"{_W}eastAsia", latin)

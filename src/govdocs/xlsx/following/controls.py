"""Objects that a sheet's own part anchors: form controls, ActiveX controls, embedded objects.

Their anchors stand in the sheet, some of them inside of ``mc:AlternateContent``; what they look
like stands in other parts. This module never repeats an object: each has a part of its own.
"""

from typing import TYPE_CHECKING

from govdocs.xlsx.following.moving import MovedSheet
from govdocs.xlsx.xml.editing import Edits
from govdocs.xlsx.xml.markup import Element

if TYPE_CHECKING:
    from govdocs.xlsx.grid.rewriting import Reads

_TRUE = frozenset({"1", "true", "on"})


def write_controls(element: Element, sheet: MovedSheet) -> str:
    """Write ``controls`` or ``oleObjects``, or what chooses between two forms of them."""
    edits = Edits()
    for one in element.iter("anchor", "controlPr", "objectPr"):
        if one.name == "anchor":
            _move_anchor(one, edits, sheet)
        else:
            _move_cells(one, edits, sheet)
    return edits.write(element)


def _move_anchor(anchor: Element, edits: Edits, sheet: MovedSheet) -> None:
    """Move the corners of an object that moves with its cells; its size follows if it may."""
    start, end = anchor.find("from"), anchor.find("to")
    if anchor.get("moveWithCells").lower() not in _TRUE or start is None or end is None:
        return
    first, last = _corner(start), _corner(end)
    top, left = sheet.boundary(*first)
    if anchor.get("sizeWithCells").lower() in _TRUE:
        bottom, right = sheet.boundary(*last)
    else:
        bottom, right = top + last[0] - first[0], left + last[1] - first[1]
    _set(edits, start, top, left)
    _set(edits, end, bottom, right)


def _move_cells(properties: Element, edits: Edits, sheet: MovedSheet) -> None:
    for name in ("linkedCell", "listFillRange"):
        text = properties.get(name)
        if text:
            reads: Reads = "area" if name == "listFillRange" else "value"
            edits.set(properties, name, sheet.formula(text, sheet.place(text), reads=reads))


def _corner(element: Element) -> tuple[int, int]:
    return _number(element, "row") + 1, _number(element, "col") + 1


def _number(corner: Element, name: str) -> int:
    found = corner.find(name)
    return 0 if found is None else int(found.text)


def _set(edits: Edits, corner: Element, row: int, column: int) -> None:
    for name, value in (("row", row), ("col", column)):
        element = corner.find(name)
        if element is not None:
            edits.set_text(element, str(value - 1))

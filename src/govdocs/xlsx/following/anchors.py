"""Anchors of drawings: pictures, shapes and charts stay over the cells that they were put on.

An object over the body of a loop has a copy in each pass, as a merged cell has. Rows and columns of
anchors count from 0. This module never looks at what is drawn, but for its ids; what has a part of
its own is noted, for others to copy.
"""

import re
from collections.abc import Iterator
from html import unescape

from govdocs.errors import Problem
from govdocs.opc.names import rels_name
from govdocs.xlsx.following.moving import ANCHORS, LINKS, Drawn, MovedSheet
from govdocs.xlsx.following.sizes import Lines
from govdocs.xlsx.grid.address import Area, cell_name, maybe_area
from govdocs.xlsx.reading.measures import Measures
from govdocs.xlsx.xml.editing import Edits
from govdocs.xlsx.xml.guids import own_guid
from govdocs.xlsx.xml.markup import Element

_CREATION = re.compile(r"(creationId\b[^>]*?\sid=\")(\{[0-9A-Fa-f-]{36}\})")
_LINKED = ("sp", "cameraTool")
_CHARTS = ("chart",)
_AXES: tuple[Lines, Lines] = ("row", "col")
_ID = re.compile(r"(<(?:[^\s/>:]+:)?cNvPr\b[^>]*?\sid=\")(\d+)")
_NAME = re.compile(r"(<(?:[^\s/>:]+:)?cNvPr\b[^>]*?\sid=\"(\d+)\"[^>]*?\sname=\"[^\"]*?)(\d+)\"")


def move_drawing(root: Element, sheet: MovedSheet) -> Edits:
    """Let all objects of a drawing follow the cells they stand over."""
    edits = Edits()
    ids = [int(one.get("id", "0")) for one in root.iter("cNvPr") if one.get("id").isdigit()]
    next_id = max(ids, default=0) + 1
    for position, anchor in enumerate(root.iter(*ANCHORS)):
        if anchor.get("editAs") == "absolute":
            _keep_place(anchor, edits, sheet)
            continue
        copies = list(move_anchor(anchor, sheet, position))
        for number, copy in enumerate(copies):
            if number:
                found = len(_ID.findall(copy))
                copies[number] = _with_new_ids(copy, next_id)
                next_id += found
        if not copies:
            _note_drawn(anchor, _area_of(anchor, sheet), None, -1, sheet)
        edits.replace(anchor, "".join(copies))
    for shape in root.iter(*_LINKED):
        if not _is_anchored(shape):
            _move_links(shape, edits, sheet)
    return edits


def _note_drawn(
    anchor: Element, area: Area | None, copy: Area | None, number: int, sheet: MovedSheet
) -> dict[str, str]:
    """Note the objects of an anchor that have parts of their own; give their marks by their ids."""
    marks: dict[str, str] = {}
    if area is None:
        return marks
    for one in anchor.iter(*_CHARTS):
        rel_id = one.get("id")
        mark = f"copy-{len(sheet.book.drawn)}-of-{rel_id}" if number > 0 else ""
        drawn = Drawn(sheet.name, sheet.part, rel_id, number, area, copy or area, mark)
        sheet.book.drawn.append(drawn)
        marks[rel_id] = mark
    return marks


def _move_links(
    shape: Element, edits: Edits, sheet: MovedSheet, cell: str = "A1", copy: Area | None = None
) -> None:
    """Let the cell follow whose text a shape shows, or the area that a picture is taken of."""
    link, shown = shape.get("textlink"), shape.get("cellRange")
    if link:
        edits.set(shape, "textlink", sheet.formula(link, sheet.place(cell), origin=copy))
    if shown:
        moved = sheet.formula(shown, sheet.place(cell), reads="area", origin=copy)
        edits.set(shape, "cellRange", moved)


def _is_anchored(shape: Element) -> bool:
    """Whether a shape stands in an anchor, which has been written already."""
    element = shape.parent
    while element is not None:
        if element.name in ANCHORS:
            return element.get("editAs") != "absolute"
        element = element.parent
    return False


def move_anchor(anchor: Element, sheet: MovedSheet, position: int) -> Iterator[str]:
    """Write an anchor, the one at a position of its drawing, for each place of its cells."""
    area = _area_of(anchor, sheet)
    if area is None:
        yield anchor.raw
        return
    keeps_size = anchor.get("editAs") == "oneCell" or anchor.find("to") is None
    copies = sheet.copies(str(area))
    if sheet.is_cut(str(area)):  # it lies over several tables side by side
        copies = iter([sheet.maybe_hull(str(area)) or ""])
    for number, text in enumerate(copies):
        copy = maybe_area(text)
        if copy is None:
            continue
        if number == 1 and _is_unlike(anchor):
            sheet.book.problems.append(Problem("xlsx.frame_in_loop", (sheet.place(str(area)),)))
        own = sheet.rendered(anchor, ANCHORS[0], position, copy)
        edits = _moved(own, area, copy, sheet, keeps_size=keeps_size)
        _lead_links(own, (area, copy), position, edits, sheet)
        marks = _note_drawn(own, area, copy, number, sheet)
        for one in own.iter(*_CHARTS) if number else ():
            edits.set(one, "id", marks[one.get("id")])
        yield edits.write(own)


def _lead_links(
    anchor: Element, areas: tuple[Area, Area], position: int, edits: Edits, sheet: MovedSheet
) -> None:
    """Let the links of an object lead where its pass says."""
    book, (area, copy) = sheet.book, areas
    for link in anchor.iter(*LINKS):
        rel_id = link.get("id")
        said = book.bound.get((sheet.name, rels_name(sheet.part), rel_id, position), {})
        target = said.get((copy.first_row, copy.first_column))
        if target is not None:
            mark = f"copy-{len(book.drawn)}-of-{rel_id}"
            leads = Drawn(sheet.name, sheet.part, rel_id, 0, area, copy, mark, unescape(target))
            book.drawn.append(leads)
            edits.set(link, "id", mark)


def _is_unlike(anchor: Element) -> bool:
    """Whether an anchor shows anything that there can be only one of: a diagram, a slicer."""
    frames = list(anchor.iter("graphicFrame"))
    return bool(frames) and not any(anchor.iter(*_CHARTS))


def _moved(
    anchor: Element, area: Area, copy: Area, sheet: MovedSheet, *, keeps_size: bool
) -> Edits:
    edits = Edits()
    start, end = anchor.find("from"), anchor.find("to")
    row, column = sheet.layout.template_cell(copy.first_row, copy.first_column)
    if start is not None:
        _set(edits, start, copy.first_row, copy.first_column)
        if row != area.first_row:
            _set_text(edits, start, "rowOff", 0)  # its first row has vanished
        if column != area.first_column:
            _set_text(edits, start, "colOff", 0)
    if end is not None and not keeps_size:
        last = copy.last_row + _is_on_edge(anchor, "row")
        _set(edits, end, last, copy.last_column + _is_on_edge(anchor, "col"))
    elif start is not None and end is not None:
        same = (row == area.first_row, column == area.first_column)
        _keep_size(start, end, (copy.first_row, copy.first_column), same, edits, sheet)
    cell = cell_name(area.first_row, area.first_column)
    for shape in anchor.iter(*_LINKED):
        _move_links(shape, edits, sheet, cell, copy)
    return edits


def _keep_size(
    start: Element,
    end: Element,
    first: tuple[int, int],
    same: tuple[bool, bool],
    edits: Edits,
    sheet: MovedSheet,
) -> None:
    """Let an object end where it has the size that it has in the template.

    Args:
        start: its first corner in the template.
        end: its last.
        first: the cell of the output with which it begins.
        same: whether that is still the row, and the column, with which it began.
        edits: of the anchor.
        sheet: of the output.
    """
    sizes = sheet.book.sizes.get(sheet.name)
    for axis, line, is_same in zip(_AXES, first, same, strict=True):
        begun, ends = _spot(start, axis), _spot(end, axis)
        new = (line, begun[1] if is_same else 0)
        found = sizes.kept_end(axis, begun, ends, new) if sizes and _is_exact(start, end) else None
        kept, offset = found or (line + ends[0] - begun[0], ends[1])
        _set_text(edits, end, axis, kept - 1)
        if offset != ends[1]:
            _set_text(edits, end, f"{axis}Off", offset)


def _keep_place(anchor: Element, edits: Edits, sheet: MovedSheet) -> None:
    """Let an object that does not move with cells stay where it is on the page."""
    sizes, start, end = sheet.book.sizes.get(sheet.name), anchor.find("from"), anchor.find("to")
    if sizes is None or start is None or end is None or not _is_exact(start, end):
        return
    own = Edits()
    for corner in (start, end):
        for axis in _AXES:
            spot = _spot(corner, axis)
            found = sizes.kept_place(axis, spot)
            if found is not None and found != spot:
                _set_text(own, corner, axis, found[0] - 1)
                _set_text(own, corner, f"{axis}Off", found[1])
    edits.replace(anchor, own.write(anchor))


def _spot(corner: Element, axis: str) -> tuple[int, int]:
    return _number(corner, axis) + 1, _number(corner, f"{axis}Off")


def _is_exact(*corners: Element) -> bool:
    """Whether all offsets are numbers: they may be lengths with a unit."""
    found = [corner.find(f"{axis}Off") for corner in corners for axis in _AXES]
    return all(one is None or one.text.strip().lstrip("-").isdigit() for one in found)


def _area_of(anchor: Element, sheet: MovedSheet) -> Area | None:
    sizes = sheet.book.sizes.get(sheet.name)
    return area_of_anchor(anchor, sizes.measures if sizes else None)


def area_of_anchor(anchor: Element, measures: Measures | None) -> Area | None:
    """Give the cells that an anchor covers, from its first corner to its last.

    Args:
        anchor: of a drawing.
        measures: of its sheet's rows and columns, by which an object without a second corner is
            measured; None where they do not matter.
    """
    start, end = anchor.find("from"), anchor.find("to")
    first = _corner(start)
    if first is None or start is None:
        return None
    size = anchor.find("ext")
    if end is None and size is not None and measures is not None and _is_exact(start):
        width, height = (int(one) if one.isdigit() else 0 for one in map(size.get, ("cx", "cy")))
        below = measures.last_row(first[0], _number(start, "rowOff") + height)
        return Area(*first, below, measures.last_column(first[1], _number(start, "colOff") + width))
    last = _corner(end) or first
    row, column = last[0] - _is_on_edge(anchor, "row"), last[1] - _is_on_edge(anchor, "col")
    return Area(*first, max(first[0], row), max(first[1], column))


def _is_on_edge(anchor: Element, axis: str) -> int:
    """1 if an object ends where a row or a column begins: it does not cover that one, else 0."""
    start, end = anchor.find("from"), anchor.find("to")
    if start is None or end is None:
        return 0
    goes_on = _number(end, axis) > _number(start, axis)
    return int(goes_on and _number(end, f"{axis}Off") == 0)


def _corner(element: Element | None) -> tuple[int, int] | None:
    if element is None or element.find("row") is None or element.find("col") is None:
        return None
    return _number(element, "row") + 1, _number(element, "col") + 1


def _number(corner: Element, name: str) -> int:
    """Read a number of a corner; an offset may be a length with its unit, which is not 0."""
    found = corner.find(name)
    text = "0" if found is None else found.text.strip()
    return int(text) if text.lstrip("-").isdigit() else 1


def _set(edits: Edits, corner: Element, row: int, column: int) -> None:
    _set_text(edits, corner, "row", row - 1)
    _set_text(edits, corner, "col", column - 1)


def _set_text(edits: Edits, corner: Element, name: str, value: int) -> None:
    element = corner.find(name)
    if element is not None:
        edits.set_text(element, str(value))


def _with_new_ids(markup: str, first: int) -> str:
    """Give the objects of a copy ids of their own, the short ones and the long ones."""
    markup = _CREATION.sub(lambda found: found[1] + own_guid(found[2], str(first)), markup)
    numbers = iter(range(first, first + len(markup)))
    markup = _ID.sub(lambda found: f"{found[1]}{next(numbers)}", markup)
    return _NAME.sub(lambda found: f'{found[1]}{found[2]}"', markup)

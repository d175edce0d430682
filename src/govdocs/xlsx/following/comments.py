"""Comments: their cells follow, in all three parts that they are kept in.

A comment on the row of a loop is on each of its copies, with a box of its own.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from govdocs.errors import Problem
from govdocs.xlsx.following.moving import MovedSheet
from govdocs.xlsx.grid.address import Area, cell_name, maybe_area
from govdocs.xlsx.xml.editing import Edits, with_children
from govdocs.xlsx.xml.guids import own_guid
from govdocs.xlsx.xml.markup import Element

if TYPE_CHECKING:
    from govdocs.xlsx.grid.rewriting import Reads

_SHAPE_ID = re.compile(r"(\s(?:id|o:spid)=[\"'][^\"']*?_s)(\d+)")
_FORMULAS = frozenset({"FmlaLink", "FmlaRange", "FmlaGroup", "FmlaTxbx", "FmlaPict"})
_THREAD = "tc="
"""What the author of a comment begins with that stands in for a thread."""
_ANCHOR_COLUMNS, _ANCHOR_ROWS = (0, 4), (2, 6)
"""Which of an anchor's eight numbers are columns and rows; the others are pixels."""


def move_comments(root: Element, sheet: MovedSheet) -> Edits:
    """Let the comments of a sheet follow their cells."""
    edits = Edits()
    listed, authors = root.find("commentList"), root.find("authors")
    if listed is not None:
        names = [] if authors is None else [one.text for one in authors.children]
        known = len(names)
        moved = "".join(_comments(listed, sheet, names))
        edits.replace(listed, with_children(listed, [moved]))
        if authors is not None and len(names) > known:
            tag = authors.children[0].qname
            edits.append(authors, "".join(f"<{tag}>{one}</{tag}>" for one in names[known:]))
    return edits


def _comments(listed: Element, sheet: MovedSheet, authors: list[str]) -> Iterator[str]:
    """Write the comments by rows; a thread's stand-in is written by its thread, also in a copy."""
    found = []
    for position, template in enumerate(listed.children):
        for number, copy in enumerate(sheet.copies(template.get("ref"))):
            edits = Edits()
            comment = sheet.rendered(template, "comment", position, maybe_area(copy))
            edits.set(comment, "ref", copy)
            for corner in comment.iter("from", "to"):
                _shift_corner(corner, comment.get("ref"), copy, edits)
            if number and comment.get("uid"):
                edits.set(comment, "uid", own_guid(comment.get("uid"), copy))
            index = int(comment.get("authorId", "0"))
            thread = authors[index] if index < len(authors) else ""
            if number and thread.startswith(_THREAD):
                edits.set(comment, "authorId", str(len(authors)))
                authors.append(_THREAD + own_guid(thread.removeprefix(_THREAD), copy))
            area = maybe_area(copy)
            key = (area.first_row, area.first_column) if area else (0, 0)
            found.append((key, edits.write(comment)))
    yield from (markup for _, markup in sorted(found, key=lambda one: one[0]))


def _shift_corner(corner: Element, before: str, after: str, edits: Edits) -> None:
    """Move a corner of a comment's box as its cell has moved."""
    old, new = maybe_area(before), maybe_area(after)
    if old is None or new is None:
        return
    by = {"row": new.first_row - old.first_row, "col": new.first_column - old.first_column}
    for one in corner.children:
        if one.name in by and one.text.strip().isdecimal():
            edits.set_text(one, str(int(one.text) + by[one.name]))


def move_threads(root: Element, sheet: MovedSheet) -> Edits:
    """Let threaded comments follow; a copy is a thread of its own."""
    edits = Edits()
    for position, comment in enumerate(root.iter("threadedComment")):
        edits.replace(comment, "".join(_threads(comment, position, sheet)))
    return edits


def _threads(template: Element, position: int, sheet: MovedSheet) -> Iterator[str]:
    for number, copy in enumerate(sheet.copies(template.get("ref"))):
        edits = Edits()
        comment = sheet.rendered(template, "threadedComment", position, maybe_area(copy))
        edits.set(comment, "ref", copy)
        for name in ("id", "parentId"):
            if number and comment.get(name):
                edits.set(comment, name, own_guid(comment.get(name), copy))
        yield edits.write(comment)


def move_shapes(root: Element, sheet: MovedSheet) -> Edits:
    """Let the boxes of comments and the controls of a legacy drawing (VML) follow their cells."""
    edits = Edits()
    ids = [int(number) for _, number in _SHAPE_ID.findall(root.raw)]
    next_id = max(ids, default=0) + 1
    for position, shape in enumerate(root.iter("shape")):
        if next(shape.iter("ClientData"), None) is None:
            continue
        copies = []
        for number, copy in enumerate(_move_shape(shape, position, sheet)):
            copies.append(_SHAPE_ID.sub(rf"\g<1>{next_id}", copy) if number else copy)
            next_id += 1 if number else 0
        edits.replace(shape, "".join(copies))
    return edits


def cell_of_shape(shape: Element) -> Area | None:
    """Give the cell whose comment a shape is the box of; None for any other shape."""
    data = next(shape.iter("ClientData"), None)
    row, column = (data.find("Row"), data.find("Column")) if data is not None else (None, None)
    if row is None or column is None:
        return None
    return Area(*(int(row.text) + 1, int(column.text) + 1) * 2)


def _move_shape(shape: Element, position: int, sheet: MovedSheet) -> Iterator[str]:
    cell = cell_of_shape(shape)
    if cell is None:
        yield _move_control(shape, next(shape.iter("ClientData")), sheet)
        return
    for copy in sheet.copies(str(cell)):
        area = maybe_area(copy)
        if area is not None:
            own = sheet.rendered(shape, "shape", position, area)
            yield _box(own, cell, area).write(own)


def _box(shape: Element, cell: Area, copy: Area) -> Edits:
    """Move the box of a comment along with its cell."""
    edits, data = Edits(), next(shape.iter("ClientData"))
    for name, line in (("Row", copy.first_row), ("Column", copy.first_column)):
        element = data.find(name)
        if element is not None:
            edits.set_text(element, str(line - 1))
    anchor = data.find("Anchor")
    if anchor is not None:
        down, right = copy.first_row - cell.first_row, copy.first_column - cell.first_column
        edits.set_text(anchor, _shifted(anchor.text, down, right))
    return edits


def _shifted(anchor: str, rows: int, columns: int) -> str:
    by = dict.fromkeys(_ANCHOR_ROWS, rows) | dict.fromkeys(_ANCHOR_COLUMNS, columns)
    return ",".join(
        f"{number[: len(number) - len(number.lstrip())]}{max(int(number) + by[index], 0)}"
        if index in by
        else number
        for index, number in enumerate(anchor.split(","))
    )


def _move_control(shape: Element, data: Element, sheet: MovedSheet) -> str:
    """A control or a picture that stands over cells, without being bound to one."""
    edits = Edits()
    anchor = data.find("Anchor")
    if anchor is not None and not _stays(data):
        numbers = anchor.text.split(",")
        row, column = int(numbers[_ANCHOR_ROWS[0]]) + 1, int(numbers[_ANCHOR_COLUMNS[0]]) + 1
        cell = cell_name(row, column)
        if len(list(sheet.copies(cell))) > 1:
            sheet.book.problems.append(Problem("xlsx.control_in_loop", (sheet.place(cell),)))
        down, right = sheet.boundary(row, column)
        edits.set_text(anchor, _shifted(anchor.text, down - row, right - column))
    for element in data.children:
        if element.name in _FORMULAS and element.text.strip():
            place = sheet.place(element.text)
            reads: Reads = "area" if element.name in ("FmlaRange", "FmlaPict") else "value"
            edits.set_text(element, sheet.formula(element.text, place, reads=reads))
    return edits.write(shape)


def _stays(data: Element) -> bool:
    """Whether an object neither moves nor grows with the cells below it."""
    fixed = data.find("MoveWithCells")
    return fixed is not None and fixed.text.strip().lower() not in ("false", "f")


def move_control(root: Element, sheet: MovedSheet) -> Edits:
    """Let the cells that a form control is bound to follow."""
    edits = Edits()
    for name in ("fmlaLink", "fmlaRange", "fmlaGroup", "fmlaTxbx"):
        if root.get(name):
            reads: Reads = "area" if name == "fmlaRange" else "value"
            edits.set(root, name, sheet.formula(root.get(name), sheet.place("A1"), reads=reads))
    return edits

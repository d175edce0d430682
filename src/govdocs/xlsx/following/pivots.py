"""Pivot tables: where they read from and where they stand follows; they are renewed on opening."""

import re
from collections.abc import Iterator
from html import unescape

from govdocs.errors import Place, Problem
from govdocs.language import may_hold_tag, scan
from govdocs.xlsx.following.moving import MovedBook, MovedSheet
from govdocs.xlsx.grid.address import Area, maybe_area, quote_sheet
from govdocs.xlsx.xml.editing import Edits
from govdocs.xlsx.xml.markup import Element

_TRUE = frozenset({"1", "true", "on"})
_VALUE = re.compile(rb"(<(?:[^\s/>:<]+:)?s\s[^<>]*?\bv\s*=\s*[\"'])([^\"']*)([\"'])")


def source_texts(root: Element) -> Iterator[str]:
    """List what a cache reads, as references: areas, names, tables."""
    for source in root.iter("worksheetSource", "rangeSet"):
        sheet, name = source.get("sheet"), source.get("name") or source.get("ref")
        if name and not source.get("id"):
            yield f"{quote_sheet(sheet)}{name}" if sheet else name


def move_cache(root: Element, part: str, book: MovedBook | None) -> Edits:
    """Let the source of a pivot table follow, and let it be read anew.

    Args:
        root: of the cache's definition.
        part: its name, for problems.
        book: where everything has gone; None if nothing moves.
    """
    edits = Edits()
    if root.get("refreshOnLoad").lower() not in _TRUE:
        edits.set(root, "refreshOnLoad", "1")
    for source in root.iter("worksheetSource", "rangeSet"):
        if book is not None and len(book.tables.get(source.get("name"), ())) > 1:
            place = Place(part=part, spot=(("name", source.get("name")),))
            book.problems.append(Problem("xlsx.sheet_not_copied", (place,), {"kind": "pivotCache"}))
        names = book.names.get(source.get("sheet"), []) if book is not None else []
        if not names or book is None or source.get("id"):
            continue
        if len(names) > 1:
            place = Place(part=part, spot=(("sheet", source.get("sheet")),))
            book.problems.append(Problem("xlsx.sheet_not_copied", (place,), {"kind": "pivotCache"}))
            continue
        edits.set(source, "sheet", names[0])
        hull = None
        if maybe_area(source.get("ref")) is not None:
            hull = book.mapper.maybe_hull(source.get("ref"), names[0])
            if hull is None:
                place = Place(part=part, spot=(("cell", f"{names[0]}!{source.get('ref')}"),))
                book.problems.append(Problem("xlsx.pivot_empty", (place,)))
                continue
            edits.set(source, "ref", hull)
    clear_tags(root, edits)
    return edits


def clear_tags(root: Element, edits: Edits) -> None:
    """Blank what a cache keeps of cells with tags; items of a field must differ."""
    blanks: dict[int, int] = {}
    for element in root.iter("s"):
        if _holds_tag(element.get("v")):
            length = blanks[id(element.parent)] = blanks.get(id(element.parent), -1) + 1
            edits.set(element, "v", " " * length)


def blank_records(data: bytes) -> bytes:
    """Blank what the records of a cache keep of cells with tags.

    before: <r><s v="{{ x }}"/><n v="1"/></r>
    after:  <r><s v=""/><n v="1"/></r>
    """

    def blank(found: re.Match[bytes]) -> bytes:
        text = unescape(found[2].decode("utf-8", "replace"))
        return found[1] + (b"" if _holds_tag(text) else found[2]) + found[3]

    return _VALUE.sub(blank, data)


def _holds_tag(text: str) -> bool:
    return may_hold_tag(text) and bool(scan(text)[0])


def move_pivot(root: Element, sheet: MovedSheet) -> Edits:
    """Let a pivot table stand where its first cell has gone; its size is its own."""
    edits = Edits()
    location = root.find("location")
    area = maybe_area(location.get("ref")) if location is not None else None
    if location is None or area is None:
        return edits
    if len(list(sheet.copies(str(area)))) != 1:
        fields = {"kind": "pivotTable", "reference": str(area)}
        problem = Problem("xlsx.not_repeated", (sheet.place(str(area)),), fields)
        sheet.book.problems.append(problem)
        return edits
    row, column = sheet.boundary(area.first_row, area.first_column)
    down, right = row - area.first_row, column - area.first_column
    moved = Area(row, column, area.last_row + down, area.last_column + right)
    edits.set(location, "ref", str(moved))
    return edits

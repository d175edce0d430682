"""One rectangle and those inside of it: filters, with what they hide and how they sort.

Nothing here hides a row.
"""

from govdocs.xlsx.following.moving import MovedSheet
from govdocs.xlsx.grid.address import maybe_area
from govdocs.xlsx.xml.editing import Edits
from govdocs.xlsx.xml.markup import Element


def write_filter(element: Element, sheet: MovedSheet) -> str:
    """Write an element with one rectangle, and those inside; it goes with its cells."""
    edits = Edits()
    for one in element.iter():
        reference = one.attributes.get("ref", "")
        if maybe_area(reference) is None:
            continue
        hull = sheet.maybe_hull(reference)
        if hull is None and one is element:
            return ""
        if hull is None:
            edits.replace(one, "")
        else:
            edits.set(one, "ref", hull)
        if one.name == "autoFilter":
            move_filter_columns(one, edits, sheet)
    return edits.write(element)


def move_filter_columns(element: Element, edits: Edits, sheet: MovedSheet) -> None:
    """Let the columns of a filter, which count from the filter's first, follow."""
    area = maybe_area(element.get("ref"))
    if area is None or not sheet.layout.columns.moves:
        return
    start = sheet.boundary(1, area.first_column)[1]
    for child in element.children:
        if child.name == "filterColumn":
            column = area.first_column + int(child.get("colId", "0"))
            moved = sheet.boundary(1, column)[1] - start
            edits.set(child, "colId", str(moved))

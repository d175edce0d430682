"""Tables (ListObject): their area, filter and sorting follow, and the formulas they hold."""

from govdocs.errors import Problem
from govdocs.xlsx.following.moving import MovedSheet
from govdocs.xlsx.grid.address import maybe_area
from govdocs.xlsx.grid.names import Table
from govdocs.xlsx.reading.definitions import TablePart
from govdocs.xlsx.xml.editing import Edits
from govdocs.xlsx.xml.markup import Element

_FORMULAS = ("calculatedColumnFormula", "totalsRowFormula")


def move_table(root: Element, sheet: MovedSheet) -> Edits:
    """Let a table follow its rows."""
    edits = Edits()
    reference = root.get("ref")
    if len(list(sheet.copies(reference))) > 1:
        fields = {"kind": "table", "reference": reference}
        problem = Problem("xlsx.not_repeated", (sheet.place(reference),), fields)
        sheet.book.problems.append(problem)
        return edits
    hull = sheet.maybe_hull(reference)
    if hull is None or not _has_rows(root, hull):
        fields = {"table": root.get("displayName"), "reference": reference}
        problem = Problem("xlsx.table_empty", (sheet.place(reference),), fields)
        sheet.book.problems.append(problem)
        return edits
    for element in root.iter():
        if element.name in _FORMULAS and element.text.strip():
            moved = sheet.formula(element.text, sheet.place(reference))
            edits.set_text(element, moved)
        elif maybe_area(element.attributes.get("ref", "")) is not None:
            edits.set(element, "ref", sheet.maybe_hull(element.get("ref")) or hull)
    return edits


def _has_rows(root: Element, hull: str) -> bool:
    """Whether a row is left beside the head and the totals."""
    area = maybe_area(hull)
    others = int(root.get("headerRowCount", "1")) + int(root.get("totalsRowCount", "0"))
    return area is not None and area.last_row - area.first_row + 1 > others


def moved_table(part: TablePart, sheet: MovedSheet) -> Table:
    """Give a table as it lies after the fill."""
    table = part.table
    area = maybe_area(sheet.maybe_hull(str(table.area)) or "") or table.area
    return Table(table.name, sheet.name, area, table.columns, table.header_rows, table.totals_rows)

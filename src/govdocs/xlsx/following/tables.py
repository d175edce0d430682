"""Tables (ListObject): their area, filter and sorting follow, their columns and formulas."""

from collections.abc import Iterator, Sequence

from govdocs.errors import Problem
from govdocs.xlsx.following.filters import move_filter_columns
from govdocs.xlsx.following.heads import Head, check_heads, name_column
from govdocs.xlsx.following.moving import MovedSheet
from govdocs.xlsx.grid.address import Area, maybe_area
from govdocs.xlsx.grid.names import Table
from govdocs.xlsx.reading.definitions import TablePart
from govdocs.xlsx.xml.editing import Edits, with_children
from govdocs.xlsx.xml.guids import own_guid
from govdocs.xlsx.xml.markup import Element


def move_table(root: Element, sheet: MovedSheet) -> Edits:
    """Let a table follow its rows and its columns; they are called what their heads say."""
    edits = Edits()
    area = maybe_area(sheet.maybe_hull(root.get("ref")) or "")
    problem = _maybe_problem(root, sheet, area)
    if problem is not None or area is None:
        sheet.book.problems += [problem] if problem else []
        return edits
    _move_areas(root, edits, sheet, area)
    columns, heads = root.find("tableColumns"), sheet.book.heads.get((sheet.part, sheet.name), ())
    if columns is not None:
        written = _columns(root, columns.children, heads, sheet, area)
        edits.replace(columns, with_children(columns, written))
    name = root.get("displayName")
    _rename(root, edits, sheet)
    sheet.book.problems += check_heads(heads, name, sheet.name, area.first_row)
    return edits


def _rename(root: Element, edits: Edits, sheet: MovedSheet) -> None:
    """Give the copy of a table a name and an id of its own."""
    name = sheet.book.table_name(root.get("displayName") or root.get("name"), sheet.name)
    if name in sheet.book.table_ids:
        edits.set(root, "id", str(sheet.book.table_ids[name]))
        edits.set(root, "name", name)
        edits.set(root, "displayName", name)
        if root.get("uid"):
            edits.set(root, "uid", own_guid(root.get("uid"), name))


def _maybe_problem(root: Element, sheet: MovedSheet, area: Area | None) -> Problem | None:
    reference = root.get("ref")
    if len(list(sheet.copies(reference))) > 1:
        fields = {"kind": "table", "reference": reference}
        return Problem("xlsx.not_repeated", (sheet.place(reference),), fields)
    if area is None or not _has_rows(root, area):
        fields = {"table": root.get("displayName"), "reference": reference}
        return Problem("xlsx.table_empty", (sheet.place(reference),), fields)
    return None


def _has_rows(root: Element, area: Area) -> bool:
    """Whether a row is left beside the head and the totals."""
    others = int(root.get("headerRowCount", "1")) + int(root.get("totalsRowCount", "0"))
    return area.last_row - area.first_row + 1 > others


def _move_areas(root: Element, edits: Edits, sheet: MovedSheet, area: Area | None) -> None:
    """Let the table's own area follow, those of its filter and of its sorting."""
    for element in root.iter():
        if maybe_area(element.attributes.get("ref", "")) is not None:
            edits.set(element, "ref", sheet.maybe_hull(element.get("ref")) or str(area))
        if element.name == "autoFilter":
            move_filter_columns(element, edits, sheet)


def _columns(
    root: Element,
    columns: Sequence[Element],
    heads: Sequence[Head],
    sheet: MovedSheet,
    area: Area,
) -> Iterator[str]:
    """Write the columns; their formulas are those of the first row of data, and of the totals."""
    number = max((int(one.get("id", "0")) for one in columns), default=0)
    head_rows = int(root.get("headerRowCount", "1"))
    before = maybe_area(root.get("ref")) or area
    rows = {
        "calculatedColumnFormula": (area.first_row + head_rows, before.first_row + head_rows),
        "totalsRowFormula": (area.last_row, before.last_row),
    }
    for head in heads:
        column, edits = columns[head.index], Edits()
        number += bool(head.copy)
        name_column(column, head, edits, number)
        for one in column.children:
            if one.name in rows and one.text.strip():
                row, template_row = rows[one.name]
                cell = (template_row, before.first_column + head.index)
                origin = Area(row, head.column, row, head.column)
                place = sheet.place(root.get("ref"))
                moved = sheet.formula(one.text, place, origin=origin, cell=cell)
                edits.set_text(one, moved)
        yield edits.write(column)


def moved_table(part: TablePart, sheet: MovedSheet) -> Table:
    """Give a table as it lies after the fill."""
    table = part.table
    area = maybe_area(sheet.maybe_hull(str(table.area)) or "") or table.area
    heads = sheet.book.heads.get((part.part, sheet.name), ())
    columns = tuple(head.name for head in heads) or table.columns
    name = sheet.book.table_name(table.name, sheet.name)
    return Table(name, sheet.name, area, columns, table.header_rows, table.totals_rows)

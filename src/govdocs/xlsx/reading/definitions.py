"""What the workbook gives names to: defined names and tables, read from their parts."""

from collections.abc import Iterator
from dataclasses import dataclass

from govdocs.opc import Package
from govdocs.xlsx.grid.address import maybe_area
from govdocs.xlsx.grid.names import Table
from govdocs.xlsx.reading.workbook import Workbook, read_part
from govdocs.xlsx.xml.markup import Element


@dataclass(frozen=True, slots=True)
class TablePart:
    """A table (ListObject): its part, the sheet that it lies on, what it says."""

    part: str
    sheet: str
    root: Element
    table: Table


def scoped_names(workbook: Workbook) -> Iterator[tuple[str, str, Element]]:
    """Yield the defined names: name, sheet that it belongs to or nothing, element."""
    listed = workbook.root.find("definedNames")
    for element in () if listed is None else listed.children:
        scope = element.get("localSheetId")
        inside = scope.isdecimal() and int(scope) < len(workbook.sheets)
        sheet = workbook.sheets[int(scope)].name if inside else ""
        yield element.get("name"), sheet, element


def read_definitions(workbook: Workbook) -> dict[str, str]:
    """Read the defined names: those of one sheet as ``表1!合计``."""
    return {
        f"{sheet}!{name}" if sheet else name: element.text
        for name, sheet, element in scoped_names(workbook)
    }


def read_tables(package: Package, workbook: Workbook) -> list[TablePart]:
    """Read the tables of all sheets."""
    return [
        TablePart(part, entry.name, root, table)
        for entry in workbook.sheets
        for part in package.related(entry.part, "table")
        if (table := _maybe_table(root := read_part(package, part), entry.name)) is not None
    ]


def _maybe_table(root: Element, sheet: str) -> Table | None:
    area = maybe_area(root.get("ref"))
    if area is None:
        return None
    columns = tuple(one.get("name") for one in root.iter("tableColumn"))
    name = root.get("displayName") or root.get("name")
    heads, totals = root.get("headerRowCount", "1"), root.get("totalsRowCount", "0")
    return Table(name, sheet, area, columns, int(heads), int(totals))

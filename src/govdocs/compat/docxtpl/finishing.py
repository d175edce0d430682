"""After rendering: grids of tables that have gained columns, ids, cells and tables left empty.

Tables that no tag has changed the columns of stay as they are.
"""

from collections.abc import Collection
from typing import Any

from lxml import etree

from govdocs.compat.docxtpl.boxes import fill_copies
from govdocs.compat.docxtpl.identities import renew_identities

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
GROWING = "govdocs-grid"
"""Processing instruction that marks a table whose template loops over columns."""

Element = etree._Element  # noqa: SLF001


def q(local: str) -> str:
    """Return the Clark name of a WordprocessingML element."""
    return f"{{{_W}}}{local}"


def finish_tree(root: Element, kept: Collection[str] = ()) -> None:
    """Mend what loops and conditions have left: empty cells, rows and tables; grids; ids.

    Args:
        root: of the part.
        kept: ids that may stand more than once.
    """
    for cell in list(root.iter(q("tc"))):
        if not len(cell) or cell[-1].tag not in (q("p"), q("sdt")):
            cell.append(cell.makeelement(q("p"), None, _prefixes(cell)))
    for row in list(root.iter(q("tr"))):
        if row.find(f".//{q('tc')}") is None:
            _remove(row)
    for table in list(root.iter(q("tbl"))):
        _finish_table(table)
    renew_identities(root, kept)
    fill_copies(root)


def _finish_table(table: Element) -> None:
    marks = _marks(table)
    for mark in marks:
        _remove(mark)
    if table.find(f".//{q('tr')}") is None:
        parent = table.getparent()
        _remove(table)
        if parent is not None and parent.tag == q("tc") and parent.find(q("p")) is None:
            parent.append(parent.makeelement(q("p"), None, _prefixes(parent)))
    elif marks:
        fit_grid(table)


def fit_grid(table: Element) -> None:
    """Give the grid as many columns as the rows have; the table stays as wide as it was."""
    grid = table.find(q("tblGrid"))
    if grid is None:
        return
    columns = grid.findall(q("gridCol"))
    wanted = max(map(_width_of_row, _rows(table)), default=0)
    old = [int(float(one.get(q("w"), "0") or 0)) for one in columns]
    if not old or not sum(old) or wanted in (0, len(old)):
        return
    new = widths(old, wanted)
    for one in columns[wanted:]:
        grid.remove(one)
    for width, one in zip(new, columns, strict=False):
        one.set(q("w"), str(width))
    for width in new[len(old) :]:
        grid.append(grid.makeelement(q("gridCol"), {q("w"): str(width)}, _prefixes(grid)))
    for row in _rows(table):
        _fit_cells(row, new)


def widths(old: list[int], wanted: int) -> list[int]:
    """Share the width of a table among more or fewer columns.

    >>> widths([1000, 2000], 3)
    [666, 1333, 1000]
    >>> widths([1000, 2000, 3000], 2)
    [2500, 3500]
    """
    if wanted > len(old):
        average = sum(old) / wanted
        share = average / (sum(old) / len(old))
        return [int(one * share) for one in old] + [int(average)] * (wanted - len(old))
    spare = sum(old[wanted:]) / wanted
    return [int(one + spare) for one in old[:wanted]]


def _rows(table: Element) -> list[Element]:
    held = table.iterfind(f"{q('sdt')}/{q('sdtContent')}/{q('tr')}")
    return [*table.iterchildren(q("tr")), *held]


def _cells(row: Element) -> list[Element]:
    found = []
    for child in row.iterchildren(etree.Element):
        if child.tag == q("tc"):
            found.append(child)
        elif child.tag == q("sdt"):
            found += child.findall(f"{q('sdtContent')}/{q('tc')}")
    return found


def _span(cell: Element) -> int:
    found = cell.find(f"{q('tcPr')}/{q('gridSpan')}")
    value = found.get(q("val"), "1") if found is not None else "1"
    return int(value) if value.isdigit() else 1


def _width_of_row(row: Element) -> int:
    skipped = 0
    for name in ("gridBefore", "gridAfter"):
        found = row.find(f"{q('trPr')}/{q(name)}")
        value = found.get(q("val"), "0") if found is not None else "0"
        skipped += int(value) if value.isdigit() else 0
    return skipped + sum(map(_span, _cells(row)))


def _fit_cells(row: Element, grid: list[int]) -> None:
    before = row.find(f"{q('trPr')}/{q('gridBefore')}")
    position = int(before.get(q("val"), "0")) if before is not None else 0
    for cell in _cells(row):
        span = _span(cell)
        width = cell.find(f"{q('tcPr')}/{q('tcW')}")
        if width is not None and width.get(q("type"), "dxa") == "dxa":
            width.set(q("w"), str(sum(grid[position : position + span])))
        position += span


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def mark_growing(tables: list[Element]) -> None:
    """Mark tables whose template loops over columns."""
    for table in tables:
        if not _marks(table):
            table.insert(0, etree.ProcessingInstruction(GROWING))


def number_drawings(root: Any, start: int) -> int:
    """Number the drawings of a part anew from ``start``; return the last number given."""
    for drawing in root.iter(f"{{{_WP}}}docPr"):
        start += 1
        drawing.set("id", str(start))
    return start


def _marks(table: Element) -> list[Element]:
    return [
        one
        for one in table.iterchildren(etree.ProcessingInstruction)
        if getattr(one, "target", "") == GROWING
    ]


def _prefixes(element: Element) -> Any:
    return element.nsmap

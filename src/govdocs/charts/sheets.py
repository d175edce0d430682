"""The cells of one sheet of an embedded workbook, as a tree: read, written, cleared.

Such a sheet holds the data of one chart and is small. A cell that is written keeps its format and
loses its formula. Source: ECMA-376 part 1, 18.3.1.
"""

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from govdocs.charts.areas import Area, column_name, parse_reference, write_reference
from govdocs.charts.fitting import CellValue
from govdocs.charts.numbers import write_number
from govdocs.charts.parts import Element, local_name

XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(slots=True)
class Sheet:
    """One sheet.

    Attributes:
        part: its name.
        root: its tree.
        dropped: whether a formula was taken away.
    """

    part: str
    root: Element
    dropped: bool = False
    _rows: dict[int, Element] = field(default_factory=dict)
    _numbers: list[int] = field(default_factory=list)
    _cells: dict[int, dict[int, Element]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        last = 0
        for row in self._row_elements():
            last = _number(row.get("r")) or last + 1
            self._rows.setdefault(last, row)
            cells, column = self._cells.setdefault(last, {}), 0
            for c in row.iterchildren("{*}c"):
                area = parse_reference(c.get("r", ""))
                column = column + 1 if area is None else area.left
                cells.setdefault(column, c)
        self._numbers = sorted(self._rows)

    def _row_elements(self) -> Iterator[Element]:
        for data in self.root.iterchildren("{*}sheetData"):
            yield from data.iterchildren("{*}row")

    def holds(self, row: int, column: int) -> bool:
        """Tell whether a cell holds anything, be it a formula without a result."""
        cell = self._maybe_cell(row, column)
        return cell is not None and len(cell) > 0

    def format_of(self, row: int, column: int) -> str | None:
        """Return the number of a cell's format."""
        cell = self._maybe_cell(row, column)
        return None if cell is None else cell.get("s")

    def text_cells(self) -> Iterator[Element]:
        """Yield the cells whose text is a shared one."""
        yield from (c for c in self.root.iter("{*}c") if c.get("t") == "s")

    def clear(self, row: int, column: int) -> None:
        """Empty a cell; its format stays."""
        cell = self._maybe_cell(row, column)
        if cell is None:
            return
        self.dropped = self.dropped or cell.find("{*}f") is not None
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", "")

    def write(self, row: int, column: int, value: CellValue, like: str | None) -> Element | None:
        """Write a number, or empty a cell for a text, which the caller puts in.

        Args:
            row: from 1.
            column: from 1.
            value: None empties the cell.
            like: number of the format that the cell takes if it has none of its own.

        Returns:
            The cell; None if there is none and nothing to write.
        """
        if value is None:
            self.clear(row, column)
            return None
        cell = self._make(row, column)
        self._rows[row].attrib.pop("hidden", "")  # a chart shows no cells that are hidden
        self.clear(row, column)
        if cell.get("s") is None and like is not None:
            cell.set("s", like)
        if not isinstance(value, str):
            etree.SubElement(cell, self._q("v")).text = write_number(value)
        return cell

    def settle(self) -> None:
        """Write anew how far the sheet reaches."""
        found = self.root.find("{*}dimension")
        rows = [row for row, cells in self._cells.items() if cells]
        if found is None or not rows:
            return
        columns = [column for cells in self._cells.values() for column in cells]
        area = Area("", min(rows), min(columns), max(rows), max(columns))
        found.set("ref", write_reference(area))

    def drop_orphans(self) -> None:
        """Turn formulas into their results where the formula that they share is gone."""
        formulas = list(self.root.iter("{*}f"))
        heads = {f.get("si") for f in formulas if f.get("ref") and f.get("t") == "shared"}
        for f in formulas:
            cell = f.getparent()
            if f.get("t") == "shared" and f.get("si") not in heads and cell is not None:
                cell.remove(f)

    def _maybe_cell(self, row: int, column: int) -> Element | None:
        return self._cells.get(row, {}).get(column)

    def _make(self, row: int, column: int) -> Element:
        found = self._maybe_cell(row, column)
        if found is not None:
            return found
        holder = self._rows[row] if row in self._rows else self._make_row(row)
        holder.attrib.pop("spans", "")
        cell = holder.makeelement(self._q("c"))
        cell.set("r", f"{column_name(column)}{row}")
        cells = self._cells.setdefault(row, {})
        before = max((one for one in cells if one < column), default=0)
        if before:
            cells[before].addnext(cell)
        else:
            holder.insert(0, cell)
        cells[column] = cell
        return cell

    def _make_row(self, number: int) -> Element:
        data = self.root.find("{*}sheetData")
        assert data is not None, "the schema asks for it"
        row = data.makeelement(self._q("row"))
        row.set("r", str(number))
        at = bisect(self._numbers, number)
        if at:
            self._rows[self._numbers[at - 1]].addnext(row)
        else:
            data.insert(0, row)
        self._numbers.insert(at, number)
        self._rows[number] = row
        return row

    def _q(self, name: str) -> str:
        return f"{{{etree.QName(self.root).namespace}}}{name}"


def write_inline(cell: Element, text: str) -> None:
    """Write a text into its cell, where the workbook has no table of texts."""
    namespace = etree.QName(cell).namespace
    cell.set("t", "inlineStr")
    t = etree.SubElement(etree.SubElement(cell, f"{{{namespace}}}is"), f"{{{namespace}}}t")
    set_text(t, text)


def set_text(t: Element, text: str) -> None:
    """Set a text, so that blanks at its ends stay."""
    t.text = text
    if text != text.strip() or "\n" in text:
        t.set(XML_SPACE, "preserve")


def is_sheet(root: Element) -> bool:
    """Tell whether a part is a sheet of cells."""
    return local_name(root) == "worksheet"


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0

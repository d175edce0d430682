"""The filled workbook as the calculator sees it: cell by cell, wherever a stale formula looks.

A cell of the output is what its cell of the template has become: a value that a slot has written, a
formula, or what stood there before. Nothing is worked out here.
"""

from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from govdocs.errors import GovdocsError
from govdocs.xlsx.blocks.columns import ColumnPlaces
from govdocs.xlsx.compiling.compiled import CompiledSheet
from govdocs.xlsx.compiling.static_values import read_value
from govdocs.xlsx.following.formulas import FormulaWriter
from govdocs.xlsx.grid.address import same_name
from govdocs.xlsx.grid.calc import Content, FormulaCell, formula_cell
from govdocs.xlsx.grid.cellvalues import UNKNOWN
from govdocs.xlsx.grid.formula import scan
from govdocs.xlsx.grid.functions import function_name
from govdocs.xlsx.grid.layout import Axis
from govdocs.xlsx.grid.strips import SheetLayout
from govdocs.xlsx.slots.kept_values import NOTHING, KeptColumn

_SUBTOTALS = frozenset({"SUBTOTAL", "AGGREGATE"})
_NO_VALUES = KeptColumn()
Corners = tuple[int, int, int, int]


@dataclass(slots=True)
class FilledSheet:
    """One output sheet: how it was compiled, what was rendered, where its rows are.

    Attributes:
        writer: of its formulas.
        kept: the values that were written, by column.
        formulas: those that were rendered, by row and column.
        places: says where columns come out.
        blank_rows: the rows that hold nothing, whatever the template does.
    """

    name: str
    sheet: CompiledSheet
    layout: SheetLayout
    writer: FormulaWriter
    kept: dict[int, KeptColumn]
    formulas: dict[tuple[int, int], str]
    places: ColumnPlaces
    blank_rows: Container[int] = ()

    @property
    def last_row(self) -> int:
        """The number of its last row."""
        rows = self.layout.rows
        return self.sheet.last_row + rows.root.height - rows.limit - 1

    @property
    def last_column(self) -> int:
        """The number of its last column, where columns may move."""
        columns = self.layout.columns
        return self.sheet.last_column + columns.root.height - columns.limit - 1

    def content(self, row: int, column: int) -> Content:
        """Give what a cell holds."""
        kept = self.kept.get(column)
        if kept is not None:
            value = kept.value(row)
            if value is not NOTHING:
                return value
        if row in self.blank_rows:
            return None
        template = self.layout.template_cell(row, column)
        number = self.sheet.formula_at.get(template)
        if number is not None:
            return self._formula(number, row, column)
        if template in self.sheet.tagged or self.sheet.values is None:
            return UNKNOWN
        return self.sheet.values.get(template)

    def _formula(self, number: int, row: int, column: int) -> Content:
        one = self.sheet.formulas[number]
        if one.result_of is not None:
            return self._result(number)
        if number not in self.sheet.stale and not _is_subtotal(self.sheet.texts[number]):
            return UNKNOWN if one.value is None else read_value(one.kind, one.value)
        if one.attributes.get("t") in ("array", "dataTable"):
            return UNKNOWN
        text = self.formulas.get((row, column))
        return (
            None if text is not None and not text.strip() else self._prepared(number, row, column)
        )

    def _prepared(self, number: int, row: int, column: int) -> Content:
        text = self.formulas.get((row, column))
        if self.writer.moved is None:
            return self.sheet.unmoved_formula(number) if text is None else formula_cell(text)
        try:
            return FormulaCell(*self.writer.prepare(number, text).pattern(row, column))
        except GovdocsError:  # told when the formula is written
            return UNKNOWN

    def _result(self, number: int) -> Content:
        """Give what a cell shows of another's results, if these still hold."""
        one, values = self.sheet.formulas[number], self.sheet.values
        is_gone = number in self.sheet.stale or one.result_of in self.sheet.pivots
        if is_gone or values is None:
            return UNKNOWN
        return values.get((one.row, one.column))

    def columns(self) -> Sequence[int]:
        """List the columns that hold anything."""
        found = {column for _, column in self.sheet.tagged}
        found |= {column for _, column in self.sheet.formula_at}
        found |= {column for _, column in self.sheet.values or ()}
        found |= set(self.kept)  # a table may write beyond the template's cells
        if self.layout.columns.moves:
            found = {line for column in found for line in self.places.columns(column, ())}
        return sorted(found)


def _is_subtotal(text: str) -> bool:
    return any(
        token.kind == "call" and function_name(token.text) in _SUBTOTALS for token in scan(text)
    )


def _formula_rows(sheet: FilledSheet) -> dict[int, list[int]]:
    """List the rows of the template's formulas, by the columns where they come out."""
    found: dict[int, list[int]] = {}
    for row, column in sorted(sheet.sheet.formula_at):
        columns = sheet.places.columns(column, ()) if sheet.layout.columns.moves else (column,)
        for line in columns:
            found.setdefault(line, []).append(row)
    return found


def _template_rows(axis: Axis, first: int, last: int) -> tuple[int, int]:
    """Give template rows between which all of a stretch were made.

    Outermost blocks stand in the order of the template, whatever their passes hold.
    """
    top, bottom = axis.path(first).blocks[1:2], axis.path(last).blocks[1:2]
    start = top[0].first if top and top[0] else axis.template_line(first)
    return start, bottom[0].last if bottom and bottom[0] else axis.template_line(last)


def _holds(rows: Sequence[int], first: int, last: int) -> bool:
    index = bisect_left(rows, first)
    return last < first or (index < len(rows) and rows[index] <= last)


class FilledCells:
    """The whole workbook: the source of a calculator."""

    def __init__(self, sheets: Mapping[str, FilledSheet], order: Sequence[str]) -> None:
        self._sheets = {same_name(name): sheet for name, sheet in sheets.items()}
        self._order = list(order)
        self._columns: dict[str, Sequence[int]] = {}
        self._formulas: dict[str, dict[int, list[int]]] = {}

    def content(self, sheet: str, row: int, column: int) -> Content:
        """Give a value, None or a formula."""
        found = self._sheets.get(same_name(sheet))
        return UNKNOWN if found is None else found.content(row, column)

    def contents(self, sheet: str, area: Corners) -> Iterator[tuple[int, int, Content]]:
        """List the cells of an area that are not empty, row by row."""
        found = self._sheets.get(same_name(sheet))
        if found is None:
            yield area[0], area[1], UNKNOWN
            return
        if found.sheet.values is None:
            yield area[0], area[1], UNKNOWN
        columns = [
            (one, found.kept.get(one, _NO_VALUES))
            for one in self._columns_of(found)
            if area[1] <= one <= area[3]
        ]
        for row in range(area[0], min(area[2], found.last_row) + 1):
            for column, kept in columns:
                content: Content = kept.value(row)
                if content is NOTHING:
                    content = found.content(row, column)
                if content is not None:
                    yield row, column, content

    def numbers(self, sheet: str, area: Corners) -> "Sequence[float] | None":
        """Give the cells of a column if all of them are numbers that were written."""
        found = self._sheets.get(same_name(sheet))
        kept = found.kept.get(area[1]) if found and area[1] == area[3] else None
        return None if kept is None else kept.numbers_between(area[0], area[2])

    def may_hold_formulas(self, sheet: str, area: Corners) -> bool:
        """Tell whether any cell of an area may hold a formula."""
        found = self._sheets.get(same_name(sheet))
        if found is None:
            return False
        if found.name not in self._formulas:
            self._formulas[found.name] = _formula_rows(found)
        formulas, layout = self._formulas[found.name], found.layout
        met = [rows for column, rows in formulas.items() if area[1] <= column <= area[3]]
        if not met or layout.columns.moves or len(layout.strips) > 1:
            return bool(met)
        first, last = _template_rows(layout.rows, area[0], area[2])
        return any(_holds(rows, first, last) for rows in met)

    def _columns_of(self, sheet: FilledSheet) -> Sequence[int]:
        if sheet.name not in self._columns:
            self._columns[sheet.name] = sheet.columns()
        return self._columns[sheet.name]

    def shows_all(self, sheet: str, first_row: int, last_row: int) -> bool:
        """Tell whether no row of a stretch is hidden."""
        found = self._sheets.get(same_name(sheet))
        if found is None or not found.sheet.hidden:
            return found is not None
        hidden, strips = found.sheet.hidden, found.layout.strips
        return not any(
            strip.rows.template_line(row) in hidden
            for strip in strips
            for row in range(first_row, last_row + 1)
        )

    def sheets_between(self, first: str, last: str) -> Sequence[str]:
        """List the sheets from one tab to another."""
        order = [same_name(name) for name in self._order]
        start, stop = sorted((order.index(same_name(first)), order.index(same_name(last))))
        return self._order[start : stop + 1]

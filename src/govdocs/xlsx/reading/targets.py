"""Which cells a key names: an address, a defined name, a column of a table.

Sheets, names and tables are told apart as Excel does: case does not count, quotes around a sheet
are optional. Whether a cell may be bound is not asked here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from govdocs.errors import Problem
from govdocs.language.bindings import Binding, explain_unknown, list_known
from govdocs.opc import Package
from govdocs.xlsx.grid.address import Area, maybe_ref, quote_sheet, same_name
from govdocs.xlsx.grid.formula import scan
from govdocs.xlsx.grid.names import Table
from govdocs.xlsx.reading.definitions import TablePart, read_tables, scoped_names
from govdocs.xlsx.reading.workbook import SheetEntry, Workbook

_HIDDEN = frozenset({"hidden", "veryHidden"})


@dataclass(frozen=True, slots=True)
class Target:
    """What a binding names.

    Attributes:
        area: one cell, or the cells of a merged one.
        body: the data rows of the table whose column it is: the first and the last.
        table: the table's name.
    """

    binding: Binding
    sheet: SheetEntry
    area: Area
    body: tuple[int, int] | None = None
    table: str = ""


@dataclass(frozen=True)
class Targets:
    """The cells that keys can name in one workbook."""

    package: Package
    workbook: Workbook

    @cached_property
    def sheets(self) -> tuple[SheetEntry, ...]:
        """The sheets that have cells."""
        return tuple(one for one in self.workbook.sheets if one.kind == "worksheet")

    @cached_property
    def tables(self) -> Sequence[TablePart]:
        """All tables."""
        return read_tables(self.package, self.workbook)

    @cached_property
    def names(self) -> tuple[tuple[str, str, str], ...]:
        """The defined names: name, sheet that it belongs to or nothing, what it stands for."""
        return tuple(
            (name, sheet, element.text)
            for name, sheet, element in scoped_names(self.workbook)
            if not name.startswith("_xlnm.")
        )

    def find(self, binding: Binding) -> Target | Problem:
        """Return what a binding names, or why it names nothing."""
        before, bang, local = _split(binding.key)
        if not bang:
            return self._find_local(binding, None, local)
        sheet = self._sheet(before)
        if isinstance(sheet, SheetEntry):
            return self._find_local(binding, sheet, local)
        code = "bind.sheet_is_chart" if sheet else "bind.no_sheet"
        known = list_known([one.name for one in self.sheets])
        return binding.problem(code, sheet=before, known=known)

    def known(self) -> Iterator[str]:
        """Yield keys that name something: names, columns of tables, a cell of each sheet."""
        for name, sheet, _ in self.names:
            yield quote_sheet(sheet) + name if sheet else name
        for one in self.tables:
            yield from (f"{one.table.name}[{column}]" for column in one.table.columns)
        yield from (quote_sheet(one.name) + "A1" for one in self.sheets)

    def _sheet(self, name: str) -> SheetEntry | bool:
        """The sheet of that name; False where there is none, True where it has no cells."""
        named = [one for one in self.workbook.sheets if same_name(one.name) == same_name(name)]
        if not named:
            return False
        return named[0] if named[0].kind == "worksheet" else True

    def _find_local(
        self, binding: Binding, sheet: SheetEntry | None, local: str
    ) -> Target | Problem:
        if local.endswith("]") and "[" in local:
            return self._find_column(binding, local)
        ref = maybe_ref(local.upper())
        if ref is not None:
            chosen = sheet or self._first_sheet()
            return Target(binding, chosen, ref.area)
        return self._find_name(binding, sheet, local)

    def _first_sheet(self) -> SheetEntry:
        """The first sheet that is shown; which tab is open changes with each look at the file."""
        shown = [one for one in self.sheets if one.element.get("state") not in _HIDDEN]
        return (shown or list(self.sheets))[0]

    def _find_name(
        self, binding: Binding, sheet: SheetEntry | None, local: str
    ) -> Target | Problem:
        named = [one for one in self.names if same_name(one[0]) == same_name(local)]
        if sheet is not None:
            found = [one for one in named if one[1] == sheet.name]
        else:
            found = [one for one in named if not one[1]] or named
        if len(found) > 1:
            ways = list_known([quote_sheet(scope) + name for name, scope, _ in found])
            return binding.problem("bind.found_twice", found=ways)
        if found:
            return self._at_reference(binding, found[0][2])
        table = self._table(local)
        if table is not None:
            return binding.problem("bind.column_missing", known=list_known(table.columns))
        return explain_unknown(binding, list(self.known()))

    def _at_reference(self, binding: Binding, text: str) -> Target | Problem:
        tokens = scan(text)
        ref = tokens[0].ref if len(tokens) == 1 else None
        if ref is not None and ref.scope is not None and ref.kind in ("cell", "area"):
            sheet = self._sheet(ref.scope.sheet)
            is_one = not ref.scope.external and ref.scope.last_sheet is None
            if isinstance(sheet, SheetEntry) and is_one:
                return Target(binding, sheet, ref.area)
        return binding.problem("bind.no_cell", reference=text)

    def _table(self, name: str) -> Table | None:
        found = [one.table for one in self.tables if same_name(one.table.name) == same_name(name)]
        return found[0] if found else None

    def _find_column(self, binding: Binding, local: str) -> Target | Problem:
        name, _, rest = local.partition("[")
        table, column = self._table(name), rest[:-1]
        if table is None:
            return explain_unknown(binding, list(self.known()))
        columns = {same_name(one): index for index, one in enumerate(table.columns)}
        index = columns.get(same_name(column), columns.get(same_name(_unescape(column))))
        if index is None:
            known = list_known(table.columns)
            return binding.problem("bind.no_column", table=table.name, column=column, known=known)
        first = table.area.first_row + table.header_rows
        last = table.area.last_row - table.totals_rows
        at = table.area.first_column + index
        sheet = next(one for one in self.sheets if one.name == table.sheet)
        return Target(binding, sheet, Area(first, at, first, at), (first, last), table.name)


def _split(key: str) -> tuple[str, str, str]:
    """Split a key into its sheet, without quotes, the ``!``, and what stands behind it."""
    text = key.strip()
    head, bracket, tail = text.partition("[")
    sheet, bang, local = head.rpartition("!")
    sheet = sheet.strip()
    if len(sheet) > 1 and sheet.startswith("'") and sheet.endswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    return sheet, bang, local.strip() + bracket + tail


def _unescape(column: str) -> str:
    """Undo the escapes of a structured reference: ``'[`` is ``[``."""
    out, escaped = "", False
    for char in column:
        if char == "'" and not escaped:
            escaped = True
        else:
            out, escaped = out + char, False
    return out

"""What names and structured references stand for: ``合计``, ``明细[数量]``, ``[#This Row]``.

A name is followed through its definition; a structured reference through the table's place and the
names of its columns. What cannot be followed is None, and the caller must take it for unknown.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from govdocs.xlsx.grid.address import Area, same_name
from govdocs.xlsx.grid.formula import Token, scan
from govdocs.xlsx.grid.syntax import Cells, Expression, maybe_expression
from govdocs.xlsx.grid.views import Extent, Point

OWN: Final = -1
"""The depth of a point that stands for the formula's own row: see ``frames.Frame``."""

_ITEM: Final = re.compile(r"\[((?:[^\[\]']|'.)*)\]")
_KINDS: Final = frozenset({"#all", "#data", "#headers", "#totals", "#this row"})
_DEPTH_LIMIT: Final = 16


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a sheet (ListObject): its whole area, its columns, its head and totals rows."""

    name: str
    sheet: str
    area: Area
    columns: tuple[str, ...]
    header_rows: int = 1
    totals_rows: int = 0

    @property
    def data_rows(self) -> int:
        """How many rows it has beside its head and its totals."""
        area = self.area
        return area.last_row - area.first_row + 1 - self.header_rows - self.totals_rows


class Names:
    """The defined names and the tables of a workbook."""

    __slots__ = ("_names", "_open", "_tables")

    def __init__(
        self, names: Mapping[str, str] | None = None, tables: Iterable[Table] = ()
    ) -> None:
        """Take definitions: name -> formula; a name of one sheet only as ``表1!合计``."""
        self._names = {same_name(name): text for name, text in (names or {}).items()}
        self._tables = {same_name(table.name): table for table in tables}
        self._open: list[str] = []

    def maybe_read(self, token: Token, sheet: str, cell: tuple[int, int]) -> Expression | None:
        """Give what a name or a structured reference stands for in a cell of ``sheet``."""
        if token.kind == "table":
            return self.maybe_cells(token, sheet, cell)
        name, definition = self.definition(token, sheet)
        if definition is None:
            return self.maybe_cells(token, sheet, cell)
        if name in self._open or len(self._open) > _DEPTH_LIMIT:
            return None
        self._open.append(name)
        try:
            return self._maybe_defined(definition, sheet, cell)
        finally:
            self._open.pop()

    def maybe_cells(self, token: Token, sheet: str, cell: tuple[int, int]) -> Cells | None:
        """Give the cells of a table that a token names; None if it names none."""
        if token.kind == "table":
            return self._maybe_structured(token.text, sheet, cell)
        table = self._tables.get(same_name(token.text))
        return None if table is None else _cells(table, ["#data"], None)

    def definition(self, token: Token, sheet: str) -> tuple[str, str | None]:
        """Give the key and the formula of a name as seen from ``sheet``; None if unknown."""
        scope = token.scope
        if scope is not None:
            bare = token.text[len(scope.prefix) :]
            name = same_name(f"{scope.sheet}!{bare}")
            return name, self._names.get(name, self._names.get(same_name(bare)))
        own = same_name(f"{sheet}!{token.text}")
        name = own if own in self._names else same_name(token.text)
        return name, self._names.get(name)

    def _maybe_defined(
        self, definition: str, sheet: str, cell: tuple[int, int]
    ) -> Expression | None:
        tokens = scan(definition.removeprefix("="))
        if not all(map(is_fixed, tokens)):
            return None
        return maybe_expression(tokens, lambda inner: self.maybe_read(inner, sheet, cell))

    def _maybe_structured(self, text: str, sheet: str, cell: tuple[int, int]) -> Cells | None:
        name, _, _ = text.partition("[")
        table = self._tables.get(same_name(name)) if name else self._table_around(sheet, cell)
        if table is None:
            return None
        read = _maybe_read_items(text[len(name) :])
        return None if read is None else _cells(table, *read)

    def _table_around(self, sheet: str, cell: tuple[int, int]) -> Table | None:
        for table in self._tables.values():
            area = table.area
            rows = area.first_row <= cell[0] <= area.last_row
            columns = area.first_column <= cell[1] <= area.last_column
            if same_name(table.sheet) == same_name(sheet) and rows and columns:
                return table
        return None


def is_fixed(token: Token) -> bool:
    """Tell whether a token of a name's formula means the same in every cell that uses it."""
    return token.ref is None or (all(_marks(token)) and token.scope is not None)


def _marks(token: Token) -> Iterator[bool]:
    ref = token.ref
    if ref is not None:
        row, column, last_row, last_column = ref.marks
        if ref.kind != "columns":
            yield from (row, last_row)
        if ref.kind != "rows":
            yield from (column, last_column)


def _maybe_read_items(text: str) -> tuple[list[str], tuple[str, str] | None] | None:
    """Read ``[[#Data],[a]:[b]]``: kinds of rows, first and last column."""
    inside = text[1:-1].strip()
    if not inside.startswith("["):
        inside = f"[{inside}]" if inside else ""
    if _ITEM.sub("", inside).strip(" ,:"):
        return None
    items = [re.sub("'(.)", r"\1", item) for item in _ITEM.findall(inside)]
    kinds = [item.casefold() for item in items if item.casefold() in _KINDS]
    columns = [item for item in items if item.casefold() not in _KINDS]
    if len(columns) > 2:  # noqa: PLR2004  # first and last
        return None
    return kinds or ["#data"], (columns[0], columns[-1]) if columns else None


def _cells(table: Table, kinds: list[str], columns: tuple[str, str] | None) -> Cells | None:
    first, last = 0, len(table.columns) - 1
    if columns is not None:
        known = [same_name(name) for name in table.columns]
        if not all(same_name(name) in known for name in columns):
            return None
        first, last = sorted(known.index(same_name(name)) for name in columns)
    left = table.area.first_column
    across = Extent(Point(0, left + first), Point(0, left + last))
    rows = _maybe_rows(table, kinds)
    return None if rows is None else Cells(rows, across, table.sheet)


def _maybe_rows(table: Table, kinds: list[str]) -> Extent | None:
    area = table.area
    head = area.first_row + table.header_rows
    foot = area.last_row - table.totals_rows
    parts = {
        "#all": (area.first_row, area.last_row),
        "#headers": (area.first_row, head - 1),
        "#data": (head, foot),
        "#totals": (foot + 1, area.last_row),
    }
    if kinds == ["#this row"]:
        return Extent(Point(OWN, 0), Point(OWN, 0))
    if not all(kind in parts for kind in kinds):
        return None
    first = min(parts[kind][0] for kind in kinds)
    last = max(parts[kind][1] for kind in kinds)
    return Extent(Point(0, first), Point(0, last)) if first <= last else None

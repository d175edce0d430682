"""References by the name of a table's column, ``明细[数量]``, follow what the column is called.

A column that is there once is renamed. For one that repeats, or is gone, the cells themselves are
put, as the template has them: the reference engine then knows which copies are meant.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from govdocs.xlsx.following.heads import Head
from govdocs.xlsx.grid.address import cell_name, quote_sheet, same_name
from govdocs.xlsx.grid.formula import Token, scan
from govdocs.xlsx.grid.names import OWN, Names, Table
from govdocs.xlsx.xml.encoding import unescape_text

_ITEM = re.compile(r"\[((?:[^\[\]']|'.)*)\]")
_BARE = re.compile(r"(?<=\],)\s*((?:[^\[\]',:]|'.)+?)\s*(?=\])")
"""A column behind a keyword without brackets of its own, ``[[#This Row],数量]``."""
Cell = tuple[str, int, int]
"""Sheet, row and column of the template."""
NOWHERE: Cell = ("", 0, 0)
_SPECIAL = re.compile(r"[\[\]#']")


class TableColumns:
    """What the columns of all tables are called now."""

    __slots__ = ("_copies", "_names", "_tables")

    def __init__(self, tables: Iterable[tuple[Table, Sequence[Head]]] = ()) -> None:
        """Take the tables of the template and what has become of their columns."""
        self._copies: dict[str, dict[str, list[str]]] = {}
        changed = []
        for table, heads in tables:
            copies: dict[str, list[str]] = {same_name(name): [] for name in table.columns}
            for head in heads:
                key = same_name(table.columns[head.index])
                copies[key].append(unescape_text(head.name))
            if any(list(map(same_name, now)) != [before] for before, now in copies.items()):
                self._copies[same_name(table.name)] = copies
                changed.append(table)
        self._names, self._tables = Names(tables=changed), tuple(changed)

    def follow(self, text: str, cell: Cell = NOWHERE) -> str:
        """Write a formula of the template with the columns as they are called now.

        Args:
            text: the formula.
            cell: of the template where it stands, if it stands in a cell.
        """
        if not self._copies or "[" not in text:
            return text
        return "".join(self._followed(token, cell) for token in scan(text))

    def _followed(self, token: Token, cell: Cell) -> str:
        name, bracket, rest = token.text.partition("[")
        copies = self._copies.get(same_name(name) or self._around(cell))
        if copies is None or token.kind != "table":
            return token.text
        rest = _BARE.sub(r"[\1]", rest)
        token = token._replace(text=name + bracket + rest)
        items = [_plain(item) for item in _ITEM.findall(bracket + rest)]
        found = [copies[same_name(item)] for item in items if same_name(item) in copies]
        is_stretch = len(found) > 1 and all(found)
        if all(len(one) == 1 for one in found) or is_stretch:
            return name + _renamed(bracket + rest, copies)
        return self._cells(token, cell) or token.text

    def _around(self, cell: Cell) -> str:
        """Name the table that a cell lies in: its own formulas may leave the name out."""
        sheet, row, column = cell
        for one in self._tables if row else ():
            area = one.area
            inside = area.first_row <= row <= area.last_row
            beside = area.first_column <= column <= area.last_column
            if inside and beside and same_name(one.sheet) == same_name(sheet):
                return same_name(one.name)
        return ""

    def _cells(self, token: Token, cell: Cell) -> str:
        """Write the cells that a reference stands for in the template; nothing if not known."""
        sheet, row, column = cell
        cells = self._names.maybe_cells(token, sheet, (row, column))
        if cells is None or cells.sheet is None:
            return ""
        own = cells.rows.first.depth == OWN
        if own and not row:
            return ""
        first, last = (row, row) if own else (cells.rows.first.offset, cells.rows.last.offset)
        left, right = cells.columns.first.offset, cells.columns.last.offset
        corners = [cell_name(first, left), cell_name(last, right)]
        return quote_sheet(cells.sheet) + ":".join(dict.fromkeys(corners))


def _renamed(text: str, copies: dict[str, list[str]]) -> str:
    """Write brackets with new names; of a stretch the first copy of one, the last of the other."""
    seen: list[str] = []

    def rename(found: re.Match[str]) -> str:
        names = copies.get(same_name(_plain(found[1])))
        if names is None:
            return found[0]
        seen.append(names[-1 if seen else 0])
        return f"[{_SPECIAL.sub(lambda one: chr(39) + one[0], seen[-1])}]"

    return _ITEM.sub(rename, text)


def spans_of_names(text: str, tables: Iterable[Table]) -> Iterator[tuple[int, int]]:
    """Yield where a formula names columns of tables: tags in there are part of the name."""
    columns = {same_name(one.name): set(map(same_name, one.columns)) for one in tables}
    position = 0
    for token in scan(text):
        name = same_name(token.text.partition("[")[0])
        known = columns.get(name) or (set().union(*columns.values()) if not name else ())
        items = _ITEM.findall(token.text) if token.kind == "table" else ()
        if any(same_name(_plain(item)) in known for item in items):
            yield position, position + len(token.text)
        position += len(token.text)


def _plain(item: str) -> str:
    """Read a name without its escapes: ``'[`` is ``[``."""
    return re.sub("'(.)", r"\1", item)

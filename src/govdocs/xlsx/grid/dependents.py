"""Which formulas a fill has made stale: those that read what changed, and those that read them.

Everything is in the template's coordinates. A formula of which it cannot be told what it reads
(INDIRECT, OFFSET, a name relative to its cell) and one that changes by itself (TODAY) counts as
stale, always. This module never works a formula out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from govdocs.xlsx.grid.address import Area, same_name
from govdocs.xlsx.grid.formula import Token, scan
from govdocs.xlsx.grid.functions import function_name
from govdocs.xlsx.grid.names import OWN, Names, is_fixed
from govdocs.xlsx.grid.syntax import Cells

ALWAYS_STALE: Final = frozenset(
    {
        "CELL",
        "INDIRECT",
        "INFO",
        "NOW",
        "OFFSET",
        "RAND",
        "RANDARRAY",
        "RANDBETWEEN",
        "RTD",
        "TODAY",
    }
)
"""Functions that read cells that are not named in the formula, or give another value each time."""

_NESTED_NAMES: Final = 16


@dataclass(frozen=True, slots=True)
class FormulaAt:
    """A formula and the cells that it fills: one, or the whole area of an array formula."""

    sheet: str
    area: Area
    text: str


def find_stale(
    formulas: Sequence[FormulaAt],
    changed: Iterable[tuple[str, Area]],
    names: Names | None = None,
    sheets: Sequence[str] = (),
) -> list[FormulaAt]:
    """List the formulas whose value may differ after the fill.

    Args:
        formulas: all formulas of the workbook.
        changed: the cells that the fill writes, or moves apart: sheet and area. Formulas in them
            count as changed; where nothing changes, nothing is stale, ``NOW()`` neither.
        names: what names and structured references stand for.
        sheets: all sheets in the order of their tabs, for 3-D references.
    """
    changed = list(changed)
    if not changed:
        return []
    search = _Search(formulas, names or Names(), sheets)
    stale = search.run(changed)
    return [formula for index, formula in enumerate(formulas) if index in stale]


class _Search:
    """The search from what changed to all that reads it."""

    def __init__(self, formulas: Sequence[FormulaAt], names: Names, sheets: Sequence[str]) -> None:
        self._formulas = formulas
        self._stale: set[int] = set()
        self._readers: dict[str, _Index] = {}
        self._places: dict[str, _Index] = {}
        order = [same_name(sheet) for sheet in sheets]
        for number, formula in enumerate(formulas):
            reads = _Reads(formula, names, order)
            if reads.always_stale:
                self._stale.add(number)
            for sheet, area in reads.areas:
                self._readers.setdefault(sheet, _Index()).add(area, number)
            self._places.setdefault(same_name(formula.sheet), _Index()).add(formula.area, number)

    def run(self, changed: Iterable[tuple[str, Area]]) -> set[int]:
        waiting = [self._formulas[number] for number in self._stale]
        for name, area in changed:
            sheet = same_name(name)
            inside = list(self._hit(self._places, sheet, area))
            # whoever reads a formula inside the area is found by the area itself
            waiting += [self._formulas[n] for n in inside if not _holds(area, self._formulas[n])]
            waiting += [self._formulas[n] for n in self._hit(self._readers, sheet, area)]
        while waiting:
            formula = waiting.pop()
            sheet = same_name(formula.sheet)
            waiting += [
                self._formulas[number] for number in self._hit(self._readers, sheet, formula.area)
            ]
        return self._stale

    def _hit(self, indexes: "dict[str, _Index]", sheet: str, area: Area) -> Iterator[int]:
        """List the formulas of an index that meet an area and were not stale before."""
        index = indexes.get(sheet)
        for number in index.take(area) if index else ():
            if number not in self._stale:
                self._stale.add(number)
                yield number


class _Reads:
    """What one formula reads: areas by sheet, or what nobody can tell."""

    def __init__(self, formula: FormulaAt, names: Names, order: Sequence[str]) -> None:
        self.areas: set[tuple[str, Area]] = set()
        self.always_stale = False
        self._sheet = formula.sheet
        self._cell = (formula.area.first_row, formula.area.first_column)
        self._names = names
        self._order = order
        self._open: list[str] = []
        self._read(scan(formula.text))

    def _read(self, tokens: Iterable[Token]) -> None:
        for token in tokens:
            if token.ref is not None:
                self._reference(token)
            elif token.kind == "call":
                self._call(token)
            elif token.kind in {"name", "table"}:
                self._name(token)
            elif token.kind == "operator" and token.text == ":":
                self.always_stale = True  # a range with a computed end

    def _reference(self, token: Token) -> None:
        ref, scope = token.ref, token.scope
        if ref is None or (scope is not None and scope.external):
            return
        if scope is None:
            self.areas.add((same_name(self._sheet), ref.area))
            return
        for sheet in self._run_of_sheets(scope.sheet, scope.last_sheet):
            self.areas.add((sheet, ref.area))

    def _run_of_sheets(self, first: str, last: str | None) -> Sequence[str]:
        ends = [same_name(first), same_name(last or first)]
        if last is None or not all(end in self._order for end in ends):
            self.always_stale = self.always_stale or last is not None
            return ends[:1]
        start, stop = sorted(map(self._order.index, ends))
        return self._order[start : stop + 1]

    def _call(self, token: Token) -> None:
        name = function_name(token.text)
        if name in ALWAYS_STALE:
            self.always_stale = True
        self._definition(Token("name", token.text[:-1]))

    def _name(self, token: Token) -> None:
        if self._definition(token):
            return
        cells = self._names.maybe_cells(token, self._sheet, self._cell)
        if cells is not None:
            self._table_cells(cells)
        elif token.kind == "table":
            self.always_stale = True  # of a table that is not known

    def _definition(self, token: Token) -> bool:
        """Read what a name stands for; False if it is not defined."""
        key, text = self._names.definition(token, self._sheet)
        if text is None:
            return False
        if key not in self._open and len(self._open) < _NESTED_NAMES:
            self._open.append(key)
            tokens = scan(text.removeprefix("="))
            self.always_stale = self.always_stale or not all(map(is_fixed, tokens))
            self._read(tokens)
            self._open.pop()
        return True

    def _table_cells(self, cells: Cells) -> None:
        own = cells.rows.first.depth == OWN
        first = self._cell[0] if own else cells.rows.first.offset
        last = self._cell[0] if own else cells.rows.last.offset
        columns = cells.columns
        area = Area(first, columns.first.offset, last, columns.last.offset)
        self.areas.add((same_name(cells.sheet or self._sheet), area))


_Grid = defaultdict[tuple[int, int], dict[Area, list[int]]]


class _Index:
    """Areas, found by what they meet. Each is given out once.

    Areas of like height and width share a grid whose fields are as large as they are, so that each
    lies in four fields at most.
    """

    __slots__ = ("_grids",)

    def __init__(self) -> None:
        self._grids: defaultdict[tuple[int, int], _Grid] = defaultdict(lambda: defaultdict(dict))

    def add(self, area: Area, number: int) -> None:
        """Put in an area under a number."""
        first_row, first_column, last_row, last_column = area
        size = (last_row - first_row).bit_length(), (last_column - first_column).bit_length()
        grid = self._grids[size]
        if size == (0, 0):
            grid[first_row, first_column].setdefault(area, []).append(number)
            return
        for field in _fields(area, size):
            grid[field].setdefault(area, []).append(number)

    def take(self, area: Area) -> Iterator[int]:
        """Give the numbers of all areas that meet one, and forget these areas."""
        for size, grid in self._grids.items():
            for field in _met(grid, area, size):
                entries = grid[field]
                for own in [own for own in entries if _meet(own, area)]:
                    yield from entries.pop(own)
                if not entries:
                    del grid[field]


def _fields(area: Area, size: tuple[int, int]) -> Iterator[tuple[int, int]]:
    for row in range(area.first_row >> size[0], (area.last_row >> size[0]) + 1):
        for column in range(area.first_column >> size[1], (area.last_column >> size[1]) + 1):
            yield row, column


def _met(grid: _Grid, area: Area, size: tuple[int, int]) -> list[tuple[int, int]]:
    """List the fields of a grid that an area touches."""
    if not grid:  # a dict that was emptied is still slow to go through
        return []
    rows = (area.last_row >> size[0]) - (area.first_row >> size[0]) + 1
    columns = (area.last_column >> size[1]) - (area.first_column >> size[1]) + 1
    if rows * columns <= len(grid):
        return [field for field in _fields(area, size) if field in grid]
    first, last = area.first_row >> size[0], area.last_row >> size[0]
    left, right = area.first_column >> size[1], area.last_column >> size[1]
    return [field for field in grid if first <= field[0] <= last and left <= field[1] <= right]


def _meet(one: Area, other: Area) -> bool:
    return (
        one.first_row <= other.last_row
        and other.first_row <= one.last_row
        and one.first_column <= other.last_column
        and other.first_column <= one.last_column
    )


def _holds(area: Area, formula: FormulaAt) -> bool:
    inner = formula.area
    return (
        area.first_row <= inner.first_row
        and inner.last_row <= area.last_row
        and area.first_column <= inner.first_column
        and inner.last_column <= area.last_column
    )

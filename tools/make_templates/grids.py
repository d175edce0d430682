"""The tables of a form as they are printed: which cell stands where, and how far it reaches.

Word and Excel write the same grid, each in its own way. Two layouts are known:

====== ==================================================================================
list   each row of the form is a row of the table, heads too, with its unit beside it
nested a head stands to the left of its rows, or above its columns, and reaches over them;
       blocks stand one below the other, each under a head as wide as the table
====== ==================================================================================
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from govdocs.forms import Block, Heading, Table

HEAD_UNIT = "——"
"""What stands in the unit's column of a row that holds no figure."""

Kind = Literal["head", "label", "group", "unit", "figure"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell, counted from 0.

    Attributes:
        kind: a ``group`` is a label that reaches over several rows.
        rows: how many rows it reaches over.
        columns: how many columns it reaches over.
        level: depth of a row's label, 1 for the outermost.
        type: what figure it holds: a ``count``, an ``amount`` or a ``change``; empty for none.
        unit: what is written behind the figure in its own cell; empty where the head says it.
    """

    row: int
    column: int
    text: str
    kind: Kind
    rows: int = 1
    columns: int = 1
    level: int = 1
    type: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """One printed table.

    Attributes:
        heads: how many rows at the top are printed again on every page.
    """

    layout: Literal["list", "nested"]
    cells: tuple[Cell, ...]
    heads: int

    @property
    def height(self) -> int:
        """How many rows there are."""
        return max(cell.row + cell.rows for cell in self.cells)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max(cell.column + cell.columns for cell in self.cells)

    @property
    def figures(self) -> tuple[Cell, ...]:
        """The cells that hold figures."""
        return tuple(cell for cell in self.cells if cell.type)


def lay_out(table: Table) -> Grid:
    """Lay a table out."""
    if table.unit_head:
        return Grid("list", tuple(_list_cells(table)), heads=1)
    blocks = [tuple(_block_cells(table, block)) for block in table.blocks]
    heads = [block.head for block in table.blocks]
    repeated = 0 if any(heads) else _depth(table.blocks[0].columns)
    return Grid("nested", tuple(_pile(blocks, heads)), repeated)


def _list_cells(table: Table) -> Iterator[Cell]:
    [block] = table.blocks
    [column] = block.columns
    for at, text in enumerate((table.row_head, table.unit_head, column.label)):
        yield Cell(0, at, text, "head")
    for row, heading in enumerate(block.rows, 1):
        yield Cell(row, 0, heading.label, "label", level=heading.level)
        yield Cell(row, 1, heading.unit or HEAD_UNIT, "unit")
        if heading.key is None:
            yield Cell(row, 2, "", "unit")
        else:
            yield _figure(table, heading, column, row, 2)


def _block_cells(table: Table, block: Block) -> Iterator[Cell]:
    """Lay out one block, its head not included: corner, heads of columns, labels, figures."""
    labels = _depth(block.rows) if any(heading.label for heading in block.rows) else 0
    heads = _depth(block.columns)
    if labels:
        yield Cell(0, 0, table.row_head, "head", rows=heads, columns=labels)
    for spot in _spread(block.columns):
        row, column = spot.level - 1, labels + spot.first
        yield Cell(row, column, spot.heading.label, "head", rows=spot.deep, columns=spot.leaves)
    for spot in _spread(block.rows) if labels else ():
        yield Cell(
            heads + spot.first,
            spot.level - 1,
            spot.heading.label,
            "group" if spot.leaves > 1 else "label",
            rows=spot.leaves,
            columns=spot.deep,
            level=spot.level,
        )
    for row, heading in enumerate(_leaves(block.rows), heads):
        for column, head in enumerate(_leaves(block.columns), labels):
            yield _figure(table, heading, head, row, column)


def _pile(blocks: Sequence[Sequence[Cell]], heads: Sequence[str]) -> Iterator[Cell]:
    """Put blocks below one another; the last column of a narrow one is as wide as it takes."""
    width = max(map(_right, (cell for block in blocks for cell in block)))
    top = 0
    for block, head in zip(blocks, heads, strict=True):
        if head:
            yield Cell(top, 0, head, "head", columns=width)
            top += 1
        edge = max(map(_right, block))
        for cell in block:
            wider = width - edge if _right(cell) == edge else 0
            yield replace(cell, row=top + cell.row, columns=cell.columns + wider)
        top += max(cell.row + cell.rows for cell in block)


def _right(cell: Cell) -> int:
    return cell.column + cell.columns


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a heading stands: its depth, its first leaf, over how many leaves and levels."""

    heading: Heading
    level: int
    first: int
    leaves: int
    deep: int


def _spread(headings: Sequence[Heading]) -> Iterator[_Spot]:
    """Spread headings over their leaves; a leaf reaches down to the deepest level."""
    deepest = _depth(headings)
    first = 0
    for at, heading in enumerate(headings):
        if heading.key is not None:
            yield _Spot(heading, heading.level, first, 1, deepest - heading.level + 1)
            first += 1
        else:
            yield _Spot(heading, heading.level, first, _count_below(headings, at), 1)


def _count_below(headings: Sequence[Heading], at: int) -> int:
    count = 0
    for heading in headings[at + 1 :]:
        if heading.level <= headings[at].level:
            break
        count += heading.key is not None
    return count


def _leaves(headings: Iterable[Heading]) -> list[Heading]:
    return [heading for heading in headings if heading.key is not None]


def _depth(headings: Iterable[Heading]) -> int:
    return max(heading.level for heading in headings)


def _figure(table: Table, row: Heading, column: Heading, at_row: int, at_column: int) -> Cell:
    key = table.key_of(row.key or "", column.key or "")
    unit_in_cell = row.unit_in_cell or column.unit_in_cell
    return Cell(
        at_row,
        at_column,
        f"{{{{ stats.{key} }}}}",
        "figure",
        type=row.type or column.type or "count",
        unit=(row.unit or column.unit) if unit_in_cell else "",
    )

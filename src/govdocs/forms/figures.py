"""The figures of a form and the headings of its tables, as plain data.

A table is a pile of blocks, a block a grid: headings of rows down the left, headings of columns
across the top, a figure where a keyed row meets a keyed column. This module never sees a value.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

FigureType = Literal["count", "amount", "change"]
"""``count`` is a whole number from 0 up, ``amount`` a decimal from 0 up, ``change`` a whole number
of either sign (本年增/减)."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One row or one column of a table.

    Attributes:
        key: what the row or column is called in a key; None for a head without figures.
        label: as printed, numbering included.
        level: depth, from 1.
        path: the labels from the outermost heading down to this one.
        also: other wordings that are met in real sheets.
    """

    key: str | None
    label: str
    level: int = 1
    path: tuple[str, ...] = ()
    unit: str = ""
    type: FigureType | None = None
    also: tuple[str, ...] = ()
    unit_in_cell: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Rows and columns that share one head."""

    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    head: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a form.

    Attributes:
        path: how a figure's key is made of the keys of its row and column: ``t3.{row}.{column}``.
        row_head: what stands over the row labels.
        unit_head: what stands over the column of units; empty when the table has none.
        unit: the unit of every figure that has none of its own.
    """

    key: str
    title: str
    path: str
    blocks: tuple[Block, ...]
    row_head: str = ""
    unit_head: str = ""
    unit: str = ""

    def key_of(self, row: str, column: str) -> str:
        """Make the key of the figure where ``row`` meets ``column``."""
        return self.path.replace("{row}", row).replace("{column}", column).strip("._")

    def rows(self) -> Iterator[Heading]:
        """Go through the rows that hold figures, block by block."""
        return (row for block in self.blocks for row in block.rows if row.key is not None)

    def columns(self) -> Iterator[Heading]:
        """Go through the columns that hold figures, block by block."""
        return (one for block in self.blocks for one in block.columns if one.key is not None)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a form.

    Attributes:
        key: dotted, within ``stats``: ``proactive_total``, ``t3.new_received.natural_person``.
        labels: the row's labels, outermost first, the head of the block before them.
        heads: the column's labels, outermost first.
        blanks: what may stand in the cell in place of a number.
        unit_in_cell: whether the cell may hold the unit behind the number (``251000元``).
    """

    key: str
    labels: tuple[str, ...]
    heads: tuple[str, ...]
    table: str
    row: str
    column: str
    unit: str
    type: FigureType
    blanks: tuple[str, ...]
    unit_in_cell: bool = False

    @property
    def address(self) -> str:
        """The figure's key from the top of the dict: ``stats.proactive_total``."""
        return f"stats.{self.key}"

    @property
    def steps(self) -> tuple[str, ...]:
        """The key cut at its dots."""
        return tuple(self.key.split("."))


def list_figures(table: Table, blanks: tuple[str, ...]) -> Iterator[Figure]:
    """Go through the figures of a table in printed order: block by block, row by row."""
    for block in table.blocks:
        columns = [column for column in block.columns if column.key is not None]
        for row in block.rows:
            if row.key is not None:
                for column in columns:
                    yield _figure(table, block, row, column, blanks)


def _figure(
    table: Table, block: Block, row: Heading, column: Heading, blanks: tuple[str, ...]
) -> Figure:
    row_key, column_key = row.key or "", column.key or ""
    head = (block.head,) if block.head else ()
    return Figure(
        key=table.key_of(row_key, column_key),
        labels=head + tuple(label for label in row.path if label),
        heads=tuple(label for label in column.path if label),
        table=table.key,
        row=row_key,
        column=column_key,
        unit=row.unit or column.unit or table.unit,
        type=row.type or column.type or "count",
        blanks=blanks,
        unit_in_cell=row.unit_in_cell or column.unit_in_cell,
    )

"""How the rows look in which tables stand side by side: heights, and the formats of their cells.

A table with fewer passes than its neighbour leaves room; there the cells are empty and look as the
template's do. Nothing here knows what a cell says.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from govdocs.xlsx.blocks.beside import Beside
from govdocs.xlsx.reading.rows import Row
from govdocs.xlsx.xml.tokens import COLUMN

GAP = "\0"
"""Stands for the number of the row."""


@dataclass(frozen=True, slots=True)
class RowLook:
    """One row of the template.

    Attributes:
        head: its start tag, with :data:`GAP` for its number; ``tail`` what follows its cells.
        blanks: by column, its cells without what they say; those of no format are left out.
    """

    head: str
    tail: str
    blanks: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class RowLooks:
    """The rows in which tables stand side by side.

    Attributes:
        starts: the columns with which the tables begin.
        rows: by their number in the template.
    """

    starts: tuple[int, ...]
    rows: Mapping[int, RowLook]


def take_looks(beside: Beside, rows: Mapping[int, Row]) -> RowLooks:
    """Take down how the rows of tables side by side look."""
    numbers = range(beside.first, beside.last + 1)
    return RowLooks(beside.starts, {one: _look(rows[one]) for one in numbers if one in rows})


def _look(row: Row) -> RowLook:
    blanks = tuple(
        (cell.column, f'<{cell.element.qname} r="{COLUMN}{GAP}" s="{cell.style}"/>')
        for cell in row.cells
        if cell.style is not None
    )
    return RowLook(f"{row.head}{GAP}{_tidy(row.rest)}", _tidy(row.tail), blanks)


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")

"""Grids of texts: what a table of a file looks like to this room.

The engines hand in the texts of a table with their merges; a label is then found by what it says
and where it stands. No XML, no cell references, no numbers as numbers: whether a cell holds a
figure does not matter for where the figure belongs.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_NUMBER_LIKE = re.compile(r"[\s\d.,%％+\-－—–―─/／０-９．，万元]*")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, or a merged area by its first cell. Rows and columns are counted from 0 or 1."""

    row: int
    col: int
    text: str
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """Where a cell is: the grid, counted from 0, and the row and column as the grid counts them."""

    grid: int
    row: int
    col: int


Grid = Sequence[Cell]
Fingerprint = tuple[tuple[tuple[int, int, int, int, str], ...], ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A grid spread out: every place of a merged area knows its cell.

    Attributes:
        number: which grid it is.
        labels: the cells that hold words, in reading order.
        places: row and column to cell, for every cell and every place that a merge covers.
        width: the last column.
    """

    number: int
    labels: tuple[Cell, ...]
    places: dict[tuple[int, int], Cell]
    width: int

    def spot(self, cell: Cell) -> Spot:
        """Tell where a cell of this area is."""
        return Spot(self.number, cell.row, cell.col)


def spread(number: int, grid: Grid) -> Area:
    """Spread a grid out."""
    places: dict[tuple[int, int], Cell] = {}
    for cell in grid:
        for row in range(cell.row, cell.row + cell.rowspan):
            for col in range(cell.col, cell.col + cell.colspan):
                places[row, col] = cell
    words = (cell for cell in grid if is_words(cell.text))
    width = max((cell.col + cell.colspan - 1 for cell in grid), default=0)
    return Area(number, tuple(sorted(words, key=_reading_order)), places, width)


def _reading_order(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.col


def is_words(text: str) -> bool:
    """Tell whether a text may be a label: it is no number, no blank, no ``/`` and no ``——``."""
    return _NUMBER_LIKE.fullmatch(text) is None


def fingerprint(grids: Iterable[Grid]) -> Fingerprint:
    """Keep what decides where figures are: every text that is no figure, and every merge."""
    return tuple(tuple(map(_trace, grid)) for grid in grids)


def _trace(cell: Cell) -> tuple[int, int, int, int, str]:
    text = cell.text if is_words(cell.text) else ""
    return cell.row, cell.col, cell.rowspan, cell.colspan, text

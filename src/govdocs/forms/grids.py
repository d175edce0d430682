"""Grids of texts: what a table of a file looks like to this room.

The engines hand in the texts of a table with their merges; a label is then found by what it says
and where it stands. No XML, no cell references, no numbers as numbers: whether a cell holds a
figure does not matter for where the figure belongs.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
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
        number: its place among all areas, in reading order.
        grid: the grid that it is, or is a part of.
        labels: the cells that hold words, in reading order.
        places: row and column to cell, for every cell and every place that a merge covers.
        width: the last column.
    """

    number: int
    grid: int
    labels: tuple[Cell, ...]
    places: dict[tuple[int, int], Cell]
    width: int

    def spot(self, cell: Cell) -> Spot:
        """Tell where a cell of this area is."""
        return Spot(self.grid, cell.row, cell.col)


def spread(number: int, grid: Grid) -> Area:
    """Spread a grid out."""
    places: dict[tuple[int, int], Cell] = {}
    for cell in grid:
        for row in range(cell.row, cell.row + cell.rowspan):
            for col in range(cell.col, cell.col + cell.colspan):
                places[row, col] = cell
    words = (cell for cell in grid if is_words(cell.text))
    width = max((cell.col + cell.colspan - 1 for cell in grid), default=0)
    return Area(number, number, tuple(sorted(words, key=_reading_order)), places, width)


def cut_in_bands(areas: Sequence[Area], cuts: Mapping[int, Sequence[int]]) -> list[Area]:
    """Cut areas into bands that stand side by side and are read one after the other.

    Args:
        areas: all areas of a file.
        cuts: number of an area to the last column of each of its bands.
    """
    bands: list[Area] = []
    for area in areas:
        ends = [*cuts.get(area.number, [])[:-1], area.width]
        starts = [0, *(end + 1 for end in ends[:-1])]
        for start, end in zip(starts, ends, strict=True):
            labels = tuple(cell for cell in area.labels if start <= cell.col <= end)
            places = {at: cell for at, cell in area.places.items() if start <= at[1] <= end}
            bands.append(Area(len(bands), area.grid, labels, places, end))
    return bands


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

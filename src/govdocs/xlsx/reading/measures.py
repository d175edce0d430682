"""How wide the columns and how high the rows of a sheet of the template are, in EMU.

A column's width counts in digits of the default font; a digit is taken for 7 pixels wide, as in
Excel's own default font, since fonts are not measured. Source: ECMA-376 part 1, 18.3.1.13 and
18.3.1.81.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from govdocs.values.lengths import EMU_PER_PT
from govdocs.xlsx.grid.layout import COLUMN_LIMIT, ROW_LIMIT
from govdocs.xlsx.xml.markup import Element

EMU_PER_PIXEL = 9_525
_DIGIT = 7
_WIDTH = 64 / _DIGIT
_HEIGHT = 15.0
_HIDDEN = frozenset({"1", "true", "on"})


@dataclass(frozen=True, slots=True)
class Measures:
    """The sizes of rows and columns.

    Attributes:
        numbers: the rows that the sheet has; ``heights`` theirs in pt, 0 where it does not say.
        height: of any other row, in pt.
        columns: first, last and width in EMU, of those whose width the sheet says.
        width: of any other column, in EMU.
    """

    numbers: Sequence[int]
    heights: Sequence[float]
    height: float
    columns: tuple[tuple[int, int, int], ...]
    width: int

    def height_of(self, row: int) -> int:
        """Return the height of a row of the template."""
        index = bisect_left(self.numbers, row)
        found = index < len(self.numbers) and self.numbers[index] == row
        return round(((self.heights[index] if found else 0) or self.height) * EMU_PER_PT)

    def width_of(self, column: int) -> int:
        """Return the width of a column of the template."""
        found = (width for first, last, width in self.columns if first <= column <= last)
        return next(found, self.width)

    def last_row(self, row: int, distance: int) -> int:
        """Find how far down reaches what ends so far below the top of a row, in EMU."""
        return _reach(row, distance, ROW_LIMIT, self.height_of)

    def last_column(self, column: int, distance: int) -> int:
        """Find how far right reaches what ends so far behind the left edge of a column, in EMU."""
        return _reach(column, distance, COLUMN_LIMIT, self.width_of)


def _reach(line: int, distance: int, limit: int, size_of: Callable[[int], int]) -> int:
    """Walk over lines; a pixel that an object stands out is nothing."""
    while line < limit and distance > (size := size_of(line)) + EMU_PER_PIXEL:
        distance -= size
        line += 1
    return line


def read_measures(root: Element, numbers: Sequence[int], heights: Sequence[float]) -> Measures:
    """Read the sizes that a sheet says.

    Args:
        root: of the sheet, without its rows.
        numbers: of its rows.
        heights: theirs in pt, 0 where it does not say.
    """
    properties = root.find("sheetFormatPr")
    height = properties.get("defaultRowHeight") if properties is not None else ""
    width = properties.get("defaultColWidth") if properties is not None else ""
    return Measures(
        *(numbers, heights, _number(height) or _HEIGHT),
        *(tuple(_columns(root)), _width(_number(width) or _WIDTH)),
    )


def _columns(root: Element) -> Iterator[tuple[int, int, int]]:
    listed = root.find("cols")
    for element in () if listed is None else listed.children:
        width = _width(_number(element.get("width")) or _WIDTH)
        if element.get("hidden").lower() in _HIDDEN:
            width = 0
        if element.get("min").isdigit() and element.get("max").isdigit():
            yield int(element.get("min")), int(element.get("max")), width


def _width(digits: float) -> int:
    """Turn a width in digits into EMU, through the pixels that a screen shows."""
    return round(digits * _DIGIT) * EMU_PER_PIXEL


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0

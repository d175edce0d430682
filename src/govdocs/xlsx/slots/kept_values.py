"""Values that slots have written, kept for the formulas that read them: column by column.

There may be a million of them, so numbers are kept as bare doubles. Rows come in order, as they are
written. Nothing here knows a formula.
"""

import math
from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Final

Kept = float | bool | str | None


class Nothing(Enum):
    """The kind of :data:`NOTHING`."""

    NOTHING = "nothing"


NOTHING: Final = Nothing.NOTHING
"""Says that no value was written."""
_OTHER: Final = math.nan
"""Stands among the numbers for a value that is none; a cell never holds it itself."""


class KeptColumn:
    """The values of one column."""

    __slots__ = ("numbers", "others", "rows")

    def __init__(self) -> None:
        self.rows: array[int] = array("L")
        self.numbers: array[float] = array("d")
        self.others: dict[int, Kept] = {}

    def keep(self, row: int, value: Kept) -> None:
        """Keep the value of a row below all others."""
        self.rows.append(row)
        if type(value) is float:
            self.numbers.append(value)
        else:
            self.numbers.append(_OTHER)
            self.others[row] = value

    def value(self, row: int) -> Kept | Nothing:
        """Give the value of a row; ``NOTHING`` if none was written there."""
        rows = self.rows
        if not rows:
            return NOTHING
        index = row - rows[0]  # mostly there are no gaps
        if not (0 <= index < len(rows) and rows[index] == row):
            index = bisect_left(rows, row)
            if index == len(rows) or rows[index] != row:
                return NOTHING
        number = self.numbers[index]
        return number if number == number else self.others[row]  # noqa: PLR0124 - NaN

    def numbers_between(self, first: int, last: int) -> "array[float] | None":
        """Give the numbers of some rows; None if any of them holds no number of this column."""
        rows = self.rows
        if self.others or not rows or first < rows[0] or last > rows[-1]:
            return None
        if rows[-1] - rows[0] + 1 != len(rows):
            return None
        return self.numbers[first - rows[0] : last - rows[0] + 1]


class KeptValues:
    """The values of a sheet.

    Attributes:
        columns: by their number.
        by_slot: the same, by the slots that write into them.
        waiting: values whose column is not known yet: row, the template's column, the passes of
            blocks of columns that they stand in, value.
    """

    __slots__ = ("by_slot", "columns", "waiting")

    def __init__(self) -> None:
        self.columns: dict[int, KeptColumn] = {}
        self.by_slot: dict[int, KeptColumn] = {}
        self.waiting: list[tuple[int, int, tuple[int, ...], Kept]] = []

    def place(self, columns: Callable[[int, tuple[int, ...]], Sequence[int]]) -> None:
        """Put what waits into its columns, now that these are known."""
        for row, column, path, value in self.waiting:
            for number in columns(column, path):
                self.column(number).keep(row, value)
        self.waiting.clear()

    def column(self, number: int) -> KeptColumn:
        """Give a column to keep values in."""
        found = self.columns.get(number)
        if found is None:
            found = self.columns[number] = KeptColumn()
        return found
